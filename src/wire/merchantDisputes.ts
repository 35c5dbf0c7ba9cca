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

/** The answer to both. */
export const merchantDisputeResponse = z.object({ result: resultObject, disputeId: id.optional() });
export type MerchantDisputeResponse = z.infer<typeof merchantDisputeResponse>;

/** notifyDispute, from us to the merchant's address. */
export const merchantNotifyDisputeRequest = z.object({
  disputeNotificationType: z.enum(['DISPUTE_CREATED', 'DEFENSE_DUE_ALERT']),
  disputeType: z.enum(['RETRIEVAL_REQUEST', 'CHARGEBACK']),
  disputeId: id,
  paymentId: id,
  paymentRequestId: id,
  disputeTime: datetime,
  disputeAmount: amount.optional(),
  disputeReasonCode: text(32).optional(),
  disputeReasonMsg: text(256).optional(),
  defenseDueTime: datetime,
  /** With an alert: which of the two times is over. */
  disputeStatus: z.enum(['RESPONSE_OVERDUE', 'REFUND_OVERDUE']).optional(),
});
export type MerchantNotifyDisputeRequest = z.infer<typeof merchantNotifyDisputeRequest>;
