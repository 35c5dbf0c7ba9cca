// The clerk of marks: once a day has ended, writes down what the accounts had come to by then.

import { type ExplorerWorld, keepMarks } from './trialCommands.ts';

const usualEveryMs = 60_000;

/** Looks every minute; what failed is tried at the next look. `stop` waits for a look under way. */
export function startMarkClerk(
  world: ExplorerWorld,
  failed: (what: string, error: unknown) => void,
  everyMs = usualEveryMs,
): { stop(): Promise<void> } {
  let isStopping = false;
  let timer: NodeJS.Timeout | undefined;
  const pause = async (delayMs: number) => {
    if (isStopping) throw new Stopping();
    await world.clock.pause(delayMs);
  };
  const stoppable = { ...world, clock: { ...clockOf(world), pause } };
  const look = async (): Promise<void> => {
    try {
      await keepMarks(stoppable);
    } catch (error) {
      if (!(error instanceof Stopping)) failed('keeping marks of the ledger', error);
    }
    if (!isStopping) timer = setTimeout(() => (work = look()), everyMs);
  };
  let work = look();
  return {
    async stop() {
      isStopping = true;
      clearTimeout(timer);
      await work;
    },
  };
}

/** A day's marks may take a while; what is made stays, and the rest is made next time. */
class Stopping extends Error {}

const clockOf = ({ clock }: ExplorerWorld) => ({
  now: () => clock.now(),
  elapsed: () => clock.elapsed(),
});
