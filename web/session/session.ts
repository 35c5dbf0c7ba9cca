// Who is signed in, as the pages know it, and the name under which a person takes a step.
import { type QueryClient, queryOptions, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { getJson } from '../shared/api.ts';

export interface ParticipantName {
  readonly id: string;
  readonly name: string;
  readonly role: 'wallet' | 'acquirer';
}

export interface SessionView {
  /** `open`: a demo network on this machine, where nobody has to sign in. */
  readonly door: 'open' | 'closed';
  /** Nobody was ever added. */
  readonly isEmpty: boolean;
  readonly isSandbox: boolean;
  readonly person: {
    readonly name: string;
    readonly role: 'operator' | 'approver' | 'auditor' | 'participant';
  } | null;
  /** Whose own pages are seen: by its person, or by a guest. */
  readonly participant: ParticipantName | null;
  /** As whom a guest may look around. */
  readonly guests: readonly ParticipantName[];
}

export const sessionQuery = queryOptions({
  queryKey: ['session'],
  queryFn: () => getJson<SessionView>('/session'),
  refetchInterval: 60_000,
});

/** Whether the operator's pages may be read. */
export function mayReadNetwork(session: SessionView | undefined): boolean {
  if (session === undefined) return false;
  const { door, person } = session;
  return person === null ? door === 'open' : person.role !== 'participant';
}

/** One is somebody else now: what was read as the one before is forgotten. */
export function takeSession(queries: QueryClient, view: SessionView): void {
  queries.setQueryData(sessionQuery.queryKey, view);
  queries.removeQueries({
    predicate: ({ queryKey: [name] }) => name !== 'session' && name !== 'clock',
  });
}

/** The name that goes with a step: of whoever is signed in, else what is typed. */
export function usePerson() {
  const { data } = useQuery(sessionQuery);
  const [typed, setTyped] = useState('');
  const signedIn = data?.person?.name;
  return { person: signedIn ?? typed.trim(), typed, setTyped, isSignedIn: signedIn !== undefined };
}
