// The shapes of settling over the console: agreements by where their money is, batches, days.
import type { WireMoney } from './contract.ts';
import type { BreakKind } from './reconciliation-contract.ts';

export type SettlementState = 'CLOSED' | 'CHECKED' | 'APPROVED' | 'SENT' | 'CONFIRMED' | 'FINISHED';

/** Amounts are positive where the network owes the participant. */
export interface SettlementAgreement {
  readonly agreementId: string;
  readonly participantId: string;
  readonly participantName: string;
  readonly role: 'wallet' | 'acquirer';
  readonly currency: string;
  readonly daysAfter: number;
  readonly minimumAmount: WireMoney;
  readonly open: WireMoney;
  readonly cleared: WireMoney;
  readonly settling: WireMoney;
  readonly underWay: WireMoney;
  readonly nextDay: string | null;
  readonly isCalendarKnown: boolean;
}

export interface SettlementBatch {
  readonly settlementBatchId: string;
  readonly participantId: string;
  readonly participantName: string;
  readonly amount: WireMoney;
  readonly direction: 'D' | 'C';
  readonly settlementDay: string;
  readonly valueDay: string;
  /** Set where banks do not work on its value day any more; the value day stays. */
  readonly otherDay: string | null;
  readonly state: SettlementState;
  readonly steps: readonly {
    readonly state: SettlementState;
    readonly by: string;
    readonly at: string;
  }[];
  readonly entries: readonly {
    readonly bankReference: string;
    readonly amount: WireMoney;
    readonly valueDay: string;
  }[];
  readonly break: {
    readonly kind: 'late' | 'less' | 'more';
    readonly difference: WireMoney;
  } | null;
}

export interface Settlement {
  readonly today: string;
  readonly openDay: string | null;
  readonly closesAt: string | null;
  /** When the open day closes by itself; null where days do not. */
  readonly closesItselfAt: string | null;
  readonly days: readonly {
    readonly day: string;
    readonly closedAt: string;
    readonly closedBy: string;
  }[];
  readonly agreements: readonly SettlementAgreement[];
  readonly batches: readonly SettlementBatch[];
}

interface ClearingTotals {
  readonly count: number;
  readonly gross: WireMoney;
  readonly interchange: WireMoney;
  readonly serviceFee: WireMoney;
}

export interface ClearingBatch {
  readonly clearingBatchId: string;
  readonly participantName: string;
  readonly payments: ClearingTotals;
  readonly refunds: ClearingTotals;
  readonly net: WireMoney;
  readonly direction: 'D' | 'C';
}

export interface ClosedDay {
  readonly day: string;
  readonly batches: readonly ClearingBatch[];
}

/** The network's own accounts at its banks. */
export interface BankAccounts {
  readonly accounts: readonly { readonly currency: string; readonly account: string }[];
}

/** What became of one statement of a bank's file. */
export type ReadStatement =
  | {
      readonly kind: 'read' | 'repeated';
      readonly lines: number;
      readonly confirmed: readonly string[];
      readonly found: Readonly<Partial<Record<BreakKind, number>>>;
    }
  | { readonly kind: 'unknown_account'; readonly account: string; readonly currency: string }
  | { readonly kind: 'other_statement'; readonly statementId: string };

export interface ReadStatements {
  readonly statements: readonly ReadStatement[];
}
