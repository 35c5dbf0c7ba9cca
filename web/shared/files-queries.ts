// What the pages read about settlement files.
import { queryOptions } from '@tanstack/react-query';
import { getJson } from './api.ts';
import type { NetworkFiles } from './files-contract.ts';

/** Closing and settling make files, and partners fetch them, so it is asked again. */
export function filesQuery(participantId: string) {
  const one = participantId === '' ? '' : `?participantId=${encodeURIComponent(participantId)}`;
  return queryOptions({
    queryKey: ['settlement', 'files', participantId],
    queryFn: () => getJson<NetworkFiles>(`/console/api/files${one}`),
    refetchInterval: 5_000,
  });
}
