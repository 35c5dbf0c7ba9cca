// SQL of reconciliation: runs, breaks as a run finds them, and what the days around explain.

import { numberArray, textArray } from '../base/sqlArray.ts';
import type { Database, Row, Statement } from '../base/world.ts';
import type { ClearingDay } from '../calendar/clearingDay.ts';
import type { NumberedBreak } from './compareCommands.ts';
import type { BreakKind } from './match.ts';
import {
  type BreakState,
  type Cause,
  countsText,
  type FoundCounts,
  type KeptBreak,
  type Resolution,
  type Run,
  readCounts,
} from './reconciliation.ts';

/** One who compares files of an account at a time; payments do not notice. */
export function lockAccount(accountId: number): Statement {
  return {
    text: 'select account_id from accounts where account_id = $1 for no key update',
    values: [accountId],
  };
}

const runColumns =
  'run_id, account_id, day, ordinal, file_name, digest, run_by, run_at, line_count, ' +
  'item_count, matched_count, found';

/** The runs of an account's day, the first one first. */
export function runsOfDay(accountId: number, day: ClearingDay): Statement {
  return {
    text:
      `select ${runColumns} from reconciliation_runs ` +
      'where account_id = $1 and day = $2 order by ordinal',
    values: [accountId, day],
  };
}

export function runFrom(row: Row): Run {
  return {
    runId: row[0] as string,
    accountId: row[1] as number,
    day: row[2] as number,
    ordinal: row[3] as number,
    fileName: row[4] as string,
    digest: row[5] as string,
    by: row[6] as string,
    at: Number(row[7]),
    lines: Number(row[8]),
    items: Number(row[9]),
    matched: Number(row[10]),
    found: readCounts(row[11] as string),
  };
}

export function insertRun(run: Run): Statement {
  return {
    text:
      `insert into reconciliation_runs (${runColumns}) ` +
      'values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)',
    values: [
      run.runId,
      run.accountId,
      run.day,
      run.ordinal,
      run.fileName,
      run.digest,
      run.by,
      run.at,
      run.lines,
      run.items,
      run.matched,
      countsText(run.found),
    ],
  };
}

/** What a run came to, once all is compared. */
export function finishRun(
  runId: string,
  counts: { readonly lines: number; readonly items: number; readonly matched: number },
  found: FoundCounts,
): Statement {
  return {
    text:
      'update reconciliation_runs set line_count = $2, item_count = $3, matched_count = $4, ' +
      'found = $5 where run_id = $1',
    values: [runId, counts.lines, counts.items, counts.matched, countsText(found)],
  };
}

/**
 * Writes what a run found. A break that was known is seen again; one that a corrected file had
 * ended is open again; what persons resolved, or another day explained, stays so.
 * `bankAccount` is the account of a statement's lines.
 */
export function writeBreaks(
  run: Run,
  breaks: readonly (NumberedBreak & { readonly breakId: string })[],
  bankAccount: string | null = null,
): Statement {
  const numbers = (pick: (each: NumberedBreak) => number | bigint | null) =>
    numberArray(breaks.map(pick));
  const texts = (pick: (each: NumberedBreak & { breakId: string }) => string | null) =>
    textArray(breaks.map(pick));
  const isEnded = "b.state = 'RESOLVED' and b.resolution <> 'corrected_file'";
  const again = "b.state = 'RESOLVED' and b.resolution = 'corrected_file'";
  const cleared = ['resolution', 'resolved_by', 'resolved_at', 'note', 'proposed_by']
    .concat('proposed_at')
    .map((column) => `${column} = case when ${again} then null else b.${column} end`);
  return {
    text:
      'insert into reconciliation_breaks as b (account_id, day, item_key, fingerprint, break_id, ' +
      'kind, line_number, our_currency, our_amount, their_currency, their_amount, difference, ' +
      'other_day, problem, first_run_id, last_run_id, found_at, state, bank_account) ' +
      'select $1::integer, $2::integer, u.key, u.print, u.id, u.kind, u.line, u.oc, u.oa, u.tc, ' +
      "u.ta, u.diff, u.other, u.problem, $3::text, $3::text, $4::bigint, 'OPEN', $17::text " +
      'from unnest(' +
      '$5::text[], $6::text[], $7::text[], $8::text[], $9::bigint[], $10::text[], ' +
      '$11::bigint[], $12::text[], $13::bigint[], $14::bigint[], $15::integer[], $16::text[]) ' +
      'u(key, print, id, kind, line, oc, oa, tc, ta, diff, other, problem) ' +
      'on conflict (account_id, day, item_key, fingerprint) do update set ' +
      'last_run_id = excluded.last_run_id, line_number = excluded.line_number, ' +
      `kind = case when ${isEnded} then b.kind else excluded.kind end, ` +
      `other_day = case when ${isEnded} then b.other_day else excluded.other_day end, ` +
      `difference = case when ${isEnded} then b.difference else excluded.difference end, ` +
      `state = case when ${again} then 'OPEN' else b.state end, ${cleared.join(', ')}`,
    values: [
      run.accountId,
      run.day,
      run.runId,
      run.at,
      texts(({ key }) => key),
      texts(({ fingerprint }) => fingerprint),
      texts(({ breakId }) => breakId),
      texts(({ kind }) => kind),
      numbers(({ lineNumber }) => lineNumber),
      texts(({ ours }) => ours?.currency ?? null),
      numbers(({ ours }) => ours?.amount ?? null),
      texts(({ theirs }) => theirs?.currency ?? null),
      numbers(({ theirs }) => theirs?.amount ?? null),
      numbers(({ difference }) => difference),
      numbers(({ otherDay }) => otherDay),
      texts(({ problem }) => problem),
      bankAccount,
    ],
  };
}

