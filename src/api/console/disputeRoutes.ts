// The disputes over HTTP, for the network's own pages.

import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { Database } from '../../base/world.ts';
import type { Hub } from '../hub.ts';
import { illegal, refusal } from '../refusal.ts';
import { type DisputeGroup, disputeGroups, listDisputes, oneDispute } from './disputes.ts';

const listQuery = z.object({
  group: z.enum(Object.keys(disputeGroups) as DisputeGroup[]).default('open'),
  limit: z.coerce.number().int().min(1).max(200).default(100),
});

/** `GET /console/api/disputes` and `GET /console/api/disputes/:disputeId`. */
export function disputeRoutes(server: FastifyInstance, hub: Hub, database: Database): void {
  server.get('/console/api/disputes', async (request, reply) => {
    const query = listQuery.safeParse(request.query);
    if (!query.success) return reply.code(400).send(illegal(query.error, 'The query'));
    return listDisputes(hub, database, query.data.group, query.data.limit);
  });

  server.get<{ Params: { disputeId: string } }>(
    '/console/api/disputes/:disputeId',
    async (request, reply) => {
      const page = await oneDispute(hub, database, request.params.disputeId);
      if (page !== undefined) return page;
      const message = 'There is no dispute of this id.';
      return reply.code(404).send(refusal('ORDER_NOT_EXIST', message));
    },
  );
}
