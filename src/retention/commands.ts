// Trimming: what is over is taken away in small pieces with rests, so that payments do not notice.

import type { Timing } from '../base/limits.ts';
import type { Clock, Database } from '../base/world.ts';
import { pauseAfter } from '../clearing/pace.ts';
import { type KeptKind, keptKinds, overBefore, placesOf } from './kept.ts';
import {
  noteTrims,
  pieceAt,
  pieceFrom,
  readPiece,
  readPositions,
  removedAt,
  removePiece,
  rowsOfPiece,
  sampledAccounts,
  type Trimmed,
  trimSession,
  walks,
  writePosition,
} from './store.ts';

export interface TrimWorld {
  readonly database: Database;
  readonly clock: Pick<Clock, 'now' | 'elapsed' | 'pause'>;
  /** Real time, where the network's own is ahead of it. */
  readonly realNow: () => number;
  readonly lanes: number;
  readonly timing: Timing;
}

/**
 * Takes away what is over, kind by kind, and notes what that was. It may be broken off at any
 * piece: what is gone stays gone, and the rest goes with the next look. Several processes may trim
 * at once; each counts what it took itself.
 */
export async function trim(world: TrimWorld): Promise<readonly Trimmed[]> {
  const { database, clock, timing, lanes } = world;
  const now = { now: clock.now(), realNow: world.realNow() };
  const positions = await readPositions(database);
  const places = { lanes, accounts: await sampledAccounts(database) };
  const trimmed: Trimmed[] = [];
  try {
    for (const kind of keptKinds) {
      const before = overBefore(kind, timing, now);
      for (const place of placesOf(kind, places)) {
        const from = positions.get(`${kind} ${place}`) ?? walks[kind].start;
        for await (const rows of trimPlace(world, { kind, place, from, before })) {
          if (rows > 0) count(trimmed, { kind, before, rows });
        }
      }
    }
  } finally {
    if (trimmed.length > 0) await noteTrims(database, now.now, trimmed);
  }
  return trimmed;
}

function count(trimmed: Trimmed[], more: Trimmed): void {
  const last = trimmed.at(-1);
  if (last?.kind === more.kind)
    trimmed[trimmed.length - 1] = { ...more, rows: last.rows + more.rows };
  else trimmed.push(more);
}

interface Stretch {
  readonly kind: KeptKind;
  readonly place: number;
  /** Where the look begins: behind this key. */
  readonly from: string;
  readonly before: number;
}

/** Looks through one place, and says of each piece how many rows it took away. */
async function* trimPlace(world: TrimWorld, stretch: Stretch): AsyncGenerator<number> {
  const { database, clock } = world;
  const { kind, place, from } = stretch;
  const session = database.session(trimSession);
  const before = beforeText(kind, stretch.before);
  let position = from;
  let noted = from;
  for (let isMore = true; isMore; ) {
    const began = clock.elapsed();
    const rows = await session.run(readPiece(kind, place, position, before));
    const piece = pieceFrom(rows[pieceAt] ?? []);
    position = piece.at(-1)?.key ?? position;
    const keys = piece.filter(({ isOver }) => isOver).map(({ key }) => key);
    if (keys.length > 0) {
      const removed = await session.run(removePiece(kind, place, { keys, position, before }));
      noted = position;
      yield removed[removedAt]?.length ?? 0;
    }
    isMore = piece.length === rowsOfPiece;
    if (isMore) await clock.pause(pauseAfter(clock.elapsed() - began));
  }
  if (walks[kind].isByTime && noted !== position) {
    await session.run(writePosition(kind, place, position));
  }
}

const utc8Ms = 8 * 3_600_000;
const hourLength = 'yyyy-mm-ddThh'.length;

/** An instant as the kind's rows have it: counters have windows of hours and days of UTC+8. */
function beforeText(kind: KeptKind, before: number): string {
  return kind === 'person_counters'
    ? new Date(before + utc8Ms).toISOString().slice(0, hourLength)
    : String(before);
}
