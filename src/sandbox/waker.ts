// Wakes a desk when the next thing in its store is due; the store, not this timer, is what
// remembers.

import type { Clock } from '../base/world.ts';

/** Runs a desk's due work, one round at a time. */
export interface Waker {
  /** Something was written that may be due earlier than what was known. */
  nudge(): void;
  stop(): void;
}

/** Even with nothing known to be due the store is looked at this often. */
const longestSleepMs = 30_000;

/** What is due and could not be finished in one round must not keep the process busy for itself. */
const betweenRoundsMs = 10;

/** After a broken round the next one waits a little, so that a broken store is not hammered. */
const afterFailureMs = 1_000;

const nothing = (): void => undefined;

/**
 * `nextWakeAt` says when something is due, `run` does what is due now. What `run` throws is
 * handed to `onFailure`, and the waker goes on.
 */
export function createWaker(
  clock: Clock,
  nextWakeAt: () => number | null,
  run: (now: number) => void,
  onFailure: (error: unknown) => void,
): Waker {
  let cancel: () => void = nothing;
  let stopped = false;

  function arm(least: number): void {
    cancel();
    if (stopped) return;
    const next = nextWakeAt();
    const wait = next === null ? longestSleepMs : Math.max(least, next - clock.now());
    cancel = clock.after(Math.min(wait, longestSleepMs), wake);
  }

  function wake(): void {
    cancel = nothing;
    if (stopped) return;
    try {
      run(clock.now());
      arm(betweenRoundsMs);
    } catch (error) {
      onFailure(error);
      cancel();
      cancel = clock.wait(afterFailureMs, wake);
    }
  }

  return {
    nudge: () => arm(0),
    stop: () => {
      stopped = true;
      cancel();
    },
  };
}
