// Sharing a cap over lanes: the shares are the cap, whatever is used already.

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { shareCap } from './quota.ts';

const lanes = fc.integer({ min: 0, max: 6 }).map((power) => 2 ** power);
const amounts = fc.bigInt({ min: -(10n ** 15n), max: 10n ** 15n });
const cases = lanes.chain((count) =>
  fc.record({
    cap: fc.bigInt({ min: 0n, max: 10n ** 15n }),
    used: fc.array(amounts, { minLength: count, maxLength: count }),
  }),
);

test('the shares sum to the cap', () => {
  fc.assert(
    fc.property(cases, ({ cap, used }) => {
      const shares = shareCap(cap, used);
      expect(shares).toHaveLength(used.length);
      expect(shares.reduce((sum, share) => sum + share, 0n)).toBe(cap);
    }),
  );
});

test('each lane gets what it uses and an equal part of the rest', () => {
  fc.assert(
    fc.property(cases, ({ cap, used }) => {
      const parts = shareCap(cap, used).map((share, lane) => share - (used[lane] as bigint));
      const sorted = [...parts].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
      const spread = (sorted.at(-1) as bigint) - (sorted[0] as bigint);
      expect(spread <= 1n).toBe(true);
    }),
  );
});

test('a cap below what is used leaves no lane any room', () => {
  fc.assert(
    fc.property(cases, ({ cap, used }) => {
      const rest = used.reduce((left, sum) => left - sum, cap);
      fc.pre(rest <= 0n);
      for (const [lane, share] of shareCap(cap, used).entries()) {
        expect(share <= (used[lane] as bigint)).toBe(true);
      }
    }),
  );
});

test('by example', () => {
  expect(shareCap(103n, [1n, 0n])).toEqual([52n, 51n]);
  expect(shareCap(10n, [20n, 5n])).toEqual([12n, -2n]);
});
