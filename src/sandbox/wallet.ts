// What a sandbox wallet knows of one payment, and how the payment moves: pure decisions, no
// clock, no store.

import type { Money } from '../money/money.ts';
import type { ResultCode } from '../wire/results.ts';
import type { Behaviour } from './behaviour.ts';
import { pinAttemptsAllowed } from './customers.ts';
import { refundedOf, type WalletRefund } from './wallet-refund.ts';

/**
 * Where a payment stands for the visitor. REVERSED: the hub cancelled it and the debit was
 * returned.
 */
export type WalletPaymentStatus =
  | 'AWAITING_CONFIRMATION'
  | 'SUCCESS'
  | 'FAILED'
  | 'REVERSED'
  | 'UNKNOWN';

export type WalletProduct =
  | 'payment_code'
  | 'order_code'
  | 'entry_code'
  | 'cashier'
  | 'auto_debit'
  | 'private_order_code'
  | 'push';

/** The rate of the hub's quote as it was sent, for the visitor to read before consent. */
export interface ShownRate {
  readonly pair: string;
  readonly price: string;
  readonly midPrice: string | null;
  readonly spreadBasisPoints: string | null;
}

/**
 * Something that happens by itself later; it is kept in the store, so that a restart does not
 * lose it.
 */
export interface DueAction {
  readonly at: number;
  readonly action: 'succeed';
}

/**
 * One payment in a wallet's books. `paymentRequestId` is the hub's id, `walletPaymentId` our own.
 */
export interface WalletPayment {
  readonly walletId: string;
  readonly customerId: string;
  readonly paymentRequestId: string;
  readonly walletPaymentId: string;
  readonly status: WalletPaymentStatus;
  readonly failureCode: ResultCode | null;
  readonly product: WalletProduct;
  /** The order code that the payment came by. */
  readonly orderCode: string | null;
  readonly merchantName: string;
  readonly storeName: string | null;
  readonly city: string | null;
  readonly orderDescription: string;
  /** What the shop asks, usually in CNY. */
  readonly amount: Money;
  /** What is debited: the hub's conversion into the home currency. */
  readonly payToAmount: Money;
  readonly rate: ShownRate | null;
  readonly notifyUrl: string | null;
  /** The idempotency key-fields as one text (protocol.md §2.15). */
  readonly keyFields: string;
  readonly pinFailures: number;
  readonly due: DueAction | null;
  readonly createdAt: number;
  readonly finishedAt: number | null;
  readonly expiresAt: number | null;
  /** Where the customer goes back to after paying; absent where there is no such place. */
  readonly returnUrl?: string;
  /** When the network said that the shop of a national code has its money; absent before. */
  readonly creditedAt?: number;
  /** What was given back of it, in parts; absent where nothing was. */
  readonly refunds?: readonly WalletRefund[];
}

/** One line of a wallet's journal: money of one customer, signed as the customer sees it. */
export interface JournalEntry {
  readonly kind: 'debit' | 'return';
  readonly minor: bigint;
  /** The refund that it belongs to; without one it is the payment's own. */
  readonly refundRequestId?: string;
}

/**
 * A notice to the hub that must be sent until it is acknowledged. Only S and F are ever notified.
 */
export interface WalletNotice {
  readonly outcome: 'S' | 'F';
  readonly code: ResultCode;
  readonly delayMs: number;
  /** The first sending is signed wrongly; later ones well. */
  readonly signWrongly: boolean;
}

/** What a caller is told: a result code of protocol.md §4, or that the PIN may be tried again. */
export type WalletAnswer = ResultCode | 'WRONG_PIN';

/** What changed and what must be told. `payment` null: nothing is to be stored. */
export interface WalletDecision {
  readonly payment: WalletPayment | null;
  readonly entry: JournalEntry | null;
  readonly notices: readonly WalletNotice[];
  readonly code: WalletAnswer;
}

