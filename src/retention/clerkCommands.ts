// The clerk who trims: some time after a start, and every few hours from then on.

import { type TrimWorld, trim } from './commands.ts';
import type { Trimmed } from './store.ts';

export interface TrimClerk {
  /** Waits for the piece that is under way. */
  stop(): Promise<void>;
}

/** A start has enough to do. */
const firstAfterMs = 60_000;
const usualEveryMs = 6 * 3_600_000;

/** `told` hears of every run that took something away; what failed is tried at the next look. */
export function startTrimClerk(
  world: () => TrimWorld,
  told: (trimmed: readonly Trimmed[]) => void,
  failed: (what: string, error: unknown) => void,
  { afterMs = firstAfterMs, everyMs = usualEveryMs } = {},
): TrimClerk {
  let isStopping = false;
  let work: Promise<void> = Promise.resolve();
  const stoppable = (own: TrimWorld): TrimWorld => {
    const { clock } = own;
    const pause = async (delayMs: number) => {
      if (isStopping) throw new Stopping();
      await clock.pause(delayMs);
    };
    return { ...own, clock: { now: () => clock.now(), elapsed: () => clock.elapsed(), pause } };
  };
  const look = async (): Promise<void> => {
    try {
      const trimmed = await trim(stoppable(world()));
      if (trimmed.length > 0) told(trimmed);
    } catch (error) {
      if (!(error instanceof Stopping)) failed('trimming', error);
    }
    if (!isStopping) again(everyMs);
  };
  let timer: NodeJS.Timeout;
  const again = (delayMs: number) => {
    timer = setTimeout(() => {
      work = look();
    }, delayMs);
  };
  again(afterMs);
  return {
    async stop() {
      isStopping = true;
      clearTimeout(timer);
      await work;
    },
  };
}

/** A run may take a while; what it took away stays away, and the rest goes next time. */
class Stopping extends Error {}
