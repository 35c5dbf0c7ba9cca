// A first balance in home currency: so many US dollars at the published sample rate, without odd
// cents.

import { exponentOf } from '../money/currency.ts';
import type { Money } from '../money/money.ts';
import { convert, rateFromDecimal } from '../money/rate.ts';

/**
 * `usdCents` in `currency` at `unitsPerUsd` (decimal text), cut to whole major units; throws
 * `InvalidRateError` for a rate that is none.
 */
export function openingBalance(usdCents: bigint, currency: string, unitsPerUsd: string): Money {
  const rate = rateFromDecimal('USD', currency, unitsPerUsd);
  const exact = convert({ currency: 'USD', minor: usdCents }, rate);
  const unit = 10n ** BigInt(exponentOf(currency));
  return { currency, minor: exact.minor - (exact.minor % unit) };
}
