// SQL of the ledger: slices with their quotas, and journals with their postings.

import { numberArray, textArray } from '../base/sqlArray.ts';
import type { Row, Statement } from '../base/world.ts';
import type { Quota } from '../engine/command.ts';
import type { Journal, Posting } from './posting.ts';
import { owed, type Slice, type SliceChange } from './slice.ts';

const sliceColumns = 'debits_pending, debits_posted, credits_pending, credits_posted, quota';

function sliceFrom(row: Row, offset: number): Slice {
  const quota = row[offset + 4] as string | null;
  return {
    debitsPending: BigInt(row[offset] as string),
    debitsPosted: BigInt(row[offset + 1] as string),
    creditsPending: BigInt(row[offset + 2] as string),
    creditsPosted: BigInt(row[offset + 3] as string),
    quota: quota === null ? null : BigInt(quota),
  };
}

/** The slices of some accounts in one lane. */
export function readSlices(lane: number, accountIds: Iterable<number>): Statement {
  return {
    name: 'slices.read',
    text:
      `select account_id, ${sliceColumns} from account_slices where lane = $1 ` +
      'and account_id = any($2::text::integer[])',
    values: [lane, numberArray([...accountIds])],
  };
}

export function slicesFrom(rows: readonly Row[]): Map<number, Slice> {
  return new Map(rows.map((row) => [row[0] as number, sliceFrom(row, 1)]));
}

/**
 * Adds changes to slices; every account has its slice in every lane since it was opened. The range
 * makes the planner expect a short list, and so look each one up.
 */
export function writeSlices(lane: number, changes: ReadonlyMap<number, SliceChange>): Statement {
  const accounts = [...changes.keys()];
  const sums = [...changes.values()];
  return {
    name: 'slices.write',
    text:
      'update account_slices s set debits_pending = s.debits_pending + u.dpe, ' +
      'debits_posted = s.debits_posted + u.dpo, credits_pending = s.credits_pending + u.cpe, ' +
      'credits_posted = s.credits_posted + u.cpo ' +
      'from unnest($2::text::integer[], $3::text::bigint[], $4::text::bigint[], ' +
      '$5::text::bigint[], $6::text::bigint[]) u(account_id, dpe, dpo, cpe, cpo) ' +
      'where s.lane = $1 and s.account_id = u.account_id ' +
      'and u.account_id between 0 and 2147483647',
    values: [
      lane,
      numberArray(accounts),
      numberArray(sums.map((sum) => sum.debitsPending)),
      numberArray(sums.map((sum) => sum.debitsPosted)),
      numberArray(sums.map((sum) => sum.creditsPending)),
      numberArray(sums.map((sum) => sum.creditsPosted)),
    ],
  };
}

/** Writes journals, a row each; their postings keep their order. */
export function writeJournals(lane: number, journals: readonly Journal[]): Statement {
  const lists = (pick: (posting: Posting) => string | number | bigint) =>
    textArray(journals.map((journal) => `{${journal.postings.map(pick).join(',')}}`));
  return {
    name: 'journals.write',
    text:
      'insert into journals (lane, journal_number, posted_at, reasons, debit_accounts, ' +
      'credit_accounts, amounts) select l.lane, u.n, u.at, u.reasons::text[], ' +
      'u.debits::integer[], u.credits::integer[], u.amounts::bigint[] from lanes l, ' +
      'unnest($2::text::bigint[], $3::text::bigint[], $4::text::text[], $5::text::text[], ' +
      '$6::text::text[], $7::text::text[]) u(n, at, reasons, debits, credits, amounts) ' +
      'where l.lane = $1',
    values: [
      lane,
      numberArray(journals.map((journal) => journal.journalNumber)),
      numberArray(journals.map((journal) => journal.postedAt)),
      // Reasons are words of a closed list: none needs quotes inside its list.
      lists((posting) => posting.reason),
      lists((posting) => posting.debitAccount),
      lists((posting) => posting.creditAccount),
      lists((posting) => posting.amount),
    ],
  };
}

/** An account's cap, shared out to its slices: what the engine needs to move it between lanes. */
export function capQuota(accountId: number): Quota {
  return {
    name: `account ${accountId}`,
    read: (lane) => ({
      name: 'slices.one',
      text: `select ${sliceColumns} from account_slices where lane = $1 and account_id = $2`,
      values: [lane, accountId],
    }),
    slice(lane, rows) {
      const row = rows[0];
      if (row === undefined) return undefined;
      const slice = sliceFrom(row, 0);
      return slice.quota === null ? undefined : { lane, quota: slice.quota, used: owed(slice) };
    },
    write: (lane, quota) => ({
      name: 'slices.quota',
      text: 'update account_slices set quota = $3 where lane = $1 and account_id = $2',
      values: [lane, accountId, quota],
    }),
  };
}
