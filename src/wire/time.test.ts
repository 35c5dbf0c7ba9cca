// Times of partners: every form that is accepted, and the near misses that are not.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatTime, parseIsoTime, parseTime } from './time.ts';

describe('parseTime', () => {
  it.each([
    ['2019-04-04T12:08:56+05:30', Date.UTC(2019, 3, 4, 6, 38, 56)],
    ['2025-02-20T08:51:49.09Z', Date.UTC(2025, 1, 20, 8, 51, 49, 90)],
    ['2026-11-21T21:45:41+00:00', Date.UTC(2026, 10, 21, 21, 45, 41)],
    ['2026-11-21T21:45:41+0000', Date.UTC(2026, 10, 21, 21, 45, 41)],
    ['2026-11-21T21:45:41.123456789-03:00', Date.UTC(2026, 10, 22, 0, 45, 41, 123)],
    ['2024-02-29T23:59:59.9999+08:00', Date.UTC(2024, 1, 29, 15, 59, 59, 999)],
    ['1795297568519', 1_795_297_568_519],
  ])('reads %s', (text, expected) => {
    expect(parseTime(text)).toBe(expected);
  });

  it.each([
    ['no offset', '2026-11-21T21:45:41'],
    ['a space for the T', '2026-11-21 21:45:41Z'],
    ['lower case', '2026-11-21t21:45:41z'],
    ['no such day', '2026-02-29T00:00:00Z'],
    ['day 31 of a short month', '2026-11-31T00:00:00Z'],
    ['day 0', '2026-11-00T00:00:00Z'],
    ['month 13', '2026-13-01T00:00:00Z'],
    ['hour 24', '2026-11-21T24:00:00Z'],
    ['a leap second', '2016-12-31T23:59:60Z'],
    ['an offset of 15 hours', '2026-11-21T21:45:41+15:00'],
    ['an offset of 61 minutes', '2026-11-21T21:45:41+00:61'],
    ['an empty fraction', '2026-11-21T21:45:41.Z'],
    ['before 1970', '1969-12-31T23:59:59Z'],
    ['epoch seconds', '1795297568'],
    ['14 digits', '17952975685190'],
    ['a sign', '+795297568519'],
    ['a trailing space', '2026-11-21T21:45:41Z '],
    ['other digits', '２０２６-11-21T21:45:41Z'],
    ['nothing', ''],
  ])('refuses %s', (_why, text) => {
    expect(parseTime(text)).toBeUndefined();
  });

  it('takes epoch milliseconds in headers only, not in message fields', () => {
    expect(parseIsoTime('1795297568519')).toBeUndefined();
  });
});

describe('formatTime', () => {
  it('writes milliseconds and the offset', () => {
    const instant = Date.UTC(2026, 10, 21, 13, 45, 41, 123);
    expect(formatTime(instant)).toBe('2026-11-21T21:45:41.123+08:00');
    expect(formatTime(instant, 0)).toBe('2026-11-21T13:45:41.123+00:00');
    expect(formatTime(instant, -210)).toBe('2026-11-21T10:15:41.123-03:30');
  });

  it('is read back to the same millisecond, whatever the offset', () => {
    const instants = fc.integer({ min: 86_400_000, max: 4_102_444_800_000 });
    const offsets = fc.integer({ min: -14 * 60, max: 14 * 60 });
    fc.assert(
      fc.property(instants, offsets, (instant, offset) => {
        expect(parseTime(formatTime(instant, offset))).toBe(instant);
      }),
    );
  });
});
