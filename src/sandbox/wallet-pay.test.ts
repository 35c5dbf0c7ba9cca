// The hub asks a wallet to pay, inquires and cancels: every behaviour, over real signed HTTP.

import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { HeardCall, Pair } from './hub.fixture.ts';
import { startPair, until } from './hub.fixture.ts';
import { nameMessage, nextId, payMessage } from './messages.fixture.ts';

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

const pay = (message: object, options = {}) =>
  pair.hub.call(pair.sandbox, 'TNG', 'pay', message, options);
const inquire = (id: string) =>
  pair.hub.call(pair.sandbox, 'TNG', 'inquiryPayment', nameMessage(id));
const cancel = (id: string) => pair.hub.call(pair.sandbox, 'TNG', 'cancelPayment', nameMessage(id));
const behave = (behaviour: object) => pair.api('PUT', '/sandbox/wallets/TNG/behaviour', behaviour);

async function balance(customerId = 'TNG-0001'): Promise<bigint> {
  const path = `/sandbox/wallets/TNG/customers/${customerId}`;
  const { body } = await pair.api<{ customer: { balance: { value: string } } }>('GET', path);
  return BigInt(body.customer.balance.value);
}

async function stateOf(id: string): Promise<string> {
  const { body } = await inquire(id);
  return String((body.paymentResult as { resultCode: string } | undefined)?.resultCode);
}

const notices = (id: string): HeardCall[] =>
  pair.hub.heard.filter(({ api, body }) => api === 'notifyPayment' && body.paymentRequestId === id);

const confirmPath = (id: string) =>
  `/sandbox/wallets/TNG/customers/TNG-0001/payments/${id}/confirm`;

describe('a wallet that behaves', () => {
  test('debits once, answers S signed, and notifies', async () => {
    const before = await balance();
    const id = nextId();
    const first = await pay(payMessage(id));
    expect(first.verdict).toBe('valid');
    expect(first.body).toMatchObject({
      result: { resultCode: 'SUCCESS', resultStatus: 'S' },
      customerId: 'TNG-0001',
    });
    const again = await pay(payMessage(id));
    expect(again.body.paymentId).toBe(first.body.paymentId);
    expect(again.body.result?.resultCode).toBe('SUCCESS');
    expect(await balance()).toBe(before - 2202n);
    const [notice] = await until('the notice', () => {
      const sent = notices(id);
      return sent.length > 0 ? sent : undefined;
    });
    expect(notice?.verdict).toBe('valid');
    expect(notice?.body).toMatchObject({
      paymentResult: { resultStatus: 'S' },
      paymentId: first.body.paymentId,
      paymentAmount: { currency: 'CNY', value: '3600' },
      payToAmount: { currency: 'MYR', value: '2202' },
      customerId: 'TNG-0001',
    });
  });

  test('refuses the same id with another amount', async () => {
    const id = nextId();
    await pay(payMessage(id));
    const before = await balance();
    const other = await pay(payMessage(id, { payToAmount: { currency: 'MYR', value: '1' } }));
    expect(other.body.result?.resultCode).toBe('REPEAT_REQ_INCONSISTENT');
    expect(await balance()).toBe(before);
  });

  test('signs with ES256 when that was agreed', async () => {
    const message = payMessage(nextId(), {
      pspId: 'KAKAOPAY',
      payToAmount: { currency: 'KRW', value: '7327' },
      paymentMethod: { paymentMethodType: 'CONNECT_WALLET', customerId: 'KAKAOPAY-0001' },
    });
    const { verdict, body } = await pair.hub.call(pair.sandbox, 'KAKAOPAY', 'pay', message);
    expect(verdict).toBe('valid');
    expect(body.result?.resultCode).toBe('SUCCESS');
  });

  test.each([
    [
      'a balance too low',
      { payToAmount: { currency: 'MYR', value: '99999999' } },
      'USER_BALANCE_NOT_ENOUGH',
    ],
    [
      'a foreign currency',
      { payToAmount: { currency: 'THB', value: '100' } },
      'CURRENCY_NOT_SUPPORT',
    ],
    [
      'an unknown customer',
      { paymentMethod: { paymentMethodType: 'CONNECT_WALLET', customerId: 'NOBODY' } },
      'USER_NOT_EXIST',
    ],
    ['another wallet', { pspId: 'GCASH' }, 'ACCESS_DENIED'],
    ['an expired payment', { paymentExpiryTime: '2020-01-01T00:00:00Z' }, 'ORDER_IS_CLOSED'],
    ['no amount', { payToAmount: undefined }, 'PARAM_ILLEGAL'],
    ['an amount of zero', { payToAmount: { currency: 'MYR', value: '0' } }, 'PARAM_ILLEGAL'],
  ])('declines %s', async (_what, changes, code) => {
    const before = await balance();
    const { verdict, body } = await pay(payMessage(nextId(), changes));
    expect(verdict).toBe('valid');
    expect(body.result?.resultCode).toBe(code);
    expect(await balance()).toBe(before);
  });

  test('refuses a body that was changed on the way, with a signed answer', async () => {
    const id = nextId();
    const { verdict, body } = await pay(payMessage(id), { changeBody: true });
    expect(verdict).toBe('valid');
    expect(body.result?.resultCode).toBe('INVALID_SIGNATURE');
    expect((await inquire(id)).body.result?.resultCode).toBe('ORDER_NOT_EXIST');
  });

  test('has no other interface', async () => {
    const { body } = await pair.hub.call(pair.sandbox, 'TNG', 'getPaymentCode', {});
    expect(body.result?.resultCode).toBe('NO_INTERFACE_DEF');
  });
});

