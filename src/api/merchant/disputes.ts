// Disputes in the merchant dialect: a merchant hears what a wallet asks, and agrees or defends.

import { createHash } from 'node:crypto';
import { readPublicId } from '../../base/id.ts';
import { disputeIdOf } from '../../disputes/bodies.ts';
import type { Dispute } from '../../disputes/dispute.ts';
import { findDisputesCommand } from '../../disputes/tasks.ts';
import { isOf, type Merchant, ownIdOf } from '../../merchants/merchant.ts';
import { toWire } from '../../money/money.ts';
import type { PartnerCalls } from '../../network/calls.ts';
import type { Participant } from '../../network/participant.ts';
import { paymentIdOf } from '../../payments/bodies.ts';
import type { Payment } from '../../payments/payment.ts';
import type { WireEvidence } from '../../wire/disputes.ts';
import {
  type MerchantDisputeResponse,
  type MerchantNotifyDisputeRequest,
  merchantAcceptDisputeRequest,
  merchantSupplyDefenseRequest,
} from '../../wire/merchantDisputes.ts';
import { formatTime } from '../../wire/time.ts';
import { answerDispute } from '../partner/disputes.ts';
import { type Answer, refuse } from '../partner/endpoint.ts';
import { type MerchantContext, merchantEndpoint } from './endpoint.ts';
import { tellMerchant } from './tell.ts';

/**
 * POST /ams/api/v1/payments/acceptDispute: the merchant will give back all that is asked. Money
 * moves by its own refund (protocol.md §2.13).
 */
export const merchantAcceptDispute = merchantEndpoint(
  merchantAcceptDisputeRequest,
  async (context, { disputeId }) => {
    const dispute = await ownDispute(context, disputeId);
    if (dispute === undefined) return noDispute();
    if (dispute.kind === 'RETRIEVAL') {
      const message = 'This dispute asks for evidence, not for money: supply a document.';
      return refuse('PROCESS_FAIL', message, dispute.paymentNumber);
    }
    const answer = await answerDispute(
      context.network,
      { disputeRequestId: disputeId },
      {
        kind: 'ESCALATION',
        refundType: 'ACCEPT_REFUND',
        refundAmount: null,
        plannedRefundAt: null,
      },
    );
    return named(answer, disputeId);
  },
);

/**
 * POST /ams/api/v1/payments/supplyDefenseDocument: the evidence that a retrieval asks for, or why
 * an escalation is refused.
 */
export const merchantSupplyDefense = merchantEndpoint(
  merchantSupplyDefenseRequest,
  async (context, { disputeId, disputeEvidence }) => {
    const dispute = await ownDispute(context, disputeId);
    if (dispute === undefined) return noDispute();
    const file = evidenceFrom(disputeEvidence);
    if (file === undefined) {
      const message = 'disputeEvidence must be a PDF, a PNG, a JPEG or plain text, in base64.';
      return refuse('PARAM_ILLEGAL', message, dispute.paymentNumber);
    }
    const answer = await answerDispute(
      context.network,
      { disputeRequestId: disputeId, evidences: [file] },
      {
        kind: dispute.kind,
        refundType: dispute.kind === 'RETRIEVAL' ? null : 'REFUSE_REFUND',
        refundAmount: null,
        plannedRefundAt: null,
      },
    );
    return named(answer, disputeId);
  },
);

const noDispute = () => refuse('ORDER_NOT_EXIST', 'There is no such dispute.');

/** The answer with the dispute's id, where it was taken. */
function named(answer: Answer, disputeId: string): Answer {
  const { result } = answer.body;
  if (result.resultStatus !== 'S') return answer;
  const body: MerchantDisputeResponse = { result, disputeId };
  return { ...answer, body };
}

/** The dispute that a merchant names; another merchant's does not exist for it. */
async function ownDispute(
  { merchant, network }: MerchantContext,
  disputeId: string,
): Promise<Dispute | undefined> {
  const number = readPublicId('dispute', disputeId)?.number;
  if (number === undefined) return undefined;
  const { payment, disputes } = await network.disputes.run(
    findDisputesCommand(network.rules, number),
  );
  if (payment === undefined || !isOf(merchant, payment)) return undefined;
  return disputes.find((each) => disputeIdOf(each) === disputeId);
}

const beginnings = [
  { contentType: 'application/pdf', extension: 'pdf', bytes: Buffer.from('%PDF-') },
  { contentType: 'image/png', extension: 'png', bytes: Buffer.from('89504e470d0a1a0a', 'hex') },
  { contentType: 'image/jpeg', extension: 'jpg', bytes: Buffer.from('ffd8ff', 'hex') },
] as const;

/** The dialect names no type and no file, so that the content has to say it. */
function evidenceFrom(fileContent: string): WireEvidence | undefined {
  const content = Buffer.from(fileContent, 'base64');
  const fileHash = createHash('sha256').update(content).digest('hex');
  const known = beginnings.find(({ bytes }) => content.subarray(0, bytes.length).equals(bytes));
  if (known !== undefined) {
    const { contentType, extension } = known;
    return { fileName: `defense.${extension}`, contentType, fileHash, fileContent };
  }
  const isText = !content.includes(0) && Buffer.from(content.toString()).equals(content);
  return isText
    ? { fileName: 'defense.txt', contentType: 'text/plain', fileHash, fileContent }
    : undefined;
}

/** True when the merchant has said that it knows of the dispute, or has no address. */
export function notifyMerchantOfDispute(
  calls: PartnerCalls,
  acquirer: Participant,
  merchant: Merchant,
  payment: Payment,
  dispute: Dispute,
  isOverdue: boolean,
): Promise<boolean> {
  return tellMerchant(calls, acquirer, merchant, {
    api: 'notifyDispute',
    url: payment.notifyUrl ?? merchant.notifyUrl,
    body: noticeOf(payment, dispute, isOverdue),
    paymentNumber: payment.paymentNumber,
  });
}

function noticeOf(
  payment: Payment,
  dispute: Dispute,
  isOverdue: boolean,
): MerchantNotifyDisputeRequest {
  const { kind, claimed, reasonCode, reason, refundDueAt, answerDueAt } = dispute;
  return {
    disputeNotificationType: isOverdue ? 'DEFENSE_DUE_ALERT' : 'DISPUTE_CREATED',
    disputeType: kind === 'RETRIEVAL' ? 'RETRIEVAL_REQUEST' : 'CHARGEBACK',
    disputeId: disputeIdOf(dispute),
    paymentId: paymentIdOf(payment),
    paymentRequestId: ownIdOf(payment.paymentRequestId),
    disputeTime: formatTime(dispute.createdAt),
    ...(claimed === null ? {} : { disputeAmount: toWire(claimed) }),
    ...(reasonCode === null ? {} : { disputeReasonCode: reasonCode }),
    ...(reason === null ? {} : { disputeReasonMsg: reason }),
    defenseDueTime: formatTime(refundDueAt ?? answerDueAt),
    ...(isOverdue
      ? { disputeStatus: refundDueAt === null ? 'RESPONSE_OVERDUE' : 'REFUND_OVERDUE' }
      : {}),
  };
}
