// A clock that tests set: time stands still until a test moves it, and nothing real is waited for.

import type { Clock } from '../../src/base/world.ts';

interface Timer {
  at: number;
  readonly order: number;
  readonly task: () => void;
}

/** 2026-11-21 12:00 in the network's own time, UTC+8: when every test begins. */
const testsBegin = Date.UTC(2026, 10, 21, 4, 0, 0);

export interface SettableClock extends Clock {
  /**
   * Moves the time on by `ms`. Timers run at their own times, and after each such time `settle` is
   * awaited, so that what they began is done before the time goes on.
   */
  advance(ms: number, settle: () => Promise<void>): Promise<void>;
  /** Puts the clock on by `ms` as if nobody had been there: what waits goes on waiting as long. */
  skip(ms: number): void;
}

export function settableClock(start = testsBegin): SettableClock {
  let now = start;
  let order = 0;
  const timers = new Set<Timer>();
  const dueAt = (limit: number) => {
    const times = [...timers].map((timer) => timer.at).filter((at) => at <= limit);
    return times.length === 0 ? undefined : Math.min(...times);
  };
  return {
    now: () => now,
    after(delayMs, task) {
      const timer = { at: now + Math.max(delayMs, 0), order: ++order, task };
      timers.add(timer);
      return () => void timers.delete(timer);
    },
    pause: () => new Promise((resolve) => void setImmediate(resolve)),
    async advance(ms, settle) {
      const end = now + ms;
      await settle();
      for (let at = dueAt(end); at !== undefined; at = dueAt(end)) {
        now = at;
        const due = [...timers].filter((timer) => timer.at <= now);
        for (const timer of due.sort((a, b) => a.at - b.at || a.order - b.order)) {
          if (timers.delete(timer)) timer.task();
        }
        await settle();
      }
      now = end;
    },
    skip(ms) {
      now += ms;
      for (const timer of timers) timer.at += ms;
    },
  };
}
