// Days that close by themselves: a clerk in every hub looks at the time, and one of them closes.

import { type Clerk, startClerk } from '../base/clerk.ts';
import type { Database } from '../base/world.ts';
import { beginningOf, type ClearingDay, clearingDayOf } from '../calendar/clearingDay.ts';
import { closeAndNet, type SettlementWorld } from './commands.ts';

/** Who a day was closed by when nobody did. */
const closedByTime = 'timer';

export interface ClosingOptions {
  readonly world: () => SettlementWorld;
  /** How long after the midnight (UTC+8) that ends a day it closes by itself. */
  readonly afterMidnightMs: number;
  /** Tells this process apart from others on the same database. */
  readonly process: string;
  readonly failed: (what: string, error: unknown) => void;
  readonly everyMs?: number;
}

const usualEveryMs = 2_000;
/** Real time for which one process closes alone; longer than any close is known to take. */
const leaseMs = 180_000;

/** The first instant at which the day after some day is closed by itself. */
export function closesItselfAt(day: ClearingDay, afterMidnightMs: number): number {
  return beginningOf(day + 1) + afterMidnightMs;
}

/**
 * Looks at the time and, once a day is due, closes it and all before it, and makes the settlement
 * batches of today. A process takes a lease first, so that not all of them try at once; when it
 * dies another takes over after the lease, and whoever finds the day closed makes what is still
 * missing of its batches. Closing itself is safe to be done by several at once.
 */
export function startClosingClerk(options: ClosingOptions): Clerk {
  const { world, afterMidnightMs, failed, everyMs = usualEveryMs } = options;
  let done: ClearingDay | undefined;
  return startClerk({
    everyMs,
    async look() {
      const { clock, database } = world();
      const through = clearingDayOf(clock.now() - afterMidnightMs) - 1;
      if (done !== undefined && through <= done) return;
      if (!(await takeLease(database, options.process, Date.now()))) return;
      try {
        await closeAndNet(world(), { through, by: closedByTime });
        done = through;
      } finally {
        await dropLease(database, options.process);
      }
    },
    failed: (error) => failed('closing a day by itself', error),
  });
}

/** True for one process at a time; `now` is real time, because leases are. */
async function takeLease(database: Database, process: string, now: number): Promise<boolean> {
  const rows = await database.query(
    "insert into settings as s (name, value) values ('closing', $1::text || ' ' || $3::text) " +
      'on conflict (name) do update set value = excluded.value ' +
      "where split_part(s.value, ' ', 1) = $1 " +
      "or split_part(s.value, ' ', 2)::bigint <= $2::bigint returning name",
    [process, now, now + leaseMs],
  );
  return rows.length === 1;
}

async function dropLease(database: Database, process: string): Promise<void> {
  await database.query(
    "update settings set value = $1::text || ' 0' " +
      "where name = 'closing' and split_part(value, ' ', 1) = $1",
    [process],
  );
}
