// The sandbox API of the acquirers: everything that a shopkeeper does at a till, as plain HTTP
// calls.

import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { amount } from '../wire/objects.ts';
import type { TillPayment } from './acquirer.ts';
import type { TillPlace } from './acquirer-messages.ts';
import { normalAcquirer, pushModes } from './acquirer-push.ts';
import type { AcquirerStore } from './acquirer-store.ts';
import { delayMsLimit } from './behaviour.ts';
import { type EventDesk, tillChannel } from './events.ts';
import { readBody, sendProblem, startAmount } from './http.ts';
import { type ApiOutcome, done, refused } from './outcome.ts';
import { sandboxAcquirers } from './partners.ts';
import type { TillDesk } from './till-commands.ts';
import { acquirerView, tillPaymentView } from './views.ts';
import { moneyOf } from './wallet-messages.ts';
import { tooMany } from './wallet-routes.ts';

export interface TillRoutesOptions {
  readonly store: AcquirerStore;
  readonly desk: TillDesk;
  readonly events: EventDesk;
}

export interface TillRoute {
  readonly acquirerId: string;
  readonly tillId: string;
}

interface PaymentRoute extends TillRoute {
  readonly paymentRequestId: string;
}

/**
 * Any text of digits that could be somebody's payment code; whether it is good is the hub's to
 * say.
 */
const startBody = z.object({
  amount: startAmount,
  code: z
    .string()
    .trim()
    .regex(/^[0-9]{16,32}$/, { error: 'must be a payment code: 24 digits' })
    .optional(),
  /** A code that the acquirer makes itself, instead of one of the network. */
  ownCode: z.literal(true).optional(),
  online: z
    .object({
      walletId: z.string().max(32),
      returnUrl: z.url({ protocol: /^https?$/, error: 'must be an address' }).max(1_024),
    })
    .optional(),
});

const behaviourBody = z.object({
  mode: z.enum(pushModes),
  delayMs: z.number().int().min(0).max(delayMsLimit).optional(),
});

const walletsBody = startBody.pick({ amount: true });

/** Without an amount all that is left is refunded. */
const refundBody = z.object({ amount: amount.optional() });

const noFields = z.object({});

const idempotencyKey = /^[A-Za-z0-9._-]{1,64}$/;

/** The caller's own id from the header, where there is one. */
function readKey(key: string | readonly string[] | undefined): ApiOutcome<string | undefined> {
  if (key === undefined) return done(undefined);
  if (typeof key === 'string' && idempotencyKey.test(key)) return done(key);
  const message = 'Idempotency-Key has 1 to 64 letters, digits, dots, dashes or underscores.';
  return refused(400, 'BAD_REQUEST', message, 'Idempotency-Key');
}

/** The till of a route with its shop and acquirer. */
export function findTill({ acquirerId, tillId }: TillRoute): ApiOutcome<TillPlace> {
  const acquirer = sandboxAcquirers.find(({ id }) => id === acquirerId);
  if (acquirer === undefined) {
    const message = `There is no acquirer ${acquirerId}.`;
    return refused(404, 'ACQUIRER_NOT_FOUND', message, 'acquirerId');
  }
  const shop = acquirer.shops.find(({ tills }) => tills.some(({ id }) => id === tillId));
  if (shop !== undefined) return done({ acquirer, shop, tillId });
  return refused(404, 'TILL_NOT_FOUND', `${acquirerId} has no till ${tillId}.`, 'tillId');
}

