// What a source of rates says, read and checked as a whole: a table of one base currency.

import { isCurrency } from '../money/currency.ts';
import { rateFromDecimal } from '../money/rate.ts';
import type { PublishedRate } from './board.ts';

/** A table as a source gave it. */
export interface OfferedTable {
  /** Real time that the source says its rates are of. */
  readonly realAt: number;
  readonly rates: readonly PublishedRate[];
}

export type ReadTable =
  | { readonly kind: 'read'; readonly table: OfferedTable }
  /** A sentence that names what is wrong; nothing of the table is used. */
  | { readonly kind: 'wrong'; readonly problem: string };

/** A table of all currencies is a few kilobytes. */
export const longestTableBytes = 256 * 1024;

/** Clocks differ; a table from further ahead is wrong. */
const aheadMs = 5 * 60_000;
const longestPrice = 40;

/**
 * Reads `{"asOf": ISO 8601 with an offset, "base": "USD", "rates": {"CNY": "7.10", …}}`. Prices are
 * texts or JSON numbers; a number counts by its digits, never as a binary fraction. Currencies that
 * are not of ISO 4217 are passed over, since feeds list metals and tokens too; anything else that
 * is wrong refuses the whole table.
 */
export function readTable(text: string, realNow: number): ReadTable {
  const wrong = (problem: string): ReadTable => ({ kind: 'wrong', problem });
  const json = jsonWithDigits(text);
  if (typeof json !== 'object' || json === null) return wrong('The table is no JSON object.');
  const { asOf, base, rates } = json as Record<string, unknown>;
  const realAt = typeof asOf === 'string' && isoTime.test(asOf) ? Date.parse(asOf) : Number.NaN;
  if (Number.isNaN(realAt)) return wrong('asOf must be a time as 2026-11-22T00:00:00Z.');
  if (realAt > realNow + aheadMs) return wrong(`asOf ${asOf} is in the future.`);
  if (typeof base !== 'string' || !isCurrency(base)) {
    return wrong('base must be a currency of ISO 4217.');
  }
  if (typeof rates !== 'object' || rates === null) {
    return wrong('rates must be an object of prices by currency.');
  }
  const found: PublishedRate[] = [];
  for (const [quote, given] of Object.entries(rates)) {
    if (!isCurrency(quote) || quote === base) continue;
    const price = typeof given === 'string' ? plainDecimal(given) : undefined;
    if (price === undefined) return wrong(`rates.${quote} must be a positive decimal.`);
    found.push({ base, quote, price });
  }
  if (found.length === 0) return wrong('rates holds no currency of ISO 4217.');
  return { kind: 'read', table: { realAt, rates: found } };
}

const isoTime = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2})$/;

/** The value with every number as the text it was written as; undefined for what is no JSON. */
function jsonWithDigits(text: string): unknown {
  const digits = (_key: string, value: unknown, context?: { readonly source?: string }) =>
    typeof value === 'number' ? context?.source : value;
  try {
    return JSON.parse(text, digits);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** A price without an exponent; undefined for what is no positive decimal of a bearable length. */
export function plainDecimal(text: string): string | undefined {
  const match = /^(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d{1,2}))?$/.exec(text);
  if (match === null || !/[1-9]/.test(`${match[1]}${match[2] ?? ''}`)) return undefined;
  const [, whole = '', decimals = '', exponent = '0'] = match;
  const point = whole.length + Number(exponent);
  const digits = whole + decimals;
  const left = digits.slice(0, Math.max(point, 0)).padEnd(Math.max(point, 1), '0');
  const right = point < 0 ? '0'.repeat(-point) + digits : digits.slice(point);
  const plain = right === '' ? left : `${left}.${right}`;
  if (plain.length > longestPrice) return undefined;
  rateFromDecimal('USD', 'USD', plain);
  return plain;
}
