// The sandbox API as scripts meet it: lists, bad input, live news, and a description that is true.

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { apiDescription } from './api-description.ts';
import type { Pair } from './hub.fixture.ts';
import { startPair } from './hub.fixture.ts';
import { nextId, payMessage, verdict } from './messages.fixture.ts';

let pair: Pair;

beforeAll(async () => {
  pair = await startPair();
});

afterAll(async () => {
  expect(pair.failures).toEqual([]);
  await pair.close();
});

describe('lists', () => {
  test('13 wallets of 10 markets with three customers each, in home currency', async () => {
    type Wallet = {
      id: string;
      market: string;
      currency: string;
      behaviour: object;
      customers: { id: string; balance: { currency: string; value: string } }[];
    };
    const { body } = await pair.api<{ wallets: Wallet[]; ratesDate: string }>(
      'GET',
      '/sandbox/wallets',
    );
    expect(body.wallets).toHaveLength(13);
    expect(new Set(body.wallets.map(({ market }) => market)).size).toBe(10);
    expect(body.ratesDate).toMatch(/^\d{4}-\d{2}-\d{2}$/);
    for (const { currency, customers, behaviour } of body.wallets) {
      expect(behaviour).toMatchObject({ mode: 'normal' });
      expect(customers).toHaveLength(3);
      for (const { balance } of customers) {
        expect(balance.currency).toBe(currency);
        expect(BigInt(balance.value)).toBeGreaterThan(0n);
      }
    }
  });

  test('the acquirers with their shops; ids are their own', async () => {
    type Shop = { id: string; nameZh: string; mcc: string; tills: { id: string }[] };
    const { body } = await pair.api<{ acquirers: { shops: Shop[] }[] }>(
      'GET',
      '/sandbox/acquirers',
    );
    const shops = body.acquirers.flatMap((acquirer) => acquirer.shops);
    const tills = shops.flatMap((shop) => shop.tills.map(({ id }) => id));
    expect(shops).toHaveLength(17);
    expect(new Set([...tills, ...shops.map(({ id }) => id)]).size).toBe(
      tills.length + shops.length,
    );
    for (const shop of shops) {
      expect(shop.mcc).toMatch(/^\d{4}$/);
      expect(shop.nameZh).toMatch(/\p{Script=Han}/u);
    }
  });

  test('GET /sandbox/api names only endpoints that are there', async () => {
    pair.hub.onCall('inquiryUserLimits', () => ({ result: verdict('SUCCESS', 'S') }));
    const { body } = await pair.api<typeof apiDescription>('GET', '/sandbox/api');
    expect(body.endpoints.length).toBeGreaterThan(12);
    for (const { method, examplePath, path } of body.endpoints) {
      if (path.endsWith('/events') || method !== 'GET') continue;
      const target = examplePath ?? path;
      if (target.includes('{')) continue;
      // Some answer with a page instead of JSON.
      const answer = await fetch(`http://127.0.0.1:${pair.sandbox.port}${target}`);
      await answer.text();
      expect(answer.status).toBe(200);
    }
  });
});

