// The sandbox API of the wallets: everything that a visitor does with a wallet, as plain HTTP
// calls.

import type { FastifyInstance, FastifyReply } from 'fastify';
import { z } from 'zod';
import { toWire } from '../money/money.ts';
import { isResultCode, type ResultCode, resultStatusOf } from '../wire/results.ts';
import { type Behaviour, behaviourModes, delayMsLimit, normalBehaviour } from './behaviour.ts';
import { customerChannel, type EventDesk } from './events.ts';
import { readBody, sendProblem, startAmount } from './http.ts';
import { type ApiOutcome, done, refused } from './outcome.ts';
import { type SandboxWallet, sandboxWallets } from './partners.ts';
import { codeRulesView, walletPaymentView, walletView } from './views.ts';
import { requestCodes, requestLimits, scan, type VisitorOptions } from './visitor-commands.ts';
import type { WalletPayment } from './wallet.ts';
import { topUpLimitMinor, type WalletDesk } from './wallet-commands.ts';
import { moneyOf } from './wallet-messages.ts';
import type { StoredCustomer, WalletStore } from './wallet-store.ts';

export interface WalletRoutesOptions {
  readonly store: WalletStore;
  readonly desk: WalletDesk;
  readonly visitor: VisitorOptions;
  readonly events: EventDesk;
  /** Date of the sample rates behind the first balances. */
  readonly ratesDate: string;
}

interface CustomerRoute {
  readonly walletId: string;
  readonly customerId: string;
}

interface PaymentRoute extends CustomerRoute {
  readonly paymentRequestId: string;
}

const noFields = z.object({});

const codesBody = z.object({ quantity: z.number().int().min(1).max(10).optional() });

const scanBody = z.object({
  text: z.string().min(1).max(4096),
  /** What the visitor typed, for a printed national code. */
  amount: startAmount.optional(),
});

const confirmBody = z.object({
  pin: z.string().regex(/^[0-9]{6}$/, { error: 'must be six digits' }),
});

const topUpBody = z.object({
  amount: z.object({
    currency: z.string(),
    value: z.string().regex(/^[1-9][0-9]{0,12}$/, { error: 'must be minor units as a text' }),
  }),
});

const declineCode = z
  .string()
  .refine((code): code is ResultCode => isResultCode(code) && resultStatusOf(code) === 'F', {
    error: 'must be a result code of status F',
  });

const behaviourBody = z.object({
  mode: z.enum(behaviourModes),
  delayMs: z.number().int().min(0).max(delayMsLimit).optional(),
  declineCode: declineCode.optional(),
});

const customerView = (customer: StoredCustomer) => ({
  id: customer.id,
  name: customer.name,
  balance: toWire(customer.balance),
});

function findWallet(walletId: string): ApiOutcome<SandboxWallet> {
  const wallet = sandboxWallets.find(({ id }) => id === walletId);
  if (wallet !== undefined) return done(wallet);
  return refused(404, 'WALLET_NOT_FOUND', `There is no wallet ${walletId}.`, 'walletId');
}

/** Registers `/sandbox/wallets…`. */
export function walletRoutes(server: FastifyInstance, options: WalletRoutesOptions): void {
  const { store, events } = options;

  function findCustomer({ walletId, customerId }: CustomerRoute): ApiOutcome<{
    wallet: SandboxWallet;
    customer: StoredCustomer;
  }> {
    const wallet = findWallet(walletId);
    if (!wallet.ok) return wallet;
    const customer = store.customer(walletId, customerId);
    if (customer !== null) return done({ wallet: wallet.value, customer });
    const message = `${walletId} has no customer ${customerId}.`;
    return refused(404, 'CUSTOMER_NOT_FOUND', message, 'customerId');
  }

  server.get('/sandbox/wallets', () => ({
    wallets: sandboxWallets.map((wallet) => ({
      ...walletView(wallet),
      behaviour: store.behaviour(wallet.id),
      customers: store.customers(wallet.id).map(customerView),
    })),
    ratesDate: options.ratesDate,
  }));

  server.put<{ Params: { walletId: string } }>(
    '/sandbox/wallets/:walletId/behaviour',
    (request, reply) => {
      const wallet = findWallet(request.params.walletId);
      if (!wallet.ok) return sendProblem(reply, wallet.problem);
      const body = readBody(behaviourBody, request.body);
      if (!body.ok) return sendProblem(reply, body.problem);
      const behaviour: Behaviour = {
        mode: body.value.mode,
        delayMs: body.value.delayMs ?? normalBehaviour.delayMs,
        declineCode: body.value.declineCode ?? normalBehaviour.declineCode,
      };
      options.desk.setBehaviour(wallet.value, behaviour);
      return reply.send(behaviour);
    },
  );

  server.get<{ Params: { walletId: string } }>(
    '/sandbox/wallets/:walletId/code-rules',
    (request, reply) => {
      const wallet = findWallet(request.params.walletId);
      if (!wallet.ok) return sendProblem(reply, wallet.problem);
      return reply.send(codeRulesView(options.visitor.codeRules.rulesOf(wallet.value.id)));
    },
  );

  server.get<{ Params: CustomerRoute }>(
    '/sandbox/wallets/:walletId/customers/:customerId',
    (request, reply) => {
      const found = findCustomer(request.params);
      if (!found.ok) return sendProblem(reply, found.problem);
      const { wallet, customer } = found.value;
      const payments = store.payments(wallet.id, customer.id).map(walletPaymentView);
      const pending = payments.find(({ status }) => status === 'AWAITING_CONFIRMATION') ?? null;
      return reply.send({
        wallet: walletView(wallet),
        customer: customerView(customer),
        payments,
        pending,
      });
    },
  );

  server.get<{ Params: CustomerRoute }>(
    '/sandbox/wallets/:walletId/customers/:customerId/events',
    (request, reply) => {
      const found = findCustomer(request.params);
      if (!found.ok) return sendProblem(reply, found.problem);
      const { wallet, customer } = found.value;
      reply.hijack();
      if (!events.listen(customerChannel(wallet.id, customer.id), reply.raw)) tooMany(reply);
      return reply;
    },
  );

  customerRoutes(server, options, findCustomer);
}

