// For which settlement batches a line of the bank may be booked, and what would then be left.

import { dateOf } from '../calendar/businessDay.ts';
import { type KnownBatch, outstandingOf } from './bankMatch.ts';
import { isMovement, type KeptBreak } from './reconciliation.ts';

const absolute = (value: bigint) => (value < 0n ? -value : value);

/** Whether somebody could still propose to book it. */
export function isBookable(found: KeptBreak): boolean {
  return found.state === 'OPEN' && isMovement(found);
}

/**
 * The batches that wait for the bank in the line's currency, the nearest amount first. Amounts are
 * minor units, positive where the network pays; `left` is what the bank would still have to move.
 */
export function bookableView({ theirs }: KeptBreak, batches: readonly KnownBatch[]) {
  if (theirs === null) return [];
  const { currency } = theirs;
  return batches
    .filter((each) => each.currency === currency && each.batch.state === 'SENT')
    .map((each) => ({ ...each.batch, due: outstandingOf(each) }))
    .map((each) => ({ ...each, left: each.due - theirs.amount }))
    .sort((a, b) => {
      const [one, other] = [absolute(a.left), absolute(b.left)];
      if (one !== other) return one < other ? -1 : 1;
      return a.settlementBatchId < b.settlementBatchId ? -1 : 1;
    })
    .map(({ settlementBatchId, accountId, settlementDay, due, left }) => ({
      settlementBatchId,
      accountId,
      settlementDay: dateOf(settlementDay),
      outstanding: { currency, value: String(due) },
      left: { currency, value: String(left) },
    }));
}
