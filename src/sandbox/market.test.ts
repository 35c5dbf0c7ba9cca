// The sandbox's market: the same at the same time, close from minute to minute, never far away.

import { expect, test } from 'vitest';
import { marketTable } from './market.ts';
import { sandboxAcquirers, sandboxWallets } from './partners.ts';
import { readSampleRates } from './rates-store.ts';

const sample = readSampleRates();
const start = Date.UTC(2026, 10, 22);
const minute = 60_000;

const priceAt = (at: number, currency: string) =>
  Number(marketTable(sample, 'seed', at).rates[currency]);
const far = (a: number, b: number) => Math.abs(a / b - 1);

test('has every currency of the sandbox, as decimals', () => {
  const { rates, base, asOf } = marketTable(sample, 'seed', start);
  expect([base, asOf]).toEqual(['USD', '2026-11-22T00:00:00.000Z']);
  for (const { currency } of [...sandboxWallets, ...sandboxAcquirers]) {
    expect(rates[currency], currency).toMatch(/^\d+(\.\d+)?$/);
  }
});

test('is the same whenever it is asked about a time, and another with another seed', () => {
  const at = start + 12_345;
  expect(marketTable(sample, 'seed', at)).toEqual(marketTable(sample, 'seed', at));
  expect(marketTable(sample, 'seed', at)).not.toEqual(marketTable(sample, 'other', at));
});

test('drifts: it moves, by little in a minute, and stays within two per cent of its usual', () => {
  let moved = 0;
  for (let step = 0; step < 2_000; step += 1) {
    const at = start + step * 7 * minute;
    const [now, next] = [priceAt(at, 'KRW'), priceAt(at + minute, 'KRW')];
    if (now !== next) moved += 1;
    expect(far(now, next)).toBeLessThan(0.005);
    expect(far(now, Number(sample.unitsPerUsd('KRW')))).toBeLessThan(0.02);
  }
  expect(moved).toBeGreaterThan(1_900);
  expect(priceAt(start, 'AED')).toBe(priceAt(start + 1_000 * minute, 'AED'));
});
