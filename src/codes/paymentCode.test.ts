// Payment codes: ours taken apart and put together, everybody else's told apart.

import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { slotCount } from '../base/id.ts';
import { paymentCodeFamily, readPaymentCode, slotText, writePaymentCode } from './paymentCode.ts';

const anyIssuer = fc
  .tuple(fc.integer({ min: 25, max: 30 }), fc.integer({ min: 0, max: 9 }), fc.nat({ max: 999 }))
  .map(([prefix, agreement, number]) => `${prefix}${agreement}${String(number).padStart(3, '0')}`);
const anySlot = fc.integer({ min: 0, max: slotCount - 1 });
const anyRandom = fc.string({
  unit: fc.constantFrom(...'0123456789'),
  minLength: 12,
  maxLength: 12,
});

describe('a payment code', () => {
  it('is 24 digits that carry the slot', () => {
    const text = writePaymentCode({ cii: '301113', slot: 7, random12: '123456789012' });
    expect(text).toBe('301113020007123456789012');
    expect(readPaymentCode(text)).toEqual({
      cii: '301113',
      routingNumber: '113',
      bti: '02',
      slot: 7,
      random12: '123456789012',
    });
  });

  it('reads back whatever was written, with each prefix, under every number', () => {
    fc.assert(
      fc.property(anyIssuer, anySlot, anyRandom, (cii, slot, random12) => {
        const text = writePaymentCode({ cii, slot, random12 });
        expect(text).toMatch(/^[0-9]{24}$/);
        expect(readPaymentCode(text)).toEqual({
          cii,
          routingNumber: cii.slice(3),
          bti: '02',
          slot,
          random12,
        });
        expect(paymentCodeFamily(text)).toBe('standard');
        // As acquirers are told to recognise the codes of a wallet (protocol.md §6.1).
        expect(text).toMatch(new RegExp(`^(2[5-9]|30)\\d${cii.slice(3)}\\d*$`));
      }),
    );
  });

  it('has a prefix from 25 to 30 and no other', () => {
    fc.assert(
      fc.property(fc.nat({ max: 99 }), anySlot, anyRandom, (prefix, slot, random12) => {
        const cii = `${String(prefix).padStart(2, '0')}1101`;
        const isOne = prefix >= 25 && prefix <= 30;
        const text = `${cii}02${slotText(slot)}${random12}`;
        expect(readPaymentCode(text) !== undefined).toBe(isOne);
        if (isOne) expect(writePaymentCode({ cii, slot, random12 })).toBe(text);
        else expect(() => writePaymentCode({ cii, slot, random12 })).toThrow(RangeError);
      }),
    );
  });

  it.each([
    '28180802000712345678901',
    '2818080200071234567890123',
    '281808130007123456789012',
    '281808024096123456789012',
    '28180802000712345678901x',
    '281808020007123456789012\n',
    '٢٨١٨٠٨٠٢٠٠٠٧١٢٣٤٥٦٧٨٩٠١٢',
  ])('is not %j', (text) => {
    expect(readPaymentCode(text)).toBeUndefined();
  });

  it('is not written from parts of another form', () => {
    const good = { cii: '281808', slot: 1, random12: '123456789012' };
    for (const wrong of [
      { slot: 4096 },
      { slot: -1 },
      { slot: 1.5 },
      { random12: '12345678901' },
      { cii: '28180' },
      { cii: '2818081' },
      { cii: '311808' },
    ]) {
      expect(() => writePaymentCode({ ...good, ...wrong })).toThrow(RangeError);
    }
    expect(slotText(4095)).toBe('4095');
  });

  it.each([
    ['281006020000000000125733', 'standard'],
    ['251001020123456789012345', 'standard'],
    ['301001020123456789012345', 'standard'],
    ['281006990000000000125733', 'legacy'],
    ['2891234567890612345', 'alipayplus19'],
    ['2891234567890712345', 'legacy'],
    ['28123456789012345', 'legacy'],
    ['281234567890123456', 'legacy'],
    ['2512345678901234', 'legacy'],
    ['281808024096123456789012', 'standard'],
    ['251234567890123', undefined],
    ['2510010201234567890123456', undefined],
    ['241001020123456789012345', undefined],
    ['311001020123456789012345', undefined],
    ['134567890123456789', undefined],
  ])('%s is of the family %s', (text, family) => {
    expect(paymentCodeFamily(text)).toBe(family);
  });
});
