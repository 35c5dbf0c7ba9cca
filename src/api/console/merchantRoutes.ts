// The merchants over HTTP: which are registered, and how each wallet stands to each of them.

import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { Database } from '../../base/world.ts';
import type { KnownRegistration } from '../../registrations/registration.ts';
import { newestRegistrations, readRequired, withWallets } from '../../registrations/store.ts';
import type { Hub } from '../hub.ts';
import { illegal } from '../refusal.ts';

const listQuery = z.object({
  acquirer: z.string().max(64).default(''),
  search: z.string().max(64).default(''),
  limit: z.coerce.number().int().min(1).max(500).default(100),
});

/** `GET /console/api/merchants`. */
export function merchantRoutes(server: FastifyInstance, hub: Hub, database: Database): void {
  server.get('/console/api/merchants', async (request, reply) => {
    const query = listQuery.safeParse(request.query);
    if (!query.success) return reply.code(400).send(illegal(query.error, 'The query'));
    const { acquirer, search, limit } = query.data;
    const acquirerId = acquirer === '' ? null : acquirer;
    const { directory } = hub.configuration.rules();
    const [found, required] = await Promise.all([
      // One more than is shown tells whether there are more.
      newestRegistrations(database, { acquirerId, search, limit: limit + 1 }),
      readRequired(database),
    ]);
    const known = await withWallets(database, found.slice(0, limit));
    const wallets = directory.participants
      .filter(({ role }) => role === 'wallet')
      .map(({ participantId: id, name }) => ({ id, name, required: required.has(id) }));
    return {
      wallets,
      merchants: known.map((each) => ({
        ...merchantView(each),
        acquirerName: directory.byId(each.acquirerId)?.name ?? each.acquirerId,
        required: required.has(each.acquirerId),
      })),
      more: found.length > limit,
    };
  });
}

function merchantView(known: KnownRegistration) {
  return {
    acquirerId: known.acquirerId,
    merchantId: known.merchantId,
    merchantName: known.merchantName,
    storeId: known.storeId,
    storeName: known.storeName,
    products: known.products,
    registrationRequestId: known.registrationRequestId,
    registeredAt: new Date(known.createdAt).toISOString(),
    wallets: known.wallets.map((each) => ({
      walletId: each.walletId,
      state: each.state,
      rejectReasons: each.rejectReasons,
      answeredAt: each.answeredAt === null ? null : new Date(each.answeredAt).toISOString(),
      asked: each.askTries,
      isToBeTold: each.isToBeTold,
    })),
  };
}