/** Registers `/sandbox/acquirers…`. */
export function tillRoutes(server: FastifyInstance, options: TillRoutesOptions): void {
  const { store, desk, events } = options;
  const tillPath = '/sandbox/acquirers/:acquirerId/tills/:tillId';

  function findPayment(route: PaymentRoute): ApiOutcome<TillPayment> {
    const place = findTill(route);
    if (!place.ok) return place;
    const payment = store.payment(route.acquirerId, route.paymentRequestId);
    if (payment?.tillId === route.tillId) return done(payment);
    const message = `This till has no payment ${route.paymentRequestId}.`;
    return refused(404, 'PAYMENT_NOT_FOUND', message, 'paymentRequestId');
  }

  server.get('/sandbox/acquirers', () => ({
    acquirers: sandboxAcquirers.map((acquirer) => ({
      ...acquirerView(acquirer),
      behaviour: store.behaviour(acquirer.id),
    })),
  }));

  server.put<{ Params: { acquirerId: string } }>(
    '/sandbox/acquirers/:acquirerId/behaviour',
    (request, reply) => {
      const { acquirerId } = request.params;
      if (!sandboxAcquirers.some(({ id }) => id === acquirerId)) {
        const message = `There is no acquirer ${acquirerId}.`;
        const { problem } = refused(404, 'ACQUIRER_NOT_FOUND', message, 'acquirerId');
        return sendProblem(reply, problem);
      }
      const body = readBody(behaviourBody, request.body);
      if (!body.ok) return sendProblem(reply, body.problem);
      const { mode, delayMs = normalAcquirer.delayMs } = body.value;
      store.setBehaviour(acquirerId, { mode, delayMs });
      return reply.send({ mode, delayMs });
    },
  );

  server.post<{ Params: TillRoute }>(`${tillPath}/payments`, async (request, reply) => {
    const place = findTill(request.params);
    if (!place.ok) return sendProblem(reply, place.problem);
    const body = readBody(startBody, request.body);
    if (!body.ok) return sendProblem(reply, body.problem);
    const key = readKey(request.headers['idempotency-key']);
    if (!key.ok) return sendProblem(reply, key.problem);
    if (body.value.ownCode === true) {
      const shown = desk.ownCodes.show(place.value, moneyOf(body.value.amount), key.value);
      if (!shown.ok) return sendProblem(reply, shown.problem);
      const { created, payment } = shown.value;
      return reply.code(created ? 201 : 200).send(tillPaymentView(payment));
    }
    const started = await desk.start(place.value, {
      amount: moneyOf(body.value.amount),
      code: body.value.code,
      page:
        body.value.online === undefined
          ? undefined
          : { product: 'cashier', env: { terminalType: 'WEB' }, ...body.value.online },
      paymentRequestId: key.value,
    });
    if (!started.ok) return sendProblem(reply, started.problem);
    const { created, payment } = started.value;
    return reply.code(created ? 201 : 200).send(tillPaymentView(payment));
  });

  server.post<{ Params: TillRoute }>(`${tillPath}/wallets`, async (request, reply) => {
    const place = findTill(request.params);
    if (!place.ok) return sendProblem(reply, place.problem);
    const body = readBody(walletsBody, request.body);
    if (!body.ok) return sendProblem(reply, body.problem);
    const wallets = await desk.wallets(place.value, moneyOf(body.value.amount));
    if (!wallets.ok) return sendProblem(reply, wallets.problem);
    return reply.send({ wallets: wallets.value });
  });

  server.get<{ Params: TillRoute }>(`${tillPath}/payments`, (request, reply) => {
    const place = findTill(request.params);
    if (!place.ok) return sendProblem(reply, place.problem);
    const { acquirerId, tillId } = request.params;
    return reply.send({ payments: store.payments(acquirerId, tillId).map(tillPaymentView) });
  });

  server.get<{ Params: PaymentRoute }>(
    `${tillPath}/payments/:paymentRequestId`,
    (request, reply) => {
      const found = findPayment(request.params);
      if (!found.ok) return sendProblem(reply, found.problem);
      return reply.send(tillPaymentView(found.value));
    },
  );

  server.post<{ Params: PaymentRoute }>(
    `${tillPath}/payments/:paymentRequestId/inquire`,
    async (request, reply) => {
      const found = findPayment(request.params);
      if (!found.ok) return sendProblem(reply, found.problem);
      return reply.send(tillPaymentView(await desk.inquire(found.value)));
    },
  );

  server.post<{ Params: PaymentRoute }>(
    `${tillPath}/payments/:paymentRequestId/cancel`,
    async (request, reply) => {
      const found = findPayment(request.params);
      if (!found.ok) return sendProblem(reply, found.problem);
      const body = readBody(noFields, request.body);
      if (!body.ok) return sendProblem(reply, body.problem);
      return reply.send(tillPaymentView(await desk.cancel(found.value)));
    },
  );

  server.post<{ Params: PaymentRoute }>(
    `${tillPath}/payments/:paymentRequestId/refunds`,
    async (request, reply) => {
      const found = findPayment(request.params);
      if (!found.ok) return sendProblem(reply, found.problem);
      const body = readBody(refundBody, request.body);
      if (!body.ok) return sendProblem(reply, body.problem);
      const key = readKey(request.headers['idempotency-key']);
      if (!key.ok) return sendProblem(reply, key.problem);
      const wanted = body.value.amount === undefined ? undefined : moneyOf(body.value.amount);
      const refunded = await desk.refund(found.value, wanted, key.value);
      if (!refunded.ok) return sendProblem(reply, refunded.problem);
      const { created, payment } = refunded.value;
      return reply.code(created ? 201 : 200).send(tillPaymentView(payment));
    },
  );

  server.get<{ Params: TillRoute }>(`${tillPath}/events`, (request, reply) => {
    const place = findTill(request.params);
    if (!place.ok) return sendProblem(reply, place.problem);
    const { acquirerId, tillId } = request.params;
    reply.hijack();
    if (!events.listen(tillChannel(acquirerId, tillId), reply.raw)) tooMany(reply);
    return reply;
  });
}
