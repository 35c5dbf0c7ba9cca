// The board of middle rates: one dated table, from which every pair that is needed is derived.

import {
  crossRate,
  invertRate,
  lessSpread,
  type Rate,
  rateFromDecimal,
  rateText,
  withSpread,
} from '../money/rate.ts';

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

/** Rates of one date and source; immutable, replaced as a whole when new rates are loaded. */
export class RateBoard {
  readonly date: string;
  readonly source: string;
  readonly #published = new Map<string, Rate>();
  readonly #priced = new Map<string, PricedPair | undefined>();

  constructor(rates: readonly PublishedRate[], source: string, date: string) {
    this.source = source;
    this.date = date;
    for (const { base, quote, price } of rates) {
      this.#published.set(`${base}/${quote}`, rateFromDecimal(base, quote, price));
    }
  }

  /** The price of `from` in `to`; undefined when the board cannot say. */
  price(from: string, to: string, spreadBasisPoints: number): PricedPair | undefined {
    const key = `${from}/${to}/${spreadBasisPoints}`;
    if (!this.#priced.has(key)) {
      const mid = this.#mid(from, to);
      this.#priced.set(
        key,
        mid === undefined
          ? undefined
          : pricedPair(from, to, mid, from === to ? 0 : spreadBasisPoints),
      );
    }
    return this.#priced.get(key);
  }

  #mid(from: string, to: string): string | undefined {
    if (from === to) return '1';
    const rate = this.#direct(from, to) ?? this.#through(from, to);
    if (rate === undefined) return undefined;
    const text = rateText(rate, midDigits);
    const beyond = decimalsOf(text) - midDecimals;
    return beyond > 0 ? rateText(rate, midDigits - beyond) : text;
  }

  #direct(from: string, to: string): Rate | undefined {
    const straight = this.#published.get(`${from}/${to}`);
    if (straight !== undefined) return straight;
    const other = this.#published.get(`${to}/${from}`);
    return other === undefined ? undefined : invertRate(other);
  }

  #through(from: string, to: string): Rate | undefined {
    for (const rate of this.#published.values()) {
      const first = this.#direct(from, rate.base);
      const second = this.#direct(rate.base, to);
      if (first !== undefined && second !== undefined) return crossRate(first, second);
    }
    return undefined;
  }
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
