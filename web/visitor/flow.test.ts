// A payment's state always leads to exactly one screen, and an event never loses a payment.
import { describe, expect, it } from 'vitest';
import type { CustomerState, WalletPayment } from '../shared/contract.ts';
import { creditedUntil, findPayment, groupedDigits, screenOf, withPayment } from './flow.ts';

const now = Date.parse('2026-11-21T10:00:00.000Z');

function payment(change: Partial<WalletPayment>): WalletPayment {
  return {
    paymentRequestId: 'P1',
    walletPaymentId: 'W1',
    status: 'AWAITING_CONFIRMATION',
    product: 'order_code',
    merchantName: 'Noodles',
    orderDescription: 'Noodles',
    amount: { currency: 'CNY', value: '3800' },
    payToAmount: { currency: 'MYR', value: '2394' },
    rate: { pair: 'CNY/MYR', price: '0.6301' },
    createdAt: '2026-11-21T09:59:00.000Z',
    expiresAt: '2026-11-21T10:02:00.000Z',
    ...change,
  };
}

function state(payments: WalletPayment[], pending: WalletPayment | null): CustomerState {
  return {
    wallet: { id: 'TNG', name: 'TNG', market: 'MY', currency: 'MYR' },
    customer: { id: 'C1', name: 'A', balance: { currency: 'MYR', value: '1' } },
    payments,
    pending,
  };
}

describe('the screen of a payment', () => {
  it.each([
    [{ status: 'SUCCESS' }, 'paid'],
    [{ status: 'FAILED' }, 'not_paid'],
    [{ status: 'REVERSED' }, 'reversed'],
    [{ status: 'UNKNOWN' }, 'unknown'],
    [{}, 'review'],
    [{ expiresAt: null }, 'review'],
    [{ expiresAt: '2026-11-21T10:00:00.000Z' }, 'expired'],
  ] as const)('%j is %s', (change, screen) => {
    expect(screenOf(payment(change), now)).toBe(screen);
  });
});

describe('money of a national code that may still come back', () => {
  const finishedAt = '2026-11-21T10:00:00.000Z';
  it('ends a minute after the network gives the push up', () => {
    const until = creditedUntil(payment({ product: 'push', status: 'SUCCESS', finishedAt }));
    expect(until).toBe(now + 16 * 60_000);
  });
  it('is nothing any more once the wallet has heard that the shop has it', () => {
    const paid = payment({ product: 'push', status: 'SUCCESS', finishedAt });
    expect(creditedUntil({ ...paid, creditedAt: finishedAt })).toBeUndefined();
  });
  it('is nothing of any other payment, or of one that is not paid', () => {
    expect(creditedUntil(payment({ status: 'SUCCESS', finishedAt }))).toBeUndefined();
    expect(creditedUntil(payment({ product: 'push' }))).toBeUndefined();
  });
});

describe('an event', () => {
  it('puts a new payment first and makes it pending when it waits for the visitor', () => {
    const old = payment({ paymentRequestId: 'P0', status: 'SUCCESS' });
    const after = withPayment(state([old], null), payment({}));
    expect(after.payments.map((p) => p.paymentRequestId)).toEqual(['P1', 'P0']);
    expect(after.pending?.paymentRequestId).toBe('P1');
  });

  it('replaces a known payment and clears it from pending', () => {
    const before = state([payment({})], payment({}));
    const after = withPayment(before, payment({ status: 'SUCCESS' }));
    expect(after.payments).toHaveLength(1);
    expect(after.pending).toBeNull();
    expect(findPayment(after, 'P1')?.status).toBe('SUCCESS');
  });

  it('leaves another pending payment alone', () => {
    const before = state([], payment({ paymentRequestId: 'P2' }));
    expect(withPayment(before, payment({ status: 'FAILED' })).pending?.paymentRequestId).toBe('P2');
  });
});

describe('words', () => {
  it('groups digits in fours', () => {
    expect(groupedDigits('281006020000000000125733')).toBe('2810 0602 0000 0000 0012 5733');
  });
});
