// A participant's disputes: those that a wallet asked, those that an acquirer answers here.

import { createHash } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { limits } from '../../base/limits.ts';
import { findDisputes } from '../../disputes/listStore.ts';
import { moneyFrom } from '../../payments/bodies.ts';
import { responseEscalationRequest, responseRetrievalRequest } from '../../wire/disputes.ts';
import { decode, describeProblem } from '../../wire/messages.ts';
import { parseIsoTime } from '../../wire/time.ts';
import { type DisputeGroup, disputeGroups, disputeList, oneDispute } from '../console/disputes.ts';
import { answerDispute } from '../partner/disputes.ts';
import type { Answer } from '../partner/endpoint.ts';
import { illegal, refusal } from '../refusal.ts';
import type { OwnContext } from './context.ts';

const listQuery = z.object({
  group: z.enum(Object.keys(disputeGroups) as DisputeGroup[]).default('open'),
  limit: z.coerce.number().int().min(1).max(200).default(100),
});

interface ById {
  Params: { disputeId: string };
}

const noSuchDispute = refusal('ORDER_NOT_EXIST', 'There is no dispute of this id.');

/** `GET /participant/api/disputes`, `…/:disputeId`, and `POST …/:disputeId/answer`. */
export function ownDisputeRoutes(
  server: FastifyInstance,
  { hub, database, own }: OwnContext,
): void {
  /** A dispute that the participant has a part in. */
  async function ownDispute(participantId: string, disputeId: string) {
    const found = await oneDispute(hub, database, disputeId);
    const isOwn = found !== undefined && [found.walletId, found.acquirerId].includes(participantId);
    return isOwn && found.state !== 'REFUSED' ? found : undefined;
  }

  server.get('/participant/api/disputes', async (request, reply) => {
    const { participant } = own(request);
    const query = listQuery.safeParse(request.query);
    if (!query.success) return reply.code(400).send(illegal(query.error, 'The query'));
    const { group, limit } = query.data;
    const whose = { [participant.role]: participant.participantId };
    return disputeList(hub, await findDisputes(database, disputeGroups[group], limit, whose));
  });

  server.get<ById>('/participant/api/disputes/:disputeId', async (request, reply) => {
    const found = await ownDispute(own(request).participantId, request.params.disputeId);
    return found ?? reply.code(404).send(noSuchDispute);
  });

  const options = { bodyLimit: limits.evidenceBodyBytes };
  server.post<ById>(
    '/participant/api/disputes/:disputeId/answer',
    options,
    async (request, reply) => {
      const { participant } = own(request);
      const { disputeId } = request.params;
      const found = await ownDispute(participant.participantId, disputeId);
      if (found === undefined || found.acquirerId !== participant.participantId) {
        return reply.code(404).send(noSuchDispute);
      }
      const answer = await answerOf(found.kind, disputeId, request.body, (message, word) =>
        answerDispute(
          { rules: hub.configuration.rules(), disputes: hub.disputes, caller: participant },
          message,
          word,
        ),
      );
      if (typeof answer === 'string') {
        return reply.code(400).send(refusal('PARAM_ILLEGAL', answer));
      }
      const { resultStatus, resultCode, resultMessage } = answer.body.result;
      if (resultStatus !== 'S')
        return reply.code(409).send(refusal(resultCode, resultMessage ?? resultCode));
      return ownDispute(participant.participantId, disputeId);
    },
  );
}

type Carry = (
  message: Parameters<typeof answerDispute>[1],
  word: Parameters<typeof answerDispute>[2],
) => Promise<Answer>;

/**
 * An answer is the message of the partner API, without the id that the address names; a text says
 * what is wrong with it.
 */
async function answerOf(
  kind: 'RETRIEVAL' | 'ESCALATION',
  disputeRequestId: string,
  body: unknown,
  carry: Carry,
): Promise<Answer | string> {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    return 'The body must be an object.';
  }
  const text = JSON.stringify({ ...withHashes(body), disputeRequestId });
  if (kind === 'RETRIEVAL') {
    const decoded = decode(responseRetrievalRequest, text);
    if (!decoded.ok) return describeProblem(decoded);
    const nothing = { refundType: null, refundAmount: null, plannedRefundAt: null };
    return carry(decoded.value, { kind, ...nothing });
  }
  const decoded = decode(responseEscalationRequest, text);
  if (!decoded.ok) return describeProblem(decoded);
  const { refundType, refundAmount, plannedRefundTime } = decoded.value;
  return carry(decoded.value, {
    kind,
    refundType,
    refundAmount: refundAmount === undefined ? null : moneyFrom(refundAmount),
    plannedRefundAt:
      plannedRefundTime === undefined ? null : (parseIsoTime(plannedRefundTime) ?? null),
  });
}

/** A page sends files without a hash: the network says it of what has arrived. */
function withHashes(body: object): object {
  const { evidences } = body as { readonly evidences?: unknown };
  if (!Array.isArray(evidences)) return body;
  const hashed = evidences.map((each: unknown) => {
    if (typeof each !== 'object' || each === null || 'fileHash' in each) return each;
    const { fileContent } = each as { readonly fileContent?: unknown };
    const content = Buffer.from(typeof fileContent === 'string' ? fileContent : '', 'base64');
    return { ...each, fileHash: createHash('sha256').update(content).digest('hex') };
  });
  return { ...body, evidences: hashed };
}
