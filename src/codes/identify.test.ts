// Whatever a visitor scans is told apart: every kind, every scheme, hostile texts, and case 14 of
// the acceptance cases (protocol.md §9.3).

import { existsSync, readFileSync } from 'node:fs';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CodeRule } from './codeRule.ts';
import { withCrc } from './emvco.ts';
import { identify } from './identify.ts';
import { writeOrderCode } from './orderCode.ts';
import { writePaymentCode } from './paymentCode.ts';
import { presetRules } from './presetRules.ts';
import { refusalReasons } from './refusals.ts';
import { compileRules, type RuleSet } from './ruleSet.ts';
import { account, schemes, shopCode } from './shops.fixture.ts';

const ORDER_CODE = writeOrderCode({ slot: 1, number: '4097', nonce: '12345678' });
const PAYMENT_CODE = writePaymentCode({ cii: '251101', slot: 12, random12: '345678901234' });

/** The preset rules with every scheme open to these wallets, as an operator would connect them. */
function connected(wallets: CodeRule['wallets']): RuleSet {
  const reading = compileRules(
    presetRules.map((rule) => (rule.whose === 'scheme_code' ? { ...rule, wallets } : rule)),
  );
  if (!reading.ok) throw new Error(reading.problem);
  return reading.set;
}

const all = connected('all');

