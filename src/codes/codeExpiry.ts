// When a merchant code of another scheme says itself that it is over.

import type { CodeReading } from './read.ts';

const hour = 3_600_000;

/**
 * The moment from which the code is over, or undefined when it does not say. PayNow: sub-tag 04,
 * a Singapore date, whose day counts, or time (published field tables). KHQR: tag 99 sub-tag 01,
 * milliseconds since 1970 (published libraries of the National Bank of Cambodia).
 */
export function expiryOf({ accounts, unreserved, country }: CodeReading): number | undefined {
  const payNow = accounts?.find(({ guid }) => guid?.toUpperCase() === 'SG.PAYNOW');
  const written = payNow?.fields.find(({ tag }) => tag === '04')?.value;
  if (written !== undefined) return singaporeTime(written);
  if (country !== 'KH') return undefined;
  const stamp = unreserved?.find(({ tag }) => tag === '99')?.fields;
  const until = stamp?.find(({ tag }) => tag === '01')?.value;
  return until !== undefined && /^[0-9]{13}$/.test(until) ? Number(until) : undefined;
}

function singaporeTime(text: string): number | undefined {
  const parts = /^([0-9]{4})([0-9]{2})([0-9]{2})(?:([0-9]{2})([0-9]{2})([0-9]{2}))?$/.exec(text);
  if (parts === null) return undefined;
  const [year = 0, month = 0, day = 0, ...clock] = parts.slice(1).map((part) => Number(part ?? 0));
  const hasClock = parts[4] !== undefined;
  const [hours = 0, minutes = 0, seconds = 0] = hasClock ? clock : [24, 0, 0];
  return Date.UTC(year, month - 1, day, hours, minutes, seconds) - 8 * hour;
}
