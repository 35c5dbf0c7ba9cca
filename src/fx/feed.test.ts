// What a feed may say: digits are kept as they were written, and one fault refuses the whole table.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { plainDecimal, readTable } from './feed.ts';

const now = Date.parse('2026-11-22T00:00:00Z');
const table = (parts: object) =>
  JSON.stringify({ asOf: '2026-11-21T23:59:00Z', base: 'USD', rates: { CNY: '7.1' }, ...parts });

describe('a table that is read', () => {
  test('numbers count by their digits, texts as they are, other units are passed over', () => {
    const text =
      '{"asOf":"2026-11-22T07:59:00+08:00","base":"USD","rates":' +
      '{"CNY":7.10000000000000001,"KWD":"0.3065","IDR":1.66e4,"BTC":1e-50,"XAU":-1,"USD":1}}';
    expect(readTable(text, now)).toEqual({
      kind: 'read',
      table: {
        realAt: now - 60_000,
        rates: [
          { base: 'USD', quote: 'CNY', price: '7.10000000000000001' },
          { base: 'USD', quote: 'KWD', price: '0.3065' },
          { base: 'USD', quote: 'IDR', price: '16600' },
        ],
      },
    });
  });
});

describe('a table that is refused', () => {
  test.each([
    ['{', /no JSON object/],
    ['null', /no JSON object/],
    ['[]', /asOf/],
    [table({ asOf: '2026-11-22' }), /asOf must be/],
    [table({ asOf: '2026-11-22T00:00:00' }), /asOf must be/],
    [table({ asOf: '2026-11-22T00:06:00Z' }), /in the future/],
    [table({ base: 'BTC' }), /base must be/],
    [table({ rates: 'none' }), /rates must be/],
    [table({ rates: {} }), /no currency/],
    [table({ rates: { BTC: 1 } }), /no currency/],
    ...['0', '0.00', '-7.1', '7,1', 'NaN', '1e99', '', ' 7', '0x10', '1'.repeat(41)].map(
      (price) => [table({ rates: { MYR: '4.4', CNY: price } }), /rates\.CNY/] as const,
    ),
    [table({ rates: { CNY: null } }), /rates\.CNY/],
    [table({ rates: { CNY: ['7.1'] } }), /rates\.CNY/],
  ] as const)('%s', (text, problem) => {
    const read = readTable(text, now);
    expect(read.kind === 'wrong' && read.problem).toMatch(problem);
  });

  test('no text whatever makes it throw', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
        expect(['read', 'wrong']).toContain(readTable(text, now).kind);
      }),
    );
  });
});

test('an exponent only moves the point', () => {
  fc.assert(
    fc.property(
      fc.bigInt(1n, 10n ** 12n),
      fc.integer({ min: -12, max: 12 }),
      (digits, exponent) => {
        const plain = plainDecimal(`${digits}e${exponent}`) ?? '';
        const [whole = '', decimals = ''] = plain.split('.');
        const moved = BigInt(whole + decimals.padEnd(12, '0'));
        expect(moved).toBe(digits * 10n ** BigInt(exponent + 12));
      },
    ),
  );
});
