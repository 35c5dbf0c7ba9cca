// Rates: exact until the one named rounding, in every pair of minor units.

import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { currencies, exponentOf } from './currency.ts';
import { CurrencyMismatchError, compare, decimalText, money } from './money.ts';
import {
  convert,
  crossRate,
  InvalidRateError,
  invertRate,
  type Rate,
  rateFromDecimal,
  rateFromFraction,
  ratePair,
  rateText,
  withSpread,
} from './rate.ts';

const anyCurrency = fc.constantFrom(...currencies.map((currency) => currency.code));
const anyPart = fc.bigInt({ min: 1n, max: 10n ** 18n });
const anyRate = fc
  .tuple(anyCurrency, anyCurrency, anyPart, anyPart)
  .map(([base, quote, numerator, denominator]) =>
    rateFromFraction(base, quote, numerator, denominator),
  );
const anyMinor = fc.bigInt({ min: -(10n ** 18n), max: 10n ** 18n });

describe('a rate', () => {
  it('is exact, in lowest terms', () => {
    expect(rateFromDecimal('CNY', 'MYR', '0.6270')).toEqual({
      base: 'CNY',
      quote: 'MYR',
      numerator: 627n,
      denominator: 1000n,
    });
    expect(ratePair(rateFromDecimal('CNY', 'MYR', '0.6270'))).toBe('CNY/MYR');
  });

  it.each(['0', '0.000', '-1', '1e3', '', '.5', '5.', '1/2', 'NaN', '1'.repeat(41)])(
    'refuses %j',
    (text) => {
      expect(() => rateFromDecimal('CNY', 'MYR', text)).toThrow(InvalidRateError);
    },
  );

  it('inverts and crosses without loss', () => {
    fc.assert(
      fc.property(anyRate, anyRate, (a, b) => {
        expect(invertRate(invertRate(a))).toEqual(a);
        const joined = { ...b, base: a.quote };
        const cross = crossRate(a, joined);
        expect([cross.base, cross.quote]).toEqual([a.base, joined.quote]);
        const back = crossRate(cross, invertRate(joined));
        expect([back.numerator, back.denominator]).toEqual([a.numerator, a.denominator]);
      }),
    );
    const [usd, eur] = [rateFromDecimal('USD', 'CNY', '7.1'), rateFromDecimal('EUR', 'CNY', '8.2')];
    expect(() => crossRate(usd, eur)).toThrow(CurrencyMismatchError);
    expect(rateText(crossRate(usd, invertRate(eur)))).toBe('0.86585366');
  });

  it('with a spread costs the payer more, by exactly the points', () => {
    const spread = withSpread(rateFromDecimal('CNY', 'MYR', '0.6250'), 50);
    expect(rateText(spread)).toBe('0.628125');
    expect(decimalText(convert(money('CNY', 12000n), spread))).toBe('75.38');
    expect(() => withSpread(spread, -1)).toThrow(InvalidRateError);
    expect(() => withSpread(spread, 0.5)).toThrow(InvalidRateError);
    fc.assert(
      fc.property(anyRate, fc.integer({ min: 0, max: 10_000 }), anyPart, (rate, points, minor) => {
        const amount = money(rate.base, minor);
        const plain = convert(amount, rate);
        expect(compare(convert(amount, withSpread(rate, points)), plain)).not.toBe(-1);
      }),
    );
  });

  it.each([
    ['0.6270', '0.627'],
    ['25432.99999999', '25433'],
    ['9.999999999', '10'],
    ['0.0999999999', '0.1'],
    ['0.00003931944', '0.00003931944'],
    ['0.000039319445678', '0.000039319446'],
    ['123456789123', '123456790000'],
    ['1', '1'],
  ])('%s is read as %s', (text, expected) => {
    expect(rateText(rateFromDecimal('VND', 'USD', text))).toBe(expected);
  });

  it('reads as a text that is right to its last digit', () => {
    fc.assert(
      fc.property(anyRate, (rate) => {
        const read = rateFromDecimal(rate.base, rate.quote, rateText(rate));
        const off = read.numerator * rate.denominator - rate.numerator * read.denominator;
        const error = off < 0n ? -off : off;
        // Half a unit of the eighth digit is at most 5 in 10^8 of the value.
        expect(error * 10n ** 8n <= 5n * rate.numerator * read.denominator).toBe(true);
      }),
    );
  });
});

describe('convert', () => {
  it.each([
    // protocol.md §5, the worked example
    ['JPY', 1000n, 'KRW', '9.1234', '9123'],
    ['JPY', 1000n, 'USD', '0.0066667', '6.67'],
    ['CNY', 12000n, 'MYR', '0.6270', '75.24'],
    ['KWD', 1234n, 'CNY', '23.5', '29.00'],
    ['CNY', 2900n, 'KWD', '0.0425531', '1.234'],
    ['CNY', 10050n, 'IDR', '2300.5', '231200.00'],
    ['USD', 1n, 'IDR', '50', '0.00'],
    ['USD', 3n, 'IDR', '50', '2.00'],
  ])('%s %i to %s at %s is %s', (base, minor, quote, text, expected) => {
    const converted = convert(money(base, minor), rateFromDecimal(base, quote, text));
    expect(decimalText(converted)).toBe(expected);
  });

  it('refuses an amount that is not in the base currency', () => {
    const rate = rateFromDecimal('CNY', 'MYR', '0.6');
    expect(() => convert(money('MYR', 1n), rate)).toThrow(CurrencyMismatchError);
  });

  it('is less than one minor unit off (a whole rupiah for IDR), and symmetric in sign', () => {
    fc.assert(
      fc.property(anyRate, anyMinor, (rate, minor) => {
        const converted = convert(money(rate.base, minor), rate);
        const step = rate.quote === 'IDR' ? 100n : 1n;
        expect(converted.minor % step).toBe(0n);
        expect(errorOf(rate, minor, converted.minor) * 2n <= step * scaleOf(rate)).toBe(true);
        expect(convert(money(rate.base, -minor), rate).minor).toBe(-converted.minor);
      }),
    );
  });

  it('never turns more into less', () => {
    const way = fc.constantFrom('half_even', 'half_up', 'down', 'up');
    fc.assert(
      fc.property(anyRate, anyMinor, anyMinor, way, (rate, x, y, rounding) => {
        const [low, high] = x < y ? [x, y] : [y, x];
        const less = convert(money(rate.base, low), rate, rounding as 'half_even');
        const more = convert(money(rate.base, high), rate, rounding as 'half_even');
        expect(compare(less, more)).not.toBe(1);
      }),
    );
  });
});

/**
 * The exact conversion and the rounded one, both times `scaleOf(rate)`, and how far apart they are.
 */
function errorOf(rate: Rate, minor: bigint, converted: bigint): bigint {
  const exact = minor * rate.numerator * 10n ** BigInt(exponentOf(rate.quote));
  const off = converted * scaleOf(rate) - exact;
  return off < 0n ? -off : off;
}

function scaleOf(rate: Rate): bigint {
  return rate.denominator * 10n ** BigInt(exponentOf(rate.base));
}
