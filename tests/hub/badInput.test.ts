// Bad envelopes and messages, one test each: the right result code, signed, nothing changed.

import { afterAll, beforeAll, describe, test } from 'vitest';
import { generateKeys, readPrivateKey } from '../../src/wire/signature.ts';
import { formatTime } from '../../src/wire/time.ts';
import { type BadCase, closeScene, expectRefused, good, openScene, rig, till } from './badScene.ts';
import { signed, withBody, withHeader, without } from './envelopes.ts';
import { payForOrderCode, yuan } from './scenes.ts';

const strange = generateKeys('ES256');
const strangeKey = readPrivateKey(strange.privateKeyPem);

beforeAll(openScene);
afterAll(closeScene);

const envelopes: BadCase[] = [
  {
    title: 'unsigned',
    code: 'INVALID_SIGNATURE',
    make: async () => without(await till(good()), 'signature'),
  },
  {
    title: 'without a Client-Id',
    code: 'INVALID_CLIENT',
    make: async () => without(await till(good()), 'client-id'),
  },
  {
    title: 'from a stranger',
    code: 'INVALID_CLIENT',
    make: () => till(good(), { clientId: 'STRANGER' }),
  },
  {
    title: 'from a disabled client',
    code: 'INVALID_CLIENT',
    make: () => signed(rig, 'CLOSED', 'pay', good()),
  },
  {
    title: 'a Client-Id of another',
    code: 'INVALID_SIGNATURE',
    make: () => till(good(), { clientId: 'HANGZHOU' }),
  },
  {
    title: 'wrong key',
    code: 'INVALID_SIGNATURE',
    make: () => till(good(), { key: strangeKey }),
  },
  {
    title: 'unknown key version',
    code: 'KEY_NOT_FOUND',
    make: () => till(good(), { keyVersion: '9' }),
  },
  {
    title: 'another algorithm than agreed',
    code: 'INVALID_SIGNATURE',
    make: async () => {
      const request = await till(good());
      const header = request.headers.signature ?? '';
      return withHeader(request, 'signature', header.replace('ES256', 'RSA256'));
    },
  },
  {
    title: 'a signature that is no base64',
    code: 'INVALID_SIGNATURE',
    make: async () =>
      withHeader(await till(good()), 'signature', 'algorithm=ES256,keyVersion=1,signature=%%%'),
  },
  {
    title: 'no time',
    code: 'PARAM_ILLEGAL',
    make: async () => without(await till(good()), 'request-time'),
  },
  {
    title: 'a time that is none',
    code: 'PARAM_ILLEGAL',
    make: () => till(good(), { time: 'yesterday at noon' }),
  },
  {
    title: 'stale time',
    code: 'INVALID_SIGNATURE',
    make: () => till(good(), { aheadMs: -300_001 }),
    says: /clock/,
  },
  {
    title: 'a time in the future',
    code: 'INVALID_SIGNATURE',
    make: () => till(good(), { aheadMs: 300_001 }),
    says: /clock/,
  },
  {
    title: 'changed body',
    code: 'INVALID_SIGNATURE',
    make: async () => withBody(await till(good()), (body) => body.replaceAll('12000', '12001')),
  },
  {
    title: 'changed whitespace',
    code: 'INVALID_SIGNATURE',
    make: async () => withBody(await till(good()), (body) => body.replace('{', '{ ')),
  },
  {
    title: 'a signature over another path',
    code: 'INVALID_SIGNATURE',
    make: () => till(good(), { signedPath: '/aps/api/v1/payments/inquiryPayment' }),
  },
  {
    title: 'GET',
    code: 'METHOD_NOT_SUPPORTED',
    make: () => till('', { method: 'GET' }),
  },
  {
    title: 'unknown path',
    code: 'NO_INTERFACE_DEF',
    make: () => signed(rig, 'CHENGDU', '/aps/api/v1/payments/payNow', good()),
  },
  {
    title: 'a path of an interface that is not offered yet',
    code: 'NO_INTERFACE_DEF',
    make: () => signed(rig, 'CHENGDU', '/aps/api/v1/customs/declare', { id: 'PAID' }),
  },
  {
    title: 'wrong content type',
    code: 'MEDIA_TYPE_NOT_ACCEPTABLE',
    make: async () => withHeader(await till(good()), 'content-type', 'text/plain'),
  },
  {
    title: 'a wallet that asks what only acquirers may',
    code: 'ACCESS_DENIED',
    make: () => signed(rig, 'TNG', 'pay', good()),
  },
  {
    title: 'an acquirer that asks what only wallets may',
    code: 'ACCESS_DENIED',
    make: () => signed(rig, 'CHENGDU', 'getPaymentCode', { customerId: 'ANNA', env: {} }),
  },
];

