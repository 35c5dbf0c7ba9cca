// What the pages read about caps.
import { queryOptions } from '@tanstack/react-query';
import { getJson } from './api.ts';
import type { CapHistory, Caps } from './caps-contract.ts';

/** Payments and other people's decisions change it, so it is asked again. */
export const capsQuery = queryOptions({
  queryKey: ['caps'],
  queryFn: () => getJson<Caps>('/console/api/caps'),
  refetchInterval: 3_000,
});

export function capHistoryQuery(participantId: string, hours: number) {
  return queryOptions({
    queryKey: ['caps', 'history', participantId, hours],
    queryFn: () =>
      getJson<CapHistory>(
        `/console/api/caps/${encodeURIComponent(participantId)}/history?hours=${hours}`,
      ),
    refetchInterval: 10_000,
  });
}
