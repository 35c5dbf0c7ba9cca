// Calendars that people loaded: proposed by one, approved by another, and which are in force.

import { nameKey } from '../base/name.ts';
import type { Calendars } from './businessDay.ts';
import { calendarsWith } from './marketYear.ts';
import type { CalendarFile } from './readCalendar.ts';

/** `REJECTED` was refused, or taken back by whoever proposed it. */
export type CalendarState = 'PROPOSED' | 'APPROVED' | 'REJECTED';

export interface LoadedCalendar {
  readonly calendarId: string;
  readonly file: CalendarFile;
  /** What was in force when it was proposed; null: what the project brings, or nothing. */
  readonly replaces: string | null;
  readonly state: CalendarState;
  readonly proposedBy: string;
  readonly proposedAt: number;
  readonly decidedBy: string | null;
  readonly decidedAt: number | null;
}

/** `H` and a number: what is loaded is counted over the whole network. */
export function calendarIdOf(serial: number): string {
  return `H${String(serial).padStart(8, '0')}`;
}

type About = { readonly market: string; readonly year: number };

const isAbout = ({ file }: LoadedCalendar, { market, year }: About) =>
  file.market === market && file.year === year;

/** The approved ones that no later one replaces: one of a market and year, at most. */
export function inForceOf(loaded: readonly LoadedCalendar[]): LoadedCalendar[] {
  const approved = loaded.filter(({ state }) => state === 'APPROVED');
  const replaced = new Set(approved.map(({ replaces }) => replaces));
  return approved.filter(({ calendarId }) => !replaced.has(calendarId));
}

/** The one in force of a market and year; undefined where the project's counts, or weekends. */
export function inForceFor(
  loaded: readonly LoadedCalendar[],
  about: About,
): LoadedCalendar | undefined {
  return inForceOf(loaded).find((each) => isAbout(each, about));
}

/** The calendars of all markets by what is in force. */
export function calendarsOf(loaded: readonly LoadedCalendar[]): Calendars {
  return calendarsWith(inForceOf(loaded).map(({ file }) => file));
}

/** Whether two files say the same of their days and their source. */
export function isSameFile(a: CalendarFile, b: CalendarFile): boolean {
  const textOf = (file: CalendarFile) => JSON.stringify(Object.entries(file).sort());
  return textOf(a) === textOf(b);
}

export type CalendarVerb = 'approve' | 'reject';

export type CalendarVerdict =
  | { readonly kind: 'allowed' }
  /** The same person has said so before: nothing happens. */
  | { readonly kind: 'repeated' }
  /** Four eyes: whoever proposed it cannot approve it. */
  | { readonly kind: 'same_person'; readonly by: string }
  | { readonly kind: 'wrong_order'; readonly state: CalendarState }
  /** Another one came into force since it was proposed: it would be undone unseen. */
  | { readonly kind: 'outdated'; readonly inForce: string };

/** Judges a decision; rejecting one's own proposal takes it back. */
export function judgeDecision(
  calendar: LoadedCalendar,
  loaded: readonly LoadedCalendar[],
  verb: CalendarVerb,
  by: string,
): CalendarVerdict {
  const { state, proposedBy, decidedBy } = calendar;
  if (state !== 'PROPOSED') {
    const isSaidBefore =
      decidedBy !== null &&
      nameKey(decidedBy) === nameKey(by) &&
      (state === 'REJECTED') === (verb === 'reject');
    return isSaidBefore ? { kind: 'repeated' } : { kind: 'wrong_order', state };
  }
  if (verb === 'reject') return { kind: 'allowed' };
  if (nameKey(proposedBy) === nameKey(by)) return { kind: 'same_person', by: proposedBy };
  const inForce = inForceFor(loaded, calendar.file)?.calendarId ?? null;
  return inForce === null || inForce === calendar.replaces
    ? { kind: 'allowed' }
    : { kind: 'outdated', inForce };
}
