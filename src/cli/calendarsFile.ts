// The file in which an operator sets the bank holidays of markets, in place of those we bring.

import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { type Calendars, dayOfDate, presetCalendars } from '../calendar/businessDay.ts';

const aDate = z
  .string()
  .refine((text) => dayOfDate(text) !== undefined, 'must be a date, as 2026-10-01');

const schema = z.strictObject({
  years: z.array(z.int().min(1970).max(9999)).min(1),
  markets: z.record(
    z.string().regex(/^[A-Z]{2}$/, 'must be two capital letters, as CN'),
    z.strictObject({
      holidays: z.record(aDate, z.string()),
      workingWeekendDays: z.array(aDate),
      leftOut: z.string().default(''),
    }),
  ),
});

/** `WAYFARE_CALENDARS`, else `calendars.json` in the home; the file need not be there. */
export function calendarsFileOf(
  home: string,
  environment: Readonly<Record<string, string | undefined>>,
): string {
  return path.resolve(environment.WAYFARE_CALENDARS || path.join(home, 'calendars.json'));
}

/**
 * The calendars of a file; a market that it does not name keeps ours. Throws with the place of
 * what cannot be used. Without a file, those that come with the project.
 */
export function loadCalendars(file: string): Calendars {
  if (!existsSync(file)) return presetCalendars;
  let json: unknown;
  try {
    json = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new Error(`${file} is not JSON`, { cause: error });
  }
  const read = schema.safeParse(json);
  if (!read.success) {
    const issue = read.error.issues[0];
    throw new Error(`${file}: ${issue?.path.join('.') ?? ''} ${issue?.message ?? 'is wrong'}`);
  }
  const { years, markets } = read.data;
  // The years are those of the markets that the file names; ours keep their own.
  const own = Object.entries(markets).map(([market, days]) => [market, { ...days, years }]);
  return {
    years: presetCalendars.years,
    markets: { ...presetCalendars.markets, ...Object.fromEntries(own) },
  };
}
