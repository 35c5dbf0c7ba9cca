// Days on the strip of a year: runs of one name, weekends, months, and leap years.
import { expect, it } from 'vitest';
import { comingRuns, daysOf, monthsOf, placeOf, runsOf, weekendsOf } from './draw.ts';

const off = (day: string, name = 'National Day') => ({ day, name });

it('joins days that follow each other under one name', () => {
  const days = [
    off('2027-10-02'),
    off('2027-10-01'),
    off('2027-10-03', 'Other'),
    off('2027-10-05'),
  ];
  const runs = runsOf(2027, days);
  expect(runs.map(({ from, to, days: count, name }) => [from, to, count, name])).toEqual([
    ['2027-10-01', '2027-10-02', 2, 'National Day'],
    ['2027-10-03', '2027-10-03', 1, 'Other'],
    ['2027-10-05', '2027-10-05', 1, 'National Day'],
  ]);
  expect(runs[0]?.at).toBe(273);
  expect(comingRuns(runs, '2027-10-02').map(({ from }) => from)).toEqual([
    '2027-10-01',
    '2027-10-03',
    '2027-10-05',
  ]);
  expect(comingRuns(runs, '2027-10-06')).toEqual([]);
});

it('knows leap years, months and weekends cut by the year', () => {
  expect([daysOf(2026), daysOf(2028)]).toEqual([365, 366]);
  expect(monthsOf(2028)[2]).toEqual({ date: '2028-03-01', at: 60 });
  expect([placeOf(2026, '2026-12-31'), placeOf(2027, '2026-12-31')]).toEqual([364, undefined]);
  // 1 January 2028 is a Saturday; 31 December 2022 as well; 1 January 2023 a Sunday.
  expect(weekendsOf(2028)[0]).toEqual({ at: 0, days: 2 });
  expect(weekendsOf(2022).at(-1)).toEqual({ at: 364, days: 1 });
  expect(weekendsOf(2023)[0]).toEqual({ at: 0, days: 1 });
});
