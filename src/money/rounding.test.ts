// Rounding: the four ways at the edges, and that no way is ever a whole unit off.

import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { divideRounded, minorRounded, type Rounding } from './rounding.ts';

const roundings: readonly Rounding[] = ['half_even', 'half_up', 'down', 'up'];
const anyRounding = fc.constantFrom(...roundings);
const anyNumerator = fc.bigInt({ min: -(10n ** 40n), max: 10n ** 40n });
const anyDenominator = fc.bigInt({ min: 1n, max: 10n ** 20n });

describe('divideRounded', () => {
  it.each([
    // numerator, denominator, half_even, half_up, down, up
    [5n, 2n, 2n, 3n, 2n, 3n],
    [7n, 2n, 4n, 4n, 3n, 4n],
    [-5n, 2n, -2n, -3n, -2n, -3n],
    [5n, -2n, -2n, -3n, -2n, -3n],
    [-7n, -2n, 4n, 4n, 3n, 4n],
    [1n, 3n, 0n, 0n, 0n, 1n],
    [2n, 3n, 1n, 1n, 0n, 1n],
    [-1n, 3n, 0n, 0n, 0n, -1n],
    [6n, 3n, 2n, 2n, 2n, 2n],
    [0n, 3n, 0n, 0n, 0n, 0n],
    [1n, 2n, 0n, 1n, 0n, 1n],
  ])('%i / %i', (numerator, denominator, ...expected) => {
    expect(roundings.map((way) => divideRounded(numerator, denominator, way))).toEqual(expected);
  });

  it('is less than one unit from the exact quotient, half a unit for the two halves', () => {
    fc.assert(
      fc.property(anyNumerator, anyDenominator, anyRounding, (n, d, way) => {
        const off = divideRounded(n, d, way) * d - n;
        const error = off < 0n ? -off : off;
        expect(error < d).toBe(true);
        expect(way === 'down' || way === 'up' || error * 2n <= d).toBe(true);
      }),
    );
  });

  it('rounds a negative amount like the positive one, and never out of order', () => {
    fc.assert(
      fc.property(anyNumerator, anyNumerator, anyDenominator, anyRounding, (a, b, d, way) => {
        expect(divideRounded(-a, d, way)).toBe(-divideRounded(a, d, way));
        expect(divideRounded(a, -d, way)).toBe(-divideRounded(a, d, way));
        const [low, high] = a < b ? [a, b] : [b, a];
        expect(divideRounded(low, d, way) <= divideRounded(high, d, way)).toBe(true);
      }),
    );
  });

  it('refuses to divide by zero', () => {
    expect(() => divideRounded(1n, 0n, 'down')).toThrow(RangeError);
  });
});

describe('minorRounded', () => {
  it('rounds rupiah half-even to whole rupiah, whatever is asked for', () => {
    for (const way of roundings) {
      expect(minorRounded('IDR', 12_350n, 1n, way)).toBe(12_400n);
      expect(minorRounded('IDR', 12_450n, 1n, way)).toBe(12_400n);
      expect(minorRounded('IDR', 12_451n, 1n, way)).toBe(12_500n);
      expect(minorRounded('IDR', -12_350n, 1n, way)).toBe(-12_400n);
    }
    expect(minorRounded('MYR', 12_350n, 100n, 'half_even')).toBe(124n);
  });
});
