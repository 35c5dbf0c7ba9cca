// The merchant dialect on pages and in apps: which wallets, an order with the way to one, a session
// with our page, and the rate that it would be settled at.

import { afterAll, beforeAll, expect, test } from 'vitest';
import { writeCashier } from '../../src/network/cashierStore.ts';
import { type MerchantScene, openMerchantScene, type Shop } from './merchantShop.ts';
import { codeOf, expectBalanced, yuan } from './scenes.ts';

let scene: MerchantScene;
let shop: Shop;

const cashier = {
  participantId: 'TNG',
  normalUrl: 'https://wallet.example/pay',
  schemeUrl: 'wallet://pay',
  applinkUrl: 'https://wallet.example/app',
  appIdentifier: 'com.example.wallet',
  logoUrl: null,
  scansCodes: true,
};

beforeAll(async () => {
  scene = await openMerchantScene();
  const { rig } = scene;
  await writeCashier(rig.fresh.database, cashier, rig.clock.now());
  await writeCashier(
    rig.fresh.database,
    { ...cashier, participantId: 'KAKAO', scansCodes: false },
    rig.clock.now(),
  );
  shop = await scene.addShop('SILK', 'java');
});

afterAll(async () => {
  await scene.rig.rest();
  await expectBalanced(scene.rig);
  await scene.close();
});

function silk(paymentRequestId: string, more: object = {}) {
  return {
    productCode: 'CASHIER_PAYMENT',
    paymentRequestId,
    paymentAmount: yuan(8_800),
    order: {
      referenceOrderId: paymentRequestId,
      orderDescription: 'A silk scarf',
      orderAmount: yuan(8_800),
      env: { terminalType: 'WEB' },
    },
    paymentMethod: { paymentMethodType: 'TNG' },
    paymentRedirectUrl: 'https://silk.example/orders/1',
    ...more,
  };
}

/** The customer of a wallet pays the order behind its cashier's address. */
async function paidBy(walletId: string, normalUrl: string): Promise<void> {
  const { rig } = scene;
  const codeValue = new URL(normalUrl).searchParams.get('codeValue') ?? '';
  const { body } = await rig.call(walletId, 'userInitiatedPay', { codeValue, customerId: 'ANNA' });
  const told = await rig.call(walletId, 'notifyPayment', {
    paymentRequestId: body.paymentRequestId,
    paymentResult: { resultStatus: 'S', resultCode: 'SUCCESS' },
    paymentId: `${walletId}-1`,
    paymentAmount: body.paymentAmount,
    payToAmount: body.payToAmount,
    customerId: 'ANNA',
  });
  expect(told.resultCode).toBe('SUCCESS');
  await rig.rest();
}

test('the wallets that can pay, those of the region first, with truth values', async () => {
  const told = await shop.call('consult', {
    productCode: 'CASHIER_PAYMENT',
    paymentAmount: { currency: 'CNY', value: '0' },
    userRegion: 'KR',
    allowedPspRegions: ['KR'],
  });
  expect(told.result.resultCode).toBe('SUCCESS');
  expect(told.body.paymentOptions).toEqual([
    {
      paymentMethodType: 'KAKAO',
      paymentMethodCategory: 'WALLET',
      paymentMethodRegion: ['KR'],
      enabled: true,
      preferred: true,
      supportedCurrencies: ['CNY'],
    },
    {
      paymentMethodType: 'TNG',
      paymentMethodCategory: 'WALLET',
      paymentMethodRegion: ['MY'],
      enabled: false,
      preferred: false,
      disableReason: 'REGION_NOT_ALLOWED',
      supportedCurrencies: ['CNY'],
    },
  ]);
});

test('an order leads to the cashier of the wallet, is paid there, and is told', async () => {
  const placed = await shop.call('pay', silk('WEB-1'));
  expect(placed.result).toMatchObject({ resultStatus: 'U', resultCode: 'PAYMENT_IN_PROCESS' });
  const { normalUrl, redirectActionForm } = placed.body as Record<string, string>;
  expect(normalUrl).toMatch(/^https:\/\/wallet\.example\/pay\?codeValue=/);
  expect(redirectActionForm).toEqual({
    method: 'GET',
    redirectUrl: normalUrl,
    actionFormType: 'REDIRECTION',
  });
  expect(placed.body).toHaveProperty('orderCodeForm');
  expect(placed.body).not.toHaveProperty('schemeUrl');
  const before = scene.heard.length;
  await paidBy('TNG', normalUrl ?? '');
  const asked = await shop.call('inquiryPayment', { paymentRequestId: 'WEB-1' });
  expect(asked.body).toMatchObject({ paymentStatus: 'SUCCESS', paymentAmount: yuan(8_800) });
  expect(JSON.parse(scene.heard[before]?.body ?? '{}')).toMatchObject({
    notifyType: 'PAYMENT_RESULT',
    paymentRequestId: 'WEB-1',
    result: { resultCode: 'SUCCESS' },
  });
});

