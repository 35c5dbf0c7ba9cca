// Disputes in the words of the wire: each side hears its own ids.

import { present } from '../base/assert.ts';
import { publicId } from '../base/id.ts';
import { toWire } from '../money/money.ts';
import { legIdOf, paymentIdOf } from '../payments/bodies.ts';
import type { Payment } from '../payments/payment.ts';
import type {
  AskEscalationRequest,
  AskRetrievalRequest,
  NotifyDisputeRequest,
  TellEscalationRequest,
  TellRetrievalRequest,
} from '../wire/disputes.ts';
import { formatTime } from '../wire/time.ts';
import type { Dispute, Evidence } from './dispute.ts';

/** The acquirer's id of a dispute: ours to give. */
export function disputeIdOf(dispute: Dispute): string {
  const { createdAt, paymentNumber, disputeNumber } = dispute;
  return publicId('dispute', createdAt, paymentNumber, disputeNumber);
}

/** A time on the wire, by its name; nothing where there is none. */
function timed<Name extends string>(name: Name, at: number | null) {
  return at === null ? {} : ({ [name]: formatTime(at) } as Record<Name, string>);
}

/** `initiateRetrieval` or `initiateEscalation` to an acquirer, with the wallet's files. */
export function askBody(
  payment: Payment,
  dispute: Dispute,
  files: readonly Evidence[],
): AskRetrievalRequest | AskEscalationRequest {
  const { claimed, reasonCode, reason } = dispute;
  return {
    acquirerId: payment.acquirerId,
    pspId: dispute.walletId,
    disputeRequestId: disputeIdOf(dispute),
    paymentRequestId: payment.paymentRequestId,
    paymentId: paymentIdOf(payment),
    responseDueTime: formatTime(dispute.answerDueAt),
    ...timed('disputeOccurTime', dispute.occurredAt),
    ...(reasonCode === null ? {} : { disputeReasonCode: reasonCode }),
    ...(reason === null ? {} : { disputeReason: reason }),
    ...(claimed === null ? {} : { escalationAmount: toWire(claimed) }),
    ...withFiles(files),
  };
}

/**
 * How the network names a dispute to the wallet that opened it: by its own leg, which has paid or,
 * where the acquirer has cancelled the payment since, had.
 */
function walletName(payment: Payment, dispute: Dispute) {
  const own = payment.legs.find(({ walletId }) => walletId === dispute.walletId);
  return {
    acquirerId: payment.acquirerId,
    pspId: dispute.walletId,
    disputeRequestId: dispute.disputeRequestId,
    paymentRequestId: legIdOf(payment, present(own, `leg of ${dispute.walletId}`)),
  };
}

/** `responseRetrieval` or `responseEscalation` to a wallet, with the files themselves. */
export function tellBody(
  payment: Payment,
  dispute: Dispute,
  files: readonly Evidence[],
): TellRetrievalRequest | TellEscalationRequest {
  const { answer } = dispute;
  if (answer === null) throw new Error(`dispute ${dispute.disputeNumber} has no answer to tell`);
  const { message, refundType, refund } = answer;
  return {
    ...walletName(payment, dispute),
    responseTime: formatTime(answer.at),
    ...(message === null ? {} : { responseMessage: message }),
    ...withFiles(files),
    ...(refundType === null ? {} : { refundType }),
    ...(refund === null ? {} : { refundAmount: toWire(refund) }),
    ...timed('plannedRefundTime', answer.plannedRefundAt),
    ...timed('refundDueTime', dispute.refundDueAt),
  };
}

const withFiles = (files: readonly Evidence[]) =>
  files.length === 0 ? {} : { evidences: files.map(wireEvidence) };

function wireEvidence({ fileName, contentType, fileHash, contentBase64 }: Evidence) {
  const type = contentType as 'image/jpeg' | 'image/png' | 'application/pdf' | 'text/plain';
  return { fileName, contentType: type, fileHash, fileContent: contentBase64 };
}

/** `notifyDispute` to one side: which of the two times is over. */
export function overdueBody(
  payment: Payment,
  dispute: Dispute,
  to: 'acquirer' | 'wallet',
): NotifyDisputeRequest {
  const names =
    to === 'wallet'
      ? walletName(payment, dispute)
      : {
          acquirerId: payment.acquirerId,
          pspId: dispute.walletId,
          disputeRequestId: disputeIdOf(dispute),
          paymentRequestId: payment.paymentRequestId,
        };
  const isRefund = dispute.refundDueAt !== null;
  return {
    ...names,
    disputeStatus: isRefund ? 'REFUND_OVERDUE' : 'RESPONSE_OVERDUE',
    dueTime: formatTime(dispute.refundDueAt ?? dispute.answerDueAt),
  };
}
