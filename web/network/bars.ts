// How much of a cap is used, as parts of a bar: exact amounts in, percentages for drawing out.

import type { Position } from '../shared/console-contract.ts';

/** Parts of a bar in percent of its length; `over` says that the cap is exceeded. */
export interface CapBar {
  readonly posted: number;
  readonly pending: number;
  readonly owed: bigint;
  readonly over: boolean;
  /** Millionths of the cap, to compare who is nearest to it. */
  readonly used: bigint;
}

/**
 * What a participant owes is debits less credits, pending included, as the hub checks it
 * (architecture.md §4, "holds count"). Without a cap there is no bar, only the amount.
 */
export function capBar(position: Pick<Position, 'posted' | 'pending' | 'cap'>): CapBar {
  const posted = BigInt(position.posted.debits.value) - BigInt(position.posted.credits.value);
  const pending = BigInt(position.pending.debits.value);
  const owed = posted + pending;
  const cap = position.cap === null ? 0n : BigInt(position.cap.value);
  if (cap <= 0n) return { posted: 0, pending: 0, owed, over: false, used: 0n };
  const solid = share(posted, cap);
  const light = Math.min(100 - solid, share(pending, cap));
  const used = owed > 0n ? (owed * 1_000_000n) / cap : 0n;
  return { posted: solid, pending: light, owed, over: owed > cap, used };
}

// The least part of a bar that can be seen.
const leastShown = 0.8;

/** Tenths of a percent are finer than a bar shows, so the number that leaves here is no amount. */
function share(part: bigint, whole: bigint): number {
  if (part <= 0n) return 0;
  if (part >= whole) return 100;
  return Math.max(leastShown, Number((part * 1_000n) / whole) / 10);
}
