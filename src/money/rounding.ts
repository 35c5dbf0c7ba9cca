// Rounding: every division of money names how its remainder is treated.

/**
 * How a quotient that is not whole becomes whole. `half_even` (banker's rounding) is the network's
 * default (protocol.md §5); `down` is towards zero, `up` is away from zero.
 */
export type Rounding = 'half_even' | 'half_up' | 'down' | 'up';

/**
 * `numerator / denominator`, rounded to a whole number, exact for any size and sign: the magnitude
 * is rounded and the sign put back, so that a refund rounds like its payment. Throws `RangeError`
 * when the denominator is zero.
 */
export function divideRounded(numerator: bigint, denominator: bigint, rounding: Rounding): bigint {
  if (denominator === 0n) {
    throw new RangeError('divideRounded: the denominator is zero');
  }
  const negative = numerator < 0n !== denominator < 0n;
  const n = numerator < 0n ? -numerator : numerator;
  const d = denominator < 0n ? -denominator : denominator;
  const whole = n / d;
  const rest = n % d;
  const magnitude = rest !== 0n && roundsAway(whole, rest, d, rounding) ? whole + 1n : whole;
  return negative ? -magnitude : magnitude;
}

/** Whether a remainder that is not zero takes the magnitude to the next whole number. */
function roundsAway(whole: bigint, rest: bigint, divisor: bigint, rounding: Rounding): boolean {
  const twice = rest * 2n;
  switch (rounding) {
    case 'down':
      return false;
    case 'up':
      return true;
    case 'half_up':
      return twice >= divisor;
    case 'half_even':
      return twice > divisor || (twice === divisor && whole % 2n === 1n);
  }
}

/**
 * Minor units of `currency` from an exact fraction of them. Rupiah has two decimals on paper but no
 * coin for them: it is rounded half-even to whole rupiah, so that the last two digits are 00,
 * whatever rounding is asked for (protocol.md §5).
 */
export function minorRounded(
  currency: string,
  numerator: bigint,
  denominator: bigint,
  rounding: Rounding,
): bigint {
  if (currency === 'IDR') {
    return divideRounded(numerator, denominator * 100n, 'half_even') * 100n;
  }
  return divideRounded(numerator, denominator, rounding);
}
