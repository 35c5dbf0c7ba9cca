// Reading an account's statement: backwards in pages for those who look, forwards for a file.

import type { Statement } from '../base/world.ts';
import {
  densityWith,
  nextPart,
  noDensity,
  type Part,
  pauseAfter,
  usualRows,
} from '../clearing/pace.ts';
import { partsOf } from '../clearing/partStore.ts';
import { movementsFrom, movementsOfJournals, movementsOfPart } from './movementStore.ts';
import { type Cursor, isBefore, type Movement, type StatementLine, signed } from './statement.ts';
import { boundedRead, countPart, journalsOf, sumsFrom, sumsNow } from './store.ts';
import { balanceOf, type LedgerAccount, noSums } from './sums.ts';
import { type ExplorerWorld, type TrialOutcome, trialAt } from './trialCommands.ts';

export interface PageRequest {
  readonly account: LedgerAccount;
  /** Movements before this place; without it the newest of the time that is asked for. */
  readonly cursor?: Cursor | undefined;
  /** Dated at `from` or later, and before `to`. */
  readonly from?: number | undefined;
  readonly to?: number | undefined;
  readonly reason?: string | undefined;
  readonly most: number;
}

/** A page, the newest movement first. */
export interface StatementPage {
  readonly lines: readonly StatementLine[];
  /** What the account stood at before which the page begins: after its newest line. */
  readonly closing: bigint;
  /** Where older ones are looked for; null when there is nothing older in the time asked for. */
  readonly next: Cursor | null;
  /** Everything since then was looked at. */
  readonly lookedTo: number;
}

export type PageOutcome =
  | { readonly kind: 'read'; readonly page: StatementPage }
  | Exclude<TrialOutcome, { kind: 'read' }>;

/** How far back the first look goes: longer than any tick takes to commit. */
const firstWidthMs = 2_000;
/** A page is shown with what was found by then, and goes on from there. */
const pageMs = 1_500;
const balanceMs = 15_000;

/** One page of a statement. It reads few journals at a time, whatever was asked for. */
export async function readPage(world: ExplorerWorld, request: PageRequest): Promise<PageOutcome> {
  const { account, cursor, to, reason, most } = request;
  const { database, clock } = world;
  const floor = Math.max(request.from ?? 0, account.since);
  const ends = clock.elapsed() + pageMs;
  let balance = cursor?.balance;
  if (balance === undefined && to !== undefined && to <= clock.now()) {
    const outcome = await trialAt(world, to, balanceMs);
    if (outcome.kind !== 'read') return outcome;
    balance = balanceOf(outcome.trial.sums.get(account.accountId) ?? noSums);
  }
  const end = cursor === undefined ? to : cursor.at + 1;
  let part = backFrom(Math.min(end ?? Number.POSITIVE_INFINITY, clock.now()), firstWidthMs, floor);
  let isOpen = end === undefined || end > clock.now();
  let closing = balance;
  const lines: StatementLine[] = [];
  for (;;) {
    const began = clock.elapsed();
    // The newest part has no end, and is read in one look with the balance that it leads to.
    const read: Part = isOpen ? { from: part.from, to: Number.MAX_SAFE_INTEGER } : part;
    const rows = await boundedRead(database, statementsOf(account.accountId, read));
    balance ??= balanceOf(sumsFrom(rows[2] ?? []).get(account.accountId) ?? noSums);
    closing ??= balance;
    isOpen = false;
    for (const movement of movementsFrom(rows[0] ?? []).reverse()) {
      if (cursor !== undefined && !isBefore(movement, cursor)) continue;
      const line = { ...movement, balance };
      balance -= signed(movement);
      if (reason !== undefined && reason !== movement.reason) continue;
      lines.push(line);
      if (lines.length === most) {
        const { at, journalNumber, ordinal } = movement;
        const next = { at, journalNumber, ordinal, balance };
        return { kind: 'read', page: { lines, closing, next, lookedTo: at } };
      }
    }
    const lookedTo = part.from;
    if (lookedTo <= floor) return { kind: 'read', page: { lines, closing, next: null, lookedTo } };
    if (clock.elapsed() > ends) {
      const next = { at: lookedTo, journalNumber: 0, ordinal: 0, balance };
      return { kind: 'read', page: { lines, closing, next, lookedTo } };
    }
    const journals = Number(rows[1]?.[0]?.[0] ?? 0);
    if (journals > 0) await clock.pause(pauseAfter(clock.elapsed() - began));
    part = backFrom(lookedTo, widthAfter(part, journals), floor);
  }
}

const statementsOf = (accountId: number, part: Part): Statement[] => [
  movementsOfPart(accountId, part),
  countPart(part),
  sumsNow(accountId),
];

function backFrom(to: number, width: number, floor: number): Part {
  return { from: Math.max(Math.min(floor, to), to - width), to };
}

/** Looking back goes at the same pace as looking forwards. */
function widthAfter(part: Part, journals: number): number {
  const first = { from: 0, to: part.to - part.from };
  const next = nextPart(
    first,
    densityWith(noDensity, first, journals),
    Number.MAX_SAFE_INTEGER,
    usualRows,
  );
  return next === undefined ? firstWidthMs : next.to - next.from;
}

/** The movements of an account in some journals of one lane: all that a payment did to it. */
export async function readOfJournals(
  { database }: ExplorerWorld,
  account: LedgerAccount,
  lane: number,
  journalNumbers: readonly number[],
): Promise<readonly Movement[]> {
  const statement = movementsOfJournals(account.accountId, lane, journalNumbers);
  const [rows = []] = await boundedRead(database, [statement]);
  return movementsFrom(rows);
}

/**
 * All movements of a stretch of time in the order in which they were made, some thousand at a time,
 * each with the balance after it; `opening` is what the account stood at before them.
 */
export async function* readStatement(
  { database, clock }: ExplorerWorld,
  account: LedgerAccount,
  time: Part,
  opening: bigint,
): AsyncGenerator<readonly StatementLine[]> {
  let balance = opening;
  const from = Math.min(Math.max(time.from, account.since), time.to);
  for await (const part of partsOf(from, time.to, journalsOf(database))) {
    if (part.journals === 0) continue;
    const began = clock.elapsed();
    const [rows = []] = await boundedRead(database, [movementsOfPart(account.accountId, part)]);
    const took = clock.elapsed() - began;
    const lines: StatementLine[] = [];
    for (const movement of movementsFrom(rows)) {
      balance += signed(movement);
      lines.push({ ...movement, balance });
    }
    if (lines.length > 0) yield lines;
    await clock.pause(pauseAfter(took));
  }
}
