// Working days: golden weeks with their working Saturdays, each market's own days, and T+n.

import { expect, test } from 'vitest';
import {
  type Calendars,
  dateOf,
  dayOfDate,
  isCovered,
  isWorkingDay,
  presetCalendars,
  workingDayFrom,
  workingDaysAfter,
} from './businessDay.ts';

const day = (date: string) => dayOfDate(date) ?? Number.NaN;
const works = (market: string, date: string) => isWorkingDay(presetCalendars, market, day(date));
const after = (markets: string[], date: string, count: number) =>
  dateOf(workingDaysAfter(presetCalendars, markets, day(date), count));

test('dates are read exactly, and come back as they were', () => {
  expect(dayOfDate('1970-01-01')).toBe(0);
  expect(dateOf(day('2026-02-28') + 1)).toBe('2026-03-01');
  for (const wrong of ['2026-02-29', '2026-13-01', '2026-1-1', 'today', '2026-10-01T00:00']) {
    expect(dayOfDate(wrong)).toBeUndefined();
  }
});

test('mainland China in 2026: nine days of Spring Festival, seven of National Day', () => {
  const off = (from: string, count: number) =>
    Array.from({ length: count }, (_, each) => works('CN', dateOf(day(from) + each)));
  expect(off('2026-02-15', 9)).toEqual(Array(9).fill(false));
  expect(off('2026-10-01', 7)).toEqual(Array(7).fill(false));
  // The weekend days that are worked instead, and the first days after the weeks.
  for (const date of ['2026-01-04', '2026-02-14', '2026-02-28', '2026-05-09', '2026-09-20']) {
    expect([date, works('CN', date)]).toEqual([date, true]);
  }
  expect([works('CN', '2026-02-24'), works('CN', '2026-10-08')]).toEqual([true, true]);
  expect([works('CN', '2026-10-10'), works('CN', '2026-10-11')]).toEqual([true, false]);
});

test('every market has its own days, and one without a list has weekends', () => {
  expect([works('HK', '2026-07-01'), works('CN', '2026-07-01')]).toEqual([false, true]);
  expect([works('KR', '2026-10-09'), works('TH', '2026-04-13')]).toEqual([false, false]);
  expect([works('XX', '2026-12-25'), works('XX', '2026-12-26')]).toEqual([true, false]);
  expect([
    isCovered(presetCalendars, ['CN', 'MY'], day('2026-12-31')),
    isCovered(presetCalendars, ['CN', 'MY'], day('2027-01-01')),
    isCovered(presetCalendars, ['CN', 'XX'], day('2026-12-31')),
  ]).toEqual([true, false, false]);
});

test('T+n counts days on which all banks concerned are open', () => {
  expect(after(['CN'], '2026-09-28', 2)).toBe('2026-09-30');
  expect(after(['CN'], '2026-09-29', 2)).toBe('2026-10-08');
  expect(after(['CN'], '2026-10-04', 1)).toBe('2026-10-08');
  // The Saturday counts in China alone.
  expect(after(['CN'], '2026-10-08', 2)).toBe('2026-10-10');
  expect(after(['CN', 'SG'], '2026-10-08', 2)).toBe('2026-10-12');
  // Malaysia's King's Birthday is a working day in China.
  expect(after(['CN', 'MY'], '2026-05-29', 1)).toBe('2026-06-02');
  expect(dateOf(workingDayFrom(presetCalendars, ['CN', 'HK'], day('2026-10-01')))).toBe(
    '2026-10-08',
  );
});

test('a market that never works is a fault of its list, and said so', () => {
  const never: Calendars = {
    years: [2026],
    markets: {
      XX: {
        holidays: Object.fromEntries(
          Array.from({ length: 500 }, (_, each) => [dateOf(day('2026-01-01') + each), 'off']),
        ),
        workingWeekendDays: [],
      },
    },
  };
  expect(() => workingDayFrom(never, ['XX'], day('2026-01-01'))).toThrow('no working day of XX');
});

test('every date of the lists is of the years they are about, and none is in both lists', () => {
  for (const [market, { holidays, workingWeekendDays }] of Object.entries(
    presetCalendars.markets,
  )) {
    for (const date of [...Object.keys(holidays), ...workingWeekendDays]) {
      expect([market, date, isCovered(presetCalendars, [market], day(date))]).toEqual([
        market,
        date,
        true,
      ]);
    }
    for (const date of workingWeekendDays) expect(holidays[date]).toBeUndefined();
  }
});
