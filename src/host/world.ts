// The real world: the machine's clock, its source of chance, its network and its database.
import { randomBytes } from 'node:crypto';
import type { Clock, Database, MovableClock, Network, Random, World } from '../base/world.ts';
import { movableClock } from './movableClock.ts';

/** The longest delay that a Node timer keeps; a longer one would run out at once. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

function wait(delayMs: number, task: () => void): () => void {
  let timer: NodeJS.Timeout;
  const step = (remainingMs: number): void => {
    const stepMs = Math.min(Math.max(remainingMs, 0), LONGEST_TIMER_MS);
    const next = remainingMs > stepMs ? () => step(remainingMs - stepMs) : task;
    timer = setTimeout(next, stepMs);
  };
  step(delayMs);
  return () => clearTimeout(timer);
}

/** The machine's clock: its business time is the real time. */
export const realClock: Clock = {
  now: () => Date.now(),
  after: wait,
  elapsed: () => Math.round(performance.now()),
  wait,
  pause: (delayMs) => new Promise((resolve) => void wait(delayMs, resolve)),
};

/** Cryptographic chance. */
export const realRandom: Random = {
  bytes: (length) => new Uint8Array(randomBytes(length)),
  digits(length) {
    let text = '';
    while (text.length < length) {
      // 250 is the largest multiple of ten in a byte: the rest would favour the low digits.
      for (const byte of randomBytes(length * 2)) if (byte < 250) text += byte % 10;
    }
    return text.slice(0, length);
  },
};

/**
 * Puts the machine's clock, which may be moved, and chance beside a network and a database that
 * were opened elsewhere.
 */
export function realWorld(parts: {
  network: Network;
  database: Database;
}): World & { readonly clock: MovableClock } {
  return { clock: movableClock(realClock), random: realRandom, ...parts };
}
