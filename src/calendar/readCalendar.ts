// The file of a market's calendar: its form, and the first thing that is wrong with it, with line
// and field.

import { z } from 'zod';
import { dayOfDate } from './businessDay.ts';
import { type CalendarFault, type CalendarProblem, problemOf } from './faults.ts';
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

const mostOfText = { source: 200, name: 80, leftOut: 500 } as const;

const words = (most: number) => z.string().trim().min(1).max(most);

const calendarFile = z.strictObject({
  market: z.string().regex(/^[A-Z]{2}$/),
  year: z.int().min(2000).max(2199),
  source: words(mostOfText.source),
  address: z
    .url({ protocol: /^https?$/ })
    .max(500)
    .optional(),
  published: z.string(),
  holidays: z.record(z.string(), words(mostOfText.name)),
  workingWeekendDays: z.array(z.string()),
  leftOut: z.string().trim().max(mostOfText.leftOut).default(''),
});

/** What a field must be, said of one whose form is another. */
const wanted: Readonly<Record<keyof z.infer<typeof calendarFile>, CalendarProblem>> = {
  market: problemOf('calendar_market'),
  year: problemOf('calendar_year'),
  source: problemOf('calendar_text', { number: mostOfText.source }),
  address: problemOf('calendar_address'),
  published: problemOf('calendar_no_date'),
  holidays: problemOf('calendar_days'),
  workingWeekendDays: problemOf('calendar_dates'),
  leftOut: problemOf('calendar_text_length', { number: mostOfText.leftOut }),
};

export type CalendarReading =
  | { readonly ok: true; readonly file: CalendarFile }
  | ({ readonly ok: false } & CalendarFault);

interface Problem {
  readonly path: readonly PropertyKey[];
  readonly problem: CalendarProblem;
}

/** Reads a file's text; where `today` is given, what is published after it is refused. */
export function readCalendar(text: string, today?: string): CalendarReading {
  if (text.length > maxCalendarLength) {
    const problem = problemOf('calendar_too_long', { number: maxCalendarLength });
    return { ok: false, line: 1, field: '', problem };
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
  const found = wrongDay(parsed.data) ?? earlyProblem(parsed.data, today);
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
  const [field] = issue?.path ?? [];
  if (issue?.code === 'unrecognized_keys') {
    return { path: [issue.keys[0] ?? ''], problem: problemOf('calendar_no_field') };
  }
  if (issue === undefined || field === undefined) {
    return { path: [], problem: problemOf('calendar_no_object') };
  }
  const { path } = issue;
  if (typeof value !== 'object' || value === null || !(field in value)) {
    return { path, problem: problemOf('calendar_field_missing') };
  }
  if (field === 'holidays' && path.length > 1) {
    return { path, problem: problemOf('calendar_text', { number: mostOfText.name }) };
  }
  return { path, problem: wanted[field as keyof typeof wanted] };
}

type Parsed = z.infer<typeof calendarFile>;

/** What the form alone does not say: dates that there are, in their year, once, on a right day. */
function wrongDay({ year, published, holidays, workingWeekendDays }: Parsed): Problem | undefined {
  if (dayOfDate(published) === undefined) return { path: ['published'], problem: wanted.published };
  const dates = Object.keys(holidays);
  if (dates.length === 0) {
    return { path: ['holidays'], problem: problemOf('calendar_no_holidays') };
  }
  for (const date of dates) {
    const problem = dateProblem(date, year);
    if (problem !== undefined) return { path: ['holidays', date], problem };
  }
  for (const [index, date] of workingWeekendDays.entries()) {
    const problem = dateProblem(date, year) ?? weekendProblem(date, index, workingWeekendDays);
    if (problem !== undefined) return { path: ['workingWeekendDays', index], problem };
    if (date in holidays) {
      return { path: ['holidays', date], problem: problemOf('calendar_worked_too') };
    }
  }
  const closed = dates.filter((date) => !isWeekend(date)).length;
  if (closed <= mostClosedWeekdays) return undefined;
  const problem = problemOf('calendar_too_many', { found: closed, number: mostClosedWeekdays });
  return { path: ['holidays'], problem };
}

function earlyProblem({ published }: Parsed, today: string | undefined): Problem | undefined {
  if (today === undefined || published <= today) return undefined;
  return { path: ['published'], problem: problemOf('calendar_after_today', { day: today }) };
}

function dateProblem(date: string, year: number): CalendarProblem | undefined {
  if (dayOfDate(date) === undefined) return problemOf('calendar_no_date');
  return date.startsWith(`${year}-`) ? undefined : problemOf('calendar_other_year', { year });
}

function weekendProblem(
  date: string,
  index: number,
  all: readonly string[],
): CalendarProblem | undefined {
  if (!isWeekend(date)) return problemOf('calendar_no_weekend');
  return all.indexOf(date) === index ? undefined : problemOf('calendar_date_twice');
}

/** 1 January 1970 was a Thursday. */
function isWeekend(date: string): boolean {
  return [0, 6].includes(((dayOfDate(date) ?? 0) + 4) % 7);
}
