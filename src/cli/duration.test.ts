// Lengths of time: whatever is written is read back, and nothing else is taken for one.

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { durationText, parseDuration } from './duration.ts';

test('what is written is read back', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 10 ** 13 }), (durationMs) => {
      expect(parseDuration(durationText(durationMs))).toBe(durationMs);
    }),
  );
});

test.each([
  ['90s', 90_000],
  ['10m', 600_000],
  ['1d12h', 129_600_000],
  ['250ms', 250],
])('%s is %i ms', (text, durationMs) => {
  expect(parseDuration(text)).toBe(durationMs);
});

test.each(['', '1', 'd', '-1d', '1.5h', '1w', '1 d', '99999999999d99999999999d'])(
  '"%s" is no length of time',
  (text) => {
    expect(parseDuration(text)).toBe(undefined);
  },
);
