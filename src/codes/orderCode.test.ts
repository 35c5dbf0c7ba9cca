// Order codes: an address that carries its payment's number, and no other.

import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readOrderCode, writeOrderCode } from './orderCode.ts';

const CODE = { slot: 1, number: '4097', nonce: '00000042' };
const TEXT = 'https://qr.wayfare.example/2816661300010000000000000004097' + '00000042';
const anyNumber = fc.bigInt({ min: 0n, max: 2n ** 63n - 1n });
const anyNonce = fc.string({ unit: fc.constantFrom(...'0123456789'), minLength: 8, maxLength: 8 });

describe('an order code', () => {
  it('is an address of slot, number and nonce', () => {
    expect(writeOrderCode(CODE)).toBe(TEXT);
    expect(readOrderCode(TEXT)).toEqual(CODE);
    expect(readOrderCode(TEXT.toUpperCase())).toEqual(CODE);
  });

  it('reads back whatever was written, on its own domain only', () => {
    const form = { domain: 'pay.example.org', issuer: '301001' };
    fc.assert(
      fc.property(anyNumber, anyNonce, (big, nonce) => {
        const code = { slot: Number(big % 4096n), number: big.toString(), nonce };
        const text = writeOrderCode(code);
        expect(text.length).toBe(TEXT.length);
        expect(readOrderCode(text)).toEqual(code);
        expect(readOrderCode(text, form)).toBeUndefined();
        expect(readOrderCode(writeOrderCode(code, form), form)).toEqual(code);
      }),
    );
  });

  it.each([
    TEXT.replace('https', 'http'),
    TEXT.replace('wayfare.example', 'wayfare.example.evil'),
    TEXT.replace('/2816', '/evil/2816'),
    TEXT.replace('https://', 'https://evil@'),
    TEXT.replace('28166613', '28166604'),
    TEXT.replace('130001', '130002'),
    `${TEXT}0`,
    TEXT.slice(0, -1),
    `${TEXT}?a=b`,
    ` ${TEXT}`,
    '',
  ])('is not %j', (text) => {
    expect(readOrderCode(text)).toBeUndefined();
  });

  it('is not written from parts of another form', () => {
    for (const fault of [
      { slot: 2 },
      { number: '04097' },
      { number: '-1' },
      { number: '1'.repeat(20) },
      { nonce: '1234567' },
      { nonce: '1234567x' },
    ]) {
      expect(() => writeOrderCode({ ...CODE, ...fault })).toThrow(RangeError);
    }
  });
});
