// Value dates under any calendars that can be loaded: never on a day on which banks are closed.

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { dateOf, dayOfDate, isCovered, isWorkingDay } from '../calendar/businessDay.ts';
import { calendarsWith, type MarketYear } from '../calendar/marketYear.ts';
import { readCalendar } from '../calendar/readCalendar.ts';
import { dueDay, netOf, nextSettlementDay } from './netting.ts';

const isWeekend = (date: string) => [0, 6].includes(new Date(date).getUTCDay());

/** A year of a market as a file might have it: a date is off, or worked, or neither. */
const aYear = (market: string, year: number) =>
  fc
    .array(fc.tuple(fc.integer({ min: 0, max: 364 }), fc.integer({ min: 1, max: 12 })), {
      minLength: 1,
      maxLength: 12,
    })
    .chain((runs) =>
      fc.array(fc.integer({ min: 0, max: 364 }), { maxLength: 20 }).map((worked) => {
        const first = dayOfDate(`${year}-01-01`) ?? 0;
        const off = new Set(
          runs
            .flatMap(([from, count]) => Array.from({ length: count }, (_, each) => from + each))
            .filter((each) => each < 365)
            .map((each) => dateOf(first + each)),
        );
        const kept = [...off].filter(
          (date, _, all) =>
            isWeekend(date) || all.filter((each) => !isWeekend(each)).indexOf(date) < 60,
        );
        const holidays = Object.fromEntries(kept.map((date) => [date, 'off']));
        const workingWeekendDays = [...new Set(worked.map((each) => dateOf(first + each)))].filter(
          (date) => isWeekend(date) && !(date in holidays),
        );
        return { market, year, holidays, workingWeekendDays, leftOut: '' } satisfies MarketYear;
      }),
    );

const years = fc.tuple(
  ...['CN', 'MY'].flatMap((market) => [2026, 2027].map((year) => aYear(market, year))),
);

test('whatever was loaded, money is due and settled when the banks of both markets work', () => {
  const agreement = {
    agreementId: 'TNG-MYR',
    accountId: 1,
    participantId: 'TNG',
    participantName: 'TNG',
    role: 'wallet' as const,
    market: 'MY',
    currency: 'MYR',
    since: 0,
  };
  const begin = dayOfDate('2026-01-01') ?? 0;
  fc.assert(
    fc.property(
      years,
      fc.integer({ min: 0, max: 700 }),
      fc.integer({ min: 0, max: 5 }),
      (lists, from, daysAfter) => {
        for (const list of lists) {
          const file = { ...list, source: 'a test', published: '2025-11-01' };
          expect(readCalendar(JSON.stringify(file))).toMatchObject({ ok: true });
        }
        const calendars = calendarsWith(lists);
        const works = (day: number) =>
          isWorkingDay(calendars, 'CN', day) && isWorkingDay(calendars, 'MY', day);
        const day = begin + from;
        const terms = { daysAfter, minimumAmount: 0n };
        const due = dueDay(calendars, agreement, terms, day);
        const next = nextSettlementDay(calendars, agreement, day);
        expect(works(next) && next >= day).toBe(true);
        if (daysAfter > 0) expect(works(due)).toBe(true);
        const between = Array.from({ length: due - day }, (_, each) => day + 1 + each);
        expect(between.filter(works)).toHaveLength(daysAfter);
        expect(isCovered(calendars, ['CN', 'MY'], day)).toBe(true);
        const totals = { count: 0, gross: 0n, interchange: 0n, serviceFee: 0n };
        const batch = {
          clearingBatchId: 'C1',
          day,
          accountId: 1,
          payments: totals,
          refunds: totals,
          net: 100n,
          checksum: 0n,
          settlementBatchId: null,
        };
        const unsettled = { batches: [batch], adjustments: [] };
        for (let today = day; today <= due + 10; today++) {
          const { kind } = netOf(calendars, agreement, terms, unsettled, today);
          const expected = works(today)
            ? today >= due
              ? 'settled'
              : 'nothing_due'
            : 'closed_market';
          expect([dateOf(today), kind]).toEqual([dateOf(today), expected]);
        }
      },
    ),
    { numRuns: 60 },
  );
});
