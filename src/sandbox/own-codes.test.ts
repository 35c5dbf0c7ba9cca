// Codes that the acquirers make: shown or printed, asked about by the network, credited or not.

import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { identify } from '../codes/identify.ts';
import { withAmount } from '../codes/withAmount.ts';
import { money } from '../money/money.ts';
import { decodeAnswer } from '../wire/messages.ts';
import { acquirerUserInitiatedPayResponse } from '../wire/push.ts';
import type { Pair } from './hub.fixture.ts';
import { startPair, until } from './hub.fixture.ts';
import { verdict } from './messages.fixture.ts';

type Json = Record<string, unknown>;
interface Shown extends Json {
  readonly paymentRequestId: string;
  readonly status: string;
  readonly push?: string;
  readonly orderCode?: { readonly text: string };
}

const acquirer = 'KINABALU_PAY';
const till = `/sandbox/acquirers/${acquirer}/tills/TILL-SATAY-1`;
const amount = { currency: 'MYR', value: '2450' };
let pair: Pair;

beforeAll(async () => {
  pair = await startPair();
  pair.hub.onCall('inquiryPayment', () => ({
    result: verdict('SUCCESS', 'S'),
    paymentResult: verdict('PAYMENT_IN_PROCESS', 'U'),
  }));
});
afterEach(() => expect(pair.failures).toEqual([]));
afterAll(() => pair.close());

const show = async (path = till): Promise<Shown> =>
  (await pair.api<Shown>('POST', `${path}/payments`, { amount, ownCode: true })).body;
const look = async (id: string) => (await pair.api<Shown>('GET', `${till}/payments/${id}`)).body;
const ask = (codeValue: string, acquirerId = acquirer) =>
  pair.hub.call(pair.sandbox, acquirerId, 'userInitiatedPay', {
    acquirerId,
    pspId: 'TNG',
    codeValue,
    customerId: 'TNG-0001',
  });
const name = (id: string) => ({
  acquirerId: acquirer,
  pspId: 'TNG',
  paymentId: `P-${id}`,
  paymentRequestId: id,
});
const push = (id: string, value = amount.value) =>
  pair.hub.call(
    pair.sandbox,
    acquirer,
    'pushPayment',
    {
      ...name(id),
      paymentAmount: { ...amount, value },
      settlementAmount: { ...amount, value },
    },
    { timeoutMs: 500 },
  );
const inquirePush = (id: string) =>
  pair.hub.call(pair.sandbox, acquirer, 'inquiryPushPayment', name(id));
const notify = (id: string, code: string, status: 'S' | 'F') =>
  pair.hub.call(pair.sandbox, acquirer, 'notifyPayment', {
    paymentRequestId: id,
    paymentResult: verdict(code, status),
    paymentId: `P-${id}`,
    paymentAmount: amount,
  });
const behave = (mode: string, delayMs = 60) =>
  pair.api('PUT', `/sandbox/acquirers/${acquirer}/behaviour`, { mode, delayMs });

/** A payment of a shown code that the network has asked about. */
async function asked(): Promise<Shown> {
  const shown = await show();
  await ask(shown.orderCode?.text ?? '');
  return shown;
}

test('a shown code is payable by the preset rules, and the same answer every time', async () => {
  const { orderCode, paymentRequestId } = await show();
  const text = orderCode?.text ?? '';
  const identity = identify(text, { walletId: 'TNG' });
  expect(identity).toMatchObject({ isSupported: true, needsAmount: false });
  expect(identity).toMatchObject({ queryType: 'PUSH_PAYMENT', issuer: { id: acquirer } });
  const first = await ask(text);
  expect(first.body).toMatchObject({ paymentRequestId, paymentAmount: amount });
  expect((await ask(text)).body).toEqual(first.body);
  expect((await ask(`${text}x`)).body.result?.resultCode).toBe('INVALID_CODE');
});

test.each([
  ['CHENGDU_PAY', 'TILL-NOODLES-1', null],
  ['LAKESIDE', 'TILL-BOATS-1', null],
  ['KINABALU_PAY', 'TILL-LAKSA-1', 'PUSH_PAYMENT'],
  ['HARBOUR_PAY', 'TILL-ORCHID-1', 'PUSH_PAYMENT'],
])('the code of %s is its own, and its answer is well formed', async (id, tillId, queryType) => {
  const { orderCode } = await show(`/sandbox/acquirers/${id}/tills/${tillId}`);
  const identity = identify(orderCode?.text ?? '', { walletId: 'TNG' });
  expect(identity).toMatchObject({ isSupported: true, queryType, issuer: { id } });
  const { body } = await ask(orderCode?.text ?? '', id);
  const read = decodeAnswer(acquirerUserInitiatedPayResponse, JSON.stringify(body));
  expect(read).toMatchObject({ ok: true, value: { paymentAmount: amount } });
});

