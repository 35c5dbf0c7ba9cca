// What the four interfaces of disputes share: naming the payment, judging files, the answer.

import { createHash } from 'node:crypto';
import { readPublicId } from '../../base/id.ts';
import { limits } from '../../base/limits.ts';
import { type AnswerOrder, answerDisputeCommand } from '../../disputes/answer.ts';
import type { DisputeKind, Evidence } from '../../disputes/dispute.ts';
import { claimDisputeCommand, type DisputeOrder, openDisputeCommand } from '../../disputes/open.ts';
import type { Money } from '../../money/money.ts';
import { findByNumberCommand } from '../../payments/find.ts';
import type { WireEvidence } from '../../wire/disputes.ts';
import { result } from '../../wire/results.ts';
import { formatTime, parseIsoTime } from '../../wire/time.ts';
import { type Answer, type EndpointContext, refuse } from './endpoint.ts';

/** No payment has this number: an id for which nothing is known yet is looked up with it. */
const noPayment = 0;

interface OpenMessage {
  readonly disputeRequestId: string;
  readonly paymentRequestId: string;
  readonly disputeOccurTime?: string | undefined;
  readonly disputeReasonCode?: string | undefined;
  readonly disputeReason?: string | undefined;
  readonly evidences?: readonly WireEvidence[] | undefined;
}

/**
 * The files are judged and the id is claimed first, then the dispute is decided in the lane of its
 * payment.
 */
export async function openDispute(
  { rules, desk, disputes, caller }: EndpointContext,
  kind: DisputeKind,
  message: OpenMessage,
  claimed: Money | null,
): Promise<Answer> {
  const problem = problemOf(message.evidences ?? []);
  if (problem !== undefined) return refuse('PARAM_ILLEGAL', problem);
  const paymentNumber = readPublicId('leg', message.paymentRequestId)?.number ?? noPayment;
  const payment =
    paymentNumber === noPayment
      ? undefined
      : await desk.run(findByNumberCommand(rules, paymentNumber));
  const order: DisputeOrder = {
    walletId: caller.participantId,
    disputeRequestId: message.disputeRequestId,
    kind,
    paymentNumber,
    legId: message.paymentRequestId,
    claimed,
    reasonCode: message.disputeReasonCode ?? null,
    reason: message.disputeReason ?? null,
    occurredAt: timeOf(message.disputeOccurTime),
    evidence: (message.evidences ?? []).map(kept),
  };
  const claim = await disputes.run(claimDisputeCommand(rules, order, payment));
  if (claim.kind === 'refused') return refuse(claim.resultCode, claim.message);
  const reply = await disputes.run(openDisputeCommand(rules, order));
  if (reply.kind === 'refused') return refuse(reply.resultCode, reply.message, paymentNumber);
  const { state, resultCode, resultMessage, answerDueAt } = reply.dispute;
  if (state === 'REFUSED') return refuse(resultCode, resultMessage ?? undefined, paymentNumber);
  const body = { result: result('SUCCESS'), responseDueTime: formatTime(answerDueAt) };
  return { body, paymentNumber };
}

const timeOf = (text: string | undefined) =>
  text === undefined ? null : (parseIsoTime(text) ?? null);

interface AnswerMessage {
  readonly disputeRequestId: string;
  readonly responseMessage?: string | undefined;
  readonly evidences?: readonly WireEvidence[] | undefined;
}

/** Checks the files, then writes the answer down; the wallet is told afterwards. */
export async function answerDispute(
  {
    rules,
    disputes,
    caller,
  }: Pick<EndpointContext, 'rules' | 'disputes'> & {
    readonly caller: Pick<EndpointContext['caller'], 'participantId'>;
  },
  message: AnswerMessage,
  word: Pick<AnswerOrder, 'kind' | 'refundType' | 'refundAmount' | 'plannedRefundAt'>,
): Promise<Answer> {
  const problem = problemOf(message.evidences ?? []);
  if (problem !== undefined) return refuse('PARAM_ILLEGAL', problem);
  const id = readPublicId('dispute', message.disputeRequestId);
  if (id === undefined) return refuse('ORDER_NOT_EXIST', 'There is no such dispute.');
  const reply = await disputes.run(
    answerDisputeCommand(rules, {
      ...word,
      acquirerId: caller.participantId,
      disputeId: message.disputeRequestId,
      paymentNumber: id.number,
      disputeNumber: id.leg ?? 0,
      message: message.responseMessage ?? null,
      evidence: (message.evidences ?? []).map(kept),
    }),
  );
  return reply.kind === 'refused'
    ? refuse(reply.resultCode, reply.message, id.number)
    : refuse('SUCCESS', undefined, id.number);
}

function kept({ fileName, contentType, fileHash, fileContent }: WireEvidence): Evidence {
  return { fileName, contentType, fileHash, contentBase64: fileContent };
}

/** The first thing that is wrong with the files, naming the field. */
function problemOf(files: readonly WireEvidence[]): string | undefined {
  let bytes = 0;
  for (const [index, file] of files.entries()) {
    const content = Buffer.from(file.fileContent, 'base64');
    bytes += content.length;
    if (createHash('sha256').update(content).digest('hex') !== file.fileHash) {
      return `evidences[${index}].fileHash is not the SHA-256 of its content.`;
    }
  }
  return bytes > limits.evidenceBytes
    ? `evidences must have at most ${limits.evidenceBytes} bytes together.`
    : undefined;
}
