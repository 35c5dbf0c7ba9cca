// The setting of days that close by themselves, and the calendars of a file.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { dayOfDate, isCovered } from '../calendar/businessDay.ts';
import { loadCalendars } from './calendarsFile.ts';
import { readClosing } from './closing.ts';

const minute = 60_000;

test('days close half an hour after midnight, at another time, or not by themselves', () => {
  expect(readClosing(undefined, 15 * minute)).toBe(30 * minute);
  expect(readClosing('', 40 * minute)).toBe(40 * minute);
  expect(readClosing('45m', 15 * minute)).toBe(45 * minute);
  expect(readClosing('off', 15 * minute)).toBeNull();
  for (const wrong of ['10m', '2d', 'soon']) {
    expect(() => readClosing(wrong, 15 * minute)).toThrow('WAYFARE_CLOSING');
  }
});

test('a calendar file speaks for the markets that it names, and no other', () => {
  const home = mkdtempSync(path.join(tmpdir(), 'wayfare-calendars-'));
  try {
    const file = path.join(home, 'calendars.json');
    const markets = { MY: { holidays: { '2027-02-06': 'New Year' }, workingWeekendDays: [] } };
    writeFileSync(file, JSON.stringify({ years: [2027], markets }));
    const calendars = loadCalendars(file);
    const knows = (market: string, date: string) =>
      isCovered(calendars, [market], dayOfDate(date) ?? 0);
    expect([knows('MY', '2027-03-01'), knows('MY', '2026-03-01')]).toEqual([true, false]);
    expect([knows('CN', '2027-03-01'), knows('CN', '2026-03-01')]).toEqual([false, true]);
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
});
