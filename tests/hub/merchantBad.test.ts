// Bad input in the merchant dialect: the right result code, signed, nothing changed. And merchants
// that do not acknowledge what they were told.

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { defaultTiming } from '../../src/base/limits.ts';
import {
  acknowledgement,
  type MerchantScene,
  openMerchantScene,
  type Shop,
} from './merchantShop.ts';
import { codeOf, contents, expectBalanced, yuan } from './scenes.ts';
import { callBySdk, merchantKeys } from './sdk.ts';

let scene: MerchantScene;
let shop: Shop;
let closed: Shop;
let paymentId: string;

beforeAll(async () => {
  scene = await openMerchantScene();
  shop = await scene.addShop('RAMEN', 'go');
  closed = await scene.addShop('CLOSED', 'go', { enabled: false });
  const done = await shop.call('pay', good('PAID', await codeOf(scene.rig, 'TNG')));
  expect(done.result.resultCode).toBe('SUCCESS');
  paymentId = done.body.paymentId;
  await scene.rig.rest();
});

afterAll(async () => {
  await expectBalanced(scene.rig);
  await scene.close();
});

function good(paymentRequestId: string, code?: string, amount: object = yuan(1_000)) {
  return {
    productCode: 'IN_STORE_PAYMENT',
    paymentRequestId,
    paymentAmount: amount,
    order: { referenceOrderId: 'O1', orderDescription: 'Noodles', orderAmount: amount },
    paymentMethod: { paymentMethodType: 'CONNECT_WALLET', paymentMethodId: code },
  };
}

const wrong = (changes: object) => () => ['pay', { ...good('BAD'), ...changes }] as const;

