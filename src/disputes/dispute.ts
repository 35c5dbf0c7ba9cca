// A dispute: a wallet asks about a paid payment, for evidence or for money; its clocks and counts.

import { beginningOf, clearingDayOf, dayMs, daysBetween } from '../calendar/clearingDay.ts';
import type { Money } from '../money/money.ts';
import type { Refund } from '../payments/payment.ts';
import type { ResultCode } from '../wire/results.ts';

/** RETRIEVAL asks for evidence, ESCALATION for money (protocol.md §2.13). */
export type DisputeKind = 'RETRIEVAL' | 'ESCALATION';

/**
 * REFUSED: never taken. ASKED: the acquirer must answer. OVERDUE: it did not in time. ANSWERED: a
 * retrieval has its evidence. DECLINED, ACCEPTED: the acquirer's word on an escalation.
 * REFUND_OVERDUE: accepted, and the money did not come in time. REFUNDED: it has come.
 */
export type DisputeState =
  | 'REFUSED'
  | 'ASKED'
  | 'OVERDUE'
  | 'ANSWERED'
  | 'DECLINED'
  | 'ACCEPTED'
  | 'REFUND_OVERDUE'
  | 'REFUNDED';

/** An acquirer's word on an escalation. */
export type RefundType = 'ACCEPT_REFUND' | 'ACCEPT_PARTIAL_REFUND' | 'REFUSE_REFUND';

/** What an acquirer answered; `refundType` is null for a retrieval. */
export interface DisputeAnswer {
  readonly at: number;
  readonly message: string | null;
  readonly refundType: RefundType | null;
  /** What it has promised to give back; null where it promised nothing. */
  readonly refund: Money | null;
  readonly plannedRefundAt: number | null;
}

export interface Dispute {
  readonly paymentNumber: number;
  /** Counts the disputes of the payment, from 1; refused tries too. */
  readonly disputeNumber: number;
  readonly walletId: string;
  /** Who answers it: the payment's acquirer. */
  readonly acquirerId: string;
  /** The wallet's own id of it. */
  readonly disputeRequestId: string;
  readonly kind: DisputeKind;
  readonly state: DisputeState;
  /** SUCCESS, or why it was refused. */
  readonly resultCode: ResultCode;
  readonly resultMessage: string | null;
  /** What is asked back, in the payment's currency; null for a retrieval. */
  readonly claimed: Money | null;
  readonly reasonCode: string | null;
  readonly reason: string | null;
  readonly occurredAt: number | null;
  readonly createdAt: number;
  /** The first instant at which an answer is too late. */
  readonly answerDueAt: number;
  /** When it was answered, or when the time to answer was over. */
  readonly closedAt: number | null;
  readonly answer: DisputeAnswer | null;
  /** The first instant at which the promised refund is too late. */
  readonly refundDueAt: number | null;
  readonly refundedAt: number | null;
}

/** A file of a wallet's question or of an acquirer's answer. */
export interface Evidence {
  readonly fileName: string;
  readonly contentType: string;
  /** SHA-256 of the content, in hexadecimal. */
  readonly fileHash: string;
  readonly contentBase64: string;
}

/** The first instant after so many whole days (UTC+8) beside the day of `from`. */
export function endOfDays(from: number, lengthMs: number): number {
  return beginningOf(clearingDayOf(from) + wholeDays(lengthMs) + 1);
}

/** Whether a day (UTC+8) is at most so many days after that of `from`. */
export function isWithin(from: number, now: number, lengthMs: number): boolean {
  return daysBetween(from, now) <= wholeDays(lengthMs);
}

function wholeDays(lengthMs: number): number {
  return Math.floor(lengthMs / dayMs);
}

/** Whether the acquirer has something to do in time still; a kind has one such at most. */
export function isOpen(dispute: Dispute, now: number): boolean {
  if (dispute.state === 'ASKED') return now < dispute.answerDueAt;
  return dispute.state === 'ACCEPTED' && now < (dispute.refundDueAt ?? 0);
}

/** When it was answered or its time was over; null while the acquirer may still answer in time. */
export function closedAtOf(dispute: Dispute, now: number): number | null {
  if (dispute.closedAt !== null) return dispute.closedAt;
  return dispute.state === 'ASKED' && now >= dispute.answerDueAt ? dispute.answerDueAt : null;
}

/** Whether an acquirer promised money that this dispute waits for. */
export function awaitsRefund(dispute: Dispute): boolean {
  return dispute.state === 'ACCEPTED' || dispute.state === 'REFUND_OVERDUE';
}

/**
 * What of a payment's refunds counts for each promise, in minor units by dispute number. A refund
 * counts where it was asked for after the dispute was opened, and once: earlier promises first.
 */
export function refundedFor(
  disputes: readonly Dispute[],
  refunds: readonly Refund[],
): ReadonlyMap<number, bigint> {
  const pool = refunds
    .filter((refund) => refund.state === 'SUCCESS')
    .map((refund) => ({ at: refund.createdAt, left: refund.amount.minor }));
  const counted = new Map<number, bigint>();
  for (const dispute of disputes) {
    const promised = dispute.answer?.refund?.minor ?? 0n;
    let missing = promised;
    for (const part of pool) {
      if (part.at < dispute.createdAt) continue;
      const taken = part.left < missing ? part.left : missing;
      part.left -= taken;
      missing -= taken;
    }
    counted.set(dispute.disputeNumber, promised - missing);
  }
  return counted;
}
