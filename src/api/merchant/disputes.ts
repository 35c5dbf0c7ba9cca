// Disputes in the merchant dialect: a merchant hears what a wallet asks and shows, and agrees or
// defends.

import { createHash } from 'node:crypto';
import { laneOfSlot, readPublicId, slotOfNumber } from '../../base/id.ts';
import { disputeIdOf } from '../../disputes/bodies.ts';
import type { Dispute } from '../../disputes/dispute.ts';
import { evidenceOf } from '../../disputes/store.ts';
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
  type MerchantDownloadEvidenceResponse,
  type MerchantNotifyDisputeRequest,
  merchantAcceptDisputeRequest,
  merchantDownloadEvidenceRequest,
  merchantSupplyDefenseRequest,
} from '../../wire/merchantDisputes.ts';
import { result } from '../../wire/results.ts';
import { formatTime } from '../../wire/time.ts';
import { answerDispute } from '../partner/disputes.ts';
import { type Answer, refuse } from '../partner/endpoint.ts';
import { archiveOf } from './archive.ts';
import { defenseForm } from './defenseForm.ts';
import { type MerchantContext, merchantEndpoint } from './endpoint.ts';
import { tellMerchant } from './tell.ts';

/**
 * POST /ams/api/v1/payments/acceptDispute: the merchant will give back all that is asked. Money
 * moves by its own refund (protocol.md §2.13).
 */
export const merchantAcceptDispute = merchantEndpoint(
  merchantAcceptDisputeRequest,
  async (context, { disputeId }) => {
    const found = await ownDispute(context, disputeId);
    if (found === undefined) return noDispute();
    const { dispute } = found;
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
    return named(context, answer, disputeId);
  },
);

/**
 * POST /ams/api/v1/payments/supplyDefenseDocument: the evidence that a retrieval asks for, or why
 * an escalation is refused.
 */
export const merchantSupplyDefense = merchantEndpoint(
  merchantSupplyDefenseRequest,
  async (context, { disputeId, disputeEvidence }) => {
    const found = await ownDispute(context, disputeId);
    if (found === undefined) return noDispute();
    const { dispute } = found;
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
    return named(context, answer, disputeId);
  },
);

/**
 * POST /ams/api/v1/payments/downloadDisputeEvidence: what the wallet sent with its question, or a
 * form that the merchant may fill in for its defense. Also of disputes that have ended.
 */
export const merchantDownloadEvidence = merchantEndpoint(
  merchantDownloadEvidenceRequest,
  async (context, { disputeId, disputeEvidenceType }) => {
    const found = await ownDispute(context, disputeId);
    if (found === undefined) return noDispute();
    const { payment, dispute } = found;
    const { paymentNumber } = payment;
    if (disputeEvidenceType === 'DISPUTE_EVIDENCE_TEMPLATE' || disputeEvidenceType === 'TEMPLATE') {
      return handedOut(disputeId, paymentNumber, defenseForm(payment, dispute), 'PDF');
    }
    const { rules } = context.network;
    const lane = laneOfSlot(slotOfNumber(paymentNumber), rules.lanes);
    const files = await evidenceOf(context.database, lane, dispute, 'wallet');
    const [first, ...others] = files;
    if (first === undefined) {
      return refuse('PROCESS_FAIL', 'The wallet sent no file with this dispute.', paymentNumber);
    }
    if (others.length > 0) return handedOut(disputeId, paymentNumber, archiveOf(files));
    const format = first.contentType === 'application/pdf' ? 'PDF' : undefined;
    return handedOut(disputeId, paymentNumber, Buffer.from(first.contentBase64, 'base64'), format);
  },
);

function handedOut(
  disputeId: string,
  paymentNumber: number,
  content: Buffer,
  format?: 'PDF',
): Answer {
  const body: MerchantDownloadEvidenceResponse = {
    result: result('SUCCESS'),
    disputeId,
    disputeEvidence: content.toString('base64'),
    ...(format === undefined ? {} : { disputeEvidenceFormat: format }),
  };
  return { body, paymentNumber };
}

const noDispute = () => refuse('ORDER_NOT_EXIST', 'There is no such dispute.');

