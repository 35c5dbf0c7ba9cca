// The states of a payment and of a wallet's leg as a small map, and the way that one payment took.
import type { LegState, NetworkProduct, PaymentState } from '../shared/console-contract.ts';

export type StateName = PaymentState | LegState;

/** One state on the map: its column from the start, its row among those of the same column. */
export interface StatePlace {
  readonly state: StateName;
  readonly column: number;
  readonly row: number;
}

export interface StateStep {
  readonly from: StateName;
  readonly to: StateName;
}

export interface StateMap {
  readonly places: readonly StatePlace[];
  readonly steps: readonly StateStep[];
  /** The states that were reached, in order. */
  readonly taken: readonly StateName[];
}

/** What the acquirer sees: one open state and three ends (protocol.md §1.8). */
export function acquirerMap(state: PaymentState, wasPaid = false): StateMap {
  if (wasPaid) return cancelledMap;
  const ends = ['SUCCESS', 'FAILED', 'CLOSED'] as const;
  return {
    places: [
      { state: 'PROCESSING', column: 0, row: 1 },
      ...ends.map((end, row) => ({ state: end, column: 1, row })),
    ],
    steps: ends.map((to) => ({ from: 'PROCESSING', to })),
    taken: state === 'PROCESSING' ? ['PROCESSING'] : ['PROCESSING', state],
  };
}

/** A payment that was cancelled after it had been paid. */
const cancelledMap: StateMap = {
  places: [
    { state: 'PROCESSING', column: 0, row: 0 },
    { state: 'SUCCESS', column: 1, row: 0 },
    { state: 'CLOSED', column: 2, row: 0 },
  ],
  steps: [
    { from: 'PROCESSING', to: 'SUCCESS' },
    { from: 'SUCCESS', to: 'CLOSED' },
  ],
  taken: ['PROCESSING', 'SUCCESS', 'CLOSED'],
};

/**
 * A wallet's leg begins asked (the network called it) or scanned (it called the network). A success
 * that may not count is reversed: from an open leg, or after the wallet had said no.
 */
export function legMap(state: LegState, product: NetworkProduct, wasPaid = false): StateMap {
  const asked = product === 'payment_code' || product === 'auto_debit';
  const start = asked ? 'ASKED' : 'SCANNED';
  if (wasPaid) return undoneMap(start, state);
  if (product === 'push') return pushMap(state);
  return {
    places: [
      { state: start, column: 0, row: 1 },
      { state: 'SUCCESS', column: 1, row: 0 },
      { state: 'FAILED', column: 1, row: 1 },
      { state: 'REVERSING', column: 1, row: 2 },
      { state: 'REVERSED', column: 2, row: 2 },
    ],
    steps: [
      { from: start, to: 'SUCCESS' },
      { from: start, to: 'FAILED' },
      { from: start, to: 'REVERSING' },
      { from: 'FAILED', to: 'REVERSING' },
      { from: 'REVERSING', to: 'REVERSED' },
    ],
    taken: legWay(start, state),
  };
}

/** A push: the wallet has debited before the acquirer credits the shop, or does not. */
function pushMap(state: LegState): StateMap {
  const way: Readonly<Record<string, readonly StateName[]>> = {
    PAID: ['SCANNED', 'PAID'],
    SUCCESS: ['SCANNED', 'PAID', 'SUCCESS'],
  };
  return {
    places: [
      { state: 'SCANNED', column: 0, row: 1 },
      { state: 'PAID', column: 1, row: 0 },
      { state: 'SUCCESS', column: 2, row: 0 },
      { state: 'FAILED', column: 1, row: 1 },
      { state: 'REVERSING', column: 1, row: 2 },
      { state: 'REVERSED', column: 2, row: 2 },
    ],
    steps: [
      { from: 'SCANNED', to: 'PAID' },
      { from: 'PAID', to: 'SUCCESS' },
      { from: 'PAID', to: 'REVERSING' },
      { from: 'SCANNED', to: 'FAILED' },
      { from: 'SCANNED', to: 'REVERSING' },
      { from: 'REVERSING', to: 'REVERSED' },
    ],
    taken: way[state] ?? legWay('SCANNED', state),
  };
}

/** A wallet's leg that had paid, and was cancelled since. */
function undoneMap(start: StateName, state: LegState): StateMap {
  const way: readonly StateName[] = [start, 'SUCCESS', 'REVERSING', 'REVERSED'];
  return {
    places: way.map((each, column) => ({ state: each, column, row: 0 })),
    steps: way.slice(1).map((to, index) => ({ from: way[index] as StateName, to })),
    taken: way.slice(0, way.indexOf(state) + 1),
  };
}

function legWay(start: StateName, state: LegState): readonly StateName[] {
  switch (state) {
    case 'ASKED':
    case 'SCANNED':
      return [start];
    case 'PAID':
    case 'SUCCESS':
    case 'FAILED':
    case 'REVERSING':
      return [start, state];
    case 'REVERSED':
      return [start, 'REVERSING', 'REVERSED'];
  }
}

/** Whether the payment went from one of these states straight to the other. */
export function wasTaken(map: StateMap, step: StateStep): boolean {
  const at = map.taken.indexOf(step.from);
  return at >= 0 && map.taken[at + 1] === step.to;
}
