// Splitting: nothing is lost or made, in one split or over any row of partial refunds.

import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { allocate, cumulativePart, InvalidSplitError } from './allocate.ts';
import { CurrencyMismatchError, money } from './money.ts';

describe('allocate', () => {
  it.each([
    [100n, [1n, 1n, 1n], [34n, 33n, 33n]],
    [-100n, [1n, 1n, 1n], [-34n, -33n, -33n]],
    [5n, [3n, 7n], [2n, 3n]],
    [1n, [0n, 1n, 1n], [0n, 1n, 0n]],
    [0n, [1n, 2n], [0n, 0n]],
    [10n, [1n], [10n]],
  ])('row %#: %i', (total, weights, parts) => {
    expect(allocate(money('CNY', total), weights).map((part) => part.minor)).toEqual(parts);
  });

  it('gives parts that sum to the whole, each less than one unit from its share', () => {
    const anyWeights = fc
      .array(fc.bigInt({ min: 0n, max: 10n ** 12n }), { minLength: 1, maxLength: 12 })
      .filter((weights) => weights.some((weight) => weight > 0n));
    const anyTotal = fc.bigInt({ min: -(10n ** 24n), max: 10n ** 24n });
    fc.assert(
      fc.property(anyTotal, anyWeights, (total, weights) => {
        const parts = allocate(money('KWD', total), weights).map((part) => part.minor);
        const sum = weights.reduce((a, b) => a + b, 0n);
        expect(parts.reduce((a, b) => a + b, 0n)).toBe(total);
        for (const [index, part] of parts.entries()) {
          const off = part * sum - total * (weights[index] ?? 0n);
          expect(off < sum && off > -sum).toBe(true);
        }
      }),
    );
  });

  it('refuses weights that say nothing', () => {
    expect(() => allocate(money('CNY', 1n), [])).toThrow(InvalidSplitError);
    expect(() => allocate(money('CNY', 1n), [0n, 0n])).toThrow(InvalidSplitError);
    expect(() => allocate(money('CNY', 1n), [2n, -1n])).toThrow(InvalidSplitError);
  });
});

describe('cumulativePart', () => {
  it('makes two half refunds worth exactly what was paid', () => {
    const whole = money('CNY', 12000n);
    const counterpart = money('MYR', 7539n);
    const half = money('CNY', 6000n);
    const first = cumulativePart({ whole, counterpart, earlier: money('CNY', 0n), part: half });
    const second = cumulativePart({ whole, counterpart, earlier: half, part: half });
    expect([first.minor, second.minor]).toEqual([3770n, 3769n]);
    expect(first.currency).toBe('MYR');
  });

  it('ends at the counterpart for any row of refunds, in any currency, and never goes back', () => {
    const anyParts = fc.array(fc.bigInt({ min: 0n, max: 10n ** 9n }), {
      minLength: 1,
      maxLength: 10,
    });
    const anyCounterpart = fc.bigInt({ min: 0n, max: 10n ** 12n });
    const anyQuote = fc.constantFrom('MYR', 'JPY', 'KWD', 'IDR');
    const way = fc.constantFrom('half_even', 'half_up', 'down', 'up');
    fc.assert(
      fc.property(anyParts, anyCounterpart, anyQuote, way, (parts, worth, quote, rounding) => {
        const whole = parts.reduce((a, b) => a + b, 1n);
        let earlier = 0n;
        let given = 0n;
        for (const part of [...parts, 1n]) {
          const refund = cumulativePart({
            whole: money('CNY', whole),
            counterpart: money(quote, worth),
            earlier: money('CNY', earlier),
            part: money('CNY', part),
            rounding: rounding as 'half_even',
          });
          expect(refund.minor >= 0n).toBe(true);
          earlier += part;
          given += refund.minor;
          expect(
            quote !== 'IDR' || earlier === whole || given === worth || given % 100n === 0n,
          ).toBe(true);
        }
        expect(given).toBe(worth);
      }),
    );
  });

  it('refuses more than the whole, negative parts and other currencies', () => {
    const split = {
      whole: money('CNY', 100n),
      counterpart: money('MYR', 60n),
      earlier: money('CNY', 60n),
      part: money('CNY', 41n),
    };
    expect(() => cumulativePart(split)).toThrow(InvalidSplitError);
    expect(() => cumulativePart({ ...split, part: money('CNY', -1n) })).toThrow(InvalidSplitError);
    expect(() => cumulativePart({ ...split, part: money('MYR', 1n) })).toThrow(
      CurrencyMismatchError,
    );
  });
});
