// The merchant dialect over real HTTP, by requests as the official SDKs write them.

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type MerchantScene, openMerchantScene, type Shop } from './merchantShop.ts';
import { codeOf, expectBalanced, orderCodeIn, yuan } from './scenes.ts';
import { isGenuineNotice, type SdkName, sdks } from './sdk.ts';

let scene: MerchantScene;
let ramen: Shop;
let tea: Shop;

beforeAll(async () => {
  scene = await openMerchantScene();
  ramen = await scene.addShop('RAMEN', 'java');
  tea = await scene.addShop('TEA', 'php');
});

afterAll(async () => {
  await expectBalanced(scene.rig);
  await scene.close();
});

/** A request for a bowl of noodles, as an SDK's user writes it. */
function noodles(paymentRequestId: string, amount: object, paymentCode?: string) {
  return {
    productCode: 'IN_STORE_PAYMENT',
    paymentRequestId,
    paymentAmount: amount,
    order: {
      referenceOrderId: paymentRequestId,
      orderDescription: '担担面 / noodles',
      orderAmount: amount,
      merchant: {
        referenceMerchantId: 'RAMEN',
        merchantMCC: '5812',
        merchantName: '面馆',
        store: { referenceStoreId: 'S1', storeName: 'Chunxi Road', storeMCC: '5812' },
      },
      env: { storeTerminalId: 'T1', storeTerminalRequestTime: '2026-11-21T12:00:00+08:00' },
    },
    paymentMethod: {
      paymentMethodType: 'CONNECT_WALLET',
      ...(paymentCode === undefined ? {} : { paymentMethodId: paymentCode }),
    },
    paymentFactor: {
      inStorePaymentScenario: paymentCode === undefined ? 'OrderCode' : 'PaymentCode',
    },
  };
}

async function paid(shop: Shop, id: string, fen = 10_000) {
  const { rig } = scene;
  const code = await codeOf(rig, 'TNG');
  const answer = await shop.call('pay', noodles(id, yuan(fen), code));
  expect(answer.result.resultCode).toBe('SUCCESS');
  await rig.rest();
  return answer.body as { paymentId: string; [field: string]: unknown };
}

describe.each(Object.keys(sdks) as SdkName[])('the %s SDK', (sdk) => {
  let shop: Shop;
  beforeAll(async () => {
    shop = await scene.addShop(`SHOP-${sdk}`, sdk);
  });

  test('charges a payment code, hears of it, asks, and gives a part back', async () => {
    const { rig, heard } = scene;
    const before = heard.length;
    // Python writes what it is given: a number here.
    const amount = sdk === 'python' ? { currency: 'CNY', value: 12_000 } : yuan(12_000);
    const code = await codeOf(rig, 'TNG');
    const done = await shop.call('pay', noodles('P1', amount, code));
    expect(done.body).toMatchObject({
      result: { resultCode: 'SUCCESS', resultStatus: 'S' },
      paymentRequestId: 'P1',
      paymentAmount: yuan(12_000),
      pspCustomerInfo: { pspName: 'TNG', pspCustomerId: 'ANNA' },
    });
    const { paymentId } = done.body;
    await rig.rest();

    const [notice] = heard.slice(before);
    expect(heard.length - before).toBe(1);
    if (notice === undefined) throw new Error('no notice');
    expect(notice.path).toBe('/notify?shop=1');
    expect(notice.headers['client-id']).toBe(shop.id);
    expect(isGenuineNotice(notice, scene.networkKey)).toBe(true);
    const changed = { ...notice, body: notice.body.replace('12000', '1') };
    expect(isGenuineNotice(changed, scene.networkKey)).toBe(false);
    expect(JSON.parse(notice.body)).toMatchObject({
      notifyType: 'PAYMENT_RESULT',
      result: { resultStatus: 'S', resultCode: 'SUCCESS' },
      paymentRequestId: 'P1',
      paymentId,
      paymentAmount: yuan(12_000),
    });

    const asked = await shop.call('inquiryPayment', { paymentRequestId: 'P1' });
    expect(asked.body).toMatchObject({
      result: { resultCode: 'SUCCESS' },
      paymentStatus: 'SUCCESS',
      paymentResultCode: 'SUCCESS',
      paymentId,
      paymentRequestId: 'P1',
    });

    const refundAmount = yuan(5_000);
    const back = await shop.call('refund', { refundRequestId: 'R1', paymentId, refundAmount });
    expect(back.body).toMatchObject({
      result: { resultCode: 'SUCCESS' },
      paymentId,
      refundRequestId: 'R1',
      refundAmount,
    });
    const { refundId } = back.body;
    for (const name of [
      { refundRequestId: 'R1' },
      { refundId },
      { refundRequestId: 'X', refundId },
    ]) {
      const refund = await shop.call('inquiryRefund', name);
      expect(refund.body).toMatchObject({
        result: { resultCode: 'SUCCESS' },
        refundStatus: 'SUCCESS',
        refundRequestId: 'R1',
        refundId,
        refundAmount,
      });
    }
    const after = await shop.call('inquiryPayment', { paymentId });
    expect(after.body.transactions).toMatchObject([
      { transactionType: 'PAYMENT', transactionRequestId: 'P1', transactionStatus: 'SUCCESS' },
      { transactionType: 'REFUND', transactionRequestId: 'R1', transactionId: refundId },
    ]);
  });

  test('shows an order code, and cancels', async () => {
    const { rig } = scene;
    const placed = await shop.call('pay', noodles('P2', yuan(800)));
    expect(placed.result).toMatchObject({ resultStatus: 'U', resultCode: 'PAYMENT_IN_PROCESS' });
    const codeValue = orderCodeIn({ ...placed.result, body: placed.body });
    const scan = await rig.call('KAKAO', 'userInitiatedPay', { codeValue, customerId: 'MIN' });
    expect(scan.resultCode).toBe('SUCCESS');
    expect(scan.body.order).toMatchObject({ orderDescription: '担担面 / noodles' });

    const gone = await shop.call('cancel', { paymentRequestId: 'P2' });
    expect(gone.body).toMatchObject({
      result: { resultCode: 'SUCCESS' },
      paymentRequestId: 'P2',
      paymentId: placed.body.paymentId,
      cancelTime: expect.stringMatching(/^2026-11-21T/),
    });
    const asked = await shop.call('inquiryPayment', { paymentId: placed.body.paymentId });
    expect(asked.body).toMatchObject({ paymentStatus: 'CANCELLED' });
    await rig.rest();
  });
});

