// Bars and lines of caps: parts of the most that may be owed, steps that hold until the next.
import { expect, test } from 'vitest';
import { capParts, historyPlot } from './draw.ts';

const wallet = (cap: number | null, deposit: number, posted: number, held: number) => {
  const of = (value: number) => ({ currency: 'MYR', value: String(value) });
  return {
    cap: cap === null ? null : of(cap),
    mayOwe: cap === null ? null : of(cap + deposit),
    posted: of(posted),
    held: of(held),
    owed: of(posted + held),
  };
};

test('a bar is as long as cap and deposit together', () => {
  expect(capParts(wallet(150, 50, 50, 20))).toEqual({
    posted: 25,
    held: 10,
    cap: 75,
    isOver: false,
  });
  expect(capParts(wallet(100, 0, 150, 20))).toMatchObject({ posted: 100, held: 0, isOver: true });
  expect(capParts(wallet(100, 0, -50, 70))).toMatchObject({ posted: 0, held: 20 });
  expect(capParts(wallet(0, 0, 0, 0))).toMatchObject({ posted: 0, isOver: false });
  expect(capParts(wallet(null, 10, 5, 0))).toBeUndefined();
});

test('what was owed is an area, what might be owed a line of steps', () => {
  const at = (hour: number) => new Date(Date.UTC(2026, 10, 22, hour)).toISOString();
  const points = [
    { at: at(0), owed: '0', mayOwe: '100', deposit: '0' },
    { at: at(6), owed: '50', mayOwe: '200', deposit: '100' },
  ];
  const plot = historyPlot(points, { from: at(0), to: at(12) }, { width: 120, height: 100 });
  expect(plot).toEqual({
    owed: 'M0 100H60L60 75H120V100H0Z',
    most: 'M0 50H60L60 0H120',
    cap: 'M60 50H120',
    highest: '200',
  });
  const span = { from: at(0), to: at(12) };
  expect(historyPlot([], span, { width: 1, height: 1 })).toBeUndefined();
});
