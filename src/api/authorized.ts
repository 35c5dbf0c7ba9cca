// Where a wallet sends its customer back to after consenting: on to the merchant, with a code that
// is the network's own.

import type { FastifyInstance } from 'fastify';
import { readPublicId } from '../base/id.ts';
import { EngineRefusal } from '../engine/engine.ts';
import { agreementIdOf } from './agreements.ts';
import type { Hub } from './hub.ts';

interface Route {
  readonly agreementId: string;
}

interface Query {
  readonly authCode?: string | readonly string[];
}

/** What a wallet's code may be (`wire/authorizations.ts`). */
const walletCode = /^[\x21-\x7e]{1,256}$/;

/**
 * `/authorized/<agreement>?authCode=…` (protocol.md §1.7 step 2). Nothing is written and nothing is
 * believed: the code is sealed for the agreement that the address names, and the wallet will say
 * what it is worth. The customer only ever goes where `prepare` said. Without a code, the customer
 * has refused, and the merchant gets its `authState` alone.
 */
export function authorizedRoutes(scope: FastifyInstance, hub: Hub): void {
  scope.get<{ Params: Route; Querystring: Query }>(
    '/authorized/:agreementId',
    async (request, reply) => {
      reply.header('cache-control', 'no-store');
      const { authCode } = request.query;
      const way = await wayBackOf(hub, request.params.agreementId, authCode);
      return way.kind === 'back'
        ? reply.redirect(way.location, 303)
        : reply.code(way.status).send({ error: { code: 'NOT_FOUND', message: way.message } });
    },
  );
}

type WayBack =
  | { readonly kind: 'back'; readonly location: string }
  | { readonly kind: 'refused'; readonly status: number; readonly message: string };

/** Where a customer goes on to after the wallet, with the network's own code for the wallet's. */
export async function wayBackOf(
  hub: Hub,
  agreementId: string,
  authCode: string | readonly string[] | undefined,
): Promise<WayBack> {
  const named = readPublicId('agreement', agreementId);
  const known = named === undefined ? undefined : await find(hub, named.number);
  if (known === 'busy') return refuse(503, 'Too many requests now. Try again.');
  if (known === undefined || agreementIdOf(known) !== agreementId) {
    return refuse(404, 'There is no such agreement.');
  }
  if (!URL.canParse(known.terms.authRedirectUrl)) {
    return refuse(404, 'The merchant named no address that can be opened.');
  }
  const back = new URL(known.terms.authRedirectUrl);
  back.searchParams.set('authState', known.terms.authState);
  if (typeof authCode === 'string' && walletCode.test(authCode)) {
    back.searchParams.set('authCode', hub.agreements.codeFor(known, authCode));
  }
  return { kind: 'back', location: back.href };
}

async function find(hub: Hub, agreementNumber: number) {
  try {
    return await hub.agreements.find(agreementNumber);
  } catch (error) {
    if (error instanceof EngineRefusal) return 'busy';
    throw error;
  }
}

function refuse(status: number, message: string): WayBack {
  return { kind: 'refused', status, message };
}
