// The hub's configuration in memory: one snapshot, read again when somebody changed it.

import { assert } from '../base/assert.ts';
import type { Timing } from '../base/limits.ts';
import type { Clock, Database } from '../base/world.ts';
import type { Calendars } from '../calendar/businessDay.ts';
import { readCalendars } from '../calendar/store.ts';
import { readFeeBook } from '../fees/store.ts';
import { readRateBoard, readRatesMark } from '../fx/store.ts';
import type { LimitRules } from '../limits/limitRules.ts';
import type { ScreeningList } from '../limits/screening.ts';
import type { Merchants } from '../merchants/merchant.ts';
import { readMerchants } from '../merchants/store.ts';
import { readConfigurationMark, readDirectory, readLanes } from '../network/store.ts';
import type { Rules } from '../payments/rules.ts';
import { BookKeeper } from '../registrations/keeper.ts';
import type { NetworkClock } from './networkClock.ts';

export interface Configuration {
  /** The snapshot now; decisions keep the one they began with. */
  readonly rules: () => Rules;
  /** The merchants of our own acquirers now. */
  readonly merchants: () => Merchants;
  /** On which days banks work now. */
  readonly calendars: () => Calendars;
  /** Which wallets have approved which merchants. */
  readonly registrations: BookKeeper;
  /** Reads everything again at once. */
  reload(): Promise<void>;
  /** Reads the board of rates again at once. */
  reloadRates(): Promise<void>;
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
  const { database, clock, networkClock, timing, publicUrl } = options;
  const lanes = await readLanes(database);
  assert(lanes !== undefined, 'the network has no lanes: it was never created');
  const registrations = new BookKeeper(database);
  let mark = '';
  let ratesMark = '';
  let rules: Rules | undefined;
  let merchants: Merchants | undefined;
  let calendars: Calendars | undefined;
  let cancel = () => {};
  let stopped = false;
  let last: Promise<unknown> = Promise.resolve();

  /**
   * One reading after the other: one that began before a change must not end after one that saw it,
   * and put what was before back in its place.
   */
  function inOrder(read: () => Promise<void>): Promise<void> {
    const reading = last.then(read);
    last = reading.catch(() => undefined);
    return reading;
  }

  async function readAll(): Promise<void> {
    // The marks are read first: a change that comes in between is then seen again, not missed.
    const marks = await Promise.all([readConfigurationMark(database), readRatesMark(database)]);
    const [directory, board, sellers, feeBook, bankDays] = await Promise.all([
      readDirectory(database),
      readRateBoard(database, networkClock.realNow()),
      readMerchants(database),
      readFeeBook(database),
      readCalendars(database),
      registrations.reload(),
    ]);
    merchants = sellers;
    calendars = bankDays;
    rules = {
      lanes: lanes as number,
      directory,
      board,
      timing: timing(),
      limitRules: options.limitRules,
      screening: options.screening,
      feeBook,
      publicUrl: publicUrl(),
      ofMerchant: (payment) => sellers.ofPayment(payment) !== undefined,
      registrations: registrations.book,
    };
    // And they count only now: what could not be read is read at the next look.
    [mark, ratesMark] = marks;
  }

  async function refresh(): Promise<void> {
    const [found, foundRates] = await Promise.all([
      readConfigurationMark(database),
      readRatesMark(database),
      networkClock.follow(),
    ]);
    if (found !== mark || rules === undefined) return readAll();
    if (rules.timing !== timing()) rules = { ...rules, timing: timing() };
    if (foundRates !== ratesMark) return readRates();
    // Rates get too old in real time, which is looked at here and not in every payment.
    const board = rules.board.at(networkClock.realNow());
    if (board !== rules.board) rules = { ...rules, board };
  }

  /** Rates change often: nothing else is read again for them. */
  async function readRates(): Promise<void> {
    const found = await readRatesMark(database);
    const board = await readRateBoard(database, networkClock.realNow());
    if (rules !== undefined) rules = { ...rules, board };
    ratesMark = found;
  }

  function later(): void {
    if (stopped) return;
    cancel = clock.wait(options.refreshMs, () => {
      inOrder(refresh)
        .catch((error: unknown) => options.failed('reading the configuration', error))
        .finally(later);
    });
  }

  await inOrder(readAll);
  later();
  return {
    rules: () => rules as Rules,
    merchants: () => merchants as Merchants,
    calendars: () => calendars as Calendars,
    registrations,
    reload: () => inOrder(readAll),
    reloadRates: () => inOrder(readRates),
    stop() {
      stopped = true;
      cancel();
    },
  };
}
