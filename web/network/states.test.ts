// Every state lies on the map, and the way to it is made of steps that exist.
import { describe, expect, it } from 'vitest';
import type { LegState, PaymentState } from '../shared/console-contract.ts';
import { acquirerMap, legMap, type StateMap, wasTaken } from './states.ts';

const paymentStates: PaymentState[] = ['PROCESSING', 'SUCCESS', 'FAILED', 'CLOSED'];
const legStates: LegState[] = ['SCANNED', 'SUCCESS', 'FAILED', 'REVERSING', 'REVERSED'];

function check(map: StateMap, state: string): void {
  expect(map.taken.at(-1)).toBe(state);
  expect(map.places.map((place) => place.state)).toEqual(expect.arrayContaining([...map.taken]));
  expect(map.steps.filter((step) => wasTaken(map, step))).toHaveLength(map.taken.length - 1);
}

describe('the map of states', () => {
  it.each(paymentStates)('leads the acquirer to %s', (state) => {
    check(acquirerMap(state), state);
  });

  it.each(legStates)('leads an order code to %s', (state) => {
    check(legMap(state, 'order_code'), state);
  });

  it.each([...legStates, 'PAID' as const])('leads a national code to %s', (state) => {
    check(legMap(state, 'push'), state);
  });

  it('leads a payment that was paid to its cancellation', () => {
    check(acquirerMap('CLOSED', true), 'CLOSED');
    check(legMap('REVERSING', 'order_code', true), 'REVERSING');
    check(legMap('REVERSED', 'payment_code', true), 'REVERSED');
  });

  it('begins where the product begins', () => {
    expect(legMap('SUCCESS', 'payment_code').taken[0]).toBe('ASKED');
    expect(legMap('SUCCESS', 'order_code').taken[0]).toBe('SCANNED');
  });
});
