// `initiateRetrieval` and `initiateEscalation` from a wallet: what is checked, and what is written.

import { laneOfSlot, slotOf, slotOfNumber } from '../base/id.ts';
import { limits } from '../base/limits.ts';
import type { Moment } from '../engine/command.ts';
import type { Money } from '../money/money.ts';
import { legIdOf } from '../payments/bodies.ts';
import { requestKey } from '../payments/facts.ts';
import { type Payment, paidLegOf } from '../payments/payment.ts';
import type { Rules } from '../payments/rules.ts';
import type { ResultCode } from '../wire/results.ts';
import {
  closedAtOf,
  type Dispute,
  type DisputeKind,
  type Evidence,
  endOfDays,
  isOpen,
  isWithin,
} from './dispute.ts';
import {
  changed,
  type DisputeCommand,
  type DisputeDecision,
  type DisputeFacts,
  type DisputeTask,
  disputesOf,
  unchanged,
} from './facts.ts';
import { outcomeTasks } from './outcome.ts';

/** A wallet's dispute, checked for its form. */
export interface DisputeOrder {
  readonly walletId: string;
  readonly disputeRequestId: string;
  readonly kind: DisputeKind;
  readonly paymentNumber: number;
  /** The `paymentRequestId` that the network gave the wallet: one of the payment's legs. */
  readonly legId: string;
  /** What an escalation asks back; null for a retrieval. */
  readonly claimed: Money | null;
  readonly reasonCode: string | null;
  readonly reason: string | null;
  readonly occurredAt: number | null;
  /** What the customer shows for it; no part of what must be the same when the id comes again. */
  readonly evidence: readonly Evidence[];
}

interface Refusal {
  readonly kind: 'refused';
  readonly resultCode: ResultCode;
  readonly message?: string;
}

export type OpenReply =
  | { readonly kind: 'taken'; readonly dispute: Dispute; readonly repeated: boolean }
  | Refusal;

const refusal = (resultCode: ResultCode, message?: string): Refusal => ({
  kind: 'refused',
  resultCode,
  ...(message === undefined ? {} : { message }),
});

/** What must be the same when a dispute id comes again (protocol.md §2.15; the amount is ours). */
function keyTermsOf({ kind, claimed }: DisputeOrder): string {
  return claimed === null ? kind : `${kind} ${claimed.currency} ${claimed.minor}`;
}

/**
 * Takes a dispute id for one payment, in the lane of the id itself, so that the whole network has
 * one place where it is used up (as refund ids are: decision 0013). `payment` is undefined where
 * the wallet names none of its own: then the id is only looked up.
 */
export function claimDisputeCommand(
  rules: Rules,
  order: DisputeOrder,
  payment: Payment | undefined,
): DisputeCommand<{ readonly kind: 'claimed' } | Refusal> {
  const key = requestKey(order.walletId, order.disputeRequestId);
  const keyTerms = keyTermsOf(order);
  return {
    kind: 'claim dispute',
    lane: laneOfSlot(slotOf('dispute', order.walletId, order.disputeRequestId), rules.lanes),
    gather: (keys) => void keys.claims.add(key),
    decide(facts, moment) {
      const known = facts.claims.get(key);
      if (known !== undefined) {
        const isSame = known.paymentNumber === order.paymentNumber && known.keyTerms === keyTerms;
        return unchanged(isSame ? { kind: 'claimed' } : refusal('REPEAT_REQ_INCONSISTENT'));
      }
      if (payment === undefined || !isPaying(payment, order)) {
        return unchanged(refusal('ORDER_NOT_EXIST'));
      }
      const { currency } = payment.amount;
      if (order.claimed !== null && order.claimed.currency !== currency) {
        const message = `escalationAmount.currency must be that of the payment, ${currency}.`;
        return unchanged(refusal('CURRENCY_NOT_SUPPORT', message));
      }
      const { paymentNumber } = order;
      const claim = { requestKey: key, paymentNumber, keyTerms, claimedAt: moment.now };
      return changed({ kind: 'claimed' }, { claim });
    },
  };
}

/** Whether the wallet names a leg of its own; where one of several has paid, that one. */
function isPaying(payment: Payment, order: DisputeOrder): boolean {
  const leg =
    paidLegOf(payment) ?? payment.legs.find((each) => legIdOf(payment, each) === order.legId);
  return leg?.walletId === order.walletId && legIdOf(payment, leg) === order.legId;
}

/** Opens a claimed dispute; the same id again gives the dispute as it is by then. */
export function openDisputeCommand(rules: Rules, order: DisputeOrder): DisputeCommand<OpenReply> {
  return {
    kind: 'open dispute',
    lane: laneOfSlot(slotOfNumber(order.paymentNumber), rules.lanes),
    gather: (keys) => void keys.payments.add(order.paymentNumber),
    decide: (facts, moment) => decideOpen(rules, order, facts, moment),
  };
}

