// How a stretch of time is read beside the payments: in parts of a size, with rests between them.

/** A stretch of time whose journals are read in one statement; `to` is exclusive. */
export interface Part {
  readonly from: number;
  readonly to: number;
}

/** Journals that one statement should read: some 2 ms of one core. */
export const usualRows = 250;
/** The same where each is read with its payment, its request and its leg. */
export const itemRows = 50;
/**
 * How many journals a part of an agreement's items has, where so many of a day's items are its own.
 * A journal has an item on either side of it; what is not its own is only looked at.
 */
export function itemRowsOf(own: number, all: number): number {
  const journals = all / 2;
  const wanted = own === 0 ? usualRows : Math.ceil((itemRows * journals) / own);
  return Math.min(Math.max(wanted, itemRows), usualRows);
}

/** How many times as many a part may have; it is made narrower first where it has more. */
export const mostTimes = 2;
const firstWidthMs = 1_000;
/** A quiet hour is skipped in a few steps, and for a rush after it the step is taken back. */
const fastestGrowth = 4;
const stepBack = 8;

/** The first part of a day, narrow, because nobody knows how much is in it. */
export function firstPart(from: number, end: number): Part {
  return { from, to: Math.min(from + firstWidthMs, end) };
}

/** How many journals the last parts had in how many milliseconds; the older, the less it counts. */
export interface Density {
  readonly rows: number;
  readonly width: number;
}

export const noDensity: Density = { rows: 0, width: 0 };
const remembered = 0.75;

/** The density with one more part, which had so many journals. */
export function densityWith({ rows, width }: Density, part: Part, journals: number): Density {
  return {
    rows: rows * remembered + journals,
    width: width * remembered + (part.to - part.from),
  };
}

/**
 * The part after this one, as wide as is wanted at that density; undefined at the end of the day.
 * Journals of one tick have one time: going by the last part alone, a part between two lumps would
 * make the next one too wide, and that would have to be read again.
 */
export function nextPart(
  part: Part,
  density: Density,
  end: number,
  wanted: number,
): Part | undefined {
  if (part.to >= end) return undefined;
  const width = part.to - part.from;
  const fitting = Math.floor((density.width * wanted) / Math.max(density.rows, 1));
  const next = Math.max(1, Math.min(fitting, width * fastestGrowth));
  return { from: part.to, to: Math.min(part.to + next, end) };
}

/** The beginning of a part that has too much in it; undefined when it has not, or cannot be cut. */
export function narrowerPart(part: Part, rows: number, wanted: number): Part | undefined {
  const width = part.to - part.from;
  if (rows <= mostTimes * wanted || width <= 1) return undefined;
  return { from: part.from, to: part.from + Math.max(1, Math.floor(width / stepBack)) };
}

/** What a reader rests for at most after a statement, in milliseconds. */
const longestRestMs = 20;

/**
 * How long to rest after a statement that took so long: it may have about a seventh of one core.
 * On a busy machine statements take longer, and then the rests do too, up to a limit.
 */
export function pauseAfter(tookMs: number): number {
  return Math.min(Math.max(1, Math.ceil(tookMs * 6)), longestRestMs);
}
