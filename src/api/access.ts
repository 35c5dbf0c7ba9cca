// Who makes a request of a page: the cookie, the door, and what other sites may not make a browser
// do.

import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { limits } from '../base/limits.ts';
import type { Database } from '../base/world.ts';
import type { PeopleWorld } from '../people/commands.ts';
import {
  type Door,
  doorOf,
  ownParticipant,
  type Refusal,
  type Right,
  refusalAtConsole,
  type Visitor,
} from '../people/person.ts';
import { hashToken } from '../people/secret.ts';
import { readVisitor } from '../people/store.ts';
import type { Hub } from './hub.ts';

const cookieName = 'wayfare_session';

/** What is known of one request. */
export interface Access {
  readonly door: Door;
  readonly visitor: Visitor;
  /** Of the cookie; undefined without one. */
  readonly token: string | undefined;
  /** Whether this network has a sandbox, and nobody was ever added to it. */
  readonly isSandbox: boolean;
  readonly hasPeople: boolean;
}

export function peopleWorld(hub: Hub, database: Database): PeopleWorld {
  return { database, random: hub.random, realNow: () => hub.clock.realNow() };
}

/** Reads who is there; one look at the database. */
export async function accessOf(
  hub: Hub,
  database: Database,
  request: FastifyRequest,
): Promise<Access> {
  const token = tokenOf(request.headers.cookie);
  const tokenHash = token === undefined ? undefined : hashToken(token);
  const { hasPeople, visitor } = await readVisitor(database, tokenHash, hub.clock.realNow());
  const isSandbox = hub.clock.isMovable();
  const door = doorOf({ isSandbox, hasPeople, isThisMachine: isThisMachine(request) });
  return { door, visitor, token, isSandbox, hasPeople };
}

function tokenOf(header: string | undefined): string | undefined {
  for (const part of (header ?? '').split(';')) {
    const [name, value] = part.trim().split('=', 2);
    if (name === cookieName && value !== undefined && /^[\w-]{43}$/.test(value)) return value;
  }
  return undefined;
}

/** The cookie of a session; no script reads it, and no other site makes a browser send it. */
export function setSession(
  request: FastifyRequest,
  reply: FastifyReply,
  session: { readonly token: string; readonly expiresAt: number; readonly now: number } | undefined,
): void {
  const seconds =
    session === undefined ? 0 : Math.max(0, Math.floor((session.expiresAt - session.now) / 1_000));
  // Behind a proxy with TLS the browser names the origin that it sees.
  const isSecure = request.headers.origin?.startsWith('https:') === true;
  const parts = [
    `${cookieName}=${session?.token ?? ''}`,
    'Path=/',
    `Max-Age=${seconds}`,
    'HttpOnly',
    'SameSite=Strict',
    ...(isSecure ? ['Secure'] : []),
  ];
  reply.header('set-cookie', parts.join('; '));
}

const loopback = /^(?:127(?:\.\d{1,3}){3}|::1|::ffff:127(?:\.\d{1,3}){3})$/;
/** What proxies add to a request that they pass on. */
const ofProxies = /^(?:x-forwarded-.*|forwarded|x-real-ip|via)$/;
const ownNames = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])(?::\d{1,5})?$/i;

/**
 * Whether a request comes from this machine, under a name of this machine: another site's name that
 * was made to lead here does not count, nor does whatever came through somebody's proxy.
 */
function isThisMachine(request: FastifyRequest): boolean {
  return (
    loopback.test(request.socket.remoteAddress ?? '') &&
    ownNames.test(request.headers.host ?? '') &&
    // Some proxies name themselves as the host and add nothing, but they speak an older HTTP.
    request.raw.httpVersionMajor * 10 + request.raw.httpVersionMinor > 10 &&
    !Object.keys(request.headers).some((name) => ofProxies.test(name))
  );
}

const unsafe = (method: string) => !['GET', 'HEAD', 'OPTIONS'].includes(method);

/**
 * Why a request that changes something is not taken: it comes from another site's page, or with a
 * body of a kind that other sites' forms can send. Programs that are no browsers say no origin.
 */
