// A clock ahead of the machine's by an offset that only grows: the time of a sandbox network.
import type { Clock, MovableClock } from '../base/world.ts';

interface Timer {
  /** When it is due, in business time. */
  readonly dueAt: number;
  readonly task: () => void;
  cancel: () => void;
}

/** Puts an offset, 0 at first, before the business time of `base`. */
export function movableClock(base: Clock): MovableClock {
  let offsetMs = 0;
  const timers = new Set<Timer>();
  const now = () => base.now() + offsetMs;

  function arm(timer: Timer): void {
    timer.cancel = base.after(timer.dueAt - now(), () => {
      timers.delete(timer);
      timer.task();
    });
  }

  return {
    now,
    after(delayMs, task) {
      const timer: Timer = { dueAt: now() + Math.max(delayMs, 0), task, cancel: () => undefined };
      timers.add(timer);
      arm(timer);
      return () => {
        timers.delete(timer);
        timer.cancel();
      };
    },
    elapsed: base.elapsed,
    wait: base.wait,
    pause: base.pause,
    offsetMs: () => offsetMs,
    moveTo(newOffsetMs) {
      if (newOffsetMs <= offsetMs) return;
      offsetMs = newOffsetMs;
      for (const timer of timers) {
        timer.cancel();
        arm(timer);
      }
    },
  };
}
