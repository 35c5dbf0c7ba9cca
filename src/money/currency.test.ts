// What our ISO 4217 table must get right: the codes of the day and their minor units.

import { describe, expect, it } from 'vitest';
import {
  currencies,
  currencyByNumeric,
  currencyOf,
  exponentOf,
  isCurrency,
  UnknownCurrencyError,
} from './currency.ts';

describe('the currency table', () => {
  it('has well-formed rows with unique codes and numbers, in order', () => {
    for (const currency of currencies) {
      expect(currency.code).toMatch(/^[A-Z]{3}$/);
      expect(currency.numeric).toMatch(/^[0-9]{3}$/);
      expect([0, 2, 3, 4]).toContain(currency.exponent);
      expect(currency.name).not.toBe('');
      expect(currencyByNumeric(currency.numeric)).toBe(currency);
    }
    const codes = currencies.map((currency) => currency.code);
    expect(new Set(codes).size).toBe(currencies.length);
    expect([...codes].sort()).toEqual(codes);
  });

  it.each([
    [0, 'JPY KRW VND CLP ISK PYG UGX XAF XOF XPF BIF DJF GNF KMF RWF VUV UYI'],
    [2, 'CNY MYR IDR HUF PKR MMK LAK MNT KZT MOP KHR TWD USD EUR SLE XCG ZWG VED'],
    [3, 'KWD BHD OMR JOD TND IQD LYD'],
    [4, 'CLF UYW'],
  ])('gives %i decimals to %s', (exponent, codes) => {
    for (const code of codes.split(' ')) {
      expect([code, exponentOf(code)]).toEqual([code, exponent]);
    }
  });

  it('knows the currencies of the moment and forgets those that ended', () => {
    for (const code of ['XCG', 'ZWG', 'SLE', 'VED']) {
      expect(isCurrency(code)).toBe(true);
    }
    for (const code of ['ANG', 'HRK', 'ZWL', 'SLL', 'BGN', 'XXX', 'XAU', 'cny', '', '156']) {
      expect(isCurrency(code)).toBe(false);
      expect(currencyOf(code)).toBeUndefined();
      expect(() => exponentOf(code)).toThrow(UnknownCurrencyError);
    }
    expect(currencyByNumeric('156')?.code).toBe('CNY');
    expect(currencyByNumeric('8')).toBeUndefined();
    expect(currencyByNumeric('008')?.code).toBe('ALL');
  });
});
