// The steps by which a page moves the network's time, and what each asks the hub for.

export const clockSteps = [
  'minute',
  'tenMinutes',
  'beforeCancelEnds',
  'afterCancelEnds',
  'day',
  'month',
  'year',
] as const;

export type ClockStep = (typeof clockSteps)[number];

const minuteMs = 60_000;
const dayMs = 1_440 * minuteMs;
const east = 8 * 60 * minuteMs;

const lengths: Partial<Record<ClockStep, number>> = {
  minute: minuteMs,
  tenMinutes: 10 * minuteMs,
  day: dayMs,
  month: 30 * dayMs,
  year: 365 * dayMs,
};

/** Minutes after the next midnight at UTC+8: around the end of an acquirer's cancel window. */
const minutesOfTomorrow: Partial<Record<ClockStep, number>> = {
  beforeCancelEnds: 14,
  afterCancelEnds: 16,
};

/** The body for `POST /console/api/clock`; `nowMs` is the network's time. */
export function moveOf(step: ClockStep, nowMs: number): { advanceMs: number } | { to: string } {
  const advanceMs = lengths[step];
  if (advanceMs !== undefined) return { advanceMs };
  const midnight = (Math.floor((nowMs + east) / dayMs) + 1) * dayMs - east;
  return { to: new Date(midnight + (minutesOfTomorrow[step] ?? 0) * minuteMs).toISOString() };
}
