// What merchants and the network say to each other about disputes, in the merchant dialect
// (protocol.md §2.16). The sources name the interfaces and the types of notices; the fields are our
// reading of them, and `disputeStatus` is ours.
import { z } from 'zod';
import { evidenceContent } from './disputes.ts';
import { amount, datetime, id, resultObject, text } from './objects.ts';

/** acceptDispute: all that is asked is given back, by an ordinary refund of the merchant's. */
export const merchantAcceptDisputeRequest = z.object({ disputeId: id });

/** supplyDefenseDocument: one file in base64; a PDF, a PNG, a JPEG or plain text. */
export const merchantSupplyDefenseRequest = z.object({
  disputeId: id,
  disputeEvidence: evidenceContent,
});

/** The answer to both; the time is that of the merchant's first word on the dispute. */
export const merchantDisputeResponse = z.object({
  result: resultObject,
  disputeId: id.optional(),
  disputeResolutionTime: datetime.optional(),
});
export type MerchantDisputeResponse = z.infer<typeof merchantDisputeResponse>;

/**
 * downloadDisputeEvidence: what the wallet sent with its question, or a form for the defense. The
 * Java SDK writes the names of its own constants, TEMPLATE and FILE.
 */
export const merchantDownloadEvidenceRequest = z.object({
  disputeId: id,
  disputeEvidenceType: z.enum([
    'DISPUTE_EVIDENCE_FILE',
    'DISPUTE_EVIDENCE_TEMPLATE',
    'FILE',
    'TEMPLATE',
  ]),
});

/** One file in base64: several files of a wallet are one ZIP archive. */
export const merchantDownloadEvidenceResponse = z.object({
  result: resultObject,
  disputeId: id.optional(),
  disputeEvidence: z.string().optional(),
  /** Only where the file is a PDF: the dialect has no name for pictures, texts and archives. */
  disputeEvidenceFormat: z.literal('PDF').optional(),
});
export type MerchantDownloadEvidenceResponse = z.infer<typeof merchantDownloadEvidenceResponse>;

/** notifyDispute, from us to the merchant's address. */
export const merchantNotifyDisputeRequest = z.object({
  disputeNotificationType: z.enum([
    'DISPUTE_CREATED',
    'DEFENSE_DUE_ALERT',
    'DISPUTE_JUDGED',
    'DISPUTE_CANCELLED',
  ]),
  disputeType: z.enum(['RETRIEVAL_REQUEST', 'CHARGEBACK']),
  disputeId: id,
  paymentId: id,
  paymentRequestId: id,
  disputeTime: datetime,
  disputeAmount: amount.optional(),
  disputeReasonCode: text(32).optional(),
  disputeReasonMsg: text(256).optional(),
  /** With a dispute that is new or alerted. */
  defenseDueTime: datetime.optional(),
  /** With the same, always: what is too late may still be answered. */
  defendable: z.literal(true).optional(),
  /** How many files the wallet sent, to be downloaded (our addition). */
  disputeEvidenceCount: z.int().min(1).optional(),
  /** With an alert: which of the two times is over. */
  disputeStatus: z.enum(['RESPONSE_OVERDUE', 'REFUND_OVERDUE']).optional(),
  /** Of a judged one: the merchant's refusal stands, or its refund is there. */
  disputeJudgedResult: z.enum(['ACCEPT_BY_CUSTOMER', 'ACCEPT_BY_MERCHANT']).optional(),
  /** What the merchant has given back for it. */
  disputeJudgedAmount: amount.optional(),
  /** When it was refused, or when the refund was there. */
  disputeJudgedTime: datetime.optional(),
});
export type MerchantNotifyDisputeRequest = z.infer<typeof merchantNotifyDisputeRequest>;