describe('bad input is told clearly and changes nothing', () => {
  const customer = '/sandbox/wallets/TNG/customers/TNG-0001';
  const till = '/sandbox/acquirers/CHENGDU_PAY/tills/TILL-NOODLES-1';
  const good = { currency: 'CNY', value: '100' };

  test.each([
    ['GET', '/sandbox/nothing', undefined, 404, 'NOT_FOUND'],
    ['GET', '/sandbox/wallets/NONE/customers/X', undefined, 404, 'WALLET_NOT_FOUND'],
    ['GET', '/sandbox/wallets/TNG/customers/X', undefined, 404, 'CUSTOMER_NOT_FOUND'],
    ['POST', `${customer}/codes`, { quantity: 0 }, 400, 'BAD_REQUEST'],
    ['POST', `${customer}/codes`, { quantity: 11 }, 400, 'BAD_REQUEST'],
    ['POST', `${customer}/scans`, {}, 400, 'BAD_REQUEST'],
    ['POST', `${customer}/scans`, { text: '' }, 400, 'BAD_REQUEST'],
    ['POST', `${customer}/payments/X/confirm`, { pin: '12' }, 400, 'BAD_REQUEST'],
    ['POST', `${customer}/payments/X/confirm`, { pin: '123456' }, 404, 'PAYMENT_NOT_FOUND'],
    ['POST', `${customer}/payments/X/decline`, {}, 404, 'PAYMENT_NOT_FOUND'],
    ['POST', `${customer}/top-up`, { amount: good }, 400, 'BAD_REQUEST'],
    [
      'POST',
      `${customer}/top-up`,
      { amount: { currency: 'MYR', value: '-1' } },
      400,
      'BAD_REQUEST',
    ],
    ['PUT', '/sandbox/wallets/TNG/behaviour', { mode: 'lazy' }, 400, 'BAD_REQUEST'],
    ['PUT', '/sandbox/wallets/TNG/behaviour', { mode: 'delay', delayMs: -1 }, 400, 'BAD_REQUEST'],
    [
      'PUT',
      '/sandbox/wallets/TNG/behaviour',
      { mode: 'decline', declineCode: 'SUCCESS' },
      400,
      'BAD_REQUEST',
    ],
    ['PUT', '/sandbox/wallets/NONE/behaviour', { mode: 'normal' }, 404, 'WALLET_NOT_FOUND'],
    ['POST', `${till}/payments`, { amount: { currency: 'CNY', value: '0' } }, 400, 'BAD_REQUEST'],
    ['POST', `${till}/payments`, { amount: { currency: 'CNY', value: '1.5' } }, 400, 'BAD_REQUEST'],
    ['POST', `${till}/payments`, { amount: { currency: 'XYZ', value: '1' } }, 400, 'BAD_REQUEST'],
    ['POST', `${till}/payments`, { amount: good, code: 'abc' }, 400, 'BAD_REQUEST'],
    ['POST', '/sandbox/acquirers/NONE/tills/X/payments', {}, 404, 'ACQUIRER_NOT_FOUND'],
    ['POST', '/sandbox/acquirers/LAKESIDE/tills/X/payments', {}, 404, 'TILL_NOT_FOUND'],
    ['GET', `${till}/payments/X`, undefined, 404, 'PAYMENT_NOT_FOUND'],
  ])('%s %s %j', async (method, path, body, status, code) => {
    const answer = await pair.api(method, path, body);
    expect(answer.status).toBe(status);
    expect(answer.body.error).toMatchObject({ code });
    expect((answer.body.error as { message: string }).message).not.toBe('');
  });

  test('broken JSON, another content type, a long body, a bad Idempotency-Key', async () => {
    const url = `http://127.0.0.1:${pair.sandbox.port}${till}/payments`;
    const send = async (body: string, headers: Record<string, string>) => {
      const response = await fetch(url, { method: 'POST', body, headers });
      return { status: response.status, body: (await response.json()) as { error: object } };
    };
    const json = { 'content-type': 'application/json' };
    expect((await send('{"amount"', json)).status).toBe(400);
    expect((await send('amount=1', { 'content-type': 'text/plain' })).status).toBe(415);
    expect((await send(JSON.stringify({ pad: 'x'.repeat(20_000) }), json)).status).toBe(413);
    const key = await send(JSON.stringify({ amount: good }), { ...json, 'idempotency-key': 'a b' });
    expect(key.body.error).toMatchObject({ field: 'Idempotency-Key' });
    const { body } = await pair.api<{ payments: object[] }>('GET', `${till}/payments`);
    expect(body.payments).toEqual([]);
  });

  test('an unknown partner, and calls that are not signed', async () => {
    const base = `http://127.0.0.1:${pair.sandbox.port}/partners`;
    const none = await fetch(`${base}/NONE/aps/api/v1/payments/pay`, { method: 'POST' });
    expect(none.status).toBe(404);
    const path = '/TNG/aps/api/v1/payments/pay';
    const unsigned = await fetch(base + path, { method: 'POST', body: '{}' });
    expect(unsigned.headers.get('signature')).toMatch(/^algorithm=RSA256/);
    expect(await unsigned.json()).toMatchObject({ result: { resultCode: 'INVALID_CLIENT' } });
  });
});

test('a page hears of a payment and of the balance as they happen', async () => {
  const url = `http://127.0.0.1:${pair.sandbox.port}`;
  const response = await fetch(`${url}/sandbox/wallets/TNG/customers/TNG-0001/events`);
  expect(response.headers.get('content-type')).toMatch(/^text\/event-stream/);
  const reader = (response.body as ReadableStream<Uint8Array>).getReader();
  const id = nextId();
  await pair.hub.call(pair.sandbox, 'TNG', 'pay', payMessage(id));
  let text = '';
  while (!/event: balance\ndata: .*\n\n/.test(text)) {
    const { value } = await reader.read();
    text += new TextDecoder().decode(value);
  }
  await reader.cancel();
  const news = /event: payment\ndata: (.*)\n\n/.exec(text);
  expect(JSON.parse(news?.[1] ?? '{}')).toMatchObject({ paymentRequestId: id, status: 'SUCCESS' });
});
