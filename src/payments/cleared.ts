// What payments and refunds add to the batches of their day.

import type { ClearingSlice } from '../clearing/batch.ts';
import { slicesOf } from '../clearing/slice.ts';
import type { Journal } from '../ledger/posting.ts';
import type { Rules } from './rules.ts';

/** What a journal of a payment or a refund adds to the batches of the day that it is dated in. */
export function clearedOf(
  { directory }: Pick<Rules, 'directory'>,
  journal: Journal,
  what: 'payment' | 'refund',
): ClearingSlice[] {
  const isPosition = (accountId: number) => directory.chart.byId(accountId)?.kind === 'position';
  return slicesOf(journal, what === 'refund', isPosition);
}
