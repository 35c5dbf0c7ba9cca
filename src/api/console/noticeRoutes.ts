// The notices over HTTP: what a partner was told, and telling it again.

import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { Database } from '../../base/world.ts';
import type { Hub } from '../hub.ts';
import { illegal } from '../refusal.ts';
import { listNotices, type NoticeDesk, replayAll, replayNotice } from './notices.ts';

const listQuery = z.object({
  partner: z.string().max(64).optional(),
  state: z.enum(['waiting', 'given_up', 'taken']).default('given_up'),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});

const replayBody = z.union(
  [
    z.strictObject({ paymentId: z.string().max(64) }),
    z.strictObject({ refundId: z.string().max(64) }),
    z.strictObject({ disputeId: z.string().max(64) }),
    z.strictObject({ partnerId: z.string().min(1).max(64) }),
  ],
  'must be {"paymentId"}, {"refundId"} or {"disputeId"} of a notice, or {"partnerId"}: all of ' +
    'a partner that were given up',
);

const refusals = {
  unknown: { code: 'ORDER_NOT_EXIST', message: 'There is no notice of this id.' },
  not_ended: { code: 'NOT_ENDED', message: 'It has not ended: there is no notice yet.' },
  partner: { code: 'UNKNOWN_PARTNER', message: 'There is no acquirer of this id.' },
} as const;

/** `GET /console/api/notices` and `POST /console/api/notices/replay`. */
export function noticeRoutes(server: FastifyInstance, hub: Hub, database: Database): void {
  const desk = (): NoticeDesk => ({
    database,
    rules: hub.configuration.rules(),
    run: (commands) => Promise.all(commands.map((command) => hub.desk.run(command))),
    runDisputes: (commands) => Promise.all(commands.map((command) => hub.disputes.run(command))),
  });

  server.get('/console/api/notices', async (request, reply) => {
    const query = listQuery.safeParse(request.query);
    if (!query.success) return reply.code(400).send(illegal(query.error, 'The query'));
    const { partner, state, limit } = query.data;
    return listNotices(desk(), { partnerId: partner === '' ? undefined : partner, state, limit });
  });

  server.post('/console/api/notices/replay', async (request, reply) => {
    const body = replayBody.safeParse(request.body);
    if (!body.success) return reply.code(400).send(illegal(body.error, 'The body'));
    if ('partnerId' in body.data) {
      const { partnerId } = body.data;
      const partner = hub.configuration.rules().directory.byId(partnerId);
      if (partner?.role !== 'acquirer') return reply.code(404).send({ error: refusals.partner });
      return { replayed: await replayAll(desk(), partnerId) };
    }
    const [id = ''] = Object.values(body.data);
    const replay = await replayNotice(desk(), id);
    if (replay === 'replayed') return { replayed: 1 };
    if (replay === 'not_ended') return reply.code(409).send({ error: refusals.not_ended });
    return reply.code(404).send({ error: refusals.unknown });
  });
}
