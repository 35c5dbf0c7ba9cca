// What the pages read of the ledger: the books of a moment, statements, journals.
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { getJson } from './api.ts';
import type { Posting, Sums } from './console-contract.ts';
import type { WireMoney } from './contract.ts';
import type { SettlementState } from './settlement-contract.ts';

export interface LedgerAccount {
  /** As `position:TNG:MYR`. */
  readonly name: string;
  readonly kind: string;
  readonly currency: string;
  readonly participantId: string | null;
  readonly participantName: string | null;
}

/** Balances are debits less credits. */
export type AccountBalance = LedgerAccount & {
  readonly posted: Sums;
  /** Holds, which only now has. */
  readonly pending: Sums | null;
  readonly balance: WireMoney;
};

export interface TrialCurrency {
  readonly currency: string;
  readonly inDebit: WireMoney;
  readonly inCredit: WireMoney;
  readonly difference: WireMoney;
}

export interface Ledger {
  readonly now: string;
  /** Everything dated before this is in it; null: everything by now. */
  readonly before: string | null;
  readonly isFinal: boolean;
  readonly isBalanced: boolean;
  readonly currencies: readonly TrialCurrency[];
  readonly accounts: readonly AccountBalance[];
  readonly closes: readonly { readonly date: string; readonly before: string }[];
}

export interface StatementLine {
  readonly at: string;
  readonly journalNumber: string;
  readonly ordinal: number;
  readonly reason: string;
  readonly side: 'debit' | 'credit';
  readonly amount: WireMoney;
  readonly otherAccount: string;
  /** After the movement; null where only a payment's movements are shown. */
  readonly balance: WireMoney | null;
}

export interface StatementPage {
  readonly account: LedgerAccount;
  readonly lines: readonly StatementLine[];
  readonly closing: WireMoney | null;
  readonly next: string | null;
  readonly lookedTo: string | null;
}

/** What a journal was made for. */
export type JournalCause =
  | { readonly kind: 'payment' | 'cancellation'; readonly paymentId: string; requestKey: string }
  | {
      readonly kind: 'refund';
      readonly paymentId: string;
      readonly refundId: string;
      readonly requestKey: string;
    }
  | {
      readonly kind: 'settlement';
      readonly settlementBatchId: string;
      readonly state: SettlementState;
      readonly by: string;
    }
  | {
      readonly kind: 'bank_line';
      readonly settlementBatchId: string;
      readonly bankReference: string;
      readonly by: string;
    }
  | { readonly kind: 'write_off'; readonly breakId: string; readonly by: string }
  | {
      readonly kind: 'top_up' | 'withdrawal';
      readonly changeId: string;
      readonly bankReference: string;
      readonly by: string;
    }
  | { readonly kind: 'unknown' };

export interface Journal {
  readonly journalNumber: string;
  readonly lane: number;
  readonly at: string;
  readonly cause: JournalCause;
  readonly postings: readonly Posting[];
}

const base = '/console/api/ledger';

/** The books of a moment; those of now are read again. */
export function ledgerQuery(before: string | undefined) {
  const query = before === undefined ? '' : `?${new URLSearchParams({ before })}`;
  return queryOptions({
    queryKey: ['ledger', before ?? 'now'],
    queryFn: () => getJson<Ledger>(`${base}${query}`),
    refetchInterval: before === undefined ? 5_000 : false,
    retry: false,
  });
}

export interface StatementFilter {
  readonly from?: string;
  readonly to?: string;
  readonly reason?: string;
  readonly payment?: string;
}

const accountAddress = (name: string) => `${base}/accounts/${encodeURIComponent(name)}`;

/** An account's movements, the newest first, a page after the other. */
export function statementQuery(name: string, filter: StatementFilter) {
  return infiniteQueryOptions({
    queryKey: ['ledger', 'account', name, filter],
    queryFn: ({ pageParam }) => {
      const cursor = pageParam === '' ? {} : { cursor: pageParam };
      const query = new URLSearchParams({ ...filter, ...cursor });
      return getJson<StatementPage>(`${accountAddress(name)}?${query}`);
    },
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
    retry: false,
  });
}

/** Where the statement is as a file. */
export function statementFileAddress(name: string, { from, to }: StatementFilter): string {
  const time = { ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) };
  return `${accountAddress(name)}/statement.csv?${new URLSearchParams(time)}`;
}

export function journalQuery(journalNumber: string) {
  return queryOptions({
    queryKey: ['ledger', 'journal', journalNumber],
    queryFn: () => getJson<Journal>(`${base}/journals/${encodeURIComponent(journalNumber)}`),
    staleTime: Number.POSITIVE_INFINITY,
  });
}
