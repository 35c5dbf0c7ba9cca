// The parts in which a stretch of time is read, so that none has too much in it.

import type { Session, Statement } from '../base/world.ts';
import {
  densityWith,
  firstPart,
  mostTimes,
  narrowerPart,
  nextPart,
  noDensity,
  type Part,
  usualRows,
} from './pace.ts';
import { answerAt, readByIndex } from './store.ts';

/** How many journals a part has: no more than `most` and one, if that is said. */
export type CountJournals = (part: Part, most?: number) => Promise<number>;

/**
 * The parts of a stretch of time, in order, with how many journals they have. No more are counted
 * at once than a part may have, so that the first minute of a rush is never read with a quiet
 * night: what has more is made narrower, and counted again. `wanted` is how many one is to have.
 */
export async function* partsOf(
  from: number,
  end: number,
  count: CountJournals,
  wanted = usualRows,
): AsyncGenerator<Part & { readonly journals: number }> {
  let part: Part | undefined = from < end ? firstPart(from, end) : undefined;
  let density = noDensity;
  while (part !== undefined) {
    const found = await count(part, mostTimes * wanted);
    const narrower = narrowerPart(part, found, wanted);
    if (narrower !== undefined) {
      density = noDensity;
      part = narrower;
      continue;
    }
    const journals = found <= mostTimes * wanted ? found : await count(part);
    yield { ...part, journals };
    density = densityWith(density, part, journals);
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
    return Number(rows[answerAt]?.[0]?.[0] ?? 0);
  };
}