/** What is needed of the customer: the balance in minor units of the home currency. */
export interface CustomerFacts {
  readonly currency: string;
  readonly balanceMinor: bigint;
}

function nothingChanged(code: WalletAnswer): WalletDecision {
  return { payment: null, entry: null, notices: [], code };
}

function failed(payment: WalletPayment, code: ResultCode, now: number): WalletPayment {
  return { ...payment, status: 'FAILED', failureCode: code, finishedAt: now, due: null };
}

/**
 * The answer to a repeated `pay` and the `paymentResult` of an inquiry: what the payment's state
 * says.
 */
export function resultOf(payment: WalletPayment): ResultCode {
  switch (payment.status) {
    case 'SUCCESS':
      return 'SUCCESS';
    case 'FAILED':
      return payment.failureCode ?? 'PROCESS_FAIL';
    case 'REVERSED':
      return 'ORDER_IS_CLOSED';
    case 'AWAITING_CONFIRMATION':
    case 'UNKNOWN':
      return 'PAYMENT_IN_PROCESS';
  }
}

/** Debits and finishes; the balance is checked here and nowhere else. */
function succeed(payment: WalletPayment, customer: CustomerFacts, now: number): WalletDecision {
  if (payment.payToAmount.currency !== customer.currency) {
    return {
      ...nothingChanged('CURRENCY_NOT_SUPPORT'),
      payment: failed(payment, 'CURRENCY_NOT_SUPPORT', now),
    };
  }
  if (customer.balanceMinor < payment.payToAmount.minor) {
    return {
      ...nothingChanged('USER_BALANCE_NOT_ENOUGH'),
      payment: failed(payment, 'USER_BALANCE_NOT_ENOUGH', now),
    };
  }
  return {
    payment: { ...payment, status: 'SUCCESS', failureCode: null, finishedAt: now, due: null },
    entry: { kind: 'debit', minor: -payment.payToAmount.minor },
    notices: [],
    code: 'SUCCESS',
  };
}

/**
 * The customer says yes, or no yes is needed: the payment takes the course that the behaviour
 * prescribes.
 */
function approve(
  payment: WalletPayment,
  customer: CustomerFacts,
  behaviour: Behaviour,
  now: number,
): WalletDecision {
  const later: DueAction = { at: now + behaviour.delayMs, action: 'succeed' };
  switch (behaviour.mode) {
    case 'decline':
      return {
        ...nothingChanged(behaviour.declineCode),
        payment: failed(payment, behaviour.declineCode, now),
      };
    case 'answer_late':
      return {
        ...nothingChanged('PAYMENT_IN_PROCESS'),
        payment: { ...payment, status: 'UNKNOWN', due: later },
      };
    case 'change_mind': {
      const refused = failed(payment, behaviour.declineCode, now);
      return { ...nothingChanged(behaviour.declineCode), payment: { ...refused, due: later } };
    }
    default:
      return succeed(payment, customer, now);
  }
}

/** The notices that follow an outcome decided away from a call of the hub. */
function noticesOf(decision: WalletDecision, behaviour: Behaviour): readonly WalletNotice[] {
  const { code } = decision;
  if (code === 'PAYMENT_IN_PROCESS' || code === 'WRONG_PIN') return [];
  if (behaviour.mode === 'timeout') return [];
  const notice: WalletNotice = {
    outcome: code === 'SUCCESS' ? 'S' : 'F',
    code,
    delayMs: behaviour.mode === 'delay' ? behaviour.delayMs : 0,
    signWrongly: behaviour.mode === 'bad_signature',
  };
  return behaviour.mode === 'duplicate' ? [notice, notice] : [notice];
}