const isOpen = "state <> 'RESOLVED'";

/** Breaks that this file no longer has: a corrected file has ended them. */
export function endCorrected({ accountId, day, runId, by, at }: Run): Statement {
  return {
    text:
      "update reconciliation_breaks set state = 'RESOLVED', resolution = 'corrected_file', " +
      'resolved_by = $4, resolved_at = $5 ' +
      `where account_id = $1 and day = $2 and last_run_id <> $3 and ${isOpen}`,
    values: [accountId, day, runId, by, at],
  };
}

/**
 * What this day tells about the days beside it, and pairs that explain each other. Each begins with
 * one day's breaks and looks the other's up by key, one by one: what a run has written nobody has
 * analysed yet, and joined freely a hundred thousand breaks would be compared with each other.
 */
export function explainNeighbours({ accountId, day, runId, by, at }: Run): Statement[] {
  const beside = 'n.account_id = $1 and n.day in ($2 - 1, $2 + 1)';
  const ofRun =
    '(select * from reconciliation_breaks where account_id = $1 and day = $2 ' +
    "and last_run_id = $3 and kind = 'other_day') b";
  const besideIt =
    'cross join lateral (select n.break_id from reconciliation_breaks n where n.account_id = $1 ' +
    `and n.day in ($2 - 1, $2 + 1) and n.day = b.other_day and n.item_key = b.item_key ` +
    "and n.state <> 'RESOLVED' and";
  return [
    {
      // Theirs is here, ours is there: it is no longer missing.
      text:
        "update reconciliation_breaks x set kind = 'other_day', other_day = $2::integer, " +
        `difference = 0 from (select n.break_id from ${ofRun} ${besideIt} ` +
        "n.kind = 'missing_there' and n.our_amount = b.their_amount " +
        'and n.our_currency = b.their_currency offset 0) n where b.our_amount is null) f ' +
        'where x.break_id = f.break_id',
      values: [accountId, day, runId],
    },
    {
      // They have it there too, and here it was in order: they have it twice.
      text:
        "update reconciliation_breaks n set kind = 'duplicate_there', state = 'OPEN', " +
        'difference = n.their_amount, ' +
        'resolution = null, resolved_by = null, resolved_at = null, note = null, ' +
        'proposed_by = null, proposed_at = null ' +
        `where ${beside} and n.kind = 'other_day' and n.our_amount is null and n.other_day = $2 ` +
        "and (n.state <> 'RESOLVED' or n.resolution = 'other_day') and not exists (" +
        'select 1 from reconciliation_breaks b where b.account_id = $1 and b.day = $2 ' +
        "and b.item_key = n.item_key and b.last_run_id = $3 and b.kind in ('other_day', " +
        "'missing_there') offset 0)",
      values: [accountId, day, runId],
    },
    {
      text:
        "update reconciliation_breaks x set state = 'RESOLVED', resolution = 'other_day', " +
        "cause = coalesce(x.cause, 'timing'), resolved_by = $4, resolved_at = $5 " +
        'from (select unnest(array[b.break_id, n.break_id]) as break_id ' +
        `from ${ofRun} ${besideIt} n.kind = 'other_day' and n.other_day = $2 ` +
        'and (b.our_amount is null) <> (n.our_amount is null) offset 0) n ' +
        "where b.state <> 'RESOLVED') f where x.break_id = f.break_id",
      values: [accountId, day, runId, by, at],
    },
  ];
}

/** One-sided breaks of the days beside a day, for some keys, and which of those days were run. */
export function readBeside(
  accountId: number,
  day: ClearingDay,
  keys: readonly string[],
): Statement[] {
  return [
    {
      text:
        'select day, item_key, our_currency, our_amount, their_currency, their_amount ' +
        'from reconciliation_breaks where account_id = $1 and day in ($2 - 1, $2 + 1) ' +
        "and item_key = any($3::text[]) and kind in ('missing_here', 'missing_there', " +
        "'other_day') and (our_amount is null) <> (their_amount is null) " +
        "and coalesce(resolution, '') <> 'corrected_file'",
      values: [accountId, day, textArray(keys)],
    },
    {
      text:
        'select distinct day from reconciliation_runs ' +
        'where account_id = $1 and day in ($2 - 1, $2 + 1)',
      values: [accountId, day],
    },
  ];
}