const cases: [string, () => readonly [string, object], string, RegExp][] = [
  ['no product', wrong({ productCode: undefined }), 'PARAM_ILLEGAL', /^productCode is missing/],
  ['a product not offered', wrong({ productCode: 'BARTER' }), 'BUSINESS_NOT_SUPPORT', /./],
  [
    'a debit without a token',
    wrong({ productCode: 'AGREEMENT_PAYMENT' }),
    'PARAM_ILLEGAL',
    /^paymentMethod.paymentMethodId is missing/,
  ],
  [
    'a debit by a token of nobody',
    () => ['pay', { ...good('BAD', 'WA.1.1.x'), productCode: 'AGREEMENT_PAYMENT' }],
    'INVALID_TOKEN',
    /./,
  ],
  [
    'a consent of nobody',
    () => ['authorizations/consult', {}],
    'PARAM_ILLEGAL',
    /^customerBelongs/,
  ],
  [
    'a token for nothing',
    () => ['authorizations/applyToken', { grantType: 'REFRESH_TOKEN' }],
    'PARAM_ILLEGAL',
    /^refreshToken is missing/,
  ],
  [
    'a token for a code of nobody',
    () => ['authorizations/applyToken', { grantType: 'AUTHORIZATION_CODE', authCode: 'x' }],
    'INVALID_CODE',
    /./,
  ],
  [
    'the end of no token',
    () => ['authorizations/revoke', { accessToken: 'x' }],
    'INVALID_TOKEN',
    /./,
  ],
  [
    'a look at no token',
    () => ['authorizations/query', { accessToken: 'x' }],
    'INVALID_TOKEN',
    /./,
  ],
  [
    'a look at nothing',
    () => ['authorizations/query', {}],
    'PARAM_ILLEGAL',
    /^accessToken is missing/,
  ],
  [
    'a refund told nowhere',
    () => [
      'refund',
      { refundRequestId: 'R', paymentId, refundAmount: yuan(1), refundNotifyUrl: 'here' },
    ],
    'PARAM_ILLEGAL',
    /^refundNotifyUrl/,
  ],
  [
    'a refund that may be asynchronous',
    () => [
      'refund',
      { refundRequestId: 'R', paymentId, refundAmount: yuan(1), isAsyncRefund: 'perhaps' },
    ],
    'PARAM_ILLEGAL',
    /^isAsyncRefund/,
  ],
  [
    'an entry code',
    wrong({ paymentFactor: { inStorePaymentScenario: 'EntryCode' } }),
    'BUSINESS_NOT_SUPPORT',
    /./,
  ],
  [
    'no id',
    wrong({ paymentRequestId: undefined }),
    'PARAM_ILLEGAL',
    /^paymentRequestId is missing/,
  ],
  [
    'an id of 65',
    wrong({ paymentRequestId: 'x'.repeat(65) }),
    'PARAM_ILLEGAL',
    /^paymentRequestId/,
  ],
  ['no amount', wrong({ paymentAmount: undefined }), 'PARAM_ILLEGAL', /^paymentAmount is missing/],
  [
    'an amount of nothing',
    wrong({ paymentAmount: { currency: 'CNY', value: 0 } }),
    'PARAM_ILLEGAL',
    /^paymentAmount.value/,
  ],
  [
    'a currency of no country',
    wrong({ paymentAmount: { currency: 'XYZ', value: '1' } }),
    'PARAM_ILLEGAL',
    /^paymentAmount.currency XYZ/,
  ],
  [
    'a scenario of no product',
    wrong({ paymentFactor: { inStorePaymentScenario: 'Wave' } }),
    'PARAM_ILLEGAL',
    /^paymentFactor.inStorePaymentScenario must be one of/,
  ],
  [
    'a payment code that is missing',
    wrong({ paymentFactor: { inStorePaymentScenario: 'PAYMENTCODE' } }),
    'PARAM_ILLEGAL',
    /^paymentMethod.paymentMethodId is missing/,
  ],
  ['a code of nobody', () => ['pay', good('BAD', '123456')], 'INVALID_CODE', /./],
  ['a notify address that is none', wrong({ paymentNotifyUrl: 'here' }), 'PARAM_ILLEGAL', /URL/],
  ['an inquiry of nothing', () => ['inquiryPayment', {}], 'PARAM_ILLEGAL', /paymentRequestId/],
  ['an inquiry of nobody', () => ['inquiryPayment', { paymentId: '1' }], 'ORDER_NOT_EXIST', /./],
  ['a cancel of nothing', () => ['cancel', {}], 'PARAM_ILLEGAL', /paymentRequestId/],
  ['a cancel of nobody', () => ['cancel', { paymentId: '1' }], 'ORDER_NOT_EXIST', /./],
  [
    'a refund without an id',
    () => ['refund', { paymentId, refundAmount: yuan(1) }],
    'PARAM_ILLEGAL',
    /^refundRequestId is missing/,
  ],
  [
    'a refund of nobody',
    () => ['refund', { refundRequestId: 'R', paymentId: '1', refundAmount: yuan(1) }],
    'ORDER_NOT_EXIST',
    /./,
  ],
  [
    'a refund in another currency',
    () => [
      'refund',
      { refundRequestId: 'R', paymentId, refundAmount: { currency: 'MYR', value: '1' } },
    ],
    'CURRENCY_NOT_SUPPORT',
    /CNY/,
  ],
  [
    'a refund that is none',
    () => ['inquiryRefund', { refundId: 'R' }],
    'ORDER_NOT_EXIST',
    /refund/,
  ],
  [
    'a refund id of nobody',
    () => ['inquiryRefund', { refundRequestId: 'R' }],
    'ORDER_NOT_EXIST',
    /./,
  ],
  ['an interface that is not offered', () => ['capture', {}], 'NO_INTERFACE_DEF', /./],
];

test.each(cases)('%s', async (_title, make, code, says) => {
  const before = await contents(scene.rig);
  const told = await shop.call(...(make() as [string, object]));
  expect(told.result).toMatchObject({ resultCode: code, resultStatus: 'F' });
  expect(told.result.resultMessage).toMatch(says);
  await scene.rig.rest();
  expect(await contents(scene.rig)).toEqual(before);
});