test('a client id that begins with SANDBOX_ is served at the sandbox path', async () => {
  const shop = await scene.addShop('TRY', 'python', { clientId: 'SANDBOX_5YTRY' });
  const { paymentId } = await paid(shop, 'P1');
  const asked = await shop.call('inquiryPayment', { paymentId });
  expect(asked.body.paymentStatus).toBe('SUCCESS');
});

describe('two merchants', () => {
  test('may use the same ids', async () => {
    const first = await paid(ramen, 'SAME', 1_100);
    const second = await paid(tea, 'SAME', 2_200);
    expect(first.paymentId).not.toBe(second.paymentId);
    for (const [shop, fen] of [
      [ramen, 1_100],
      [tea, 2_200],
    ] as const) {
      const asked = await shop.call('inquiryPayment', { paymentRequestId: 'SAME' });
      expect(asked.body).toMatchObject({ paymentRequestId: 'SAME', paymentAmount: yuan(fen) });
      const back = await shop.call('refund', {
        refundRequestId: 'SAME',
        paymentRequestId: 'SAME',
        refundAmount: yuan(100),
      });
      expect(back.result.resultCode).toBe('SUCCESS');
    }
    const { database } = scene.rig.fresh;
    const rows = await database.query<{ request_key: string }>(
      "select request_key from payments where request_key like '%SAME' order by 1",
    );
    expect(rows.map((row) => row.request_key)).toEqual([
      'WAYFARE_ACQUIRING/RAMEN:SAME',
      'WAYFARE_ACQUIRING/TEA:SAME',
    ]);
  });

  test("know nothing of each other's payments and refunds", async () => {
    const { paymentId } = await paid(ramen, 'MINE');
    const refundAmount = yuan(100);
    const own = await ramen.call('refund', { refundRequestId: 'M1', paymentId, refundAmount });
    const { refundId } = own.body;
    const foreign: [string, object][] = [
      ['inquiryPayment', { paymentId }],
      ['inquiryPayment', { paymentRequestId: 'MINE' }],
      ['inquiryPayment', { paymentRequestId: 'RAMEN:MINE' }],
      ['cancel', { paymentId }],
      ['cancel', { paymentRequestId: 'OTHER', paymentId }],
      ['refund', { refundRequestId: 'T1', paymentId, refundAmount }],
      ['inquiryRefund', { refundId }],
      ['inquiryRefund', { refundRequestId: 'M1' }],
    ];
    for (const [api, body] of foreign) {
      const told = await tea.call(api, body);
      expect([api, told.result.resultCode]).toEqual([api, 'ORDER_NOT_EXIST']);
      expect(Object.keys(told.body)).toEqual(['result']);
    }
    const asked = await ramen.call('inquiryPayment', { paymentId });
    expect(asked.body).toMatchObject({ paymentStatus: 'SUCCESS' });
    expect(asked.body.transactions).toHaveLength(2);
  });

  test("do not see an outside acquirer's payments", async () => {
    const { rig } = scene;
    const request = noodles('RAMEN:OUT', yuan(500), await codeOf(rig, 'TNG'));
    const outside = await rig.call('CHENGDU', 'pay', {
      ...request,
      paymentFactor: { isInStorePayment: 'true', inStorePaymentScenario: 'PaymentCode' },
    });
    const asked = await ramen.call('inquiryPayment', { paymentId: outside.body.paymentId });
    expect(asked.result.resultCode).toBe('ORDER_NOT_EXIST');
    await rig.rest();
  });
});