test('a printed code with a typed amount is an order of that till', async () => {
  type Shops = { acquirers: { shops: { tills: { id: string; entryCode: string }[] }[] }[] };
  const { body } = await pair.api<Shops>('GET', '/sandbox/acquirers');
  const tills = body.acquirers.flatMap(({ shops }) => shops).flatMap((shop) => shop.tills);
  const printed = tills.find(({ id }) => id === 'TILL-SATAY-1')?.entryCode ?? '';
  expect(identify(printed)).toMatchObject({ needsAmount: true });
  expect((await ask(printed)).body.result?.resultCode).toBe('INVALID_CODE');

  const typed = withAmount(printed, money('MYR', 700n), '4711').text ?? '';
  const first = await ask(typed);
  expect(first.body).toMatchObject({ paymentAmount: { currency: 'MYR', value: '700' } });
  expect((await ask(typed)).body).toEqual(first.body);
  // It stands in the till's list, but its code is that visitor's alone.
  const known = await look(String(first.body.paymentRequestId));
  expect(known).toMatchObject({ status: 'PROCESSING', product: 'push' });
  expect(known.orderCode).toBeUndefined();
});

test('a code that nobody has asked about is withdrawn without the network', async () => {
  const { paymentRequestId, orderCode } = await show();
  const path = `${till}/payments/${paymentRequestId}/cancel`;
  expect((await pair.api<Shown>('POST', path, {})).body.status).toBe('CLOSED');
  expect((await ask(orderCode?.text ?? '')).body.result?.resultCode).toBe('ORDER_IS_CLOSED');
  const about = pair.hub.heard.filter(({ body }) => body.paymentRequestId === paymentRequestId);
  expect(about).toEqual([]);
});

test('a push is credited once, and is no success before the network says so', async () => {
  await behave('normal');
  const { paymentRequestId: id } = await asked();
  expect((await push(id)).body.result?.resultCode).toBe('SUCCESS');
  expect((await push(id)).body.result?.resultCode).toBe('SUCCESS');
  expect((await push(id, '2451')).body.result?.resultCode).toBe('REPEAT_REQ_INCONSISTENT');
  expect(await look(id)).toMatchObject({ status: 'PROCESSING', push: 'CREDITED' });
  await notify(id, 'SUCCESS', 'S');
  expect(await look(id)).toMatchObject({ status: 'SUCCESS', push: 'CREDITED' });
});

test('a refused push stays refused', async () => {
  await behave('push_refused');
  const { paymentRequestId: id } = await asked();
  expect((await push(id)).body.result?.resultCode).toBe('MERCHANT_KYB_NOT_QUALIFIED');
  await behave('normal');
  expect((await inquirePush(id)).body).toMatchObject({
    paymentResult: { resultCode: 'MERCHANT_KYB_NOT_QUALIFIED' },
  });
});

test('a late push says U, then credits and tells the network', async () => {
  await behave('push_later');
  const { paymentRequestId: id } = await asked();
  expect((await push(id)).body.result?.resultCode).toBe('PAYMENT_IN_PROCESS');
  await until('the notice of the push', () =>
    pair.hub.heard.find(
      ({ api, body }) => api === 'notifyPushPayment' && body.paymentId === `P-${id}`,
    ),
  );
  expect(await look(id)).toMatchObject({ push: 'CREDITED' });
});

test('one that comes after the end is taken back', async () => {
  await behave('push_later');
  pair.hub.onCall('notifyPushPayment', () => ({ result: verdict('ORDER_IS_CLOSED', 'F') }));
  const { paymentRequestId: id } = await asked();
  await push(id);
  await until('the credit to be taken back', async () =>
    (await look(id)).push === 'TAKEN_BACK' ? true : undefined,
  );
});

test('silence: once the shop is credited, once it is not', async () => {
  await behave('push_unheard');
  const heard = (await asked()).paymentRequestId;
  await expect(push(heard)).rejects.toThrow();
  expect((await inquirePush(heard)).body).toMatchObject({
    paymentResult: { resultCode: 'SUCCESS' },
  });
  await behave('push_silent');
  const silent = (await asked()).paymentRequestId;
  await expect(push(silent)).rejects.toThrow();
  expect((await inquirePush(silent)).body).toMatchObject({
    paymentResult: { resultCode: 'PAYMENT_IN_PROCESS' },
  });
  await notify(silent, 'ORDER_IS_CLOSED', 'F');
  expect(await look(silent)).toMatchObject({ status: 'CLOSED', push: 'REFUSED' });
  expect((await inquirePush('NONE')).body.result?.resultCode).toBe('ORDER_NOT_EXIST');
});
