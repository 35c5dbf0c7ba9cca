// The rules of the network's own payment codes: exactly its wallets' numbers, with every prefix.

import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { identify } from './identify.ts';
import { writePaymentCode } from './paymentCode.ts';
import { paymentCodeRuleId, withPaymentCodes } from './paymentCodeRules.ts';
import { presetRules } from './presetRules.ts';
import { compileRules } from './ruleSet.ts';

const aNumber = fc.nat({ max: 999 }).map((number) => String(number).padStart(3, '0'));

function setOf(numbers: readonly string[]) {
  const reading = compileRules(withPaymentCodes(presetRules, numbers));
  if (!reading.ok) throw new Error(reading.problem);
  return reading.set;
}

describe('the rules of payment codes', () => {
  it('know the codes of the wallets that there are, and no others', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(aNumber, { maxLength: 400 }),
        aNumber,
        fc.integer({ min: 25, max: 30 }),
        (numbers, asked, prefix) => {
          const cii = `${prefix}1${asked}`;
          const code = writePaymentCode({ cii, slot: 9, random12: '123456789012' });
          const { whose, reading, isSupported, refusal } = identify(code, {
            rules: setOf(numbers),
          });
          const isOurs = numbers.includes(asked);
          expect(whose).toBe(isOurs ? 'own_code' : 'wallet_code');
          // A till takes it; a wallet that scans it is told that its customer shows such a code.
          expect(reading.payable).toBe(isOurs);
          expect([isSupported, refusal?.reason]).toEqual([false, 'code_to_show']);
        },
      ),
      { numRuns: 50 },
    );
  });

  it('are as many as the numbers need, a thousand too', () => {
    const every = Array.from({ length: 1_000 }, (_, number) => String(number).padStart(3, '0'));
    const ids = setOf(every)
      .rules.map(({ id }) => id)
      .filter((id) => id.startsWith(paymentCodeRuleId));
    expect(ids).toHaveLength(10);
  });

  it('take the place of the one in the file', () => {
    const ids = (numbers: readonly string[]) =>
      withPaymentCodes(presetRules, numbers).map(({ id }) => id);
    expect(ids(['101'])).toEqual(presetRules.map(({ id }) => id));
    expect(ids([])).not.toContain(paymentCodeRuleId);
    expect(withPaymentCodes([], ['101']).map(({ id }) => id)).toEqual([paymentCodeRuleId]);
  });
});
