// Splitting money: parts that always sum to the whole, at once or one refund after another.

import { CurrencyMismatchError, type Money } from './money.ts';
import { minorRounded, type Rounding } from './rounding.ts';

/** A split that cannot be made: no weight, or more taken than there is. */
export class InvalidSplitError extends Error {
  constructor(reason: string) {
    super(`cannot split: ${reason}`);
    this.name = 'InvalidSplitError';
  }
}

/**
 * `total` in proportion to `weights`, by largest remainder: the parts sum to the total, each is
 * less than one minor unit from its exact share, and of equal remainders the earlier part gains.
 * Throws `InvalidSplitError` for a negative weight or weights that sum to zero.
 */
export function allocate(total: Money, weights: readonly bigint[]): Money[] {
  const sum = weights.reduce((a, b) => a + b, 0n);
  if (weights.some((weight) => weight < 0n) || sum === 0n) {
    throw new InvalidSplitError(`weights [${weights.join(', ')}]`);
  }
  const negative = total.minor < 0n;
  const magnitude = negative ? -total.minor : total.minor;
  const shares = weights.map((weight) => (magnitude * weight) / sum);
  const byRemainder = weights
    .map((weight, index) => ({ index, remainder: (magnitude * weight) % sum }))
    .sort((a, b) => (a.remainder === b.remainder ? 0 : a.remainder > b.remainder ? -1 : 1));
  let left = magnitude - shares.reduce((a, b) => a + b, 0n);
  for (const { index } of byRemainder) {
    if (left === 0n) {
      break;
    }
    shares[index] = (shares[index] ?? 0n) + 1n;
    left -= 1n;
  }
  return shares.map((share) => ({
    currency: total.currency,
    minor: negative ? -share : share,
  }));
}

/**
 * One part of an amount whose counterpart in another currency is fixed, such as a partial refund.
 */
export interface CumulativePart {
  /** The whole amount that was paid, such as the order's 120.00 CNY. */
  readonly whole: Money;
  /** What the whole was worth on the other leg, such as 75.38 MYR: it fixes the ratio. */
  readonly counterpart: Money;
  /** The sum of the earlier parts, in the currency of the whole. */
  readonly earlier: Money;
  /** This part, in the currency of the whole. */
  readonly part: Money;
  readonly rounding?: Rounding;
}

/**
 * What this part is worth on the other leg: round(cumulative × ratio) − Σ earlier, so that parts
 * that make up the whole are worth exactly the counterpart, whatever their number and size
 * (architecture.md §5). The sum of the earlier parts' worth follows from `earlier`. Throws
 * `CurrencyMismatchError`, and `InvalidSplitError` when the parts exceed the whole.
 */
export function cumulativePart(split: CumulativePart): Money {
  const { whole, earlier, part } = split;
  for (const amount of [earlier, part]) {
    if (amount.currency !== whole.currency) {
      throw new CurrencyMismatchError(amount.currency, whole.currency);
    }
  }
  const cumulative = earlier.minor + part.minor;
  const amounts = [earlier.minor, part.minor, split.counterpart.minor];
  const sound = whole.minor > 0n && amounts.every((minor) => minor >= 0n);
  if (!sound || cumulative > whole.minor) {
    throw new InvalidSplitError(`${earlier.minor} and ${part.minor} of ${whole.minor}`);
  }
  return {
    currency: split.counterpart.currency,
    minor: worthOf(cumulative, split) - worthOf(earlier.minor, split),
  };
}

/** The counterpart of the first `cumulative` minor units of the whole. */
function worthOf(cumulative: bigint, split: CumulativePart): bigint {
  const { whole, counterpart } = split;
  if (cumulative === whole.minor) {
    // Exactly what was paid, even where the currency's own rounding would not reach it.
    return counterpart.minor;
  }
  const numerator = counterpart.minor * cumulative;
  const rounding = split.rounding ?? 'half_even';
  const worth = minorRounded(counterpart.currency, numerator, whole.minor, rounding);
  // Rupiah rounded to hundreds could pass a counterpart that is not a multiple of a hundred.
  return worth > counterpart.minor ? counterpart.minor : worth;
}
