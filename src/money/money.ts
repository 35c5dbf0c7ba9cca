// Money: an exact amount of one currency, counted in its minor units.

import { type CurrencyCode, currencyOf, exponentOf } from './currency.ts';

/** An amount: `{ currency: 'CNY', minor: 12000n }` is 120.00 yuan. It may be negative. */
export interface Money {
  readonly currency: CurrencyCode;
  readonly minor: bigint;
}

/** An amount as partners write it: minor units as a decimal text (protocol.md §5). */
export interface WireAmount {
  readonly currency: CurrencyCode;
  readonly value: string;
}

/** Amounts of two currencies met in one sum: a broken invariant of the caller. */
export class CurrencyMismatchError extends Error {
  constructor(left: string, right: string) {
    super(`amounts of different currencies: ${left} and ${right}`);
    this.name = 'CurrencyMismatchError';
  }
}

/** An amount of `minor` minor units. Throws `UnknownCurrencyError`. */
export function money(currency: CurrencyCode, minor: bigint): Money {
  exponentOf(currency);
  return { currency, minor };
}

/** The sum. Throws `CurrencyMismatchError`. */
export function add(a: Money, b: Money): Money {
  assertSameCurrency(a, b);
  return { currency: a.currency, minor: a.minor + b.minor };
}

/** `a` less `b`. Throws `CurrencyMismatchError`. */
export function subtract(a: Money, b: Money): Money {
  assertSameCurrency(a, b);
  return { currency: a.currency, minor: a.minor - b.minor };
}

/** The same amount in the other direction. */
export function negate(m: Money): Money {
  return { currency: m.currency, minor: -m.minor };
}

export function isZero(m: Money): boolean {
  return m.minor === 0n;
}

/** Whether the amount is more than zero. */
export function isPositive(m: Money): boolean {
  return m.minor > 0n;
}

/** -1, 0 or 1 as `a` is less than, equal to or more than `b`. Throws `CurrencyMismatchError`. */
export function compare(a: Money, b: Money): -1 | 0 | 1 {
  assertSameCurrency(a, b);
  if (a.minor === b.minor) {
    return 0;
  }
  return a.minor < b.minor ? -1 : 1;
}

/** The amount as it is written in a message: `{"currency":"CNY","value":"12000"}`. */
export function toWire(m: Money): WireAmount {
  return { currency: m.currency, value: m.minor.toString() };
}

/** The amount in major units with exactly the currency's decimals: `75.38`, `1200`, `-0.005`. */
export function decimalText(m: Money): string {
  const exponent = exponentOf(m.currency);
  const sign = m.minor < 0n ? '-' : '';
  const digits = (m.minor < 0n ? -m.minor : m.minor).toString().padStart(exponent + 1, '0');
  if (exponent === 0) {
    return sign + digits;
  }
  return `${sign}${digits.slice(0, -exponent)}.${digits.slice(-exponent)}`;
}

// More digits than any amount needs: 38 is what the database keeps.
const MAX_DIGITS = 38;

/**
 * The amount that a person or a code wrote in major units: digits, then perhaps a point and no more
 * decimals than the currency has. Undefined for signs, exponents, spaces, separators, `5.`, `.5`,
 * too many decimals (even zeros) or an unknown currency.
 */
export function parseDecimal(currency: CurrencyCode, text: string): Money | undefined {
  const exponent = currencyOf(currency)?.exponent;
  if (exponent === undefined || text.length > MAX_DIGITS) {
    return undefined;
  }
  const match = /^([0-9]+)(?:\.([0-9]+))?$/.exec(text);
  if (match === null) {
    return undefined;
  }
  const decimals = match[2] ?? '';
  if (decimals.length > exponent) {
    return undefined;
  }
  return { currency, minor: BigInt((match[1] ?? '') + decimals.padEnd(exponent, '0')) };
}

/**
 * The amount for people, in the habits of `locale` (`en`, `zh-CN`). Only the symbol and the
 * grouping come from `Intl`; the decimals come from our table and every digit is exact.
 */
export function formatMoney(m: Money, locale: string): string {
  const exponent = exponentOf(m.currency);
  const format = new Intl.NumberFormat(locale, {
    style: 'currency',
    currency: m.currency,
    // "symbol", not "narrowSymbol": a traveller must tell yuan from yen.
    currencyDisplay: 'symbol',
    minimumFractionDigits: exponent,
    maximumFractionDigits: exponent,
  });
  // A decimal text is formatted exactly, where a number would lose digits (ECMA-402 2023).
  return format.format(decimalText(m) as Intl.StringNumericLiteral);
}

function assertSameCurrency(a: Money, b: Money): void {
  if (a.currency !== b.currency) {
    throw new CurrencyMismatchError(a.currency, b.currency);
  }
}
