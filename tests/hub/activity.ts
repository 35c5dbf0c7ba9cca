// Whether a hub is at work: what it asks of the database is counted for as long as it lasts.

import type { Database, SqlValue } from '../../src/base/world.ts';

/** Turns of the event loop without any work after which a hub is taken to be at rest. */
const quietTurns = 40;
const longestMs = 15_000;

/**
 * Simulated partners answer within the event loop's own turns, so the database is all that a hub at
 * work can be waiting for.
 */
export class Activity {
  #running = 0;

  /** Counts a piece of work for as long as it lasts. */
  async during<T>(work: () => Promise<T>): Promise<T> {
    this.#running++;
    try {
      return await work();
    } finally {
      this.#running--;
    }
  }

  /** Resolves once nothing is under way; rejects when that does not come. */
  async rest(): Promise<void> {
    const deadline = performance.now() + longestMs;
    let quiet = 0;
    while (quiet < quietTurns) {
      await new Promise((resolve) => void setImmediate(resolve));
      quiet = this.#running === 0 ? quiet + 1 : 0;
      if (performance.now() > deadline) throw new Error('the hub does not come to rest');
    }
  }

  watchDatabase(database: Database): Database {
    return {
      session: (name) => {
        const session = database.session(name);
        return { run: (statements) => this.during(() => session.run(statements)) };
      },
      query: <T>(text: string, values?: readonly SqlValue[]) =>
        this.during(() => database.query<T>(text, values)),
      close: () => database.close(),
    };
  }
}
