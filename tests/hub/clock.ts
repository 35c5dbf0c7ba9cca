// A clock that tests set: time stands still until a test moves it, and nothing real is waited for.

import type { MovableClock } from '../../src/base/world.ts';

interface Timer {
  readonly at: number;
  readonly order: number;
  readonly task: () => void;
}

/** 2026-11-21 12:00 in the network's own time, UTC+8: when every test begins. */
const testsBegin = Date.UTC(2026, 10, 21, 4, 0, 0);

export interface SettableClock extends MovableClock {
  /**
   * Moves the time on by `ms`. Timers run at their own times, and after each such time `settle` is
   * awaited, so that what they began is done before the time goes on.
   */
  advance(ms: number, settle: () => Promise<void>): Promise<void>;
}

export function settableClock(start = testsBegin): SettableClock {
  let now = start;
  let order = 0;
  const timers = new Set<Timer>();
  const dueAt = (limit: number) => {
    const times = [...timers].map((timer) => timer.at).filter((at) => at <= limit);
    return times.length === 0 ? undefined : Math.min(...times);
  };
  const after = (delayMs: number, task: () => void) => {
    const timer = { at: now + Math.max(delayMs, 0), order: ++order, task };
    timers.add(timer);
    return () => void timers.delete(timer);
  };
  // A test's time is the only one there is: both kinds are one.
  return {
    now: () => now,
    after,
    elapsed: () => now,
    wait: after,
    pause: (delayMs) => new Promise((resolve) => void after(delayMs, resolve)),
    offsetMs: () => 0,
    moveTo: () => undefined,
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
  };
}
