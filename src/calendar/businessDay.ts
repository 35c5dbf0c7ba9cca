// Working days: which days banks work on in a market, and counting on by them (protocol.md §7).

import type { ClearingDay } from './clearingDay.ts';
import publicHolidays from './data/publicHolidays.json' with { type: 'json' };

/** One market's days off beside Saturdays and Sundays, and the weekend days it works on. */
interface MarketDays {
  /** By date, `2026-10-01`, with the day's name. */
  readonly holidays: Readonly<Record<string, string>>;
  readonly workingWeekendDays: readonly string[];
  /** The years that this list is about, where they are not those of all. */
  readonly years?: readonly number[];
}

/** The days of all markets: those that the project brings, with what was loaded (marketYear.ts). */
export interface Calendars {
  /** The years that the lists are about; in any other year only weekends count. */
  readonly years: readonly number[];
  readonly markets: Readonly<Record<string, MarketDays>>;
}

/** The lists that come with the project: 2026, for mainland China and the wallets' ten markets. */
export const presetCalendars: Calendars = publicHolidays;

const dayMs = 86_400_000;

/** `2026-10-01`: the date of a day. */
export function dateOf(day: ClearingDay): string {
  return new Date(day * dayMs).toISOString().slice(0, 10);
}

/** The day of a date as `2026-10-01`; undefined when there is no such date. */
export function dayOfDate(date: string): ClearingDay | undefined {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(date)) return undefined;
  const at = Date.parse(`${date}T00:00:00Z`);
  if (Number.isNaN(at)) return undefined;
  const day = at / dayMs;
  return dateOf(day) === date ? day : undefined;
}

/** 0 is Sunday; 1 January 1970 was a Thursday. */
const weekdayOf = (day: ClearingDay) => (((day + 4) % 7) + 7) % 7;

/** Whether banks work in a market on a day; a market without a list has weekends only. */
export function isWorkingDay(calendars: Calendars, market: string, day: ClearingDay): boolean {
  const date = dateOf(day);
  const days = calendars.markets[market];
  if (days?.holidays[date] !== undefined) return false;
  const weekday = weekdayOf(day);
  if (weekday !== 0 && weekday !== 6) return true;
  return days?.workingWeekendDays.includes(date) ?? false;
}

/** Whether banks work in every one of some markets: money moves only between open banks. */
export function isWorkingDayOfAll(
  calendars: Calendars,
  markets: readonly string[],
  day: ClearingDay,
): boolean {
  return markets.every((market) => isWorkingDay(calendars, market, day));
}

/** A list in which no day is a working day would be searched for ever. */
const longestHolidayDays = 400;

/** The first working day of all the markets on or after a day. */
export function workingDayFrom(
  calendars: Calendars,
  markets: readonly string[],
  from: ClearingDay,
): ClearingDay {
  for (let day = from; day < from + longestHolidayDays; day++) {
    if (isWorkingDayOfAll(calendars, markets, day)) return day;
  }
  throw new RangeError(`no working day of ${markets.join(' and ')} after ${dateOf(from)}`);
}

/** T+n: the `count`-th working day of all the markets after a day, which need not be one. */
export function workingDaysAfter(
  calendars: Calendars,
  markets: readonly string[],
  from: ClearingDay,
  count: number,
): ClearingDay {
  let day = from;
  for (let each = 0; each < count; each++) day = workingDayFrom(calendars, markets, day + 1);
  return day;
}

/**
 * Whether the lists of all the markets say anything about a day's year; if not, holidays of it are
 * not known, and neither are those of a market without a list.
 */
export function isCovered(
  calendars: Calendars,
  markets: readonly string[],
  day: ClearingDay,
): boolean {
  const year = Number(dateOf(day).slice(0, 4));
  return markets.every((market) => {
    const days = calendars.markets[market];
    return days !== undefined && (days.years ?? calendars.years).includes(year);
  });
}
