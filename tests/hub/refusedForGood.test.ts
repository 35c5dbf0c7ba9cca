// A `pay` that configuration refuses is refused for ever: the same request, late or doubled on its
// way, finds the configuration changed and must be answered as before and charge nobody (§2.15).

import { afterEach, expect, test } from 'vitest';
import { bound, debitOf } from './agreementScenes.ts';
import { freeze, thaw } from './freezing.ts';
import { type Rig, startRig } from './rig.ts';
import {
  acquirer,
  codeOf,
  contents,
  expectBalanced,
  malaysian,
  payForOrderCode,
  payWithCode,
  rates,
  yuan,
} from './scenes.ts';

let rig: Rig;
afterEach(() => rig.close());

/** What stands in the way, how it is brought about and taken away, and what it is answered with. */
interface Row {
  readonly what: string;
  readonly code: string;
  readonly stop: () => Promise<unknown>;
  readonly allow: () => Promise<unknown>;
  /** The message of an id; a payment code is used up by the id that it was first shown with. */
  readonly message: (id: string) => Promise<object>;
  /** What the same message is answered with under a new id, afterwards. */
  readonly afterwards?: string;
}

const byCode = async (id: string) => payWithCode(id, yuan(10_000), await codeOf(rig, 'TNG'));
const byOrderCode = async (id: string) => payForOrderCode(id, yuan(10_000));

/** The acquirer settles in another currency than it sells in, so that it needs a rate itself. */
const settlesInDollars = { ...acquirer, currency: 'USD', orderCurrencies: ['CNY'] };

/** All that a payment does; a code may be used up for an id that has failed. */
async function effects() {
  const { payments, payment_requests, legs, postings, outbox } = await contents(rig);
  const calls = rig.wallets.get('TNG')?.heard.filter((line) => line.startsWith('pay '));
  return { payments, payment_requests, legs, postings, outbox, calls };
}

const rows: readonly Row[] = [
  {
    what: 'the wallet of the code is closed',
    code: 'UNAVAILABLE_PAYMENT_METHOD',
    stop: () => rig.addPartner({ ...malaysian, enabled: false }),
    allow: () => rig.addPartner(malaysian),
    message: byCode,
  },
  {
    what: 'no rate to the currency of the wallet',
    code: 'UNAVAILABLE_PAYMENT_METHOD',
    stop: () => freeze(rig, 'MYR'),
    allow: () => thaw(rig, 'MYR'),
    message: byCode,
  },
  {
    what: 'no rate to the currency of the settlement',
    code: 'CURRENCY_NOT_SUPPORT',
    stop: () => freeze(rig, 'USD'),
    allow: () => thaw(rig, 'USD'),
    message: byOrderCode,
    afterwards: 'PAYMENT_IN_PROCESS',
  },
  {
    what: 'the agreement has no orders in the currency',
    code: 'CURRENCY_NOT_SUPPORT',
    stop: () => rig.addPartner({ ...settlesInDollars, orderCurrencies: ['USD'] }),
    allow: () => rig.addPartner(settlesInDollars),
    message: byCode,
  },
  {
    what: 'the wallet of the token is closed',
    code: 'UNAVAILABLE_PAYMENT_METHOD',
    stop: () => rig.addPartner({ ...malaysian, enabled: false }),
    allow: () => rig.addPartner(malaysian),
    message: async (id) => debitOf(id, yuan(10_000), token),
  },
];

let token = '';

const network = {
  partners: [settlesInDollars, malaysian],
  rates: [...rates, { base: 'USD', quote: 'CNY', price: '7' }],
};

test.each(rows)('$what: refused for good', async ({ code, stop, allow, message, afterwards }) => {
  rig = await startRig(network);
  token = (await bound(rig, 'A1')).accessToken ?? '';
  const [first, second] = [await message('P1'), await message('P2')];
  const pay = (said: object) => rig.call('CHENGDU', 'pay', said);
  await stop();
  const refused = await pay(first);
  expect(refused).toMatchObject({ resultCode: code, resultStatus: 'F' });
  await rig.rest();
  await allow();
  const before = await effects();
  const late = await pay(first);
  expect([late.resultCode, late.resultMessage]).toEqual([code, refused.resultMessage]);
  expect((await pay({ ...first, paymentAmount: yuan(9_000) })).resultCode).toBe(
    'REPEAT_REQ_INCONSISTENT',
  );
  expect(await effects()).toEqual(before);
  const asked = await rig.call('CHENGDU', 'inquiryPayment', { paymentRequestId: 'P1' });
  expect(asked.body.paymentResult).toMatchObject({ resultCode: code, resultStatus: 'F' });
  expect((await pay(second)).resultCode).toBe(afterwards ?? 'SUCCESS');
  await rig.rest();
  await expectBalanced(rig);
});

test('too small for the rate of the day is refused for good; an evaluation never is', async () => {
  const settlesInRupiah = { ...acquirer, currency: 'USD', orderCurrencies: ['IDR', 'CNY'] };
  rig = await startRig({
    partners: [settlesInRupiah, malaysian],
    rates: [...network.rates, { base: 'USD', quote: 'IDR', price: '16000' }],
  });
  const small = payForOrderCode('P1', { currency: 'IDR', value: '100' });
  const pay = (said: object) => rig.call('CHENGDU', 'pay', said);
  expect(await pay(small)).toMatchObject({
    resultCode: 'PARAM_ILLEGAL',
    resultMessage: 'paymentAmount.value is too small to convert.',
  });
  expect((await pay(small)).body.paymentId).toBe((await pay(small)).body.paymentId);
  await rig.rest();
  token = (await bound(rig, 'A1')).accessToken ?? '';
  await rig.addPartner({ ...malaysian, enabled: false });
  const before = await contents(rig);
  const debit = debitOf('P2', yuan(10_000), token);
  const asked = await pay({
    ...debit,
    paymentFactor: { ...debit.paymentFactor, isPaymentEvaluation: 'true' },
  });
  expect(asked.resultCode).toBe('UNAVAILABLE_PAYMENT_METHOD');
  expect(await contents(rig)).toEqual(before);
  await expectBalanced(rig);
});
