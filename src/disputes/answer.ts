// `responseRetrieval` and `responseEscalation` from an acquirer: evidence, or a word on the money.

import { laneOfSlot, slotOfNumber } from '../base/id.ts';
import type { Moment } from '../engine/command.ts';
import type { Money } from '../money/money.ts';
import type { Payment } from '../payments/payment.ts';
import type { Rules } from '../payments/rules.ts';
import type { ResultCode } from '../wire/results.ts';
import { disputeIdOf } from './bodies.ts';
import type { Dispute, DisputeAnswer, DisputeKind, Evidence, RefundType } from './dispute.ts';
import { endOfDays, refundedFor } from './dispute.ts';
import {
  changed,
  type DisputeCommand,
  type DisputeDecision,
  type DisputeFacts,
  disputeOf,
  disputesOf,
  unchanged,
} from './facts.ts';
import { newTask } from './open.ts';
import { outcomeTasks } from './outcome.ts';

/** An acquirer's answer, checked for its form. */
export interface AnswerOrder {
  readonly acquirerId: string;
  /** The network's own `disputeRequestId`, and what it carries. */
  readonly disputeId: string;
  readonly paymentNumber: number;
  readonly disputeNumber: number;
  /** Which of the two interfaces it came by. */
  readonly kind: DisputeKind;
  readonly refundType: RefundType | null;
  /** As named by the acquirer; null where it named none. */
  readonly refundAmount: Money | null;
  readonly message: string | null;
  readonly plannedRefundAt: number | null;
  readonly evidence: readonly Evidence[];
}

export type AnswerReply =
  | { readonly kind: 'taken'; readonly dispute: Dispute }
  | { readonly kind: 'refused'; readonly resultCode: ResultCode; readonly message?: string };

/** Writes an acquirer's answer down once; the same answer again changes nothing. */
export function answerDisputeCommand(
  rules: Rules,
  order: AnswerOrder,
): DisputeCommand<AnswerReply> {
  return {
    kind: 'answer dispute',
    lane: laneOfSlot(slotOfNumber(order.paymentNumber), rules.lanes),
    gather: (keys) => void keys.payments.add(order.paymentNumber),
    decide: (facts, moment) => decideAnswer(rules, order, facts, moment),
  };
}

function decideAnswer(
  rules: Rules,
  order: AnswerOrder,
  facts: DisputeFacts,
  moment: Moment,
): DisputeDecision<AnswerReply> {
  const payment = facts.payments.get(order.paymentNumber);
  const dispute = disputeOf(facts, order);
  const isThere =
    payment?.acquirerId === order.acquirerId &&
    dispute?.kind === order.kind &&
    dispute.state !== 'REFUSED' &&
    disputeIdOf(dispute) === order.disputeId;
  if (!isThere) return refused('ORDER_NOT_EXIST', 'There is no such dispute.');
  const promised = promiseOf(order, dispute);
  if (dispute.answer !== null) {
    const isSame =
      dispute.answer.refundType === order.refundType &&
      dispute.answer.refund?.minor === promised?.minor;
    return isSame
      ? unchanged({ kind: 'taken', dispute })
      : refused('REPEAT_REQ_INCONSISTENT', 'This dispute was answered otherwise before.');
  }
  const wrong = wrongAmount(order, dispute, payment);
  if (wrong !== undefined) return unchanged(wrong);
  // Late, and the wallet has gone on to the next dispute of this kind: that one is to be answered.
  const isPassed = disputesOf(facts, order.paymentNumber).some(
    (each) =>
      each.kind === dispute.kind &&
      each.state !== 'REFUSED' &&
      each.disputeNumber > dispute.disputeNumber,
  );
  if (isPassed) return refused('ORDER_IS_CLOSED', 'A later dispute of the payment took its place.');
  return writeAnswer(rules, order, { payment, dispute, promised }, facts, moment);
}

