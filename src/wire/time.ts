// Times as partners write them: ISO 8601 with an offset, or epoch milliseconds in a header.

const isoForm =
  /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2}):(\d{2})(?:\.(\d+))?(?:Z|([+-])(\d{2}):?(\d{2}))$/;

const millisecondsForm = /^\d{13}$/;

const minuteMs = 60_000;

/**
 * Epoch milliseconds of an ISO 8601 time with an offset (`2019-04-04T12:08:56+05:30`, `…Z`,
 * `…+0000`, a fraction of any length, cut to milliseconds), or undefined when the text is
 * anything else. Strict: a real calendar day from 1970 on, no leap second, an offset within
 * 14 hours, so that two readers never take one text for two instants (protocol.md §3).
 */
export function parseIsoTime(text: string): number | undefined {
  const parts = isoForm.exec(text);
  if (parts === null) return undefined;
  const year = Number(parts[1]);
  const month = Number(parts[2]);
  const day = Number(parts[3]);
  const hour = Number(parts[4]);
  const minute = Number(parts[5]);
  const second = Number(parts[6]);
  if (year < 1970 || hour > 23 || minute > 59 || second > 59) return undefined;
  if (month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month)) return undefined;
  const milliseconds = Number((parts[7] ?? '0').slice(0, 3).padEnd(3, '0'));
  const offset = offsetMinutes(parts[8], parts[9], parts[10]);
  if (offset === undefined) return undefined;
  const local = Date.UTC(year, month - 1, day, hour, minute, second, milliseconds);
  return local - offset * minuteMs;
}

/**
 * Epoch milliseconds of a Request-Time or Response-Time header: ISO 8601 as `parseIsoTime`, or
 * 13 digits of epoch milliseconds as the Java and Go SDKs send (partners-clients.md §2.1).
 */
export function parseTime(text: string): number | undefined {
  return millisecondsForm.test(text) ? Number(text) : parseIsoTime(text);
}

/**
 * `2026-11-21T21:45:41.123+08:00`: ISO 8601 with milliseconds. The default offset is UTC+8,
 * the network's clearing time; `offsetMinutesEast` is in minutes east of Greenwich.
 */
export function formatTime(epochMs: number, offsetMinutesEast = 480): string {
  const local = epochMs + offsetMinutesEast * minuteMs;
  const second = Math.floor(local / 1_000);
  if (second !== written.second || offsetMinutesEast !== written.offset) {
    const beginning = new Date(second * 1_000).toISOString().slice(0, -4);
    written = { second, offset: offsetMinutesEast, beginning, end: offsetText(offsetMinutesEast) };
  }
  return written.beginning + String(local - second * 1_000).padStart(3, '0') + written.end;
}

/** The second that was written last: a busy process writes many times of one. */
let written = { second: Number.NaN, offset: 0, beginning: '', end: '' };

function offsetText(offsetMinutesEast: number): string {
  const size = Math.abs(offsetMinutesEast);
  const hours = String(Math.floor(size / 60)).padStart(2, '0');
  const minutes = String(size % 60).padStart(2, '0');
  return `${offsetMinutesEast < 0 ? '-' : '+'}${hours}:${minutes}`;
}

function daysInMonth(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

function offsetMinutes(
  sign: string | undefined,
  hours: string | undefined,
  minutes: string | undefined,
): number | undefined {
  if (sign === undefined) return 0;
  const size = Number(hours) * 60 + Number(minutes);
  if (Number(minutes) > 59 || size > 14 * 60) return undefined;
  return sign === '-' ? -size : size;
}
