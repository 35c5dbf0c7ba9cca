// A till takes payments: the sync answer, the hub's notice and the acquirer's own inquiries.

import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { HubAnswer, Pair } from './hub.fixture.ts';
import { startPair, until } from './hub.fixture.ts';
import { verdict } from './messages.fixture.ts';

const till = '/sandbox/acquirers/CHENGDU_PAY/tills/TILL-NOODLES-1';
const code = '281808020001123456789012';
const amount = { currency: 'CNY', value: '3600' };
const facts = {
  paymentId: 'P1',
  paymentAmount: amount,
  settlementAmount: amount,
  walletBrandName: "Touch 'n Go eWallet",
};
const inProcess = { result: verdict('PAYMENT_IN_PROCESS', 'U'), paymentId: 'P1' };

let pair: Pair;

beforeAll(async () => {
  pair = await startPair();
});

afterEach(() => {
  expect(pair.failures).toEqual([]);
});

afterAll(async () => {
  await pair.close();
});

type TillBody = { paymentRequestId: string; status: string; learnedBy?: string };

const start = (body: object, headers: Record<string, string> = {}) =>
  pair.api<TillBody & Record<string, unknown>>('POST', `${till}/payments`, body, headers);

const show = async (id: string) =>
  (await pair.api<TillBody & Record<string, unknown>>('GET', `${till}/payments/${id}`)).body;

const whenStatus = (id: string, status: string) =>
  until(`${id} ${status}`, async () => {
    const payment = await show(id);
    return payment.status === status ? payment : undefined;
  });

const notify = (paymentRequestId: string, changes: object = {}) =>
  pair.hub.call(pair.sandbox, 'CHENGDU_PAY', 'notifyPayment', {
    paymentRequestId,
    paymentResult: verdict('SUCCESS', 'S'),
    ...facts,
    ...changes,
  });

/** The hub places the order and says U, then answers inquiries as told. */
function orderPlaced(inquiry: () => HubAnswer): void {
  pair.hub.onCall('pay', () => ({
    ...inProcess,
    orderCodeForm: {
      expireTime: new Date(Date.now() + 180_000).toISOString(),
      codeDetails: [{ codeValueType: 'QRCODE', codeValue: 'https://qr.wayfare.example/1' }],
    },
  }));
  pair.hub.onCall('inquiryPayment', inquiry);
}

const stillGoing = () => ({
  result: verdict('SUCCESS', 'S'),
  paymentResult: verdict('PAYMENT_IN_PROCESS', 'U'),
});

describe('a payment code', () => {
  test('paid at once: learned by the answer', async () => {
    pair.hub.onCall('pay', () => ({ result: verdict('SUCCESS', 'S'), ...facts }));
    const { status, body } = await start({ amount, code });
    expect(status).toBe(201);
    expect(body).toMatchObject({
      product: 'payment_code',
      status: 'SUCCESS',
      learnedBy: 'answer',
      settlementAmount: amount,
      walletBrandName: "Touch 'n Go eWallet",
      paymentId: 'P1',
    });
    const call = pair.hub.heard.findLast(({ api }) => api === 'pay');
    expect(call).toMatchObject({
      verdict: 'valid',
      partnerId: 'CHENGDU_PAY',
      body: {
        paymentRequestId: body.paymentRequestId,
        paymentAmount: amount,
        order: {
          orderAmount: amount,
          merchant: { merchantMCC: '5812', store: { referenceStoreId: 'SHOP-NOODLES' } },
          env: { storeTerminalId: 'TILL-NOODLES-1' },
        },
        paymentMethod: { paymentMethodType: 'CONNECT_WALLET', paymentMethodId: code },
        paymentFactor: { isInStorePayment: 'true', inStorePaymentScenario: 'PaymentCode' },
      },
    });
  });

  test('declined at once', async () => {
    pair.hub.onCall('pay', () => ({ result: verdict('USER_BALANCE_NOT_ENOUGH', 'F') }));
    const { body } = await start({ amount, code });
    expect(body).toMatchObject({ status: 'FAILED', resultCode: 'USER_BALANCE_NOT_ENOUGH' });
  });

  test.each([['silent' as const], ['unsigned' as const]])(
    'the hub is %s: UNKNOWN, then the truth by inquiry',
    async (manners) => {
      pair.hub.onCall('pay', () => manners);
      pair.hub.onCall('inquiryPayment', () => ({
        result: verdict('SUCCESS', 'S'),
        paymentResult: verdict('SUCCESS', 'S'),
        ...facts,
      }));
      const { body } = await start({ amount, code });
      expect(body.status).toBe('UNKNOWN');
      const paid = await whenStatus(body.paymentRequestId, 'SUCCESS');
      expect(paid).toMatchObject({ learnedBy: 'inquiry', settlementAmount: amount });
    },
  );

  test('U: asks again while the hub says U or does not know it yet', async () => {
    const answers: HubAnswer[] = [
      { result: verdict('ORDER_NOT_EXIST', 'F') },
      stillGoing(),
      'unsigned',
      {
        result: verdict('SUCCESS', 'S'),
        paymentResult: verdict('USER_PAYMENT_VERIFICATION_FAILED', 'F'),
      },
    ];
    let asked = 0;
    pair.hub.onCall('pay', () => inProcess);
    pair.hub.onCall('inquiryPayment', () => {
      asked += 1;
      return answers[asked - 1] ?? stillGoing();
    });
    const { body } = await start({ amount, code });
    expect(body.status).toBe('PROCESSING');
    const over = await whenStatus(body.paymentRequestId, 'FAILED');
    expect(over).toMatchObject({
      learnedBy: 'inquiry',
      resultCode: 'USER_PAYMENT_VERIFICATION_FAILED',
    });
    expect(asked).toBe(4);
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(asked).toBe(4);
  });
});

