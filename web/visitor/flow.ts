// Which screen a payment in the wallet belongs to, and how an event changes what is shown.
import type { CustomerState, WalletPayment } from '../shared/contract.ts';

export type WalletScreen =
  | 'review'
  | 'expired'
  | 'paid'
  | 'refunded'
  | 'not_paid'
  | 'reversed'
  | 'unknown';

/** The one screen for a payment's state; an offer past its time can no longer be accepted. */
export function screenOf(payment: WalletPayment, nowMs: number): WalletScreen {
  switch (payment.status) {
    case 'SUCCESS':
      return refundOf(payment) === 'all' ? 'refunded' : 'paid';
    case 'FAILED':
      return 'not_paid';
    case 'REVERSED':
      return 'reversed';
    case 'UNKNOWN':
      return 'unknown';
    case 'AWAITING_CONFIRMATION': {
      const ends = payment.expiresAt == null ? Number.NaN : new Date(payment.expiresAt).getTime();
      return ends <= nowMs ? 'expired' : 'review';
    }
  }
}

/** How much of a payment has come back to the visitor. */
export function refundOf(payment: WalletPayment): 'none' | 'part' | 'all' {
  const back = BigInt(payment.refundedAmount?.value ?? '0');
  if (back === 0n) return 'none';
  return back >= BigInt(payment.payToAmount.value) ? 'all' : 'part';
}

/** The network's time for crediting a shop (docs/guides/timing.md), and a minute to give back. */
const creditingMs = 16 * 60_000;

/**
 * Until when money of a national code may still come back because the shop was not credited;
 * undefined once the wallet has heard that it is, and for all other payments.
 */
export function creditedUntil(payment: WalletPayment): number | undefined {
  const { product, finishedAt, creditedAt } = payment;
  if (product !== 'push' || finishedAt == null || creditedAt != null) return undefined;
  return new Date(finishedAt).getTime() + creditingMs;
}

/** The payment with this id, wherever the wallet keeps it. */
export function findPayment(
  state: CustomerState | undefined,
  paymentRequestId: string,
): WalletPayment | undefined {
  if (state?.pending?.paymentRequestId === paymentRequestId) return state.pending;
  return state?.payments.find((payment) => payment.paymentRequestId === paymentRequestId);
}

/**
 * The wallet's state after an event: the payment replaced or put first, the pending one kept
 * true.
 */
export function withPayment(state: CustomerState, changed: WalletPayment): CustomerState {
  const same = (payment: WalletPayment) => payment.paymentRequestId === changed.paymentRequestId;
  const known = state.payments.some(same);
  const payments = known
    ? state.payments.map((payment) => (same(payment) ? changed : payment))
    : [changed, ...state.payments];
  const waits = changed.status === 'AWAITING_CONFIRMATION';
  const wasPending = state.pending !== null && same(state.pending);
  return { ...state, payments, pending: waits ? changed : wasPending ? null : state.pending };
}

/** `2810 0602 0000 …`: digits in fours, as a person reads them out. */
export function groupedDigits(code: string): string {
  return code.replace(/\s/g, '').replace(/(.{4})(?=.)/g, '$1 ');
}
