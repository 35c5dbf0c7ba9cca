// Cashier payments: which wallets are offered, where the visitor is sent, and what must be said.

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { writeCashier } from '../../src/network/cashierStore.ts';
import { type Rig, startRig } from './rig.ts';
import {
  acquirer,
  contents,
  expectBalanced,
  korean,
  malaysian,
  openEntry,
  payAtCashier,
  rates,
  yuan,
} from './scenes.ts';

let rig: Rig;

const thai = { ...malaysian, participantId: 'TRUE', currency: 'THB', market: 'TH' };
const closed = { ...malaysian, participantId: 'AWAY', enabled: false };
const codeless = { ...malaysian, participantId: 'NOPAGE' };

beforeAll(async () => {
  rig = await startRig({
    lanes: 4,
    partners: [acquirer, korean, malaysian, thai, closed, codeless],
    rates,
  });
  for (const participantId of ['KAKAO', 'TNG', 'TRUE', 'AWAY']) {
    const id = participantId.toLowerCase();
    await writeCashier(
      rig.fresh.database,
      {
        participantId,
        normalUrl: `https://${id}.example/pay`,
        schemeUrl: `${id}://pay?from=web`,
        applinkUrl: `https://${id}.example/app`,
        appIdentifier: `com.${id}`,
        logoUrl: `https://${id}.example/logo.svg`,
        scansCodes: participantId !== 'KAKAO',
      },
      rig.clock.now(),
    );
  }
  await Promise.all(rig.hubs.map((hub) => hub.configuration.reload()));
});

afterAll(async () => {
  await expectBalanced(rig);
  await rig.close();
});

const pay = (id: string, changes: object = {}) =>
  rig.call('CHENGDU', 'pay', { ...payAtCashier(id, yuan(12_000)), ...changes });

/** The same order from another kind of device. */
function from(id: string, env: object): object {
  const { order } = payAtCashier(id, yuan(12_000));
  return { order: { ...order, env } };
}

const consult = (changes: object = {}) =>
  rig.call('CHENGDU', 'consultPayment', {
    paymentAmount: { currency: 'CNY', value: '0' },
    paymentFactor: {
      isInStorePayment: 'false',
      isCashierPayment: 'true',
      presentmentMode: 'TILE',
    },
    settlementStrategy: { settlementCurrency: 'CNY' },
    ...changes,
  });

interface Option {
  readonly paymentMethodType: string;
  readonly enabled: string;
  readonly preferred?: string;
  readonly disableReason?: string;
  readonly paymentOptionDetail: {
    readonly connectWallet: { readonly supportWallets: readonly { walletName: string }[] };
  };
}

describe('consultPayment', () => {
  test('offers each wallet with a cashier: home, then who can pay, then why not', async () => {
    const before = await contents(rig);
    const told = await consult({ userRegion: 'MY', allowedPspRegions: ['KR', 'MY', 'TH'] });
    const options = told.body.paymentOptions as Option[];
    expect(
      options.map(({ paymentMethodType, enabled, preferred, disableReason }) => [
        paymentMethodType,
        enabled,
        preferred,
        disableReason,
      ]),
    ).toEqual([
      ['TNG', 'true', 'true', undefined],
      ['KAKAO', 'true', 'false', undefined],
      ['AWAY', 'false', 'false', 'WALLET_NOT_AVAILABLE'],
      ['TRUE', 'false', 'false', 'CURRENCY_NOT_SUPPORT'],
    ]);
    expect(options[0]).toMatchObject({
      paymentMethodCategory: 'WALLET',
      logo: { logoUrl: 'https://tng.example/logo.svg' },
      paymentOptionDetail: {
        connectWallet: {
          supportWallets: [
            {
              walletRegion: 'MY',
              walletFeature: { supportCodeScan: 'true', supportCashierRedirection: 'true' },
            },
          ],
        },
      },
    });
    expect(await contents(rig)).toEqual(before);
  });

  test('a region that is not allowed is a reason', async () => {
    const told = await consult({ allowedPspRegions: ['KR'] });
    const options = told.body.paymentOptions as Option[];
    const tng = options.find(({ paymentMethodType }) => paymentMethodType === 'TNG');
    expect(tng?.disableReason).toBe('REGION_NOT_ALLOWED');
  });

  test('as one bundle it names only those that can pay', async () => {
    const told = await consult({
      paymentFactor: {
        isInStorePayment: 'false',
        isCashierPayment: 'true',
        presentmentMode: 'UNIFIED',
      },
    });
    const [option, ...others] = told.body.paymentOptions as Option[];
    expect(others).toEqual([]);
    expect(option?.paymentMethodType).toBe('CONNECT_WALLET');
    const names = option?.paymentOptionDetail.connectWallet.supportWallets;
    expect(names?.map(({ walletName }) => walletName)).toEqual(['KAKAO', 'TNG']);
  });

  test.each([
    ['a store', { paymentFactor: { isInStorePayment: 'true' } }, 'BUSINESS_NOT_SUPPORT', /./],
    ['no strategy', { settlementStrategy: null }, 'PARAM_ILLEGAL', /^settlementStrategy/],
    [
      'a currency that is none',
      { paymentAmount: { currency: 'XQQ', value: '5' } },
      'PARAM_ILLEGAL',
      /^paymentAmount\.currency/,
    ],
    [
      'a currency not agreed',
      { paymentAmount: { currency: 'JPY', value: '5' } },
      'CURRENCY_NOT_SUPPORT',
      /CNY/,
    ],
    [
      'less than nothing',
      { paymentAmount: { currency: 'CNY', value: '-1' } },
      'PARAM_ILLEGAL',
      /^paymentAmount/,
    ],
  ] as const)('%s is refused', async (_, changes, code, says) => {
    const told = await consult(changes);
    expect(told.resultCode).toBe(code);
    expect(told.resultMessage).toMatch(says);
  });
});

