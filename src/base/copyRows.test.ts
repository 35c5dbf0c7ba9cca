// Rows for a copy: whatever the values are, they are read back as they were.

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type CopyRow, type CopyType, copyInto, copyRows } from './copyRows.ts';

const types: readonly CopyType[] = ['smallint', 'text', 'bigint', 'integer', 'text'];

/** Reads what `copyRows` wrote by the server's documentation ("COPY, Binary Format"). */
function read(bytes: Uint8Array): (string | number | null)[][] {
  const view = Buffer.from(bytes);
  expect(view.subarray(0, 11).toString('latin1')).toBe('PGCOPY\n\xff\r\n\0');
  expect(view.readInt32BE(11)).toBe(0);
  expect(view.readInt32BE(15)).toBe(0);
  const rows: (string | number | null)[][] = [];
  let at = 19;
  for (;;) {
    const fields = view.readInt16BE(at);
    at += 2;
    if (fields === -1) break;
    expect(fields).toBe(types.length);
    const row: (string | number | null)[] = [];
    for (const type of types) {
      const length = view.readInt32BE(at);
      at += 4;
      if (length === -1) row.push(null);
      else if (type === 'text') row.push(view.toString('utf8', at, at + length));
      else if (type === 'bigint') row.push(Number(view.readBigInt64BE(at)));
      else row.push(view.readIntBE(at, length));
      at += Math.max(length, 0);
    }
    rows.push(row);
  }
  expect(at).toBe(view.length);
  return rows;
}

const text = fc.oneof(
  fc.string({ unit: 'grapheme' }),
  fc.string({ unit: fc.constantFrom('面', 'é', '\u{1f35c}', '\\', '\n', 'a'), maxLength: 400 }),
);
const orNull = <T>(some: fc.Arbitrary<T>) => fc.option<T, null>(some, { nil: null });
const row: fc.Arbitrary<CopyRow> = fc.tuple(
  orNull(fc.integer({ min: -(2 ** 15), max: 2 ** 15 - 1 })),
  orNull(text),
  orNull(fc.maxSafeInteger()),
  orNull(fc.integer()),
  text,
);

test('rows are read back as they were', () => {
  fc.assert(
    fc.property(fc.array(row), (rows) => {
      expect(read(copyRows(types, rows))).toEqual(rows);
    }),
  );
});

test('half of a surrogate pair is what UTF-8 makes of it, as in any parameter', () => {
  expect(read(copyRows(types, [[1, 'a\ud83c', 2, 3, '']]))).toEqual([[1, 'a\ufffd', 2, 3, '']]);
});

test('a number that its column cannot hold is refused here', () => {
  expect(() => copyRows(['smallint'], [[40_000]])).toThrow(RangeError);
});

test('the statement names its columns', () => {
  expect(copyInto('messages', ['lane', 'at'])).toBe(
    'copy messages (lane, at) from stdin (format binary)',
  );
});
