// The clerk of marks: once a day has ended, writes down what the accounts had come to by then.

import { type Clerk, startClerk } from '../base/clerk.ts';
import { type ExplorerWorld, keepMarks } from './trialCommands.ts';

const usualEveryMs = 60_000;

/** Looks every minute; what failed is tried at the next look. */
export function startMarkClerk(
  world: ExplorerWorld,
  failed: (what: string, error: unknown) => void,
  everyMs = usualEveryMs,
): Clerk {
  return startClerk({
    everyMs,
    async look(isStopping) {
      const pause = async (delayMs: number) => {
        if (isStopping()) throw new Stopping();
        await world.clock.pause(delayMs);
      };
      await keepMarks({ ...world, clock: { ...clockOf(world), pause } });
    },
    failed(error) {
      if (!(error instanceof Stopping)) failed('keeping marks of the ledger', error);
    },
  });
}

/** A day's marks may take a while; what is made stays, and the rest is made next time. */
class Stopping extends Error {}

const clockOf = ({ clock }: ExplorerWorld) => ({
  now: () => clock.now(),
  elapsed: () => clock.elapsed(),
});
