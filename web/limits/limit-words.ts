// What the pages of limits work out: bounds as texts, how near people are, what an address says.
import { isCurrency } from '../../src/money/currency.ts';
import { moneyText } from '../shared/amount.ts';

/** A bound in minor units as money to read. */
export function boundText(currency: string, minor: string, locale: string): string {
  return moneyText({ currency, value: minor }, locale);
}

/** Of persons by tenth of a limit: all, those from 80 % on, those at it, and the highest bar. */
export function nearnessOf(people: readonly number[]) {
  const sum = (from: number) => people.slice(from).reduce((total, each) => total + each, 0);
  return { all: sum(0), near: sum(8), full: sum(10), highest: Math.max(1, ...people) };
}

const periods = ['payment', 'hour', 'day', 'month', 'year'] as const;

/** What a refusal's address says; the network writes it (`actionForm.redirectUrl`). */
export interface RefusedLimit {
  readonly rule: string;
  readonly per: (typeof periods)[number];
  readonly of: 'amount' | 'count';
  readonly currency: string;
  readonly most: string;
  readonly left: string;
  readonly asked: string;
}

/** Reads it from the query; undefined where anything is missing or no number. */
export function refusedLimitFrom(query: Record<string, unknown>): RefusedLimit | undefined {
  const text = (name: string) => (query[name] === undefined ? '' : String(query[name]));
  const per = periods.find((each) => each === text('per'));
  const of = text('of');
  const rule = text('rule');
  const currency = text('currency');
  const numbers = [text('most'), text('left'), text('asked')];
  if (per === undefined || (of !== 'amount' && of !== 'count')) return undefined;
  if (!isCurrency(currency) || !/^[a-z0-9.]{1,64}$/.test(rule)) return undefined;
  if (!numbers.every((number) => /^[0-9]{1,18}$/.test(number))) return undefined;
  const [most = '', left = '', asked = ''] = numbers;
  return { rule, per, of, currency, most, left, asked };
}
