// Moving quota between lanes: none is made, none is lost, and what is needed comes if it is there.

import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { QuotaSlice } from './command.ts';
import { moveQuota } from './wide.ts';

const minor = fc.bigInt({ min: 0n, max: 10n ** 15n });
const slicesOf = fc
  .array(fc.record({ quota: fc.bigInt({ min: -(10n ** 12n), max: 10n ** 15n }), used: minor }), {
    minLength: 1,
    maxLength: 16,
  })
  .map((list) => list.map((slice, lane): QuotaSlice => ({ lane, ...slice })));

const free = ({ quota, used }: QuotaSlice) => (quota > used ? quota - used : 0n);
const sum = (numbers: readonly bigint[]) => numbers.reduce((total, each) => total + each, 0n);

function after(slices: readonly QuotaSlice[], lane: number, need: bigint): QuotaSlice[] {
  const moves = moveQuota(slices, lane, need);
  expect(new Set(moves.map((move) => move.lane)).size).toBe(moves.length);
  return slices.map((slice) => ({
    ...slice,
    quota: moves.find((move) => move.lane === slice.lane)?.quota ?? slice.quota,
  }));
}

const cases = fc.tuple(slicesOf, minor, fc.nat()).map(([slices, need, at]) => {
  return { slices, need, lane: at % slices.length };
});

test('the sum of the quotas stays the same', () => {
  fc.assert(
    fc.property(cases, ({ slices, need, lane }) => {
      const moved = after(slices, lane, need);
      expect(sum(moved.map((slice) => slice.quota))).toBe(sum(slices.map((slice) => slice.quota)));
    }),
  );
});

test('no lane is left with less than it uses by giving', () => {
  fc.assert(
    fc.property(cases, ({ slices, need, lane }) => {
      for (const [index, slice] of after(slices, lane, need).entries()) {
        const before = slices[index] as QuotaSlice;
        if (index === lane) expect(slice.quota).toBeGreaterThanOrEqual(before.quota);
        else if (slice.quota !== before.quota) {
          expect(slice.quota).toBeLessThan(before.quota);
          expect(slice.quota).toBeGreaterThanOrEqual(slice.used);
        }
      }
    }),
  );
});

test('what is needed is there afterwards whenever all lanes together have it', () => {
  fc.assert(
    fc.property(cases, ({ slices, need, lane }) => {
      // Lanes over their quota count against the others: together means what the cap has left.
      const together = sum(slices.map((each) => each.quota - each.used));
      const there = free(after(slices, lane, need)[lane] as QuotaSlice);
      if (together >= need) expect(there).toBeGreaterThanOrEqual(need);
    }),
  );
});

test('an account without quota in this lane gets none', () => {
  expect(moveQuota([], 0, 5n)).toEqual([]);
  expect(moveQuota([{ lane: 1, quota: 9n, used: 0n }], 0, 5n)).toEqual([]);
});

test('a lane that has what is needed takes nothing from the others', () => {
  const slices = [
    { lane: 0, quota: 20n, used: 0n },
    { lane: 1, quota: 100n, used: 0n },
  ];
  expect(moveQuota(slices, 0, 20n)).toEqual([]);
});

test('half of what is not needed stays with the others', () => {
  const slices = [
    { lane: 0, quota: 0n, used: 0n },
    { lane: 1, quota: 100n, used: 0n },
  ];
  expect(after(slices, 0, 20n).map((slice) => slice.quota)).toEqual([60n, 40n]);
});
