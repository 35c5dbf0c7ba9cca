// The parts in which a stretch of time is read: counted first, so that none has too much in it.

import type { Session, Statement } from '../base/world.ts';
import { firstPart, mostRows, narrowerPart, nextPart, type Part } from './pace.ts';
import { answerAt, readByIndex } from './store.ts';

/** How many journals are in a part; no more are counted than `most` and one. */
export type CountJournals = (part: Part, most: number) => Promise<number>;

/**
 * The parts of a stretch of time, in order, with their journals: each counted before it is read, so
 * that the first minute of a rush is never read together with a quiet night.
 */
export async function* partsOf(
  from: number,
  end: number,
  count: CountJournals,
): AsyncGenerator<Part & { readonly journals: number }> {
  let part: Part | undefined = from < end ? firstPart(from, end) : undefined;
  while (part !== undefined) {
    const journals = await count(part, mostRows);
    const narrower = narrowerPart(part, journals);
    if (narrower === undefined) yield { ...part, journals };
    part = narrower ?? nextPart(part, journals, end);
  }
}

/** How many journals a stretch of time has; no more are looked for than `most` and one. */
export function countUpTo(part: Part, most: number): Statement {
  return {
    name: 'journals.count',
    text:
      'select count(*) from (select from journals ' +
      'where posted_at >= $1 and posted_at < $2 limit $3) j',
    values: [part.from, part.to, most + 1],
  };
}

/** Counts journals on a session that is open for it. */
export function journalsOn(session: Session): CountJournals {
  return async (part, most) => {
    const rows = await session.run(readByIndex(countUpTo(part, most)));
    return Number(rows[answerAt]?.[0]?.[0] ?? 0);
  };
}
