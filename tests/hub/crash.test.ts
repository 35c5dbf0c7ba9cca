// Kill -9 of the hub and of Postgres under load, once each; the long form is tests/hub/crash.ts.

import { expect, test } from 'vitest';
import { crashRounds, isClean } from './crashRounds.ts';

test('nothing that was acknowledged is lost, and nobody is charged twice', async () => {
  const lines: string[] = [];
  const summary = await crashRounds(2, (line) => void lines.push(line));
  expect(isClean(summary), JSON.stringify(summary, null, 2)).toBe(true);
  expect([summary.killedHubs, summary.killedPostgres]).toEqual([1, 1]);
  expect(summary.acknowledged).toBeGreaterThan(20);
  expect(summary.succeeded).toBeGreaterThan(10);
}, 120_000);
