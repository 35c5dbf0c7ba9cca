// Clearing days: 00:00 to 24:00 at UTC+8, by which windows, batches and settlements are counted.

export const dayMs = 86_400_000;
/** The network's own time is UTC+8 the whole year round (protocol.md §7). */
const offsetMs = 8 * 3_600_000;

/** A clearing day, as the number of days since 1 January 1970; days can be added and compared. */
export type ClearingDay = number;

/** The clearing day that an instant, in milliseconds since 1970 UTC, falls into. */
export function clearingDayOf(at: number): ClearingDay {
  return Math.floor((at + offsetMs) / dayMs);
}

/** The instant at which a clearing day begins: its midnight belongs to it. */
export function beginningOf(day: ClearingDay): number {
  return day * dayMs - offsetMs;
}

/** The first instant of the next day after `at`, and so much later: a window's end on T+1. */
export function nextDayAt(at: number, afterMidnightMs: number): number {
  return beginningOf(clearingDayOf(at) + 1) + afterMidnightMs;
}

/** How many midnights of UTC+8 lie between two instants. */
export function daysBetween(from: number, to: number): number {
  return clearingDayOf(to) - clearingDayOf(from);
}
