// What a sandbox acquirer knows of one payment at a till, and how it learns the end: pure
// decisions.

import type { Money } from '../money/money.ts';
import { pushAfterEnd, type TillPush } from './acquirer-push.ts';
import type { TillCancel, TillRefund } from './acquirer-refund.ts';

/**
 * Where a payment stands for the shopkeeper. UNKNOWN: the hub has not been heard, so the goods
 * should wait; CLOSED: the order ended unpaid.
 */
export type TillPaymentStatus = 'PROCESSING' | 'SUCCESS' | 'FAILED' | 'CLOSED' | 'UNKNOWN';

export type TillProduct =
  | 'payment_code'
  | 'order_code'
  | 'entry_code'
  | 'cashier'
  | 'auto_debit'
  | 'private_order_code'
  | 'push';

/** The channel that brought the final result (protocol.md §1.2 step 5). */
export type LearnedBy = 'answer' | 'notify' | 'inquiry';

export interface TillPayment {
  readonly acquirerId: string;
  readonly tillId: string;
  readonly paymentRequestId: string;
  /** The hub's id; null until the hub was heard. */
  readonly paymentId: string | null;
  readonly product: TillProduct;
  readonly status: TillPaymentStatus;
  readonly resultCode: string | null;
  readonly resultMessage: string | null;
  readonly amount: Money;
  readonly settlementAmount: Money | null;
  readonly walletBrandName: string | null;
  readonly orderCodeText: string | null;
  /** Where the visitor goes on, for a payment that began on a page. */
  readonly payUrl?: string | null;
  readonly createdAt: number;
  readonly finishedAt: number | null;
  /** When the order ends by its own clock, as we asked. */
  readonly expiresAt: number;
  readonly learnedBy: LearnedBy | null;
  readonly inquiries: number;
  /** When the hub is asked next; null when nothing is left to learn. */
  readonly nextInquiryAt: number | null;
  /** For a code of our own: when the network first asked about it; null while it has not. */
  readonly askedAt?: number | null;
  /** The network wants the shop credited; absent until it has said so. */
  readonly push?: TillPush;
  /** The shop wants it not to be; absent unless it said so. */
  readonly cancel?: TillCancel;
  /** What the shop gives back, in the order of asking; absent where nothing is. */
  readonly refunds?: readonly TillRefund[];
}

/**
 * What the hub said about a payment, from whichever channel; `status` null: it said nothing
 * usable.
 */
export interface HubWord {
  readonly status: 'S' | 'F' | 'U' | null;
  readonly resultCode: string;
  readonly resultMessage: string | null;
  readonly paymentId?: string | undefined;
  readonly settlementAmount?: Money | undefined;
  readonly walletBrandName?: string | undefined;
  readonly payUrl?: string | undefined;
  readonly orderCode?: { readonly text: string; readonly expiresAt: number | null } | undefined;
}

/**
 * How long after the last question the acquirer asks again; the last one repeats (protocol.md
 * §1.9).
 */
export const inquiryDelaysMs: readonly number[] = [
  2_000, 2_000, 3_000, 3_000, 5_000, 5_000, 10_000, 10_000, 10_000, 10_000,
];

/** Asking ends this long after the order's expiry; a notice may still come. */
const inquiryMarginMs = 120_000;

/** A code of our own that nobody has asked about: the network does not know of it yet. */
export function isUnasked(payment: TillPayment): boolean {
  return payment.askedAt === null && !isFinal(payment.status);
}

/** The end of a code that nobody asked about in time. */
export function endUnasked(payment: TillPayment, now: number): TillPayment {
  const ends = { status: 'CLOSED', resultCode: 'ORDER_IS_CLOSED', resultMessage: null } as const;
  return { ...payment, ...ends, finishedAt: now, nextInquiryAt: null };
}

export function isFinal(status: TillPaymentStatus): boolean {
  return status === 'SUCCESS' || status === 'FAILED' || status === 'CLOSED';
}

function nextInquiry(
  payment: TillPayment,
  now: number,
  delaysMs: readonly number[],
): number | null {
  const delay = delaysMs[Math.min(payment.inquiries, delaysMs.length - 1)] ?? 0;
  const at = now + delay;
  return at > payment.expiresAt + inquiryMarginMs ? null : at;
}

/**
 * The till's payment after a word of the hub. Only the first final word counts (compare and set,
 * protocol.md §1.8): later ones change nothing. A silence makes the payment UNKNOWN, never failed.
 */
export function hear(
  payment: TillPayment,
  word: HubWord,
  from: LearnedBy,
  now: number,
  delaysMs: readonly number[] = inquiryDelaysMs,
): TillPayment {
  if (isFinal(payment.status)) return payment;
  const heard: TillPayment = {
    ...payment,
    paymentId: word.paymentId ?? payment.paymentId,
    settlementAmount: word.settlementAmount ?? payment.settlementAmount,
    walletBrandName: word.walletBrandName ?? payment.walletBrandName,
    orderCodeText: word.orderCode?.text ?? payment.orderCodeText,
    payUrl: word.payUrl ?? payment.payUrl ?? null,
    expiresAt: word.orderCode?.expiresAt ?? payment.expiresAt,
    resultCode: word.resultCode,
    resultMessage: word.resultMessage,
  };
  const asked = from === 'inquiry' ? { ...heard, inquiries: heard.inquiries + 1 } : heard;
  if (word.status === 'S' || word.status === 'F') {
    const closed = word.resultCode === 'ORDER_IS_CLOSED';
    const unpaid = closed ? 'CLOSED' : 'FAILED';
    const status = word.status === 'S' ? 'SUCCESS' : unpaid;
    const ended = {
      ...asked,
      status,
      finishedAt: now,
      learnedBy: from,
      nextInquiryAt: null,
    } as const;
    return pushAfterEnd(ended, now);
  }
  const nextInquiryAt = nextInquiry(asked, now, delaysMs);
  if (nextInquiryAt === null && word.resultCode === 'ORDER_NOT_EXIST') {
    // Long after its expiry the hub has never heard of the order: it cannot be paid any more.
    return { ...asked, status: 'FAILED', finishedAt: now, learnedBy: from, nextInquiryAt };
  }
  // When asking ends without a result the shopkeeper must not be told that it still goes on.
  const status = word.status === 'U' && nextInquiryAt !== null ? 'PROCESSING' : 'UNKNOWN';
  return { ...asked, status, nextInquiryAt };
}
