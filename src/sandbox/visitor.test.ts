// A visitor scans order codes, consents, says no, and shows payment codes: over the sandbox API.

import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { HeardCall, Pair } from './hub.fixture.ts';
import { startPair, until } from './hub.fixture.ts';
import { nameMessage, nextId, orderAnswer, orderCodeOf, verdict } from './messages.fixture.ts';

const customer = '/sandbox/wallets/TNG/customers/TNG-0001';
const success = { result: verdict('SUCCESS', 'S') };

let pair: Pair;
let number = 1000;

beforeAll(async () => {
  pair = await startPair();
});

afterEach(async () => {
  await pair.api('PUT', '/sandbox/wallets/TNG/behaviour', { mode: 'normal' });
  pair.hub.onCall('notifyPayment', () => success);
  expect(pair.failures).toEqual([]);
});

afterAll(async () => {
  await pair.close();
});

async function balance(): Promise<bigint> {
  type Body = { customer: { balance: { value: string } } };
  const { body } = await pair.api<Body>('GET', customer);
  return BigInt(body.customer.balance.value);
}

/** Scans a fresh order code whose order the hub names `id`. */
async function scanned(id: string, changes: object = {}) {
  number += 1;
  pair.hub.onCall('userInitiatedPay', () => orderAnswer(id, changes));
  return pair.api('POST', `${customer}/scans`, { text: orderCodeOf(number) });
}

const notices = (id: string): HeardCall[] =>
  pair.hub.heard.filter(({ api, body }) => api === 'notifyPayment' && body.paymentRequestId === id);

const confirm = (id: string, pin = '123456') =>
  pair.api('POST', `${customer}/payments/${id}/confirm`, { pin });

const outcomes = (id: string) =>
  notices(id).map(({ body }) => (body.paymentResult as { resultStatus: string }).resultStatus);

async function noticesReach(id: string, count: number): Promise<void> {
  await until(`${count} notices`, () => (notices(id).length >= count ? true : undefined));
}

