// The auditor's own count of working days: when what must be paid, without the network's calendar.

import { type Calendars, dateOf } from '../calendar/businessDay.ts';
import type { ClearingDay } from '../calendar/clearingDay.ts';

/** National Day of 2026 on the mainland, as published by the State Council: no bank pays in it. */
export const goldenWeek = ['2026-10-01', '2026-10-07'] as const;

/** Whether money can move on a day between banks of the mainland and of a market. */
export function banksWork(holidays: Calendars, market: string, day: ClearingDay): boolean {
  const date = dateOf(day);
  if (date >= goldenWeek[0] && date <= goldenWeek[1]) return false;
  // 1 January 1970 was a Thursday.
  const isWeekend = [0, 6].includes((day + 4) % 7);
  return ['CN', market].every((each) => {
    const list = holidays.markets[each];
    if (list?.holidays[date] !== undefined) return false;
    return !isWeekend || list?.workingWeekendDays.includes(date) === true;
  });
}

/** The day on which T+n falls. */
export function dutyDay(
  holidays: Calendars,
  market: string,
  day: ClearingDay,
  daysAfter: number,
): ClearingDay {
  let at = day;
  for (let left = daysAfter; left > 0; ) if (banksWork(holidays, market, ++at)) left--;
  return at;
}