test('a currency that the acquirer does not take is refused for good', async () => {
  const before = await contents(scene.rig);
  const yen = good('YEN', '123456', { currency: 'JPY', value: '100' });
  for (const _time of ['first', 'again']) {
    const { result } = await shop.call('pay', yen);
    expect(result).toMatchObject({ resultCode: 'CURRENCY_NOT_SUPPORT', resultStatus: 'F' });
    expect(result.resultMessage).toMatch(/CNY/);
  }
  await scene.rig.rest();
  const after = await contents(scene.rig);
  const changed = Object.keys(after).filter((table) => after[table] !== before[table]);
  expect(changed.sort()).toEqual(['lanes', 'payment_requests', 'payments']);
});

describe('who calls', () => {
  const path = '/ams/api/v1/payments/pay';

  test.each([
    ['a key of its own making', 'INVALID_SIGNATURE', () => ({ privateKey: stranger })],
    ['a client of nobody', 'INVALID_CLIENT', () => ({ clientId: 'NOBODY' })],
    ["a partner's client id", 'INVALID_CLIENT', () => ({ clientId: 'CHENGDU' })],
    [
      'a time long ago',
      'INVALID_SIGNATURE',
      () => ({ now: () => scene.rig.clock.now() - 600_000 }),
    ],
  ] as const)('%s -> %s, signed', async (_title, code, change) => {
    const before = await contents(scene.rig);
    const told = await callBySdk({ ...shop.sdk, ...change() }, path, good('BAD'));
    expect(told.result.resultCode).toBe(code);
    expect(await contents(scene.rig)).toEqual(before);
  });

  test('a merchant that is disabled', async () => {
    const told = await closed.call('pay', good('BAD'));
    expect(told.result.resultCode).toBe('INVALID_CLIENT');
  });

  test('a merchant at the door of partners', async () => {
    const told = await callBySdk(shop.sdk, '/aps/api/v1/payments/pay', good('BAD'));
    expect(told.result.resultCode).toBe('INVALID_CLIENT');
  });

  const stranger = merchantKeys('pkcs8').privateKey;
});

describe('a merchant that does not acknowledge', () => {
  test.each([
    ['an error of its server', 500, 'oops'],
    ['a page', 200, '<html></html>'],
    ['a refusal', 200, '{"result":{"resultStatus":"F","resultCode":"PROCESS_FAIL"}}'],
  ])('%s: it is told again on the schedule until it does', async (title, status, body) => {
    const { rig, heard } = scene;
    const id = `DEAF-${status}-${title.length}`;
    scene.answerNotices(status, body);
    const before = heard.length;
    const done = await shop.call('pay', good(id, await codeOf(rig, 'TNG')));
    expect(done.result.resultCode).toBe('SUCCESS');
    await rig.rest();
    const told = () => heard.slice(before).filter((each) => each.body.includes(id)).length;
    const [first = 0, second = 0, third = 0] = defaultTiming.noticeDelaysMs;
    // The outbox is looked at once a second.
    const late = 1_000;
    expect(told()).toBe(1);
    await rig.advance(first + late);
    expect(told()).toBe(2);
    await rig.advance(second + late);
    expect(told()).toBe(3);
    scene.answerNotices(200, acknowledgement);
    await rig.advance(third + late);
    expect(told()).toBe(4);
    await rig.advance(30 * 60_000);
    expect(told()).toBe(4);
  });
});

test('the address in the request comes before that of the record', async () => {
  const { rig, heard } = scene;
  const paymentNotifyUrl = scene.noticeUrl.replace('/notify?shop=1', '/orders/7/paid');
  const request = { ...good('HERE', await codeOf(rig, 'TNG')), paymentNotifyUrl };
  const done = await shop.call('pay', request);
  expect(done.result.resultCode).toBe('SUCCESS');
  await rig.rest();
  expect(heard.at(-1)?.path).toBe('/orders/7/paid');
});
