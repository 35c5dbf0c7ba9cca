// Merchant codes of many countries: each judged as its vector says; our own written and read back.

import { existsSync, readFileSync } from 'node:fs';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { currencies } from '../money/currency.ts';
import { crcText, withCrc } from './emvco.ts';
import { type MerchantCode, readMerchantCode } from './merchantCode.ts';
import { type MerchantCodeFields, writeMerchantCode } from './writeMerchantCode.ts';

interface Vector {
  readonly payload: string;
  readonly source: string;
  readonly scheme: string;
  readonly valid: boolean;
  readonly strictEmvco: boolean;
  readonly expected: Partial<MerchantCode> | null;
}

// Third-party data: read where it lies, never copied into the repository.
const VECTORS = new URL('../../../shared/data/emv-mpm-vectors.json', import.meta.url);
const present = existsSync(VECTORS);
const vectors: readonly Vector[] = present ? JSON.parse(readFileSync(VECTORS, 'utf8')) : [];

// Two variants of the specification's example carry no account template to know them by.
const WITHOUT_MARK = 'EMVCo spec example family';

describe.skipIf(!present)(
  `the merchant-presented vectors${present ? '' : ' (skipped: ../shared/data is absent)'}`,
  () => {
    it('are eighty', () => {
      expect(vectors.length).toBe(80);
    });

    it.each(vectors.map((vector, index) => [index, vector.scheme, vector] as const))(
      '%i %s',
      (_index, _scheme, vector) => {
        const code = readMerchantCode(vector.payload);
        expect([code.valid, code.strictEmvco]).toEqual([vector.valid, vector.strictEmvco]);
        if (vector.expected !== null) {
          expect(code).toMatchObject(vector.expected);
        }
        if (code.scheme !== null && vector.scheme !== WITHOUT_MARK) {
          expect(code.scheme).toBe(vector.scheme);
        }
      },
    );

    it('become invalid when any one character changes but the case of the checksum', () => {
      // In plain ASCII a changed character is one burst of at most 16 bits: the checksum sees each.
      const sound = vectors
        .filter(({ valid, payload }) => valid && /^[ -~]*$/.test(payload))
        .map(({ payload }) => payload);
      const anyCode = fc.constantFrom(...sound);
      const anyCharacter = fc.string({ minLength: 1, maxLength: 1 });
      fc.assert(
        fc.property(anyCode, fc.nat(), anyCharacter, (payload, seed, character) => {
          const at = seed % payload.length;
          const changed = payload.slice(0, at) + character + payload.slice(at + 1);
          const crc = payload.slice(-4).toUpperCase();
          const kept =
            changed.slice(0, -4) === payload.slice(0, -4) &&
            changed.slice(-4).toUpperCase() === crc;
          expect(kept || !readMerchantCode(changed).valid).toBe(true);
        }),
      );
    });
  },
);

/** A shop of our own making, with its checksum. */
function code(...fields: readonly string[]): string {
  return withCrc(fields.join(''));
}

const SHOP = ['000201', '010211', '26160012com.example1', '52045812', '5303156'];
const PLACE = ['5802CN', '5908NOODLES1', '6007CHENGDU'];

