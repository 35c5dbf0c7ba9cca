// What a participant's own pages read: always its own, whatever the address says.
import { queryOptions } from '@tanstack/react-query';
import { getJson } from '../shared/api.ts';
import type { CertificationRun } from '../shared/certification-contract.ts';
import type { CodeIssuer, LegState, PaymentState } from '../shared/console-contract.ts';
import type { WireMoney } from '../shared/contract.ts';
import type { DisputeDetail, DisputeGroup, DisputeRow } from '../shared/dispute-contract.ts';
import type { NetworkFiles } from '../shared/files-contract.ts';
import type { NoticeState, Notices } from '../shared/notices-contract.ts';
import type {
  ClearingBatch,
  SettlementAgreement,
  SettlementBatch,
  SettlementState,
} from '../shared/settlement-contract.ts';

interface DayTotals {
  readonly agreementId: string;
  readonly payments: ClearingBatch['payments'];
  readonly refunds: ClearingBatch['refunds'];
  readonly net: WireMoney;
}

export interface OwnPosition {
  readonly currency: string;
  /** Positive: the network owes the participant. */
  readonly net: WireMoney;
  readonly held: WireMoney;
  readonly cap: WireMoney | null;
  readonly left: WireMoney | null;
}

export interface OwnPayment {
  readonly id: string;
  readonly requestId: string | null;
  /** Of the payment for an acquirer, of its own leg for a wallet. */
  readonly state: PaymentState | LegState;
  readonly resultCode: string | null;
  readonly merchantName: string;
  readonly amount: WireMoney;
  readonly createdAt: string;
}

export interface OwnOverview {
  readonly participant: {
    readonly id: string;
    readonly name: string;
    readonly role: 'wallet' | 'acquirer';
    readonly currency: string;
    readonly codeIssuer: CodeIssuer | null;
  };
  readonly today: { readonly day: string; readonly totals: readonly DayTotals[] };
  readonly positions: readonly OwnPosition[];
  readonly payments: readonly OwnPayment[];
}

export type OwnSettlement = Omit<SettlementBatch, 'steps'> & {
  readonly steps: readonly { readonly state: SettlementState; readonly at: string }[];
};

export type OwnClearing = ClearingBatch & {
  readonly day: string;
  readonly settlementBatchId: string | null;
};

interface OwnBatches {
  readonly today: string;
  readonly agreements: readonly SettlementAgreement[];
  readonly settlements: readonly OwnSettlement[];
  readonly clearing: readonly OwnClearing[];
}

export interface OwnStatement {
  readonly agreementId: string;
  readonly currency: string;
  readonly opening: WireMoney;
  readonly lines: readonly {
    readonly day: string;
    readonly kind: 'CLEARING' | 'SETTLEMENT' | 'WRITE_OFF';
    readonly reference: string;
    readonly bankReference: string | null;
    readonly valueDay: string;
    readonly amount: WireMoney;
    readonly balance: WireMoney;
  }[];
  readonly closing: WireMoney;
}

interface OwnStatements {
  readonly from: string;
  readonly to: string;
  readonly statements: readonly OwnStatement[];
}

const root = '/participant/api';

export const ownOverviewQuery = queryOptions({
  queryKey: ['own', 'overview'],
  queryFn: () => getJson<OwnOverview>(`${root}/overview`),
  refetchInterval: 5_000,
});

export const ownBatchesQuery = queryOptions({
  queryKey: ['own', 'batches'],
  queryFn: () => getJson<OwnBatches>(`${root}/batches`),
  refetchInterval: 10_000,
});

/** Days as `2026-11-22`; empty ones are left to the network: the last month until today. */
export function ownStatementQuery(from: string, to: string) {
  const days = Object.entries({ from, to }).filter(([, day]) => day !== '');
  return queryOptions({
    queryKey: ['own', 'statement', from, to],
    queryFn: () => getJson<OwnStatements>(`${root}/statement?${new URLSearchParams(days)}`),
    refetchInterval: 15_000,
  });
}

export const ownFilesQuery = queryOptions({
  queryKey: ['own', 'files'],
  queryFn: () => getJson<NetworkFiles>(`${root}/files`),
  refetchInterval: 5_000,
});

export const ownFileAddress = (name: string) => `${root}/files/${encodeURIComponent(name)}`;

export function ownDisputesQuery(group: DisputeGroup) {
  return queryOptions({
    queryKey: ['own', 'disputes', group],
    queryFn: () =>
      getJson<{
        readonly counts: Readonly<Record<DisputeGroup, number>>;
        readonly disputes: readonly DisputeRow[];
      }>(`${root}/disputes?group=${group}`),
    refetchInterval: 5_000,
  });
}

export const ownDisputeAddress = (disputeId: string) =>
  `${root}/disputes/${encodeURIComponent(disputeId)}`;

export function ownDisputeQuery(disputeId: string) {
  return queryOptions({
    queryKey: ['own', 'dispute', disputeId],
    queryFn: () => getJson<DisputeDetail>(ownDisputeAddress(disputeId)),
    refetchInterval: 5_000,
  });
}

export const ownReplayAddress = `${root}/notices/replay`;

export function ownNoticesQuery(state: NoticeState) {
  return queryOptions({
    queryKey: ['own', 'notices', state],
    queryFn: () => getJson<Notices>(`${root}/notices?state=${state}`),
    refetchInterval: 3_000,
  });
}

export const ownCertificationsQuery = queryOptions({
  queryKey: ['own', 'certifications'],
  queryFn: () => getJson<{ runs: readonly CertificationRun[] }>(`${root}/certifications`),
  refetchInterval: 5_000,
});
