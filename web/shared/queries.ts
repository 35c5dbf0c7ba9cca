// What the pages read from the hub and the sandbox, each with one name in the query cache.
import { queryOptions } from '@tanstack/react-query';
import { address, getJson } from './api.ts';
import type { CertificationDetail, CertificationRun } from './certification-contract.ts';
import type {
  NetworkClock,
  Overview,
  PaymentDetail,
  PaymentList,
  Positions,
  Rates,
} from './console-contract.ts';
import type {
  AcquirerSummary,
  CustomerState,
  TillPayment,
  UserLimit,
  WalletCodeRules,
  WalletList,
} from './contract.ts';
import type { LimitsInForce } from './limits-contract.ts';
import type { Merchants } from './merchants-contract.ts';
import type { NoticeState, Notices } from './notices-contract.ts';
import type { Exposure, PairHistory, RatesDesk } from './rates-contract.ts';

/** While a live line is down the page asks again at this pace. */
export const fallbackEveryMs = 4_000;

export const walletsQuery = queryOptions({
  queryKey: ['wallets'],
  queryFn: () => getJson<WalletList>('/sandbox/wallets'),
});

export const acquirersQuery = queryOptions({
  queryKey: ['acquirers'],
  queryFn: () => getJson<{ acquirers: AcquirerSummary[] }>('/sandbox/acquirers'),
});

export const ratesQuery = queryOptions({
  queryKey: ['rates'],
  queryFn: () => getJson<Rates>('/console/api/rates'),
  staleTime: 60_000,
});

export const overviewQuery = queryOptions({
  queryKey: ['overview'],
  queryFn: () => getJson<Overview>('/console/api/overview'),
});

export const positionsQuery = queryOptions({
  queryKey: ['positions'],
  queryFn: () => getJson<Positions>('/console/api/positions'),
});

export function customerQuery(walletId: string, customerId: string) {
  return queryOptions({
    queryKey: ['customer', walletId, customerId],
    queryFn: () => getJson<CustomerState>(address.customer(walletId, customerId)),
  });
}

/** What a customer may still pay; asked again after every payment that the page hears of. */
export function userLimitsQuery(walletId: string, customerId: string, payments: number) {
  return queryOptions({
    queryKey: ['user-limits', walletId, customerId, payments],
    queryFn: () =>
      getJson<{ limits: UserLimit[] }>(`${address.customer(walletId, customerId)}/limits`),
  });
}

/** What the wallet's server knows of codes, so that the app judges as the server would. */
export function codeRulesQuery(walletId: string) {
  return queryOptions({
    queryKey: ['code-rules', walletId],
    queryFn: () => getJson<WalletCodeRules>(`/sandbox/wallets/${walletId}/code-rules`),
    staleTime: 60_000,
  });
}

export function tillQuery(acquirerId: string, tillId: string) {
  return queryOptions({
    queryKey: ['till', acquirerId, tillId],
    queryFn: () =>
      getJson<{ payments: TillPayment[] }>(`${address.till(acquirerId, tillId)}/payments`),
  });
}

/** The network's payments that fit; empty filters are left out of the question. */
export interface PaymentFilter {
  readonly status: string;
  readonly wallet: string;
  readonly acquirer: string;
  readonly search: string;
  readonly limit: number;
  /** Where a look further back begins; empty for the newest. */
  readonly from: string;
}

export function paymentsQuery(filter: PaymentFilter) {
  const parameters = new URLSearchParams({ limit: String(filter.limit) });
  for (const name of ['status', 'wallet', 'acquirer', 'search', 'from'] as const) {
    if (filter[name] !== '') parameters.set(name, filter[name]);
  }
  return queryOptions({
    queryKey: ['payments', filter],
    queryFn: () => getJson<PaymentList>(`/console/api/payments?${parameters}`),
  });
}

export function paymentQuery(paymentId: string) {
  return queryOptions({
    queryKey: ['payment', paymentId],
    queryFn: () => getJson<PaymentDetail>(`/console/api/payments/${encodeURIComponent(paymentId)}`),
  });
}

export const ratesDeskQuery = queryOptions({
  queryKey: ['rates', 'desk'],
  queryFn: () => getJson<RatesDesk>('/console/api/rates/desk'),
  refetchInterval: 3_000,
});

export function pairHistoryQuery(pair: string, hours: number) {
  const parameters = new URLSearchParams({ pair, hours: String(hours) });
  return queryOptions({
    queryKey: ['rates', 'history', pair, hours],
    queryFn: () => getJson<PairHistory>(`/console/api/rates/history?${parameters}`),
    refetchInterval: 10_000,
  });
}

export function exposureQuery(days: number) {
  return queryOptions({
    queryKey: ['exposure', days],
    queryFn: () => getJson<Exposure>(`/console/api/exposure?days=${days}`),
    refetchInterval: 10_000,
  });
}

export const limitsQuery = queryOptions({
  queryKey: ['limits'],
  queryFn: () => getJson<LimitsInForce>('/console/api/limits'),
  refetchInterval: 5_000,
});

/** Asked again often, so that a page hears of it when somebody moves the time. */
export const clockQuery = queryOptions({
  queryKey: ['clock'],
  queryFn: () => getJson<NetworkClock>('/console/api/clock'),
  refetchInterval: 5_000,
});

export function noticesQuery(partner: string, state: NoticeState) {
  const parameters = new URLSearchParams({ state, ...(partner === '' ? {} : { partner }) });
  return queryOptions({
    queryKey: ['notices', partner, state],
    queryFn: () => getJson<Notices>(`/console/api/notices?${parameters}`),
    refetchInterval: 2_000,
  });
}

/** The last certifications, of one Client-Id or of everybody; asked again while one may run. */
export function certificationsQuery(clientId: string) {
  const query = clientId === '' ? '' : `?${new URLSearchParams({ clientId })}`;
  return queryOptions({
    queryKey: ['certifications', clientId],
    queryFn: () => getJson<{ runs: CertificationRun[] }>(`/console/api/certifications${query}`),
    refetchInterval: 2_000,
  });
}

/** One certification with its cases; one that has ended does not change any more. */
export function certificationQuery(runId: string) {
  return queryOptions({
    queryKey: ['certification', runId],
    queryFn: () =>
      getJson<CertificationDetail>(`/console/api/certifications/${encodeURIComponent(runId)}`),
    refetchInterval: (query) => (query.state.data?.run.state === 'ended' ? false : 1_000),
  });
}

export function merchantsQuery(acquirer: string, search: string) {
  const parameters = new URLSearchParams({ acquirer, search });
  return queryOptions({
    queryKey: ['merchants', acquirer, search],
    queryFn: () => getJson<Merchants>(`/console/api/merchants?${parameters}`),
    refetchInterval: 2_000,
  });
}
