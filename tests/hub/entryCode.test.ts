// An entry code: the address that `pay` gives, what opening it gives, and who may go on from there.

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Rig, startRig } from './rig.ts';
import {
  acquirer,
  contents,
  expectBalanced,
  korean,
  malaysian,
  openEntry,
  payForEntryCode,
  rates,
  yuan,
} from './scenes.ts';

let rig: Rig;

beforeAll(async () => {
  rig = await startRig({ lanes: 4, partners: [acquirer, malaysian, korean], rates });
});

afterAll(async () => {
  await expectBalanced(rig);
  await rig.close();
});

/** Places an order; gives the path of its address. */
async function place(id: string, changes: object = {}): Promise<string> {
  const told = await rig.call('CHENGDU', 'pay', {
    ...payForEntryCode(id, yuan(3_600)),
    ...changes,
  });
  expect(told.resultCode).toBe('PAYMENT_IN_PROCESS');
  expect(told.body.orderCodeForm).toBeUndefined();
  const url = String(told.body.paymentUrl);
  expect(url).toMatch(/^https:\/\/wayfare\.example\/entry\/[0-9]{39}$/);
  return new URL(url).pathname;
}

const open = (path: string, method?: 'GET' | 'POST') => openEntry(rig, path, method);

const scan = (codeValue = '', walletId = 'TNG', customerId = 'ANNA') =>
  rig.call(walletId, 'userInitiatedPay', { codeValue, customerId });

describe('the address of an entry code', () => {
  test('becomes an order code, always the same, and changes nothing', async () => {
    const path = await place('E1');
    const before = await contents(rig);
    const first = await open(path);
    expect(first).toMatchObject({ status: 200, merchantName: 'Ramen House' });
    expect(await open(path, 'GET')).toEqual(first);
    expect(await contents(rig)).toEqual(before);
  });

  test('it goes on as with an order code, and both sides have ids of their own', async () => {
    const { codeValue } = await open(
      await place('E2', { paymentRedirectUrl: 'https://shop.example/thanks' }),
    );
    const shown = await scan(codeValue);
    expect(shown.body).toMatchObject({
      result: { resultCode: 'SUCCESS' },
      codeType: 'ORDER_CODE',
      paymentFactor: { inStorePaymentScenario: 'EntryCode', isCashierPayment: 'true' },
      paymentRedirectUrl: 'https://shop.example/thanks',
      paymentAmount: { currency: 'CNY', value: '3600' },
    });
    const legId = String(shown.body.paymentRequestId);
    expect(legId).not.toBe('E2');
    const paid = await rig.call('TNG', 'notifyPayment', {
      paymentRequestId: legId,
      paymentResult: { resultCode: 'SUCCESS', resultStatus: 'S' },
      paymentId: 'W-E2',
    });
    expect(paid.resultCode).toBe('SUCCESS');
    const asked = await rig.call('CHENGDU', 'inquiryPayment', { paymentRequestId: 'E2' });
    expect(asked.body).toMatchObject({
      paymentResult: { resultCode: 'SUCCESS' },
      mppPaymentId: 'W-E2',
    });
    expect(asked.body.paymentId).not.toBe(legId);
  });

  test('is over when the order is: closed once paid, expired after three minutes', async () => {
    const path = await place('E3');
    const { codeValue } = await open(path);
    await rig.advance(180_000);
    expect(await open(path)).toMatchObject({ status: 410, error: { code: 'EXPIRED_CODE' } });
    expect((await scan(codeValue)).resultCode).toBe('EXPIRED_CODE');

    const other = await place('E4');
    const opened = await open(other);
    const shown = await scan(opened.codeValue);
    await rig.call('TNG', 'notifyPayment', {
      paymentRequestId: String(shown.body.paymentRequestId),
      paymentResult: { resultCode: 'SUCCESS', resultStatus: 'S' },
      paymentId: 'W-E4',
    });
    expect(await open(other)).toMatchObject({ status: 410, error: { code: 'ORDER_IS_CLOSED' } });
    // Told again after the end, the acquirer sees no address any more.
    const again = await rig.call('CHENGDU', 'pay', payForEntryCode('E4', yuan(3_600)));
    expect(again.resultCode).toBe('SUCCESS');
    expect(again.body.paymentUrl).toBeUndefined();
  });

  test.each([
    ['no digits', '/entry/hello'],
    ['too short', '/entry/28166613'],
    ['a payment that is not there', `/entry/281666130001${'1'.padStart(19, '0')}12345678`],
  ])('%s is no code', async (_, path) => {
    expect(await open(path)).toMatchObject({ status: 404, error: { code: 'INVALID_CODE' } });
  });

  test('another nonce is no code', async () => {
    const path = await place('E5');
    const last = path.endsWith('1') ? '2' : '1';
    const other = path.slice(0, -1) + last;
    expect(await open(other)).toMatchObject({ status: 404, error: { code: 'INVALID_CODE' } });
  });
});

describe('the acquirer', () => {
  test('gets the same address for the same order, and none for another', async () => {
    const path = await place('E6');
    expect(await place('E6')).toBe(path);
    const other = await rig.call('CHENGDU', 'pay', payForEntryCode('E6', yuan(3_700)));
    expect(other.resultCode).toBe('REPEAT_REQ_INCONSISTENT');
  });

  test('thirty-two at once are one order', async () => {
    const all = await Promise.all(
      Array.from({ length: 32 }, () =>
        rig.call('CHENGDU', 'pay', payForEntryCode('E7', yuan(3_600))),
      ),
    );
    expect(new Set(all.map((told) => told.body.paymentUrl)).size).toBe(1);
  });

  test('may not leave out what tells the wallet that opened the page', async () => {
    const body = payForEntryCode('E8', yuan(3_600));
    const { env: _, ...order } = body.order as { env: object };
    const told = await rig.call('CHENGDU', 'pay', { ...body, order });
    expect(told).toMatchObject({ resultCode: 'PARAM_ILLEGAL' });
    expect(told.resultMessage).toMatch(/order\.env\.userAgent is missing/);
    const asked = await rig.call('CHENGDU', 'inquiryPayment', { paymentRequestId: 'E8' });
    expect(asked.resultCode).toBe('ORDER_NOT_EXIST');
  });

  test('may restrict the wallets by region', async () => {
    const { codeValue } = await open(await place('E9', { allowedPspRegions: ['KR', 'TH'] }));
    expect((await scan(codeValue)).resultCode).toBe('UNAVAILABLE_PAYMENT_METHOD');
    expect((await scan(codeValue, 'KAKAO')).resultCode).toBe('SUCCESS');
  });
});
