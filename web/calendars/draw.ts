// Where the days of a year stand on a strip: one unit a day, from 1 January on.

const dayMs = 86_400_000;
const numberOf = (date: string) => Date.parse(`${date}T00:00:00Z`) / dayMs;
const firstOf = (year: number) => numberOf(`${year}-01-01`);

/** 365 or 366. */
export const daysOf = (year: number) => firstOf(year + 1) - firstOf(year);

/** Days in a row. */
export interface Run {
  readonly from: string;
  readonly to: string;
  readonly days: number;
  /** Where it begins on the strip of its year. */
  readonly at: number;
  readonly name: string;
}

/** Days as runs, as long as they follow each other under one name. */
export function runsOf(
  year: number,
  days: readonly { readonly day: string; readonly name: string }[],
): Run[] {
  const runs: Run[] = [];
  for (const { day, name } of [...days].sort((a, b) => (a.day < b.day ? -1 : 1))) {
    const last = runs.at(-1);
    if (last !== undefined && last.name === name && numberOf(day) === numberOf(last.to) + 1) {
      runs[runs.length - 1] = { ...last, to: day, days: last.days + 1 };
    } else {
      runs.push({ from: day, to: day, days: 1, at: numberOf(day) - firstOf(year), name });
    }
  }
  return runs;
}

/** Saturdays with their Sundays, cut off where the year begins or ends. */
export function weekendsOf(year: number): { readonly at: number; readonly days: number }[] {
  const found: { at: number; days: number }[] = [];
  const length = daysOf(year);
  for (let at = 0; at < length; at++) {
    const weekday = new Date((firstOf(year) + at) * dayMs).getUTCDay();
    if (weekday === 6) found.push({ at, days: Math.min(2, length - at) });
    if (weekday === 0 && at === 0) found.push({ at, days: 1 });
  }
  return found;
}

/** Where each month begins. */
export function monthsOf(year: number): { readonly date: string; readonly at: number }[] {
  return Array.from({ length: 12 }, (_, month) => {
    const date = `${year}-${String(month + 1).padStart(2, '0')}-01`;
    return { date, at: numberOf(date) - firstOf(year) };
  });
}

/** Where a day stands on the strip of a year; undefined in another year. */
export function placeOf(year: number, date: string): number | undefined {
  return date.startsWith(`${year}-`) ? numberOf(date) - firstOf(year) : undefined;
}

/** The runs that are not over, the next first; of several calendars in one list. */
export function comingRuns(runs: readonly Run[], today: string): Run[] {
  return runs.filter(({ to }) => to >= today).sort((a, b) => (a.from < b.from ? -1 : 1));
}
