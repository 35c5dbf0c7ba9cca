// Caps over HTTP: where every wallet stands, its history, and changes by two persons.

import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { Database } from '../../base/world.ts';
import type { Proposal } from '../../caps/caps.ts';
import {
  type CapWorld,
  type DecisionReply,
  decideChange,
  type ProposalReply,
  proposeChange,
} from '../../caps/commands.ts';
import { changeView } from '../../caps/view.ts';
import { readCapHistory, readCaps } from '../../caps/viewStore.ts';
import { parseIsoTime } from '../../wire/time.ts';
import type { Hub } from '../hub.ts';
import { illegal, refusal } from '../refusal.ts';

const aPerson = z.string().trim().min(1).max(64);
const aReference = z.string().regex(/^[\x21-\x7e]{1,64}$/, 'must be 1 to 64 signs, no space');
const common = {
  by: aPerson,
  participantId: z.string().min(1).max(64),
  note: z.string().trim().max(200).optional(),
};
const movementBody = z.strictObject({
  ...common,
  kind: z.enum(['top_up', 'withdrawal']),
  amount: z.string().regex(/^[1-9][0-9]{0,17}$/, 'must be minor units, more than nothing'),
  bankReference: aReference,
});
const capBody = z.strictObject({
  ...common,
  kind: z.literal('cap'),
  /** Minor units; null is no limit. */
  amount: z
    .string()
    .regex(/^[0-9]{1,18}$/, 'must be minor units')
    .nullable(),
  effectiveAt: z
    .string()
    .refine((text) => parseIsoTime(text) !== undefined, 'must be a time with its offset')
    .optional(),
});
const proposalBody = z.discriminatedUnion('kind', [movementBody, capBody]);
const decisionBody = z.strictObject({ by: aPerson });
const decisionPath = z.object({
  changeId: z.string().max(32),
  verb: z.enum(['approve', 'reject']),
});
const historyQuery = z.object({ hours: z.coerce.number().int().min(1).max(2_400).default(24) });

const hourMs = 3_600_000;

/** Everything under `/console/api/caps`. */
export function capRoutes(server: FastifyInstance, hub: Hub, database: Database): void {
  const world = (): CapWorld => ({
    database,
    clock: { now: () => hub.now() },
    lanes: hub.configuration.rules().lanes,
  });

  server.get('/console/api/caps', () => readCaps(database));

  server.get<{ Params: { participantId: string } }>(
    '/console/api/caps/:participantId/history',
    async (request, reply) => {
      const query = historyQuery.safeParse(request.query);
      if (!query.success) return reply.code(400).send(illegal(query.error, 'The query'));
      const to = hub.now();
      const span = { from: to - query.data.hours * hourMs, to };
      const view = await readCapHistory(database, request.params.participantId, span);
      return view ?? reply.code(404).send(refusal('NO_SUCH_WALLET', 'There is no such wallet.'));
    },
  );

  server.post('/console/api/caps/changes', async (request, reply) => {
    const body = proposalBody.safeParse(request.body);
    if (!body.success) return reply.code(400).send(illegal(body.error, 'The body'));
    const { status, answer } = proposalAnswer(await proposeChange(world(), proposalOf(body.data)));
    return reply.code(status).send(answer);
  });

  server.post('/console/api/caps/changes/:changeId/:verb', async (request, reply) => {
    const where = decisionPath.safeParse(request.params);
    if (!where.success) return reply.code(404).send(refusal('NO_SUCH_STEP', 'No such step.'));
    const body = decisionBody.safeParse(request.body);
    if (!body.success) return reply.code(400).send(illegal(body.error, 'The body'));
    const { status, answer } = decisionAnswer(
      await decideChange(world(), { ...where.data, by: body.data.by }),
    );
    return reply.code(status).send(answer);
  });
}

function proposalOf(body: z.infer<typeof proposalBody>): Proposal {
  const { participantId, by, note } = body;
  if (body.kind !== 'cap') {
    const { kind, bankReference } = body;
    return { participantId, by, note, kind, bankReference, amount: BigInt(body.amount) };
  }
  const amount = body.amount === null ? null : BigInt(body.amount);
  const effectiveAt = body.effectiveAt === undefined ? undefined : parseIsoTime(body.effectiveAt);
  return { participantId, by, note, kind: 'cap', amount, effectiveAt };
}

interface Answer {
  readonly status: number;
  readonly answer: object;
}

/** Every reply with its HTTP status; a refusal has a code that pages put into words. */
function proposalAnswer(reply: ProposalReply): Answer {
  switch (reply.kind) {
    case 'done':
    case 'repeated':
      return { status: 200, answer: changeView(reply.change, []) };
    case 'no_such_wallet':
      return { status: 404, answer: refusal('NO_SUCH_WALLET', 'There is no such wallet.') };
    case 'known_reference': {
      const message = `The reference is known for another movement, ${reply.changeId}.`;
      return { status: 409, answer: refusal('KNOWN_REFERENCE', message) };
    }
    case 'more_than_deposit': {
      const message = `The deposit is ${reply.deposit} minor units.`;
      return { status: 409, answer: refusal('MORE_THAN_DEPOSIT', message) };
    }
    case 'past':
      return { status: 409, answer: refusal('PAST', 'That time is over.') };
  }
}

function decisionAnswer(reply: DecisionReply): Answer {
  switch (reply.kind) {
    case 'done':
    case 'repeated':
      return { status: 200, answer: changeView(reply.change, []) };
    case 'same_person': {
      const message = `${reply.by} has proposed it: another person must approve it.`;
      return { status: 409, answer: refusal('SAME_PERSON', message) };
    }
    case 'wrong_order':
      return { status: 409, answer: refusal('WRONG_ORDER', `The change is ${reply.state}.`) };
    case 'in_use': {
      const message = `Only ${reply.available} minor units can be withdrawn now.`;
      return { status: 409, answer: refusal('IN_USE', message) };
    }
    case 'no_such_change':
      return { status: 404, answer: refusal('NO_SUCH_CHANGE', 'There is no such change.') };
  }
}