/** The good message with one field changed; undefined takes it away. */
function changed(path: string, value: unknown): object {
  const message = good() as Record<string, unknown>;
  const steps = path.split('.');
  let at = message;
  for (const step of steps.slice(0, -1)) at = at[step] as Record<string, unknown>;
  at[steps.at(-1) as string] = value;
  return message;
}

const withAmount = (value: unknown, currency = 'CNY') =>
  changed('paymentAmount', { currency, value });

/** Field, value, what the answer must name. */
const fields: [title: string, body: () => object | string, says: RegExp, code?: string][] = [
  ['broken JSON', () => '{"paymentRequestId":', /JSON/],
  ['no body', () => '', /JSON/],
  ['a body that is a list', () => '[]', /object/],
  ['missing field', () => changed('paymentRequestId', undefined), /paymentRequestId is missing/],
  ['null field', () => changed('paymentAmount', null), /paymentAmount is missing/],
  ['empty field', () => changed('paymentRequestId', ''), /paymentRequestId must not be empty/],
  ['too long field', () => changed('paymentRequestId', 'x'.repeat(65)), /paymentRequestId/],
  ['too long description', () => changed('order.orderDescription', 'x'.repeat(257)), /Description/],
  ['a field of another type', () => changed('paymentRequestId', { a: 1 }), /paymentRequestId/],
  ['a NUL in a text', () => changed('paymentRequestId', 'a\0b'), /NUL/],
  ['half a surrogate pair', () => changed('paymentRequestId', '\ud83d'), /surrogate/],
  ['no store', () => changed('order.merchant.store', undefined), /order.merchant.store/],
  ['unknown currency', () => withAmount('12000', 'XQX'), /XQX/],
  ['a currency in small letters', () => withAmount('12000', 'cny'), /currency/],
  ['zero', () => withAmount('0'), /paymentAmount.value/],
  ['negative', () => withAmount('-12000'), /paymentAmount.value/],
  ['fractional', () => withAmount('120.50'), /paymentAmount.value/],
  ['fractional number', () => withAmount(120.5), /paymentAmount.value/],
  ['a number beyond exact', () => withAmount(1e21), /paymentAmount.value/],
  ['a negative number', () => withAmount(-1), /paymentAmount.value/],
  ['hexadecimal', () => withAmount('0x10'), /paymentAmount.value/],
  ['exponent', () => withAmount('1e4'), /paymentAmount.value/],
  ['leading zero', () => withAmount('012000'), /paymentAmount.value/],
  ['spaces around an amount', () => withAmount(' 12000'), /paymentAmount.value/],
  ['full-width digits', () => withAmount('１２０００'), /paymentAmount.value/],
  ['over any limit', () => withAmount('10000000000001'), /limit/, 'PAYMENT_AMOUNT_EXCEED_LIMIT'],
  ['19 digits', () => withAmount('1'.repeat(19)), /paymentAmount.value/],
  [
    'an expiry in the past',
    () => changed('paymentExpiryTime', formatTime(rig.clock.now() - 1)),
    /past/,
  ],
  ['an expiry that is no time', () => changed('paymentExpiryTime', 'soon'), /paymentExpiryTime/],
  [
    'a product that is not offered',
    () =>
      changed('paymentFactor', {
        isInStorePayment: 'true',
        isCashierPayment: 'true',
        inStorePaymentScenario: 'OrderCode',
        isAgreementPayment: 'true',
      }),
    /./,
    'BUSINESS_NOT_SUPPORT',
  ],
  ['same id, other amount', () => payForOrderCode('PAID', yuan(9)), /./, 'REPEAT_REQ_INCONSISTENT'],
];

const messages: BadCase[] = fields.map(([title, body, says, code]) => ({
  title,
  code: code ?? 'PARAM_ILLEGAL',
  says,
  make: () => till(body()),
}));

/** Nothing is wrong with these but the agreement, which may be another tomorrow. */
const unagreed: BadCase[] = [
  {
    title: 'wrong currency for the agreement',
    code: 'CURRENCY_NOT_SUPPORT',
    make: () => till({ ...withAmount('12000', 'USD'), paymentRequestId: 'USD' }),
    says: /CNY/,
    isWrittenDown: true,
  },
  {
    title: 'a settlement currency that was not agreed',
    code: 'CURRENCY_NOT_SUPPORT',
    make: () =>
      till({
        ...changed('settlementStrategy', { settlementCurrency: 'USD' }),
        paymentRequestId: 'SETTLE-USD',
      }),
    says: /CNY/,
    isWrittenDown: true,
  },
];

describe('the envelope', () => {
  test.each(envelopes)('$title -> $code', expectRefused);
});
describe('the message', () => {
  test.each([...messages, ...unagreed])('$title -> $code', expectRefused);
});
