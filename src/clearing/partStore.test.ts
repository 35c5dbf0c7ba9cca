// The parts of a day: they cover it without a gap, and a rush makes them narrow.

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { itemRows, itemRowsOf, type Part, pauseAfter, usualRows } from './pace.ts';
import { partsOf } from './partStore.ts';

const end = 86_400_000;

/** All parts of a day whose journals are counted by `rowsIn`, and how often it was asked. */
async function partsBy(rowsIn: (part: Part) => number) {
  const parts: (Part & { journals: number })[] = [];
  let counts = 0;
  const count = async (part: Part, most = Number.POSITIVE_INFINITY) => {
    counts++;
    return Math.min(rowsIn(part), most + 1);
  };
  for await (const part of partsOf(0, end, count)) parts.push(part);
  return { parts, counts };
}

test('the parts follow each other from midnight to midnight, whatever is in them', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.integer({ min: 0, max: 20_000 }), { minLength: 1 }),
      async (rows) => {
        let index = 0;
        const { parts } = await partsBy(() =>
          index < 300 ? (rows[index++ % rows.length] as number) : 0,
        );
        expect([parts[0]?.from, parts.at(-1)?.to]).toEqual([0, end]);
        for (const [each, part] of parts.entries()) {
          expect(part.to).toBeGreaterThan(part.from);
          if (each > 0) expect(part.from).toBe(parts[each - 1]?.to);
        }
      },
    ),
  );
});

test('an empty day takes a few parts, and a busy one about as many as its rows need', async () => {
  expect((await partsBy(() => 0)).counts).toBeLessThan(12);
  const even = await partsBy(({ from, to }) => Math.round(((to - from) * 1_000_000) / end));
  expect(even.parts.length).toBeGreaterThan(3_920);
  expect(even.parts.length).toBeLessThan(4_160);
});

test('a rush of eighty seconds after a night is read in small parts', async () => {
  const [begins, lasts, payments] = [3_600_000, 80_000, 1_000_000];
  const within = (at: number) => Math.min(Math.max(at - begins, 0), lasts) / lasts;
  const rush = ({ from, to }: Part) => Math.round((within(to) - within(from)) * payments);
  const { parts, counts } = await partsBy(rush);
  expect(Math.max(...parts.map(({ journals }) => journals))).toBeLessThanOrEqual(500);
  expect(parts.reduce((sum, { journals }) => sum + journals, 0)).toBeGreaterThan(payments * 0.99);
  expect(counts).toBeLessThan(5_200);
});

test('what cannot be made narrower is read again without a limit', async () => {
  const { parts, counts } = await partsBy(({ from, to }) =>
    from <= 5_000 && 5_000 < to ? 2_000 : 0,
  );
  expect(parts.filter(({ journals }) => journals > 0)).toEqual([
    { from: 5_000, to: 5_001, journals: 2_000 },
  ]);
  expect(counts).toBeLessThan(60);
});

test('after each statement there is a rest six times as long, but none beyond 20 ms', () => {
  expect([pauseAfter(3), pauseAfter(0), pauseAfter(9)]).toEqual([18, 1, 20]);
});

test('an agreement that has few of a day’s items has larger parts', () => {
  expect([itemRowsOf(1_000, 2_000), itemRowsOf(500, 2_000), itemRowsOf(1, 2_000)]).toEqual([
    itemRows,
    2 * itemRows,
    usualRows,
  ]);
  expect([itemRowsOf(0, 2_000), itemRowsOf(0, 0)]).toEqual([usualRows, usualRows]);
});

test('who reads items reads a fifth as many at once', async () => {
  const sizes = new Set<number>();
  const even = async ({ from, to }: Part, most = 0) => {
    sizes.add(most);
    return Math.round(((to - from) * 1_000_000) / end);
  };
  let parts = 0;
  for await (const _ of partsOf(0, end, even, itemRows)) parts++;
  expect([[...sizes], parts > 19_600 && parts < 20_800]).toEqual([[2 * itemRows], true]);
});

test('journals in lumps of one time are read in little more than one look a part', async () => {
  // 64 payments of one tick, every five seconds or so: about four lumps a part.
  const lump = 64;
  const everyMs = 5_069;
  const upTo = (at: number) => Math.ceil(at / everyMs);
  const lumps = ({ from, to }: Part) => (upTo(to) - upTo(from)) * lump;
  let reads = 0;
  let rows = 0;
  const read = async (part: Part, most = Number.POSITIVE_INFINITY) => {
    reads++;
    const journals = Math.min(lumps(part), most + 1);
    rows += journals;
    return journals;
  };
  let all = 0;
  for await (const { journals } of partsOf(0, end, read)) all += journals;
  expect(all).toBe(upTo(end) * lump);
  expect([rows / all, reads / (all / usualRows)].map((times) => times < 1.05)).toEqual([
    true,
    true,
  ]);
});
