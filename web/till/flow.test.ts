// The till never says paid unless the payment succeeded, and never stops asking while it may have.
import { describe, expect, it } from 'vitest';
import type { TillPayment } from '../shared/contract.ts';
import { mustAsk, ofToday, takings, tillScreenOf, withTillPayment } from './flow.ts';

const now = Date.parse('2026-11-21T10:00:00.000Z');

function payment(change: Partial<TillPayment>): TillPayment {
  return {
    paymentRequestId: 'R1',
    paymentId: 'P1',
    product: 'payment_code',
    status: 'PROCESSING',
    amount: { currency: 'CNY', value: '3800' },
    createdAt: '2026-11-21T09:59:55.000Z',
    ...change,
  };
}

const code = { text: 'https://order.test/1', expiresAt: '2026-11-21T10:03:00.000Z' };

describe('the screen of a till', () => {
  it.each([
    [{ status: 'SUCCESS' }, 'paid', false],
    [{ status: 'FAILED' }, 'not_paid', false],
    [{ status: 'CLOSED' }, 'not_paid', false],
    [{ status: 'UNKNOWN' }, 'unknown', true],
    [{}, 'waiting', true],
    [{ createdAt: '2026-11-21T09:59:30.000Z' }, 'unknown', true],
    [{ product: 'order_code', orderCode: code }, 'show_code', true],
    [{ product: 'private_order_code', orderCode: code }, 'show_code', true],
    [{ product: 'push', orderCode: code }, 'show_code', true],
    [{ product: 'push', createdAt: '2026-11-21T09:59:30.000Z' }, 'waiting', true],
    [{ product: 'push', orderCode: code, push: 'WAITING' }, 'crediting', true],
    [{ product: 'push', orderCode: code, push: 'CREDITED' }, 'crediting', true],
    [{ product: 'push', push: 'CREDITED', status: 'SUCCESS' }, 'paid', false],
    [{ product: 'push', push: 'TAKEN_BACK', status: 'CLOSED' }, 'not_paid', false],
    [
      { product: 'order_code', orderCode: { ...code, expiresAt: '2026-11-21T10:00:00.000Z' } },
      'expired',
      true,
    ],
  ] as const)('%j is %s', (change, screen, asks) => {
    expect(tillScreenOf(payment(change), now)).toBe(screen);
    expect(mustAsk(payment(change))).toBe(asks);
  });
});

describe('the list of today', () => {
  it('counts only what was paid', () => {
    const list = [
      payment({ status: 'SUCCESS' }),
      payment({ paymentRequestId: 'R2', status: 'FAILED' }),
      payment({ paymentRequestId: 'R3', status: 'SUCCESS' }),
    ];
    expect(takings(list)).toEqual({ count: 2, minor: 7600n });
  });

  it('leaves yesterday out', () => {
    const yesterday = new Date(now - 26 * 3_600_000).toISOString();
    const list = [payment({}), payment({ paymentRequestId: 'R0', createdAt: yesterday })];
    expect(ofToday(list, now)).toHaveLength(1);
  });

  it('puts a new payment first and changes a known one in its place', () => {
    const one = withTillPayment([payment({})], payment({ paymentRequestId: 'R2' }));
    expect(one.map((p) => p.paymentRequestId)).toEqual(['R2', 'R1']);
    expect(withTillPayment(one, payment({ status: 'SUCCESS' }))[1]?.status).toBe('SUCCESS');
  });
});
