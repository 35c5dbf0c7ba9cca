// CSV with merchants' texts in it: read back they are the same, and no cell is a formula.

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readCsv } from '../../tests/hub/filing.ts';
import { csvLine, foreignText } from './csv.ts';

/** Texts with everything that breaks a line of CSV, or that a spreadsheet would run. */
const nasty = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 20 }),
  fc.string({
    unit: fc.constantFrom(
      ',',
      '"',
      "'",
      '\r',
      '\n',
      '\r\n',
      '=',
      '+',
      '-',
      '@',
      '\t',
      ' ',
      'a',
      '面',
    ),
    maxLength: 12,
  }),
);

test('whatever the texts are, a record is one record with the same texts', () => {
  fc.assert(
    fc.property(
      fc.array(fc.array(nasty, { minLength: 2, maxLength: 6 }), { maxLength: 5 }),
      (rows) => {
        expect(readCsv(rows.map(csvLine).join(''))).toEqual(rows);
      },
    ),
  );
});

test('no text begins as a formula does, and one apostrophe less is the text itself', () => {
  fc.assert(
    fc.property(nasty, (text) => {
      const written = foreignText(text);
      expect(written).not.toMatch(/^[=+\-@\t\r\n]/);
      expect(written.startsWith("'") ? written.slice(1) : written).toBe(text);
    }),
  );
});

test('the usual cases', () => {
  expect(csvLine(['a', 'b,c', 'd "e"', 'f\ng', ''])).toBe('a,"b,c","d ""e""","f\ng",\r\n');
  expect(foreignText('=HYPERLINK("x")')).toBe(`'=HYPERLINK("x")`);
  expect(foreignText("'t Hoekje")).toBe("''t Hoekje");
  expect(foreignText('Café 面馆')).toBe('Café 面馆');
});
