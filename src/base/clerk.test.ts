// A clerk looks at once and again, one look at a time; it gets over failures and stops when told.

import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { startClerk } from './clerk.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('it looks at once, again after its time, and when it is told to', async () => {
  let looks = 0;
  const look = async () => void looks++;
  const clerk = startClerk({ look, everyMs: 100, failed: () => undefined });
  await vi.advanceTimersByTimeAsync(99);
  expect(looks).toBe(1);
  await vi.advanceTimersByTimeAsync(1);
  expect(looks).toBe(2);
  await clerk.look();
  expect(looks).toBe(3);
  await clerk.stop();
  await clerk.look();
  await vi.advanceTimersByTimeAsync(1_000);
  expect(looks).toBe(3);
});

test('it waits before its first look where it is told to, and may be stopped before', async () => {
  let looks = 0;
  const look = async () => void looks++;
  const options = { look, firstAfterMs: 500, everyMs: 100, failed: () => undefined };
  const clerk = startClerk(options);
  await vi.advanceTimersByTimeAsync(499);
  expect(looks).toBe(0);
  await vi.advanceTimersByTimeAsync(101);
  expect(looks).toBe(2);
  await clerk.stop();
  await startClerk(options).stop();
  await vi.advanceTimersByTimeAsync(1_000);
  expect(looks).toBe(2);
});

test('a failure is told, and the next look made all the same', async () => {
  const failures: unknown[] = [];
  const look = async () => Promise.reject(new Error('no database'));
  const clerk = startClerk({ look, everyMs: 100, failed: (error) => void failures.push(error) });
  await vi.advanceTimersByTimeAsync(100);
  await clerk.stop();
  expect(failures).toEqual([new Error('no database'), new Error('no database')]);
});

test('looks do not overlap, and stopping waits for the one under way', async () => {
  const under: (() => void)[] = [];
  const asked: boolean[] = [];
  const clerk = startClerk({
    async look(isStopping) {
      await new Promise<void>((resolve) => void under.push(resolve));
      asked.push(isStopping());
    },
    everyMs: 100,
    failed: () => undefined,
  });
  const second = clerk.look();
  await vi.advanceTimersByTimeAsync(1_000);
  expect(under).toHaveLength(1);
  let hasStopped = false;
  const stopped = clerk.stop().then(() => {
    hasStopped = true;
  });
  await vi.advanceTimersByTimeAsync(1_000);
  expect(hasStopped).toBe(false);
  under[0]?.();
  await Promise.all([stopped, second]);
  expect(asked).toEqual([true]);
  expect(under).toHaveLength(1);
});