/** Everything `pay` of a payment code is decided from. */
export interface PayFacts {
  /** The payment as it would be booked, still AWAITING_CONFIRMATION. */
  readonly asked: WalletPayment;
  readonly existing: WalletPayment | null;
  /** The hub cancelled this id before it ever asked to pay it. */
  readonly cancelledBefore: boolean;
  readonly customer: CustomerFacts | null;
  readonly behaviour: Behaviour;
  readonly noPinLimitMinor: bigint;
  readonly now: number;
}

/** What an evaluation is answered: whether a debit would be paid now (protocol.md §1.1). */
export function decideEvaluation(
  payTo: Money,
  customer: CustomerFacts,
  behaviour: Behaviour,
): ResultCode {
  if (payTo.currency !== customer.currency) return 'CURRENCY_NOT_SUPPORT';
  if (behaviour.mode === 'decline') return behaviour.declineCode;
  return customer.balanceMinor < payTo.minor ? 'USER_BALANCE_NOT_ENOUGH' : 'SUCCESS';
}

/** The hub asks to debit, by a payment code or by an agreement (protocol.md §2.2). */
export function decidePay(facts: PayFacts): WalletDecision {
  const { asked, existing, customer, behaviour, now } = facts;
  if (existing !== null) {
    if (existing.keyFields !== asked.keyFields) return nothingChanged('REPEAT_REQ_INCONSISTENT');
    return nothingChanged(resultOf(existing));
  }
  if (facts.cancelledBefore) return nothingChanged('ORDER_IS_CLOSED');
  if (customer === null) return nothingChanged('USER_NOT_EXIST');
  if (asked.payToAmount.currency !== customer.currency) {
    return nothingChanged('CURRENCY_NOT_SUPPORT');
  }
  if (asked.expiresAt !== null && asked.expiresAt <= now) {
    return { ...nothingChanged('ORDER_IS_CLOSED'), payment: failed(asked, 'ORDER_IS_CLOSED', now) };
  }
  // The limit is written in CNY; an order in any other currency always needs the PIN. A debit was
  // allowed with the PIN before.
  const withinLimit =
    asked.product === 'auto_debit' ||
    (asked.amount.currency === 'CNY' && asked.amount.minor <= facts.noPinLimitMinor);
  if (!withinLimit && behaviour.mode !== 'decline') {
    return { ...nothingChanged('PAYMENT_IN_PROCESS'), payment: asked };
  }
  const decision = approve(asked, customer, behaviour, now);
  // The sync answer tells the outcome; a notice beside it is recommended (protocol.md §1.2).
  const quiet = behaviour.mode === 'delay' || behaviour.mode === 'bad_signature';
  const announced = decision.code === 'SUCCESS' && !quiet;
  return { ...decision, notices: announced ? noticesOf(decision, behaviour) : [] };
}

/** The customer typed a PIN for a payment that awaits it. */
export function decideConfirm(
  payment: WalletPayment,
  customer: CustomerFacts,
  pinIsRight: boolean,
  behaviour: Behaviour,
  now: number,
): WalletDecision {
  if (payment.status !== 'AWAITING_CONFIRMATION') return nothingChanged(resultOf(payment));
  const expired = decideExpiry(payment, now);
  if (expired !== null) return expired;
  if (!pinIsRight) {
    const pinFailures = payment.pinFailures + 1;
    if (pinFailures < pinAttemptsAllowed) {
      return { ...nothingChanged('WRONG_PIN'), payment: { ...payment, pinFailures } };
    }
    return refuse({ ...payment, pinFailures }, 'USER_PAYMENT_VERIFICATION_FAILED', now);
  }
  const decision = approve(payment, customer, behaviour, now);
  return { ...decision, notices: noticesOf(decision, behaviour) };
}

function plainNotice(outcome: 'S' | 'F', code: ResultCode): WalletNotice {
  return { outcome, code, delayMs: 0, signWrongly: false };
}

function refuse(payment: WalletPayment, code: ResultCode, now: number): WalletDecision {
  return {
    payment: failed(payment, code, now),
    entry: null,
    notices: [plainNotice('F', code)],
    code,
  };
}

