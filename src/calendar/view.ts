// What people see of calendars: which markets and years are known, from where, and what waits for a
// second person.

import { type Calendars, dateOf } from './businessDay.ts';
import type { ClearingDay } from './clearingDay.ts';
import { calendarsOf, inForceFor, inForceOf, type LoadedCalendar } from './loaded.ts';
import { calendarsWith, dayChanges, type MarketYear, presetYears, withYear } from './marketYear.ts';

const isoTime = (at: number) => new Date(at).toISOString();
const timeOrNull = (at: number | null) => (at === null ? null : isoTime(at));

/**
 * The view of the page and of `wayfare calendar`; changes: the latest first. `markets` are those of
 * the participants: what is missing of them for this year and the next is said.
 */
export function calendarsView(
  loaded: readonly LoadedCalendar[],
  markets: readonly string[],
  today: ClearingDay,
) {
  const date = dateOf(today);
  const inForce = inForceOf(loaded);
  const own = inForce.map((each) => ({ days: each.file as MarketYear, from: each }));
  const isReplaced = ({ market, year }: MarketYear) =>
    own.some(({ days }) => days.market === market && days.year === year);
  const preset = presetYears
    .filter((days) => !isReplaced(days))
    .map((days) => ({ days, from: undefined }));
  const known = [...own, ...preset].sort(
    (a, b) => byMarket(a.days.market, b.days.market) || a.days.year - b.days.year,
  );
  const year = Number(date.slice(0, 4));
  const missing = [...new Set(markets)]
    .sort(byMarket)
    .flatMap((market) =>
      [year, year + 1]
        .filter((each) => !known.some(({ days }) => days.market === market && days.year === each))
        .map((each) => ({ market, year: each })),
    );
  return {
    today: date,
    known: known.map(({ days, from }) => knownView(days, from, date)),
    /** Here only weekends count. */
    missing,
    changes: [...loaded].reverse().map((each) => changeView(each, loaded)),
  };
}

/** The mainland first: its banks count for everybody. */
function byMarket(a: string, b: string): number {
  if (a === b) return 0;
  if (a === 'CN' || b === 'CN') return a === 'CN' ? -1 : 1;
  return a < b ? -1 : 1;
}

function daysView({ market, year, holidays, workingWeekendDays, leftOut }: MarketYear) {
  return {
    market,
    year,
    holidays: Object.entries(holidays).map(([day, name]) => ({ day, name })),
    workingWeekendDays,
    leftOut,
  };
}

function knownView(days: MarketYear, from: LoadedCalendar | undefined, today: string) {
  const shown = daysView(days);
  return {
    ...shown,
    /** Null is what comes with the project. */
    calendarId: from?.calendarId ?? null,
    source: from?.file.source ?? null,
    address: from?.file.address ?? null,
    published: from?.file.published ?? null,
    proposedBy: from?.proposedBy ?? null,
    proposedAt: timeOrNull(from?.proposedAt ?? null),
    approvedBy: from?.decidedBy ?? null,
    approvedAt: timeOrNull(from?.decidedAt ?? null),
    /** The next day off, today included; null when this year has none any more. */
    next: shown.holidays.find(({ day }) => day >= today) ?? null,
  };
}

/** One that was loaded, with what became of it and what it changes. */
export function changeView(calendar: LoadedCalendar, loaded: readonly LoadedCalendar[]) {
  const { file, state, replaces } = calendar;
  const inForce = inForceFor(loaded, file)?.calendarId ?? null;
  const approved = inForce === calendar.calendarId ? ('IN_FORCE' as const) : ('REPLACED' as const);
  return {
    ...daysView(file),
    calendarId: calendar.calendarId,
    state: state === 'APPROVED' ? approved : state,
    source: file.source,
    address: file.address,
    published: file.published,
    replaces,
    /** Another came into force since it was proposed: it can only be rejected. */
    isOutdated: state === 'PROPOSED' && inForce !== replaces,
    proposedBy: calendar.proposedBy,
    proposedAt: isoTime(calendar.proposedAt),
    decidedBy: calendar.decidedBy,
    decidedAt: timeOrNull(calendar.decidedAt),
    ...dayChanges(before(calendar, loaded), calendarsWith([file]), file),
  };
}

/** The calendars of when it was proposed, as far as its own market and year go. */
function before({ replaces }: LoadedCalendar, loaded: readonly LoadedCalendar[]): Calendars {
  const known = loaded.find(({ calendarId }) => calendarId === replaces);
  return calendarsWith(known === undefined ? [] : [known.file]);
}

/** The calendars as they would be with a proposal. */
export function calendarsIf(
  calendar: LoadedCalendar,
  loaded: readonly LoadedCalendar[],
): Calendars {
  return withYear(calendarsOf(loaded), calendar.file);
}
