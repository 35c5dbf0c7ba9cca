// SQL of the ledger: slices with their quotas, and journals with their postings.

import { numberArray, textArray } from '../base/sqlArray.ts';
import type { Row, Statement } from '../base/world.ts';
import type { QuotaBooks } from '../engine/command.ts';
import type { Journal } from './posting.ts';
import { type Slice, type SliceChange, owed } from './slice.ts';

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

/** Adds changes to slices; every account has its slice in every lane since it was opened. */
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
      'where s.lane = $1 and s.account_id = u.account_id',
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

/** Writes journals; their postings keep their order within the journal. */
export function writeJournals(lane: number, journals: readonly Journal[]): Statement {
  const numbers: number[] = [];
  const ordinals: number[] = [];
  const reasons: string[] = [];
  const debits: number[] = [];
  const credits: number[] = [];
  const amounts: bigint[] = [];
  const times: number[] = [];
  for (const journal of journals) {
    let ordinal = 0;
    for (const posting of journal.postings) {
      numbers.push(journal.journalNumber);
      ordinals.push(++ordinal);
      reasons.push(posting.reason);
      debits.push(posting.debitAccount);
      credits.push(posting.creditAccount);
      amounts.push(posting.amount);
      times.push(journal.postedAt);
    }
  }
  return {
    name: 'postings.write',
    text:
      'insert into postings (lane, journal_number, ordinal, reason, debit_account, ' +
      'credit_account, amount, posted_at) ' +
      'select l.lane, u.* from lanes l, unnest($2::text::bigint[], $3::text::smallint[], ' +
      '$4::text::text[], $5::text::integer[], $6::text::integer[], $7::text::bigint[], ' +
      '$8::text::bigint[]) u where l.lane = $1',
    values: [
      lane,
      numberArray(numbers),
      numberArray(ordinals),
      textArray(reasons),
      numberArray(debits),
      numberArray(credits),
      numberArray(amounts),
      numberArray(times),
    ],
  };
}

/** What the engine needs to move quota between lanes. */
export const quotaBooks: QuotaBooks = {
  read: (lane, accountId) => ({
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
  write: (lane, accountId, quota) => ({
    name: 'slices.quota',
    text: 'update account_slices set quota = $3 where lane = $1 and account_id = $2',
    values: [lane, accountId, quota],
  }),
};
