// The network's list of payments: the newest that fit, looked for back through the lanes together,
// as far as one look may go, and from where the next look goes on (docs/decisions/0045).

import type { Database } from '../../base/world.ts';
import { type Found, type PaymentFilter, type Piece, readListPiece } from './listStore.ts';

/** One look: what was found, and what it did not look at. */
export interface Look {
  /** The newest first. */
  readonly found: readonly Found[];
  /** Where the next look goes on, a number a lane; null where all payments were looked at. */
  readonly further: readonly number[] | null;
  /** Every payment made since then was looked at (milliseconds); null with `further`. */
  readonly lookedTo: number | null;
}

/** Payments of one statement: a millisecond or two of one core. */
const listPieceRows = 2_000;
/** Payments of one look in all lanes: some tenths of a second. */
const rowsOfLook = 200_000;

/** How far a lane was looked through. */
interface Reached {
  readonly lane: number;
  /** Everything from here on was looked at. */
  readonly bottom: number;
  /** When the payment there was made. */
  readonly at: number;
  readonly found: readonly Found[];
  readonly isLast: boolean;
}

/** Reads the next piece of a lane, below a number. */
export type ReadPiece = (lane: number, below: number, rows: number) => Promise<Piece>;

/** The beginning: above every number of every lane. */
export function newest(lanes: number): number[] {
  return Array.from({ length: lanes }, () => Number.MAX_SAFE_INTEGER);
}

/** Looks for the newest payments that fit, below these numbers of the lanes. */
export function lookFor(
  database: Database,
  filter: PaymentFilter,
  below: readonly number[],
  most: number,
  budget = rowsOfLook,
): Promise<Look> {
  return lookBack((lane, from, rows) => readListPiece(database, lane, from, filter, rows), {
    below,
    most,
    budget,
  });
}

/**
 * Looks back in that lane first which was looked through least far, so that all lanes are known
 * down to about one time, and says what is complete down to it.
 */
export async function lookBack(
  read: ReadPiece,
  { below, most, budget }: { below: readonly number[]; most: number; budget: number },
): Promise<Look> {
  let lanes: Reached[] = below.map((bottom, lane) => ({
    lane,
    bottom,
    at: bottom === 0 ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY,
    found: [],
    isLast: bottom === 0,
  }));
  // Nearly all of the newest fit most filters: the first pieces are no larger than what is shown.
  let rows = Math.min(most, listPieceRows);
  // Every lane is looked at once, whatever that costs: without it nothing would be complete.
  const isBegun = () => lanes.every(({ at }) => at !== Number.POSITIVE_INFINITY);
  for (let left = budget; left > 0 || !isBegun(); ) {
    const next = furthestAhead(lanes);
    if (next === undefined || sinceAll(lanes).length >= most) break;
    const piece = await read(next.lane, next.bottom, rows);
    const isLast = piece.rows < rows;
    const after: Reached = {
      lane: next.lane,
      bottom: isLast ? 0 : piece.lowest,
      at: isLast ? Number.NEGATIVE_INFINITY : piece.lowestAt,
      found: [...next.found, ...piece.found],
      isLast,
    };
    lanes = lanes.map((each) => (each.lane === next.lane ? after : each));
    left -= rows;
    if (isBegun()) rows = Math.min(rows * 4, listPieceRows);
  }
  return lookOf(lanes, sinceAll(lanes), most);
}

/** The lane that is not looked through and of which the least is known. */
function furthestAhead(lanes: readonly Reached[]): Reached | undefined {
  return lanes.filter(({ isLast }) => !isLast).sort(leastKnown)[0];
}

/**
 * Payments of one millisecond are in the order of their numbers, in different lanes too: a lane
 * that was looked at down to one of them may have more of them below it.
 */
const leastKnown = (a: Reached, b: Reached) => (b.at === a.at ? b.bottom - a.bottom : b.at - a.at);

const newestFirst = (a: Found, b: Found) =>
  b.createdAt - a.createdAt || b.paymentNumber - a.paymentNumber;

/** What was found down to the payment that every lane was looked through to. */
function sinceAll(lanes: readonly Reached[]): Found[] {
  const [{ at, bottom }] = [...lanes].sort(leastKnown) as [Reached];
  return lanes
    .flatMap(({ found }) => found)
    .filter(
      (each) => each.createdAt > at || (each.createdAt === at && each.paymentNumber >= bottom),
    )
    .sort(newestFirst);
}

function lookOf(lanes: readonly Reached[], complete: readonly Found[], most: number): Look {
  const found = complete.slice(0, most);
  const shown = new Set(found.map(({ paymentNumber }) => paymentNumber));
  // What fits and is not shown begins the next look.
  const further = lanes.map((lane) => {
    const left = lane.found.filter(({ paymentNumber }) => !shown.has(paymentNumber));
    return Math.max(lane.bottom, ...left.map(({ paymentNumber }) => paymentNumber + 1));
  });
  if (further.every((number) => number === 0)) return { found, further: null, lookedTo: null };
  const last = found.at(-1)?.createdAt;
  const at = Math.max(...lanes.map((each) => each.at));
  const isCut = complete.length > most || at === Number.NEGATIVE_INFINITY;
  return { found, further, lookedTo: isCut && last !== undefined ? last : at };
}
