// Clearing days begin at midnight of UTC+8, wherever the machine is.

import { describe, expect, test } from 'vitest';
import { beginningOf, clearingDayOf, daysBetween, nextDayAt } from './clearingDay.ts';

const at = (text: string) => Date.parse(text);

describe('clearing day', () => {
  test('begins at midnight of UTC+8', () => {
    const before = at('2026-11-21T23:59:59.999+08:00');
    const after = at('2026-11-22T00:00:00.000+08:00');
    expect(clearingDayOf(after) - clearingDayOf(before)).toBe(1);
    expect(beginningOf(clearingDayOf(after))).toBe(after);
    expect(beginningOf(clearingDayOf(before))).toBe(at('2026-11-21T00:00:00+08:00'));
  });

  test('windows end on T+1, across months and leap days', () => {
    const quarter = 15 * 60_000;
    const ends = (text: string) => new Date(nextDayAt(at(text), quarter)).toISOString();
    expect(ends('2026-11-21T00:00:00+08:00')).toBe('2026-11-21T16:15:00.000Z');
    expect(ends('2026-11-21T23:59:59.999+08:00')).toBe('2026-11-21T16:15:00.000Z');
    expect(ends('2026-12-31T12:00:00+08:00')).toBe('2026-12-31T16:15:00.000Z');
    expect(ends('2028-02-28T12:00:00+08:00')).toBe('2028-02-28T16:15:00.000Z');
  });

  test('days are counted by their midnights', () => {
    const paid = at('2026-11-21T23:59:00+08:00');
    expect(daysBetween(paid, at('2026-11-21T23:59:59+08:00'))).toBe(0);
    expect(daysBetween(paid, at('2026-11-22T00:00:00+08:00'))).toBe(1);
    expect(daysBetween(paid, at('2027-11-21T00:00:00+08:00'))).toBe(365);
    expect(daysBetween(paid, at('2027-11-22T00:00:00+08:00'))).toBe(366);
  });
});
