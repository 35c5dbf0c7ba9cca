// What settling works with, for the routes of pages: handed on as it is, for what is read anew.

import type { Database } from '../base/world.ts';
import type { SettlementWorld } from '../settlement/commands.ts';
import type { Hub } from './hub.ts';

export function settlementWorldOf(hub: Hub, database: Database): SettlementWorld {
  const { lanes, timing } = hub.configuration.rules();
  return {
    database,
    clock: { now: () => hub.now() },
    lanes,
    acquirerCancelMs: timing.acquirerCancelMs,
    // Read anew when it is netted: closing a day takes a while.
    get calendars() {
      return hub.calendars();
    },
    closesItselfMs: hub.closesItselfMs,
  };
}