/**
 * More listeners than the sandbox serves: an event stream cannot say it better than by its
 * status.
 */
export function tooMany(reply: FastifyReply): void {
  const error = { code: 'TOO_MANY_LISTENERS', message: 'Too many pages listen. Close some.' };
  reply.raw.writeHead(503, { 'content-type': 'application/json' });
  reply.raw.end(JSON.stringify({ error }));
}

type FindCustomer = (
  route: CustomerRoute,
) => ApiOutcome<{ wallet: SandboxWallet; customer: StoredCustomer }>;

function customerRoutes(
  server: FastifyInstance,
  { desk, visitor }: WalletRoutesOptions,
  findCustomer: FindCustomer,
): void {
  const customerPath = '/sandbox/wallets/:walletId/customers/:customerId';

  server.post<{ Params: CustomerRoute }>(`${customerPath}/codes`, async (request, reply) => {
    const found = findCustomer(request.params);
    if (!found.ok) return sendProblem(reply, found.problem);
    const body = readBody(codesBody, request.body);
    if (!body.ok) return sendProblem(reply, body.problem);
    const { wallet, customer } = found.value;
    const codes = await requestCodes(visitor, wallet, customer.id, body.value.quantity ?? 1);
    return codes.ok ? reply.send({ codes: codes.value }) : sendProblem(reply, codes.problem);
  });

  server.get<{ Params: CustomerRoute }>(`${customerPath}/limits`, async (request, reply) => {
    const found = findCustomer(request.params);
    if (!found.ok) return sendProblem(reply, found.problem);
    const { wallet, customer } = found.value;
    const limits = await requestLimits(visitor, wallet, customer.id);
    return limits.ok ? reply.send({ limits: limits.value }) : sendProblem(reply, limits.problem);
  });

  server.post<{ Params: CustomerRoute }>(`${customerPath}/scans`, async (request, reply) => {
    const found = findCustomer(request.params);
    if (!found.ok) return sendProblem(reply, found.problem);
    const body = readBody(scanBody, request.body);
    if (!body.ok) return sendProblem(reply, body.problem);
    const { wallet, customer } = found.value;
    const { text, amount } = body.value;
    const typed = amount === undefined ? undefined : moneyOf(amount);
    const scanned = await scan(visitor, wallet, customer.id, text, typed);
    const intent = scanned.intent === null ? null : walletPaymentView(scanned.intent);
    return reply.send({ ...scanned, intent });
  });

  server.post<{ Params: CustomerRoute }>(`${customerPath}/top-up`, (request, reply) => {
    const found = findCustomer(request.params);
    if (!found.ok) return sendProblem(reply, found.problem);
    const body = readBody(topUpBody, request.body);
    if (!body.ok) return sendProblem(reply, body.problem);
    const { wallet, customer } = found.value;
    const { currency, value } = body.value.amount;
    const minor = BigInt(value);
    if (currency !== wallet.currency) {
      const message = `This wallet keeps ${wallet.currency}.`;
      return sendProblem(reply, refused(400, 'BAD_REQUEST', message, 'amount.currency').problem);
    }
    if (minor > topUpLimitMinor) {
      const message = `One top-up adds at most ${topUpLimitMinor} minor units.`;
      return sendProblem(reply, refused(400, 'BAD_REQUEST', message, 'amount.value').problem);
    }
    return reply.send(customerView(desk.topUp(wallet, customer.id, minor)));
  });

  server.post<{ Params: PaymentRoute }>(
    `${customerPath}/payments/:paymentRequestId/confirm`,
    (request, reply) => {
      const found = findCustomer(request.params);
      if (!found.ok) return sendProblem(reply, found.problem);
      const body = readBody(confirmBody, request.body);
      if (!body.ok) return sendProblem(reply, body.problem);
      const { wallet, customer } = found.value;
      const { paymentRequestId } = request.params;
      return answer(reply, desk.confirm(wallet, customer.id, paymentRequestId, body.value.pin));
    },
  );

  server.post<{ Params: PaymentRoute }>(
    `${customerPath}/payments/:paymentRequestId/decline`,
    (request, reply) => {
      const found = findCustomer(request.params);
      if (!found.ok) return sendProblem(reply, found.problem);
      const body = readBody(noFields, request.body);
      if (!body.ok) return sendProblem(reply, body.problem);
      const { wallet, customer } = found.value;
      return answer(reply, desk.decline(wallet, customer.id, request.params.paymentRequestId));
    },
  );
}

function answer(reply: FastifyReply, outcome: ApiOutcome<WalletPayment>): FastifyReply {
  if (!outcome.ok) return sendProblem(reply, outcome.problem);
  return reply.send(walletPaymentView(outcome.value));
}