const refused = (resultCode: ResultCode, message: string): DisputeDecision<AnswerReply> =>
  unchanged({ kind: 'refused', resultCode, message });

/** What an answer promises to give back: all that is asked, a part that it names, or nothing. */
function promiseOf(order: AnswerOrder, dispute: Dispute): Money | null {
  switch (order.refundType) {
    case 'ACCEPT_REFUND':
      return dispute.claimed;
    case 'ACCEPT_PARTIAL_REFUND':
      return order.refundAmount;
    case 'REFUSE_REFUND':
    case null:
      return null;
  }
}

function wrongAmount(
  { refundType, refundAmount }: AnswerOrder,
  { claimed }: Dispute,
  payment: Payment,
): AnswerReply | undefined {
  if (refundAmount === null) return undefined;
  const { currency } = payment.amount;
  if (refundAmount.currency !== currency) {
    const message = `refundAmount.currency must be that of the payment, ${currency}.`;
    return { kind: 'refused', resultCode: 'CURRENCY_NOT_SUPPORT', message };
  }
  const most = claimed?.minor ?? 0n;
  const fits =
    refundType === 'ACCEPT_REFUND' ? refundAmount.minor === most : refundAmount.minor <= most;
  if (fits) return undefined;
  const message =
    refundType === 'ACCEPT_REFUND'
      ? 'refundAmount of a full acceptance must be the escalationAmount.'
      : 'refundAmount is more than the escalationAmount.';
  return { kind: 'refused', resultCode: 'REFUND_AMOUNT_EXCEED', message };
}

function writeAnswer(
  rules: Rules,
  order: AnswerOrder,
  found: { readonly payment: Payment; readonly dispute: Dispute; readonly promised: Money | null },
  facts: DisputeFacts,
  moment: Moment,
): DisputeDecision<AnswerReply> {
  const { payment, promised } = found;
  const answer: DisputeAnswer = {
    at: moment.now,
    message: order.message,
    refundType: order.refundType,
    refund: promised,
    plannedRefundAt: order.plannedRefundAt,
  };
  const answered: Dispute = {
    ...found.dispute,
    state: promised !== null ? 'ACCEPTED' : order.kind === 'RETRIEVAL' ? 'ANSWERED' : 'DECLINED',
    answer,
    closedAt: moment.now,
    refundDueAt: promised === null ? null : endOfDays(moment.now, rules.timing.disputeRefundMs),
  };
  const dispute = withRefunds(answered, facts, moment.now);
  const told = newTask(moment, dispute, 'wallet.answered', moment.now + rules.timing.leaseMs);
  const isAwaited = dispute.state === 'ACCEPTED';
  const lookAt = moment.now + rules.timing.disputeLookMs;
  const clocks = isAwaited ? [newTask(moment, dispute, 'refund.look', lookAt)] : [];
  // A refusal is judged once the wallet has heard it.
  const isDone = dispute.state === 'REFUNDED';
  const judged = isDone ? outcomeTasks(rules, payment, dispute, [dispute], moment) : [];
  return changed(
    { kind: 'taken', dispute },
    {
      dispute,
      evidence: { from: 'acquirer', files: order.evidence },
      added: [told, ...clocks, ...judged],
      begin: [told],
      about: { dispute, payment },
    },
  );
}

/** The dispute with the refunds that have come for it by now. */
export function withRefunds(dispute: Dispute, facts: DisputeFacts, now: number): Dispute {
  const promised = dispute.answer?.refund?.minor;
  if (promised === undefined) return dispute;
  const all = disputesOf(facts, dispute.paymentNumber).map((each) =>
    each.disputeNumber === dispute.disputeNumber ? dispute : each,
  );
  const refunds = facts.refunds.get(dispute.paymentNumber) ?? [];
  const counted = refundedFor(all, refunds).get(dispute.disputeNumber) ?? 0n;
  return counted < promised ? dispute : { ...dispute, state: 'REFUNDED', refundedAt: now };
}
