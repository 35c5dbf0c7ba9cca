// The clerk who trims: some time after a start, and every few hours from then on.

import { type Clerk, startClerk } from '../base/clerk.ts';
import { type TrimWorld, trim } from './commands.ts';
import type { Trimmed } from './store.ts';

/** A start has enough to do. */
const usualFirstAfterMs = 60_000;
const usualEveryMs = 6 * 3_600_000;

/** `told` hears of every run that took something away; what failed is tried at the next look. */
export function startTrimClerk(
  world: () => TrimWorld,
  told: (trimmed: readonly Trimmed[]) => void,
  failed: (what: string, error: unknown) => void,
  { firstAfterMs = usualFirstAfterMs, everyMs = usualEveryMs } = {},
): Clerk {
  return startClerk({
    firstAfterMs,
    everyMs,
    async look(isStopping) {
      const trimmed = await trim(stoppable(world(), isStopping));
      if (trimmed.length > 0) told(trimmed);
    },
    failed(error) {
      if (!(error instanceof Stopping)) failed('trimming', error);
    },
  });
}

/** The world in which a run breaks off between two pieces once the clerk is to stop. */
function stoppable(world: TrimWorld, isStopping: () => boolean): TrimWorld {
  const { clock } = world;
  const pause = async (delayMs: number) => {
    if (isStopping()) throw new Stopping();
    await clock.pause(delayMs);
  };
  return { ...world, clock: { now: () => clock.now(), elapsed: () => clock.elapsed(), pause } };
}

/** A run may take a while; what it took away stays away, and the rest goes next time. */
class Stopping extends Error {}