/** The answer with the dispute's id and the time of the merchant's word, where it was taken. */
async function named(context: MerchantContext, answer: Answer, disputeId: string): Promise<Answer> {
  const { result: taken } = answer.body;
  if (taken.resultStatus !== 'S') return answer;
  const at = (await ownDispute(context, disputeId))?.dispute.answer?.at;
  const body: MerchantDisputeResponse = {
    result: taken,
    disputeId,
    ...(at === undefined ? {} : { disputeResolutionTime: formatTime(at) }),
  };
  return { ...answer, body };
}

/** The dispute that a merchant names; another merchant's does not exist for it. */
async function ownDispute(
  { merchant, network }: MerchantContext,
  disputeId: string,
): Promise<{ readonly payment: Payment; readonly dispute: Dispute } | undefined> {
  const number = readPublicId('dispute', disputeId)?.number;
  if (number === undefined) return undefined;
  const { payment, disputes } = await network.disputes.run(
    findDisputesCommand(network.rules, number),
  );
  if (payment === undefined || !isOf(merchant, payment)) return undefined;
  const dispute = disputes.find(
    (each) => each.state !== 'REFUSED' && disputeIdOf(each) === disputeId,
  );
  return dispute === undefined ? undefined : { payment, dispute };
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

export type NewsType = MerchantNotifyDisputeRequest['disputeNotificationType'];

/** What a merchant is told: a dispute, a time that is over, an end; how many files there are. */
interface DisputeNews {
  readonly dispute: Dispute;
  readonly files: number;
  readonly type: NewsType;
}

/** True when the merchant has said that it knows of the dispute, or has no address. */
export function notifyMerchantOfDispute(
  calls: PartnerCalls,
  acquirer: Participant,
  merchant: Merchant,
  payment: Payment,
  about: DisputeNews,
): Promise<boolean> {
  return tellMerchant(calls, acquirer, merchant, {
    api: 'notifyDispute',
    url: payment.notifyUrl ?? merchant.notifyUrl,
    body: noticeOf(payment, about),
    paymentNumber: payment.paymentNumber,
  });
}

function noticeOf(
  payment: Payment,
  { dispute, files, type }: DisputeNews,
): MerchantNotifyDisputeRequest {
  const { kind, claimed, reasonCode, reason } = dispute;
  return {
    disputeNotificationType: type,
    disputeType: kind === 'RETRIEVAL' ? 'RETRIEVAL_REQUEST' : 'CHARGEBACK',
    disputeId: disputeIdOf(dispute),
    paymentId: paymentIdOf(payment),
    paymentRequestId: ownIdOf(payment.paymentRequestId),
    disputeTime: formatTime(dispute.createdAt),
    ...(claimed === null ? {} : { disputeAmount: toWire(claimed) }),
    ...(reasonCode === null ? {} : { disputeReasonCode: reasonCode }),
    ...(reason === null ? {} : { disputeReasonMsg: reason }),
    ...(files === 0 ? {} : { disputeEvidenceCount: files }),
    ...moreOf(type, dispute),
  };
}

/** What only some notices have: the time for a defense, or what was judged. */
function moreOf(
  type: NewsType,
  { refundDueAt, answerDueAt, refundedAt, answer }: Dispute,
): Partial<MerchantNotifyDisputeRequest> {
  const due = { defenseDueTime: formatTime(refundDueAt ?? answerDueAt), defendable: true } as const;
  switch (type) {
    case 'DISPUTE_CREATED':
      return due;
    case 'DEFENSE_DUE_ALERT':
      return {
        ...due,
        disputeStatus: refundDueAt === null ? 'RESPONSE_OVERDUE' : 'REFUND_OVERDUE',
      };
    case 'DISPUTE_JUDGED': {
      const refund = answer?.refund ?? null;
      const judgedAt = refundedAt ?? answer?.at;
      return {
        disputeJudgedResult: refund === null ? 'ACCEPT_BY_CUSTOMER' : 'ACCEPT_BY_MERCHANT',
        ...(refund === null ? {} : { disputeJudgedAmount: toWire(refund) }),
        ...(judgedAt === undefined ? {} : { disputeJudgedTime: formatTime(judgedAt) }),
      };
    }
    case 'DISPUTE_CANCELLED':
      return {};
  }
}
