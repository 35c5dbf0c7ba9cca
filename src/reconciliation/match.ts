// The comparison itself: two lists in the order of their keys go side by side, and what differs is
// named. Nothing is held but the lines of one key.

import type { ClearingDay } from '../calendar/clearingDay.ts';
import type { Line, Unreadable } from './line.ts';

/** All kinds of difference, in the order in which they are shown; the last six are the bank's. */
export const breakKinds = [
  'amount_differs',
  'currency_differs',
  'missing_here',
  'missing_there',
  'duplicate_here',
  'duplicate_there',
  'other_day',
  'unreadable',
  'charges_deducted',
  'direction_differs',
  'not_sent',
  'value_date_differs',
  'several_batches',
  'balance_differs',
] as const;

export type BreakKind = (typeof breakKinds)[number];

/** One side of a difference. */
interface Side {
  readonly currency: string;
  readonly amount: bigint;
}

/** A difference as the comparison finds it. */
export interface FoundBreak {
  readonly kind: BreakKind;
  readonly key: string;
  readonly lineNumber: number | null;
  /** What the network has; of a second line of theirs, what the first was held against. */
  readonly ours: Side | null;
  readonly theirs: Side | null;
  /** Theirs less ours in minor units: what the partner's word would change; null between moneys. */
  readonly difference: bigint | null;
  /** The day that the other side has it on. */
  readonly otherDay: ClearingDay | null;
  readonly problem: string | null;
}

export type Outcome = { readonly kind: 'matched' } | FoundBreak;

const matched: Outcome = { kind: 'matched' };

/**
 * Compares two lists that are in the order of their keys. `day` is the day that both are about: a
 * line that says another one is on another day, if it is right in all else.
 */
export function* compare(
  ours: Iterable<Line>,
  theirs: Iterable<Line>,
  day: ClearingDay,
): Generator<Outcome> {
  const left = groups(ours);
  const right = groups(theirs);
  let [here, there] = [left.next(), right.next()];
  while (!here.done || !there.done) {
    const hereFirst = there.done || (!here.done && here.value[0].key < there.value[0].key);
    const thereFirst = here.done || (!there.done && there.value[0].key < here.value[0].key);
    yield* compareGroup(
      thereFirst || here.done ? [] : here.value,
      hereFirst || there.done ? [] : there.value,
      day,
    );
    if (!thereFirst) here = left.next();
    if (!hereFirst) there = right.next();
  }
}

type Group = [Line, ...Line[]];

/** Lines of one key, together. */
function* groups(lines: Iterable<Line>): Generator<Group, undefined> {
  let group: Group | undefined;
  for (const line of lines) {
    if (group !== undefined && group[0].key === line.key) {
      group.push(line);
      continue;
    }
    if (group !== undefined) {
      if (group[0].key > line.key) throw new Error(`lines are not in order: ${line.key}`);
      yield group;
    }
    group = [line];
  }
  if (group !== undefined) yield group;
  return undefined;
}

/**
 * Lines of one key from both sides. Those that are alike belong together, wherever they stand; the
 * rest in their order; what is then left over is a duplicate, or, with nothing to be a duplicate
 * of, missing on the other side.
 */
function* compareGroup(
  ours: readonly Line[],
  theirs: readonly Line[],
  day: ClearingDay,
): Generator<Outcome> {
  const [mine, yours] = [[...ours], [...theirs]];
  for (const isAlike of [isSame(day), isSameMoney]) {
    for (let at = 0; at < mine.length; at += 1) {
      const other = yours.findIndex((each) => isAlike(mine[at] as Line, each));
      if (other < 0) continue;
      const [own, its] = [mine.splice(at, 1)[0] as Line, yours.splice(other, 1)[0] as Line];
      at -= 1;
      yield isSame(day)(own, its) ? matched : onOtherDay(own, its);
    }
  }
  const pairs = Math.min(mine.length, yours.length);
  for (let at = 0; at < pairs; at += 1) {
    yield differing(mine[at] as Line, yours[at] as Line);
  }
  for (const [at, line] of mine.slice(pairs).entries()) {
    const isFirst = theirs.length === 0 && at === 0;
    const kind = isFirst ? 'missing_there' : 'duplicate_here';
    yield found(kind, line, isFirst ? null : (theirs[0] ?? null), -line.amount);
  }
  for (const [at, line] of yours.slice(pairs).entries()) {
    const isFirst = ours.length === 0 && at === 0;
    const kind = isFirst ? 'missing_here' : 'duplicate_there';
    yield found(kind, isFirst ? null : (ours[0] ?? null), line, line.amount);
  }
}

const isSameMoney = (a: Line, b: Line) => a.currency === b.currency && a.amount === b.amount;

const isSame = (day: ClearingDay) => (own: Line, its: Line) =>
  isSameMoney(own, its) && (its.day === null || its.day === day);

function onOtherDay(own: Line, its: Line): FoundBreak {
  return { ...found('other_day', own, its, 0n), otherDay: its.day };
}

function differing(own: Line, its: Line): FoundBreak {
  return own.currency === its.currency
    ? found('amount_differs', own, its, its.amount - own.amount)
    : found('currency_differs', own, its, null);
}

const sideOf = (line: Line | null): Side | null =>
  line && { currency: line.currency, amount: line.amount };

function found(
  kind: BreakKind,
  own: Line | null,
  its: Line | null,
  difference: bigint | null,
): FoundBreak {
  return {
    kind,
    key: (its ?? own)?.key ?? '',
    lineNumber: its?.lineNumber ?? null,
    ours: sideOf(own),
    theirs: sideOf(its),
    difference,
    otherDay: null,
    problem: null,
  };
}

/** A line that could not be read, as a break: it is never dropped. */
export function unreadableBreak({ lineNumber, problem }: Unreadable): FoundBreak {
  return {
    ...found('unreadable', null, null, null),
    key: `line/${lineNumber}`,
    lineNumber,
    problem,
  };
}

/**
 * What makes a break the same one in another file: which sides there are and their money, not the
 * kind, because the days around may explain it later, and not the line, because lines move.
 */
export function fingerprintOf({ ours, theirs, problem, otherDay, kind }: FoundBreak): string {
  const side = (each: Side | null) => (each === null ? '-' : `${each.currency} ${each.amount}`);
  const isSecond = kind === 'duplicate_here' || (kind === 'duplicate_there' && ours !== null);
  const dated = ours !== null && theirs !== null && otherDay !== null ? ` ${otherDay}` : '';
  return `${isSecond ? '2 ' : ''}${side(ours)} / ${side(theirs)}${dated} ${problem ?? ''}`.trim();
}
