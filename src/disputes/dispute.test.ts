// The days of disputes, and which refunds keep which promise.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Refund } from '../payments/payment.ts';
import { type Dispute, endOfDays, isWithin, refundedFor } from './dispute.ts';

const dayMs = 86_400_000;
/** Noon of 21 November 2026 in the network's own time, UTC+8. */
const noon = Date.UTC(2026, 10, 21, 4);

describe('days', () => {
  it('are whole days of UTC+8, whatever the hour', () => {
    const lastMoment = Date.UTC(2026, 10, 21, 15, 59, 59, 999);
    for (const from of [noon, lastMoment]) {
      expect(isWithin(from, Date.UTC(2026, 11, 1, 15, 59, 59, 999), 10 * dayMs)).toBe(true);
      expect(isWithin(from, Date.UTC(2026, 11, 1, 16), 10 * dayMs)).toBe(false);
      expect(endOfDays(from, 10 * dayMs)).toBe(Date.UTC(2026, 11, 1, 16));
    }
  });
});

const cny = (minor: bigint) => ({ currency: 'CNY', minor });
const promise = (disputeNumber: number, createdAt: number, minor: bigint): Dispute => ({
  paymentNumber: 1,
  disputeNumber,
  walletId: 'TNG',
  acquirerId: 'CHENGDU',
  disputeRequestId: `D${disputeNumber}`,
  kind: 'ESCALATION',
  state: 'ACCEPTED',
  resultCode: 'SUCCESS',
  resultMessage: null,
  claimed: cny(minor),
  reasonCode: null,
  reason: null,
  occurredAt: null,
  createdAt,
  answerDueAt: createdAt + 10 * dayMs,
  closedAt: createdAt,
  answer: {
    at: createdAt,
    message: null,
    refundType: 'ACCEPT_REFUND',
    refund: cny(minor),
    plannedRefundAt: null,
  },
  refundDueAt: createdAt + 5 * dayMs,
  refundedAt: null,
});
const refund = (createdAt: number, minor: bigint, state: Refund['state']): Refund => ({
  paymentNumber: 1,
  refundNumber: createdAt,
  acquirerId: 'CHENGDU',
  refundRequestId: `R${createdAt}`,
  state,
  resultCode: 'SUCCESS',
  amount: cny(minor),
  settlement: cny(minor),
  refundFrom: cny(minor),
  reason: null,
  notifyUrl: null,
  walletRefundId: null,
  createdAt,
  finishedAt: createdAt,
});

describe('promises', () => {
  it('a refund before the dispute, one that failed and one under way do not count', () => {
    const refunds = [
      refund(1, 500n, 'SUCCESS'),
      refund(6, 500n, 'FAILED'),
      refund(7, 500n, 'ASKED'),
      refund(8, 200n, 'SUCCESS'),
    ];
    expect(refundedFor([promise(1, 5, 500n)], refunds).get(1)).toBe(200n);
  });

  it('each refund counts once, and never for more than was promised', () => {
    const parts = fc.array(fc.tuple(fc.integer({ min: 0, max: 20 }), fc.bigInt(1n, 1_000n)), {
      maxLength: 8,
    });
    fc.assert(
      fc.property(fc.bigInt(1n, 2_000n), fc.bigInt(1n, 2_000n), parts, (first, second, given) => {
        const disputes = [promise(1, 5, first), promise(2, 12, second)];
        const refunds = given.map(([at, minor]) => refund(at, minor, 'SUCCESS'));
        const counted = refundedFor(disputes, refunds);
        const sumSince = (at: number) =>
          refunds.reduce((sum, each) => (each.createdAt >= at ? sum + each.amount.minor : sum), 0n);
        const [one = 0n, two = 0n] = [counted.get(1), counted.get(2)];
        expect(one).toBe(sumSince(5) < first ? sumSince(5) : first);
        expect(two <= second && two <= sumSince(12) && one + two <= sumSince(5)).toBe(true);
      }),
    );
  });
});
