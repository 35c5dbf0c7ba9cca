// Whoever looks further and further back sees every payment that fits, once, the newest first.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type Look, lookBack, newest, type ReadPiece } from './listing.ts';

interface Made {
  readonly paymentNumber: number;
  readonly createdAt: number;
  readonly fits: boolean;
}

/** Lanes whose numbers grow with time, as the engine gives them out; steps say how fast. */
const lanesOfPayments = fc
  .array(
    fc.array(fc.record({ later: fc.nat({ max: 30 }), fits: fc.boolean() }), { maxLength: 40 }),
    { minLength: 1, maxLength: 4 },
  )
  .map((lanes) =>
    lanes.map((payments, lane) => {
      let createdAt = 1_000;
      return payments.map(({ later, fits }, index): Made => {
        createdAt += later;
        return { paymentNumber: (index + 1) * 8 + lane, createdAt, fits };
      });
    }),
  );

const reading =
  (lanes: readonly (readonly Made[])[], reads: { rows: number }): ReadPiece =>
  async (lane, below, most) => {
    const rows = (lanes[lane] ?? [])
      .filter(({ paymentNumber }) => paymentNumber < below)
      .reverse()
      .slice(0, most);
    reads.rows += most;
    return {
      rows: rows.length,
      lowest: rows.at(-1)?.paymentNumber ?? 0,
      lowestAt: rows.at(-1)?.createdAt ?? 0,
      found: rows.filter(({ fits }) => fits),
    };
  };

const order = (a: Made, b: Made) => b.createdAt - a.createdAt || b.paymentNumber - a.paymentNumber;

it('pages have all that fit, in order, and no look reads more than it may', async () => {
  const sizes = { most: fc.integer({ min: 1, max: 9 }), budget: fc.integer({ min: 1, max: 40 }) };
  await fc.assert(
    fc.asyncProperty(lanesOfPayments, fc.record(sizes), async (lanes, { most, budget }) => {
      const reads = { rows: 0 };
      const read = reading(lanes, reads);
      const seen: number[] = [];
      let below: readonly number[] | null = newest(lanes.length);
      while (below !== null) {
        reads.rows = 0;
        const look: Look = await lookBack(read, { below, most, budget });
        expect(look.found.length).toBeLessThanOrEqual(most);
        // Every lane once, and then pieces of at most four times the last one while any is left.
        expect(reads.rows).toBeLessThan(most * lanes.length + 5 * budget + 4 * most);
        expect(look.further).not.toEqual(below);
        seen.push(...look.found.map(({ paymentNumber }) => paymentNumber));
        if (look.lookedTo !== null) {
          const since = lanes
            .flat()
            .filter(({ fits, createdAt }) => fits && createdAt > Number(look.lookedTo));
          expect(seen).toEqual(
            expect.arrayContaining(since.map(({ paymentNumber }) => paymentNumber)),
          );
        }
        below = look.further;
      }
      const all = lanes
        .flat()
        .filter(({ fits }) => fits)
        .sort(order);
      expect(seen).toEqual(all.map(({ paymentNumber }) => paymentNumber));
    }),
    { numRuns: 300 },
  );
});

it('shows payments of one millisecond by their numbers, whatever their lanes', async () => {
  const at = { createdAt: 1_000, fits: true };
  const lanes: Made[][] = [
    [
      { ...at, paymentNumber: 32 },
      { ...at, paymentNumber: 40, fits: false },
    ],
    [{ ...at, paymentNumber: 25 }],
  ];
  const read = reading(lanes, { rows: 0 });
  const seen: number[] = [];
  for (let below: readonly number[] | null = newest(2); below !== null; ) {
    const look: Look = await lookBack(read, { below, most: 1, budget: 1 });
    seen.push(...look.found.map(({ paymentNumber }) => paymentNumber));
    below = look.further;
  }
  expect(seen).toEqual([32, 25]);
});
