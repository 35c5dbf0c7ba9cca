// The wide tick: a lane that lacks quota borrows it from the others, with every lane locked.

import type { Row, Statement } from '../base/world.ts';
import type { QuotaNeed, QuotaSlice } from './command.ts';
import type { RunningOptions } from './engine.ts';
import {
  begin,
  decideAndWrite,
  failedTick,
  lockLane,
  type TickOutcome,
  type Waiting,
} from './tick.ts';

/**
 * Decides commands that a plain tick deferred. Lanes are locked in ascending order, so two wide
 * ticks cannot block each other (citus.md rule 12); after it a refusal for lack of quota is final.
 */
export async function runWideTick<Keys, Facts, Changes>(
  options: RunningOptions<Keys, Facts, Changes>,
  lane: number,
  batch: readonly Waiting<Keys, Facts, Changes>[],
): Promise<TickOutcome<Waiting<Keys, Facts, Changes>>> {
  const session = options.database.session('lane:wide');
  const lanes = Array.from({ length: options.lanes }, (_, index) => index);
  try {
    const needs = needsOf(batch);
    const reads = needs.flatMap(({ quota }) => lanes.map((each) => quota.read(each)));
    const opened = await session.run([begin, ...lanes.map(lockLane), ...reads]);
    const moves = movesOf(options.lanes, lane, needs, opened.slice(1 + lanes.length));
    // The lane's lock is taken again: it is already ours, and its row is what the tick reads.
    return await decideAndWrite(options, session, lane, batch, [...moves, lockLane(lane)], true);
  } catch (error) {
    return failedTick(options, lane, error);
  }
}

/** What the batch needs of each quota, summed. */
function needsOf(batch: readonly { readonly deferral?: readonly QuotaNeed[] }[]): QuotaNeed[] {
  const needs = new Map<string, QuotaNeed>();
  for (const { quota, need } of batch.flatMap((item) => item.deferral ?? [])) {
    const before = needs.get(quota.name)?.need ?? 0n;
    needs.set(quota.name, { quota, need: before + need });
  }
  return [...needs.values()];
}

function movesOf(
  lanes: number,
  lane: number,
  needs: readonly QuotaNeed[],
  rows: readonly (readonly Row[])[],
): Statement[] {
  const moves: Statement[] = [];
  let next = 0;
  for (const { quota, need } of needs) {
    const slices: QuotaSlice[] = [];
    for (let each = 0; each < lanes; each++) {
      const slice = quota.slice(each, rows[next++] ?? []);
      if (slice !== undefined) slices.push(slice);
    }
    for (const moved of moveQuota(slices, lane, need)) {
      moves.push(quota.write(moved.lane, moved.quota));
    }
  }
  return moves;
}

/**
 * Moves free quota to `lane`: at least what is needed as far as the others have it, and half of
 * what they have beyond, so that the next payment need not come back. The sum stays the same.
 */
export function moveQuota(
  slices: readonly QuotaSlice[],
  lane: number,
  need: bigint,
): { lane: number; quota: bigint }[] {
  const home = slices.find((slice) => slice.lane === lane);
  if (home === undefined) return [];
  const left = (slice: QuotaSlice) => slice.quota - slice.used;
  const others = slices.filter((slice) => slice.lane !== lane);
  // A lane over its quota (its cap was lowered) counts against what the others have left.
  const all = others.reduce((sum, slice) => sum + left(slice), 0n);
  const spare = all > 0n ? all : 0n;
  if (need <= left(home)) return [];
  const missing = need - left(home);
  let wanted = missing >= spare ? spare : missing + (spare - missing) / 2n;
  const moves: { lane: number; quota: bigint }[] = [];
  let gained = 0n;
  for (const slice of others) {
    const taken = left(slice) < wanted ? left(slice) : wanted;
    if (taken <= 0n) continue;
    moves.push({ lane: slice.lane, quota: slice.quota - taken });
    wanted -= taken;
    gained += taken;
  }
  if (gained > 0n) moves.push({ lane, quota: home.quota + gained });
  return moves;
}
