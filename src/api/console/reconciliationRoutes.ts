// Reconciliation over HTTP: files that were compared, breaks by age, and what persons do with one.

import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { Database } from '../../base/world.ts';
import { dayOfDate } from '../../calendar/businessDay.ts';
import { type BreakVerb, causes, proposals } from '../../reconciliation/reconciliation.ts';
import { type BreakReply, workOnBreak } from '../../reconciliation/resolveCommands.ts';
import { readOneBreak, readReconciliation } from '../../reconciliation/viewStore.ts';
import type { StepReply } from '../../settlement/commands.ts';
import type { Hub } from '../hub.ts';
import { illegal, refusal } from '../refusal.ts';

const aPerson = z.string().trim().min(1).max(64);

/** Of one file, where both its agreement and its day are named. */
const listQuery = z.object({
  group: z.enum(['open', 'resolved']).default('open'),
  agreementId: z.string().max(64).optional(),
  date: z
    .string()
    .refine((text) => dayOfDate(text) !== undefined, 'must be a day, as 2026-11-22')
    .optional(),
});

const bodies = {
  assign: z.strictObject({ by: aPerson, owner: aPerson }),
  propose: z.strictObject({
    by: aPerson,
    how: z.enum(proposals),
    cause: z.enum(causes),
    note: z.string().trim().min(1).max(500),
    settlementBatchId: z.string().max(32).optional(),
  }),
  // Only what the second person saw is approved.
  approve: z.strictObject({
    by: aPerson,
    proposedAt: z.iso.datetime().transform((text) => Date.parse(text)),
  }),
  reject: z.strictObject({ by: aPerson }),
} as const;

const parameters = z.object({
  breakId: z.string().max(64),
  verb: z.enum(['assign', 'propose', 'approve', 'reject']),
});

/** Everything under `/console/api/reconciliation`. */
export function reconciliationRoutes(server: FastifyInstance, hub: Hub, database: Database): void {
  const world = () => ({
    database,
    clock: { now: () => hub.now() },
    lanes: hub.configuration.rules().lanes,
  });

  server.get('/console/api/reconciliation', async (request, reply) => {
    const query = listQuery.safeParse(request.query);
    if (!query.success) return reply.code(400).send(illegal(query.error, 'The query'));
    const { group, agreementId, date } = query.data;
    const day = date === undefined ? undefined : dayOfDate(date);
    const of = agreementId === undefined || day === undefined ? undefined : { agreementId, day };
    return readReconciliation(world(), group, of);
  });

  server.get<{ Params: { breakId: string } }>(
    '/console/api/reconciliation/breaks/:breakId',
    async (request, reply) => {
      const view = await readOneBreak(world(), request.params.breakId);
      return view ?? reply.code(404).send(noSuchBreak);
    },
  );

  server.post('/console/api/reconciliation/breaks/:breakId/:verb', async (request, reply) => {
    const where = parameters.safeParse(request.params);
    if (!where.success) return reply.code(404).send(noSuchBreak);
    const { breakId, verb } = where.data;
    const body = bodies[verb].safeParse(request.body);
    if (!body.success) return reply.code(400).send(illegal(body.error, 'The body'));
    const { by, ...rest } = body.data;
    const wanted = { verb, ...rest } as BreakVerb;
    const refused = refusalOf(await workOnBreak(world(), { breakId, by, wanted }));
    if (refused !== undefined) return reply.code(refused.status).send(refused.answer);
    return readOneBreak(world(), breakId);
  });
}

/** A refusal has a code that pages put into words. */
function refusalOf(reply: BreakReply): { status: number; answer: object } | undefined {
  switch (reply.kind) {
    case 'done':
    case 'repeated':
      return undefined;
    case 'wrong_state':
      return { status: 409, answer: refusal('WRONG_STATE', `The break is ${reply.state}.`) };
    case 'same_person': {
      const message = `${reply.by} has proposed it: another person must approve it.`;
      return { status: 409, answer: refusal('SAME_PERSON', message) };
    }
    case 'other_proposal': {
      const at = new Date(reply.proposedAt).toISOString();
      const message = `Another end stands there now, which ${reply.by} proposed ${at}.`;
      return { status: 409, answer: refusal('OTHER_PROPOSAL', message) };
    }
    case 'nothing_to_write_off': {
      const message = 'The two sides do not differ by an amount that could be written off.';
      return { status: 409, answer: refusal('NOTHING_TO_WRITE_OFF', message) };
    }
    case 'nothing_to_book': {
      const message = 'Only a line of the bank is booked, and for a batch that is named.';
      return { status: 409, answer: refusal('NOTHING_TO_BOOK', message) };
    }
    case 'not_booked': {
      const message = `The line cannot be booked for that batch now: ${whyNot(reply.reply)}.`;
      return { status: 409, answer: refusal('NOT_BOOKED', message) };
    }
    case 'no_such_break':
      return { status: 404, answer: noSuchBreak };
  }
}

function whyNot(reply: StepReply): string {
  switch (reply.kind) {
    case 'wrong_order':
      return `it is ${reply.state}`;
    case 'known_reference':
      return `the line's reference is booked for ${reply.settlementBatchId}`;
    default:
      return reply.kind;
  }
}

const noSuchBreak = refusal('NO_SUCH_BREAK', 'There is no such break.');
