// Rates of exchange: exact fractions, so that the only rounding is the one that is named.

import { exponentOf } from './currency.ts';
import { CurrencyMismatchError, type Money } from './money.ts';
import { divideRounded, minorRounded, type Rounding } from './rounding.ts';

/**
 * One major unit of `base` is `numerator / denominator` major units of `quote`. Both are positive
 * and in lowest terms, so that equal rates are equal values.
 */
export interface Rate {
  readonly base: string;
  readonly quote: string;
  readonly numerator: bigint;
  readonly denominator: bigint;
}

/** A rate text, a spread or a fraction that cannot be a rate. */
export class InvalidRateError extends Error {
  constructor(reason: string) {
    super(`not a rate: ${reason}`);
    this.name = 'InvalidRateError';
  }
}

/** A rate from a fraction. Throws `InvalidRateError` unless both parts are positive. */
export function rateFromFraction(
  base: string,
  quote: string,
  numerator: bigint,
  denominator: bigint,
): Rate {
  exponentOf(base);
  exponentOf(quote);
  if (numerator <= 0n || denominator <= 0n) {
    throw new InvalidRateError(`${numerator}/${denominator}`);
  }
  const divisor = greatestCommonDivisor(numerator, denominator);
  return { base, quote, numerator: numerator / divisor, denominator: denominator / divisor };
}

/**
 * A rate from a plain decimal text: `rateFromDecimal('CNY', 'MYR', '0.6270')`.
 * Throws `InvalidRateError` for signs, exponents, zero and more than 40 characters.
 */
export function rateFromDecimal(base: string, quote: string, text: string): Rate {
  const match = text.length <= 40 ? /^([0-9]+)(?:\.([0-9]+))?$/.exec(text) : null;
  if (match === null) {
    throw new InvalidRateError(JSON.stringify(text.slice(0, 60)));
  }
  const decimals = match[2] ?? '';
  const scale = 10n ** BigInt(decimals.length);
  return rateFromFraction(base, quote, BigInt((match[1] ?? '') + decimals), scale);
}

/** The same rate seen from the other side. */
export function invertRate(rate: Rate): Rate {
  return {
    base: rate.quote,
    quote: rate.base,
    numerator: rate.denominator,
    denominator: rate.numerator,
  };
}

/** From `a.base` to `b.quote` through the currency they share. Throws `CurrencyMismatchError`. */
export function crossRate(a: Rate, b: Rate): Rate {
  if (a.quote !== b.base) {
    throw new CurrencyMismatchError(a.quote, b.base);
  }
  return rateFromFraction(
    a.base,
    b.quote,
    a.numerator * b.numerator,
    a.denominator * b.denominator,
  );
}

/**
 * The rate with the network's spread: whoever pays in the quote currency pays `basisPoints`
 * hundredths of a percent more. Throws `InvalidRateError` for a negative or broken number of
 * points.
 */
export function withSpread(rate: Rate, basisPoints: number): Rate {
  if (!Number.isInteger(basisPoints) || basisPoints < 0) {
    throw new InvalidRateError(`a spread of ${basisPoints} basis points`);
  }
  return rateFromFraction(
    rate.base,
    rate.quote,
    rate.numerator * (10_000n + BigInt(basisPoints)),
    rate.denominator * 10_000n,
  );
}

/**
 * The rate less the network's spread: whoever is paid in the quote currency gets `basisPoints`
 * hundredths of a percent less. Throws `InvalidRateError` as `withSpread` does, and for a spread of
 * everything.
 */
export function lessSpread(rate: Rate, basisPoints: number): Rate {
  if (!Number.isInteger(basisPoints) || basisPoints < 0 || basisPoints >= 10_000) {
    throw new InvalidRateError(`a spread of ${basisPoints} basis points`);
  }
  return rateFromFraction(
    rate.base,
    rate.quote,
    rate.numerator * (10_000n - BigInt(basisPoints)),
    rate.denominator * 10_000n,
  );
}

/**
 * An amount in the base currency as an amount in the quote currency, rounded once to its minor
 * unit; to IDR always half-even to whole rupiah (protocol.md §5). Throws `CurrencyMismatchError`.
 */
export function convert(amount: Money, rate: Rate, rounding: Rounding = 'half_even'): Money {
  if (amount.currency !== rate.base) {
    throw new CurrencyMismatchError(amount.currency, rate.base);
  }
  const numerator = amount.minor * rate.numerator * 10n ** BigInt(exponentOf(rate.quote));
  const denominator = rate.denominator * 10n ** BigInt(exponentOf(rate.base));
  const minor = minorRounded(rate.quote, numerator, denominator, rounding);
  return { currency: rate.quote, minor };
}

/**
 * The rate as a decimal text of at most `significantDigits` digits, half-even, without idle zeros:
 * `0.627`. It is for reading: amounts are always converted with the exact fraction.
 */
export function rateText(rate: Rate, significantDigits = 8): string {
  let decimals = significantDigits - wholeDigits(rate);
  let scaled = scaledValue(rate, decimals);
  if (scaled.toString().length > significantDigits) {
    // Rounding carried into a new digit: 9.99999999 became 10.
    decimals -= 1;
    scaled = scaledValue(rate, decimals);
  }
  if (decimals <= 0) {
    return (scaled * 10n ** BigInt(-decimals)).toString();
  }
  const digits = scaled.toString().padStart(decimals + 1, '0');
  const fraction = digits.slice(-decimals).replace(/0+$/, '');
  const whole = digits.slice(0, -decimals);
  return fraction === '' ? whole : `${whole}.${fraction}`;
}

/** `CNY/MYR`: the price of one base unit in the quote currency. */
export function ratePair(rate: Rate): string {
  return `${rate.base}/${rate.quote}`;
}

/** Digits before the point; zero or less when the first digit that counts comes after the point. */
function wholeDigits(rate: Rate): number {
  if (rate.numerator >= rate.denominator) {
    return (rate.numerator / rate.denominator).toString().length;
  }
  let zeros = 0;
  for (let n = rate.numerator * 10n; n < rate.denominator; n *= 10n) {
    zeros += 1;
  }
  return -zeros;
}

/** The value times ten to the power of `decimals`, as a whole number. */
function scaledValue(rate: Rate, decimals: number): bigint {
  const numerator = decimals > 0 ? rate.numerator * 10n ** BigInt(decimals) : rate.numerator;
  const denominator = decimals < 0 ? rate.denominator * 10n ** BigInt(-decimals) : rate.denominator;
  return divideRounded(numerator, denominator, 'half_even');
}

function greatestCommonDivisor(a: bigint, b: bigint): bigint {
  let x = a;
  let y = b;
  while (y !== 0n) {
    [x, y] = [y, x % y];
  }
  return x;
}