/**
 * The customer says no. The protocol has no code for it; the general failure is told (protocol.md
 * §4).
 */
export function decideDecline(payment: WalletPayment, now: number): WalletDecision {
  if (payment.status !== 'AWAITING_CONFIRMATION') return nothingChanged(resultOf(payment));
  return decideExpiry(payment, now) ?? refuse(payment, 'PROCESS_FAIL', now);
}

/** A payment nobody confirmed in time. The hub closes it by its own clock, so it is not told. */
export function decideExpiry(payment: WalletPayment, now: number): WalletDecision | null {
  const waits = payment.status === 'AWAITING_CONFIRMATION';
  if (!waits || payment.expiresAt === null || payment.expiresAt > now) return null;
  return { ...nothingChanged('ORDER_IS_CLOSED'), payment: failed(payment, 'ORDER_IS_CLOSED', now) };
}

/** The late success of `answer_late` and `change_mind`. */
export function decideDue(
  payment: WalletPayment,
  customer: CustomerFacts,
  now: number,
): WalletDecision {
  if (payment.due === null || payment.due.at > now) return nothingChanged(resultOf(payment));
  const decision = succeed(payment, customer, now);
  if (decision.code === 'SUCCESS') {
    return { ...decision, notices: [plainNotice('S', 'SUCCESS')] };
  }
  // A wallet that said F before and now finds no money has nothing new to tell.
  if (payment.status === 'FAILED') return { ...decision, payment: { ...payment, due: null } };
  const code = decision.payment?.failureCode ?? 'PROCESS_FAIL';
  return { ...decision, notices: [plainNotice('F', code)] };
}

/** The shop of a national code has its money. What was given back since stays given back. */
export function decideCredited(payment: WalletPayment, at: number): WalletDecision {
  if (payment.status !== 'SUCCESS' || payment.creditedAt !== undefined) {
    return nothingChanged('SUCCESS');
  }
  return { ...nothingChanged('SUCCESS'), payment: { ...payment, creditedAt: at } };
}

const dayMs = 86_400_000;
/** Midnight of UTC+8, by which the network counts its days. */
const midnightOffsetMs = 8 * 3_600_000;
/** A wallet lets itself be cancelled until 00:30 of the next day (protocol.md §1.9). */
const cancellableMs = 30 * 60_000;

function cancelEndsAt(paidAt: number): number {
  const day = Math.floor((paidAt + midnightOffsetMs) / dayMs);
  return (day + 1) * dayMs - midnightOffsetMs + cancellableMs;
}

/**
 * The hub cancels: it succeeds whatever the state, and money that was taken goes back
 * (protocol.md §2.7). What was paid is closed in our books at 00:30 of the next day: from then on
 * it can only be refunded.
 */
export function decideCancel(payment: WalletPayment, now: number): WalletDecision {
  switch (payment.status) {
    case 'SUCCESS':
      if (now >= cancelEndsAt(payment.finishedAt ?? payment.createdAt)) {
        return nothingChanged('CANCEL_WINDOW_EXCEED');
      }
      return {
        payment: { ...payment, status: 'REVERSED', finishedAt: now },
        entry: {
          kind: 'return',
          minor: payment.payToAmount.minor - refundedOf(payment).minor,
        },
        notices: [],
        code: 'SUCCESS',
      };
    case 'AWAITING_CONFIRMATION':
    case 'UNKNOWN':
      // Nothing was taken, so nothing is reversed: for the visitor the order is closed.
      return { ...nothingChanged('SUCCESS'), payment: failed(payment, 'ORDER_IS_CLOSED', now) };
    case 'FAILED':
      // A cancelled failure stays a failure, but it can no longer turn into a success.
      return { ...nothingChanged('SUCCESS'), payment: { ...payment, due: null } };
    case 'REVERSED':
      return nothingChanged('SUCCESS');
  }
}
