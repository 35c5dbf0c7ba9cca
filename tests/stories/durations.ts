// How long a story waits, in the words of a story.

export const dayMs = 86_400_000;
/** The network's own time, UTC+8. */
const offsetMs = 8 * 3_600_000;

/** How long it is until the clock shows `HH:MM` the next time, at UTC+8. */
export function millisecondsUntil(now: number, time: string): number {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  const wanted = (hours * 60 + minutes) * 60_000;
  const passed = (now + offsetMs) % dayMs;
  return (wanted - passed + dayMs) % dayMs;
}

/** As `5 s`, `2 min` or `1 h`, in milliseconds. */
export function durationOf(count: string, unit: string): number {
  const units: Readonly<Record<string, number>> = { s: 1_000, min: 60_000, h: 3_600_000 };
  return Number(count) * (units[unit] ?? Number.NaN);
}
