// For each interface: a request that nothing is wrong with, and everything that can be wrong.

import { present } from '../../src/base/assert.ts';
import { dayMs } from '../../src/calendar/clearingDay.ts';
import { walletDeclines } from '../../src/wire/apiSteps.ts';
import type { ServedApi } from '../../src/wire/apis.ts';
import { codeMaker, connectedRules } from './acquirerCodes.ts';
import { agreementCases, debitWithoutToken, openAgreementScene } from './agreementCases.ts';
import {
  consultFaults,
  goodConsult,
  openCashierOfClosed,
  withoutUserAgent,
  wrongWallets,
} from './cashierCases.ts';
import { disputeCases, openDisputeScene } from './disputeCases.ts';
import { type Case, edit } from './faults.ts';
import { codeFaults, openCodeScene, pushCase } from './pushCases.ts';
import { openUnregistered, registrationCases, unregistered } from './registrationCases.ts';
import { type Rig, startRig } from './rig.ts';
import {
  acquirer,
  korean,
  malaysian,
  orderCodeIn,
  paid,
  payForOrderCode,
  codesOf as paymentCodesOf,
  payWithCode,
  rates,
  yuan,
} from './scenes.ts';

const codes: string[] = [];
let used = '';
const ofClosedWallet: string[] = [];
const orders: Record<string, string> = {};
let legId = '';
let count = 0;

/** Starts a hub with payments, orders and codes of every kind that a case names. */
export async function openResultScene(): Promise<Rig> {
  const closing = { ...korean, participantId: 'CLOSING' };
  const rig = await startRig({
    partners: [
      { ...acquirer, orderCurrencies: ['CNY', 'EUR'] },
      { ...malaysian, cap: 100_000n },
      { participantId: codeMaker, role: 'acquirer', currency: 'CNY' },
      { ...korean, participantId: 'EURO', currency: 'EUR' },
      closing,
    ],
    rates,
    codeRules: connectedRules,
    timing: { refundWindowMs: dayMs },
  });
  const place = async (id: string) =>
    orderCodeIn(await rig.call('CHENGDU', 'pay', payForOrderCode(id, yuan(1_000))));
  const scan = (codeValue: string, walletId = 'TNG') =>
    rig.call(walletId, 'userInitiatedPay', { codeValue, customerId: 'ANNA' });
  await openDisputeScene(rig);
  await paid(rig, 'OLDER', yuan(1_000));
  await paid(rig, 'PARTLY', yuan(1_000));
  await rig.call('CHENGDU', 'refund', refundOf('PARTLY', 'USED'));
  rig.clock.skip(2 * dayMs);
  orders.expired = await place('OLD');
  await rig.advance(200_000);
  for (let batch = 0; batch < 64; batch += 1) codes.push(...(await paymentCodesOf(rig, 'TNG', 10)));
  for (let batch = 0; batch < 4; batch += 1) {
    ofClosedWallet.push(...(await paymentCodesOf(rig, 'CLOSING', 10)));
  }
  await rig.addPartner({ ...closing, enabled: false });
  await openCashierOfClosed(rig);
  await openAgreementScene(rig);
  await openUnregistered(rig);
  used = codes.pop() ?? '';
  await rig.call('CHENGDU', 'pay', payWithCode('PAID', yuan(1_000), used));
  await rig.call('CHENGDU', 'cancelPayment', { paymentRequestId: 'NEVER' });
  orders.open = await place('OPEN');
  await place('CANCELLED');
  orders.scanned = await place('SCANNED');
  legId = String((await scan(orders.scanned)).body.paymentRequestId);
  Object.assign(orders, await openCodeScene(rig));
  orders.big = orderCodeIn(
    await rig.call('CHENGDU', 'pay', payForOrderCode('BIG', yuan(10_000_000))),
  );
  return rig;
}

const amountOf = (amount: object) => edit((body) => ({ ...body, paymentAmount: amount }));
const codeOf = (code: () => string) =>
  edit((body) => ({
    ...body,
    paymentMethod: { paymentMethodType: 'CONNECT_WALLET', paymentMethodId: code() },
  }));
const nameOf = (paymentRequestId: string) => edit((body) => ({ ...body, paymentRequestId }));
const refundOf = (paymentRequestId: string, refundRequestId: string) => ({
  paymentRequestId,
  refundRequestId,
  refundAmount: yuan(1),
});
const refundAmountOf = (refundAmount: object) => edit((body) => ({ ...body, refundAmount }));
const pairOf = (pair: object) => edit((body) => ({ ...body, ...pair }));
const codeValue = (name: string) => edit((body) => ({ ...body, codeValue: orders[name] }));

// Load and faults of our own are tests/hub/together.test.ts and src/engine/engine.test.ts.
const load = ['REQUEST_TRAFFIC_EXCEED_LIMIT', 'UNKNOWN_EXCEPTION'];

