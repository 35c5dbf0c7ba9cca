// The shapes of the sandbox partners' books, and how the page asks for them.
import { queryOptions } from '@tanstack/react-query';
import { getJson } from '../shared/api.ts';
import type { WireMoney } from '../shared/contract.ts';
import type { BreakKind } from '../shared/reconciliation-contract.ts';

/** The mistakes that a partner's file can be told to have, in the order in which rows take them. */
export const mistakeKinds = [
  'drop',
  'double',
  'changeAmount',
  'dayLate',
  'changeCurrency',
  'invent',
  'garble',
] as const;

export type Mistakes = Readonly<Record<(typeof mistakeKinds)[number], number>>;

export interface Partner {
  readonly id: string;
  readonly name: string;
  readonly role: 'wallet' | 'acquirer';
}

export interface Comparison {
  readonly at: string;
  readonly state: 'compared' | 'waiting' | 'failed';
  readonly problem: string | null;
  readonly ownRows: number;
  readonly fileRows: number;
  readonly same: number;
  readonly differenceCount: number;
  readonly differences: readonly {
    readonly kind: 'not_in_file' | 'not_in_book' | 'amount_differs' | 'other_day' | 'given_back';
    readonly type: 'PAYMENT' | 'REFUND';
    readonly requestId: string;
    readonly own: WireMoney | null;
    readonly theirs: WireMoney | null;
  }[];
  readonly sent: {
    readonly isNew: boolean;
    readonly lineCount: number;
    readonly matchedCount: number;
    readonly breaks: Readonly<Partial<Record<BreakKind, number>>>;
  } | null;
}

export interface BookDay {
  readonly date: string;
  readonly rows: number;
  readonly mistakes: Mistakes;
  readonly comparison: Comparison | null;
}

export interface PartnerBooks {
  readonly partnerId: string;
  readonly name: string;
  /** The latest day, which is today, first. */
  readonly days: readonly BookDay[];
}

export const partnersQuery = queryOptions({
  queryKey: ['sandbox', 'partners'],
  queryFn: () => getJson<{ readonly partners: readonly Partner[] }>('/sandbox/partners'),
});

export const booksOf = (partnerId: string) =>
  `/sandbox/partners/${encodeURIComponent(partnerId)}/books`;

/** Days close by themselves, and partners compare by themselves. */
export function partnerBooksQuery(partnerId: string) {
  return queryOptions({
    queryKey: ['sandbox', 'books', partnerId],
    queryFn: () => getJson<PartnerBooks>(booksOf(partnerId)),
    refetchInterval: 4_000,
  });
}
