// The lines and bars of rates and positions.
import { describe, expect, test } from 'vitest';
import { barPart, movedPercent, plotOf } from './plot.ts';

const span = { from: '2026-11-22T00:00:00Z', to: '2026-11-22T10:00:00Z' };
const box = { width: 100, height: 50 };
const at = (hour: number, mid: string) => ({ at: `2026-11-22T0${hour}:00:00Z`, mid });

describe('a price over time', () => {
  test('holds until the next one, the highest on top', () => {
    expect(plotOf([at(0, '0.5'), at(5, '0.7'), at(8, '0.6')], span, box)).toEqual({
      line: 'M0 50H50V0H80V25H100',
      dots: 'M0 50h0M50 0h0M80 25h0',
      lowest: '0.5',
      highest: '0.7',
    });
  });

  test('one that never moved is in the middle; none is nothing', () => {
    expect(plotOf([at(2, '7.1')], span, box)?.line).toBe('M20 25H100');
    expect(plotOf([], span, box)).toBeUndefined();
  });

  test.each([
    [['1', '1.02'], '+2.00'],
    [['1', '0.5'], '\u221250.00'],
    [['1', '0.99999'], '+0.00'],
  ])('%s moved by %s', (mids, expected) => {
    expect(movedPercent(mids.map((mid, hour) => at(hour, mid)))).toBe(expected);
  });
});

test('bars are parts of the largest, whichever its sign', () => {
  const all = ['-200', '100', '0'];
  expect(all.map((value) => barPart(value, all))).toEqual([-1, 0.5, 0]);
  expect(barPart('0', ['0'])).toBe(0);
});