describe('where the visitor is sent', () => {
  const chosen = { paymentMethod: { paymentMethodType: 'TNG' } };

  test.each([
    ['WAP', 'ANDROID'],
    ['WAP', 'IOS'],
    ['APP', 'ANDROID'],
    ['APP', 'IOS'],
  ])('a phone, %s on %s: addresses with and without the app', async (terminalType, osType) => {
    const id = `C1-${terminalType}-${osType}`;
    const placed = { ...chosen, ...from(id, { terminalType, osType }) };
    const told = await pay(id, placed);
    expect(told.resultCode).toBe('PAYMENT_IN_PROCESS');
    const url = new URL(String(told.body.normalUrl));
    const code = url.searchParams.get('codeValue') ?? '';
    expect(url.origin + url.pathname).toBe('https://tng.example/pay');
    expect(told.body.schemeUrl).toBe(`tng://pay?from=web&codeValue=${encodeURIComponent(code)}`);
    expect(told.body).toMatchObject({
      applinkUrl: `https://tng.example/app?codeValue=${encodeURIComponent(code)}`,
      appIdentifier: 'com.tng',
    });
    expect(told.body.orderCodeForm).toBeUndefined();

    const shown = await rig.call('TNG', 'userInitiatedPay', {
      codeValue: code,
      customerId: 'ANNA',
    });
    expect(shown.body).toMatchObject({
      paymentFactor: { isCashierPayment: 'true', presentmentMode: 'TILE' },
      paymentRedirectUrl: `https://tickets.example/order/${id}`,
    });
    expect(shown.body.paymentRequestId).not.toBe(id);
    const paid = await rig.call('TNG', 'notifyPayment', {
      paymentRequestId: String(shown.body.paymentRequestId),
      paymentResult: { resultCode: 'SUCCESS', resultStatus: 'S' },
      paymentId: `W-${id}`,
    });
    expect(paid.resultCode).toBe('SUCCESS');
    const again = await pay(id, placed);
    expect(again.resultCode).toBe('SUCCESS');
    expect(again.body.normalUrl).toBeUndefined();
    expect(rig.notices.filter((notice) => notice.paymentRequestId === id)).toHaveLength(1);
  });

  test('a desktop: a code to scan as well, if the wallet scans', async () => {
    const told = await pay('C2', chosen);
    expect(told.body.orderCodeForm).toMatchObject({ codeDetails: [{ codeValueType: 'QRCODE' }] });
    expect(told.body.schemeUrl).toBeUndefined();
    const other = await pay('C3', { paymentMethod: { paymentMethodType: 'KAKAO' } });
    expect(other.body.normalUrl).toMatch(/^https:\/\/kakao\.example/);
    expect(other.body.orderCodeForm).toBeUndefined();
  });

  test('no wallet chosen yet: our own page offers those that can pay', async () => {
    const told = await pay('C4', { allowedPspRegions: ['MY'] });
    const url = String(told.body.normalUrl);
    expect(url).toMatch(/^https:\/\/wayfare\.example\/entry\//);
    const opened = (await openEntry(rig, url)) as unknown as {
      wallets: { walletId: string; url: string }[];
      codeValue: string;
    };
    expect(opened.wallets.map(({ walletId }) => walletId)).toEqual(['TNG']);
    expect(opened.wallets[0]?.url).toContain(encodeURIComponent(opened.codeValue));
  });

  test('ten minutes and no longer, whatever the acquirer asks', async () => {
    const hour = new Date(rig.clock.now() + 3_600_000).toISOString();
    const told = await pay('C5', { paymentExpiryTime: hour });
    const form = told.body.orderCodeForm as { expireTime: string };
    const life = Date.parse(form.expireTime) - rig.clock.now();
    expect(life).toBeGreaterThan(590_000);
    expect(life).toBeLessThanOrEqual(600_000);
    await rig.advance(600_000);
    const ended = await pay('C5');
    expect(ended.resultCode).toBe('ORDER_IS_CLOSED');
  });
});

describe('what a cashier payment must say', () => {
  const nothing = { terminalType: 'WEB' };
  test.each([
    ['order.env.terminalType', () => from('B1', { userAgent: 'x' }), 'PARAM_ILLEGAL'],
    ['order.env.osType', () => from('B2', { terminalType: 'APP' }), 'PARAM_ILLEGAL'],
    ['order.env.osType', () => from('B3', { terminalType: 'WAP' }), 'PARAM_ILLEGAL'],
    ['paymentRedirectUrl', () => ({ paymentRedirectUrl: null }), 'PARAM_ILLEGAL'],
    [
      'paymentFactor.presentmentMode',
      () => ({ paymentFactor: { isInStorePayment: 'false', isCashierPayment: 'true' } }),
      'PARAM_ILLEGAL',
    ],
    [
      'paymentMethod.paymentMethodType',
      () => ({ ...from('B4', nothing), paymentMethod: { paymentMethodType: 'NOPAGE' } }),
      'PARAM_ILLEGAL',
    ],
  ] as const)('%s', async (says, changes, code) => {
    const before = await contents(rig);
    const told = await pay('BAD', changes());
    expect(told.resultCode).toBe(code);
    expect(told.resultMessage).toContain(says);
    expect(await contents(rig)).toEqual(before);
  });

  test.each([
    ['WALLET_NOT_AVAILABLE', { paymentMethod: { paymentMethodType: 'AWAY' } }],
    [
      'REGION_NOT_ALLOWED',
      { paymentMethod: { paymentMethodType: 'TNG' }, allowedPspRegions: ['KR'] },
    ],
  ])('%s is the wallet’s, and the payment has failed for good', async (reason, changes) => {
    const told = await pay(reason, changes);
    expect(told.resultCode).toBe('UNAVAILABLE_PAYMENT_METHOD');
    expect(told.resultMessage).toContain(`cannot pay this: ${reason}`);
    expect((await pay(reason, changes)).body.paymentId).toBe(told.body.paymentId);
  });

  test('another wallet under the same id is another order', async () => {
    await pay('C6', { paymentMethod: { paymentMethodType: 'TNG' } });
    const other = await pay('C6', { paymentMethod: { paymentMethodType: 'KAKAO' } });
    expect(other.resultCode).toBe('REPEAT_REQ_INCONSISTENT');
  });

  test('a wallet that has left since takes no new orders, but known ones are told', async () => {
    const chosen = { paymentMethod: { paymentMethodType: 'TNG' } };
    await pay('C8', chosen);
    await rig.addPartner({ ...malaysian, enabled: false });
    expect((await pay('C9', chosen)).resultCode).toBe('UNAVAILABLE_PAYMENT_METHOD');
    expect((await pay('C8', chosen)).resultCode).toBe('PAYMENT_IN_PROCESS');
    await rig.addPartner(malaysian);
  });

  test('a payment by agreement is not offered', async () => {
    const told = await pay('C7', {
      paymentFactor: {
        isInStorePayment: 'false',
        isCashierPayment: 'true',
        isAgreementPayment: 'true',
        presentmentMode: 'TILE',
      },
    });
    expect(told.resultCode).toBe('BUSINESS_NOT_SUPPORT');
  });
});
