// What a benchmark reports is what was measured: medians, quantiles and the table.

import { expect, test } from 'vitest';
import { figure, median, quantile, table } from './report.ts';

test('the median is the middle run, or the mean of the middle two', () => {
  expect(median([9, 1, 5])).toBe(5);
  expect(median([4, 1, 3, 2])).toBe(2.5);
  expect(() => median([])).toThrow('nothing');
});

test('a quantile is the value below which that share lies', () => {
  const hundred = Array.from({ length: 100 }, (_, index) => index + 1);
  expect(quantile(hundred, 0.5)).toBe(51);
  expect(quantile(hundred, 0.99)).toBe(100);
  expect(quantile([7], 0.99)).toBe(7);
});

test('a figure is the median of its runs, and keeps them', () => {
  const made = figure('engine.two_phase', 'payments/s', [15_001.4, 14_900, 16_000], {
    ratio: 0.54321,
    against: 'the floor',
  });
  expect(made).toEqual({
    name: 'engine.two_phase',
    value: 15_000,
    unit: 'payments/s',
    ratio: 0.5432,
    against: 'the floor',
    runs: [15_000, 14_900, 16_000],
  });
  expect(figure('bare', 'ms', [1])).toMatchObject({ ratio: null, against: null });
});

test('the table shows the spread beside the median', () => {
  const lines = table([figure('engine.two_phase', 'payments/s', [3, 1, 2])]).split('\n');
  expect(lines[0]).toMatch(/^figure +median +unit +spread \(runs\) +ratio +against$/);
  expect(lines[1]).toMatch(/^engine\.two_phase +2 +payments\/s +1 to 3 \(3\)$/);
});
