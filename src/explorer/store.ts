// SQL of the explorer: accounts with their sums, marks, and the journals of a stretch of time.

import { numberArray } from '../base/sqlArray.ts';
import type { Database, Row, Statement } from '../base/world.ts';
import type { Part } from '../clearing/pace.ts';
import type { CountJournals } from '../clearing/partStore.ts';
import { countUpTo } from '../clearing/partStore.ts';
import type { LedgerAccount, Sums } from './sums.ts';

/** The longest that one statement may take; the parts are made so that none comes near it. */
const longestStatementMs = 5_000;

/** Whoever looks into the ledger waits rather than a payment. */
const readSession = 'ledger reads';

/** SQLSTATE of a statement that took longer. */
export const statementTimedOut = '57014';

/**
 * Statements that read by indexes within their time, in one transaction that sees one state of the
 * books; their rows come back in their order. Every call has the session for itself, so that a
 * process makes one such read at a time, whoever asks.
 */
export async function boundedRead(
  database: Database,
  statements: readonly Statement[],
  longestMs = longestStatementMs,
): Promise<readonly (readonly Row[])[]> {
  // Tables that were never analysed look small to the planner, and it would read them whole.
  const before: Statement[] = [
    'begin isolation level repeatable read read only',
    `set local statement_timeout = ${longestMs}`,
    'set local enable_seqscan = off',
    'set local enable_hashjoin = off',
    'set local enable_mergejoin = off',
    'set local enable_bitmapscan = off',
  ].map((text) => ({ text, values: [] }));
  const rows = await database
    .session(readSession)
    .run([...before, ...statements, { text: 'commit', values: [] }]);
  return rows.slice(before.length, -1);
}

/** Counts journals as everything here is read. */
export function journalsOf(database: Database): CountJournals {
  return async (part, most) => {
    const [rows = []] = await boundedRead(database, [countUpTo(part, most)]);
    return Number(rows[0]?.[0] ?? 0);
  };
}

/** The chart of accounts, in the order in which they were opened. */
export async function readAccounts(database: Database): Promise<LedgerAccount[]> {
  const rows = await database.query<{
    account_id: number;
    name: string;
    currency: string;
    kind: string;
    participant_id: string | null;
    participant_name: string | null;
    created_at: string;
  }>(
    'select a.account_id, a.name, a.currency, a.kind, a.participant_id, ' +
      'p.name as participant_name, a.created_at from accounts a ' +
      'left join participants p using (participant_id) order by a.account_id',
  );
  return rows.map((row) => ({
    accountId: row.account_id,
    name: row.name,
    currency: row.currency,
    kind: row.kind,
    participantId: row.participant_id,
    participantName: row.participant_name,
    since: Number(row.created_at),
  }));
}

/** What every account comes to now, holds apart: $1 is one account, or null for all. */
export function sumsNow(accountId: number | null): Statement {
  return {
    text:
      'select account_id, sum(debits_posted), sum(credits_posted), sum(debits_pending), ' +
      'sum(credits_pending) from account_slices where $1::integer is null or account_id = $1 ' +
      'group by account_id',
    values: [accountId],
  };
}

/** The sums of rows that begin with account, debits and credits. */
export function sumsFrom(rows: readonly Row[]): Map<number, Sums> {
  return new Map(
    rows.map((row) => [
      row[0] as number,
      { debits: BigInt(row[1] as string), credits: BigInt(row[2] as string) },
    ]),
  );
}

/**
 * Before which instant nothing can be added to the books any more: days were closed up to there, in
 * every lane. 0 where none was.
 */
export async function readFinalBefore(database: Database): Promise<number> {
  const [row] = await database.query<{ final: string | null }>(
    'select min(not_before) as final from lanes',
  );
  return Number(row?.final ?? 0);
}

/** A mark: what every account had come to before an instant. */
export interface Mark {
  readonly at: number;
  readonly sums: Map<number, Sums>;
}

/** The last mark at an instant or before; one without sums where there is none. */
export async function lastMark(database: Database, upTo: number): Promise<Mark | undefined> {
  const rows = await database.query<{
    at: string;
    account_id: number;
    debits: string;
    credits: string;
  }>(
    'select at, account_id, debits, credits from ledger_marks ' +
      'where at = (select max(at) from ledger_marks where at <= $1)',
    [upTo],
  );
  if (rows[0] === undefined) return undefined;
  return {
    at: Number(rows[0].at),
    sums: new Map(
      rows.map((row) => [
        row.account_id,
        { debits: BigInt(row.debits), credits: BigInt(row.credits) },
      ]),
    ),
  };
}

/** Writes a mark; whoever made the same one before has written the same sums. */
export async function writeMark(
  database: Database,
  at: number,
  sums: ReadonlyMap<number, Sums>,
): Promise<void> {
  const list = (pick: (each: Sums) => bigint) => numberArray([...sums.values()].map(pick));
  await database.query(
    'insert into ledger_marks (at, account_id, debits, credits) select $1::bigint, u.* from ' +
      'unnest($2::text::integer[], $3::text::bigint[], $4::text::bigint[]) u ' +
      'on conflict (at, account_id) do nothing',
    [
      at,
      numberArray([...sums.keys()]),
      list(({ debits }) => debits),
      list(({ credits }) => credits),
    ],
  );
}

/**
 * What the journals of a stretch of time come to, a row an account; and behind it how many there
 * are.
 */
export function sumPart({ from, to }: Part): Statement {
  return {
    text:
      'select e.account, sum(e.debit), sum(e.credit) from journals j cross join lateral ' +
      'unnest(j.debit_accounts, j.credit_accounts, j.amounts) p(debit, credit, amount) ' +
      'cross join lateral (values (p.debit, p.amount, 0), (p.credit, 0, p.amount)) ' +
      'e(account, debit, credit) where j.posted_at >= $1 and j.posted_at < $2 group by e.account',
    values: [from, to],
  };
}

/** How many journals are dated in a stretch of time. */
export function countPart({ from, to }: Part): Statement {
  return {
    text: 'select count(*) from journals where posted_at >= $1 and posted_at < $2',
    values: [from, to],
  };
}
