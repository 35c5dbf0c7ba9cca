// Array literals: whatever the texts contain, they come back as they were.

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { joinedTexts, numberArray, separatorOf, textArray } from './sqlArray.ts';

/** Reads a one-dimensional array literal as Postgres does ("Array Input and Output Syntax"). */
function read(literal: string): (string | null)[] {
  const values: (string | null)[] = [];
  let at = 1;
  while (literal[at] !== '}') {
    let text = '';
    const quoted = literal[at] === '"';
    if (quoted) {
      for (at += 1; literal[at] !== '"'; at += 1) {
        if (literal[at] === '\\') at += 1;
        text += literal[at];
      }
      at += 1;
    } else {
      for (; literal[at] !== ',' && literal[at] !== '}'; at += 1) {
        if (literal[at] === '\\') at += 1;
        text += literal[at];
      }
      text = text.trim();
    }
    values.push(!quoted && text.toUpperCase() === 'NULL' ? null : text);
    if (literal[at] === ',') at += 1;
  }
  expect(at).toBe(literal.length - 1);
  return values;
}

/** Texts that are likely to break an encoder, among ordinary ones. */
const awkward = fc.oneof(
  fc.string({ unit: 'grapheme' }),
  fc.string({ unit: fc.constantFrom('"', '\\', ',', '{', '}', ' ', '\t', '\n', 'n', 'é', '面') }),
  fc.constantFrom('', 'NULL', 'null', 'nUll', ' NULL', '{}', '\\', '"', '\u00a0', '\ufeff'),
);

test('texts survive a round trip', () => {
  fc.assert(
    fc.property(fc.array(fc.option(awkward.filter((text) => !text.includes('\0')))), (values) => {
      expect(read(textArray(values))).toEqual(values);
    }),
    { numRuns: 1_000 },
  );
});

test('numbers survive a round trip', () => {
  fc.assert(
    fc.property(fc.array(fc.option(fc.bigInt())), (values) => {
      const texts = values.map((value) => value?.toString() ?? null);
      expect(read(numberArray(values))).toEqual(texts);
    }),
  );
});

test('plain words are written as they are, the rest in quotes', () => {
  expect(textArray(['a1', 'PAY-7', 'a b', 'say "hi"', 'a\\b', null, '', 'null'])).toBe(
    '{a1,PAY-7,"a b","say \\"hi\\"","a\\\\b",NULL,"","null"}',
  );
  expect(numberArray([1, 2n, '3', null, true])).toBe('{1,2,3,NULL,true}');
  expect(textArray([])).toBe('{}');
});

test('a zero character, which Postgres cannot store, is refused here', () => {
  expect(() => textArray(['a\0b'])).toThrow('zero character');
});

/** Texts that end, begin or consist of what might be taken for a separator. */
const separatorLike = fc.oneof(
  fc.string({ unit: fc.constantFrom('\u001f', '0', '1', ';', 'a'), maxLength: 12 }),
  fc.constantFrom('', '\u001f', '\u001f0', '\u001f0;', 'x\u001f0;\u001f1;\u001f'),
);

test('joined texts are cut into the same texts again', () => {
  fc.assert(
    fc.property(fc.array(separatorLike, { minLength: 1 }), (texts) => {
      const separator = separatorOf(texts);
      const cut = joinedTexts(texts, separator).split(separator);
      // What is behind the last mark is a row without an id, and is not taken.
      expect(cut).toEqual([...texts, '']);
    }),
  );
});
