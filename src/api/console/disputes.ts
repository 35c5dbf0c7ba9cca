// The disputes of the network for its own pages: the list with its clocks, and one of them whole.

import { laneOfSlot, readPublicId, slotOfNumber } from '../../base/id.ts';
import type { Database } from '../../base/world.ts';
import { disputeIdOf } from '../../disputes/bodies.ts';
import { type Dispute, type Evidence, refundedFor } from '../../disputes/dispute.ts';
import { type DisputesFound, findDisputes } from '../../disputes/listStore.ts';
import { evidenceOf } from '../../disputes/store.ts';
import { findDisputesCommand } from '../../disputes/tasks.ts';
import { type Money, toWire } from '../../money/money.ts';
import type { Directory } from '../../network/directory.ts';
import { refundIdOf } from '../../payments/aftermathBodies.ts';
import { paymentIdOf } from '../../payments/bodies.ts';
import type { Payment } from '../../payments/payment.ts';
import type { Hub } from '../hub.ts';

/** Which disputes a list shows: those that somebody must act on, those too late, the others. */
export const disputeGroups = {
  open: ['ASKED', 'ACCEPTED'],
  overdue: ['OVERDUE', 'REFUND_OVERDUE'],
  closed: ['ANSWERED', 'DECLINED', 'REFUNDED'],
} as const;
export type DisputeGroup = keyof typeof disputeGroups;

const isoTime = (at: number | null) => (at === null ? null : new Date(at).toISOString());
const wireOrNull = (money: Money | null | undefined) => (money == null ? null : toWire(money));

/** One line of the list. */
function disputeRow(dispute: Dispute, payment: Payment, directory: Directory) {
  const { walletId } = dispute;
  const isAwaited = dispute.state === 'ACCEPTED' || dispute.state === 'REFUND_OVERDUE';
  return {
    disputeId: disputeIdOf(dispute),
    paymentId: paymentIdOf(payment),
    kind: dispute.kind,
    state: dispute.state,
    walletId,
    walletName: directory.byId(walletId)?.name ?? walletId,
    acquirerId: payment.acquirerId,
    acquirerName: directory.byId(payment.acquirerId)?.name ?? payment.acquirerId,
    merchantName: payment.merchantName,
    paid: toWire(payment.amount),
    claimed: wireOrNull(dispute.claimed),
    promised: wireOrNull(dispute.answer?.refund),
    createdAt: isoTime(dispute.createdAt),
    /** The end of the time that runs or is over: to answer, or to refund. */
    dueAt: isoTime(isAwaited ? dispute.refundDueAt : dispute.answerDueAt),
  };
}

/** Disputes of a group, the newest first, and how many are in each. */
export async function listDisputes(
  hub: Hub,
  database: Database,
  group: DisputeGroup,
  most: number,
) {
  return disputeList(hub, await findDisputes(database, disputeGroups[group], most));
}

/** Found disputes as lists show them, with how many there are in each group. */
export async function disputeList(hub: Hub, { found, counts }: DisputesFound) {
  const rules = hub.configuration.rules();
  const payments = [...new Set(found.map(({ paymentNumber }) => paymentNumber))];
  const all = await Promise.all(
    payments.map((number) => hub.disputes.run(findDisputesCommand(rules, number))),
  );
  const byPayment = new Map(payments.map((number, index) => [number, all[index]]));
  const rows = found.flatMap(({ paymentNumber, disputeNumber }) => {
    const of = byPayment.get(paymentNumber);
    const dispute = of?.disputes.find((each) => each.disputeNumber === disputeNumber);
    return of?.payment === undefined || dispute === undefined
      ? []
      : [disputeRow(dispute, of.payment, rules.directory)];
  });
  const count = (states: readonly string[]) =>
    states.reduce((sum, state) => sum + (counts[state] ?? 0), 0);
  return {
    counts: {
      open: count(disputeGroups.open),
      overdue: count(disputeGroups.overdue),
      closed: count(disputeGroups.closed),
    },
    disputes: rows,
  };
}

/** One dispute with what was said, the files, and the refunds that it counts. */
export async function oneDispute(hub: Hub, database: Database, disputeId: string) {
  const rules = hub.configuration.rules();
  const id = readPublicId('dispute', disputeId);
  if (id === undefined) return undefined;
  const { payment, disputes, refunds } = await hub.disputes.run(
    findDisputesCommand(rules, id.number),
  );
  const dispute = disputes.find((each) => each.disputeNumber === id.leg);
  if (payment === undefined || dispute === undefined || disputeIdOf(dispute) !== disputeId) {
    return undefined;
  }
  const lane = laneOfSlot(slotOfNumber(id.number), rules.lanes);
  const [asked, answered] = await Promise.all([
    evidenceOf(database, lane, dispute, 'wallet'),
    evidenceOf(database, lane, dispute, 'acquirer'),
  ]);
  const counted = refundedFor(disputes, refunds).get(dispute.disputeNumber) ?? 0n;
  const { answer } = dispute;
  return {
    ...disputeRow(dispute, payment, rules.directory),
    disputeRequestId: dispute.disputeRequestId,
    paymentRequestId: payment.paymentRequestId,
    reasonCode: dispute.reasonCode,
    reason: dispute.reason,
    occurredAt: isoTime(dispute.occurredAt),
    answerDueAt: isoTime(dispute.answerDueAt),
    closedAt: isoTime(dispute.closedAt),
    answeredAt: isoTime(answer?.at ?? null),
    answerMessage: answer?.message ?? null,
    refundType: answer?.refundType ?? null,
    plannedRefundAt: isoTime(answer?.plannedRefundAt ?? null),
    refundDueAt: isoTime(dispute.refundDueAt),
    refundedAt: isoTime(dispute.refundedAt),
    paidAt: isoTime(payment.finishedAt),
    refunded: toWire({ currency: payment.amount.currency, minor: counted }),
    refunds: refunds
      .filter((refund) => refund.createdAt >= dispute.createdAt)
      .map((refund) => ({
        refundId: refundIdOf(refund),
        state: refund.state,
        amount: toWire(refund.amount),
        at: isoTime(refund.createdAt),
      })),
    /** The wallet's files, which came with its question, and those of the answer. */
    questionFiles: asked.map(fileView),
    evidences: answered.map(fileView),
  };
}

const fileView = ({ fileName, contentType, fileHash, contentBase64 }: Evidence) => ({
  fileName,
  contentType,
  fileHash,
  bytes: Buffer.from(contentBase64, 'base64').length,
  contentBase64,
});
