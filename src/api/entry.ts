// The network's own address of an entry code: whoever opens it gets the order code, as JSON or as
// a page.

import type { FastifyInstance, FastifyReply } from 'fastify';
import { EngineRefusal } from '../engine/engine.ts';
import { toWire } from '../money/money.ts';
import { findByNumberCommand } from '../payments/find.ts';
import type { Payment } from '../payments/payment.ts';
import { orderCodeOf, readEntryToken, withCode } from '../payments/ways.ts';
import { type ResultCode, result } from '../wire/results.ts';
import type { Hub } from './hub.ts';
import { cashierWallets, disableReasonOf } from './partner/wallets.ts';

interface EntryRoute {
  readonly token: string;
}

/**
 * `/entry/<digits>` (protocol.md §1.4 step 4). A wallet that intercepts the address POSTs to it, or
 * asks for JSON, and goes on with `userInitiatedPay`; a browser is shown the page. Nothing is
 * written: the same address gives the same order code until the order has ended.
 */
export function entryRoutes(scope: FastifyInstance, hub: Hub): void {
  scope.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, _body, done) => done(null));
  scope.get<{ Params: EntryRoute }>('/entry/:token', (request, reply) => {
    if ((request.headers.accept ?? '').includes('text/html')) return reply.callNotFound();
    return send(hub, request.params.token, reply);
  });
  scope.post<{ Params: EntryRoute }>('/entry/:token', (request, reply) =>
    send(hub, request.params.token, reply),
  );
}

async function send(hub: Hub, token: string, reply: FastifyReply): Promise<FastifyReply> {
  const { status, body } = await entryOf(hub, token);
  return reply.header('cache-control', 'no-store').code(status).send(body);
}

/** What an entry address leads to, as JSON with its HTTP status. */
export async function entryOf(
  hub: Hub,
  token: string,
): Promise<{ readonly status: number; readonly body: object }> {
  const named = readEntryToken(token);
  const number = Number(named?.number);
  if (named === undefined || !Number.isSafeInteger(number)) return refuse('INVALID_CODE');
  const payment = await find(hub, number);
  if (payment === 'busy') return refuse('REQUEST_TRAFFIC_EXCEED_LIMIT');
  if (payment === undefined || payment.nonce !== named.nonce) return refuse('INVALID_CODE');
  const ended = endOf(payment, hub.now());
  if (ended !== undefined) return refuse(ended);
  const body = {
    codeValue: orderCodeOf(payment),
    expiresAt: new Date(payment.expiresAt).toISOString(),
    merchantName: payment.merchantName,
    amount: toWire(payment.amount),
    ...(payment.product === 'cashier' ? { wallets: walletsFor(hub, payment) } : {}),
  };
  return { status: 200, body };
}

/** The wallets that the visitor may choose from, each with the way to its cashier (§1.6). */
function walletsFor(hub: Hub, payment: Payment) {
  const rules = hub.configuration.rules();
  const regions = payment.page?.walletRegions ?? undefined;
  const code = orderCodeOf(payment) ?? '';
  const { currency } = payment.amount;
  const sale = { ...payment, product: 'cashier' } as const;
  const now = hub.now();
  return cashierWallets(rules)
    .filter((wallet) => disableReasonOf(rules, wallet, currency, regions, sale, now) === undefined)
    .map((wallet) => ({
      walletId: wallet.participantId,
      name: wallet.name,
      region: wallet.market,
      url: withCode(rules.directory.cashierOf(wallet.participantId)?.normalUrl ?? '', code),
    }));
}

async function find(hub: Hub, paymentNumber: number): Promise<Payment | undefined | 'busy'> {
  try {
    return await hub.desk.run(findByNumberCommand(hub.configuration.rules(), paymentNumber, true));
  } catch (error) {
    if (error instanceof EngineRefusal) return 'busy';
    throw error;
  }
}

/** Why no wallet can take the order any more; undefined while one can. */
function endOf(payment: Payment, now: number): ResultCode | undefined {
  if (payment.expiresAt <= now) return 'EXPIRED_CODE';
  return payment.state === 'PROCESSING' ? undefined : 'ORDER_IS_CLOSED';
}

const statuses: Partial<Record<ResultCode, number>> = {
  INVALID_CODE: 404,
  REQUEST_TRAFFIC_EXCEED_LIMIT: 503,
};

function refuse(code: ResultCode) {
  const body = { error: { code, message: result(code).resultMessage } };
  return { status: statuses[code] ?? 410, body };
}
