// The shapes of reconciliation over the console, and how the pages ask for them.
import { queryOptions } from '@tanstack/react-query';
import { getJson } from './api.ts';
import type { WireMoney } from './contract.ts';
import type { Reason } from './reasons.ts';

export const breakKinds = [
  'amount_differs',
  'currency_differs',
  'missing_here',
  'missing_there',
  'duplicate_here',
  'duplicate_there',
  'other_day',
  'unreadable',
  'charges_deducted',
  'direction_differs',
  'not_sent',
  'value_date_differs',
  'several_batches',
  'balance_differs',
] as const;

export type BreakKind = (typeof breakKinds)[number];

export const causes = ['partner', 'network', 'bank', 'timing', 'unknown'] as const;

export interface ReconciliationRun {
  readonly isBank: boolean;
  readonly runId: string;
  readonly agreementId: string;
  readonly participantName: string;
  readonly day: string;
  readonly fileName: string;
  readonly by: string;
  readonly at: string;
  readonly lines: number;
  readonly items: number;
  readonly matched: number;
  readonly found: Readonly<Partial<Record<BreakKind, number>>>;
}

/** Amounts are positive where they are to the partner's good. */
export interface Break {
  /** Whether it is of the bank's statement: its name is then a currency. */
  readonly isBank: boolean;
  readonly settlementBatchId: string | null;
  readonly breakId: string;
  readonly agreementId: string;
  readonly participantName: string;
  readonly day: string;
  readonly kind: BreakKind;
  readonly what: 'payment' | 'refund' | 'line' | 'bankLine' | 'statement';
  readonly id: string;
  readonly lineNumber: number | null;
  readonly ours: WireMoney | null;
  readonly theirs: WireMoney | null;
  readonly difference: WireMoney | null;
  readonly otherDay: string | null;
  readonly problem: string | null;
  /** The same as codes and values; none where it is no sentence of a known kind. */
  readonly reasons: readonly Reason[];
  readonly foundAt: string;
  readonly age: 'today' | 'days3' | 'week' | 'older';
  readonly state: 'OPEN' | 'PROPOSED' | 'RESOLVED';
  readonly owner: string | null;
  readonly cause: (typeof causes)[number] | null;
  readonly resolution:
    | 'write_off'
    | 'explained'
    | 'other_day'
    | 'corrected_file'
    | 'booked'
    | 'contra'
    | null;
  /** The other half, where a payment and its whole return have ended each other. */
  readonly contraBreakId: string | null;
  readonly note: string | null;
  readonly proposedBy: string | null;
  readonly proposedAt: string | null;
  readonly resolvedBy: string | null;
  readonly resolvedAt: string | null;
}

/** A settlement batch that an open line of the bank may be booked for. */
export interface Bookable {
  readonly settlementBatchId: string;
  readonly participantName: string;
  readonly settlementDay: string;
  /** What the bank has still to move for it, and what then would be left. */
  readonly outstanding: WireMoney;
  readonly left: WireMoney;
}

/** A break on its own page; `bookableFor` has the nearest amount first. */
export interface OneBreak extends Break {
  readonly bookableFor: readonly Bookable[];
}

export interface Reconciliation {
  readonly runs: readonly ReconciliationRun[];
  readonly ages: readonly {
    readonly age: Break['age'];
    readonly count: number;
    readonly kinds: Readonly<Partial<Record<BreakKind, number>>>;
  }[];
  readonly breaks: readonly Break[];
}

export type BreakGroup = 'open' | 'resolved';

/** Whose file of which day; `agreement` is the bank's account for a statement. */
export interface OneFile {
  readonly agreement: string;
  readonly day: string;
}

/** Everything, with the breaks of a group: of one file where it is named. */
export function reconciliationQuery(group: BreakGroup, of?: OneFile) {
  const query = new URLSearchParams({ group });
  if (of !== undefined) {
    query.set('agreementId', of.agreement);
    query.set('date', of.day);
  }
  return queryOptions({
    queryKey: ['reconciliation', group, of],
    queryFn: () => getJson<Reconciliation>(`/console/api/reconciliation?${query}`),
    refetchInterval: 5_000,
  });
}

/** Of which agreements and closed days a file can be compared, and how long it may be. */
export interface FileChoices {
  readonly agreements: readonly {
    readonly agreementId: string;
    readonly participantName: string;
    readonly currency: string;
    /** The first day of which it has items. */
    readonly since: string;
  }[];
  /** The last one first. */
  readonly days: readonly string[];
  readonly mostBytes: number;
}

export const fileChoicesQuery = queryOptions({
  queryKey: ['reconciliation', 'files'],
  queryFn: () => getJson<FileChoices>('/console/api/reconciliation/files'),
  refetchInterval: 30_000,
});

/** What the comparison of a file came to; not `isNew`: the same file was compared before. */
export type ComparedFile = Pick<
  ReconciliationRun,
  'runId' | 'lines' | 'items' | 'matched' | 'found'
> & { readonly isNew: boolean };

export function breakQuery(breakId: string) {
  return queryOptions({
    queryKey: ['reconciliation', 'break', breakId],
    queryFn: () =>
      getJson<OneBreak>(`/console/api/reconciliation/breaks/${encodeURIComponent(breakId)}`),
    refetchInterval: 5_000,
  });
}
