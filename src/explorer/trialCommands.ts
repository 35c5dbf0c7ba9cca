// Trial balances at any moment: from the nearest mark before it, and the journals since.

import type { Clock, Database } from '../base/world.ts';
import { beginningOf, clearingDayOf } from '../calendar/clearingDay.ts';
import { type Part, pauseAfter } from '../clearing/pace.ts';
import { partsOf } from '../clearing/partStore.ts';
import {
  boundedRead,
  journalsOf,
  lastMark,
  type Mark,
  readAccounts,
  readFinalBefore,
  sumPart,
  sumsFrom,
  sumsNow,
  writeMark,
} from './store.ts';
import { addSums, type LedgerAccount, noSums, type Sums, type TrialLine, trialOf } from './sums.ts';

/** What the explorer works on. */
export interface ExplorerWorld {
  readonly database: Database;
  readonly clock: Pick<Clock, 'now' | 'elapsed' | 'pause'>;
}

/** So many journals lie between two marks at most, once their day is over: a few seconds' work. */
const journalsPerMark = 50_000;

/** The books at a moment: of every account all that is dated before it. */
export interface Trial {
  /** Everything dated before this instant is in it; null: everything that is booked by now. */
  readonly before: number | null;
  /** Whether nothing can be added to it any more. */
  readonly isFinal: boolean;
  readonly accounts: readonly LedgerAccount[];
  readonly sums: ReadonlyMap<number, Sums>;
  /** Holds, which only now has: they are in no journal. */
  readonly pending: ReadonlyMap<number, Sums> | null;
  readonly lines: readonly TrialLine[];
}

export type TrialOutcome =
  | { readonly kind: 'read'; readonly trial: Trial }
  /** The moment has not come. */
  | { readonly kind: 'in_future'; readonly now: number }
  /** More lies between the last close and the moment than there was time for. */
  | { readonly kind: 'too_much' };

/** The books as they are now: the sums that every posting is added to, in one look. */
export async function trialNow({ database }: ExplorerWorld): Promise<Trial> {
  const accounts = await readAccounts(database);
  const [rows = []] = await boundedRead(database, [sumsNow(null)]);
  const sums = sumsFrom(rows);
  const pending = sumsFrom(rows.map((row) => [row[0], row[3], row[4]]));
  const lines = trialOf(accounts, sums);
  return { before: null, isFinal: false, accounts, sums, pending, lines };
}

/**
 * The books of a moment. `longestMs` bounds how long it may read, in real time; a moment of a day
 * that was closed needs about a second, however many journals there are.
 */
export async function trialAt(
  world: ExplorerWorld,
  before: number,
  longestMs: number,
): Promise<TrialOutcome> {
  const now = world.clock.now();
  if (before > now) return { kind: 'in_future', now };
  const accounts = await readAccounts(world.database);
  // Asked first: what was final then was so when the journals were read.
  const isFinal = before <= (await readFinalBefore(world.database));
  const mark = await markBefore(world.database, before, accounts);
  const ends = world.clock.elapsed() + longestMs;
  for await (const { to } of sumJournals(world, mark, before)) {
    if (to < before && world.clock.elapsed() > ends) return { kind: 'too_much' };
  }
  const { sums } = mark;
  const lines = trialOf(accounts, sums);
  return { kind: 'read', trial: { before, isFinal, accounts, sums, pending: null, lines } };
}

/**
 * Makes the marks of days that have ended since the last one: at each midnight, and between as
 * often as there are many journals. Called by every hub now and then; of two that make the same
 * mark the second changes nothing. Returns how many were made.
 */
export async function keepMarks(world: ExplorerWorld): Promise<number> {
  const { database } = world;
  const lastEnd = beginningOf(clearingDayOf(await readFinalBefore(database)));
  const accounts = await readAccounts(database);
  const mark = await markBefore(database, lastEnd, accounts);
  let made = 0;
  for (let at = mark.at; at < lastEnd; ) {
    const end = Math.min(beginningOf(clearingDayOf(at) + 1), lastEnd);
    let since = 0;
    for await (const { to, journals } of sumJournals(world, { at, sums: mark.sums }, end)) {
      since += journals;
      if (to < end && since < journalsPerMark) continue;
      await writeMark(database, to, allOf(accounts, mark.sums));
      made += 1;
      since = 0;
    }
    at = end;
  }
  return made;
}

/** Every account has its row, so that a mark of a network where nothing happened is one too. */
function allOf(
  accounts: readonly LedgerAccount[],
  sums: ReadonlyMap<number, Sums>,
): Map<number, Sums> {
  return new Map(accounts.map(({ accountId }) => [accountId, sums.get(accountId) ?? noSums]));
}

/** Without any mark the books begin empty, when their first account was opened. */
async function markBefore(
  database: Database,
  before: number,
  accounts: readonly LedgerAccount[],
): Promise<Mark> {
  const found = await lastMark(database, before);
  if (found !== undefined) return found;
  const at = Math.min(before, ...accounts.map(({ since }) => since));
  return { at, sums: new Map() };
}

/** Adds the journals from a mark up to a moment to the mark's sums, part by part. */
async function* sumJournals(
  { database, clock }: ExplorerWorld,
  { at, sums }: Mark,
  end: number,
): AsyncGenerator<Part & { readonly journals: number }> {
  for await (const part of partsOf(at, end, journalsOf(database))) {
    const began = clock.elapsed();
    const [rows = []] = await boundedRead(database, [sumPart(part)]);
    addSums(sums, sumsFrom(rows));
    const took = clock.elapsed() - began;
    yield part;
    if (part.journals > 0) await clock.pause(pauseAfter(took));
  }
}
