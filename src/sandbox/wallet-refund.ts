// A wallet's own part in a refund: what was given back of a payment, once for each id. Pure
// decisions.

import { type Money, money } from '../money/money.ts';
import type { ResultCode } from '../wire/results.ts';
import type { Behaviour } from './behaviour.ts';
import type { WalletDecision, WalletPayment } from './wallet.ts';

/** One refund of a payment in a wallet's books; UNKNOWN until the wallet has made up its mind. */
export interface WalletRefund {
  /** The hub's id of the refund. */
  readonly refundRequestId: string;
  readonly walletRefundId: string;
  readonly status: 'SUCCESS' | 'FAILED' | 'UNKNOWN';
  readonly failureCode: ResultCode | null;
  /** What the shop gives back, in its currency. */
  readonly amount: Money;
  /** What the customer gets back, in the home currency. */
  readonly refundFromAmount: Money;
  /** When an undecided refund may be decided. */
  readonly dueAt: number | null;
  readonly createdAt: number;
  readonly finishedAt: number | null;
}

/** What the hub asks for (protocol.md §2.8). */
export interface RefundAsk {
  readonly walletPaymentId: string;
  readonly refundRequestId: string;
  readonly amount: Money;
  readonly refundFromAmount: Money;
}

/** Wallets refund for at least 366 days (protocol.md §1.9); a day more, for its hours. */
const refundableMs = 367 * 86_400_000;

export function refundsOf(payment: WalletPayment): readonly WalletRefund[] {
  return payment.refunds ?? [];
}

/** What the customer has got back so far, or will get for certain; in the home currency. */
export function refundedOf(payment: WalletPayment): Money {
  const { currency } = payment.payToAmount;
  const done = refundsOf(payment).filter(({ status }) => status === 'SUCCESS');
  const sum = done.reduce((all, { refundFromAmount }) => all + refundFromAmount.minor, 0n);
  return money(currency, sum);
}

function nothing(code: ResultCode): WalletDecision {
  return { payment: null, entry: null, notices: [], code };
}

const same = (a: Money, b: Money) => a.currency === b.currency && a.minor === b.minor;

/** The hub asks to give money back; the same id is one refund, however often it is asked for. */
export function decideRefund(
  payment: WalletPayment,
  ask: RefundAsk,
  behaviour: Behaviour,
  walletRefundId: string,
  now: number,
): WalletDecision {
  const known = refundsOf(payment).find((each) => each.refundRequestId === ask.refundRequestId);
  if (known !== undefined) {
    const isSame =
      same(known.amount, ask.amount) && same(known.refundFromAmount, ask.refundFromAmount);
    return isSame ? again(payment, known, now) : nothing('REPEAT_REQ_INCONSISTENT');
  }
  const obstacle = obstacleTo(payment, ask, now);
  if (obstacle !== undefined) return nothing(obstacle);
  const refund: WalletRefund = {
    refundRequestId: ask.refundRequestId,
    walletRefundId,
    status: 'UNKNOWN',
    failureCode: null,
    amount: ask.amount,
    refundFromAmount: ask.refundFromAmount,
    dueAt: null,
    createdAt: now,
    finishedAt: null,
  };
  switch (behaviour.mode) {
    case 'refund_declined': {
      const { declineCode: failureCode } = behaviour;
      const failed = { ...refund, status: 'FAILED' as const, failureCode, finishedAt: now };
      return { ...nothing(failureCode), payment: withRefund(payment, failed) };
    }
    case 'refund_late': {
      const undecided = { ...refund, dueAt: now + behaviour.delayMs };
      return { ...nothing('PAYMENT_IN_PROCESS'), payment: withRefund(payment, undecided) };
    }
    default:
      return giveBack(payment, refund, now);
  }
}

function obstacleTo(payment: WalletPayment, ask: RefundAsk, now: number): ResultCode | undefined {
  if (payment.walletPaymentId !== ask.walletPaymentId) return 'ORDER_NOT_EXIST';
  if (payment.status !== 'SUCCESS') return 'ORDER_IS_CLOSED';
  if (ask.refundFromAmount.currency !== payment.payToAmount.currency) return 'CURRENCY_NOT_SUPPORT';
  if (now - (payment.finishedAt ?? payment.createdAt) > refundableMs) return 'REFUND_WINDOW_EXCEED';
  const counted = refundsOf(payment).filter(({ status }) => status !== 'FAILED');
  const given = counted.reduce((sum, each) => sum + each.refundFromAmount.minor, 0n);
  const isOver = given + ask.refundFromAmount.minor > payment.payToAmount.minor;
  return isOver ? 'REFUND_AMOUNT_EXCEED' : undefined;
}

function again(payment: WalletPayment, known: WalletRefund, now: number): WalletDecision {
  if (known.status === 'SUCCESS') return nothing('SUCCESS');
  if (known.status === 'FAILED') return nothing(known.failureCode ?? 'PROCESS_FAIL');
  const isDue = known.dueAt === null || known.dueAt <= now;
  return isDue ? giveBack(payment, known, now) : nothing('PAYMENT_IN_PROCESS');
}

/** The money goes back into the customer's balance, with a row of its own in the journal. */
function giveBack(payment: WalletPayment, refund: WalletRefund, now: number): WalletDecision {
  const done: WalletRefund = { ...refund, status: 'SUCCESS', dueAt: null, finishedAt: now };
  const { refundRequestId, refundFromAmount } = refund;
  return {
    payment: withRefund(payment, done),
    entry: { kind: 'return', minor: refundFromAmount.minor, refundRequestId },
    notices: [],
    code: 'SUCCESS',
  };
}

function withRefund(payment: WalletPayment, refund: WalletRefund): WalletPayment {
  const others = refundsOf(payment).filter(
    (each) => each.refundRequestId !== refund.refundRequestId,
  );
  return { ...payment, refunds: [...others, refund] };
}
