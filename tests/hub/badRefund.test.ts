// Bad cancels and refunds, one test each: the right result code, signed, nothing changed.

import { afterAll, beforeAll, test } from 'vitest';
import { type BadCase, closeScene, expectRefused, openScene, rig, scene } from './badScene.ts';
import { signed } from './envelopes.ts';
import { yuan } from './scenes.ts';

beforeAll(openScene);
afterAll(closeScene);

const good = { paymentRequestId: 'PAID', refundRequestId: 'R1', refundAmount: yuan(100) };
const refund = (changes: object, by = 'CHENGDU') =>
  signed(rig, by, 'refund', { ...good, ...changes });
const cancel = (body: object, by = 'CHENGDU') => signed(rig, by, 'cancelPayment', body);

const cases: BadCase[] = [
  {
    title: 'a refund of no payment',
    code: 'PARAM_ILLEGAL',
    says: /paymentRequestId/,
    make: () => refund({ paymentRequestId: undefined }),
  },
  {
    title: 'a refund without an id',
    code: 'PARAM_ILLEGAL',
    says: /refundRequestId is missing/,
    make: () => refund({ refundRequestId: undefined }),
  },
  {
    title: 'a refund with an empty id',
    code: 'PARAM_ILLEGAL',
    says: /refundRequestId must not be empty/,
    make: () => refund({ refundRequestId: '' }),
  },
  {
    title: 'a refund of nothing',
    code: 'PARAM_ILLEGAL',
    says: /refundAmount.value/,
    make: () => refund({ refundAmount: yuan(0) }),
  },
  {
    title: 'a negative refund',
    code: 'PARAM_ILLEGAL',
    says: /refundAmount.value/,
    make: () => refund({ refundAmount: yuan(-100) }),
  },
  {
    title: 'a refund in another currency',
    code: 'CURRENCY_NOT_SUPPORT',
    says: /CNY/,
    make: () => refund({ refundAmount: { currency: 'MYR', value: '100' } }),
  },
  {
    title: 'a refund of an unknown payment',
    code: 'ORDER_NOT_EXIST',
    make: () => refund({ paymentRequestId: 'NOBODY' }),
  },
  {
    title: 'a refund of what is no id of ours',
    code: 'ORDER_NOT_EXIST',
    make: () => refund({ paymentRequestId: undefined, paymentId: 'X1' }),
  },
  {
    title: 'a refund with the ids of two payments',
    code: 'ORDER_NOT_EXIST',
    make: () => refund({ paymentId: scene.paymentId }),
  },
  {
    title: "a refund of another acquirer's payment",
    code: 'ORDER_NOT_EXIST',
    make: () => refund({}, 'HANGZHOU'),
  },
  {
    title: 'a refund that a wallet asks for',
    code: 'ACCESS_DENIED',
    make: () => refund({}, 'TNG'),
  },
  {
    title: 'a cancel of no payment',
    code: 'PARAM_ILLEGAL',
    says: /paymentRequestId/,
    make: () => cancel({}),
  },
  {
    title: 'a cancel of an unknown id of ours',
    code: 'ORDER_NOT_EXIST',
    make: () => cancel({ paymentId: '20261121100000000000999999' }),
  },
  {
    title: "a cancel of another acquirer's payment",
    code: 'ORDER_NOT_EXIST',
    make: () => cancel({ paymentId: scene.paymentId }, 'HANGZHOU'),
  },
  {
    title: 'a cancel with the ids of two payments',
    code: 'ORDER_NOT_EXIST',
    make: () => cancel({ paymentRequestId: 'PAID', paymentId: scene.paymentId }),
  },
  {
    title: 'a cancel that a wallet asks for',
    code: 'ACCESS_DENIED',
    make: () => cancel({ paymentRequestId: 'PAID' }, 'TNG'),
  },
];

test.each(cases)('$title -> $code', expectRefused);
