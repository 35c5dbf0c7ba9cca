// Creating the network in a fresh database: lanes and the first table of rates.

import type { Database } from '../base/world.ts';
import { publishedRates } from '../fx/published.ts';
import { storedRateDate, writeRates } from '../fx/store.ts';
import { createLanes, readLanes } from '../network/store.ts';

/** Two lanes fill two cores and still batch well (facts/engine.md); a cluster takes 64 or more. */
const usualLanes = 2;

/** Lanes and sample rates, where they are not there yet. `lanes` counts only for a new network. */
export async function ensureNetwork(
  database: Database,
  now: number,
  lanes = usualLanes,
): Promise<void> {
  if ((await readLanes(database)) === undefined) await createLanes(database, lanes);
  if ((await storedRateDate(database)) === undefined) {
    await writeRates(database, publishedRates(), now);
  }
}