export function foreignProblem(
  request: Pick<FastifyRequest, 'method' | 'headers'>,
): { readonly status: number; readonly code: string; readonly message: string } | undefined {
  if (!unsafe(request.method)) return undefined;
  const { origin, host, 'sec-fetch-site': site, 'content-type': type = '' } = request.headers;
  const isForeign =
    (typeof site === 'string' && site !== 'same-origin' && site !== 'none') ||
    (origin !== undefined && hostOf(origin) !== host?.toLowerCase());
  if (isForeign) {
    const message = 'Only pages of this network may ask for this.';
    return { status: 403, code: 'FOREIGN_ORIGIN', message };
  }
  if (/^application\/json\s*(?:;|$)/i.test(type)) return undefined;
  const message = 'The body must be JSON, with content-type application/json.';
  return { status: 415, code: 'JSON_ONLY', message };
}

function hostOf(origin: string): string | undefined {
  return URL.canParse(origin) ? new URL(origin).host : undefined;
}

const words: Readonly<Record<Refusal, { status: number; code: string; message: string }>> = {
  not_signed_in: { status: 401, code: 'NOT_SIGNED_IN', message: 'Sign in first.' },
  not_allowed: { status: 403, code: 'NOT_ALLOWED', message: 'Your role does not allow this.' },
};

function sendRefusal(reply: FastifyReply, refusal: Refusal): FastifyReply {
  const { status, code, message } = words[refusal];
  return reply.code(status).send({ error: { code, message } });
}

/** What anybody may read: the time that partners' machines follow, and the rates of the day. */
const publicReads: ReadonlySet<string> = new Set(['/console/api/clock', '/console/api/rates']);

/**
 * Guards every route of the operator's console that is registered in `scope` after it: a route that
 * nobody thought about here needs a right too. The name of whoever is signed in stands in `by`,
 * whatever a body says there.
 */
export function guardConsole(scope: FastifyInstance, hub: Hub, database: Database): void {
  const visitors = new WeakMap<FastifyRequest, Visitor>();
  scope.addHook('onRequest', async (request, reply) => {
    reply.header('cache-control', 'no-store');
    const foreign = foreignProblem(request);
    if (foreign !== undefined) return sendForeign(reply, foreign);
    const isRead = !unsafe(request.method);
    if (isRead && publicReads.has(request.routeOptions.url ?? '')) return;
    const { door, visitor } = await accessOf(hub, database, request);
    const refusal = refusalAtConsole(door, visitor, isRead ? 'read' : rightOf(request));
    if (refusal !== undefined) return sendRefusal(reply, refusal);
    visitors.set(request, visitor);
  });
  scope.addHook('preHandler', async (request) => {
    const visitor = visitors.get(request);
    const { body } = request;
    if (visitor?.kind !== 'person' || typeof body !== 'object' || body === null) return;
    if ('by' in body) body.by = visitor.person.name;
  });
}

export function sendForeign(
  reply: FastifyReply,
  { status, code, message }: NonNullable<ReturnType<typeof foreignProblem>>,
): FastifyReply {
  return reply.code(status).send({ error: { code, message } });
}

/** The second step of what needs four eyes is called `approve` everywhere. */
function rightOf(request: FastifyRequest): Right {
  const parts = [
    ...(request.routeOptions.url ?? '').split('/'),
    ...Object.values((request.params ?? {}) as Record<string, unknown>),
  ];
  return parts.includes('approve') ? 'approve' : 'operate';
}

/** Whose pages a request reads, and the name under which it does something. */
export interface Own {
  readonly participantId: string;
  readonly by: string;
}

/**
 * Guards a participant's own pages. The participant comes from the session and from nowhere else;
 * `own` gives it to the routes.
 */
export function guardParticipant(
  scope: FastifyInstance,
  hub: Hub,
  database: Database,
): { own(request: FastifyRequest): Own } {
  const owners = new WeakMap<FastifyRequest, Own>();
  scope.addHook('onRequest', async (request, reply) => {
    reply.header('cache-control', 'no-store');
    const foreign = foreignProblem(request);
    if (foreign !== undefined) return sendForeign(reply, foreign);
    const { door, visitor } = await accessOf(hub, database, request);
    const found = ownParticipant(door, visitor);
    if (typeof found === 'string') return sendRefusal(reply, found);
    owners.set(request, found);
  });
  return {
    own(request) {
      const own = owners.get(request);
      if (own === undefined) throw new Error('a route of a participant is not guarded');
      return own;
    },
  };
}

/** Where a request came from, as the record of sign-ins keeps it. */
export function addressOf(request: FastifyRequest): string {
  return (request.socket.remoteAddress ?? 'unknown').slice(0, 64);
}

/** How long a sign-in that was tried too often has to wait, in seconds, for the header. */
export const retryAfterSeconds = String(limits.signInWindowMs / 1_000);
