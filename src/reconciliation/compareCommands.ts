// Comparing two lists of any length: both are put on disk in parts, then each part is matched in
// memory. Breaks come out some hundred at a time.

import type { ClearingDay } from '../calendar/clearingDay.ts';
import type { ReadLine } from './csv.ts';
import type { Line } from './line.ts';
import { compare, type FoundBreak, fingerprintOf, unreadableBreak } from './match.ts';
import { openSpill, partsFor, type Spill } from './spillStore.ts';

/** Both lists, some thousand at a time, in any order. */
export interface Lists {
  readonly ours: AsyncIterable<readonly Line[]>;
  readonly theirs: AsyncIterable<readonly ReadLine[]>;
}

export interface CompareOptions {
  readonly day: ClearingDay;
  /** Where parts may be written while it runs. */
  readonly directory: string;
  /** About how many lines both have together: decides only how small the parts are. */
  readonly expectedLines: number;
}

/** A break with what makes it the same one in another run. */
export interface NumberedBreak extends FoundBreak {
  readonly fingerprint: string;
}

/** Takes breaks as they are found. */
export type TakeBreaks = (breaks: readonly NumberedBreak[]) => Promise<void>;

export interface Compared {
  /** Lines of the file, unreadable ones too, and items of the network. */
  readonly lines: number;
  readonly items: number;
  readonly matched: number;
}

const handedOver = 500;

/** Compares; each break is handed over once. */
export async function compareLists(
  { ours, theirs }: Lists,
  { day, directory, expectedLines }: CompareOptions,
  take: TakeBreaks,
): Promise<Compared> {
  const parts = partsFor(expectedLines);
  const spills: Spill[] = [];
  const spill = () => {
    const opened = openSpill(directory, parts);
    spills.push(opened);
    return opened;
  };
  try {
    const [here, there] = [spill(), spill()];
    const out = collected(take);
    for await (const lines of ours) for (const line of lines) here.add(line);
    let unreadable = 0;
    for await (const lines of theirs) {
      for (const read of lines) {
        if (read.kind === 'line') there.add(read.line);
        else {
          unreadable += 1;
          await out.add(unreadableBreak(read.unreadable));
        }
      }
    }
    let matched = 0;
    for (let part = 0; part < parts; part += 1) {
      for (const outcome of compare(here.part(part), there.part(part), day)) {
        if (outcome.kind === 'matched') matched += 1;
        else await out.add(outcome);
      }
    }
    await out.end();
    return { lines: there.count + unreadable, items: here.count, matched };
  } finally {
    for (const each of spills) each.close();
  }
}

/** Hands breaks over in batches; several alike of one key are told apart by a number. */
function collected(take: TakeBreaks) {
  let waiting: NumberedBreak[] = [];
  let key = '';
  let alike = new Map<string, number>();
  return {
    async add(found: FoundBreak): Promise<void> {
      // All breaks of a key come one after the other.
      if (found.key !== key) {
        key = found.key;
        alike = new Map();
      }
      const plain = fingerprintOf(found);
      const before = alike.get(plain) ?? 0;
      alike.set(plain, before + 1);
      const fingerprint = before === 0 ? plain : `${plain} #${before + 1}`;
      waiting.push({ ...found, fingerprint });
      if (waiting.length < handedOver) return;
      const batch = waiting;
      waiting = [];
      await take(batch);
    },
    async end(): Promise<void> {
      if (waiting.length > 0) await take(waiting);
      waiting = [];
    },
  };
}
