// Times in files: ISO 8601 in the network's own time, UTC+8, to the millisecond.

const offsetMs = 8 * 3_600_000;

/** `2026-11-24T12:00:00.000+08:00` */
export function networkTime(at: number): string {
  return `${new Date(at + offsetMs).toISOString().slice(0, -1)}+08:00`;
}
