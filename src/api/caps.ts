// What a wallet reads of its own cap: a signed GET, for a channel of alerts the protocol lacks.

import type { FastifyInstance } from 'fastify';
import type { Database } from '../base/world.ts';
import { readCapsOf } from '../caps/viewStore.ts';
import { requestUri } from '../wire/signature.ts';
import type { Hub } from './hub.ts';
import { callerOf, sendSigned } from './signedGet.ts';

/**
 * `GET /caps` (docs/guides/caps.md): how much the caller may owe and owes, its deposit, the changes
 * of both, and the levels that were reached and fell back. It is our own: the protocol has no
 * message about caps (GAP).
 */
export function ownCapRoutes(scope: FastifyInstance, hub: Hub, database: Database): void {
  scope.get('/caps', { exposeHeadRoute: false }, async (request, reply) => {
    reply.header('cache-control', 'no-store');
    const uri = requestUri(request.originalUrl);
    const caller = await callerOf(hub, request, uri);
    if ('problem' in caller) {
      return reply.code(401).send({ error: { code: caller.code, message: caller.problem } });
    }
    const view = await readCapsOf(database, caller.participantId);
    if (view !== undefined) return sendSigned(reply, hub, caller, uri, JSON.stringify(view));
    const message = 'Only a wallet has a cap.';
    return reply.code(404).send({ error: { code: 'NOT_FOUND', message } });
  });
}
