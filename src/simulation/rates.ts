// Rates of a simulation: the sample table, moved again and again while payments are under way.

import type { PublishedRate } from '../fx/board.ts';
import { publishedRates } from '../fx/published.ts';
import type { Chance } from './chance.ts';
import { scenarioCurrencies } from './scenario.ts';

/** The sample table with the currencies that a scenario can need. */
export function sampleTable() {
  const table = publishedRates();
  return { ...table, rates: table.rates.filter(({ quote }) => scenarioCurrencies.includes(quote)) };
}

/** The same with every price up to two per cent away from it. */
export function movedTable(chance: Chance) {
  const table = sampleTable();
  return { ...table, rates: table.rates.map((rate) => moved(rate, chance.between(-200, 200))) };
}

function moved(rate: PublishedRate, basisPoints: number): PublishedRate {
  const [whole = '0', decimals = ''] = rate.price.split('.');
  const scaled = BigInt(whole + decimals) * BigInt(10_000 + basisPoints);
  const digits = scaled.toString().padStart(decimals.length + 5, '0');
  const point = digits.length - decimals.length - 4;
  return { ...rate, price: `${digits.slice(0, point)}.${digits.slice(point)}` };
}