describe('cancelling', () => {
  test('returns the money once, whatever is asked again', async () => {
    const before = await balance();
    const id = nextId();
    await pay(payMessage(id));
    expect((await cancel(id)).body.result?.resultCode).toBe('SUCCESS');
    expect((await cancel(id)).body.result?.resultCode).toBe('SUCCESS');
    expect(await balance()).toBe(before);
    expect(await stateOf(id)).toBe('ORDER_IS_CLOSED');
    expect((await pay(payMessage(id))).body.result?.resultCode).toBe('ORDER_IS_CLOSED');
    expect(await balance()).toBe(before);
  });

  test('is remembered for a payment that was never seen', async () => {
    const before = await balance();
    const id = nextId();
    expect((await inquire(id)).body.result?.resultCode).toBe('ORDER_NOT_EXIST');
    expect((await cancel(id)).body.result?.resultCode).toBe('SUCCESS');
    expect((await pay(payMessage(id))).body.result?.resultCode).toBe('ORDER_IS_CLOSED');
    expect(await stateOf(id)).toBe('ORDER_IS_CLOSED');
    expect(await balance()).toBe(before);
  });
});

describe('over the limit without PIN', () => {
  const large = {
    paymentAmount: { currency: 'CNY', value: '100001' },
    payToAmount: { currency: 'MYR', value: '61181' },
  };

  test('1,000.00 CNY need no PIN, one fen more does', async () => {
    const edge = { ...large, paymentAmount: { currency: 'CNY', value: '100000' } };
    await pair.api('POST', '/sandbox/wallets/TNG/customers/TNG-0001/top-up', {
      amount: { currency: 'MYR', value: '500000' },
    });
    expect((await pay(payMessage(nextId(), edge))).body.result?.resultCode).toBe('SUCCESS');
    const id = nextId();
    const before = await balance();
    const asked = await pay(payMessage(id, large));
    expect(asked.body.result).toMatchObject({
      resultCode: 'PAYMENT_IN_PROCESS',
      resultStatus: 'U',
    });
    expect(await balance()).toBe(before);
    const confirmed = await pair.api('POST', confirmPath(id), { pin: '123456' });
    expect(confirmed.body).toMatchObject({ status: 'SUCCESS', product: 'payment_code' });
    expect(await balance()).toBe(before - 61181n);
    const sent = await until('the notice', () => notices(id)[0]);
    expect(sent.body.paymentResult).toMatchObject({ resultStatus: 'S' });
    const twice = await pair.api('POST', confirmPath(id), { pin: '123456' });
    expect(twice.body.status).toBe('SUCCESS');
    expect(await balance()).toBe(before - 61181n);
  });

  test('three wrong PINs end it', async () => {
    const id = nextId();
    await pay(payMessage(id, large));
    const tries = [];
    for (const _ of [1, 2, 3, 4]) {
      tries.push(await pair.api('POST', confirmPath(id), { pin: '000000' }));
    }
    expect(tries.map(({ status }) => status)).toEqual([422, 422, 200, 200]);
    expect(tries[1]?.body).toMatchObject({ error: { code: 'WRONG_PIN', field: 'pin' } });
    expect(tries[2]?.body).toMatchObject({
      status: 'FAILED',
      failureCode: 'USER_PAYMENT_VERIFICATION_FAILED',
    });
    const late = await pair.api('POST', confirmPath(id), { pin: '123456' });
    expect(late.body.status).toBe('FAILED');
    const sent = await until('the notice', () => notices(id)[0]);
    expect(sent.body.paymentResult).toMatchObject({
      resultStatus: 'F',
      resultCode: 'USER_PAYMENT_VERIFICATION_FAILED',
    });
  });

  test('a cancelled prompt cannot be confirmed', async () => {
    const id = nextId();
    const before = await balance();
    await pay(payMessage(id, large));
    await cancel(id);
    const confirmed = await pair.api('POST', confirmPath(id), { pin: '123456' });
    expect(confirmed.body).toMatchObject({ status: 'FAILED', failureCode: 'ORDER_IS_CLOSED' });
    expect(await balance()).toBe(before);
    expect(notices(id)).toEqual([]);
  });

  test('nobody confirms: it fails at its expiry by itself', async () => {
    const id = nextId();
    const paymentExpiryTime = new Date(Date.now() + 150).toISOString();
    await pay(payMessage(id, { ...large, paymentExpiryTime }));
    await until('the expiry', async () =>
      (await stateOf(id)) === 'ORDER_IS_CLOSED' ? true : undefined,
    );
    const path = '/sandbox/wallets/TNG/customers/TNG-0001';
    const { body } = await pair.api<{ payments: { status: string }[] }>('GET', path);
    expect(body.payments[0]?.status).toBe('FAILED');
  });
});