describe('the same id again', () => {
  test('with the same terms is the same payment, 32 at once', async () => {
    const { rig } = scene;
    const code = await codeOf(rig, 'TNG');
    const request = noodles('TWICE', yuan(3_300), code);
    const answers = await Promise.all(Array.from({ length: 32 }, () => ramen.call('pay', request)));
    await rig.rest();
    const again = await ramen.call('pay', request);
    expect(again.result.resultCode).toBe('SUCCESS');
    const ids = new Set([...answers, again].map((each) => each.body.paymentId));
    expect(ids.size).toBe(1);
    const rows = await rig.fresh.database.query(
      "select 1 from payments where request_key = 'WAYFARE_ACQUIRING/RAMEN:TWICE'",
    );
    expect(rows).toHaveLength(1);
  });

  test('with other terms is refused', async () => {
    await paid(ramen, 'OTHER', 900);
    const code = await codeOf(scene.rig, 'TNG');
    const told = await ramen.call('pay', noodles('OTHER', yuan(901), code));
    expect(told.result.resultCode).toBe('REPEAT_REQ_INCONSISTENT');
  });

  test('of a refund: once, or refused', async () => {
    const { paymentId } = await paid(ramen, 'BACK', 900);
    const refund = { refundRequestId: 'ONCE', paymentId, refundAmount: yuan(400) };
    const first = await ramen.call('refund', refund);
    const second = await ramen.call('refund', refund);
    expect(second.body.refundId).toBe(first.body.refundId);
    const other = await ramen.call('refund', { ...refund, refundAmount: yuan(401) });
    expect(other.result.resultCode).toBe('REPEAT_REQ_INCONSISTENT');
    const over = await ramen.call('refund', {
      ...refund,
      refundRequestId: 'X',
      refundAmount: yuan(501),
    });
    expect(over.result.resultCode).toBe('REFUND_AMOUNT_EXCEED');
    const failed = await ramen.call('inquiryRefund', { refundRequestId: 'X' });
    expect(failed.body).toMatchObject({ refundStatus: 'FAIL', refundRequestId: 'X' });
  });

  test('of the longest kind has room', async () => {
    const { paymentId } = await paid(ramen, 'L'.repeat(64));
    const asked = await ramen.call('inquiryPayment', { paymentId });
    expect(asked.body.paymentRequestId).toBe('L'.repeat(64));
  });
});

test('an id that was cancelled before it was paid with cannot be paid any more', async () => {
  const early = await ramen.call('cancel', { paymentRequestId: 'LATE' });
  expect(early.result.resultCode).toBe('ORDER_NOT_EXIST');
  const late = await ramen.call('pay', noodles('LATE', yuan(100), await codeOf(scene.rig, 'TNG')));
  expect(late.result.resultCode).toBe('ORDER_IS_CLOSED');
});

test('what a merchant need not repeat is taken from its record', async () => {
  const { rig } = scene;
  const { order, ...rest } = noodles('SHORT', yuan(700));
  const { merchant: _merchant, env, ...short } = order;
  const { paymentFactor: _factor, ...request } = rest;
  const placed = await ramen.call('pay', { ...request, order: short, env });
  expect(placed.result.resultCode).toBe('PAYMENT_IN_PROCESS');
  const codeValue = orderCodeIn({ ...placed.result, body: placed.body });
  const scan = await rig.call('TNG', 'userInitiatedPay', { codeValue, customerId: 'ANNA' });
  expect(scan.body.order).toMatchObject({
    merchant: {
      referenceMerchantId: 'RAMEN',
      merchantName: 'Shop RAMEN',
      merchantMCC: '5812',
      store: { storeName: 'Kuanzhai Alley', storeAddress: { region: 'CN', city: 'Chengdu' } },
    },
    env: { storeTerminalId: 'T1' },
  });
  await rig.rest();
});
