// The network's items in the form in which they are compared with a partner's file.

import { laneOfSlot, readPublicId, slotOfNumber } from '../base/id.ts';
import type { ComparedItem } from '../clearing/itemStore.ts';
import { keyOf, type Line } from './line.ts';
import type { AmountKind, IdKind } from './mapping.ts';

/** How items are named and which of their amounts is compared. */
export interface ItemView {
  readonly role: 'wallet' | 'acquirer';
  readonly ids: IdKind;
  readonly amounts: AmountKind;
  readonly currency: string;
}

export function lineOfItem(item: ComparedItem, view: ItemView): Line {
  return {
    key: keyOf(item.kind, idOf(item, view)),
    currency: view.currency,
    amount: view.amounts === 'gross' ? item.gross : item.net,
    day: null,
    lineNumber: null,
  };
}

function idOf({ paymentId, paymentRequestId, legId, refund }: ComparedItem, view: ItemView) {
  if (view.ids === 'network') return refund === null ? paymentId : refund.refundId;
  // A wallet was asked by the network's ids, an acquirer asked by its own.
  if (view.role === 'wallet') return refund === null ? legId : refund.refundAskId;
  return refund === null ? paymentRequestId : refund.refundRequestId;
}

/** A key in its two parts. */
export function partsOfKey(key: string): { readonly isRefund: boolean; readonly id: string } {
  const slash = key.indexOf('/');
  return { isRefund: key.slice(0, slash) === 'refund', id: key.slice(slash + 1) };
}

/** The journal that a key names by its digits alone; undefined where it names none of ours. */
export function journalOf(key: string, view: ItemView): number | undefined {
  const { isRefund, id } = partsOfKey(key);
  if (view.ids === 'network') return readPublicId(isRefund ? 'refund' : 'payment', id)?.number;
  if (view.role === 'acquirer') return undefined;
  return readPublicId(isRefund ? 'refundAsk' : 'leg', id)?.number;
}

/** Numbers by the lane that their rows are in. */
export function byLane(numbers: Iterable<number>, lanes: number): Map<number, number[]> {
  const groups = new Map<number, number[]>();
  for (const number of numbers) {
    const lane = laneOfSlot(slotOfNumber(number), lanes);
    const group = groups.get(lane);
    if (group === undefined) groups.set(lane, [number]);
    else group.push(number);
  }
  return groups;
}