describe('an order code', () => {
  test('is shown, and the notice ends the waiting', async () => {
    orderPlaced(stillGoing);
    const { body } = await start({ amount });
    expect(body).toMatchObject({
      product: 'order_code',
      status: 'PROCESSING',
      orderCode: { text: 'https://qr.wayfare.example/1' },
    });
    const ack = await notify(body.paymentRequestId);
    expect(ack.verdict).toBe('valid');
    expect(ack.body.result).toMatchObject({ resultCode: 'SUCCESS' });
    expect(await show(body.paymentRequestId)).toMatchObject({
      status: 'SUCCESS',
      learnedBy: 'notify',
    });
    expect((await notify(body.paymentRequestId)).body.result?.resultCode).toBe('SUCCESS');
    const late = await notify(body.paymentRequestId, {
      paymentResult: verdict('PROCESS_FAIL', 'F'),
    });
    expect(late.body.result?.resultCode).toBe('SUCCESS');
    expect((await show(body.paymentRequestId)).status).toBe('SUCCESS');
  });

  test('closed unpaid is CLOSED, whichever of the two results says so', async () => {
    orderPlaced(() => ({ result: verdict('ORDER_IS_CLOSED', 'F') }));
    const first = await start({ amount });
    await whenStatus(first.body.paymentRequestId, 'CLOSED');
    orderPlaced(() => ({
      result: verdict('SUCCESS', 'S'),
      paymentResult: verdict('ORDER_IS_CLOSED', 'F'),
    }));
    const second = await start({ amount });
    await whenStatus(second.body.paymentRequestId, 'CLOSED');
  });

  test('a notice with another amount, or about nothing of ours, is refused, signed', async () => {
    orderPlaced(stillGoing);
    const { body } = await start({ amount });
    const wrong = await notify(body.paymentRequestId, {
      paymentAmount: { currency: 'CNY', value: '3601' },
    });
    expect(wrong.verdict).toBe('valid');
    expect(wrong.body.result?.resultCode).toBe('PARAM_ILLEGAL');
    const none = await notify(body.paymentRequestId, { paymentAmount: undefined });
    expect(none.body.result?.resultCode).toBe('PARAM_ILLEGAL');
    expect((await notify('NOT-OURS')).body.result?.resultCode).toBe('ORDER_NOT_EXIST');
    expect((await show(body.paymentRequestId)).status).toBe('PROCESSING');
    const forged = await pair.hub.call(
      pair.sandbox,
      'CHENGDU_PAY',
      'notifyPayment',
      { paymentRequestId: body.paymentRequestId, ...facts },
      { changeBody: true },
    );
    expect(forged.body.result?.resultCode).toBe('INVALID_SIGNATURE');
  });

  test('asked by hand the hub is asked at once', async () => {
    orderPlaced(stillGoing);
    const { body } = await start({ amount });
    pair.hub.onCall('inquiryPayment', () => ({
      result: verdict('SUCCESS', 'S'),
      paymentResult: verdict('SUCCESS', 'S'),
    }));
    const path = `${till}/payments/${body.paymentRequestId}/inquire`;
    expect((await pair.api('POST', path, {})).body).toMatchObject({ status: 'SUCCESS' });
  });
});

describe('the Idempotency-Key', () => {
  test('makes one payment of many requests, and refuses another order', async () => {
    let calls = 0;
    pair.hub.onCall('pay', () => {
      calls += 1;
      return { result: verdict('SUCCESS', 'S'), ...facts };
    });
    const key = { 'idempotency-key': 'till-7.order_1' };
    const first = await start({ amount, code }, key);
    expect(first.body.paymentRequestId).toBe('till-7.order_1');
    const again = await start({ amount, code }, key);
    expect([first.status, again.status]).toEqual([201, 200]);
    expect(again.body).toEqual(first.body);
    expect(calls).toBe(1);
    const other = await start({ amount: { currency: 'CNY', value: '1' }, code }, key);
    expect(other.status).toBe(409);
    expect(other.body.error).toMatchObject({ code: 'REPEAT_REQ_INCONSISTENT' });
  });

  test('sends the same request again when the hub was never heard', async () => {
    pair.hub.onCall('inquiryPayment', () => ({ result: verdict('ORDER_NOT_EXIST', 'F') }));
    pair.hub.onCall('pay', () => 'silent');
    const key = { 'idempotency-key': 'till-7.order_2' };
    expect((await start({ amount }, key)).body.status).toBe('UNKNOWN');
    orderPlaced(stillGoing);
    const again = await start({ amount }, key);
    expect(again.body).toMatchObject({
      status: 'PROCESSING',
      orderCode: { text: 'https://qr.wayfare.example/1' },
    });
  });
});
