// Amounts read the same for every currency, whatever its minor unit.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  amountText,
  convertedAt,
  moneyText,
  percentOfBasisPoints,
  rateLine,
  spreadBetween,
  typedMinor,
  typedText,
} from './amount.ts';

describe('amounts for people', () => {
  it.each([
    ['CNY', '12000', '120.00'],
    ['MYR', '7', '0.07'],
    ['KRW', '23456', '23,456'],
    ['MNT', '123456789', '1,234,567.89'],
    ['CNY', '900719925474099312', '9,007,199,254,740,993.12'],
  ])('%s %s is %s', (currency, value, text) => {
    expect(amountText({ currency, value }, 'en')).toBe(text);
  });

  it('names the currency by its code', () => {
    expect(moneyText({ currency: 'CNY', value: '3800' }, 'zh-CN')).toBe('38.00\u00a0CNY');
  });

  it('shows what it cannot read as it came', () => {
    expect(amountText({ currency: 'CNY', value: '1.5' }, 'en')).toBe('1.5');
    expect(amountText({ currency: 'XXQ', value: '15' }, 'en')).toBe('15');
  });
});

describe('a rate to read', () => {
  it.each([
    ['CNY/MYR', '0.6117745567', '1\u00a0CNY = 0.611775\u00a0MYR'],
    ['CNY/KRW', '197.382', '1\u00a0CNY = 197.382\u00a0KRW'],
    ['CNY/MNT', '505.2', '1\u00a0CNY = 505.2\u00a0MNT'],
    ['CNY/MYR', 'soon', '1\u00a0CNY = soon\u00a0MYR'],
  ])('%s at %s is %s', (pair, price, text) => {
    expect(rateLine(pair, price)).toBe(text);
  });
});

describe('the spread', () => {
  it('is written as a percentage', () => {
    expect(percentOfBasisPoints(50)).toBe('0.5');
    expect(percentOfBasisPoints('125')).toBe('1.25');
    expect(percentOfBasisPoints(100)).toBe('1');
    expect(percentOfBasisPoints(5)).toBe('0.05');
  });

  it('can be checked from the two rates', () => {
    expect(spreadBetween('0.6270', '0.630135')).toBe('0.5');
    expect(spreadBetween('200', '201')).toBe('0.5');
    expect(spreadBetween('0', '1')).toBeUndefined();
    expect(spreadBetween('abc', '1')).toBeUndefined();
  });
});

describe('the example of the first page', () => {
  it('is exact', () => {
    expect(convertedAt({ currency: 'CNY', value: '12000' }, 'MYR', '0.6301')).toEqual({
      currency: 'MYR',
      value: '7561',
    });
  });
});

describe('amounts that are typed', () => {
  it('are read again as they were shown, whatever the minor unit and the sign', () => {
    const currencies = fc.constantFrom('CNY', 'KRW', 'KWD', 'IDR');
    fc.assert(
      fc.property(currencies, fc.bigInt({ min: -(10n ** 15n), max: 10n ** 15n }), (currency, n) => {
        const value = String(n);
        expect(typedMinor(currency, typedText({ currency, value }))).toBe(value);
      }),
    );
  });

  it.each([
    ['CNY', ' 1,234.5 ', '123450'],
    ['CNY', '-0.50', '-50'],
    ['CNY', '1.234', undefined],
    ['KRW', '12.0', undefined],
    ['CNY', '--1', undefined],
    ['CNY', '9O', undefined],
    ['CNY', '', undefined],
    ['XXQ', '1', undefined],
  ])('%s %j is %s', (currency, typed, minor) => {
    expect(typedMinor(currency, typed)).toBe(minor);
  });
});
