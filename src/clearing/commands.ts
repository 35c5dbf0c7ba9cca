// Closing clearing days on a network that goes on: ends the day in every lane, whose slices are its
// batches then.

import type { Clock, Database } from '../base/world.ts';
import { beginningOf, type ClearingDay, clearingDayOf } from '../calendar/clearingDay.ts';
import { batchesOf } from './batch.ts';
import { clearingSlicesFrom, readClearingSlices } from './sliceStore.ts';
import { endTime, readAgreements, readClosedDays, writeDay } from './store.ts';

/** What closing works on. */
export interface ClearingWorld {
  readonly database: Database;
  readonly clock: Pick<Clock, 'now'>;
  readonly lanes: number;
  /** How long after midnight a payment of the day before may be cancelled (timing). */
  readonly acquirerCancelMs: number;
}

/** `too_early`: the day is not over, or its payments may still be cancelled. */
export type CloseOutcome =
  | { readonly kind: 'closed'; readonly days: readonly ClearingDay[] }
  | { readonly kind: 'too_early'; readonly day: ClearingDay; readonly closesAt: number }
  | { readonly kind: 'no_agreements' };

/** From when on a day may be closed: nothing that is dated in it can change any more. */
export function closesAt(world: Pick<ClearingWorld, 'acquirerCancelMs'>, day: ClearingDay): number {
  return beginningOf(day + 1) + world.acquirerCancelMs;
}

/** The last day that may be closed now. */
function lastClosable(world: Pick<ClearingWorld, 'acquirerCancelMs' | 'clock'>): ClearingDay {
  return clearingDayOf(world.clock.now() - world.acquirerCancelMs) - 1;
}

/**
 * Closes every day up to `through`, the last one that may be closed if not given, one after the
 * other. Days that are closed stay as they are, so it may be called again at any time, after a
 * crash too; of several at once each finds what the others have done.
 */
export async function closeDays(
  world: ClearingWorld,
  options: { readonly through?: ClearingDay | undefined; readonly by: string },
): Promise<CloseOutcome> {
  const through = options.through ?? lastClosable(world);
  if (world.clock.now() < closesAt(world, through)) {
    return { kind: 'too_early', day: through, closesAt: closesAt(world, through) };
  }
  const first = await firstOpenDay(world.database);
  if (first === undefined) return { kind: 'no_agreements' };
  const days: ClearingDay[] = [];
  for (let day = first; day <= through; day++) {
    if (await closeDay(world, day, options.by)) days.push(day);
  }
  return { kind: 'closed', days };
}

/** The day after the last closed one; else the one on which the first agreement began. */
export async function firstOpenDay(database: Database): Promise<ClearingDay | undefined> {
  const [last] = await readClosedDays(database, 1);
  if (last !== undefined) return last.day + 1;
  const agreements = await readAgreements(database);
  return agreements.length === 0 ? undefined : Math.min(...agreements.map(({ since }) => since));
}

/** False when somebody else has closed it meanwhile. */
async function closeDay(world: ClearingWorld, day: ClearingDay, by: string): Promise<boolean> {
  const { database, clock } = world;
  const session = database.session('clearing');
  for (let lane = 0; lane < world.lanes; lane++) {
    await session.run([endTime(lane, closesAt(world, day))]);
  }
  // Read after the lanes: whoever joins from now on has nothing in this day.
  const agreements = await readAgreements(database);
  const [slices = []] = await session.run([readClearingSlices(day)]);
  const batches = batchesOf(day, agreements, clearingSlicesFrom(day, slices));
  const written = writeDay(day, batches, by, clock.now());
  try {
    await session.run([{ text: 'begin', values: [] }, ...written, { text: 'commit', values: [] }]);
    return true;
  } catch (error) {
    if ((error as { code?: unknown }).code === uniqueViolation) return false;
    throw error;
  }
}

/** SQLSTATE of a key that is there already: the day was closed by another. */
const uniqueViolation = '23505';
