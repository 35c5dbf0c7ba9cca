// The board: straight, inverse and crossed prices from one table, and the spread that is added.

import { describe, expect, test } from 'vitest';
import { money } from '../money/money.ts';
import { convert } from '../money/rate.ts';
import { type BoardRate, pricedPair, RateBoard } from './board.ts';

const rates = [
  { base: 'USD', quote: 'CNY', price: '7.10' },
  { base: 'USD', quote: 'MYR', price: '4.40' },
  { base: 'USD', quote: 'KWD', price: '0.3065' },
  { base: 'CHF', quote: 'NOK', price: '12.5' },
];
const hour = 3_600_000;
const published: BoardRate[] = rates.map((rate) => ({
  ...rate,
  source: 'test',
  date: '2026-11-21',
  realAt: 0,
  ageLimitMs: rate.quote === 'KWD' ? hour : null,
}));
const board = new RateBoard(published, 0);

/** The price for somebody with that spread. */
function priceOf(from: string, to: string, spreadBasisPoints: number, on = board) {
  const outcome = on.price(from, to, { participantId: 'W', spreadBasisPoints }, 0);
  return outcome.kind === 'priced' ? outcome.price : undefined;
}

describe('middle prices', () => {
  test.each([
    ['USD', 'CNY', '7.1', 'as published'],
    ['CNY', 'USD', '0.1408450704', 'the inverse, ten digits, half even'],
    ['CNY', 'MYR', '0.6197183099', 'through the dollar, rounded once'],
    ['MYR', 'CNY', '1.613636364', 'through the dollar the other way'],
    ['KWD', 'CNY', '23.16476346', 'of a currency with three decimals'],
    ['CNY', 'CNY', '1', 'of a currency in itself'],
  ])('%s/%s is %s: %s', (from, to, price) => {
    expect(priceOf(from, to, 0)?.midPrice).toBe(price);
  });

  test('a pair that the table cannot tell has none', () => {
    expect(priceOf('CNY', 'JPY', 50)).toBeUndefined();
    expect(priceOf('CNY', 'CHF', 50)).toBeUndefined();
  });
});

describe('the spread', () => {
  test('is added for whoever pays in the second currency', () => {
    const price = priceOf('USD', 'CNY', 50);
    expect(price?.chargedPrice).toBe('7.1355');
    expect(price?.spreadBasisPoints).toBe(50);
    expect(convert(money('USD', 10_000n), price?.charged as never).minor).toBe(71_355n);
  });

  test('is not added where nothing is changed', () => {
    expect(priceOf('CNY', 'CNY', 50)).toMatchObject({ spreadBasisPoints: 0, midPrice: '1' });
  });

  test('the wire’s price is exact: it gives the same amount as the price itself', () => {
    for (const basisPoints of [0, 1, 30, 50, 75, 9_999]) {
      const price = priceOf('CNY', 'MYR', basisPoints);
      const exact = pricedPair('CNY', 'MYR', String(price?.chargedPrice), 0);
      for (const minor of [1n, 99n, 12_345n, 10n ** 13n]) {
        const amount = money('CNY', minor);
        expect(convert(amount, exact.mid)).toEqual(convert(amount, price?.charged as never));
      }
    }
  });
});

test('the same parts always give the same price', () => {
  const again = new RateBoard(published, hour - 1);
  expect(priceOf('CNY', 'MYR', 50, again)).toEqual(priceOf('CNY', 'MYR', 50));
});

describe('what stops a pair', () => {
  const party = { participantId: 'TNG', spreadBasisPoints: 50 };

  test('a rate past its age limit is not used, neither by itself nor across', () => {
    expect(board.at(hour - 1)).toBe(board);
    const later = board.at(hour);
    expect(later.price('CNY', 'KWD', party, 0)).toEqual({ kind: 'unpriced', why: 'too_old' });
    expect(later.price('CNY', 'MYR', party, 0).kind).toBe('priced');
    expect(later.price('CNY', 'JPY', party, 0)).toEqual({ kind: 'unpriced', why: 'no_rate' });
  });

  test.each([
    ['CNY/MYR', ['CNY/MYR', 'MYR/CNY']],
    ['MYR', ['CNY/MYR', 'MYR/CNY', 'MYR/KWD']],
    ['ALL', ['CNY/MYR', 'MYR/CNY', 'MYR/KWD', 'USD/CNY']],
  ])('a freeze of %s', (scope, stopped) => {
    const frozen = new RateBoard(published, 0, { frozen: [scope], spreads: [] });
    for (const pair of ['CNY/MYR', 'MYR/CNY', 'MYR/KWD', 'USD/CNY', 'CNY/CNY']) {
      const [from = '', to = ''] = pair.split('/');
      const outcome = frozen.price(from, to, party, 0);
      if (stopped.includes(pair)) expect(outcome).toEqual({ kind: 'unpriced', why: 'frozen' });
      else expect(outcome.kind, pair).toBe('priced');
    }
  });
});

describe('dated spreads', () => {
  const rule = (pair: string, participantId: string, validFrom: number, basisPoints: number) => ({
    pair,
    participantId,
    validFrom,
    basisPoints,
  });
  const spreads = [
    rule('*', '*', 0, 10),
    rule('CNY/MYR', '*', 0, 20),
    rule('*', 'TNG', 0, 30),
    rule('CNY/MYR', 'TNG', 1_000, 40),
    rule('CNY/MYR', 'TNG', 2_000, 41),
  ];
  const dated = new RateBoard(published, 0, { frozen: [], spreads });

  test.each([
    ['USD/CNY', 'OTHER', 0, 10, 'everybody, everywhere'],
    ['CNY/MYR', 'OTHER', 0, 20, 'the pair before everybody'],
    ['USD/CNY', 'TNG', 0, 30, 'the participant before everybody'],
    ['CNY/MYR', 'TNG', 999, 30, 'the participant before the pair'],
    ['CNY/MYR', 'TNG', 1_000, 40, 'both together before all, from their date on'],
    ['CNY/MYR', 'TNG', 2_000, 41, 'the later date, on a board that knew the earlier price'],
    ['MYR/CNY', 'OTHER', 2_000, 10, 'a pair has a direction'],
  ])('%s for %s at %i: %i, %s', (pair, participantId, now, expected) => {
    const [from = '', to = ''] = pair.split('/');
    const outcome = dated.price(from, to, { participantId, spreadBasisPoints: 77 }, now);
    expect(outcome.kind === 'priced' && outcome.price.spreadBasisPoints).toBe(expected);
  });

  test('without a rule, the agreement’s own', () => {
    expect(priceOf('CNY', 'MYR', 77)?.spreadBasisPoints).toBe(77);
  });
});