const breakColumns =
  'break_id, account_id, day, item_key, kind, line_number, our_currency, our_amount, ' +
  'their_currency, their_amount, difference, other_day, problem, first_run_id, last_run_id, ' +
  'found_at, state, owner, cause, resolution, note, proposed_by, proposed_at, resolved_by, ' +
  'resolved_at, journal_number, settlement_batch_id, contra_break_id, bank_account';

export function breakFrom(row: Row): KeptBreak {
  const number = (at: number) => (row[at] === null ? null : Number(row[at]));
  const side = (at: number) =>
    row[at] === null
      ? null
      : { currency: row[at] as string, amount: BigInt(row[at + 1] as string) };
  return {
    breakId: row[0] as string,
    accountId: row[1] as number,
    day: row[2] as number,
    key: row[3] as string,
    kind: row[4] as BreakKind,
    lineNumber: number(5),
    ours: side(6),
    theirs: side(8),
    difference: row[10] === null ? null : BigInt(row[10] as string),
    otherDay: number(11),
    problem: row[12] as string | null,
    firstRunId: row[13] as string,
    lastRunId: row[14] as string,
    foundAt: Number(row[15]),
    state: row[16] as BreakState,
    owner: row[17] as string | null,
    cause: row[18] as Cause | null,
    resolution: row[19] as Resolution | null,
    note: row[20] as string | null,
    proposedBy: row[21] as string | null,
    proposedAt: number(22),
    resolvedBy: row[23] as string | null,
    resolvedAt: number(24),
    journalNumber: number(25),
    settlementBatchId: row[26] as string | null,
    contraBreakId: row[27] as string | null,
    bankAccount: row[28] as string | null,
  };
}

/** A break, and nobody else changes it meanwhile. */
export function lockBreak(breakId: string): Statement {
  return {
    text: `select ${breakColumns} from reconciliation_breaks where break_id = $1 for update`,
    values: [breakId],
  };
}

/** What a verb changes in a break. */
export function changeBreak(breakId: string, to: Partial<KeptBreak>): Statement {
  const names: Readonly<Record<string, string>> = {
    state: 'state',
    owner: 'owner',
    cause: 'cause',
    resolution: 'resolution',
    note: 'note',
    proposedBy: 'proposed_by',
    proposedAt: 'proposed_at',
    resolvedBy: 'resolved_by',
    resolvedAt: 'resolved_at',
    journalNumber: 'journal_number',
    settlementBatchId: 'settlement_batch_id',
  };
  const entries = Object.entries(to) as [string, string | number | null][];
  const sets = entries.map(([name], index) => `${names[name]} = $${index + 2}`);
  return {
    text: `update reconciliation_breaks set ${sets.join(', ')} where break_id = $1`,
    values: [breakId, ...entries.map(([, value]) => value)],
  };
}

/** Which breaks are listed: the open ones, or those at rest. */
export type BreakGroup = 'open' | 'resolved';

/** The day of an account, to which a list of breaks is narrowed. */
interface BreakPlace {
  readonly accountId: number;
  readonly day: ClearingDay;
}

/** Breaks of a group, the oldest open ones first, the latest resolved ones first. */
export async function readBreaks(
  database: Database,
  group: BreakGroup,
  most: number,
  place?: BreakPlace,
): Promise<KeptBreak[]> {
  const isWanted = group === 'open' ? isOpen : "state = 'RESOLVED'";
  const order = group === 'open' ? 'found_at, break_id' : 'resolved_at desc, break_id';
  const isThere = place === undefined ? '' : 'account_id = $2 and day = $3 and ';
  const [rows = []] = await database.session('reconciliation reads').run([
    {
      text:
        `select ${breakColumns} from reconciliation_breaks where ${isThere}${isWanted} ` +
        `order by ${order} limit $1`,
      values: place === undefined ? [most] : [most, place.accountId, place.day],
    },
  ]);
  return rows.map(breakFrom);
}

export async function readBreak(
  database: Database,
  breakId: string,
): Promise<KeptBreak | undefined> {
  const [rows = []] = await database.session('reconciliation reads').run([
    {
      text: `select ${breakColumns} from reconciliation_breaks where break_id = $1`,
      values: [breakId],
    },
  ]);
  return rows[0] && breakFrom(rows[0]);
}

/** The latest runs. */
export async function readRuns(database: Database, most: number): Promise<Run[]> {
  const [rows = []] = await database.session('reconciliation reads').run([
    {
      text: `select ${runColumns} from reconciliation_runs order by run_at desc, run_id limit $1`,
      values: [most],
    },
  ]);
  return rows.map(runFrom);
}

/** How many open breaks there are by the instant since which; one row an age and kind. */
export async function countOpen(
  database: Database,
  since: readonly number[],
): Promise<{ readonly age: number; readonly kind: BreakKind; readonly count: number }[]> {
  const rows = await database.query<{ age: number; kind: BreakKind; count: string }>(
    'select (select count(*) from unnest($1::bigint[]) s where b.found_at <= s)::integer as age, ' +
      `b.kind, count(*) as count from reconciliation_breaks b where b.${isOpen} group by 1, 2`,
    [numberArray(since)],
  );
  return rows.map((row) => ({ age: row.age, kind: row.kind, count: Number(row.count) }));
}
