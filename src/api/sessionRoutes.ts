// Signing in and out over HTTP, and who one is.

import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { Database } from '../base/world.ts';
import { lookAround, signIn, signOut } from '../people/commands.ts';
import {
  type Access,
  accessOf,
  addressOf,
  foreignProblem,
  peopleWorld,
  retryAfterSeconds,
  sendForeign,
  setSession,
} from './access.ts';
import type { Hub } from './hub.ts';
import { illegal, refusal } from './refusal.ts';

const signInBody = z.strictObject({
  name: z.string().trim().min(1).max(64),
  secret: z.string().min(1).max(128),
});

const guestBody = z.strictObject({ participantId: z.string().min(1).max(64) });

/**
 * `GET` and `POST /session`, `POST /session/guest` and `POST /session/end`
 * (docs/guides/people-and-sign-in.md).
 */
export function sessionRoutes(server: FastifyInstance, hub: Hub, database: Database): void {
  const world = peopleWorld(hub, database);

  server.addHook('onRequest', async (request, reply) => {
    reply.header('cache-control', 'no-store');
    const foreign = foreignProblem(request);
    if (foreign !== undefined) return sendForeign(reply, foreign);
  });

  server.get('/session', async (request) =>
    sessionView(hub, await accessOf(hub, database, request)),
  );

  server.post('/session', async (request, reply) => {
    const body = signInBody.safeParse(request.body);
    if (!body.success) return reply.code(400).send(illegal(body.error, 'The body'));
    const before = await accessOf(hub, database, request);
    const outcome = await signIn(world, { ...body.data, address: addressOf(request) });
    switch (outcome.kind) {
      case 'refused':
        return reply.code(401).send(refusal('WRONG_SECRET', 'The name or the secret is wrong.'));
      case 'too_many': {
        reply.header('retry-after', retryAfterSeconds);
        return reply.code(429).send(refusal('TOO_MANY_TRIES', 'Too many tries; wait a while.'));
      }
      case 'signed_in': {
        const { token, expiresAt, person } = outcome;
        setSession(request, reply, { token, expiresAt, now: world.realNow() });
        return sessionView(hub, { ...before, visitor: { kind: 'person', person } });
      }
    }
  });

  server.post('/session/guest', async (request, reply) => {
    const body = guestBody.safeParse(request.body);
    if (!body.success) return reply.code(400).send(illegal(body.error, 'The body'));
    const { participantId } = body.data;
    const before = await accessOf(hub, database, request);
    if (before.door !== 'open') {
      const message = 'Only a demo network that nobody was added to lets guests look around.';
      return reply.code(403).send(refusal('DOOR_CLOSED', message));
    }
    if (hub.configuration.rules().directory.byId(participantId) === undefined) {
      return reply.code(404).send(refusal('NOT_FOUND', 'There is no participant of this id.'));
    }
    const session = await lookAround(world, participantId, addressOf(request));
    setSession(request, reply, { ...session, now: world.realNow() });
    return sessionView(hub, { ...before, visitor: { kind: 'guest', participantId } });
  });

  server.post('/session/end', async (request, reply) => {
    const access = await accessOf(hub, database, request);
    const { visitor, token } = access;
    if (token !== undefined) {
      const name = visitor.kind === 'person' ? visitor.person.name : undefined;
      await signOut(world, token, name, addressOf(request));
    }
    setSession(request, reply, undefined);
    return sessionView(hub, { ...access, visitor: { kind: 'nobody' } });
  });
}

/** Who one is, and whether one has to be somebody. */
function sessionView(hub: Hub, { door, visitor, isSandbox, hasPeople }: Access) {
  const { directory } = hub.configuration.rules();
  const participantId =
    visitor.kind === 'guest'
      ? visitor.participantId
      : visitor.kind === 'person'
        ? visitor.person.participantId
        : null;
  const participant = participantId === null ? undefined : directory.byId(participantId);
  const isWorthNothing = visitor.kind === 'guest' && door !== 'open';
  return {
    door,
    /** Somebody must be added on the command line before anybody can sign in. */
    isEmpty: !hasPeople,
    isSandbox,
    person:
      visitor.kind === 'person' ? { name: visitor.person.name, role: visitor.person.role } : null,
    participant:
      participant === undefined || isWorthNothing
        ? null
        : { id: participant.participantId, name: participant.name, role: participant.role },
    /** As whom a guest may look around. */
    guests:
      door === 'open'
        ? directory.participants.map(({ participantId: id, name, role }) => ({ id, name, role }))
        : [],
  };
}
