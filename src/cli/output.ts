// What commands print.

import { decimalText, money } from '../money/money.ts';

/** One line, or several, on stdout. */
export const say = (text: string): void => void process.stdout.write(`${text}\n`);

/** An amount of minor units as `12.50 MYR`. */
export function amountText({ currency, value }: { currency: string; value: string }): string {
  return `${decimalText(money(currency, BigInt(value)))} ${currency}`;
}

/** For `JSON.stringify`, which cannot write a bigint. */
export function bigintText(_key: string, value: unknown): unknown {
  return typeof value === 'bigint' ? String(value) : value;
}
