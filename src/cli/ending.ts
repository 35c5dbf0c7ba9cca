// How a network hears that it is to end: from its first moment to its last, without a gap.

import type { EventEmitter } from 'node:events';

const signals = ['SIGINT', 'SIGTERM'] as const;

/** What of a process is listened to and ended; `process` itself outside tests. */
export interface Endable extends Pick<EventEmitter, 'on' | 'removeListener'> {
  readonly pid: number;
  kill(pid: number, signal: NodeJS.Signals): unknown;
}

export interface Ending {
  /** From now on an end is asked for, and no longer taken. */
  complete(): void;
  /** Resolves when somebody asks for the end. */
  readonly asked: Promise<void>;
}

/**
 * Listens for signals, and for the launcher to be gone: then nobody is left to stop us. A start
 * that is asked to end before it is complete says so and ends at once; what it has begun (database
 * files that are half made) is cleared away by the next one. The same listener stays all the time:
 * a signal that comes while one is exchanged for another is lost. A second signal ends at once.
 */
export function listenForEnd(process: Endable, say: (line: string) => void): Ending {
  let isComplete = false;
  let resolve: () => void;
  const asked = new Promise<void>((resolved) => {
    resolve = resolved;
  });
  const hear = (signal: NodeJS.Signals) => {
    for (const each of signals) process.removeListener(each, hear);
    if (isComplete) return resolve();
    say(`Asked to stop by ${signal} before the start was complete; it begins anew next time.`);
    process.kill(process.pid, signal);
  };
  for (const signal of signals) process.on(signal, hear);
  process.on('disconnect', () => hear('SIGTERM'));
  return {
    complete() {
      isComplete = true;
    },
    asked,
  };
}
