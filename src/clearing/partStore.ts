// The parts in which a stretch of time is read, so that none has too much in it.

import type { Clock, Session, Statement } from '../base/world.ts';
import {
  densityWith,
  firstPart,
  longestRestMs,
  mostTimes,
  narrowerPart,
  nextPart,
  noDensity,
  type Part,
  restFor,
  usualRows,
} from './pace.ts';
import { answerAt, readByIndex } from './store.ts';

/** What a reader found in a part, and how many journals that was. */
export interface Found {
  readonly journals: number;
}

/** Reads a part: at most `most` of its journals and one more; all, if that is not said. */
export type ReadPart<What extends Found> = (part: Part, most?: number) => Promise<What>;

/** How many journals are in a part. */
export type CountJournals = ReadPart<Found>;

/**
 * The parts of a stretch of time, in order, with what was found in them. No more is read at once
 * than a part may have, so that the first minute of a rush is never read with a quiet night: what
 * has more is made narrower, and read again. `wanted` is how many journals a part is to have.
 */
export async function* partsOf<What extends Found>(
  from: number,
  end: number,
  read: ReadPart<What>,
  wanted = usualRows,
): AsyncGenerator<Part & What> {
  let part: Part | undefined = from < end ? firstPart(from, end) : undefined;
  let density = noDensity;
  while (part !== undefined) {
    const found = await read(part, mostTimes * wanted);
    const narrower = narrowerPart(part, found.journals, wanted);
    if (narrower !== undefined) {
      density = noDensity;
      part = narrower;
      continue;
    }
    const isAll = found.journals <= mostTimes * wanted;
    const all = isAll ? found : await read(part);
    yield { ...part, ...all };
    density = densityWith(density, part, all.journals);
    part = nextPart(part, density, end, wanted);
  }
}

/** How many journals a stretch of time has; no more than `most` and one, if that is said. */
export function countUpTo(part: Part, most?: number): Statement {
  return {
    name: 'journals.count',
    text:
      'select count(*) from (select from journals ' +
      'where posted_at >= $1 and posted_at < $2 limit $3) j',
    values: [part.from, part.to, most === undefined ? null : most + 1],
  };
}

/** Counts journals on a session that is open for it. */
export function journalsOn(session: Session): CountJournals {
  return async (part, most) => {
    const rows = await session.run(readByIndex(countUpTo(part, most)));
    return { journals: Number(rows[answerAt]?.[0]?.[0] ?? 0) };
  };
}

/**
 * Rests after each part of a close. A timer knows whole milliseconds and is late: what was rested
 * too long or too short after one part is made good after the next ones, as far as one long rest.
 */
export function restBetween(clock: Pick<Clock, 'elapsed' | 'pause'>) {
  let owedMs = 0;
  return async (journals: number): Promise<void> => {
    owedMs += restFor(journals);
    if (owedMs < 1) return;
    const from = clock.elapsed();
    await clock.pause(Math.floor(owedMs));
    owedMs = Math.max(owedMs - (clock.elapsed() - from), -longestRestMs);
  };
}