describe('readMerchantCode', () => {
  it('reads every part of a code', () => {
    const text = code(
      '000201',
      '010212',
      '0216400000000000001X',
      '26220007com.one0107account',
      '52045812',
      '5303392',
      '54041200',
      '550202',
      '560310.',
      '5802JP',
      '5905RAMEN',
      '6005TOKYO',
      '61051000001',
      '62230105b-12307021050043c4',
    );
    // Field 61 says five characters and "01" is left over: the text no longer divides.
    expect(readMerchantCode(text).valid).toBe(false);
    const mended = code(
      '000201',
      '010212',
      '0216400000000000001X',
      '26220007com.one0107account',
      '52045812',
      '5303392',
      '54041200',
      '550202',
      '5602 5',
      '5802JP',
      '5905RAMEN',
      '6005TOKYO',
      '610510000',
      '62230105b-12307021050043c4d',
      '64200002ja0106らーめん屋二0200',
      '80110007com.two',
    );
    const read = readMerchantCode(mended);
    expect(read.problems).toEqual([]);
    expect(read).toMatchObject({
      valid: true,
      strictEmvco: true,
      scheme: 'EMVCo generic',
      currency: 'JPY',
      currencyNumeric: '392',
      amount: '1200',
      merchantCategoryCode: '5812',
      postalCode: '10000',
      pointOfInitiation: 'dynamic',
      tipOrFee: { kind: 'fixed', value: ' 5' },
      additionalData: { billNumber: 'b-123', terminalLabel: '10', '50': '3c4d' },
      languageTemplate: { language: 'ja', merchantName: 'らーめん屋二', city: '' },
      unreserved: [{ tag: '80', guid: 'com.two' }],
    });
    expect(read.accounts.map(({ tag, guid, cardNetwork }) => [tag, guid, cardNetwork])).toEqual([
      ['02', null, 'Visa'],
      ['26', 'com.one', null],
    ]);
  });

  it.each([
    ['', ['crc_missing', 'first_tag_not_00']],
    ['hello', ['tag_not_digits', 'first_tag_not_00']],
    ['0002', ['value_cut_short', 'first_tag_not_00']],
    ['00xx01', ['length_not_digits', 'first_tag_not_00']],
    [code(...SHOP, ...PLACE).slice(0, -8), ['crc_missing']],
    [`${code(...SHOP, ...PLACE)}0102`, ['value_cut_short']],
    [`${code(...SHOP, ...PLACE)}0100`, ['tag_repeated', 'data_after_crc']],
    [code(...SHOP, '5303156', ...PLACE), ['tag_repeated']],
    [code('010211', '000201', ...PLACE), ['first_tag_not_00']],
    [code('000203', ...SHOP.slice(1), ...PLACE), ['format_indicator_unknown']],
    [code('000202', ...SHOP.slice(1), ...PLACE), ['format_indicator_not_01']],
    [code(...SHOP.filter((field) => !field.startsWith('26')), ...PLACE), ['account_missing']],
    [code(...SHOP, '26160012com.example2', ...PLACE), ['tag_repeated']],
    [code(...SHOP, '27041234', ...PLACE), ['template_broken']],
    [code(...SHOP, '62041234', ...PLACE), ['information_broken']],
    [code(...SHOP, '5404-1.0', ...PLACE), ['value_malformed', 'amount_not_in_currency']],
    [code(...SHOP, '54051.234', ...PLACE), ['amount_not_in_currency']],
    [code(...SHOP, '5400', ...PLACE), ['length_out_of_range', 'amount_not_in_currency']],
    [code(...SHOP.slice(0, 4), '5303532', ...PLACE), []],
    [code(...SHOP.slice(0, 4), '5303191', ...PLACE), ['currency_unknown']],
  ])('%# finds %s %j', (text, problems) => {
    expect(readMerchantCode(text).problems.map((each) => each.code)).toEqual(problems);
  });

  it('says where a field is cut short and what the checksum should be', () => {
    expect(readMerchantCode('0002010199').problems[0]).toEqual({
      code: 'value_cut_short',
      severity: 'error',
      message: 'a length reaches past the end of the text',
      tag: '01',
      at: 6,
    });
    const text = code(...SHOP, ...PLACE);
    const wrong = `${text.slice(0, -4)}0000`;
    expect(readMerchantCode(wrong).problems[0]?.message).toContain(text.slice(-4));
    expect(readMerchantCode(wrong)).toMatchObject({ valid: false, merchantName: 'NOODLES1' });
  });

  it('computes CRC-16/CCITT-FALSE', () => {
    // The published check value of this algorithm.
    expect(crcText('123456789')).toBe('29B1');
    expect(crcText('')).toBe('FFFF');
  });

  it('never throws', () => {
    const pieces = fc.constantFrom('00', '02', '01', '26', '63', '04', '99', '中', '🍜', 'x', ' ');
    const soup = fc.array(pieces, { maxLength: 60 }).map((parts) => `0002${parts.join('')}`);
    fc.assert(
      fc.property(fc.oneof(soup, soup.map(withCrc), fc.string({ unit: 'binary' })), (text) => {
        const read = readMerchantCode(text);
        expect(read.valid).toBe(read.problems.every(({ severity }) => severity !== 'error'));
      }),
    );
  });
});

