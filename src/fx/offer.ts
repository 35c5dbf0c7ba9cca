// What becomes of offered rates: taken, left for one that is preferred, or put before a person.

import { invertRate, type Rate, rateFromDecimal } from '../money/rate.ts';
import { divideRounded } from '../money/rounding.ts';
import { type BoardRate, endOf, type PublishedRate } from './board.ts';
import type { OfferedTable } from './feed.ts';

/** Who offers, and what holds for whatever it offers. */
export interface Offerer {
  readonly source: string;
  /** A person; null for a source that is looked at by itself. */
  readonly byWhom: string | null;
  /** The smaller is preferred. */
  readonly rank: number;
  readonly ageLimitMs: number;
  /** The furthest that a rate may move at once without a person's approval. */
  readonly jumpLimitBasisPoints: number;
}

export interface RankedRate extends BoardRate {
  readonly rank: number;
}

/** A rate that moved too far, for a person to look at. */
export interface Jump extends PublishedRate {
  readonly movedBasisPoints: number;
}

export interface Judged {
  /** To come into force; those that only are newer at the same price are among them. */
  readonly taken: readonly PublishedRate[];
  /** Those of `taken` whose price is another than before: what is kept as history. */
  readonly changed: readonly PublishedRate[];
  readonly jumped: readonly Jump[];
  /** A sentence when the table is too old to be used at all. */
  readonly tooOld?: string;
}

/**
 * Judges a table against the rates in force. A rate of a smaller rank stays until it is too old;
 * older ones never replace newer ones; a move beyond the limit, in either direction, waits.
 */
export function judgeOffer(
  inForce: ReadonlyMap<string, RankedRate>,
  table: OfferedTable,
  offerer: Offerer,
  realNow: number,
): Judged {
  if (table.realAt + offerer.ageLimitMs <= realNow) {
    const tooOld = `The rates are of ${new Date(table.realAt).toISOString()}: too old.`;
    return { taken: [], changed: [], jumped: [], tooOld };
  }
  const taken: PublishedRate[] = [];
  const changed: PublishedRate[] = [];
  const jumped: Jump[] = [];
  for (const rate of table.rates) {
    const known = inForce.get(`${rate.base}/${rate.quote}`);
    if (known !== undefined && isKept(known, table, offerer, realNow)) continue;
    const movedBasisPoints = known === undefined ? 0 : movement(known, rate);
    if (movedBasisPoints > offerer.jumpLimitBasisPoints) {
      jumped.push({ ...rate, movedBasisPoints });
      continue;
    }
    taken.push(rate);
    if (known?.price !== rate.price || known.source !== offerer.source) changed.push(rate);
  }
  return { taken, changed, jumped };
}

function isKept(
  known: RankedRate,
  table: OfferedTable,
  offerer: Offerer,
  realNow: number,
): boolean {
  const isFresh = endOf(known) > realNow;
  if (known.rank < offerer.rank) return isFresh;
  return known.source === offerer.source && known.realAt > table.realAt;
}

/**
 * By how many basis points a price moved, rounded up: 0 is the same price. A fall counts like the
 * rise that takes it back.
 */
export function movement(before: PublishedRate, after: PublishedRate): number {
  const [a, b] = [before, after].map(({ base, quote, price }) => exact(base, quote, price));
  return Math.max(rise(a as Rate, b as Rate), rise(b as Rate, a as Rate));
}

function exact(base: string, quote: string, price: string): Rate {
  return rateFromDecimal(base, quote, price);
}

/** By how many basis points `to` is over `from`, rounded up; at most what a counter holds. */
function rise(from: Rate, to: Rate): number {
  const back = invertRate(from);
  const numerator = to.numerator * back.numerator;
  const denominator = to.denominator * back.denominator;
  const points = divideRounded((numerator - denominator) * 10_000n, denominator, 'up');
  return Number(points > 1_000_000_000n ? 1_000_000_000n : points);
}
