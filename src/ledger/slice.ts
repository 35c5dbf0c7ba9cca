// A slice: one lane's share of an account's balance, so that hot accounts do not serialise lanes.

import type { Posting } from './posting.ts';

/** Sums in minor units of the account's currency; none is ever negative. */
export interface Slice {
  readonly debitsPending: bigint;
  readonly debitsPosted: bigint;
  readonly creditsPending: bigint;
  readonly creditsPosted: bigint;
  /** The part of the account's cap lent to this lane; null where there is no cap. */
  readonly quota: bigint | null;
}

/** A change of a slice's sums; may be negative only in the pending ones. */
export interface SliceChange {
  debitsPending: bigint;
  debitsPosted: bigint;
  creditsPending: bigint;
  creditsPosted: bigint;
}

/** What the participant owes through this slice, holds included: the sum that a cap bounds. */
export function owed(slice: Slice): bigint {
  return slice.debitsPosted + slice.debitsPending - slice.creditsPosted;
}

/** How much more may be held here; null is without limit, zero when the quota is used up. */
export function room(slice: Slice): bigint | null {
  if (slice.quota === null) return null;
  const left = slice.quota - owed(slice);
  return left > 0n ? left : 0n;
}

/** A hold being placed (positive) or let go (negative): pending debits of a position. */
export interface HoldChange {
  readonly accountId: number;
  readonly amount: bigint;
}

/** Adds the effect of holds and postings to the changes of slices, by account. */
export function accumulate(
  changes: Map<number, SliceChange>,
  holds: readonly HoldChange[],
  postings: readonly Posting[],
): void {
  const of = (accountId: number): SliceChange => {
    let change = changes.get(accountId);
    if (change === undefined) {
      change = { debitsPending: 0n, debitsPosted: 0n, creditsPending: 0n, creditsPosted: 0n };
      changes.set(accountId, change);
    }
    return change;
  };
  for (const hold of holds) of(hold.accountId).debitsPending += hold.amount;
  for (const posting of postings) {
    of(posting.debitAccount).debitsPosted += posting.amount;
    of(posting.creditAccount).creditsPosted += posting.amount;
  }
}
