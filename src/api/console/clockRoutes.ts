// The network's time over HTTP: anybody may read it, and in a sandbox network it may be moved on.

import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { formatTime, parseIsoTime } from '../../wire/time.ts';
import type { NetworkClock } from '../networkClock.ts';
import { illegal, refusal } from '../refusal.ts';

/** Hundred years at most, and no part of a millisecond. */
const mostAdvanceMs = 36_525 * 86_400_000;
const aTime = 'must be an ISO 8601 time with an offset, as 2026-11-22T00:16:00+08:00';

const moveBody = z.union(
  [
    z.strictObject({ advanceMs: z.int().min(1).max(mostAdvanceMs) }),
    z.strictObject({ to: z.string().refine((text) => parseIsoTime(text) !== undefined, aTime) }),
  ],
  `must be {"advanceMs": 1 to ${mostAdvanceMs}} in milliseconds or {"to": time}; "to" ${aTime}`,
);

const watchQuery = z.object({
  /** Answer as soon as the offset is another than this one. */
  offsetMs: z.coerce.number().int().min(0).optional(),
  waitMs: z.coerce.number().int().min(0).max(30_000).default(20_000),
});

const refusals = {
  not_a_sandbox: {
    status: 403,
    code: 'NOT_A_SANDBOX',
    message: 'Only the time of a network that was started with the sandbox can be moved.',
  },
  too_far: {
    status: 400,
    code: 'CLOCK_TOO_FAR',
    message: 'The time of the network cannot be more than hundred years ahead of real time.',
  },
  back: {
    status: 400,
    code: 'CLOCK_NEVER_GOES_BACK',
    message: 'The network is past that time already, and its time never goes back.',
  },
} as const;

/** `GET` and `POST /console/api/clock`. */
export function clockRoutes(server: FastifyInstance, clock: NetworkClock): void {
  server.get('/console/api/clock', async (request, reply) => {
    const query = watchQuery.safeParse(request.query);
    if (!query.success) return reply.code(400).send(illegal(query.error, 'The query'));
    const { offsetMs, waitMs } = query.data;
    if (offsetMs !== undefined) await clock.moved(offsetMs, waitMs);
    return clockView(clock);
  });

  server.post('/console/api/clock', async (request, reply) => {
    const body = moveBody.safeParse(request.body);
    if (!body.success) return reply.code(400).send(illegal(body.error, 'The body'));
    const outcome = await move(clock, body.data);
    if (outcome === 'moved') return clockView(clock);
    const { status, code, message } = refusals[outcome];
    return reply.code(status).send(refusal(code, message));
  });
}

async function move(
  clock: NetworkClock,
  wish: z.infer<typeof moveBody>,
): Promise<'moved' | keyof typeof refusals> {
  const advanceMs = 'to' in wish ? (parseIsoTime(wish.to) ?? 0) - clock.now() : wish.advanceMs;
  if (advanceMs <= 0) return 'back';
  return (await clock.advance(advanceMs)).kind;
}

function clockView(clock: NetworkClock) {
  const now = clock.now();
  return {
    now: new Date(now).toISOString(),
    networkTime: formatTime(now),
    offsetMs: clock.offsetMs(),
    movable: clock.isMovable(),
  };
}
