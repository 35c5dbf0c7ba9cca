// Days that close by themselves in a running network, and the setting for it.

import type { Hub } from '../api/hub.ts';
import { settlementWorldOf } from '../api/settling.ts';
import type { Clerk } from '../base/clerk.ts';
import type { Database } from '../base/world.ts';
import { realRandom } from '../host/world.ts';
import { startClosingClerk } from '../settlement/clerkCommands.ts';
import { parseDuration } from './duration.ts';

/** After the last minute in which a wallet must let a payment be undone (protocol.md §1.9). */
const usualMs = 30 * 60_000;
const dayMs = 86_400_000;

/**
 * `WAYFARE_CLOSING`: how long after midnight (UTC+8) a day closes by itself, as `30m`; `off`: days
 * are closed by hand or by cron. Null for off.
 */
export function readClosing(text: string | undefined, acquirerCancelMs: number): number | null {
  if (text === undefined || text === '') return Math.max(usualMs, acquirerCancelMs);
  if (text === 'off') return null;
  const ms = parseDuration(text);
  if (ms === undefined || ms < acquirerCancelMs || ms >= dayMs) {
    throw new Error(
      `WAYFARE_CLOSING must be off, or a length of time as 30m: at least ${acquirerCancelMs} ms ` +
        `(acquirerCancelMs) and less than a day, not ${text}`,
    );
  }
  return ms;
}

/** Starts the clerk with a hub; undefined where days do not close by themselves. */
export function startClosing(hub: Hub, database: Database): Clerk | undefined {
  const afterMidnightMs = hub.closesItselfMs;
  if (afterMidnightMs === null) return undefined;
  const world = () => settlementWorldOf(hub, database);
  const failed = (what: string, error: unknown) => hub.failed(what, error);
  return startClosingClerk({ world, afterMidnightMs, process: realRandom.digits(12), failed });
}