function decideOpen(
  rules: Rules,
  order: DisputeOrder,
  facts: DisputeFacts,
  moment: Moment,
): DisputeDecision<OpenReply> {
  const payment = facts.payments.get(order.paymentNumber);
  if (payment === undefined) return unchanged(refusal('ORDER_NOT_EXIST'));
  const all = disputesOf(facts, order.paymentNumber);
  const known = all.find(
    (each) => each.walletId === order.walletId && each.disputeRequestId === order.disputeRequestId,
  );
  if (known !== undefined) return unchanged({ kind: 'taken', dispute: known, repeated: true });
  if (all.length >= limits.disputesPerPayment) {
    const message = `A payment has at most ${limits.disputesPerPayment} disputes and tries.`;
    return unchanged(refusal('PROCESS_FAIL', message));
  }
  const obstacle = obstacleTo(rules, payment, order, facts, moment.now);
  const dispute = newDispute(rules, order, { payment, number: all.length + 1 }, moment, obstacle);
  const reply = { kind: 'taken', dispute, repeated: false } as const;
  // F is final: the same message, late or doubled, must not be taken by then.
  if (obstacle !== undefined) return changed(reply, { dispute });
  const asked = newTask(moment, dispute, 'acquirer.asked', moment.now + rules.timing.leaseMs);
  const clock = newTask(moment, dispute, 'answer.due', dispute.answerDueAt);
  const about = { dispute, payment };
  // Nobody waits any more for a word on the one before.
  const before = all.findLast((each) => each.kind === order.kind && each.state !== 'REFUSED');
  const now = [...all, dispute];
  const passed = before?.answer === null ? outcomeTasks(rules, payment, before, now, moment) : [];
  return changed(reply, {
    dispute,
    evidence: { from: 'wallet', files: order.evidence },
    added: [asked, clock, ...passed],
    begin: [asked],
    about,
  });
}

/** Why a payment cannot be disputed so now: the first of the protocol's bounds that it breaks. */
function obstacleTo(
  rules: Rules,
  payment: Payment,
  order: DisputeOrder,
  facts: DisputeFacts,
  now: number,
): Refusal | undefined {
  if (payment.state === 'PROCESSING') {
    return refusal('PROCESS_FAIL', 'The payment is not paid yet.');
  }
  if (payment.state !== 'SUCCESS') return refusal('ORDER_IS_CLOSED');
  const earlier = disputesOf(facts, order.paymentNumber).filter(
    (each) => each.kind === order.kind && each.state !== 'REFUSED',
  );
  const isRetrieval = order.kind === 'RETRIEVAL';
  const word = isRetrieval ? 'retrieval' : 'escalation';
  if (earlier.some((each) => isOpen(each, now))) {
    return refusal('PROCESS_FAIL', `Another ${word} of this payment is open.`);
  }
  const most = isRetrieval ? limits.retrievalsPerPayment : limits.escalationsPerPayment;
  if (earlier.length >= most) {
    return refusal('PROCESS_FAIL', `This payment had ${most} ${word}s, which is the most.`);
  }
  return tooLate(rules, payment, order, earlier.at(-1), now) ?? tooMuch(payment, order, facts);
}

/** 360 days after the payment; a second escalation 25 days after the first was closed. */
function tooLate(
  { timing }: Rules,
  payment: Payment,
  order: DisputeOrder,
  before: Dispute | undefined,
  now: number,
): Refusal | undefined {
  if (order.kind === 'ESCALATION' && before !== undefined) {
    const closedAt = closedAtOf(before, now) ?? now;
    return isWithin(closedAt, now, timing.escalationAgainMs)
      ? undefined
      : refusal('REFUND_WINDOW_EXCEED', 'The first escalation was closed too many days ago.');
  }
  return isWithin(payment.finishedAt ?? payment.createdAt, now, timing.disputeWindowMs)
    ? undefined
    : refusal('REFUND_WINDOW_EXCEED', 'The payment was made too many days ago to be disputed.');
}

/** What may be asked back: what was paid, less what went back, refunds under way included. */
function tooMuch(payment: Payment, order: DisputeOrder, facts: DisputeFacts): Refusal | undefined {
  if (order.claimed === null) return undefined;
  const refunds = facts.refunds.get(payment.paymentNumber) ?? [];
  const given = refunds
    .filter((refund) => refund.state !== 'FAILED')
    .reduce((sum, refund) => sum + refund.amount.minor, 0n);
  return order.claimed.minor > payment.amount.minor - given
    ? refusal('REFUND_AMOUNT_EXCEED', 'escalationAmount is more than is left of the payment.')
    : undefined;
}

function newDispute(
  { timing }: Rules,
  order: DisputeOrder,
  { payment, number }: { readonly payment: Payment; readonly number: number },
  moment: Moment,
  obstacle: Refusal | undefined,
): Dispute {
  return {
    paymentNumber: order.paymentNumber,
    disputeNumber: number,
    walletId: order.walletId,
    acquirerId: payment.acquirerId,
    disputeRequestId: order.disputeRequestId,
    kind: order.kind,
    state: obstacle === undefined ? 'ASKED' : 'REFUSED',
    resultCode: obstacle?.resultCode ?? 'SUCCESS',
    resultMessage: obstacle?.message ?? null,
    claimed: order.claimed,
    reasonCode: order.reasonCode,
    reason: order.reason,
    occurredAt: order.occurredAt,
    createdAt: moment.now,
    answerDueAt: endOfDays(moment.now, timing.disputeAnswerMs),
    closedAt: null,
    answer: null,
    refundDueAt: null,
    refundedAt: null,
  };
}

export function newTask(
  moment: Moment,
  { paymentNumber, disputeNumber }: Dispute,
  kind: DisputeTask['kind'],
  dueAt: number,
): DisputeTask {
  return {
    taskNumber: moment.number(slotOfNumber(paymentNumber)),
    kind,
    paymentNumber,
    disputeNumber,
    dueAt,
    tries: 1,
    createdAt: moment.now,
  };
}
