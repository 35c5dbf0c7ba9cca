// The board of middle rates: those in force now, from which every pair that is needed is derived.

import {
  crossRate,
  invertRate,
  lessSpread,
  type Rate,
  rateFromDecimal,
  rateText,
  withSpread,
} from '../money/rate.ts';
import { isFrozen, type PricedParty, type SpreadRule, spreadNow } from './terms.ts';

/** One row of a published table: one unit of base is `price` units of quote. */
export interface PublishedRate {
  readonly base: string;
  readonly quote: string;
  readonly price: string;
}

/** A price for changing `from` into `to`, with the network's spread named beside the middle. */
export interface PricedPair {
  readonly from: string;
  readonly to: string;
  /** The middle price as the exact decimal that is used; our rule: ten significant digits. */
  readonly midPrice: string;
  readonly spreadBasisPoints: number;
  readonly mid: Rate;
  /** The middle with the spread: what the payer's side is charged. */
  readonly charged: Rate;
  /** `charged` as an exact decimal: `quotePrice` on the wire. */
  readonly chargedPrice: string;
}

/** The middle less the spread, as an exact decimal: what an acquirer is settled at. */
export function settledPrice({ mid, spreadBasisPoints }: PricedPair): string {
  return rateText(lessSpread(mid, spreadBasisPoints), exactDigits);
}

const midDigits = 10;
/** A spread adds four decimals, and the wire has room for eighteen (wire/objects.ts). */
const midDecimals = 14;
const exactDigits = 40;

function decimalsOf(text: string): number {
  return text.split('.')[1]?.length ?? 0;
}

/** One rate in force: where it is from, when it was so in the world, and for how long it counts. */
export interface BoardRate extends PublishedRate {
  readonly source: string;
  /** `YYYY-MM-DD`, as its source dates it. */
  readonly date: string;
  /** Real time of the rate. */
  readonly realAt: number;
  /** Null: however old. */
  readonly ageLimitMs: number | null;
}

/** A price, or why there is none for a new payment. */
export type PriceOutcome =
  | { readonly kind: 'priced'; readonly price: PricedPair }
  | { readonly kind: 'unpriced'; readonly why: 'no_rate' | 'too_old' | 'frozen' };

interface KnownOutcome {
  readonly outcome: PriceOutcome;
  /** Network time from which another dated spread may hold. */
  readonly until: number;
}

interface BoardTerms {
  readonly frozen: readonly string[];
  readonly spreads: readonly SpreadRule[];
}

const noTerms: BoardTerms = { frozen: [], spreads: [] };

/**
 * All rates in force at one moment with what stops and prices them; immutable. Which rates are too
 * old is settled when it is made (`at`), so that a payment only looks its price up.
 */
export class RateBoard {
  readonly rates: readonly BoardRate[];
  readonly terms: BoardTerms;
  /** Real time at which the next rate gets too old. */
  readonly freshUntil: number;
  readonly #frozen: ReadonlySet<string>;
  readonly #fresh = new Map<string, Rate>();
  readonly #all = new Map<string, Rate>();
  readonly #known = new Map<string, KnownOutcome>();
  readonly #middles = new Map<string, string | undefined>();

  constructor(rates: readonly BoardRate[], realNow: number, terms: BoardTerms = noTerms) {
    this.rates = rates;
    this.terms = terms;
    this.#frozen = new Set(terms.frozen);
    let freshUntil = Number.POSITIVE_INFINITY;
    for (const rate of rates) {
      const exact = rateFromDecimal(rate.base, rate.quote, rate.price);
      const end = endOf(rate);
      this.#all.set(`${rate.base}/${rate.quote}`, exact);
      if (end <= realNow) continue;
      this.#fresh.set(`${rate.base}/${rate.quote}`, exact);
      freshUntil = Math.min(freshUntil, end);
    }
    this.freshUntil = freshUntil;
  }

  /** The newest date of a rate, and the sources that there are. */
  get date(): string {
    return this.rates.reduce((newest, { date }) => (date > newest ? date : newest), '') || 'none';
  }

  get source(): string {
    return [...new Set(this.rates.map(({ source }) => source))].join(', ') || 'none';
  }

  /** The board at a later real time: another one only where a rate has got too old since. */
  at(realNow: number): RateBoard {
    return realNow < this.freshUntil ? this : new RateBoard(this.rates, realNow, this.terms);
  }

