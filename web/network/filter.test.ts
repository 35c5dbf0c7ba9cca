// A live event changes the table as the hub's own filter would.
import { describe, expect, it } from 'vitest';
import type { PaymentRow } from '../shared/console-contract.ts';
import type { PaymentFilter } from '../shared/queries.ts';
import { fits, withRow } from './filter.ts';

const all: PaymentFilter = { status: '', wallet: '', acquirer: '', search: '', limit: 3, from: '' };

function row(change: Partial<PaymentRow>): PaymentRow {
  return {
    paymentId: 'P1',
    paymentRequestId: 'R1',
    acquirerId: 'CHENGDU_PAY',
    acquirerName: 'Chengdu Pay',
    walletId: 'TNG',
    walletName: 'TNG',
    product: 'order_code',
    state: 'PROCESSING',
    resultCode: null,
    merchantName: 'Granny Lin Noodle House',
    storeName: null,
    city: 'Chengdu',
    amount: { currency: 'CNY', value: '3800' },
    payToAmount: null,
    settlementAmount: null,
    createdAt: '2026-11-21T10:00:00.000Z',
    finishedAt: null,
    ...change,
  };
}

describe('a filter', () => {
  it('looks at state, wallet, acquirer and numbers', () => {
    expect(fits(row({}), all)).toBe(true);
    expect(fits(row({}), { ...all, status: 'SUCCESS' })).toBe(false);
    expect(fits(row({}), { ...all, wallet: 'GCASH' })).toBe(false);
    expect(fits(row({}), { ...all, acquirer: 'CHENGDU_PAY' })).toBe(true);
    expect(fits(row({}), { ...all, search: 'R' })).toBe(true);
    expect(fits(row({}), { ...all, search: 'P' })).toBe(false);
  });
});

describe('a live row', () => {
  it('comes first when it is new, and the list keeps its length', () => {
    const rows = ['P1', 'P2', 'P3'].map((paymentId) => row({ paymentId }));
    const after = withRow(rows, row({ paymentId: 'P4' }), all);
    expect(after.map((one) => one.paymentId)).toEqual(['P4', 'P1', 'P2']);
  });

  it('that is new stays away from a look further back', () => {
    const further = { ...all, from: '9.9' };
    expect(withRow([row({})], row({ paymentId: 'P4' }), further)).toEqual([row({})]);
    expect(withRow([row({})], row({ state: 'SUCCESS' }), further)[0]?.state).toBe('SUCCESS');
  });

  it('keeps what is known of its refunds', () => {
    const refundedAmount = { currency: 'CNY', value: '1900' };
    const after = withRow([row({ refundedAmount })], row({ resultCode: 'SUCCESS' }), all);
    expect(after[0]).toMatchObject({ resultCode: 'SUCCESS', refundedAmount });
  });

  it('changes in its place, or leaves when it fits no more', () => {
    const rows = ['P1', 'P2'].map((paymentId) => row({ paymentId }));
    const done = row({ paymentId: 'P2', state: 'SUCCESS' });
    expect(withRow(rows, done, all)[1]?.state).toBe('SUCCESS');
    expect(withRow(rows, done, { ...all, status: 'PROCESSING' })).toHaveLength(1);
  });
});
