// SQL that sums a stretch of a day up: journals of one shape are added together first.

import { assert, present } from '../base/assert.ts';
import { numberArray } from '../base/sqlArray.ts';
import type { Row, Statement } from '../base/world.ts';
import type { PartialSum } from './batch.ts';
import type { Part } from './pace.ts';
import {
  amountsByReason,
  answerAt,
  isRefund,
  isUndone,
  readByIndex,
  unindexedOrSorted,
} from './store.ts';

/** A payment has nine postings at most, a refund fewer; every further one costs each journal. */
const mostPostings = 10;

const each = (text: (posting: number) => string) =>
  Array.from({ length: mostPostings }, (_, index) => text(index + 1)).join(', ');

const weighted = (at: number) =>
  `case when j.is_large then sum(j.mark::numeric * j.amounts[${at}]) filter (where j.is_large) ` +
  `else sum(j.mark * j.amounts[${at}]) filter (where not j.is_large) end`;

/**
 * The journals of a stretch of time, $4 of them at most, with what is known of each. `is_large`: an
 * amount of more than 32 bits, whose product with `mark` does not fit into a bigint.
 */
const knownJournals =
  '(select j.reasons, j.debit_accounts, j.credit_accounts, j.amounts, ' +
  'j.journal_number % 2147483647 as mark, 4294967295 < any(j.amounts) as is_large, ' +
  `${isRefund} as is_refund, ${isUndone} as is_undone ` +
  'from (select * from journals where posted_at >= $1 and posted_at < $2 limit $4) j offset 0)';

/**
 * Those of one shape added up: a shape is the reasons and accounts of all postings, and most
 * payments of a corridor have the same. `sums` are the amounts of each posting, `weighted` the same
 * times the journal's number for the checksum. Numerics, which hold all products, are slow.
 */
const shapes =
  'select j.reasons, j.debit_accounts, j.credit_accounts, j.is_refund, j.is_undone, ' +
  `count(*) as journals, array[${each((at) => `sum(j.amounts[${at}])`)}] as sums, ` +
  `array[${each(weighted)}] as weighted from ${knownJournals} j ` +
  'group by j.reasons, j.debit_accounts, j.credit_accounts, j.is_refund, j.is_undone, j.is_large';

/**
 * What a stretch of time comes to, a row an account and side; undone payments come to nothing. A
 * journal counts once for an account: at its first posting there. Only the shapes are taken apart
 * into postings, and sorting them would cost more than all else, so they are kept by their hash.
 * One more row, without an account, counts the journals that were read: no more than `most`, if
 * that is given, and then the sums are not all.
 */
export function sumPart(part: Part, positions: readonly number[], most?: number): Statement[] {
  return readByIndex(
    {
      name: 'clearing.sum',
      text:
        `with shapes as materialized (${shapes}) ` +
        'select e.account, e.is_refund, sum(case when e.ordinal = ' +
        'least(array_position(e.debit_accounts, e.account), ' +
        'array_position(e.credit_accounts, e.account)) then e.journals else 0 end), ' +
        `${amountsByReason}, sum(e.weighted), sum(case when e.s is null then 1 else 0 end) from (` +
        'select g.journals, g.is_refund, g.debit_accounts, g.credit_accounts, ' +
        'p.ordinal, p.reason, ' +
        'case when p.debit = any($3::integer[]) then p.debit else p.credit end as account, ' +
        'case when p.debit = any($3::integer[]) then -p.amount else p.amount end as s, ' +
        'case when p.debit = any($3::integer[]) then -p.weighted else p.weighted end as weighted ' +
        'from shapes g cross join lateral ' +
        'unnest(g.reasons, g.debit_accounts, g.credit_accounts, g.sums, g.weighted) ' +
        'with ordinality p(reason, debit, credit, amount, weighted, ordinal) ' +
        'where not g.is_undone and p.reason in (' +
        "'principal', 'spread', 'rounding', 'settlement', 'interchange_from_acquirer', " +
        "'interchange_to_wallet', 'acquirer_service_fee', 'wallet_service_fee') " +
        'and (p.debit = any($3::integer[]) or p.credit = any($3::integer[]))) e ' +
        'group by e.account, e.is_refund union all ' +
        'select null, false, coalesce(sum(journals), 0), null, null, null, null, null from shapes',
      values: [part.from, part.to, numberArray(positions), most ?? null],
    },
    unindexedOrSorted,
  );
}

/** What `sumPart` was answered: the sums, and how many journals were read for them. */
export function partSumsFrom(rows: readonly (readonly Row[])[]): PartSums {
  const answer = rows[answerAt] ?? [];
  const count = answer.find(([account]) => account === null);
  return {
    journals: Number(present(count, 'the count of journals')[2]),
    sums: answer.filter(([account]) => account !== null).map(partialSumFrom),
  };
}

/** The sums of a part, of as many journals. */
export interface PartSums {
  readonly journals: number;
  readonly sums: readonly PartialSum[];
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
