// Each step asks for what its button says; tomorrow is tomorrow at UTC+8.
import { expect, test } from 'vitest';
import { clockSteps, moveOf } from './clock-steps.ts';

test.each([
  ['2026-11-21T00:00:00+08:00', '2026-11-22T00:14:00+08:00'],
  ['2026-11-21T23:59:59+08:00', '2026-11-22T00:14:00+08:00'],
  ['2026-11-22T00:14:00+08:00', '2026-11-23T00:14:00+08:00'],
  ['2026-12-31T12:00:00+08:00', '2027-01-01T00:14:00+08:00'],
])('from %s tomorrow is %s', (now, expected) => {
  expect(moveOf('beforeCancelEnds', Date.parse(now))).toEqual({
    to: new Date(expected).toISOString(),
  });
});

test('every step goes forward', () => {
  const now = Date.UTC(2026, 10, 21);
  for (const step of clockSteps) {
    const move = moveOf(step, now);
    expect('to' in move ? Date.parse(move.to) - now : move.advanceMs).toBeGreaterThan(0);
  }
});