  /** What `from` costs in `to` for a new payment of this participant at network time `now`. */
  price(from: string, to: string, party: PricedParty, now: number): PriceOutcome {
    const key = `${party.participantId}/${party.spreadBasisPoints}/${from}/${to}`;
    const known = this.#known.get(key);
    if (known !== undefined && now < known.until) return known.outcome;
    const made = this.#outcome(from, to, party, now);
    this.#known.set(key, made);
    return made.outcome;
  }

  /** The middle price as an exact decimal, whether the pair is frozen or not; no rate too old. */
  middle(from: string, to: string): string | undefined {
    const key = `${from}/${to}`;
    if (!this.#middles.has(key)) this.#middles.set(key, middleOf(this.#fresh, from, to));
    return this.#middles.get(key);
  }

  #outcome(from: string, to: string, party: PricedParty, now: number): KnownOutcome {
    const spread = spreadNow(this.terms.spreads, `${from}/${to}`, party, now);
    const middle = this.middle(from, to);
    const unpriced = (why: 'no_rate' | 'too_old' | 'frozen') => ({
      outcome: { kind: 'unpriced', why } as const,
      until: spread.until,
    });
    if (isFrozen(this.#frozen, from, to)) return unpriced('frozen');
    if (middle === undefined) {
      return unpriced(middleOf(this.#all, from, to) === undefined ? 'no_rate' : 'too_old');
    }
    const basisPoints = from === to ? 0 : spread.basisPoints;
    const price = pricedPair(from, to, middle, basisPoints);
    return { outcome: { kind: 'priced', price }, until: spread.until };
  }
}

/** Real time from which a rate is too old for new payments. */
export function endOf(rate: Pick<BoardRate, 'realAt' | 'ageLimitMs'>): number {
  return rate.ageLimitMs === null ? Number.POSITIVE_INFINITY : rate.realAt + rate.ageLimitMs;
}

/** Why a payment is not priced, for the one who asked. */
export function unpricedSentence(
  from: string,
  to: string,
  why: 'no_rate' | 'too_old' | 'frozen',
): string {
  if (why === 'frozen') return `Payments that change ${from} into ${to} are stopped for now.`;
  const sentence = `There is no rate from ${from} to ${to} now`;
  return why === 'too_old' ? `${sentence}: the last one is too old.` : `${sentence}.`;
}

function middleOf(rates: ReadonlyMap<string, Rate>, from: string, to: string): string | undefined {
  if (from === to) return '1';
  const rate = direct(rates, from, to) ?? through(rates, from, to);
  if (rate === undefined) return undefined;
  const text = rateText(rate, midDigits);
  const beyond = decimalsOf(text) - midDecimals;
  return beyond > 0 ? rateText(rate, midDigits - beyond) : text;
}

function direct(rates: ReadonlyMap<string, Rate>, from: string, to: string): Rate | undefined {
  const straight = rates.get(`${from}/${to}`);
  if (straight !== undefined) return straight;
  const other = rates.get(`${to}/${from}`);
  return other === undefined ? undefined : invertRate(other);
}

function through(rates: ReadonlyMap<string, Rate>, from: string, to: string): Rate | undefined {
  const bases = new Set([...rates.values()].map(({ base }) => base));
  for (const base of bases) {
    const first = direct(rates, from, base);
    const second = direct(rates, base, to);
    if (first !== undefined && second !== undefined) return crossRate(first, second);
  }
  return undefined;
}

const remembered = new Map<string, PricedPair>();
const rememberedMost = 10_000;

/**
 * A price from its two stored parts; the same parts always give the same amounts. Remembered, since
 * the payments of one corridor share one price until the next board.
 */
export function pricedPair(
  from: string,
  to: string,
  midPrice: string,
  spreadBasisPoints: number,
): PricedPair {
  const key = `${from}/${to}/${midPrice}/${spreadBasisPoints}`;
  const known = remembered.get(key);
  if (known !== undefined) return known;
  if (remembered.size >= rememberedMost) remembered.clear();
  const price = makePrice(from, to, midPrice, spreadBasisPoints);
  remembered.set(key, price);
  return price;
}

function makePrice(
  from: string,
  to: string,
  midPrice: string,
  spreadBasisPoints: number,
): PricedPair {
  const mid = rateFromDecimal(from, to, midPrice);
  const charged = withSpread(mid, spreadBasisPoints);
  const chargedPrice = rateText(charged, exactDigits);
  return { from, to, midPrice, spreadBasisPoints, mid, charged, chargedPrice };
}