test('an app gets the addresses of the wallet’s app; `env` may stand above the order', async () => {
  const { order, ...rest } = silk('APP-1');
  const { env: _env, ...inside } = order;
  const placed = await shop.call('pay', {
    ...rest,
    order: inside,
    env: { terminalType: 'APP', osType: 'IOS' },
  });
  expect(placed.body).toMatchObject({
    schemeUrl: expect.stringMatching(/^wallet:\/\/pay\?codeValue=/),
    applinkUrl: expect.stringMatching(/^https:\/\/wallet\.example\/app\?codeValue=/),
    appIdentifier: 'com.example.wallet',
  });
  const gone = await shop.call('cancel', { paymentRequestId: 'APP-1' });
  expect(gone.result.resultCode).toBe('SUCCESS');
});

test('a session is an order with our page; the same id again is the same session', async () => {
  const { paymentMethod: _method, order, ...rest } = silk('SESSION-1');
  const { env: _env, ...inside } = order;
  const request = { ...rest, order: inside };
  const made = await shop.call('createPaymentSession', request);
  expect(made.body).toEqual({
    result: expect.objectContaining({ resultStatus: 'S', resultCode: 'SUCCESS' }),
    paymentSessionId: expect.stringMatching(/^\d+$/),
    paymentSessionExpiryTime: expect.stringMatching(/^2026-11-21T/),
    normalUrl: expect.stringMatching(/^https:\/\/wayfare\.example\/entry\/\d+$/),
  });
  const again = await shop.call('createPaymentSession', request);
  expect(again.body).toEqual(made.body);
  const other = { ...request, paymentAmount: yuan(1) };
  const refused = await shop.call('createPaymentSession', other);
  expect(refused.result.resultCode).toBe('REPEAT_REQ_INCONSISTENT');
  const asked = await shop.call('inquiryPayment', { paymentId: made.body.paymentSessionId });
  expect(asked.body).toMatchObject({ paymentStatus: 'PROCESSING', paymentRequestId: 'SESSION-1' });
  await shop.call('cancel', { paymentRequestId: 'SESSION-1' });
  const closed = await shop.call('createPaymentSession', request);
  expect(closed.result.resultCode).toBe('ORDER_IS_CLOSED');
});

test.each([
  ['pay', silk('BAD-1', { paymentRedirectUrl: undefined }), /paymentRedirectUrl is missing/],
  ['pay', silk('BAD-2', { paymentMethod: { paymentMethodType: 'NOBODY' } }), /CONNECT_WALLET/],
  ['pay', silk('BAD-3', { paymentFactor: { presentmentMode: 'ODD' } }), /presentmentMode/],
  ['createPaymentSession', silk('BAD-4', { paymentRedirectUrl: undefined }), /RedirectUrl/],
  ['consult', { productCode: 'CASHIER_PAYMENT' }, /^paymentAmount is missing/],
  ['inquireExchangeRate', {}, /^paymentCurrency is missing/],
  ['inquireExchangeRate', { currencyPairs: [] }, /^currencyPairs/],
  ['inquireExchangeRate', { paymentCurrency: 'ABC' }, /^ABC is no currency/],
] as const)('a wrong %s names what is wrong: %#', async (api, body, says) => {
  const told = await shop.call(api, body);
  expect(told.result.resultCode).toBe('PARAM_ILLEGAL');
  expect(told.result.resultMessage).toMatch(says);
});

test.each(['createPaymentSession', 'consult'])('%s by agreement is not offered', async (api) => {
  const told = await shop.call(api, { ...silk('NO-1'), productCode: 'AGREEMENT_PAYMENT' });
  expect(told.result.resultCode).toBe('BUSINESS_NOT_SUPPORT');
});

test('the rate of settlement is a number; other currencies are refused', async () => {
  for (const body of [
    { paymentCurrency: 'CNY' },
    { sellCurrency: 'CNY', buyCurrency: 'CNY' },
    { currencyPairs: [{ sellCurrency: 'CNY', buyCurrency: 'CNY' }] },
  ]) {
    const told = await shop.call('inquireExchangeRate', body);
    expect(told.body.quotes).toMatchObject([{ quoteCurrencyPair: 'CNY/CNY', quotePrice: 1 }]);
  }
  const foreign = await shop.call('inquireExchangeRate', { paymentCurrency: 'USD' });
  expect(foreign.result.resultCode).toBe('CURRENCY_NOT_SUPPORT');
});

test('settled in another currency: at this rate, as a number that SDKs read', async () => {
  const { rig } = scene;
  await rig.addPartner({
    participantId: 'WAYFARE_ACQUIRING',
    role: 'acquirer',
    currency: 'CNY',
    orderCurrencies: ['CNY', 'KRW'],
    spreadBasisPoints: 100,
    endpoint: '',
  });
  const told = await shop.call('inquireExchangeRate', { paymentCurrency: 'KRW' });
  expect(told.body.quotes).toMatchObject([{ quoteCurrencyPair: 'KRW/CNY', quotePrice: 0.00495 }]);
  const code = await codeOf(rig, 'TNG');
  const won = { currency: 'KRW', value: '200000' };
  const paid = await shop.call('pay', {
    ...silk('WON-1', { productCode: 'IN_STORE_PAYMENT' }),
    paymentAmount: won,
    order: { referenceOrderId: 'WON-1', orderDescription: 'A scarf', orderAmount: won },
    paymentMethod: { paymentMethodType: 'CONNECT_WALLET', paymentMethodId: code },
  });
  expect(paid.body).toMatchObject({
    grossSettlementAmount: yuan(99_000),
    settlementQuote: { quoteCurrencyPair: 'KRW/CNY', quotePrice: 0.00495 },
  });
});
