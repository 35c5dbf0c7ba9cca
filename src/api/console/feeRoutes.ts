// Fee rules over HTTP, for the operator's page: every dated set, and the fees of an example. They
// only read: rules are put in force on the command line, where files are at hand.

import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { Database } from '../../base/world.ts';
import { type FeeSet, feeProducts } from '../../fees/feeRules.ts';
import { feeBookFrom, readFeeSets, type StoredFeeSet, stateOfSet } from '../../fees/store.ts';
import { isCurrency } from '../../money/currency.ts';
import { money } from '../../money/money.ts';
import { exampleFees } from '../../payments/feeExample.ts';
import { formatTime, parseIsoTime } from '../../wire/time.ts';
import type { Hub } from '../hub.ts';
import { illegal, refusal } from '../refusal.ts';

const participant = z.string().min(1).max(64);

const exampleQuery = z.object({
  wallet: participant,
  acquirer: participant,
  product: z.enum(feeProducts),
  currency: z.string().refine(isCurrency, 'is no currency of ISO 4217'),
  amount: z.string().regex(/^[1-9][0-9]{0,14}$/, 'must be minor units, more than nothing'),
  at: z
    .string()
    .refine((text) => parseIsoTime(text) !== undefined, 'must be a time with its offset')
    .optional(),
});

/** `GET /console/api/fees` and `…/fees/example`. */
export function feeRoutes(server: FastifyInstance, hub: Hub, database: Database): void {
  server.get('/console/api/fees', async () => feePage(hub, await readFeeSets(database)));

  server.get('/console/api/fees/example', async (request, reply) => {
    const query = exampleQuery.safeParse(request.query);
    if (!query.success) return reply.code(400).send(illegal(query.error, 'The query'));
    const { wallet, acquirer, product, currency, amount, at } = query.data;
    const now = hub.now();
    const asked = {
      walletId: wallet,
      acquirerId: acquirer,
      product,
      amount: money(currency, BigInt(amount)),
      at: at === undefined ? now : (parseIsoTime(at) ?? now),
    };
    const answer = exampleFees(hub.configuration.rules(), asked, now);
    if (answer.kind === 'explained') return answer.explained;
    return reply.code(400).send(refusal('PROCESS_FAIL', answer.why));
  });
}

function feePage(hub: Hub, stored: readonly StoredFeeSet[]) {
  const { directory } = hub.configuration.rules();
  const now = hub.now();
  const inForce = feeBookFrom(stored).setAt(now);
  return {
    sets: stored.map((each) => ({
      version: each.set.version,
      state: shownState(each, inForce, now),
      effectiveFrom: formatTime(each.set.effectiveFrom),
      proposedBy: each.proposedBy,
      approvedBy: each.approvedBy,
      rules: each.set.rules.map((rule) => ({
        ...rule,
        minimum: rule.minimum === 0n ? null : String(rule.minimum),
        maximum: rule.maximum === null ? null : String(rule.maximum),
      })),
    })),
    agreements: directory.participants.map((each) => ({
      participantId: each.participantId,
      name: each.name,
      role: each.role,
      currency: each.currency,
      serviceFeeBasisPoints: each.serviceFeeBasisPoints,
      interchangeBasisPoints: each.role === 'acquirer' ? each.interchangeBasisPoints : null,
    })),
  };
}

function shownState(stored: StoredFeeSet, inForce: FeeSet | undefined, now: number) {
  const state = stateOfSet(stored);
  if (state !== 'approved') return state;
  if (stored.set === inForce) return 'in_force';
  return stored.set.effectiveFrom > now ? 'coming' : 'past';
}
