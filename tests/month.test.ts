// A month in short: the days before a golden week, its first ones, and planted faults to be found.

import { rmSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { dayOfDate } from '../src/calendar/businessDay.ts';
import { scratchDirectory } from '../src/host/scratch.ts';
import { type MonthOptions, type MonthOutcome, runMonth } from '../src/month/month.ts';
import { type PlantedFault, plantedFaults } from '../src/month/planted.ts';
import { sandboxWallets } from '../src/sandbox/partners.ts';
import { type Bench, openBench } from '../src/simulation/bench.ts';

let bench: Bench;

beforeAll(async () => {
  bench = await openBench();
}, 60_000);

afterAll(() => bench.close());

const day = (date: string) => dayOfDate(date) ?? Number.NaN;

async function month(options: Partial<MonthOptions>): Promise<MonthOutcome> {
  const directory = scratchDirectory('month');
  try {
    return await runMonth(bench, {
      seed: 'short',
      from: day('2026-09-28'),
      days: 3,
      payments: 150,
      tailDays: 1,
      wallets: sandboxWallets,
      directory,
      faults: [],
      ...options,
    });
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

test('four days up to the golden week tie out, whatever the seed', async () => {
  const outcome = await month({ seed: String(process.hrtime.bigint()) });
  expect([outcome.seed, ...outcome.violations].join('\n')).toBe(outcome.seed);
  expect(outcome.happened.payments).toBe(150);
  expect(outcome.happened.refunds).toBeGreaterThan(0);
  expect(outcome.pricesChecked).toBeGreaterThan(75);
  for (const { batches, files } of outcome.days) expect([batches, files]).toEqual([15, 60]);
  // The first days of the golden week settle nothing, though much is due.
  expect(outcome.days[1]?.settled).toBeGreaterThan(0);
  expect(outcome.days.slice(2).map(({ settled }) => settled)).toEqual([0, 0]);
}, 60_000);

test('the same seed is the same month', async () => {
  const small = { days: 1, payments: 20, tailDays: 0, wallets: sandboxWallets.slice(0, 5) };
  const once = await month(small);
  const twice = await month(small);
  expect([twice.hash, once.violations]).toEqual([once.hash, []]);
}, 60_000);

/** Faults that do not hide each other are planted together; most show on the first day. */
const together: readonly (readonly PlantedFault[])[] = [
  ['posting_one_more', 'minimum_forgotten', 'row_missing', 'order_changed', 'breaks_dropped'],
  ['account_drifts', 'row_changed', 'fees_forgotten', 'rates_stale', 'batch_twice'],
  ['cancelled_counted', 'row_twice', 'value_in_holiday'],
  ['batch_missing', 'file_of_another'],
  ['clears_more'],
];

describe('planted faults are found', () => {
  for (const faults of together) {
    test(faults.join(', '), async () => {
      const isLong = faults.includes('value_in_holiday');
      const days = faults.length < 3 ? 1 : 2;
      const size = { days, payments: 45 * days, tailDays: isLong ? 1 : 0 };
      // Fewer partners are quicker, and have terms of every kind.
      const { violations } = await month({ ...size, wallets: sandboxWallets.slice(0, 7), faults });
      for (const fault of faults) expect(violations.join('\n')).toMatch(signOf[fault]);
    }, 60_000);
  }

  test('each of them is in a group', () => {
    expect(together.flat().toSorted()).toEqual([...plantedFaults].toSorted());
  });
});

/** How the auditor tells what was planted. */
const signOf: Readonly<Record<PlantedFault, RegExp>> = {
  posting_one_more: /is kept as .*, its journals come to/,
  account_drifts: /is kept as .*, its journals come to/,
  clears_more: /cleared -?\d+, posted -?\d+/,
  cancelled_counted: /cleared \d+ items, posted \d+/,
  batch_missing: /there is no batch/,
  batch_twice: /settles -?\d+, -?\d+ is due/,
  value_in_holiday: /the value date 2026-10-01 is a holiday/,
  minimum_forgotten: /settles -?\d+, nothing is due/,
  fees_forgotten: /has fees of/,
  rates_stale: /the principal is/,
  row_missing: /is in its book and not in the file/,
  row_twice: /is in the file and not in its book/,
  row_changed: /in the file, -?\d+ in its book/,
  file_of_another: /it was given/,
  order_changed: /the bank is ordered/,
  breaks_dropped: /was not found/,
};