describe('an order code', () => {
  test('is shown with both amounts and the rate, then paid with the PIN and notified', async () => {
    const before = await balance();
    const id = nextId();
    const { status, body } = await scanned(id);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      identified: { kind: 'order_code', payable: true },
      intent: {
        paymentRequestId: id,
        status: 'AWAITING_CONFIRMATION',
        product: 'order_code',
        merchantName: 'Granny Lin Noodle House',
        storeName: '林婆婆面馆',
        city: 'Chengdu',
        amount: { currency: 'CNY', value: '3600' },
        payToAmount: { currency: 'MYR', value: '2202' },
        rate: { pair: 'CNY/MYR', price: '0.6118', midPrice: '0.60873', spreadPercent: '0.5' },
      },
    });
    expect(body.problem).toBeUndefined();
    expect(await balance()).toBe(before);
    const page = await pair.api('GET', customer);
    expect(page.body.pending).toMatchObject({ paymentRequestId: id });
    expect((await confirm(id)).body).toMatchObject({ status: 'SUCCESS' });
    expect(await balance()).toBe(before - 2202n);
    await noticesReach(id, 1);
    expect(notices(id)[0]).toMatchObject({ verdict: 'valid', partnerId: 'TNG' });
  });

  test('scanned twice is one payment', async () => {
    const id = nextId();
    const first = await scanned(id);
    const text = orderCodeOf(number);
    await confirm(id);
    const again = await pair.api('POST', `${customer}/scans`, { text });
    expect(again.body.intent).toMatchObject({
      paymentRequestId: id,
      status: 'SUCCESS',
      walletPaymentId: (first.body.intent as { walletPaymentId: string }).walletPaymentId,
    });
  });

  test('that the hub cancelled before is shown as closed', async () => {
    const id = nextId();
    await pair.hub.call(pair.sandbox, 'TNG', 'cancelPayment', nameMessage(id));
    const { body } = await scanned(id);
    const closed = { status: 'FAILED', failureCode: 'ORDER_IS_CLOSED' };
    expect(body.intent).toMatchObject(closed);
    expect((await confirm(id)).body).toMatchObject(closed);
    expect(notices(id)).toEqual([]);
  });

  test('is refused by the hub: the visitor reads why', async () => {
    pair.hub.onCall('userInitiatedPay', () => ({ result: verdict('EXPIRED_CODE', 'F') }));
    const { body } = await pair.api('POST', `${customer}/scans`, { text: orderCodeOf(77) });
    expect(body).toMatchObject({ intent: null, problem: { code: 'EXPIRED_CODE' } });
  });

  test.each([['silent' as const], ['unsigned' as const]])('the hub is %s', async (manners) => {
    pair.hub.onCall('userInitiatedPay', () => manners);
    const { body } = await pair.api('POST', `${customer}/scans`, { text: orderCodeOf(78) });
    expect(body).toMatchObject({ intent: null, problem: { code: 'UNKNOWN_EXCEPTION' } });
  });

  test.each([
    ['a web page', 'https://example.com/menu', 'url'],
    ['nonsense', 'hello', 'unknown'],
    ['a payment code', '281808020001123456789012', 'payment_code'],
  ])('%s never reaches the hub', async (_what, text, kind) => {
    const before = pair.hub.heard.length;
    const { body } = await pair.api('POST', `${customer}/scans`, { text });
    expect(body).toMatchObject({ identified: { kind }, intent: null });
    expect(body.problem).toMatchObject({ code: 'INVALID_CODE' });
    expect(pair.hub.heard).toHaveLength(before);
  });

  test('the visitor says no: F is notified', async () => {
    const id = nextId();
    await scanned(id);
    const declined = await pair.api('POST', `${customer}/payments/${id}/decline`, {});
    expect(declined.body).toMatchObject({ status: 'FAILED', failureCode: 'PROCESS_FAIL' });
    await noticesReach(id, 1);
    expect(outcomes(id)).toEqual(['F']);
    expect((await confirm(id)).body.status).toBe('FAILED');
  });

  test('the balance is too low: F is notified', async () => {
    const id = nextId();
    await scanned(id, { payToAmount: { currency: 'MYR', value: '99999999' } });
    expect((await confirm(id)).body).toMatchObject({
      status: 'FAILED',
      failureCode: 'USER_BALANCE_NOT_ENOUGH',
    });
    await noticesReach(id, 1);
    expect(outcomes(id)).toEqual(['F']);
  });

  test('confirmed after its expiry it is not paid', async () => {
    const before = await balance();
    const id = nextId();
    await scanned(id, { paymentExpiryTime: new Date(Date.now() - 1_000).toISOString() });
    expect((await confirm(id)).body).toMatchObject({ failureCode: 'ORDER_IS_CLOSED' });
    expect(await balance()).toBe(before);
  });

  test("another customer's payment is not found", async () => {
    const id = nextId();
    await scanned(id);
    const other = `/sandbox/wallets/TNG/customers/TNG-0002/payments/${id}/confirm`;
    const { status, body } = await pair.api('POST', other, { pin: '123456' });
    expect(status).toBe(404);
    expect(body.error).toMatchObject({ code: 'PAYMENT_NOT_FOUND' });
  });

  test('a paid order that the hub reverses is returned', async () => {
    const before = await balance();
    const id = nextId();
    await scanned(id);
    await confirm(id);
    await pair.hub.call(pair.sandbox, 'TNG', 'cancelPayment', nameMessage(id));
    expect(await balance()).toBe(before);
    const page = await pair.api<{ payments: { status: string }[] }>('GET', customer);
    expect(page.body.payments[0]?.status).toBe('REVERSED');
  });
});

describe('an order code at a wallet that misbehaves', () => {
  const behave = (behaviour: object) =>
    pair.api('PUT', '/sandbox/wallets/TNG/behaviour', behaviour);

  test.each([
    ['decline', { mode: 'decline' }, 'FAILED', ['F'], 0n],
    ['delay', { mode: 'delay', delayMs: 150 }, 'SUCCESS', ['S'], -2202n],
    ['answer_late', { mode: 'answer_late', delayMs: 150 }, 'UNKNOWN', ['S'], -2202n],
    ['change_mind', { mode: 'change_mind', delayMs: 150 }, 'FAILED', ['F', 'S'], -2202n],
    ['duplicate', { mode: 'duplicate' }, 'SUCCESS', ['S', 'S'], -2202n],
  ])('%s', async (_mode, behaviour, first, told, change) => {
    await behave(behaviour);
    const before = await balance();
    const id = nextId();
    await scanned(id);
    expect((await confirm(id)).body.status).toBe(first);
    await noticesReach(id, told.length);
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(outcomes(id)).toEqual(told);
    expect(await balance()).toBe(before + change);
  });

  test('delay keeps the notice back', async () => {
    await behave({ mode: 'delay', delayMs: 300 });
    const id = nextId();
    await scanned(id);
    const began = performance.now();
    await confirm(id);
    await noticesReach(id, 1);
    expect(performance.now() - began).toBeGreaterThan(290);
  });

  test('timeout: debits and never notifies, inquiry tells', async () => {
    await behave({ mode: 'timeout' });
    const id = nextId();
    await scanned(id);
    expect((await confirm(id)).body.status).toBe('SUCCESS');
    await new Promise((resolve) => setTimeout(resolve, 150));
    expect(notices(id)).toEqual([]);
    const message = nameMessage(id);
    const asked = await pair.hub.call(pair.sandbox, 'TNG', 'inquiryPayment', message);
    expect(asked.body.paymentResult).toMatchObject({ resultStatus: 'S' });
  });

  test('bad_signature: the first notice is signed wrongly, the second well', async () => {
    await behave({ mode: 'bad_signature' });
    const id = nextId();
    await scanned(id);
    await confirm(id);
    await noticesReach(id, 2);
    expect(notices(id).map((notice) => notice.verdict)).toEqual(['bad_signature', 'valid']);
  });
});