const digits = (length: number) =>
  fc.string({ unit: fc.constantFrom(...'0123456789'), minLength: length, maxLength: length });
const words = (most: number) =>
  fc.string({ unit: 'grapheme-ascii', minLength: 1, maxLength: most });
const anyShop: fc.Arbitrary<MerchantCodeFields> = fc.record(
  {
    pointOfInitiation: fc.constantFrom('static' as const, 'dynamic' as const),
    accounts: fc.uniqueArray(
      fc.oneof(
        fc.record({ tag: fc.constantFrom('02', '15', '25'), value: digits(16) }),
        fc.record({
          tag: fc.integer({ min: 26, max: 51 }).map(String),
          fields: fc.tuple(words(32), words(50)).map(([guid, account]) => [
            { tag: '00', value: guid },
            { tag: '01', value: account },
          ]),
        }),
      ),
      { selector: ({ tag }) => tag, minLength: 1, maxLength: 4 },
    ),
    merchantCategoryCode: digits(4),
    currency: fc.constantFrom(
      ...currencies.filter(({ exponent }) => exponent >= 2).map((each) => each.code),
    ),
    amount: fc
      .tuple(fc.nat({ max: 999_999 }), digits(2))
      .map(([whole, cents]) => `${whole}.${cents}`),
    country: fc.constantFrom('CN', 'MY', 'JP'),
    merchantName: fc.string({ unit: 'binary', minLength: 1, maxLength: 25 }),
    city: fc.string({ unit: fc.constantFrom('成', '都', 'A', '🍜'), minLength: 1, maxLength: 15 }),
    postalCode: digits(6),
    additionalData: fc.record({ referenceLabel: words(25), '50': words(25) }),
    languageTemplate: fc.record({
      language: fc.constant('zh'),
      merchantName: fc.string({ unit: 'grapheme-composite', minLength: 1, maxLength: 6 }),
      city: fc.constantFrom(null, '成都'),
    }),
  },
  {
    requiredKeys: [
      'pointOfInitiation',
      'accounts',
      'merchantCategoryCode',
      'currency',
      'country',
      'merchantName',
      'city',
    ],
  },
);

describe('writeMerchantCode', () => {
  it('writes what readMerchantCode reads, in every alphabet', () => {
    fc.assert(
      fc.property(anyShop, (shop) => {
        const written = writeMerchantCode(shop);
        expect(written.problems).toEqual([]);
        const read = readMerchantCode(written.text ?? '');
        const { accounts, ...rest } = shop;
        expect(read).toMatchObject({ ...rest, valid: true, strictEmvco: true });
        for (const { tag, value, fields } of accounts) {
          const account = read.accounts.find((each) => each.tag === tag);
          expect(value === undefined ? account?.fields : account?.value).toEqual(value ?? fields);
        }
      }),
    );
  });

  it('refuses fields that a reader would fault', () => {
    const shop: MerchantCodeFields = {
      pointOfInitiation: 'static',
      accounts: [{ tag: '26', fields: [{ tag: '00', value: 'com.example' }] }],
      merchantCategoryCode: '5812',
      currency: 'CNY',
      country: 'CN',
      merchantName: 'NOODLES',
      city: 'CHENGDU',
    };
    expect(writeMerchantCode(shop).text).toMatch(/^000201010211.*6304[0-9A-F]{4}$/);
    const faults: readonly Partial<MerchantCodeFields>[] = [
      { merchantName: 'x'.repeat(26) },
      { merchantName: 'x'.repeat(100) },
      { city: '' },
      { merchantCategoryCode: '58' },
      { currency: 'XXX' },
      { currency: 'JPY', amount: '1.5' },
      { amount: '-1' },
      { accounts: [] },
      { accounts: [{ tag: '2', value: 'x' }] },
      { accounts: [{ tag: '26', value: 'x' }] },
      { accounts: [{ tag: '63', value: 'ABCD' }] },
      { additionalData: { referenceLabel: 'x'.repeat(100) } },
      { additionalData: { unknownName: 'x' } },
    ];
    for (const fault of faults) {
      const written = writeMerchantCode({ ...shop, ...fault });
      expect([fault, written.text]).toEqual([fault, null]);
      expect(written.problems.length).toBeGreaterThan(0);
    }
  });
});
