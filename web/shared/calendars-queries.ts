// What the page of calendars reads from the hub.
import { queryOptions } from '@tanstack/react-query';
import { getJson } from './api.ts';
import type { Calendars, OtherDays } from './calendars-contract.ts';

/** Other people propose and approve, so it is asked again. */
export const calendarsQuery = queryOptions({
  queryKey: ['calendars'],
  queryFn: () => getJson<Calendars>('/console/api/calendars'),
  refetchInterval: 5_000,
});

export function otherDaysQuery(calendarId: string) {
  return queryOptions({
    queryKey: ['calendars', 'days', calendarId],
    queryFn: () => getJson<OtherDays>(`/console/api/calendars/changes/${calendarId}/days`),
    refetchInterval: 30_000,
  });
}
