// SQL that sums a stretch of a day up: journals of one shape are added together first.

import { assert } from '../base/assert.ts';
import { numberArray } from '../base/sqlArray.ts';
import type { Row, Session, Statement } from '../base/world.ts';
import type { PartialSum } from './batch.ts';
import type { Part } from './pace.ts';
import { amountsByReason, answerAt, countedJournals, readByIndex } from './store.ts';

/** A payment has nine postings at most, a refund fewer; every further one costs each journal. */
const mostPostings = 10;

const each = (text: (posting: number) => string) =>
  Array.from({ length: mostPostings }, (_, index) => text(index + 1)).join(', ');

const weighted = (at: number) =>
  `case when j.is_large then sum(j.mark::numeric * j.amounts[${at}]) filter (where j.is_large) ` +
  `else sum(j.mark * j.amounts[${at}]) filter (where not j.is_large) end`;

/**
 * The journals of a stretch of time, those of one shape added up: a shape is the reasons and
 * accounts of all postings, and most payments of a corridor have the same. `sums` are the amounts
 * of each posting, `weighted` the same times the journal's number for the checksum. A product fits
 * into a bigint unless an amount needs more than 32 bits; numerics, which hold all, are slow.
 */
const shapes =
  '(select j.reasons, j.debit_accounts, j.credit_accounts, j.is_refund, count(*) as journals, ' +
  `array[${each((at) => `sum(j.amounts[${at}])`)}] as sums, array[${each(weighted)}] as weighted ` +
  'from (select c.*, c.journal_number % 2147483647 as mark, ' +
  `4294967295 < any(c.amounts) as is_large from ${countedJournals} c offset 0) j ` +
  'group by j.reasons, j.debit_accounts, j.credit_accounts, j.is_refund, j.is_large)';

/**
 * What a stretch of time comes to, a row an account and side. A journal counts once for an account:
 * at its first posting there. Only the shapes are taken apart into postings, and sorting them would
 * cost more than all else, so they are kept by their hash.
 */
export function sumPart(part: Part, positions: readonly number[]): Statement[] {
  return readByIndex(
    {
      name: 'clearing.sum',
      text:
        'select e.account, e.is_refund, sum(case when e.ordinal = ' +
        'least(array_position(e.debit_accounts, e.account), ' +
        'array_position(e.credit_accounts, e.account)) then e.journals else 0 end), ' +
        `${amountsByReason}, sum(e.weighted), sum(case when e.s is null then 1 else 0 end) from (` +
        'select g.journals, g.is_refund, g.debit_accounts, g.credit_accounts, ' +
        'p.ordinal, p.reason, ' +
        'case when p.debit = any($3::integer[]) then p.debit else p.credit end as account, ' +
        'case when p.debit = any($3::integer[]) then -p.amount else p.amount end as s, ' +
        'case when p.debit = any($3::integer[]) then -p.weighted else p.weighted end as weighted ' +
        `from ${shapes} g cross join lateral ` +
        'unnest(g.reasons, g.debit_accounts, g.credit_accounts, g.sums, g.weighted) ' +
        'with ordinality p(reason, debit, credit, amount, weighted, ordinal) where p.reason in (' +
        "'principal', 'spread', 'rounding', 'settlement', 'interchange_from_acquirer', " +
        "'interchange_to_wallet', 'acquirer_service_fee', 'wallet_service_fee') " +
        'and (p.debit = any($3::integer[]) or p.credit = any($3::integer[]))) e ' +
        'group by e.account, e.is_refund',
      values: [part.from, part.to, numberArray(positions)],
    },
    ['seqscan', 'hashjoin', 'mergejoin', 'sort'],
  );
}

/** The sums in what `sumPart` was answered. */
export function partialSumsFrom(rows: readonly (readonly Row[])[]): PartialSum[] {
  return (rows[answerAt] ?? []).map(partialSumFrom);
}

function partialSumFrom(row: Row): PartialSum {
  assert(row[7] === '0', `a journal has more than ${mostPostings} postings`);
  return {
    accountId: row[0] as number,
    isRefund: row[1] as boolean,
    count: Number(row[2]),
    gross: BigInt(row[3] as string),
    interchange: BigInt(row[4] as string),
    serviceFee: BigInt(row[5] as string),
    checksum: BigInt(row[6] as string),
  };
}

/** Brings the index of journals' times up to date, so that a part reads little beside itself. */
export const summarizeJournals: Statement = {
  text: "select brin_summarize_new_values('journals_posted')",
  values: [],
};

/** What is bounded, the wait for the lock or all of it, with the SQLSTATE of running out. */
const bounds = { lock_timeout: '55P03', statement_timeout: '57014' } as const;

/**
 * The same, given up after so long: whoever vacuums the journals, or builds an index of them, locks
 * it out until that is done, and nothing bounds that. `lock_timeout` lets it finish once it has
 * begun, however much there is to read; `statement_timeout` is for where somebody looks on. False
 * where it was given up: then every part reads the newest journals beside its own, which is slower
 * and comes to the same sums.
 */
export async function summarizeWithin(
  session: Session,
  bound: keyof typeof bounds,
  ms: number,
): Promise<boolean> {
  const before = ['begin', `set local ${bound} = ${ms}`];
  const within = before.map((text): Statement => ({ text, values: [] }));
  try {
    await session.run([...within, summarizeJournals, { text: 'commit', values: [] }]);
    return true;
  } catch (error) {
    if ((error as { code?: unknown }).code !== bounds[bound]) throw error;
    return false;
  }
}
