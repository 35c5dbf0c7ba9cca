// The sandbox API of permissions: what a wallet's consent page and its list of permissions call.

import type { FastifyInstance, FastifyReply } from 'fastify';
import { z } from 'zod';
import type { GrantDesk } from './grant-commands.ts';
import type { Grant } from './grants.ts';
import { readBody, sendProblem } from './http.ts';
import { type ApiOutcome, done, refused } from './outcome.ts';
import { type SandboxWallet, sandboxWallets } from './partners.ts';
import type { WalletStore } from './wallet-store.ts';

interface GrantRoute {
  readonly walletId: string;
  readonly grantId: string;
}

interface CustomerRoute {
  readonly walletId: string;
  readonly customerId: string;
}

const pinBody = z.object({
  customerId: z.string().min(1).max(64),
  pin: z.string().regex(/^[0-9]{6}$/, { error: 'must be six digits' }),
});

/** A permission as pages see it; never a code or a token. */
function grantView(grant: Grant) {
  return {
    grantId: grant.grantId,
    merchantName: grant.merchantName,
    scopes: grant.scopes,
    status: grant.status,
    changedAt: new Date(grant.changedAt).toISOString(),
  };
}

/** Registers `/sandbox/wallets/…/grants…`. */
export function grantRoutes(
  server: FastifyInstance,
  { desk, store }: { readonly desk: GrantDesk; readonly store: WalletStore },
): void {
  const find = (walletId: string): ApiOutcome<SandboxWallet> => {
    const wallet = sandboxWallets.find(({ id }) => id === walletId);
    if (wallet !== undefined) return done(wallet);
    return refused(404, 'WALLET_NOT_FOUND', `There is no wallet ${walletId}.`, 'walletId');
  };
  const findCustomer = (walletId: string, customerId: string): ApiOutcome<SandboxWallet> => {
    const wallet = find(walletId);
    if (!wallet.ok || store.customer(walletId, customerId) !== null) return wallet;
    const message = `${walletId} has no customer ${customerId}.`;
    return refused(404, 'CUSTOMER_NOT_FOUND', message, 'customerId');
  };

  server.get<{ Params: GrantRoute }>(
    '/sandbox/wallets/:walletId/grants/:grantId',
    (request, reply) => {
      const wallet = find(request.params.walletId);
      if (!wallet.ok) return sendProblem(reply, wallet.problem);
      return send(reply, desk.asked(wallet.value, request.params.grantId), grantView);
    },
  );

  server.post<{ Params: GrantRoute }>(
    '/sandbox/wallets/:walletId/grants/:grantId/allow',
    (request, reply) => {
      const body = readBody(pinBody, request.body);
      if (!body.ok) return sendProblem(reply, body.problem);
      const { walletId, grantId } = request.params;
      const wallet = findCustomer(walletId, body.value.customerId);
      if (!wallet.ok) return sendProblem(reply, wallet.problem);
      const { customerId, pin } = body.value;
      return send(reply, desk.allow(wallet.value, customerId, grantId, pin), same);
    },
  );

  server.post<{ Params: GrantRoute }>(
    '/sandbox/wallets/:walletId/grants/:grantId/refuse',
    (request, reply) => {
      const wallet = find(request.params.walletId);
      if (!wallet.ok) return sendProblem(reply, wallet.problem);
      return send(reply, desk.refuse(wallet.value, request.params.grantId), same);
    },
  );

  server.get<{ Params: CustomerRoute }>(
    '/sandbox/wallets/:walletId/customers/:customerId/grants',
    (request, reply) => {
      const { walletId, customerId } = request.params;
      const wallet = findCustomer(walletId, customerId);
      if (!wallet.ok) return sendProblem(reply, wallet.problem);
      return reply.send({ grants: desk.given(wallet.value, customerId).map(grantView) });
    },
  );

  server.post<{ Params: CustomerRoute & GrantRoute }>(
    '/sandbox/wallets/:walletId/customers/:customerId/grants/:grantId/revoke',
    (request, reply) => {
      const { walletId, customerId, grantId } = request.params;
      const wallet = findCustomer(walletId, customerId);
      if (!wallet.ok) return sendProblem(reply, wallet.problem);
      return send(reply, desk.takeBack(wallet.value, customerId, grantId), grantView);
    },
  );
}

const same = <T>(value: T): T => value;

function send<T>(
  reply: FastifyReply,
  outcome: ApiOutcome<T>,
  view: (value: T) => object,
): FastifyReply {
  return outcome.ok ? reply.send(view(outcome.value)) : sendProblem(reply, outcome.problem);
}
