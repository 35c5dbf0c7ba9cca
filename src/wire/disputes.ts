// What wallets, the network and acquirers say to each other about disputes (protocol.md §2.13).
// Names beside disputeRequestId, paymentRequestId, disputeOccurTime, escalationAmount, refundType,
// refundAmount and plannedRefundTime are our rule: the public pages do not show them.
import { z } from 'zod';
import { amount, datetime, id, resultObject, text } from './objects.ts';

/** Most files of one message. */
const fileLimit = 5;
/** Longest content of one file, in base64: 180,000 bytes. */
const contentLength = 240_000;

/** What people write about a dispute. */
const said = text(1024);

/** The content of a file, in base64. */
export const evidenceContent = z
  .string()
  .max(contentLength, { error: `must have at most ${contentLength} characters` })
  .regex(/^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=|[A-Za-z0-9+/]{4})$/, {
    error: 'must be base64 of at least one byte',
  });

/** A file of a question or an answer, whole: its hash says what was read. */
const evidence = z.object({
  fileName: text(128),
  contentType: z.enum(['image/jpeg', 'image/png', 'application/pdf', 'text/plain']),
  fileHash: z.string().regex(/^[0-9a-f]{64}$/, {
    error: 'must be the SHA-256 of the content: 64 hexadecimal digits in lower case',
  }),
  fileContent: evidenceContent,
});
export type WireEvidence = z.infer<typeof evidence>;

const evidences = z
  .array(evidence)
  .min(1, { error: 'must not be empty: leave the field out instead' })
  .max(fileLimit, { error: `must have at most ${fileLimit} files` });

const why = {
  disputeOccurTime: datetime.optional(),
  disputeReasonCode: text(32).optional(),
  disputeReason: text(256).optional(),
};

/** initiateRetrieval, wallet to network: `paymentRequestId` is the one that the network gave. */
export const initiateRetrievalRequest = z.object({
  disputeRequestId: id,
  paymentRequestId: id,
  ...why,
  /** What the customer shows for it. */
  evidences: evidences.optional(),
});

/** initiateEscalation, wallet to network; the amount is in the payment's currency. */
export const initiateEscalationRequest = initiateRetrievalRequest.extend({
  escalationAmount: amount,
});

/** Taken, with the time until which the acquirer has to answer (our addition). */
export const initiateResponse = z.object({
  result: resultObject,
  responseDueTime: datetime.optional(),
});

/** An answer that says only whether the message was taken. */
export const disputeAck = z.object({ result: resultObject });

/** initiateRetrieval, network to acquirer: the dispute's id is the network's. */
export const askRetrievalRequest = z.object({
  acquirerId: id,
  pspId: id,
  disputeRequestId: id,
  paymentRequestId: id,
  paymentId: id,
  responseDueTime: datetime,
  ...why,
  evidences: evidences.optional(),
});
export type AskRetrievalRequest = z.infer<typeof askRetrievalRequest>;

/** initiateEscalation, network to acquirer. */
export const askEscalationRequest = askRetrievalRequest.extend({ escalationAmount: amount });
export type AskEscalationRequest = z.infer<typeof askEscalationRequest>;

interface Saying {
  readonly responseMessage?: string | undefined;
  readonly evidences?: readonly unknown[] | undefined;
}

/** A message without a word and without a file would say nothing. */
function saysSomething(value: Saying, issues: z.core.$ZodRawIssue[], reason: string): void {
  if (value.responseMessage !== undefined || value.evidences !== undefined) return;
  issues.push({
    code: 'custom',
    message: `is missing: ${reason}`,
    path: ['responseMessage'],
    input: value,
  });
}

const answer = {
  disputeRequestId: id,
  responseMessage: said.optional(),
  evidences: evidences.optional(),
};

/** responseRetrieval, acquirer to network: a message, files, or both. */
export const responseRetrievalRequest = z
  .object(answer)
  .check(({ value, issues }) => saysSomething(value, issues, 'give it, or evidences'));

const refundType = z.enum(['ACCEPT_REFUND', 'ACCEPT_PARTIAL_REFUND', 'REFUSE_REFUND']);

/** responseEscalation, acquirer to network (§2.13); money moves by an ordinary refund only. */
export const responseEscalationRequest = z
  .object({
    ...answer,
    refundType,
    refundAmount: amount.optional(),
    plannedRefundTime: datetime.optional(),
  })
  .check(({ value, issues }) => {
    const wrong = (message: string) =>
      issues.push({ code: 'custom', message, path: ['refundAmount'], input: value });
    if (value.refundType === 'ACCEPT_PARTIAL_REFUND' && value.refundAmount === undefined) {
      wrong('is missing: a partial refund says how much');
    }
    if (value.refundType !== 'REFUSE_REFUND') return;
    if (value.refundAmount !== undefined) wrong('must not be there: nothing is given back');
    saysSomething(value, issues, 'a refusal says why, or gives evidences');
  });

const told = {
  acquirerId: id,
  pspId: id,
  disputeRequestId: id,
  paymentRequestId: id,
  responseTime: datetime,
  responseMessage: said.optional(),
  evidences: evidences.optional(),
};

/** responseRetrieval, network to wallet: the dispute's id is the wallet's. */
export const tellRetrievalRequest = z.object(told);
export type TellRetrievalRequest = z.infer<typeof tellRetrievalRequest>;

/** responseEscalation, network to wallet; an amount where one is promised. */
export const tellEscalationRequest = z.object({
  ...told,
  refundType,
  refundAmount: amount.optional(),
  plannedRefundTime: datetime.optional(),
  refundDueTime: datetime.optional(),
});
export type TellEscalationRequest = z.infer<typeof tellEscalationRequest>;

/** notifyDispute, network to both sides, each by its own ids (our addition): a time is over. */
export const notifyDisputeRequest = z.object({
  acquirerId: id,
  pspId: id,
  disputeRequestId: id,
  paymentRequestId: id,
  disputeStatus: z.enum(['RESPONSE_OVERDUE', 'REFUND_OVERDUE']),
  dueTime: datetime,
});
export type NotifyDisputeRequest = z.infer<typeof notifyDisputeRequest>;
