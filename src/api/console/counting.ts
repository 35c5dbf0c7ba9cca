// How many payments stand in each state: what was counted is remembered, so that a look reads only
// what is new, what was in process, and what was cancelled since (docs/decisions/0045).

import { numberFrom, slotCount } from '../../base/id.ts';
import type { Clock, Database } from '../../base/world.ts';
import { pauseAfter } from '../../clearing/pace.ts';
import {
  type CountStep,
  countPiece,
  countStepFrom,
  type LaneCount,
  pieceRows,
  readCounts,
  writeCount,
} from './countStore.ts';

/** All payments of the network by state, as far as they are counted. */
export interface StateCounts {
  readonly processing: number;
  readonly success: number;
  readonly failed: number;
  readonly closed: number;
  /** Payments made since then are still to be counted (milliseconds); null: all are counted. */
  readonly countedTo: number | null;
}

export interface Counting {
  /** The counts up to now; what they were at last where that takes longer than a moment. */
  find(): Promise<StateCounts>;
  /** Ends what is under way. */
  stop(): Promise<void>;
}

export interface CountingWorld {
  readonly database: Database;
  readonly clock: Pick<Clock, 'elapsed' | 'pause'>;
  readonly lanes: () => number;
  /** Told of a count that failed while nobody waited for it. */
  readonly failed: (error: unknown) => void;
}

/** A page waits this long for what is new; the first count of a large network goes on behind it. */
const patienceMs = 500;
/** After so many payments of a lane its counts are written down: a start reads no more of it. */
const writtenEvery = 20_000;
/** With more in process than this they are not: the row would be large, and soon be another. */
const mostOpenWritten = 10_000;

/** Nothing is counted, so that no cancellation concerns it. */
export const uncounted: LaneCount = {
  countedTo: 0,
  countedAt: 0,
  cancelledTo: Number.MAX_SAFE_INTEGER,
  success: 0,
  failed: 0,
  closed: 0,
  open: [],
};

/**
 * The counts after a step that asked for some of those in process. A lane gives out its numbers one
 * after the other under a lock, so nothing new ever has a number that was passed, and a counted
 * payment changes in two ways only: it was in process and ends, or it was paid and is cancelled,
 * which has a journal of a later number.
 */
function afterStep(count: LaneCount, asked: ReadonlySet<number>, step: CountStep): LaneCount {
  const open = new Set(count.open);
  // Whatever is in process by our books is counted when it has ended, as what it is then.
  const taken = step.cancelled.filter(({ paymentNumber }) => !open.has(paymentNumber)).length;
  const without = { ...count, success: count.success - taken, closed: count.closed + taken };
  if (step.cancelled.length === pieceRows) {
    // More were cancelled: until all are in, the rest of the step is later than the counts.
    return { ...without, cancelledTo: step.cancelled.at(-1)?.journal ?? count.cancelledTo };
  }
  const { fresh, ended } = step;
  const now = (state: string) => ended.filter((each) => each.state === state).length;
  for (const { paymentNumber } of ended) open.delete(paymentNumber);
  return {
    countedTo: Math.max(count.countedTo, fresh.last),
    countedAt: Math.max(count.countedAt, fresh.lastAt),
    cancelledTo: numberFrom(step.sequence, slotCount - 1),
    success: without.success + now('SUCCESS') + fresh.success,
    failed: without.failed + now('FAILED') + fresh.failed,
    closed: without.closed + now('CLOSED') + fresh.closed,
    // Those that were not asked for come first the next time.
    open: [
      ...[...open].filter((each) => !asked.has(each)),
      ...[...open].filter((each) => asked.has(each)),
      ...fresh.open,
    ],
  };
}

/** A lane on its way to now. */
interface Way {
  readonly lane: number;
  /** How many in process are still to be asked for; never less than none. */
  unasked: number;
  isDone: boolean;
}

/** Counts payments, and remembers what it counted. */
export function rememberCounts(world: CountingWorld): Counting {
  const { database, clock, failed } = world;
  const counts = new Map<number, LaneCount>();
  const written = new Map<number, number>();
  /** The lanes that are not counted up to now. */
  let ways: readonly Way[] = [];
  let isStopping = false;
  let run: Promise<void> | undefined;
  const of = (lane: number) => counts.get(lane) ?? uncounted;

  const step = async (way: Way): Promise<void> => {
    const count = of(way.lane);
    const asked = count.open.slice(0, Math.min(pieceRows, way.unasked));
    const rows = await database.session('counts').run(countPiece(way.lane, count, asked));
    const read = countStepFrom(rows);
    const after = afterStep(count, new Set(asked), read);
    counts.set(way.lane, after);
    if (read.cancelled.length === pieceRows) return;
    way.unasked -= asked.length;
    way.isDone = way.unasked === 0 && read.fresh.rows < pieceRows;
    await writeDown(way.lane, after);
  };
  const writeDown = async (lane: number, count: LaneCount): Promise<void> => {
    const all = count.success + count.failed + count.closed;
    const isDue = all - (written.get(lane) ?? 0) >= writtenEvery;
    if (!isDue || count.open.length > mostOpenWritten) return;
    await writeCount(database, lane, count);
    written.set(lane, all);
  };
  const setOut = () => {
    const lanes = Array.from({ length: world.lanes() }, (_, lane) => lane);
    ways = lanes.map((lane) => ({ lane, unasked: of(lane).open.length, isDone: false }));
  };
  const countOn = async (): Promise<void> => {
    // Whoever asks before anything was read must not be told that nothing is to be counted.
    setOut();
    for (const [lane, known] of await readCounts(database)) {
      if (known.countedTo <= of(lane).countedTo) continue;
      counts.set(lane, known);
      written.set(lane, known.success + known.failed + known.closed);
    }
    setOut();
    while (ways.length > 0 && !isStopping) {
      // The lane that is furthest behind, so that all that was made up to some time is counted.
      const way = ways.reduce((a, b) => (of(b.lane).countedAt < of(a.lane).countedAt ? b : a));
      const began = clock.elapsed();
      await step(way);
      ways = ways.filter((each) => !each.isDone);
      // What every look reads is little; a long way is gone with rests.
      if (!way.isDone) await clock.pause(pauseAfter(clock.elapsed() - began));
    }
  };
  const sum = (): StateCounts => {
    const all = Array.from({ length: world.lanes() }, (_, lane) => of(lane));
    const total = (pick: (count: LaneCount) => number) =>
      all.reduce((before, count) => before + pick(count), 0);
    return {
      processing: total(({ open }) => open.length),
      success: total(({ success }) => success),
      failed: total(({ failed: several }) => several),
      closed: total(({ closed }) => closed),
      countedTo: ways.length === 0 ? null : Math.min(...ways.map(({ lane }) => of(lane).countedAt)),
    };
  };
  return {
    async find() {
      run ??= countOn().finally(() => {
        run = undefined;
      });
      const here = run;
      let isLate = false;
      const told = here.catch((error: unknown) => {
        if (!isLate) throw error;
        failed(error);
      });
      const late = clock.pause(patienceMs).then(() => {
        isLate = true;
      });
      await Promise.race([told, late]);
      return sum();
    },
    async stop() {
      isStopping = true;
      await run?.catch(() => undefined);
    },
  };
}
