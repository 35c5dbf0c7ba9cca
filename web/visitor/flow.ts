// Which screen a payment in the wallet belongs to, and what a decline means in plain words.
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

// Declines that a visitor can meet, with words of their own; all others share one explanation.
const explained = [
  'USER_BALANCE_NOT_ENOUGH',
  'USER_AMOUNT_EXCEED_LIMIT',
  'PAYMENT_AMOUNT_EXCEED_LIMIT',
  'PAYMENT_COUNT_EXCEED_LIMIT',
  'USER_PAYMENT_VERIFICATION_FAILED',
  'USER_STATUS_ABNORMAL',
  'USER_KYC_NOT_QUALIFIED',
  'RISK_REJECT',
  'REGULATION_RESTRICTION',
  'ORDER_IS_CLOSED',
  'INVALID_CODE',
  'EXPIRED_CODE',
  'CURRENCY_NOT_SUPPORT',
  'PROCESS_FAIL',
  'UNREACHABLE',
] as const;

export type Cause = (typeof explained)[number] | 'OTHER';

/** The cause whose words fit a result code. */
export function causeOf(code: string | null | undefined): Cause {
  return explained.find((known) => known === code) ?? 'OTHER';
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
