// The published sample rates, from the npm package `@fawazahmed0/currency-api`: only for first
// balances.

import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Units of each currency for one US dollar, as the table writes them, with the table's date. */
export interface SampleRates {
  /** `YYYY-MM-DD`. */
  readonly date: string;
  /** By ISO 4217 code; undefined for a currency that the table does not have. */
  unitsPerUsd(currency: string): string | undefined;
}

/** Reads the table. The digits are taken as text: a rate never becomes a binary fraction. */
export function readSampleRates(): SampleRates {
  const address = import.meta.resolve('@fawazahmed0/currency-api/v1/currencies/usd.json');
  const table = JSON.parse(
    readFileSync(fileURLToPath(address), 'utf8'),
    (_key, value: unknown, context?: { readonly source?: string }) =>
      typeof value === 'number' ? context?.source : value,
  ) as { readonly date: string; readonly usd: Readonly<Record<string, string>> };
  return {
    date: table.date,
    unitsPerUsd: (currency) => table.usd[currency.toLowerCase()],
  };
}