describe('a wallet that misbehaves', () => {
  test('decline: says F with the code it was given and debits nothing', async () => {
    await behave({ mode: 'decline', declineCode: 'RISK_REJECT' });
    const before = await balance();
    const id = nextId();
    expect((await pay(payMessage(id))).body.result).toMatchObject({
      resultCode: 'RISK_REJECT',
      resultStatus: 'F',
    });
    await behave({ mode: 'normal' });
    expect((await pay(payMessage(id))).body.result?.resultCode).toBe('RISK_REJECT');
    expect(await balance()).toBe(before);
  });

  test('delay: answers right, but late', async () => {
    await behave({ mode: 'delay', delayMs: 250 });
    const { body, tookMs } = await pay(payMessage(nextId()));
    expect(body.result?.resultCode).toBe('SUCCESS');
    expect(tookMs).toBeGreaterThan(240);
  });

  test('timeout: debits and never answers, but inquiry tells', async () => {
    await behave({ mode: 'timeout' });
    const before = await balance();
    const id = nextId();
    await expect(pay(payMessage(id), { timeoutMs: 300 })).rejects.toThrow(/timeout/i);
    expect(await balance()).toBe(before - 2202n);
    expect(await stateOf(id)).toBe('SUCCESS');
    expect(notices(id)).toEqual([]);
  });

  test('answer_late: U, then S by notice', async () => {
    await behave({ mode: 'answer_late', delayMs: 200 });
    const before = await balance();
    const id = nextId();
    expect((await pay(payMessage(id))).body.result?.resultCode).toBe('PAYMENT_IN_PROCESS');
    expect(await stateOf(id)).toBe('PAYMENT_IN_PROCESS');
    expect(await balance()).toBe(before);
    const sent = await until('the notice', () => notices(id)[0]);
    expect(sent.body.paymentResult).toMatchObject({ resultStatus: 'S' });
    expect(await balance()).toBe(before - 2202n);
    expect(await stateOf(id)).toBe('SUCCESS');
  });

  test('answer_late: cancelled in between it never debits', async () => {
    await behave({ mode: 'answer_late', delayMs: 150 });
    const before = await balance();
    const id = nextId();
    await pay(payMessage(id));
    await cancel(id);
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(await balance()).toBe(before);
    expect(notices(id)).toEqual([]);
  });

  test('change_mind: F first, S later, and the cancel returns the money', async () => {
    await behave({ mode: 'change_mind', delayMs: 150 });
    const before = await balance();
    const id = nextId();
    expect((await pay(payMessage(id))).body.result).toMatchObject({
      resultCode: 'USER_BALANCE_NOT_ENOUGH',
      resultStatus: 'F',
    });
    const sent = await until('the notice', () => notices(id)[0]);
    expect(sent.body.paymentResult).toMatchObject({ resultStatus: 'S' });
    expect(await balance()).toBe(before - 2202n);
    await cancel(id);
    expect(await balance()).toBe(before);
  });

  test('duplicate: notifies twice, debits once', async () => {
    await behave({ mode: 'duplicate' });
    const before = await balance();
    const id = nextId();
    expect((await pay(payMessage(id))).body.result?.resultCode).toBe('SUCCESS');
    await until('both notices', () => (notices(id).length === 2 ? true : undefined));
    expect(await balance()).toBe(before - 2202n);
  });

  test('bad_signature: a wrong signature on pay, a right one on inquiry', async () => {
    await behave({ mode: 'bad_signature' });
    const id = nextId();
    expect((await pay(payMessage(id))).verdict).toBe('bad_signature');
    const asked = await inquire(id);
    expect(asked.verdict).toBe('valid');
    expect(asked.body.paymentResult).toMatchObject({ resultCode: 'SUCCESS' });
  });
});

