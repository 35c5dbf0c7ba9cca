// What the pages read about settling.
import { queryOptions } from '@tanstack/react-query';
import { getJson } from './api.ts';
import type { ClosedDay, Settlement } from './settlement-contract.ts';

/** Payments and other people's steps change it, so it is asked again. */
export const settlementQuery = queryOptions({
  queryKey: ['settlement'],
  queryFn: () => getJson<Settlement>('/console/api/settlement'),
  refetchInterval: 5_000,
});

export function closedDayQuery(day: string) {
  return queryOptions({
    queryKey: ['settlement', day],
    queryFn: () => getJson<ClosedDay>(`/console/api/settlement/days/${encodeURIComponent(day)}`),
    staleTime: Number.POSITIVE_INFINITY,
  });
}
