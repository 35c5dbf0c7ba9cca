// What payments and refunds add to the batches of their day.

import { present } from '../base/assert.ts';
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
  // A cancel may come to a process that has not heard of a new account yet: nothing is left out.
  const isPosition = (accountId: number) =>
    present(directory.chart.byId(accountId), `account ${accountId}`).kind === 'position';
  return slicesOf(journal, what === 'refund', isPosition);
}
