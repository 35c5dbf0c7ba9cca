// Money goes back: wallets refund what the hub asks for, tills cancel and refund at the hub.

import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { HubAnswer, Pair } from './hub.fixture.ts';
import { startPair, until } from './hub.fixture.ts';
import { nameMessage, nextId, payMessage, verdict } from './messages.fixture.ts';

let pair: Pair;

beforeAll(async () => {
  pair = await startPair();
});

afterEach(async () => {
  await pair.api('PUT', '/sandbox/wallets/TNG/behaviour', { mode: 'normal' });
  expect(pair.failures).toEqual([]);
});

afterAll(async () => {
  await pair.close();
});

const customer = '/sandbox/wallets/TNG/customers/TNG-0001';

async function balance(): Promise<bigint> {
  const { body } = await pair.api<{ customer: { balance: { value: string } } }>('GET', customer);
  return BigInt(body.customer.balance.value);
}

/** A payment of 36.00 yuan, 22.02 ringgit, that TNG has paid; gives the wallet's own id. */
async function paid(id: string): Promise<string> {
  const { body } = await pair.hub.call(pair.sandbox, 'TNG', 'pay', payMessage(id));
  expect(body.result?.resultCode).toBe('SUCCESS');
  return String(body.paymentId);
}

describe('a wallet', () => {
  const refund = (
    id: string,
    paymentId: string,
    refundRequestId: string,
    sen: string,
    timeoutMs = 5_000,
  ) =>
    pair.hub.call(
      pair.sandbox,
      'TNG',
      'refund',
      {
        ...nameMessage(id),
        paymentId,
        refundRequestId,
        refundAmount: { currency: 'CNY', value: '1000' },
        refundFromAmount: { currency: 'MYR', value: sen },
      },
      { timeoutMs },
    );
  const codeOf = async (asked: ReturnType<typeof refund>) => (await asked).body.result?.resultCode;

  test('gives back once for an id, in parts, and no more than was paid', async () => {
    const id = nextId();
    const paymentId = await paid(id);
    const before = await balance();
    const first = await refund(id, paymentId, `${id}-1`, '1000');
    expect(first.body).toMatchObject({ result: { resultCode: 'SUCCESS' } });
    const again = await refund(id, paymentId, `${id}-1`, '1000');
    expect(again.body).toEqual(first.body);
    expect(await balance()).toBe(before + 1_000n);
    expect(await codeOf(refund(id, paymentId, `${id}-1`, '999'))).toBe('REPEAT_REQ_INCONSISTENT');
    expect(await codeOf(refund(id, paymentId, `${id}-2`, '1203'))).toBe('REFUND_AMOUNT_EXCEED');
    expect(await codeOf(refund(id, paymentId, `${id}-3`, '1202'))).toBe('SUCCESS');
    expect(await balance()).toBe(before + 2_202n);
    const { body } = await pair.api<{ payments: { paymentRequestId: string }[] }>('GET', customer);
    const shown = body.payments.find((each) => each.paymentRequestId === id);
    expect(shown).toMatchObject({
      status: 'SUCCESS',
      refundedAmount: { currency: 'MYR', value: '2202' },
      refunds: [{ status: 'SUCCESS' }, { status: 'SUCCESS' }],
    });
  });

  test('refunds nothing that it was not paid, and cancels what is left', async () => {
    const id = nextId();
    expect(await codeOf(refund(id, 'X', `${id}-1`, '1'))).toBe('ORDER_NOT_EXIST');
    const paymentId = await paid(id);
    expect(await codeOf(refund(id, 'X', `${id}-1`, '1'))).toBe('ORDER_NOT_EXIST');
    const before = await balance();
    expect(await codeOf(refund(id, paymentId, `${id}-2`, '202'))).toBe('SUCCESS');
    await pair.hub.call(pair.sandbox, 'TNG', 'cancelPayment', nameMessage(id));
    expect(await balance()).toBe(before + 2_202n);
    expect(await codeOf(refund(id, paymentId, `${id}-3`, '1'))).toBe('ORDER_IS_CLOSED');
  });

  test('may refuse, be late, or give back without a word', async () => {
    const id = nextId();
    const paymentId = await paid(id);
    const before = await balance();
    const behave = (behaviour: object) =>
      pair.api('PUT', '/sandbox/wallets/TNG/behaviour', behaviour);
    await behave({ mode: 'refund_declined', declineCode: 'USER_STATUS_ABNORMAL' });
    expect(await codeOf(refund(id, paymentId, `${id}-1`, '100'))).toBe('USER_STATUS_ABNORMAL');
    await behave({ mode: 'refund_late', delayMs: 150 });
    expect(await codeOf(refund(id, paymentId, `${id}-2`, '100'))).toBe('PAYMENT_IN_PROCESS');
    expect(await balance()).toBe(before);
    await until('the late refund', async () =>
      (await codeOf(refund(id, paymentId, `${id}-2`, '100'))) === 'SUCCESS' ? true : undefined,
    );
    await behave({ mode: 'refund_silent' });
    await expect(refund(id, paymentId, `${id}-3`, '100', 300)).rejects.toThrow();
    await behave({ mode: 'normal' });
    expect(await codeOf(refund(id, paymentId, `${id}-3`, '100'))).toBe('SUCCESS');
    expect(await codeOf(refund(id, paymentId, `${id}-1`, '100'))).toBe('USER_STATUS_ABNORMAL');
    expect(await balance()).toBe(before + 200n);
  });
});

