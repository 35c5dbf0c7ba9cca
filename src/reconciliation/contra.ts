// Contra pairs: a payment and its whole return that a wallet has and the network has not, because
// for the network that payment was cancelled and never was.

import { readPublicId } from '../base/id.ts';
import { partsOfKey } from './itemLines.ts';

/** The open breaks of a payment and of a refund of its whole amount, under one id. */
export interface ContraPair {
  readonly paymentBreakId: string;
  readonly refundBreakId: string;
  /** The id of the wallet's leg, by which it was asked to pay, to cancel and to refund. */
  readonly legId: string;
  readonly currency: string;
  /** What the wallet took and gave back: minor units, positive. */
  readonly amount: bigint;
}

/** A wallet's leg as the network's own books have it. */
export interface KnownLeg {
  readonly legId: string;
  readonly walletId: string;
  readonly state: string;
  readonly currency: string;
  /** Minor units that the wallet was to take. */
  readonly amount: bigint;
}

/** The number and part of the leg that a key is about; undefined where it names none. */
export function legOfKey(key: string): { readonly number: number; readonly leg: number } | null {
  const named = readPublicId('leg', partsOfKey(key).id);
  return named?.leg === undefined ? null : { number: named.number, leg: named.leg };
}

/**
 * The pairs that end by themselves. It is not enough that two lines sum to nothing: the network
 * must have had that leg undone at that wallet, for that amount (docs/decisions/0013). A half that
 * may belong to several others is left to persons.
 */
export function provedPairs(
  pairs: readonly ContraPair[],
  legs: ReadonlyMap<string, KnownLeg>,
  walletId: string,
): ContraPair[] {
  const times = new Map<string, number>();
  for (const { paymentBreakId, refundBreakId } of pairs) {
    for (const id of [paymentBreakId, refundBreakId]) times.set(id, (times.get(id) ?? 0) + 1);
  }
  return pairs.filter((pair) => {
    const leg = legs.get(pair.legId);
    const isOnly = times.get(pair.paymentBreakId) === 1 && times.get(pair.refundBreakId) === 1;
    const isUndone = leg?.state === 'REVERSED' && leg.walletId === walletId;
    return isOnly && isUndone && leg.currency === pair.currency && leg.amount === pair.amount;
  });
}
