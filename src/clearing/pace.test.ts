// The parts of a day: they cover it without a gap, and a rush makes them narrow.

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { firstPart, nextPart, type Part, pauseAfter } from './pace.ts';

const end = 86_400_000;

/** All parts of a day whose journals are counted by `rowsIn`. */
function partsOf(rowsIn: (part: Part) => number): Part[] {
  const parts: Part[] = [];
  for (let part: Part | undefined = firstPart(0, end); part !== undefined; ) {
    parts.push(part);
    part = nextPart(part, rowsIn(part), end);
  }
  return parts;
}

test('the parts follow each other from midnight to midnight, whatever is in them', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 20_000 }), { minLength: 1 }), (rows) => {
      let index = 0;
      const parts = partsOf(() => (index < 300 ? (rows[index++ % rows.length] as number) : 0));
      expect([parts[0]?.from, parts.at(-1)?.to]).toEqual([0, end]);
      for (const [each, part] of parts.entries()) {
        expect(part.to).toBeGreaterThan(part.from);
        if (each > 0) expect(part.from).toBe(parts[each - 1]?.to);
      }
    }),
  );
});

test('an empty day takes a few parts, and a busy one about as many as its rows need', () => {
  expect(partsOf(() => 0).length).toBeLessThan(12);
  const even = partsOf(({ from, to }) => Math.round(((to - from) * 1_000_000) / end));
  expect(even.length).toBeGreaterThan(1_960);
  expect(even.length).toBeLessThan(2_080);
});

test('after each statement there is a rest six times as long, but none beyond 20 ms', () => {
  expect([pauseAfter(3), pauseAfter(0), pauseAfter(9)]).toEqual([18, 1, 20]);
});
