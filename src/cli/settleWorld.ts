// The network as settling sees it, from the command line.

import type { Database } from '../base/world.ts';
import { readCalendars } from '../calendar/store.ts';
import { movableClock } from '../host/movableClock.ts';
import { realClock } from '../host/world.ts';
import { readClock } from '../network/clockStore.ts';
import { readLanes } from '../network/store.ts';
import type { SettlementWorld } from '../settlement/commands.ts';
import { refuseCalendarsFile } from './calendarsFile.ts';
import { loadTiming, timingFileOf } from './timingFile.ts';
import { withDatabase } from './withDatabase.ts';

/** Does work on the network of the home, or of `DATABASE_URL`. */
export async function withWorld<T>(work: (world: SettlementWorld) => Promise<T>): Promise<T> {
  return withDatabase(async (database: Database, home) => {
    refuseCalendarsFile(home, process.env);
    const clock = movableClock(realClock);
    clock.moveTo((await readClock(database)).offsetMs);
    const { acquirerCancelMs } = loadTiming(timingFileOf(home, process.env));
    return work({
      database,
      clock,
      lanes: (await readLanes(database)) ?? 0,
      acquirerCancelMs,
      calendars: await readCalendars(database),
    });
  });
}