describe('each kind', () => {
  const personPayNow = account('26', ['00', 'SG.PAYNOW'], ['01', '0'], ['02', '+6500000000']);
  const promptPay = account('29', ['00', 'A000000677010111'], ['01', '0066000000000']);
  const duitNow = account('26', ['00', 'A0000006150001'], ['01', '603346']);

  it.each([
    ['our order code', ORDER_CODE, 'own_code', 'WAYFARE', null],
    ['in capitals', ` ${ORDER_CODE.toUpperCase()}\n`, 'own_code', 'WAYFARE', null],
    ['our payment code', PAYMENT_CODE, 'own_code', 'WAYFARE', 'code_to_show'],
    ['an entry code', 'https://pay.lakeside.example/stores/1/entry', 'own_code', 'LAKESIDE', null],
    [
      'a private order code',
      'https://pay.lakeside.example/2818020412345678',
      'own_code',
      'LAKESIDE',
      null,
    ],
    [
      'a national code of a connected acquirer',
      shopCode({
        accounts: [account('26', ['00', 'A0000006150001'], ['01', '999001'], ['02', 'SHOP-1'])],
        country: 'MY',
        currency: '458',
        method: '11',
      }),
      'scheme_code',
      'KINABALU_PAY',
      null,
    ],
    [
      'our account on a sign',
      shopCode({
        accounts: [account('40', ['00', 'example.wayfare'])],
        country: 'CN',
        currency: '156',
      }),
      'own_code',
      'WAYFARE',
      'not_offered',
    ],
    ['another payment code', '281006020000000000125733', 'wallet_code', null, 'code_to_show'],
    ['a consumer code', 'hQVDUFYwMWEFTwOgAAM=', 'wallet_code', null, 'code_to_show'],
    [
      'a wallet’s page',
      'https://qr.kakaopay.com/Ej',
      'wallet_code',
      'KAKAOPAY',
      'other_wallet_code',
    ],
    ['WeChat, a person', 'wxp://f2f0abc', 'personal_code', 'WECHATPAY', 'personal_code'],
    [
      'WeChat, a shop',
      'weixin://wxpay/bizpayurl?pr=1',
      'competitor_code',
      'WECHATPAY',
      'competitor_code',
    ],
    ['WeChat, shown', '134567890123456789', 'competitor_code', 'WECHATPAY', 'code_to_show'],
    ['Alipay, a person', 'HTTPS://QR.ALIPAY.COM/FKX0', 'personal_code', 'ALIPAY', 'personal_code'],
    ['Alipay', 'https://qr.alipay.com/bax0', 'competitor_code', 'ALIPAY', 'competitor_code'],
    [
      'Alipay+',
      'https://qr.alipayplus.com/28166613',
      'competitor_code',
      'ALIPAYPLUS',
      'competitor_code',
    ],
    ['UnionPay', 'https://qr.95516.com/1', 'competitor_code', 'UNIONPAY', 'competitor_code'],
    ['a SEPA transfer', 'BCD\n002\n1\nSCT', 'personal_code', 'EPC', 'personal_code'],
    ['a UPI link', 'upi://pay?pa=shop@bank&mc=5812', 'scheme_code', 'UPI', 'scheme_not_connected'],
    ['a UPI person', 'upi://pay?pa=me@bank&mc=0000', 'personal_code', 'UPI', 'personal_code'],
    [
      'PayNow to a telephone',
      shopCode({ accounts: [personPayNow], country: 'SG', currency: '702' }),
      'personal_code',
      'PAYNOW',
      'personal_code',
    ],
    [
      'PromptPay to a telephone',
      shopCode({ accounts: [promptPay], country: 'TH', currency: '764' }),
      'personal_code',
      'PROMPTPAY',
      'personal_code',
    ],
    [
      'DuitNow of a person',
      shopCode({ accounts: [duitNow], country: 'MY', currency: '458', category: '0000' }),
      'personal_code',
      'DUITNOW',
      'personal_code',
    ],
    [
      'a card network',
      shopCode({ accounts: [['02', '4000123412341234']], country: 'FR', currency: '978' }),
      'scheme_code',
      'VISA',
      'scheme_not_connected',
    ],
    [
      'nobody that we know',
      shopCode({ accounts: [account('26', ['00', 'com.x'])], country: 'FR', currency: '978' }),
      'scheme_code',
      null,
      'scheme_unknown',
    ],
    ['a damaged order code', `${ORDER_CODE}9`, 'damaged_code', null, 'damaged_code'],
    ['a product', '6901234567892', 'not_a_payment', null, 'product_barcode'],
    ['a web page', 'https://example.com/menu', 'not_a_payment', null, 'web_address'],
    ['a Wi-Fi password', 'WIFI:S:cafe;T:WPA;P:x;;', 'not_a_payment', null, 'not_a_payment'],
    ['nothing', '  ', 'not_a_payment', null, 'empty'],
  ])('%s', (_what, text, kind, issuer, reason) => {
    const identity = identify(text, { walletId: 'TNG' });
    expect([identity.whose, identity.issuer?.id ?? null, identity.refusal?.reason ?? null]).toEqual(
      [kind, issuer, reason],
    );
    expect(identity.isSupported).toBe(reason === null);
    const action = text.includes('/entry') ? 'OPEN_URL' : 'DECODE';
    expect(identity.postCodeMatchActionType).toBe(reason === null ? action : null);
    expect(identity.redirectUrl).toBe(identity.userAgent === null ? null : text);
  });

  it('names whose code it is and what to do, in both languages', () => {
    const { refusal } = identify('wxp://f2f0abc');
    expect(refusal).toMatchObject({ side: 'shop', instead: 'show_code' });
    expect(refusal?.message.en.what).toContain('WeChat Pay code sends money to a person');
    expect(refusal?.message.zh.what).toContain('这个微信支付码');
    const payPay = identify('https://qr.paypay.ne.jp/1').refusal;
    expect(payPay?.message.zh.what).toContain('这是 PayPay 的码');
    expect(JSON.stringify(refusal)).not.toContain('{issuer}');
  });

  it('looks at the wallet’s own codes first', () => {
    const own = compileRules([
      {
        id: 'friend',
        codeMatchPattern: { matchMethod: 'PREFIX', prefix: 'tng://friend/', priority: 1 },
        postCodeMatchAction: { postCodeMatchActionType: 'DECODE' },
        trusted: true,
        whose: 'wallet_code',
        issuer: { id: 'TNG', en: 'TNG', zh: 'TNG' },
        wallets: ['TNG'],
      },
    ]);
    if (!own.ok) throw new Error(own.problem);
    const options = { localRules: own.set, walletId: 'TNG' };
    expect(identify('tng://friend/1', options)).toMatchObject({
      isSupported: true,
      rule: { id: 'friend', local: true },
    });
    expect(identify('tng://friend/1').refusal?.reason).toBe('not_a_payment');
    expect(identify(ORDER_CODE, options).rule).toMatchObject({ local: false });
  });
});

