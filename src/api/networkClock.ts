// The network's time as one hub process keeps it: read from the database, moved, announced.

import type { Database, MovableClock } from '../base/world.ts';
import { type MoveOutcome, moveClock, readClock } from '../network/clockStore.ts';

export interface NetworkClock {
  /** The network's time, in milliseconds since 1970 UTC. */
  now(): number;
  /** Real time, in which rates grow old. */
  realNow(): number;
  offsetMs(): number;
  /** Whether this network's time may be moved: only a sandbox network's. */
  isMovable(): boolean;
  /** Moves the whole network's time forward; this process has followed when it resolves. */
  advance(advanceMs: number): Promise<MoveOutcome>;
  /** Follows what the database says; other processes may have moved it. */
  follow(): Promise<void>;
  /** Resolves once the offset is another than `offsetMs`, or after `mostMs` of real time. */
  moved(offsetMs: number, mostMs: number): Promise<void>;
}

/** Opens the network's time; from then on `clock` shows it. */
export async function openNetworkClock(
  database: Database,
  clock: MovableClock,
): Promise<NetworkClock> {
  const waiting = new Set<() => void>();
  let isMovable = false;

  function take(offsetMs: number): void {
    if (offsetMs <= clock.offsetMs()) return;
    clock.moveTo(offsetMs);
    for (const go of [...waiting]) go();
  }

  async function follow(): Promise<void> {
    const stored = await readClock(database);
    isMovable = stored.isSandbox;
    take(stored.offsetMs);
  }

  await follow();
  return {
    now: () => clock.now(),
    realNow: () => clock.now() - clock.offsetMs(),
    offsetMs: () => clock.offsetMs(),
    isMovable: () => isMovable,
    follow,
    async advance(advanceMs) {
      const outcome = await moveClock(database, advanceMs);
      if (outcome.kind === 'moved') take(outcome.offsetMs);
      return outcome;
    },
    moved(offsetMs, mostMs) {
      if (clock.offsetMs() !== offsetMs) return Promise.resolve();
      return new Promise((resolve) => {
        const go = () => {
          cancel();
          waiting.delete(go);
          resolve();
        };
        const cancel = clock.wait(mostMs, go);
        waiting.add(go);
      });
    },
  };
}
