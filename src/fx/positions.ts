// Currency positions: what the network is owed and owes in each currency, and what corridors earn.

import { money } from '../money/money.ts';
import { convert, type Rate } from '../money/rate.ts';

/** Sums of one currency from the books, in minor units. */
export interface CurrencyPosition {
  readonly currency: string;
  /** What wallets owe the network. */
  readonly owedToUs: bigint;
  /** What the network owes acquirers. */
  readonly owedByUs: bigint;
  /** The `fx` stock: bought less sold; and what was earned. All four are credits less debits. */
  readonly stock: bigint;
  readonly spread: bigint;
  readonly rounding: bigint;
  readonly fees: bigint;
}

/**
 * What the network has of a currency if everybody pays: positive, it is long. It equals stock and
 * earnings together, because every currency balances by itself.
 */
export function exposureOf(position: CurrencyPosition): bigint {
  return position.owedToUs - position.owedByUs;
}

/** All movements of one corridor on the network's own accounts, credits less debits. */
export interface CorridorSums {
  /** The currency in which acquirers were settled, and the one in which wallets paid. */
  readonly settling: string;
  readonly paying: string;
  /** Money effects: payments, refunds and cancellations. */
  readonly effects: number;
  /** In the currency of the wallets. */
  readonly paid: AccountSums;
  /** In the currency of the settlement; nothing where both are one. */
  readonly settled: AccountSums;
}

export interface AccountSums {
  readonly stock: bigint;
  readonly spread: bigint;
  readonly rounding: bigint;
}

export const nothing: AccountSums = { stock: 0n, spread: 0n, rounding: 0n };

/** What a corridor earned, in minor units of the wallets' currency. The parts make the total. */
export interface CorridorResult {
  readonly spread: bigint;
  readonly rounding: bigint;
  /**
   * What the stock that was bought and sold is worth now: how far rates moved since. In it is also
   * what rounding the two sides of an exchange apart has left, at most half a minor unit each.
   */
  readonly market: bigint;
  readonly total: bigint;
}

/**
 * The result of a corridor at a middle rate from the settlement's currency to the wallets'. The
 * settlement's side is changed once, half-even.
 */
export function resultOf(sums: CorridorSums, middle: Rate): CorridorResult {
  const { paid, settled, settling } = sums;
  const valued = (minor: bigint) => convert(money(settling, minor), middle).minor;
  const ours = paid.stock + paid.spread + paid.rounding;
  const theirs = settled.stock + settled.spread + settled.rounding;
  const total = ours + valued(theirs);
  const spread = paid.spread + valued(settled.spread);
  const rounding = paid.rounding + valued(settled.rounding);
  return { spread, rounding, market: total - spread - rounding, total };
}
