// How an account's cap is lent out to its slices: the shares always sum to the cap.

/**
 * Shares of a cap over the lanes: what each lane already uses, and an equal part of the rest. Where
 * more is used than the cap allows the rest is negative, and no lane has room. The shares sum to
 * the cap. `used` has one sum a lane, in minor units.
 */
export function shareCap(cap: bigint, used: readonly bigint[]): bigint[] {
  const count = BigInt(used.length);
  const rest = used.reduce((left, sum) => left - sum, cap);
  const part = rest / count;
  const over = rest % count;
  const one = over < 0n ? -1n : 1n;
  const extra = Number(over * one);
  return used.map((sum, lane) => sum + part + (lane < extra ? one : 0n));
}
