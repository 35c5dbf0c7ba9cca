// The scan page's judgement: with the wallet's rules, or with the app's own without them.
import { describe, expect, it } from 'vitest';
import { writeOrderCode } from '../../src/codes/orderCode.ts';
import { presetRuleSet, presetRules } from '../../src/codes/presetRules.ts';
import { judge, rulesOf } from './identify.ts';

const now = Date.UTC(2026, 10, 22);

describe('a scanned text', () => {
  it('is paid when it is an order code of ours', () => {
    const slot = Number(123456789n % 4096n);
    const text = writeOrderCode({ slot, number: '123456789', nonce: '12345678' });
    expect(judge(text, 'TNG', presetRuleSet, now).isSupported).toBe(true);
  });

  it('is judged by the rules of the wallet', () => {
    const text = 'weixin://wxpay/1';
    const open = presetRules.map((rule) => ({ ...rule, wallets: ['TNG'] }));
    expect(judge(text, 'TNG', rulesOf(open), now).isSupported).toBe(true);
    expect(judge(text, 'OCBC', rulesOf(open), now).refusal?.reason).toBe('wallet_not_enabled');
    expect(judge(text, 'TNG', rulesOf(undefined), now).refusal?.reason).toBe('competitor_code');
  });

  it('is judged by the app’s own rules when the wallet’s cannot be used', () => {
    const broken = presetRules.map((rule) => ({ ...rule, id: 'twice' }));
    expect(rulesOf(broken)).toBe(presetRuleSet);
  });
});
