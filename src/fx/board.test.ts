// The board: straight, inverse and crossed prices from one table, and the spread that is added.

import { describe, expect, test } from 'vitest';
import { money } from '../money/money.ts';
import { convert } from '../money/rate.ts';
import { pricedPair, RateBoard } from './board.ts';

const published = [
  { base: 'USD', quote: 'CNY', price: '7.10' },
  { base: 'USD', quote: 'MYR', price: '4.40' },
  { base: 'USD', quote: 'KWD', price: '0.3065' },
  { base: 'CHF', quote: 'NOK', price: '12.5' },
];
const board = new RateBoard(published, 'test', '2026-11-21');

describe('middle prices', () => {
  test.each([
    ['USD', 'CNY', '7.1', 'as published'],
    ['CNY', 'USD', '0.1408450704', 'the inverse, ten digits, half even'],
    ['CNY', 'MYR', '0.6197183099', 'through the dollar, rounded once'],
    ['MYR', 'CNY', '1.613636364', 'through the dollar the other way'],
    ['KWD', 'CNY', '23.16476346', 'of a currency with three decimals'],
    ['CNY', 'CNY', '1', 'of a currency in itself'],
  ])('%s/%s is %s: %s', (from, to, price) => {
    expect(board.price(from, to, 0)?.midPrice).toBe(price);
  });

  test('a pair that the table cannot tell has none', () => {
    expect(board.price('CNY', 'JPY', 50)).toBeUndefined();
    expect(board.price('CNY', 'CHF', 50)).toBeUndefined();
  });
});

describe('the spread', () => {
  test('is added for whoever pays in the second currency', () => {
    const price = board.price('USD', 'CNY', 50);
    expect(price?.chargedPrice).toBe('7.1355');
    expect(price?.spreadBasisPoints).toBe(50);
    expect(convert(money('USD', 10_000n), price?.charged as never).minor).toBe(71_355n);
  });

  test('is not added where nothing is changed', () => {
    expect(board.price('CNY', 'CNY', 50)).toMatchObject({ spreadBasisPoints: 0, midPrice: '1' });
  });

  test('the wire’s price is exact: it gives the same amount as the price itself', () => {
    for (const basisPoints of [0, 1, 30, 50, 75, 9_999]) {
      const price = board.price('CNY', 'MYR', basisPoints);
      const exact = pricedPair('CNY', 'MYR', String(price?.chargedPrice), 0);
      for (const minor of [1n, 99n, 12_345n, 10n ** 13n]) {
        const amount = money('CNY', minor);
        expect(convert(amount, exact.mid)).toEqual(convert(amount, price?.charged as never));
      }
    }
  });
});

test('the same parts always give the same price', () => {
  const again = new RateBoard(published, 'other', '2026-11-22');
  expect(again.price('CNY', 'MYR', 50)).toEqual(board.price('CNY', 'MYR', 50));
});
