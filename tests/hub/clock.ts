// A clock that tests set: time stands still until a test moves it, and nothing real is waited for.

import type { MovableClock } from '../../src/base/world.ts';

interface Timer {
  readonly order: number;
  readonly task: () => void;
  /** In business time, or in the test's real time. */
  at: number;
  readonly isBusiness: boolean;
}

/** 2026-11-21 12:00 in the network's own time, UTC+8: when every test begins. */
const testsBegin = Date.UTC(2026, 10, 21, 4, 0, 0);

export interface SettableClock extends MovableClock {
  /**
   * Moves the time on by `ms`. Timers run at their own times, and after each such time `settle` is
   * awaited, so that what they began is done before the time goes on.
   */
  advance(ms: number, settle: () => Promise<void>): Promise<void>;
  /** Puts the clock on by `ms` as if nobody had been there: what waits goes on waiting as long. */
  skip(ms: number): void;
}

export function settableClock(start = testsBegin): SettableClock {
  let real = start;
  let offset = 0;
  let order = 0;
  const timers = new Set<Timer>();
  const realOf = (timer: Timer) => (timer.isBusiness ? timer.at - offset : timer.at);
  const dueAt = (limit: number) => {
    const times = [...timers].map(realOf).filter((at) => at <= limit);
    return times.length === 0 ? undefined : Math.max(Math.min(...times), real);
  };
  const begin = (at: number, isBusiness: boolean, task: () => void) => {
    const timer = { at, isBusiness, order: ++order, task };
    timers.add(timer);
    return () => void timers.delete(timer);
  };
  const wait = (delayMs: number, task: () => void) =>
    begin(real + Math.max(delayMs, 0), false, task);
  return {
    now: () => real + offset,
    after: (delayMs, task) => begin(real + offset + Math.max(delayMs, 0), true, task),
    elapsed: () => real,
    wait,
    offsetMs: () => offset,
    moveTo: (offsetMs) => {
      offset = Math.max(offset, offsetMs);
    },
    pause: () => new Promise((resolve) => void setImmediate(resolve)),
    async advance(ms, settle) {
      const end = real + ms;
      await settle();
      for (let at = dueAt(end); at !== undefined; at = dueAt(end)) {
        real = at;
        const due = [...timers].filter((timer) => realOf(timer) <= real);
        for (const timer of due.sort((a, b) => realOf(a) - realOf(b) || a.order - b.order)) {
          if (timers.delete(timer)) timer.task();
        }
        await settle();
      }
      real = end;
    },
    skip(ms) {
      real += ms;
      for (const timer of timers) timer.at += ms;
    },
  };
}
