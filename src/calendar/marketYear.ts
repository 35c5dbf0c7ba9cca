// One market's year: its bank holidays and the weekend days worked instead, and how years that were
// loaded stand in the calendars of all markets.

import { type Calendars, dateOf, dayOfDate, isWorkingDay, presetCalendars } from './businessDay.ts';
import type { ClearingDay } from './clearingDay.ts';
import publicHolidays from './data/publicHolidays.json' with { type: 'json' };

export interface MarketYear {
  /** Two letters of ISO 3166, as `CN`. */
  readonly market: string;
  readonly year: number;
  /** By date, `2027-10-01`, in their order, with the day's name. */
  readonly holidays: Readonly<Record<string, string>>;
  readonly workingWeekendDays: readonly string[];
  /** What is not known for certain and so not in the list, in words; empty where it is whole. */
  readonly leftOut: string;
}

/** The years that come with the project. */
export const presetYears: readonly MarketYear[] = Object.entries(publicHolidays.markets).flatMap(
  ([market, { holidays, workingWeekendDays, leftOut }]) =>
    publicHolidays.years.map((year) => ({ market, year, holidays, workingWeekendDays, leftOut })),
);

/** The calendars of the project with years in place of its own, or beside them. */
export function calendarsWith(years: readonly MarketYear[]): Calendars {
  return years.reduce(withYear, presetCalendars);
}

/** Calendars in which one market's year is another; its other years stay as they are. */
export function withYear(calendars: Calendars, each: MarketYear): Calendars {
  const known = calendars.markets[each.market];
  const isOther = (date: string) => !date.startsWith(`${each.year}-`);
  const kept = Object.entries(known?.holidays ?? {}).filter(([date]) => isOther(date));
  const knownYears = known === undefined ? [] : (known.years ?? calendars.years);
  const days = {
    holidays: { ...Object.fromEntries(kept), ...each.holidays },
    workingWeekendDays: [
      ...(known?.workingWeekendDays ?? []).filter(isOther),
      ...each.workingWeekendDays,
    ],
    years: [...new Set([...knownYears, each.year])].sort((a, b) => a - b),
  };
  return { ...calendars, markets: { ...calendars.markets, [each.market]: days } };
}

/** What another calendar changes: days on which banks no longer work, and on which they now do. */
export interface DayChanges {
  readonly closes: readonly string[];
  readonly opens: readonly string[];
}

/** The changes of one market's year from some calendars to others, day by day. */
export function dayChanges(
  before: Calendars,
  after: Calendars,
  { market, year }: Pick<MarketYear, 'market' | 'year'>,
): DayChanges {
  const closes: string[] = [];
  const opens: string[] = [];
  for (let day = firstOf(year); day < firstOf(year + 1); day++) {
    const works = isWorkingDay(after, market, day);
    if (works !== isWorkingDay(before, market, day)) (works ? opens : closes).push(dateOf(day));
  }
  return { closes, opens };
}

/** 1 January of a year from 1970 to 9999. */
function firstOf(year: number): ClearingDay {
  return dayOfDate(`${year}-01-01`) ?? Number.NaN;
}
