// A clock that is moved: business timers follow at once, real waits do not notice.

import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { movableClock } from '../../src/host/movableClock.ts';
import { realClock } from '../../src/host/world.ts';

const day = 86_400_000;

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('its time is ahead by the offset, which never shrinks', () => {
  const clock = movableClock(realClock);
  const before = clock.now();
  clock.moveTo(day);
  expect(clock.now()).toBe(before + day);
  clock.moveTo(1_000);
  expect(clock.now()).toBe(before + day);
  expect(clock.offsetMs()).toBe(day);
});

test('a business timer runs at once when its time was jumped over, and once', () => {
  const clock = movableClock(realClock);
  const near = vi.fn();
  const far = vi.fn();
  const cancelled = vi.fn();
  clock.after(day, near);
  clock.after(3 * day, far);
  clock.after(day, cancelled)();
  clock.moveTo(2 * day);
  vi.advanceTimersByTime(1);
  expect(near).toHaveBeenCalledTimes(1);
  expect(far).not.toHaveBeenCalled();
  vi.advanceTimersByTime(day - 2);
  expect(far).not.toHaveBeenCalled();
  vi.advanceTimersByTime(2);
  expect(far).toHaveBeenCalledTimes(1);
  clock.moveTo(9 * day);
  vi.advanceTimersByTime(day);
  expect([near, far, cancelled].map((task) => task.mock.calls.length)).toEqual([1, 1, 0]);
});

test('real waits last as long as they say, however far the time is moved', async () => {
  const clock = movableClock(realClock);
  const task = vi.fn();
  const rested = vi.fn();
  clock.wait(8_000, task);
  void clock.pause(8_000).then(rested);
  const begunAt = clock.elapsed();
  clock.moveTo(365 * day);
  await vi.advanceTimersByTimeAsync(7_999);
  expect(task).not.toHaveBeenCalled();
  expect(rested).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(1);
  expect(task).toHaveBeenCalledTimes(1);
  expect(rested).toHaveBeenCalledTimes(1);
  expect(clock.elapsed() - begunAt).toBe(8_000);
});
