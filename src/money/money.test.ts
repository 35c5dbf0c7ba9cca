// Amounts: sums of one currency only, decimal texts that lose nothing, and how people read them.

import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { currencies, exponentOf, UnknownCurrencyError } from './currency.ts';
import {
  add,
  CurrencyMismatchError,
  compare,
  decimalText,
  formatMoney,
  isPositive,
  isZero,
  money,
  negate,
  parseDecimal,
  subtract,
  toWire,
} from './money.ts';

const anyCurrency = fc.constantFrom(...currencies.map((currency) => currency.code));
const anyMinor = fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n });

describe('money', () => {
  it('adds, subtracts, negates and compares amounts of one currency', () => {
    fc.assert(
      fc.property(anyCurrency, anyMinor, anyMinor, (code, x, y) => {
        const [a, b] = [money(code, x), money(code, y)];
        expect(subtract(add(a, b), b)).toEqual(a);
        expect(isZero(add(a, negate(a)))).toBe(true);
        expect(compare(a, b)).toBe(x < y ? -1 : x > y ? 1 : 0);
        expect(isPositive(a)).toBe(x > 0n);
      }),
    );
  });

  it('refuses to mix currencies and to count in unknown ones', () => {
    const [cny, myr] = [money('CNY', 1n), money('MYR', 1n)];
    expect(() => add(cny, myr)).toThrow(CurrencyMismatchError);
    expect(() => subtract(cny, myr)).toThrow(CurrencyMismatchError);
    expect(() => compare(cny, myr)).toThrow(CurrencyMismatchError);
    expect(() => money('ANG', 1n)).toThrow(UnknownCurrencyError);
  });

  it('writes minor units for partners', () => {
    expect(toWire(money('CNY', 12000n))).toEqual({ currency: 'CNY', value: '12000' });
  });

  it.each([
    ['MYR', 7538n, '75.38'],
    ['JPY', 1200n, '1200'],
    ['KWD', 5n, '0.005'],
    ['KWD', -5n, '-0.005'],
    ['CLF', 123456n, '12.3456'],
    ['CNY', 0n, '0.00'],
  ])('writes %s %s as %s', (code, minor, text) => {
    expect(decimalText(money(code, minor))).toBe(text);
  });

  it('reads back every decimal text that it wrote', () => {
    fc.assert(
      fc.property(anyCurrency, fc.bigInt({ min: 0n, max: 10n ** 30n }), (code, minor) => {
        const amount = money(code, minor);
        expect(parseDecimal(code, decimalText(amount))).toEqual(amount);
      }),
    );
  });

  it.each([
    ['CNY', '75.3', 7530n],
    ['CNY', '75', 7500n],
    ['KRW', '1234', 1234n],
    ['KWD', '1.5', 1500n],
  ])('reads %s %s', (code, text, minor) => {
    expect(parseDecimal(code, text)).toEqual({ currency: code, minor });
  });

  it.each([
    ['KRW', '1234.5'],
    ['KRW', '1234.0'],
    ['CNY', '1.234'],
    ['CNY', '-1'],
    ['CNY', '+1'],
    ['CNY', '1e3'],
    ['CNY', '1,000'],
    ['CNY', ' 1'],
    ['CNY', '1\n'],
    ['CNY', '.5'],
    ['CNY', '5.'],
    ['CNY', ''],
    ['CNY', '١٢'],
    ['CNY', '9'.repeat(39)],
    ['XXX', '1'],
  ])('refuses %s %j', (code, text) => {
    expect(parseDecimal(code, text)).toBeUndefined();
  });

  it('formats for people with the decimals of our table and every digit kept', () => {
    expect(formatMoney(money('CNY', 12345678901234567890123n), 'zh-CN')).toBe(
      '¥123,456,789,012,345,678,901.23',
    );
    expect(formatMoney(money('CNY', 12000n), 'en')).toBe('CN¥120.00');
    expect(formatMoney(money('JPY', 1200n), 'en')).toBe('¥1,200');
    // Intl alone writes no decimals for rupiah, forint or rupees of Pakistan.
    for (const code of ['IDR', 'HUF', 'PKR', 'MMK', 'LAK']) {
      expect(formatMoney(money(code, 123450n), 'en')).toMatch(/1,234\.50$/);
    }
    expect(formatMoney(money('KWD', -1234n), 'en')).toMatch(/^-KWD.1\.234$/u);
    for (const { code } of currencies) {
      const digits = formatMoney(money(code, 98_765_432n), 'en').replace(/[^0-9]/g, '');
      expect([code, digits]).toEqual([code, '98765432']);
      expect(exponentOf(code)).toBeLessThan(5);
    }
  });
});
