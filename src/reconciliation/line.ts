// What is compared: one line of a partner's file, or one item of the network, in the same form.

import type { ClearingDay } from '../calendar/clearingDay.ts';

/** A payment, a refund, or a settlement batch, as either side knows it. */
export interface Line {
  /** What it is and its id, `payment/2026112220…`: the same key is the same thing. */
  readonly key: string;
  readonly currency: string;
  /** Minor units, positive to the partner's good. */
  readonly amount: bigint;
  /** The day that the file's line says; null where it says none, and of the network's items. */
  readonly day: ClearingDay | null;
  /** Counted from 1 with the heading; null for the network's items. */
  readonly lineNumber: number | null;
}

/** A line of a file that says nothing that could be compared. */
export interface Unreadable {
  readonly lineNumber: number;
  /** The field and why, with how the line begins. */
  readonly problem: string;
}

export type LineKind = 'payment' | 'refund' | 'batch';

export function keyOf(kind: LineKind, id: string): string {
  return `${kind}/${id}`;
}

/** In the order of their keys, by code units; of equal keys the earlier line comes first. */
export function byKey(a: Line, b: Line): number {
  if (a.key !== b.key) return a.key < b.key ? -1 : 1;
  return (a.lineNumber ?? 0) - (b.lineNumber ?? 0);
}