describe('notices', () => {
  test.each([
    ['no answer', 'silent' as const],
    ['an unsigned answer', 'unsigned' as const],
    ['U', { result: { resultCode: 'UNKNOWN_EXCEPTION', resultStatus: 'U' } }],
  ])('are repeated after %s, with the same words', async (_what, bad) => {
    const id = nextId();
    let calls = 0;
    pair.hub.onCall('notifyPayment', (body) => {
      if (body.paymentRequestId !== id)
        return { result: { resultCode: 'SUCCESS', resultStatus: 'S' } };
      calls += 1;
      return calls < 3 ? bad : { result: { resultCode: 'SUCCESS', resultStatus: 'S' } };
    });
    await pay(payMessage(id));
    await until('the third notice', () => (notices(id).length === 3 ? true : undefined));
    await new Promise((resolve) => setTimeout(resolve, 250));
    expect(notices(id)).toHaveLength(3);
    expect(new Set(notices(id).map(({ body }) => JSON.stringify(body))).size).toBe(1);
  });

  test('end when the hub says F, and after the last planned attempt', async () => {
    const closed = nextId();
    const deaf = nextId();
    pair.hub.onCall('notifyPayment', (body) =>
      body.paymentRequestId === deaf
        ? 'unsigned'
        : { result: { resultCode: 'ORDER_IS_CLOSED', resultStatus: 'F' } },
    );
    await pay(payMessage(closed));
    await pay(payMessage(deaf));
    await until('six attempts', () => (notices(deaf).length === 6 ? true : undefined));
    await new Promise((resolve) => setTimeout(resolve, 700));
    expect(notices(deaf)).toHaveLength(6);
    expect(notices(closed)).toHaveLength(1);
  });
});