describe.each(schemes)('the scheme %s', (issuer, shop) => {
  const sound = shopCode(shop);

  it('is told apart, and nobody can pay it while it is not connected', () => {
    const identity = identify(sound, { walletId: 'TNG' });
    expect(identity).toMatchObject({ whose: 'scheme_code', issuer: { id: issuer }, wallets: [] });
    expect(identity.refusal?.reason).toBe('scheme_not_connected');
  });

  it('is damaged when its checksum is wrong, it is cut, or a length lies', () => {
    const wrongCrc = sound.slice(0, -4) + (sound.endsWith('0000') ? '1111' : '0000');
    const cut = sound.slice(0, -12);
    const lyingLength = sound.replace('5907NOODLES', '5999NOODLES');
    const noCrc = sound.slice(0, -8);
    for (const text of [wrongCrc, cut, lyingLength, noCrc, `${sound}9`, sound.replace('N', '🍜')]) {
      expect(identify(text, { rules: all }).refusal?.reason).toBe('damaged_code');
    }
  });

  it('once connected: with an amount it is decoded, without one a page asks', () => {
    const fixed = shopCode({ ...shop, amount: '12', method: '12' });
    expect(identify(fixed, { rules: all })).toMatchObject({
      isSupported: true,
      postCodeMatchActionType: 'DECODE',
      redirectUrl: null,
    });
    const bare = shopCode({ ...shop, amount: '12' });
    expect(identify(bare, { rules: all }).postCodeMatchActionType).toBe('DECODE');
    for (const open of [sound, shopCode({ ...shop, amount: '12', method: '11' })]) {
      const { postCodeMatchActionType, redirectUrl } = identify(open, { rules: all });
      expect(postCodeMatchActionType).toBe('OPEN_URL');
      const url = new URL(redirectUrl ?? '');
      expect(url.searchParams.get('queryType')).toBe('PUSH_PAYMENT');
      expect(url.searchParams.get('codeValue')).toBe(open);
      expect(url.searchParams.get('issuer')).toBe(issuer);
    }
  });

  it('is for the wallets that joined it', () => {
    const rules = connected(['GCASH']);
    expect(identify(sound, { rules, walletId: 'GCASH' }).isSupported).toBe(true);
    expect(identify(sound, { rules }).isSupported).toBe(true);
    expect(identify(sound, { rules, walletId: 'TNG' })).toMatchObject({
      isSupported: false,
      wallets: ['GCASH'],
      refusal: { reason: 'wallet_not_enabled', side: 'wallet' },
    });
  });
});

describe('case 14: expired, foreign, malformed', () => {
  const payNow = (expiry: string) =>
    shopCode({
      accounts: [account('26', ['00', 'SG.PAYNOW'], ['01', '2'], ['02', 'X1'], ['04', expiry])],
      country: 'SG',
      currency: '702',
    });
  const now = Date.UTC(2026, 10, 22, 16, 0, 0); // 00:00 on the 23rd in Singapore

  it.each([
    ['20261122', 'expired_code'],
    ['20261123', undefined],
    ['20261122235959', 'expired_code'],
    ['20261123000001', undefined],
    ['0', undefined],
  ])('PayNow until %s', (expiry, reason) => {
    expect(identify(payNow(expiry), { rules: all, now }).refusal?.reason).toBe(reason);
    expect(identify(payNow(expiry), { rules: all }).refusal).toBeNull();
  });

  it('KHQR until a millisecond', () => {
    const khqr = shopCode({
      accounts: [account('30', ['00', 'shop@bank'])],
      country: 'KH',
      currency: '116',
      more: [account('99', ['00', String(now - 1_000)], ['01', String(now)])],
    });
    expect(identify(khqr, { rules: all, now }).refusal?.resultCode).toBe('EXPIRED_CODE');
    expect(identify(khqr, { rules: all, now: now - 1 }).isSupported).toBe(true);
  });

  it('an amount or a currency that does not exist', () => {
    const [, shop] = schemes[0] as (typeof schemes)[number];
    for (const wrong of [{ amount: '1.234' }, { currency: '191' }]) {
      const identity = identify(shopCode({ ...shop, ...wrong }), { rules: all });
      expect(identity.refusal).toMatchObject({ reason: 'amount_unreadable', side: 'shop' });
    }
  });
});

