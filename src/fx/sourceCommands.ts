// Looks at every source of rates when it is due, and offers what it says to the board.

import type { Database, MovableClock } from '../base/world.ts';
import { readTable } from './feed.ts';
import { type LookedSource, takeDueSources, writeLook } from './sourceStore.ts';
import { offerRates } from './store.ts';

/** Gets the text of a source, or says in a sentence why there is none. */
export type FetchTable = (
  source: Pick<LookedSource, 'kind' | 'address' | 'timeoutMs'>,
) => Promise<{ readonly text: string } | { readonly problem: string }>;

export interface RateFeeds {
  /** Looks at what is due now; resolves when the board has what was taken. */
  look(): Promise<void>;
  stop(): Promise<void>;
}

/** How often it is asked whether a source is due: real time, as all about sources. */
const usualPollMs = 1_000;

/**
 * Begins to look. Sources are looked at one after the other; of several hub processes one makes
 * each look. A source that fails leaves the rates as they are, until they are too old.
 */
export function startRateFeeds(options: {
  readonly database: Database;
  readonly clock: MovableClock;
  readonly fetchTable: FetchTable;
  /** Rates came into force. */
  readonly changed: () => Promise<void>;
  readonly failed: (what: string, error: unknown) => void;
  readonly pollMs?: number;
}): RateFeeds {
  const { database, clock, failed } = options;
  let cancel = () => {};
  let stopped = false;
  let looking: Promise<void> = Promise.resolve();

  const realNow = () => clock.now() - clock.offsetMs();

  async function lookAtDue(): Promise<void> {
    for (const source of await takeDueSources(database, realNow())) {
      const problem = await lookAt(source);
      await writeLook(database, source.sourceId, problem, realNow());
      if (problem !== null && problem !== source.problem) {
        failed(`the rates of ${source.sourceId}`, new Error(problem));
      }
    }
  }

  async function lookAt(source: LookedSource): Promise<string | null> {
    const fetched = await options.fetchTable(source);
    if ('problem' in fetched) return fetched.problem;
    const read = readTable(fetched.text, realNow());
    if (read.kind === 'wrong') return read.problem;
    const times = { now: clock.now(), realNow: realNow() };
    const offerer = { ...source, source: source.sourceId, byWhom: null };
    const judged = await offerRates(database, read.table, offerer, times);
    if (judged.taken.length > 0) await options.changed();
    // What moved too far is no fault of the source; it waits beside the board.
    return judged.tooOld ?? null;
  }

  function look(): Promise<void> {
    looking = looking.then(lookAtDue);
    return looking;
  }

  function later(): void {
    if (stopped) return;
    cancel = clock.wait(options.pollMs ?? usualPollMs, () => {
      look()
        .catch((error: unknown) => {
          looking = Promise.resolve();
          failed('looking at the sources of rates', error);
        })
        .finally(later);
    });
  }

  later();
  return {
    look,
    async stop() {
      stopped = true;
      cancel();
      await looking.catch(() => undefined);
    },
  };
}
