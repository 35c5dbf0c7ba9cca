// The file of a market's calendar: its form, and the first thing that is wrong with it, with line
// and field.

import { z } from 'zod';
import { dayOfDate } from './businessDay.ts';
import { readJsonLines } from './jsonLines.ts';
import type { MarketYear } from './marketYear.ts';

/** A market's year with where it comes from. */
export interface CalendarFile extends MarketYear {
  /** Who published it and in what, in words. */
  readonly source: string;
  /** Where on the web it is published; null where it is not. */
  readonly address: string | null;
  /** The day on which it was published, `2026-11-04`. */
  readonly published: string;
}

/** Longest file that is read, in characters: it fits a request of the console in any script. */
const maxCalendarLength = 20_000;

/**
 * Most weekdays of a year on which banks may be closed. Two markets that are open together so
 * seldom that counting on would not end would be a fault of their lists (businessDay.ts): below
 * this bound they share at least 140 days a year.
 */
const mostClosedWeekdays = 60;

const words = (most: number) => z.string().trim().min(1).max(most);

const calendarFile = z.strictObject({
  market: z.string().regex(/^[A-Z]{2}$/, 'must be two capital letters, as CN'),
  year: z.int().min(2000).max(2199),
  source: words(200),
  address: z
    .url({ protocol: /^https?$/, error: 'must be an address, as https://www.gov.cn/…' })
    .max(500)
    .optional(),
  published: z.string(),
  holidays: z.record(z.string(), words(80)),
  workingWeekendDays: z.array(z.string()),
  leftOut: z.string().trim().max(500).default(''),
});

export interface CalendarFault {
  readonly line: number;
  /** As `holidays.2027-02-30`; empty where no field is meant. */
  readonly field: string;
  readonly problem: string;
}

export type CalendarReading =
  | { readonly ok: true; readonly file: CalendarFile }
  | ({ readonly ok: false } & CalendarFault);

/** A fault in a sentence: `line 7, holidays.2027-02-30: is no date`. */
export function faultText({ line, field, problem }: CalendarFault): string {
  return `line ${line}${field === '' ? '' : `, ${field}`}: ${problem}`;
}

interface Problem {
  readonly path: readonly PropertyKey[];
  readonly problem: string;
}

/** Reads a file's text; where `today` is given, what is published after it is refused. */
export function readCalendar(text: string, today?: string): CalendarReading {
  if (text.length > maxCalendarLength) {
    return { ok: false, line: 1, field: '', problem: `more than ${maxCalendarLength} characters` };
  }
  const json = readJsonLines(text);
  if (!json.ok) return { ok: false, line: json.line, field: '', problem: json.problem };
  const refused = ({ path, problem }: Problem): CalendarReading => ({
    ok: false,
    line: json.lineOf(path),
    field: path.map(String).join('.'),
    problem,
  });
  const parsed = calendarFile.safeParse(json.value);
  if (!parsed.success) return refused(firstOf(parsed.error, json.value));
  const found = problemOf(parsed.data) ?? earlyProblem(parsed.data, today);
  if (found !== undefined) return refused(found);
  const { address = null, holidays, workingWeekendDays, ...rest } = parsed.data;
  const inOrder = Object.entries(holidays).sort(([a], [b]) => (a < b ? -1 : 1));
  const file = {
    ...rest,
    address,
    holidays: Object.fromEntries(inOrder),
    workingWeekendDays: [...workingWeekendDays].sort(),
  };
  return { ok: true, file };
}

/** What the form says; a field that is not there is told as such. */
function firstOf(error: z.ZodError, value: unknown): Problem {
  const [issue] = error.issues;
  if (issue === undefined) return { path: [], problem: 'is wrong' };
  if (issue.code === 'unrecognized_keys') {
    return { path: [...issue.path, issue.keys[0] ?? ''], problem: 'is no field of a calendar' };
  }
  const [field] = issue.path;
  const isThere =
    field === undefined || (typeof value === 'object' && value !== null && field in value);
  return { path: issue.path, problem: isThere ? issue.message : 'is missing' };
}

type Parsed = z.infer<typeof calendarFile>;

/** What the form alone does not say: dates that there are, in their year, once, on a right day. */
function problemOf({ year, published, holidays, workingWeekendDays }: Parsed): Problem | undefined {
  if (dayOfDate(published) === undefined) return { path: ['published'], problem: noDate };
  const dates = Object.keys(holidays);
  if (dates.length === 0) {
    return { path: ['holidays'], problem: 'no year is without a holiday: an empty list is wrong' };
  }
  for (const date of dates) {
    const problem = dateProblem(date, year);
    if (problem !== undefined) return { path: ['holidays', date], problem };
  }
  for (const [index, date] of workingWeekendDays.entries()) {
    const problem = dateProblem(date, year) ?? weekendProblem(date, index, workingWeekendDays);
    if (problem !== undefined) return { path: ['workingWeekendDays', index], problem };
    if (date in holidays) {
      return { path: ['holidays', date], problem: 'is in workingWeekendDays too' };
    }
  }
  const closed = dates.filter((date) => !isWeekend(date)).length;
  if (closed <= mostClosedWeekdays) return undefined;
  const problem = `${closed} weekdays, and at most ${mostClosedWeekdays} of a year can be holidays`;
  return { path: ['holidays'], problem };
}

function earlyProblem({ published }: Parsed, today: string | undefined): Problem | undefined {
  if (today === undefined || published <= today) return undefined;
  return { path: ['published'], problem: `is after today, ${today}: a notice comes first` };
}

const noDate = 'is no date, as 2027-10-01';

function dateProblem(date: string, year: number): string | undefined {
  if (dayOfDate(date) === undefined) return noDate;
  return date.startsWith(`${year}-`) ? undefined : `is not in the year ${year}`;
}

function weekendProblem(date: string, index: number, all: readonly string[]): string | undefined {
  if (!isWeekend(date)) return 'is no Saturday or Sunday: banks work on it anyway';
  return all.indexOf(date) === index ? undefined : 'stands there twice';
}

/** 1 January 1970 was a Thursday. */
function isWeekend(date: string): boolean {
  return [0, 6].includes(((dayOfDate(date) ?? 0) + 4) % 7);
}
