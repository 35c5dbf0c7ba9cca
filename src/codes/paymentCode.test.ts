// Payment codes: ours taken apart and put together, everybody else's told apart.

import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { slotCount } from '../base/id.ts';
import {
  PAYMENT_CODE_ISSUER,
  paymentCodeFamily,
  readPaymentCode,
  slotText,
  writePaymentCode,
} from './paymentCode.ts';

const anySlot = fc.integer({ min: 0, max: slotCount - 1 });
const anyRandom = fc.string({
  unit: fc.constantFrom(...'0123456789'),
  minLength: 12,
  maxLength: 12,
});

describe('a payment code', () => {
  it('is 24 digits that carry the slot', () => {
    const text = writePaymentCode({ slot: 7, random12: '123456789012' });
    expect(text).toBe('281808020007123456789012');
    expect(readPaymentCode(text)).toEqual({
      cii: '281808',
      bti: '02',
      slot: 7,
      random12: '123456789012',
    });
  });

  it('reads back whatever was written, under its own issuer only', () => {
    fc.assert(
      fc.property(anySlot, anyRandom, (slot, random12) => {
        const text = writePaymentCode({ slot, random12 });
        expect(text).toMatch(/^[0-9]{24}$/);
        expect(readPaymentCode(text)).toMatchObject({ slot, random12 });
        expect(paymentCodeFamily(text)).toBe('own');
        expect(readPaymentCode(text, '301001')).toBeUndefined();
        expect(paymentCodeFamily(text, '301001')).toBe('standard');
      }),
    );
  });

  it.each([
    '28180802000712345678901',
    '2818080200071234567890123',
    '281808130007123456789012',
    '281808024096123456789012',
    '281006020000000000125733',
    '28180802000712345678901x',
    '281808020007123456789012\n',
    '٢٨١٨٠٨٠٢٠٠٠٧١٢٣٤٥٦٧٨٩٠١٢',
  ])('is not %j', (text) => {
    expect(readPaymentCode(text)).toBeUndefined();
  });

  it('is not written from parts of another form', () => {
    expect(() => writePaymentCode({ slot: 4096, random12: '123456789012' })).toThrow(RangeError);
    expect(() => writePaymentCode({ slot: -1, random12: '123456789012' })).toThrow(RangeError);
    expect(() => writePaymentCode({ slot: 1.5, random12: '123456789012' })).toThrow(RangeError);
    expect(() => writePaymentCode({ slot: 1, random12: '12345678901' })).toThrow(RangeError);
    expect(() => writePaymentCode({ slot: 1, random12: '123456789012' }, '31100')).toThrow(
      RangeError,
    );
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

  it('has an issuer of the standard form', () => {
    expect(PAYMENT_CODE_ISSUER).toMatch(/^(?:2[5-9]|30)[0-9]{4}$/);
  });
});
