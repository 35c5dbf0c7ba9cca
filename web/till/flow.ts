// Which screen a payment at the till belongs to: paid, not paid, not known, or still waiting.
import type { TillPayment } from '../shared/contract.ts';

export type TillScreen =
  | 'show_code'
  | 'expired'
  | 'waiting'
  | 'crediting'
  | 'paid'
  | 'refunded'
  | 'cancelled'
  | 'not_paid'
  | 'unknown';

/** How long a till waits before it says that it does not know: as long as the hub waits itself. */
const patienceMs = 8_000;

/** The one screen for a payment's state. Only SUCCESS is ever shown as paid. */
export function tillScreenOf(payment: TillPayment, nowMs: number): TillScreen {
  switch (payment.status) {
    case 'SUCCESS':
      return keptOf(payment) === 0n ? 'refunded' : 'paid';
    case 'FAILED':
      return 'not_paid';
    case 'CLOSED':
      return payment.cancel?.status === 'SUCCESS' ? 'cancelled' : 'not_paid';
    case 'UNKNOWN':
      return 'unknown';
    case 'PROCESSING':
      return processingScreen(payment, nowMs);
  }
}

/** What has certainly been given back of a payment, in minor units of its currency. */
export function givenBackOf(payment: TillPayment): bigint {
  const done = (payment.refunds ?? []).filter((refund) => refund.status === 'SUCCESS');
  return done.reduce((sum, refund) => sum + BigInt(refund.amount.value), 0n);
}

/** What the shop keeps of a payment that was paid. */
export function keptOf(payment: TillPayment): bigint {
  return BigInt(payment.amount.value) - givenBackOf(payment);
}

/** Products whose code stands on the till's screen, or on its counter. */
const shownAtTill: ReadonlySet<string> = new Set(['order_code', 'private_order_code', 'push']);

const atVisitor: ReadonlySet<string> = new Set(['entry_code', 'cashier', 'push']);

function processingScreen(payment: TillPayment, nowMs: number): TillScreen {
  // The customer has paid, and the acquirer has still to give the shop its money.
  if (payment.push != null) return 'crediting';
  if (shownAtTill.has(payment.product) && payment.orderCode != null) {
    return new Date(payment.orderCode.expiresAt).getTime() <= nowMs ? 'expired' : 'show_code';
  }
  // The visitor has the page or the wallet in hand; nothing is at the till to be waited for.
  if (atVisitor.has(payment.product)) return 'waiting';
  return nowMs - new Date(payment.createdAt).getTime() > patienceMs ? 'unknown' : 'waiting';
}

/** Whether the till still has to ask the hub about this payment. */
export function mustAsk(payment: TillPayment): boolean {
  return payment.status === 'PROCESSING' || payment.status === 'UNKNOWN';
}

/** The list with a changed payment put in its place, newest first. */
export function withTillPayment(
  payments: readonly TillPayment[],
  changed: TillPayment,
): readonly TillPayment[] {
  const same = (payment: TillPayment) => payment.paymentRequestId === changed.paymentRequestId;
  return payments.some(same)
    ? payments.map((payment) => (same(payment) ? changed : payment))
    : [changed, ...payments];
}

/** The payments of the reader's own day, from the first minute after midnight. */
export function ofToday(payments: readonly TillPayment[], nowMs: number): readonly TillPayment[] {
  const midnight = new Date(nowMs);
  midnight.setHours(0, 0, 0, 0);
  return payments.filter((payment) => new Date(payment.createdAt) >= midnight);
}

/** What was taken today, per currency in fen; only payments that succeeded count, less refunds. */
export function takings(payments: readonly TillPayment[]): { count: number; minor: bigint } {
  const paid = payments.filter((payment) => payment.status === 'SUCCESS');
  return {
    count: paid.length,
    minor: paid.reduce((sum, payment) => sum + keptOf(payment), 0n),
  };
}
