// The sample rate table that a fresh network starts from: a published one, with its date.

import { createRequire } from 'node:module';
import { isCurrency } from '../money/currency.ts';
import type { PublishedRate } from './board.ts';

const sourceName = '@fawazahmed0/currency-api';

/** All rates of one unit of USD in the currencies of our table. Reads the package's own file. */
export function publishedRates(): { source: string; date: string; rates: PublishedRate[] } {
  const require = createRequire(import.meta.url);
  const table = require(`${sourceName}/v1/currencies/usd.json`) as {
    date: string;
    usd: Record<string, number>;
  };
  const rates = Object.entries(table.usd)
    .map(([code, price]) => ({ base: 'USD', quote: code.toUpperCase(), price: plain(price) }))
    .filter((rate) => rate.quote !== 'USD' && rate.price !== '0' && isCurrency(rate.quote));
  return { source: sourceName, date: table.date, rates };
}

/** A JSON number as a plain decimal without an exponent: the text, not the binary value, counts. */
function plain(price: number): string {
  const text = String(price);
  return /[eE]/.test(text) ? price.toFixed(20).replace(/\.?0+$/, '') : text;
}
