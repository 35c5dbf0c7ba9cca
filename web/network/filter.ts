// Which payments a live event belongs to, and how a list changes when one arrives.
import type { PaymentRow, PaymentState } from '../shared/console-contract.ts';
import type { PaymentFilter } from '../shared/queries.ts';

export const pageSize = 50;
export const mostShown = 200;

/**
 * Whether a payment fits; the same rule as the hub's own filter, so that live rows are not
 * wrong.
 */
export function fits(row: PaymentRow, filter: PaymentFilter): boolean {
  if (filter.status !== '' && row.state !== filter.status) return false;
  if (filter.wallet !== '' && row.walletId !== filter.wallet) return false;
  if (filter.acquirer !== '' && row.acquirerId !== filter.acquirer) return false;
  const wanted = filter.search;
  return row.paymentId === wanted || row.paymentRequestId.startsWith(wanted);
}

/**
 * The list after an event: a known payment changes in its place or leaves, a new one comes
 * first.
 */
export function withRow(
  rows: readonly PaymentRow[],
  changed: PaymentRow,
  filter: PaymentFilter,
): PaymentRow[] {
  const others = rows.filter((row) => row.paymentId !== changed.paymentId);
  if (!fits(changed, filter)) return others;
  const known = others.length < rows.length;
  // A look further back has payments of its own time only.
  if (!known && filter.from !== '') return others;
  const next = known
    ? // Only the event of a refund says what was refunded: otherwise what is known stays.
      rows.map((row) => (row.paymentId === changed.paymentId ? { ...row, ...changed } : row))
    : [changed, ...rows];
  return next.slice(0, filter.limit);
}

export const states: readonly PaymentState[] = ['PROCESSING', 'SUCCESS', 'FAILED', 'CLOSED'];
