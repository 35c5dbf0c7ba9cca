// Alerts: which levels of what a wallet may owe are reached, and which have fallen back.

import { mostOf, owedOf, type Standing } from './caps.ts';

/** Per cent of what it may owe, where nothing else is set: our rule, no source has one (GAP). */
export const usualLevels: readonly number[] = [50, 80, 95];

/**
 * So many points below its level an alert is over: payments that come and go at a level would else
 * raise it again and again (our rule).
 */
const easingPoints = 2n;

/** A level that was reached; the `eased` three are null as long as it stands. */
export interface CapAlert {
  readonly accountId: number;
  readonly level: number;
  readonly raisedAt: number;
  readonly raisedOwed: bigint;
  readonly raisedMost: bigint;
  readonly easedAt: number | null;
  readonly easedOwed: bigint | null;
  readonly easedMost: bigint | null;
}

/** What a look finds: levels newly reached, and open ones that are over. */
export interface Crossings {
  readonly raised: readonly number[];
  readonly eased: readonly number[];
}

/** Compares a wallet's position with its levels; `open` are those that were raised before. */
export function crossingsOf(
  standing: Standing,
  levels: readonly number[],
  open: readonly number[],
): Crossings {
  const most = mostOf(standing);
  const owed = owedOf(standing);
  const isAt = (percent: bigint) => most !== null && owed > 0n && owed * 100n >= percent * most;
  const raised = levels.filter((level) => isAt(BigInt(level)) && !open.includes(level));
  const eased = open.filter(
    (level) => !levels.includes(level) || !isAt(BigInt(level) - easingPoints),
  );
  return { raised, eased };
}

/** Hundredths of a per cent of what it may owe that are used; null without a bound. */
export function usedBasisPoints(standing: Standing): number | null {
  const most = mostOf(standing);
  const owed = owedOf(standing);
  if (most === null) return null;
  if (owed <= 0n) return 0;
  // Where nothing may be owed and something is, more than all of it is used.
  const part = most === 0n ? 99_999n : (owed * 10_000n) / most;
  return Number(part > 99_999n ? 99_999n : part);
}

/** Levels as `50 80 95`; undefined where the text is no rising list of 1 to 100, ten at most. */
export function readLevels(text: string): number[] | undefined {
  const words = text.split(/[\s,]+/).filter((word) => word !== '');
  if (words.length > 10 || words.some((word) => !/^[0-9]{1,3}$/.test(word))) return undefined;
  const levels = words.map(Number);
  const isRising = levels.every((level, index) => index === 0 || level > (levels[index - 1] ?? 0));
  return isRising && levels.every((level) => level >= 1 && level <= 100) ? levels : undefined;
}
