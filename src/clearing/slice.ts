// A slice of a clearing batch: what one lane's payments or refunds of a day come to so far.

import { clearingDayOf } from '../calendar/clearingDay.ts';
import type { Journal, PostingReason } from '../ledger/posting.ts';
import { type ClearingSlice, nothing, plus, type Totals } from './batch.ts';

/** Which part of a batch a posting on a position counts for; no other posting is cleared. */
const cleared: Partial<Record<PostingReason, Exclude<keyof Totals, 'count'>>> = {
  principal: 'gross',
  spread: 'gross',
  rounding: 'gross',
  settlement: 'gross',
  interchange_from_acquirer: 'interchange',
  interchange_to_wallet: 'interchange',
  acquirer_service_fee: 'serviceFee',
  wallet_service_fee: 'serviceFee',
};

/** Batches are checked by sums of numbers modulo this prime, times amounts. */
const checksumModulus = 2_147_483_647;

/** What a payment's or a refund's journal adds to the batches of its day: one slice a position. */
export function slicesOf(
  journal: Journal,
  isRefund: boolean,
  isPosition: (accountId: number) => boolean,
): ClearingSlice[] {
  const { journalNumber, postedAt, postings } = journal;
  const day = clearingDayOf(postedAt);
  const mark = BigInt(journalNumber % checksumModulus);
  const slices = new Map<number, ClearingSlice>();
  for (const { reason, debitAccount, creditAccount, amount } of postings) {
    const part = cleared[reason];
    if (part === undefined) continue;
    const sides = [
      [debitAccount, -amount],
      [creditAccount, amount],
    ] as const;
    for (const [accountId, signed] of sides) {
      if (!isPosition(accountId)) continue;
      const slice = slices.get(accountId) ?? { ...first, day, accountId, isRefund };
      const checksum = slice.checksum + mark * signed;
      slices.set(accountId, { ...slice, [part]: slice[part] + signed, checksum });
    }
  }
  return [...slices.values()];
}

/** A journal counts once for a position, however many of its postings are on it. */
const first = { ...nothing, count: 1, checksum: 0n };

/** The same taken off again: its payment was cancelled. */
export function takenOff(slices: readonly ClearingSlice[]): ClearingSlice[] {
  return slices.map((slice) => ({
    ...slice,
    count: -slice.count,
    gross: -slice.gross,
    interchange: -slice.interchange,
    serviceFee: -slice.serviceFee,
    checksum: -slice.checksum,
  }));
}

/** Adds slices to others, each under its `keyOf`. */
export function addSlices(
  sums: Map<string, ClearingSlice>,
  slices: readonly ClearingSlice[],
): void {
  for (const slice of slices) {
    const key = keyOf(slice);
    const before = sums.get(key) ?? { ...nothing, checksum: 0n };
    const checksum = before.checksum + slice.checksum;
    sums.set(key, { ...slice, ...plus(before, slice), checksum });
  }
}

/** Day, account and side: what a lane has one row for. */
function keyOf({ day, accountId, isRefund }: ClearingSlice): string {
  return `${day} ${accountId} ${isRefund}`;
}
