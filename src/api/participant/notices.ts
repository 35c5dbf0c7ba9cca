// What the network has told an acquirer of its payments, and telling it again at its own wish.

import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { readPublicId } from '../../base/id.ts';
import { paymentOfRefund } from '../../merchants/store.ts';
import { findByNumberCommand } from '../../payments/find.ts';
import { listNotices, type NoticeDesk, replayAll, replayNotice } from '../console/notices.ts';
import { illegal, refusal } from '../refusal.ts';
import type { OwnContext } from './context.ts';

const listQuery = z.object({
  state: z.enum(['waiting', 'given_up', 'taken']).default('given_up'),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});

const replayBody = z.union(
  [
    z.strictObject({ paymentId: z.string().max(64) }),
    z.strictObject({ refundId: z.string().max(64) }),
    z.strictObject({ disputeId: z.string().max(64) }),
    z.strictObject({ all: z.literal(true) }),
  ],
  'must be {"paymentId"}, {"refundId"} or {"disputeId"} of a notice, or {"all": true}: all ' +
    'that were given up',
);

/** `GET /participant/api/notices` and `POST …/notices/replay`; a wallet has none. */
export function ownNoticeRoutes(server: FastifyInstance, { hub, database, own }: OwnContext): void {
  const desk = (): NoticeDesk => ({
    database,
    rules: hub.configuration.rules(),
    run: (commands) => Promise.all(commands.map((command) => hub.desk.run(command))),
    runDisputes: (commands) => Promise.all(commands.map((command) => hub.disputes.run(command))),
  });

  /** Whose payment it is that a notice of this id is about. */
  async function acquirerOf(id: string): Promise<string | undefined> {
    const refund = readPublicId('refund', id)?.number;
    const number =
      refund === undefined
        ? (readPublicId('payment', id) ?? readPublicId('dispute', id))?.number
        : await paymentOfRefund(database, refund);
    if (number === undefined) return undefined;
    const found = await hub.desk.run(findByNumberCommand(hub.configuration.rules(), number));
    return found?.acquirerId;
  }

  server.get('/participant/api/notices', async (request, reply) => {
    const { participant } = own(request);
    const query = listQuery.safeParse(request.query);
    if (!query.success) return reply.code(400).send(illegal(query.error, 'The query'));
    if (participant.role !== 'acquirer') return { counts: { waiting: 0, givenUp: 0 }, notices: [] };
    return listNotices(desk(), { partnerId: participant.participantId, ...query.data });
  });

  server.post('/participant/api/notices/replay', async (request, reply) => {
    const { participant } = own(request);
    const body = replayBody.safeParse(request.body);
    if (!body.success) return reply.code(400).send(illegal(body.error, 'The body'));
    if (participant.role !== 'acquirer') return reply.code(404).send(noSuchNotice);
    if ('all' in body.data) return { replayed: await replayAll(desk(), participant.participantId) };
    const [id = ''] = Object.values(body.data);
    if ((await acquirerOf(id)) !== participant.participantId) {
      return reply.code(404).send(noSuchNotice);
    }
    const replay = await replayNotice(desk(), id);
    if (replay === 'replayed') return { replayed: 1 };
    if (replay !== 'not_ended') return reply.code(404).send(noSuchNotice);
    const message = 'It has not ended: there is no notice yet.';
    return reply.code(409).send(refusal('NOT_ENDED', message));
  });
}

const noSuchNotice = refusal('ORDER_NOT_EXIST', 'There is no notice of this id.');
