// The watch over caps: looks beside the payments which levels are reached, keeps how positions
// moved, and puts approved caps in force when their time has come.

import { type Clerk, startClerk } from '../base/clerk.ts';
import type { Statement } from '../base/world.ts';
import { crossingsOf } from './alerts.ts';
import { mostOf, owedOf, type Standing } from './caps.ts';
import { applyDueCaps, type CapWorld } from './commands.ts';
import { readStandings } from './store.ts';
import {
  easeAlert,
  raiseAlert,
  readLevelsInForce,
  readOpenLevels,
  writeSample,
} from './watchStore.ts';

/** One sample of a wallet's position at most within this time. */
const sampleMs = 600_000;

/** What a watch wrote last of each account, so that nothing is written twice. */
type Written = Map<number, { readonly at: number; readonly shown: Standing }>;

/** What one look came to. */
export interface Look {
  readonly raised: number;
  readonly eased: number;
  readonly applied: number;
}

/**
 * Looks once. It reads slices outside every lane and takes no lock, so no payment waits for it;
 * what it writes is about alerts and samples only. Several processes may look at once.
 */
export async function lookAtCaps(world: CapWorld, written: Written = new Map()): Promise<Look> {
  const { database, clock } = world;
  const applied = await applyDueCaps(world);
  const [standings, levels, open] = await Promise.all([
    readStandings(database),
    readLevelsInForce(database),
    readOpenLevels(database),
  ]);
  const now = clock.now();
  const writes: Statement[] = [];
  let raised = 0;
  let eased = 0;
  for (const standing of standings) {
    const { accountId, participantId } = standing;
    const own = levels.own.get(participantId) ?? levels.usual;
    const crossed = crossingsOf(standing, own, open.get(accountId) ?? []);
    const owed = owedOf(standing);
    const most = mostOf(standing);
    for (const level of crossed.raised) {
      writes.push(raiseAlert(accountId, level, now, owed, most ?? 0n));
    }
    for (const level of crossed.eased) writes.push(easeAlert(accountId, level, now, owed, most));
    raised += crossed.raised.length;
    eased += crossed.eased.length;
    const sample = sampleOf(standing, now, written);
    if (sample !== undefined) writes.push(sample);
  }
  if (writes.length > 0) {
    await database
      .session('caps watch')
      .run([{ text: 'begin', values: [] }, ...writes, { text: 'commit', values: [] }]);
  }
  return { raised, eased, applied: applied.length };
}

/** The sample to write; undefined where the one that stands says it already. */
function sampleOf(standing: Standing, now: number, written: Written): Statement | undefined {
  const { accountId, cap, deposit } = standing;
  const at = Math.floor(now / sampleMs) * sampleMs;
  const last = written.get(accountId);
  const owed = owedOf(standing);
  const isBounded = last?.shown.cap === cap && last.shown.deposit === deposit;
  // Within its time a sample is the most that was owed; later it is what is owed then.
  const isShown =
    last !== undefined &&
    (last.at === at ? owed <= owedOf(last.shown) : owed === owedOf(last.shown));
  if (isBounded && isShown) return undefined;
  const isLess = last?.at === at && owed < owedOf(last.shown);
  const shown = isLess
    ? { ...standing, posted: last.shown.posted, held: last.shown.held }
    : standing;
  written.set(accountId, { at, shown });
  return writeSample({ accountId, at, owed, cap, deposit });
}

const usualEveryMs = 3_000;

/** Looks every three seconds, as long as the process lives; what failed is tried at the next. */
export function startCapWatch(
  world: () => CapWorld,
  failed: (what: string, error: unknown) => void,
  everyMs = usualEveryMs,
): Clerk {
  const written: Written = new Map();
  return startClerk({
    everyMs,
    async look() {
      await lookAtCaps(world(), written);
    },
    failed(error) {
      // What was not written down is not known to be.
      written.clear();
      failed('looking at caps', error);
    },
  });
}
