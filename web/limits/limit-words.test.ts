// The address of a refusal is read only when it is whole, and people are counted by tenths.
import { expect, test } from 'vitest';
import { boundText, nearnessOf, refusedLimitFrom } from './limit-words.ts';

const query = {
  rule: 'mainland.static',
  per: 'payment',
  of: 'amount',
  currency: 'CNY',
  most: '50000',
  left: '50000',
  asked: 50001,
};

test('an address of the network is read, numbers too', () => {
  expect(refusedLimitFrom(query)).toEqual({ ...query, asked: '50001' });
});

test.each([
  { rule: '<b>' },
  { per: 'decade' },
  { of: 'people' },
  { currency: 'ABC' },
  { most: '-1' },
  { left: undefined },
  { asked: '1e9' },
])('nothing is said of an address with %o', (wrong) => {
  expect(refusedLimitFrom({ ...query, ...wrong })).toBeUndefined();
});

test('bounds have their decimals', () => {
  expect(boundText('CNY', '3500000', 'en')).toBe('35,000.00\u00a0CNY');
});

test('who is at 80 % and who is at the limit', () => {
  const people = [5, 0, 0, 0, 0, 0, 0, 1, 2, 3, 4];
  expect(nearnessOf(people)).toEqual({ all: 15, near: 9, full: 4, highest: 5 });
});
