// Creating the network in a fresh database: lanes and the first table of rates.

import { availableParallelism } from 'node:os';
import type { Database } from '../base/world.ts';
import { publishedRates } from '../fx/published.ts';
import { hasRates, writeRates } from '../fx/store.ts';
import { createLanes, readLanes } from '../network/store.ts';

/**
 * Lanes for a new network on a machine of so many cores: half of them, as a power of two. Few lanes
 * batch well; a lane and the process that feeds it keep two cores busy (`npm run bench -- engine`).
 */
export function usualLanes(cores = availableParallelism()): number {
  return Math.min(2 ** Math.floor(Math.log2(Math.max(cores / 2, 1))), mostLanes);
}

/** More are for a cluster of machines, whose operator says so. */
const mostLanes = 16;

/** Lanes and sample rates, where they are not there yet. `lanes` counts only for a new network. */
export async function ensureNetwork(
  database: Database,
  now: number,
  lanes = usualLanes(),
): Promise<void> {
  if ((await readLanes(database)) === undefined) await createLanes(database, lanes);
  if (!(await hasRates(database))) {
    await writeRates(database, publishedRates(), now);
  }
}