describe('hostile texts', () => {
  it.each([
    ['a huge text', '0'.repeat(10_000_000), 'too_long'],
    ['a huge code of ours', ORDER_CODE + '0'.repeat(5_000_000), 'too_long'],
    ['a host that begins like ours', 'https://qr.wayfare.example.evil/28166613', 'web_address'],
    ['our host as a user name', 'https://pay.lakeside.example@evil.example/stores/', 'web_address'],
    ['emoji', '🍜🍜🍜', 'not_a_payment'],
    ['half an emoji', '\ud83c', 'not_a_payment'],
    ['a script', 'javascript:alert(1)', 'not_a_payment'],
    ['control characters', '\u0000\u001b[2J', 'not_a_payment'],
  ])('%s', (_what, text, reason) => {
    const identity = identify(text);
    expect(identity.refusal?.reason).toBe(reason);
    expect(identity.codeValue.length).toBeLessThanOrEqual(512);
  });

  it('never throws, says yes or why not, and is plain JSON', () => {
    const seeds = [ORDER_CODE, PAYMENT_CODE, ...schemes.map(([, shop]) => shopCode(shop))];
    const mutated = fc
      .tuple(
        fc.constantFrom(...seeds, ...vectors().map(({ payload }) => payload)),
        fc.nat(),
        fc.nat({ max: 5 }),
        fc.string({ unit: 'binary', maxLength: 5 }),
        fc.boolean(),
      )
      .map(([text, place, gone, more, mended]) => {
        const at = place % (text.length + 1);
        const changed = text.slice(0, at) + more + text.slice(at + gone);
        // With its checksum made right again a changed code reaches the rules.
        return mended ? withCrc(changed.replace(/6304[0-9A-Fa-f]{0,4}$/, '')) : changed;
      });
    const anything = fc.oneof(fc.string({ unit: 'binary', maxLength: 600 }), mutated);
    fc.assert(
      fc.property(anything, fc.constantFrom(all, undefined), (text, rules) => {
        const identity = identify(text, rules === undefined ? {} : { rules });
        const { isSupported, refusal, postCodeMatchActionType, redirectUrl } = identity;
        expect(isSupported).toBe(refusal === null);
        expect(isSupported).toBe(postCodeMatchActionType !== null);
        expect(redirectUrl !== null).toBe(postCodeMatchActionType === 'OPEN_URL');
        if (redirectUrl !== null) expect(new URL(redirectUrl).host).toMatch(/\.example$/);
        if (refusal !== null) expect(refusalReasons).toContain(refusal.reason);
        expect(JSON.parse(JSON.stringify(identity))).toEqual(identity);
      }),
      { numRuns: 1_000 },
    );
  });
});

interface Vector {
  readonly payload: string;
  readonly valid: boolean;
}

/** The third-party codes; they stay where they are and are only read. */
function vectors(): Vector[] {
  const file = new URL('../../../shared/data/emv-mpm-vectors.json', import.meta.url);
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : [];
}

describe('third-party codes', () => {
  it.skipIf(vectors().length === 0)('are damaged exactly when they are not valid', () => {
    for (const { payload, valid } of vectors()) {
      const { whose } = identify(payload);
      expect([payload, whose === 'damaged_code']).toEqual([payload, !valid]);
    }
  });

  it.skipIf(vectors().length === 0)('are nobody’s for few of the sound ones', () => {
    const sound = vectors().filter(({ valid }) => valid);
    const unknown = sound.filter(({ payload }) => identify(payload).rule === null);
    // The examples of the EMVCo specification itself, and two shops of unnamed schemes.
    expect(unknown.length).toBeLessThanOrEqual(6);
  });
});