describe('a till', () => {
  const till = '/sandbox/acquirers/CHENGDU_PAY/tills/TILL-NOODLES-1/payments';
  const amount = { currency: 'CNY', value: '3600' };
  const yuan = (value: string) => ({ currency: 'CNY', value });
  type Body = Record<string, unknown> & { paymentRequestId: string };

  async function sold(): Promise<string> {
    const facts = { paymentId: 'P1', paymentAmount: amount, settlementAmount: amount };
    pair.hub.onCall('pay', () => ({ result: verdict('SUCCESS', 'S'), ...facts }));
    const { body } = await pair.api<Body>('POST', till, {
      amount,
      code: '281808020001123456789012',
    });
    expect(body).toMatchObject({ status: 'SUCCESS', refundableAmount: amount });
    return body.paymentRequestId;
  }
  const answers = (api: 'refund' | 'cancelPayment', answer: () => HubAnswer) =>
    pair.hub.onCall(api, answer);
  const post = (id: string, path: string, body: object, key?: string) =>
    pair.api<Body>('POST', `${till}/${id}/${path}`, body, {
      ...(key === undefined ? {} : { 'idempotency-key': key }),
    });
  const heard = (api: string) => pair.hub.heard.filter((call) => call.api === api);

  test('refunds a part, then the rest, each once', async () => {
    const id = await sold();
    answers('refund', () => ({ result: verdict('SUCCESS', 'S'), refundId: 'RF1' }));
    const before = heard('refund').length;
    const part = await post(id, 'refunds', { amount: yuan('1200') }, `${id}-a`);
    expect(part.status).toBe(201);
    expect(part.body).toMatchObject({
      status: 'SUCCESS',
      refundableAmount: yuan('2400'),
      refunds: [{ refundRequestId: `${id}-a`, status: 'SUCCESS', refundId: 'RF1' }],
    });
    const again = await post(id, 'refunds', { amount: yuan('1200') }, `${id}-a`);
    expect(again.status).toBe(200);
    const other = await post(id, 'refunds', { amount: yuan('1201') }, `${id}-a`);
    expect(other.status).toBe(409);
    const tooMuch = await post(id, 'refunds', { amount: yuan('2401') });
    expect(tooMuch.status).toBe(422);
    const rest = await post(id, 'refunds', {});
    expect(rest.body).toMatchObject({ refundableAmount: yuan('0') });
    expect(heard('refund').slice(before)).toMatchObject([
      { verdict: 'valid', body: { paymentRequestId: id, refundAmount: yuan('1200') } },
      { verdict: 'valid', body: { paymentRequestId: id, refundAmount: yuan('2400') } },
    ]);
    expect((await post(id, 'refunds', {})).status).toBe(422);
  });

  test('asks again with the same id until it knows', async () => {
    const id = await sold();
    let asked = 0;
    answers('refund', () => {
      asked += 1;
      if (asked === 1) return 'silent';
      return {
        result: verdict(asked === 2 ? 'PAYMENT_IN_PROCESS' : 'SUCCESS', asked === 2 ? 'U' : 'S'),
      };
    });
    const before = heard('refund').length;
    const { body } = await post(id, 'refunds', { amount: yuan('1200') });
    expect(body).toMatchObject({
      refunds: [{ status: 'UNKNOWN' }],
      refundableAmount: yuan('2400'),
    });
    const ended = async () => {
      const { body: now } = await pair.api<Body>('GET', `${till}/${id}`);
      const [refund] = now.refunds as { status: string }[];
      return refund?.status === 'SUCCESS' ? now : undefined;
    };
    await until('the end of the refund', () => ended()).catch(() => until('it', () => ended()));
    const ids = heard('refund')
      .slice(before)
      .map((call) => call.body.refundRequestId);
    expect(ids.length).toBe(3);
    expect(new Set(ids).size).toBe(1);
  }, 15_000);

  test('a refusal leaves the money where it is', async () => {
    const id = await sold();
    answers('refund', () => ({ result: verdict('USER_STATUS_ABNORMAL', 'F') }));
    const { body } = await post(id, 'refunds', {});
    expect(body).toMatchObject({
      status: 'SUCCESS',
      refundableAmount: amount,
      refunds: [{ status: 'FAILED', resultCode: 'USER_STATUS_ABNORMAL' }],
    });
  });

  test('cancels, or is told that it is too late', async () => {
    const id = await sold();
    answers('cancelPayment', () => ({ result: verdict('CANCEL_WINDOW_EXCEED', 'F') }));
    const late = await post(id, 'cancel', {});
    expect(late.body).toMatchObject({
      status: 'SUCCESS',
      cancel: { status: 'FAILED', resultCode: 'CANCEL_WINDOW_EXCEED' },
    });
    answers('cancelPayment', () => ({ result: verdict('SUCCESS', 'S') }));
    const done = await post(id, 'cancel', {});
    expect(done.body).toMatchObject({
      status: 'CLOSED',
      cancel: { status: 'SUCCESS', wasPaid: true },
    });
    expect(done.body.refundableAmount).toBeUndefined();
    const calls = heard('cancelPayment').length;
    expect((await post(id, 'cancel', {})).body).toMatchObject({ status: 'CLOSED' });
    expect(heard('cancelPayment')).toHaveLength(calls);
  });
});
