// The limits on persons over HTTP: every dated set of rules, and how near people get to it.

import type { FastifyInstance } from 'fastify';
import type { Database } from '../../base/world.ts';
import { tokenOf } from '../../limits/assess.ts';
import { type LimitSet, setsInForce } from '../../limits/limitRules.ts';
import { formatTime } from '../../wire/time.ts';
import type { Hub } from '../hub.ts';
import { type AskedLimit, readNearness } from './limitStore.ts';

/** `GET /console/api/limits`. */
export function limitRoutes(server: FastifyInstance, hub: Hub, database: Database): void {
  server.get('/console/api/limits', async () => limitPage(hub, database));
}

async function limitPage(hub: Hub, database: Database) {
  const { limitRules, directory } = hub.configuration.rules();
  const now = hub.now();
  const inForce = setsInForce(limitRules, now);
  const asked: AskedLimit[] = [];
  const places = new Map<string, number>();
  for (const set of inForce) {
    for (const limit of set.limits) {
      if (limit.per === 'payment') continue;
      places.set(placeOf(set, limit), asked.length);
      const token = tokenOf(set, limit.of, limit.per, now);
      asked.push({ token, most: limit.most, wallets: set.wallets });
    }
  }
  const nearness = await readNearness(database, asked);
  const order = ['in_force', 'coming', 'past'];
  const sets = [...limitRules.sets].sort(
    (a, b) =>
      order.indexOf(stateOf(a, inForce, now)) - order.indexOf(stateOf(b, inForce, now)) ||
      b.effectiveFrom - a.effectiveFrom,
  );
  return {
    version: limitRules.version,
    sets: sets.map((set) => ({
      counter: set.counter,
      title: set.title,
      state: stateOf(set, inForce, now),
      effectiveFrom: formatTime(set.effectiveFrom),
      effectiveUntil: set.effectiveUntil === null ? null : formatTime(set.effectiveUntil),
      region: set.region,
      rail: set.rail,
      codeKinds: set.codeKinds,
      wallets: set.wallets?.map((id) => directory.byId(id)?.name ?? id) ?? null,
      identityTiers: set.identityTiers,
      currency: set.currency,
      source: set.source,
      limits: set.limits.map((limit) => {
        const place = places.get(placeOf(set, limit));
        const tenths = inForce.includes(set) && place !== undefined ? nearness[place] : undefined;
        return {
          per: limit.per,
          of: limit.of,
          most: String(limit.most),
          /** Persons by tenth of the limit, and at it; null where nothing is counted. */
          people: tenths ?? null,
        };
      }),
    })),
  };
}

function placeOf(set: LimitSet, limit: LimitSet['limits'][number]): string {
  return [
    set.counter,
    set.effectiveFrom,
    set.wallets,
    set.identityTiers,
    limit.per,
    limit.of,
  ].join();
}

function stateOf(set: LimitSet, inForce: readonly LimitSet[], now: number) {
  if (inForce.includes(set)) return 'in_force';
  return set.effectiveFrom > now ? 'coming' : 'past';
}
