// The hub's configuration in memory: one snapshot, read again when somebody changed it.

import { assert } from '../base/assert.ts';
import type { Timing } from '../base/limits.ts';
import type { Clock, Database } from '../base/world.ts';
import { readRateBoard } from '../fx/store.ts';
import type { LimitRules } from '../limits/limitRules.ts';
import type { ScreeningList } from '../limits/screening.ts';
import type { Merchants } from '../merchants/merchant.ts';
import { readMerchants } from '../merchants/store.ts';
import { readConfigurationMark, readDirectory, readLanes } from '../network/store.ts';
import type { Rules } from '../payments/rules.ts';
import type { NetworkClock } from './networkClock.ts';

export interface Configuration {
  /** The snapshot now; decisions keep the one they began with. */
  readonly rules: () => Rules;
  /** The merchants of our own acquirers now. */
  readonly merchants: () => Merchants;
  /** Reads everything again at once. */
  reload(): Promise<void>;
  stop(): void;
}

/** Reads the configuration and looks every `refreshMs` whether it was changed. */
export async function openConfiguration(options: {
  database: Database;
  clock: Clock;
  networkClock: NetworkClock;
  /** The times in force now: the same object as long as they are the same. */
  timing: () => Timing;
  limitRules: LimitRules;
  screening: ScreeningList | null;
  /** Where visitors reach the network's pages; known once the server listens. */
  publicUrl: () => string;
  refreshMs: number;
  failed: (what: string, error: unknown) => void;
}): Promise<Configuration> {
  const { database, clock, timing, publicUrl } = options;
  const lanes = await readLanes(database);
  assert(lanes !== undefined, 'the network has no lanes: it was never created');
  let mark = '';
  let rules: Rules | undefined;
  let merchants: Merchants | undefined;
  let cancel = () => {};
  let stopped = false;

  async function reload(): Promise<void> {
    // The mark is read first: a change that comes in between is then seen again, not missed.
    mark = await readConfigurationMark(database);
    const [directory, board, sellers] = await Promise.all([
      readDirectory(database),
      readRateBoard(database),
      readMerchants(database),
    ]);
    merchants = sellers;
    rules = {
      lanes: lanes as number,
      directory,
      board,
      timing: timing(),
      limitRules: options.limitRules,
      screening: options.screening,
      publicUrl: publicUrl(),
    };
  }

  async function refresh(): Promise<void> {
    const [found] = await Promise.all([
      readConfigurationMark(database),
      options.networkClock.follow(),
    ]);
    if (found !== mark) await reload();
    else if (rules !== undefined && rules.timing !== timing()) {
      rules = { ...rules, timing: timing() };
    }
  }

  function later(): void {
    if (stopped) return;
    cancel = clock.wait(options.refreshMs, () => {
      refresh()
        .catch((error: unknown) => options.failed('reading the configuration', error))
        .finally(later);
    });
  }

  await reload();
  later();
  return {
    rules: () => rules as Rules,
    merchants: () => merchants as Merchants,
    reload,
    stop() {
      stopped = true;
      cancel();
    },
  };
}
