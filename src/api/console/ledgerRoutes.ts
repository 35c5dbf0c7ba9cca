// The ledger over HTTP: trial balances, statements of accounts page by page or as a file, journals.

import { Readable } from 'node:stream';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { z } from 'zod';
import { laneOfSlot, readPublicId, slotOfNumber } from '../../base/id.ts';
import type { Database } from '../../base/world.ts';
import { postingReasons, readCursor } from '../../explorer/statement.ts';
import { readOfJournals, readPage } from '../../explorer/statementCommands.ts';
import { statementFile } from '../../explorer/statementFile.ts';
import { statementTimedOut } from '../../explorer/store.ts';
import {
  type ExplorerWorld,
  type TrialOutcome,
  trialAt,
  trialNow,
} from '../../explorer/trialCommands.ts';
import {
  accountNames,
  findAccount,
  ofPaymentView,
  pageView,
  readCloses,
  readJournalView,
  trialView,
} from '../../explorer/view.ts';
import { findAftermathCommand } from '../../payments/find.ts';
import { parseIsoTime } from '../../wire/time.ts';
import type { Hub } from '../hub.ts';
import { illegal, refusal } from '../refusal.ts';

/** How long a trial balance may read before it says that the day must be closed first. */
const trialMs = 20_000;

const aTime = z.string().transform((text, context) => {
  const at = parseIsoTime(text);
  if (at !== undefined) return at;
  context.addIssue({ code: 'custom', message: 'must be a time, as 2026-11-22T18:00:00+08:00' });
  return z.NEVER;
});
const aCursor = z.string().transform((text, context) => {
  const cursor = readCursor(text);
  if (cursor !== undefined) return cursor;
  context.addIssue({ code: 'custom', message: 'must be the next of a page' });
  return z.NEVER;
});

const trialQuery = z.object({ before: aTime.optional() });
const timeQuery = z.object({ from: aTime.optional(), to: aTime.optional() });
const pageQuery = timeQuery.extend({
  cursor: aCursor.optional(),
  reason: z.enum(postingReasons).optional(),
  payment: z.string().max(64).optional(),
  limit: z.coerce.number().int().min(1).max(500).default(50),
});

/** Everything under `/console/api/ledger`. */
export function ledgerRoutes(server: FastifyInstance, hub: Hub, database: Database): void {
  const world: ExplorerWorld = {
    database,
    clock: {
      now: () => hub.now(),
      elapsed: () => hub.pace.elapsed(),
      pause: (delayMs) => hub.pace.pause(delayMs),
    },
  };

  server.get('/console/api/ledger', async (request, reply) => {
    const query = trialQuery.safeParse(request.query);
    if (!query.success) return reply.code(400).send(illegal(query.error, 'The query'));
    const { before } = query.data;
    const now = hub.now();
    const [closes, outcome] = await Promise.all([
      readCloses(world),
      before === undefined
        ? trialNow(world).then((trial) => ({ kind: 'read', trial }) as const)
        : inTime(() => trialAt(world, before, trialMs)),
    ]);
    if (outcome.kind !== 'read') return refuse(reply, outcome, 'before');
    return { ...trialView(outcome.trial, now), ...closes };
  });

  server.get<{ Params: { name: string } }>(
    '/console/api/ledger/accounts/:name',
    async (request, reply) => {
      const query = pageQuery.safeParse(request.query);
      if (!query.success) return reply.code(400).send(illegal(query.error, 'The query'));
      const account = await findAccount(world, request.params.name);
      if (account === undefined) return reply.code(404).send(noAccount);
      const { payment, limit, ...asked } = query.data;
      const nameOf = await accountNames(world);
      if (payment !== undefined && payment !== '') {
        const journals = await journalsOfPayment(hub, payment);
        const { lane, numbers } = journals ?? { lane: 0, numbers: [] };
        return ofPaymentView(account, await readOfJournals(world, account, lane, numbers), nameOf);
      }
      const outcome = await inTime(() => readPage(world, { ...asked, account, most: limit }));
      if (outcome.kind !== 'read') return refuse(reply, outcome, 'to');
      return pageView(account, outcome.page, nameOf);
    },
  );

  server.get<{ Params: { name: string } }>(
    '/console/api/ledger/accounts/:name/statement.csv',
    async (request, reply) => {
      const query = timeQuery.safeParse(request.query);
      if (!query.success) return reply.code(400).send(illegal(query.error, 'The query'));
      const account = await findAccount(world, request.params.name);
      if (account === undefined) return reply.code(404).send(noAccount);
      const from = query.data.from ?? account.since;
      const to = Math.min(query.data.to ?? hub.now(), hub.now());
      const opening = await inTime(() => trialAt(world, Math.min(from, to), trialMs));
      if (opening.kind !== 'read') return refuse(reply, opening, 'from');
      const file = statementFile(world, account, { from, to }, opening.trial);
      const name = account.name.replaceAll(':', '-');
      return reply
        .header('content-type', 'text/csv; charset=utf-8')
        .header('content-disposition', `attachment; filename="statement-${name}.csv"`)
        .send(Readable.from(file));
    },
  );

  server.get<{ Params: { number: string } }>(
    '/console/api/ledger/journals/:number',
    async (request, reply) => {
      const { number } = request.params;
      const { lanes } = hub.configuration.rules();
      const isNumber = /^\d{1,16}$/.test(number) && Number.isSafeInteger(Number(number));
      const view = isNumber ? await readJournalView(world, lanes, Number(number)) : undefined;
      if (view !== undefined) return view;
      const message = 'There is no journal of this number.';
      return reply.code(404).send(refusal('NO_SUCH_JOURNAL', message));
    },
  );
}

const noAccount = refusal('NO_SUCH_ACCOUNT', 'There is no account of this name.');

/** The journals of a payment and of what went back of it, which are all in its lane. */
async function journalsOfPayment(hub: Hub, paymentId: string) {
  const rules = hub.configuration.rules();
  const number = readPublicId('payment', paymentId)?.number;
  if (number === undefined) return undefined;
  const { refunds, cancellation } = await hub.desk.run(findAftermathCommand(rules, number));
  const back = cancellation?.paid == null ? [] : [cancellation.paid.journalNumber];
  const numbers = [number, ...refunds.map(({ refundNumber }) => refundNumber), ...back];
  return { lane: laneOfSlot(slotOfNumber(number), rules.lanes), numbers };
}

/** A statement that the server has ended because it took too long is no fault of anybody. */
async function inTime<T>(read: () => Promise<T>): Promise<T | { readonly kind: 'too_much' }> {
  try {
    return await read();
  } catch (error) {
    if ((error as { code?: unknown }).code === statementTimedOut) return { kind: 'too_much' };
    throw error;
  }
}

function refuse(
  reply: FastifyReply,
  outcome: Exclude<TrialOutcome, { kind: 'read' }>,
  field: string,
) {
  if (outcome.kind === 'in_future') {
    const message = `${field}: it is only ${new Date(outcome.now).toISOString()}.`;
    return reply.code(400).send({ error: { code: 'IN_FUTURE', message, field } });
  }
  const message = 'Too much was posted since the last close. Ask for the end of a closed day.';
  return reply.code(503).send(refusal('TOO_MUCH', message));
}
