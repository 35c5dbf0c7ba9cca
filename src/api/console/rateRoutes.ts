// Rates and currency positions over HTTP, for the operator's pages. They only read: what changes
// rates is done on the command line, where it can be scripted.

import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { Database } from '../../base/world.ts';
import { endOf } from '../../fx/board.ts';
import { readFreezes, readRateEvents, readWaiting } from '../../fx/controlStore.ts';
import { readPairHistory } from '../../fx/historyStore.ts';
import { readSources } from '../../fx/sourceStore.ts';
import { spreadPair } from '../../fx/terms.ts';
import { isCurrency } from '../../money/currency.ts';
import type { Hub } from '../hub.ts';
import { illegal } from '../refusal.ts';
import { openPositions } from './exposure.ts';
import { corridorView, ratesView } from './rateRows.ts';

const hour = 3_600_000;
const mostHours = 24 * 90;
const shownEvents = 20;

const historyQuery = z.object({
  pair: z.string().refine((text) => text !== '*' && spreadPair(text) !== undefined, {
    message: 'must be two currencies, as CNY/MYR',
  }),
  hours: z.coerce.number().int().min(1).max(mostHours).default(24),
});

const exposureQuery = z.object({
  days: z.coerce.number().int().min(1).max(366).default(1),
  currency: z.string().refine(isCurrency, 'is no currency of ISO 4217').default('USD'),
});

/** `GET /console/api/rates`, `…/rates/desk`, `…/rates/history` and `…/exposure`. */
export function rateRoutes(server: FastifyInstance, hub: Hub, database: Database): void {
  const positions = openPositions(hub, database);
  server.get('/console/api/exposure', async (request, reply) => {
    const query = exposureQuery.safeParse(request.query);
    if (!query.success) return reply.code(400).send(illegal(query.error, 'The query'));
    return positions(query.data);
  });

  server.get('/console/api/rates', async () => ratesView(hub.configuration.rules(), hub.now()));

  server.get('/console/api/rates/desk', async () => {
    const rules = hub.configuration.rules();
    const { board } = rules;
    const realNow = hub.clock.realNow();
    const [sources, waiting, freezes, events] = await Promise.all([
      readSources(database),
      readWaiting(database),
      readFreezes(database),
      readRateEvents(database, shownEvents),
    ]);
    return {
      corridors: corridorView(rules, hub.now()),
      rates: board.rates.map((rate) => ({
        pair: `${rate.base}/${rate.quote}`,
        price: rate.price,
        source: rate.source,
        ageMs: Math.max(realNow - rate.realAt, 0),
        ageLimitMs: rate.ageLimitMs,
        tooOld: endOf(rate) <= realNow,
      })),
      sources: sources.map(({ lookedRealAt, ...source }) => ({
        ...source,
        lookedAgoMs: lookedRealAt === null ? null : Math.max(realNow - lookedRealAt, 0),
      })),
      waiting: waiting.map((each) => ({ ...each, proposedAt: isoTime(each.proposedAt) })),
      freezes: freezes.map((each) => ({ ...each, frozenAt: isoTime(each.frozenAt) })),
      spreads: board.terms.spreads.map((each) => ({
        ...each,
        validFrom: isoTime(each.validFrom),
      })),
      events: events.map((each) => ({ ...each, at: isoTime(each.at) })),
    };
  });

  server.get('/console/api/rates/history', async (request, reply) => {
    const query = historyQuery.safeParse(request.query);
    if (!query.success) return reply.code(400).send(illegal(query.error, 'The query'));
    const { pair, hours } = query.data;
    const [from = '', to = ''] = pair.split('/');
    const { board } = hub.configuration.rules();
    const span = { from: hub.now() - hours * hour, to: hub.now() };
    const points = await readPairHistory(database, { from, to }, span);
    const mid = board.middle(from, to) ?? null;
    return { pair, from: isoTime(span.from), to: isoTime(span.to), mid, points };
  });
}

function isoTime(at: number): string {
  return new Date(at).toISOString();
}
