// Bad codes and other people's payments, one test each; and what was captured, sent once more.

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  type BadCase,
  closeScene,
  expectRefused,
  openScene,
  rig,
  scene,
  till,
} from './badScene.ts';
import { resultOf, signed } from './envelopes.ts';
import type { Rig } from './rig.ts';
import { contents, expectBalanced, payForOrderCode, payWithCode, yuan } from './scenes.ts';

beforeAll(openScene);
afterAll(closeScene);

const scan = (codeValue: string, customerId = 'ANNA', walletId = 'TNG') =>
  signed(rig, walletId, 'userInitiatedPay', { codeValue, customerId });

const payCode = (code: string, fen = 1_000) => till(payWithCode('NEW', yuan(fen), code));

/** The same digits with the last one changed. */
const otherNonce = (code: string) => code.slice(0, -1) + ((Number(code.at(-1)) + 1) % 10);

const notice = (changes: object, walletId = 'TNG') =>
  signed(rig, walletId, 'notifyPayment', {
    paymentRequestId: scene.legId,
    paymentResult: { resultCode: 'SUCCESS', resultStatus: 'S' },
    paymentId: 'W1',
    ...changes,
  });

const codes: BadCase[] = [
  { title: 'unknown code', code: 'INVALID_CODE', make: () => payCode(`28180802${'0'.repeat(16)}`) },
  { title: 'foreign code', code: 'INVALID_CODE', make: () => payCode('281006020000000000125733') },
  { title: 'a code that is none', code: 'INVALID_CODE', make: () => payCode('hello') },
  { title: 'expired code', code: 'EXPIRED_CODE', make: () => payCode(scene.expired) },
  { title: 'reused code', code: 'EXPIRED_CODE', make: () => payCode(scene.used) },
  {
    title: 'a code that another acquirer has used',
    code: 'EXPIRED_CODE',
    make: () => signed(rig, 'HANGZHOU', 'pay', payWithCode('PAID', yuan(1_000), scene.used)),
  },
  {
    title: 'over the cap, payment code',
    code: 'PAYMENT_AMOUNT_EXCEED_LIMIT',
    make: () => payCode(scene.fresh, 200_000),
    says: /limit/,
    isWrittenDown: true,
  },
  {
    title: 'over the cap, order code',
    code: 'PAYMENT_AMOUNT_EXCEED_LIMIT',
    make: () => scan(scene.bigOrder),
    says: /cap/,
  },
  {
    title: 'unknown order code',
    code: 'INVALID_CODE',
    make: () => scan(`https://qr.wayfare.example/28166613${'0'.repeat(31)}`),
  },
  {
    title: 'foreign order code',
    code: 'INVALID_CODE',
    make: () => scan('https://qr.alipayplus.com/281666130000000000000000001'),
  },
  { title: 'wrong nonce', code: 'INVALID_CODE', make: () => scan(otherNonce(scene.order)) },
  { title: 'expired order code', code: 'EXPIRED_CODE', make: () => scan(scene.expiredOrder) },
  {
    title: 'another customer of the same wallet',
    code: 'REPEAT_REQ_INCONSISTENT',
    make: () => scan(scene.order, 'BELLA'),
  },
];

const names: BadCase[] = [
  {
    title: "another wallet's leg",
    code: 'ORDER_NOT_EXIST',
    make: () => notice({}, 'KAKAO'),
  },
  {
    title: 'a leg that never was',
    code: 'ORDER_NOT_EXIST',
    make: () => notice({ paymentRequestId: `${scene.legId.slice(0, -1)}9` }),
  },
  {
    title: 'a leg with another date',
    code: 'ORDER_NOT_EXIST',
    make: () => notice({ paymentRequestId: `20200101${scene.legId.slice(8)}` }),
  },
  {
    title: 'a leg id that is none',
    code: 'ORDER_NOT_EXIST',
    make: () => notice({ paymentRequestId: 'mine' }),
  },
  {
    title: 'a notice that says unknown',
    code: 'PARAM_ILLEGAL',
    make: () => notice({ paymentResult: { resultCode: 'PAYMENT_IN_PROCESS', resultStatus: 'U' } }),
  },
  {
    title: 'a success without the wallet’s own id',
    code: 'PARAM_ILLEGAL',
    make: () => notice({ paymentId: undefined }),
  },
  {
    title: 'a notice with another amount',
    code: 'REPEAT_REQ_INCONSISTENT',
    says: /paymentAmount/,
    make: () => notice({ paymentAmount: yuan(1) }),
  },
  {
    title: 'a notice with another amount to pay',
    code: 'REPEAT_REQ_INCONSISTENT',
    says: /payToAmount/,
    make: () => notice({ payToAmount: { currency: 'MYR', value: '1' } }),
  },
  {
    title: 'a notice with another customer',
    code: 'REPEAT_REQ_INCONSISTENT',
    says: /customerId/,
    make: () => notice({ customerId: 'BELLA' }),
  },
  {
    title: "another acquirer's payment, by its id",
    code: 'ORDER_NOT_EXIST',
    make: () => signed(rig, 'HANGZHOU', 'inquiryPayment', { paymentId: scene.paymentId }),
  },
  {
    title: "another acquirer's payment, by the acquirer's id",
    code: 'ORDER_NOT_EXIST',
    make: () => signed(rig, 'HANGZHOU', 'inquiryPayment', { paymentRequestId: 'PAID' }),
  },
  {
    title: 'two ids of different payments',
    code: 'ORDER_NOT_EXIST',
    make: () =>
      signed(rig, 'CHENGDU', 'inquiryPayment', {
        paymentRequestId: 'PAID',
        paymentId: scene.paymentId,
      }),
  },
  {
    title: 'an inquiry without an id',
    code: 'PARAM_ILLEGAL',
    make: () => signed(rig, 'CHENGDU', 'inquiryPayment', {}),
  },
  {
    title: 'eleven codes at once',
    code: 'PARAM_ILLEGAL',
    make: () =>
      signed(rig, 'TNG', 'getPaymentCode', { customerId: 'ANNA', codeQuantity: '11', env: {} }),
  },
];

describe('codes', () => {
  test.each(codes)('$title -> $code', expectRefused);
});
describe('names of payments', () => {
  test.each(names)('$title -> $code', expectRefused);
});

describe('the same captured request again', () => {
  test.each([
    ['a payment by code', () => till(payWithCode('PAID', yuan(1_000), scene.used)), 'SUCCESS'],
    ['an order', () => till(payForOrderCode('PLACED', yuan(12_000))), 'PAYMENT_IN_PROCESS'],
    ['a scan', () => scan(scene.order), 'SUCCESS'],
  ])('%s has no second effect', async (_title, make, code) => {
    const request = await make();
    const before = await contents(rig);
    for (let time = 0; time < 3; time++) {
      const answer = await (rig.hubs[0] as Rig['hubs'][number]).handle(request);
      expect(resultOf(rig, request, answer).resultCode).toBe(code);
    }
    await rig.rest();
    expect(await contents(rig)).toEqual(before);
  });

  test('a replayed notice pays once', async () => {
    const request = await notice({});
    const hub = rig.hubs[0] as Rig['hubs'][number];
    expect(resultOf(rig, request, await hub.handle(request)).resultCode).toBe('SUCCESS');
    await rig.rest();
    const before = await contents(rig);
    expect(resultOf(rig, request, await hub.handle(request)).resultCode).toBe('SUCCESS');
    await rig.rest();
    expect(await contents(rig)).toEqual(before);
    await expectBalanced(rig);
  });
});