describe('payment codes', () => {
  test('come from the hub, with their lives', async () => {
    pair.hub.onCall('getPaymentCode', () => ({
      ...success,
      paymentCodeList: [
        {
          paymentCode: '281808020001123456789012',
          paymentCodeIssueTime: '2026-11-22T08:00:00+08:00',
          paymentCodeExpiryTime: '2026-11-22T08:01:00+08:00',
        },
      ],
    }));
    const { body } = await pair.api('POST', `${customer}/codes`, { quantity: 1 });
    expect(body).toEqual({
      codes: [
        {
          code: '281808020001123456789012',
          issuedAt: '2026-11-22T00:00:00.000Z',
          expiresAt: '2026-11-22T00:01:00.000Z',
        },
      ],
    });
    const call = pair.hub.heard.findLast(({ api }) => api === 'getPaymentCode');
    expect(call).toMatchObject({
      verdict: 'valid',
      body: { customerId: 'TNG-0001', codeQuantity: '1', region: 'CN' },
    });
  });

  test('the hub refuses or is silent: said as it is', async () => {
    pair.hub.onCall('getPaymentCode', () => ({ result: verdict('INVALID_CONTRACT', 'F') }));
    const refused = await pair.api('POST', `${customer}/codes`);
    expect(refused.status).toBe(502);
    expect(refused.body.error).toMatchObject({ code: 'INVALID_CONTRACT' });
    pair.hub.onCall('getPaymentCode', () => 'silent');
    const silent = await pair.api('POST', `${customer}/codes`);
    expect(silent.status).toBe(504);
    expect(silent.body.error).toMatchObject({ code: 'HUB_SILENT' });
  });
});

describe('limits', () => {
  const limit = {
    limitName: 'mainland.instore',
    limitPeriod: 'YEAR',
    titleEn: 'Shops',
    titleZh: '门店',
    limitAmount: { currency: 'CNY', value: '35000000' },
    remainingAmount: { currency: 'CNY', value: '0' },
    isNear: 'true',
  };

  test('what is left is what the hub says', async () => {
    pair.hub.onCall('inquiryUserLimits', ({ customerId }) => ({
      result: verdict('SUCCESS', 'S'),
      userLimits: customerId === 'TNG-0001' ? [limit] : [],
    }));
    const { status, body } = await pair.api('GET', `${customer}/limits`);
    expect(status).toBe(200);
    expect(body).toEqual({ limits: [limit] });
  });

  test('a hub that does not say is told as it is', async () => {
    pair.hub.onCall('inquiryUserLimits', () => ({ result: verdict('ACCESS_DENIED', 'F') }));
    const { status, body } = await pair.api('GET', `${customer}/limits`);
    expect(status).toBe(502);
    expect(body).toMatchObject({ error: { code: 'ACCESS_DENIED' } });
  });

  test('a scan over a limit names the page that says why', async () => {
    const redirectUrl = 'https://wayfare.example/limit?rule=mainland.instore';
    number += 1;
    pair.hub.onCall('userInitiatedPay', () => ({
      result: verdict('USER_AMOUNT_EXCEED_LIMIT', 'F'),
      actionForm: { actionType: 'REDIRECT', redirectUrl },
    }));
    const { body } = await pair.api('POST', `${customer}/scans`, { text: orderCodeOf(number) });
    expect(body).toMatchObject({
      intent: null,
      problem: { code: 'USER_AMOUNT_EXCEED_LIMIT', url: redirectUrl },
    });
  });
});
