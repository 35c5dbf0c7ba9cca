// Settling over HTTP: where everybody stands, closing days, and the steps of a batch.

import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { Database } from '../../base/world.ts';
import { dateOf, dayOfDate } from '../../calendar/businessDay.ts';
import { closeAndNet, type StepReply, takeStep } from '../../settlement/commands.ts';
import { readDay, readSettlement } from '../../settlement/viewStore.ts';
import type { Hub } from '../hub.ts';
import { illegal, refusal } from '../refusal.ts';
import { settlementWorldOf } from '../settling.ts';

const aDate = z
  .string()
  .refine((text) => dayOfDate(text) !== undefined, 'must be a date, as 2026-11-22');
const aPerson = z.string().trim().min(1).max(64);

const closeBody = z.strictObject({ by: aPerson, day: aDate.optional() });
const stepBody = z.strictObject({ by: aPerson });
const confirmBody = z.strictObject({
  by: aPerson,
  bankReference: z.string().regex(/^[\x21-\x7e]{1,64}$/, 'must be 1 to 64 signs, no space'),
  /** Minor units; negative where the money came to the network. */
  amount: z.string().regex(/^-?[1-9][0-9]{0,17}$/, 'must be minor units, not 0'),
  valueDay: aDate,
});

const parameters = z.object({
  settlementBatchId: z.string().max(32),
  verb: z.enum(['check', 'approve', 'send', 'confirm', 'finish']),
});

/** Everything under `/console/api/settlement`. */
export function settlementRoutes(server: FastifyInstance, hub: Hub, database: Database): void {
  const world = () => settlementWorldOf(hub, database);

  server.get('/console/api/settlement', () => readSettlement(world()));

  server.get<{ Params: { date: string } }>(
    '/console/api/settlement/days/:date',
    async (request, reply) => {
      const day = dayOfDate(request.params.date);
      const view = day === undefined ? undefined : await readDay(world(), day);
      if (view !== undefined) return view;
      return reply.code(404).send(refusal('NOT_CLOSED', 'This day is not closed.'));
    },
  );

  server.post('/console/api/settlement/close', async (request, reply) => {
    const body = closeBody.safeParse(request.body);
    if (!body.success) return reply.code(400).send(illegal(body.error, 'The body'));
    const { by, day } = body.data;
    const through = day === undefined ? undefined : dayOfDate(day);
    const { clearing, netted } = await closeAndNet(world(), { through, by });
    if (clearing.kind === 'too_early') {
      const message = `It can be closed from ${new Date(clearing.closesAt).toISOString()} on.`;
      return reply.code(409).send(refusal('TOO_EARLY', message));
    }
    if (clearing.kind === 'no_agreements') return { days: [], batches: [] };
    return {
      days: clearing.days.map(dateOf),
      batches: netted.flatMap(({ batch }) => (batch === undefined ? [] : batch.settlementBatchId)),
    };
  });

  server.post(
    '/console/api/settlement/batches/:settlementBatchId/:verb',
    async (request, reply) => {
      const where = parameters.safeParse(request.params);
      if (!where.success) return reply.code(404).send(refusal('NO_SUCH_STEP', 'No such step.'));
      const { settlementBatchId, verb } = where.data;
      const body = (verb === 'confirm' ? confirmBody : stepBody).safeParse(request.body);
      if (!body.success) return reply.code(400).send(illegal(body.error, 'The body'));
      const { by } = body.data;
      const entry = verb === 'confirm' ? entryOf(confirmBody.parse(request.body)) : undefined;
      const taken = await takeStep(world(), { settlementBatchId, verb, by, entry });
      const { status, answer } = answerTo(taken);
      return reply.code(status).send(answer);
    },
  );
}

function entryOf({ bankReference, amount, valueDay }: z.infer<typeof confirmBody>) {
  return { bankReference, amount: BigInt(amount), valueDay: dayOfDate(valueDay) ?? 0 };
}

/** Every reply with its HTTP status; a refusal has a code that pages put into words. */
function answerTo(reply: StepReply): { status: number; answer: object } {
  switch (reply.kind) {
    case 'done':
    case 'repeated':
      return { status: 200, answer: { state: reply.state, difference: null } };
    case 'differs':
      return { status: 200, answer: { state: reply.state, difference: String(reply.difference) } };
    case 'wrong_order': {
      const message = `The batch is ${reply.state}; this step needs ${reply.needs}.`;
      return { status: 409, answer: refusal('WRONG_ORDER', message) };
    }
    case 'same_person': {
      const message = `${reply.by} has checked it: another person must approve it.`;
      return { status: 409, answer: refusal('SAME_PERSON', message) };
    }
    case 'known_reference': {
      const message = `The reference is known for another line, of ${reply.settlementBatchId}.`;
      return { status: 409, answer: refusal('KNOWN_REFERENCE', message) };
    }
    case 'no_such_batch':
      return { status: 404, answer: refusal('NO_SUCH_BATCH', 'There is no such batch.') };
  }
}
