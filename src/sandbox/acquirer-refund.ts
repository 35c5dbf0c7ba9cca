// What a till knows of cancelling and refunding: each is asked for with the same id until the hub
// has said how it ended. Pure decisions.

import { type Money, money } from '../money/money.ts';
import type { ResultObject } from '../wire/objects.ts';
import type { TillPayment } from './acquirer.ts';
import { pushAfterEnd } from './acquirer-push.ts';

/** UNKNOWN: asked for, and the end has not been heard. */
type Progress = 'SUCCESS' | 'FAILED' | 'UNKNOWN';

interface Asked {
  readonly status: Progress;
  readonly resultCode: string | null;
  readonly resultMessage: string | null;
  /** How often the hub was asked. */
  readonly asks: number;
  /** When it is asked again; null when the end is known. */
  readonly nextAskAt: number | null;
}

export interface TillCancel extends Asked {
  /** Whether the customer had paid, as far as the till knew, and gets it back. */
  readonly wasPaid: boolean;
  readonly at: number;
}

export interface TillRefund extends Asked {
  readonly refundRequestId: string;
  /** The hub's id; null until the hub was heard. */
  readonly refundId: string | null;
  readonly amount: Money;
  readonly createdAt: number;
  readonly finishedAt: number | null;
}

/** A verdict of the hub on either; null when nothing usable was heard. */
export interface Verdict {
  readonly result: ResultObject | null;
  readonly refundId?: string | undefined;
  readonly problem: string | null;
}

/** How long after the last time the hub is asked again; the last one repeats. */
const askDelaysMs: readonly number[] = [2_000, 5_000, 10_000, 30_000, 60_000];

export const notAskedYet: Asked = {
  status: 'UNKNOWN',
  resultCode: null,
  resultMessage: null,
  asks: 0,
  nextAskAt: null,
};

/** What may still be refunded: what is under way counts as given back. */
export function refundableOf(payment: TillPayment): Money {
  const counted = (payment.refunds ?? []).filter(({ status }) => status !== 'FAILED');
  const given = counted.reduce((sum, { amount }) => sum + amount.minor, 0n);
  return money(payment.amount.currency, payment.amount.minor - given);
}

/** When the hub must be called about a payment next, for whatever reason. */
export function nextCallAt(payment: TillPayment): number | null {
  const times = [
    payment.nextInquiryAt,
    payment.cancel?.nextAskAt ?? null,
    payment.push?.dueAt ?? null,
    ...(payment.refunds ?? []).map(({ nextAskAt }) => nextAskAt),
  ].filter((at) => at !== null);
  return times.length === 0 ? null : Math.min(...times);
}

function after(asked: Asked, verdict: Verdict, now: number): Asked {
  const { result } = verdict;
  const status = result?.resultStatus ?? 'U';
  const asks = asked.asks + 1;
  const delay = askDelaysMs[Math.min(asked.asks, askDelaysMs.length - 1)] ?? 0;
  const ends: Readonly<Record<string, Progress>> = { S: 'SUCCESS', F: 'FAILED', U: 'UNKNOWN' };
  return {
    status: ends[status] ?? 'UNKNOWN',
    resultCode: result?.resultCode ?? 'UNKNOWN_EXCEPTION',
    resultMessage: result?.resultMessage ?? verdict.problem,
    asks,
    nextAskAt: status === 'U' ? now + delay : null,
  };
}

/** The payment after a word of the hub on its cancel: S closes it, whatever it was before. */
export function hearCancel(payment: TillPayment, verdict: Verdict, now: number): TillPayment {
  const { cancel } = payment;
  if (cancel === undefined || cancel.status !== 'UNKNOWN') return payment;
  const heard: TillCancel = { ...cancel, ...after(cancel, verdict, now) };
  if (heard.status !== 'SUCCESS') return { ...payment, cancel: heard };
  const closed = {
    ...payment,
    cancel: heard,
    status: 'CLOSED' as const,
    resultCode: 'ORDER_IS_CLOSED',
    resultMessage: null,
    finishedAt: payment.finishedAt ?? now,
    nextInquiryAt: null,
  };
  return pushAfterEnd(closed, now);
}

/** The payment after a word of the hub on one of its refunds; S and F are final. */
export function hearRefund(
  payment: TillPayment,
  refundRequestId: string,
  verdict: Verdict,
  now: number,
): TillPayment {
  return changeRefund(payment, refundRequestId, (refund) => {
    if (refund.status !== 'UNKNOWN') return refund;
    const heard = after(refund, verdict, now);
    return {
      ...refund,
      ...heard,
      refundId: verdict.refundId ?? refund.refundId,
      finishedAt: heard.status === 'UNKNOWN' ? null : now,
    };
  });
}

/** The payment with one of its refunds changed. */
export function changeRefund(
  payment: TillPayment,
  refundRequestId: string,
  change: (refund: TillRefund) => TillRefund,
): TillPayment {
  const refunds = (payment.refunds ?? []).map((each) =>
    each.refundRequestId === refundRequestId ? change(each) : each,
  );
  return { ...payment, refunds };
}