/** By interface: who may send it, and its faults in the order of their checks. */
export const cases: Record<ServedApi, Case> = {
  ...agreementCases,
  consultPayment: {
    sender: 'CHENGDU',
    otherRole: 'TNG',
    field: 'paymentAmount',
    good: goodConsult,
    faults: consultFaults,
    elsewhere: load,
  },
  pay: {
    sender: 'CHENGDU',
    otherRole: 'TNG',
    field: 'paymentAmount',
    good: () => payWithCode(`N${count++}`, yuan(1_000), present(codes.pop(), 'one more code')),
    faults: [
      {
        code: 'BUSINESS_NOT_SUPPORT',
        what: 'an evaluation',
        apply: edit((body) => ({ ...body, paymentFactor: { isPaymentEvaluation: 'true' } })),
      },
      withoutUserAgent,
      {
        code: 'PARAM_ILLEGAL',
        what: 'no currency of ISO 4217',
        apply: amountOf({ currency: 'ABC', value: '1000' }),
      },
      {
        code: 'PAYMENT_AMOUNT_EXCEED_LIMIT',
        what: 'over any limit',
        apply: amountOf({ currency: 'CNY', value: '10000000000001' }),
      },
      { code: 'ORDER_IS_CLOSED', what: 'an id that was cancelled', apply: nameOf('NEVER') },
      {
        code: 'REPEAT_REQ_INCONSISTENT',
        what: 'an id used before',
        apply: edit((body) => ({
          ...body,
          paymentRequestId: 'PAID',
          paymentMethod: { ...(body.paymentMethod as object), paymentMethodType: 'OTHER' },
        })),
      },
      {
        code: 'CURRENCY_NOT_SUPPORT',
        what: 'a currency without agreement',
        apply: amountOf({ currency: 'USD', value: '1000' }),
      },
      {
        code: 'CURRENCY_NOT_SUPPORT',
        what: 'a currency without a rate',
        apply: amountOf({ currency: 'EUR', value: '1000' }),
      },
      ...wrongWallets,
      { code: 'INVALID_CODE', what: 'no code of ours', apply: codeOf(() => '280000000000') },
      { code: 'EXPIRED_CODE', what: 'a used code', apply: codeOf(() => used) },
      debitWithoutToken,
      {
        code: 'UNAVAILABLE_PAYMENT_METHOD',
        what: 'a wallet that was closed',
        apply: codeOf(() => present(ofClosedWallet.pop(), 'one more code')),
      },
      unregistered.pay,
      {
        code: 'PARAM_ILLEGAL',
        what: 'an expiry in the past',
        apply: edit((body) => ({ ...body, paymentExpiryTime: '2020-01-01T00:00:00Z' })),
      },
      {
        code: 'PAYMENT_AMOUNT_EXCEED_LIMIT',
        what: 'over what one payment may be',
        apply: amountOf(yuan(10_000_000)),
      },
    ],
    // Stories tell of declines and of payments that end; the examples have both. Limits on persons
    // are in tests/hub/limits.test.ts, caps in tests/hub/cap.test.ts.
    elsewhere: [...walletDeclines, 'PAYMENT_IN_PROCESS', ...load],
  },
  userInitiatedPay: {
    sender: 'TNG',
    otherRole: 'CHENGDU',
    field: 'codeValue',
    good: () => ({ codeValue: orders.open, customerId: 'ANNA' }),
    faults: [
      {
        code: 'INVALID_CODE',
        what: 'no code of ours',
        apply: edit((body) => ({ ...body, codeValue: 'https://example.org/1' })),
      },
      ...codeFaults,
      {
        code: 'REPEAT_REQ_INCONSISTENT',
        what: 'another customer',
        alone: true,
        apply: edit((body) => ({ ...body, codeValue: orders.scanned, customerId: 'BOB' })),
      },
      { code: 'EXPIRED_CODE', what: 'an old code', alone: true, apply: codeValue('expired') },
      unregistered.scan,
      {
        code: 'CURRENCY_NOT_SUPPORT',
        what: 'a wallet without a rate',
        alone: true,
        apply: (draft) => ({ ...draft, sender: 'EURO' }),
      },
      {
        code: 'PAYMENT_AMOUNT_EXCEED_LIMIT',
        what: 'over what one payment may be',
        alone: true,
        apply: codeValue('big'),
      },
    ],
    // tests/hub/badCodes.test.ts, cashier.test.ts, limits.test.ts and the stories of codes.
    elsewhere: [
      'REGULATION_RESTRICTION',
      'USER_AMOUNT_EXCEED_LIMIT',
      'ORDER_IS_CLOSED',
      'PAYMENT_COUNT_EXCEED_LIMIT',
      'UNAVAILABLE_PAYMENT_METHOD',
      'PROCESS_FAIL',
      ...load,
    ],
  },
  notifyPayment: {
    sender: 'TNG',
    otherRole: 'CHENGDU',
    field: 'paymentResult',
    good: () => ({
      paymentRequestId: legId,
      paymentResult: { resultStatus: 'S', resultCode: 'SUCCESS' },
      paymentId: 'W-1',
    }),
    faults: [
      {
        code: 'ORDER_NOT_EXIST',
        what: 'an unknown payment',
        apply: edit((body) => ({ ...body, paymentRequestId: 'NONE' })),
      },
      {
        code: 'REPEAT_REQ_INCONSISTENT',
        what: 'another amount',
        apply: edit((body) => ({ ...body, paymentAmount: yuan(999) })),
      },
    ],
    // tests/stories/too-late.story.
    elsewhere: ['ORDER_IS_CLOSED', ...load],
  },
  notifyPushPayment: pushCase,
  inquiryPayment: {
    sender: 'CHENGDU',
    otherRole: 'TNG',
    field: 'paymentRequestId',
    good: () => ({ paymentRequestId: 'PAID' }),
    faults: [
      {
        code: 'ORDER_NOT_EXIST',
        what: 'an unknown payment',
        apply: nameOf('NONE'),
      },
      { code: 'ORDER_IS_CLOSED', what: 'an id that was cancelled', apply: nameOf('NEVER') },
    ],
    elsewhere: load,
  },
  cancelPayment: {
    sender: 'CHENGDU',
    otherRole: 'TNG',
    field: 'paymentRequestId',
    good: () => ({ paymentRequestId: 'CANCELLED' }),
    faults: [
      {
        code: 'ORDER_NOT_EXIST',
        what: 'an unknown payment',
        apply: nameOf('NOWHERE'),
      },
      // Its day is over as well, which is looked at after its refunds.
      { code: 'PROCESS_FAIL', what: 'a refunded payment', alone: true, apply: nameOf('PARTLY') },
      {
        code: 'CANCEL_WINDOW_EXCEED',
        what: 'a payment of an earlier day',
        alone: true,
        apply: nameOf('OLDER'),
      },
    ],
    elsewhere: load,
    written: ['ORDER_IS_CLOSED'],
  },
  refund: {
    sender: 'CHENGDU',
    otherRole: 'TNG',
    field: 'refundRequestId',
    good: () => refundOf('PAID', `R${count++}`),
    faults: [
      {
        code: 'REPEAT_REQ_INCONSISTENT',
        what: 'an id used before',
        apply: edit((body) => ({ ...body, refundRequestId: 'USED' })),
      },
      { code: 'ORDER_NOT_EXIST', what: 'an unknown payment', apply: nameOf('NONE') },
      {
        code: 'CURRENCY_NOT_SUPPORT',
        what: 'another currency',
        apply: refundAmountOf({ currency: 'MYR', value: '1' }),
      },
      { code: 'PROCESS_FAIL', what: 'an open order', alone: true, apply: nameOf('OPEN') },
      { code: 'ORDER_IS_CLOSED', what: 'an expired order', alone: true, apply: nameOf('OLD') },
      {
        code: 'REFUND_WINDOW_EXCEED',
        what: 'a payment of long ago',
        alone: true,
        apply: nameOf('OLDER'),
      },
      {
        code: 'REFUND_AMOUNT_EXCEED',
        what: 'more than was paid',
        apply: refundAmountOf(yuan(1_000_000)),
      },
    ],
    // tests/stories/refunding.story.
    elsewhere: [...walletDeclines, 'PAYMENT_IN_PROCESS', ...load],
  },
  getPaymentCode: {
    sender: 'TNG',
    otherRole: 'CHENGDU',
    field: 'customerId',
    good: () => ({ customerId: 'ANNA', env: {} }),
    faults: [],
    elsewhere: load,
  },
  inquiryCodeRules: {
    sender: 'TNG',
    otherRole: 'CHENGDU',
    field: 'version',
    bad: '',
    good: () => ({}),
    faults: [],
    elsewhere: load,
  },
  inquiryUserLimits: {
    sender: 'TNG',
    otherRole: 'CHENGDU',
    field: 'customerId',
    good: () => ({ customerId: 'ANNA' }),
    faults: [],
    elsewhere: load,
  },
  inquiryForeignExchangeQuote: {
    sender: 'TNG',
    otherRole: 'CHENGDU',
    field: 'sellCurrency',
    good: () => ({ sellCurrency: 'MYR', buyCurrency: 'CNY' }),
    faults: [
      {
        code: 'PARAM_ILLEGAL',
        what: 'no currency of ISO 4217',
        apply: pairOf({ buyCurrency: 'ABC' }),
      },
      {
        code: 'PARAM_ILLEGAL',
        what: 'twice the same',
        apply: pairOf({ sellCurrency: 'EUR', buyCurrency: 'EUR' }),
      },
      {
        code: 'CURRENCY_NOT_SUPPORT',
        what: 'the currency of another wallet',
        apply: pairOf({ sellCurrency: 'KRW' }),
      },
      {
        code: 'CURRENCY_NOT_SUPPORT',
        what: 'a currency without a rate',
        apply: pairOf({ buyCurrency: 'ISK' }),
      },
    ],
    elsewhere: load,
  },
  ...registrationCases,
  ...disputeCases,
};
