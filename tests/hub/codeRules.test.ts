// The hub tells wallets its code rules, and what an exchange would cost, signed; or why not.

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { presetRules } from '../../src/codes/presetRules.ts';
import { readRuleMessages } from '../../src/codes/readCodeRules.ts';
import { apiOfPath, paths } from '../../src/wire/messages.ts';
import { closeScene, expectRefused, openScene, rig } from './badScene.ts';
import { resultOf, signed } from './envelopes.ts';

beforeAll(openScene);
afterAll(closeScene);

describe('inquiryCodeRules', () => {
  test('an empty question gets all rules, and they are the rules of the project', async () => {
    const { resultCode, body } = await rig.call('TNG', 'inquiryCodeRules', {});
    expect(resultCode).toBe('SUCCESS');
    expect(String(body.version)).toMatch(/^.{1,16}$/);
    const reading = readRuleMessages(body.codeRules as object[]);
    if (!reading.ok) throw new Error(reading.problem);
    expect(reading.rules.map(({ id }) => id)).toEqual(presetRules.map(({ id }) => id));
    expect(JSON.stringify(body)).not.toContain('"source"');
  });

  test('whoever has this version is spared the rules; an older one is not', async () => {
    const { body } = await rig.call('TNG', 'inquiryCodeRules', {});
    const { version } = body;
    const same = await rig.call('TNG', 'inquiryCodeRules', { version });
    expect(same.body).toMatchObject({ version, result: { resultCode: 'SUCCESS' } });
    expect(same.body.codeRules).toBeUndefined();
    const old = await rig.call('TNG', 'inquiryCodeRules', { version: 'w_old' });
    expect(old.body.codeRules).toHaveLength(presetRules.length);
  });

  test.each([
    ['an acquirer asks', 'CHENGDU', {}, 'ACCESS_DENIED', /wallet/],
    ['a version that is too long', 'TNG', { version: 'x'.repeat(17) }, 'PARAM_ILLEGAL', /version/],
    ['an empty version', 'TNG', { version: '' }, 'PARAM_ILLEGAL', /version/],
  ])('%s: refused, and nothing changes', (title, who, body, code, says) =>
    expectRefused({ title, code, says, make: () => signed(rig, who, 'inquiryCodeRules', body) }),
  );
});

describe('inquiryForeignExchangeQuote', () => {
  const pair = { sellCurrency: 'MYR', buyCurrency: 'CNY' };

  test('says the price, the spread and until when, as a payment would be priced', async () => {
    const { body } = await rig.call('TNG', 'inquiryForeignExchangeQuote', pair);
    const quote = body.foreignExchangeQuote as Record<string, string>;
    expect(quote).toMatchObject({ quoteCurrencyPair: 'CNY/MYR', baseCurrency: 'CNY' });
    expect(quote.quoteId).toBeUndefined();
    const detail = JSON.parse(String(quote.extendInfo));
    const { midPrice, spreadBasisPoints } = detail as Record<string, string>;
    const exact = (text: string | undefined) => {
      const [whole = '0', part = ''] = String(text).split('.');
      return BigInt(whole + part.padEnd(18, '0'));
    };
    const charged = (exact(midPrice) * (10_000n + BigInt(spreadBasisPoints ?? 0))) / 10_000n;
    expect(exact(quote.quotePrice)).toBe(charged);
    const life =
      Date.parse(String(quote.quoteExpiryTime)) - Date.parse(String(quote.quoteStartTime));
    expect(life).toBe(10 * 60_000);
  });

  test('both paths are the same interface', () => {
    expect(apiOfPath('/aps/v1/payments/inquiryForeignExchangeQuote')).toBe(
      'inquiryForeignExchangeQuote',
    );
    expect(apiOfPath(paths.inquiryForeignExchangeQuote)).toBe('inquiryForeignExchangeQuote');
    expect(apiOfPath('/aps/v1/payments/pay')).toBeUndefined();
  });

  test.each([
    ['no buyCurrency', { sellCurrency: 'MYR' }, 'PARAM_ILLEGAL', /buyCurrency is missing/],
    ['small letters', { ...pair, buyCurrency: 'cny' }, 'PARAM_ILLEGAL', /buyCurrency/],
    ['no such currency', { ...pair, buyCurrency: 'XQX' }, 'PARAM_ILLEGAL', /buyCurrency XQX/],
    ['the same twice', { ...pair, buyCurrency: 'MYR' }, 'PARAM_ILLEGAL', /another currency/],
    ['not its own', { ...pair, sellCurrency: 'KRW' }, 'CURRENCY_NOT_SUPPORT', /must be MYR/],
    ['no rate for it', { ...pair, buyCurrency: 'ISK' }, 'CURRENCY_NOT_SUPPORT', /no rate/],
  ])('%s: refused, and nothing changes', (title, body, code, says) =>
    expectRefused({
      title,
      code,
      says,
      make: () => signed(rig, 'TNG', 'inquiryForeignExchangeQuote', body),
    }),
  );

  test('the printed path is served and signed like the other', async () => {
    const printed = '/aps/v1/payments/inquiryForeignExchangeQuote';
    const request = await signed(rig, 'TNG', printed, pair);
    const hub = rig.hubs[0];
    if (hub === undefined) throw new Error('the rig has no hub');
    const answer = await hub.handle(request);
    expect(resultOf(rig, request, answer).resultCode).toBe('SUCCESS');
  });
});
