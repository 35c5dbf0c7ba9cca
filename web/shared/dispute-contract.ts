// The shapes of the disputes' console, and how the pages ask for them.
import { queryOptions } from '@tanstack/react-query';
import { getJson } from './api.ts';
import type { WireMoney } from './contract.ts';

export type DisputeGroup = 'open' | 'overdue' | 'closed';

export type DisputeState =
  | 'REFUSED'
  | 'ASKED'
  | 'OVERDUE'
  | 'ANSWERED'
  | 'DECLINED'
  | 'ACCEPTED'
  | 'REFUND_OVERDUE'
  | 'REFUNDED';

/** One line of the list. */
export interface DisputeRow {
  readonly disputeId: string;
  readonly paymentId: string;
  readonly kind: 'RETRIEVAL' | 'ESCALATION';
  readonly state: DisputeState;
  readonly walletId: string;
  readonly walletName: string;
  readonly acquirerId: string;
  readonly acquirerName: string;
  readonly merchantName: string;
  readonly paid: WireMoney;
  readonly claimed: WireMoney | null;
  readonly promised: WireMoney | null;
  readonly createdAt: string;
  readonly dueAt: string;
}

interface Disputes {
  readonly counts: Readonly<Record<DisputeGroup, number>>;
  readonly disputes: readonly DisputeRow[];
}

export interface Evidence {
  readonly fileName: string;
  readonly contentType: string;
  readonly fileHash: string;
  readonly bytes: number;
  readonly contentBase64: string;
}

export interface DisputeDetail extends DisputeRow {
  readonly disputeRequestId: string;
  readonly paymentRequestId: string;
  readonly reasonCode: string | null;
  readonly reason: string | null;
  readonly occurredAt: string | null;
  readonly answerDueAt: string;
  readonly closedAt: string | null;
  readonly answeredAt: string | null;
  readonly answerMessage: string | null;
  readonly refundType: 'ACCEPT_REFUND' | 'ACCEPT_PARTIAL_REFUND' | 'REFUSE_REFUND' | null;
  readonly plannedRefundAt: string | null;
  readonly refundDueAt: string | null;
  readonly refundedAt: string | null;
  readonly paidAt: string | null;
  readonly refunded: WireMoney;
  readonly refunds: readonly {
    readonly refundId: string;
    readonly state: 'ASKED' | 'SUCCESS' | 'FAILED';
    readonly amount: WireMoney;
    readonly at: string;
  }[];
  /** The wallet's, which came with its question; the others are those of the answer. */
  readonly questionFiles: readonly Evidence[];
  readonly evidences: readonly Evidence[];
}

export function disputesQuery(group: DisputeGroup) {
  return queryOptions({
    queryKey: ['disputes', group],
    queryFn: () => getJson<Disputes>(`/console/api/disputes?group=${group}`),
    refetchInterval: 3_000,
  });
}

export function disputeQuery(disputeId: string) {
  return queryOptions({
    queryKey: ['dispute', disputeId],
    queryFn: () => getJson<DisputeDetail>(`/console/api/disputes/${encodeURIComponent(disputeId)}`),
    refetchInterval: 3_000,
  });
}
