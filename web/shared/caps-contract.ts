// The shapes of caps over the console: wallets against their bounds, changes, alerts, history.
import type { WireMoney } from './contract.ts';

/** `cap`, `mayOwe` and `left` are null where nothing bounds the wallet. */
export interface CappedWallet {
  readonly participantId: string;
  readonly name: string;
  readonly currency: string;
  readonly cap: WireMoney | null;
  readonly deposit: WireMoney;
  readonly mayOwe: WireMoney | null;
  readonly posted: WireMoney;
  readonly held: WireMoney;
  readonly owed: WireMoney;
  readonly left: WireMoney | null;
  readonly usedDeposit: WireMoney;
  readonly withdrawable: WireMoney;
  readonly usedBasisPoints: number | null;
  readonly levels: readonly number[];
  /** The levels that are reached now. */
  readonly reached: readonly number[];
}

export interface CapChange {
  readonly changeId: string;
  readonly participantId: string;
  readonly name: string;
  readonly kind: 'top_up' | 'withdrawal' | 'cap';
  readonly currency: string;
  /** Null is a cap without a limit. */
  readonly amount: WireMoney | null;
  readonly bankReference: string | null;
  readonly effectiveAt: string | null;
  readonly note: string;
  readonly state: 'PROPOSED' | 'APPROVED' | 'DONE' | 'REJECTED';
  readonly proposedBy: string;
  readonly proposedAt: string;
  readonly decidedBy: string | null;
  readonly decidedAt: string | null;
}

export interface CapAlert {
  readonly participantId: string;
  readonly name: string;
  readonly level: number;
  readonly raisedAt: string;
  readonly raisedOwed: WireMoney;
  readonly raisedMost: WireMoney;
  readonly easedAt: string | null;
  readonly easedOwed: WireMoney | null;
  readonly easedMost: WireMoney | null;
}

export interface Caps {
  readonly usualLevels: readonly number[];
  readonly wallets: readonly CappedWallet[];
  readonly changes: readonly CapChange[];
  readonly alerts: readonly CapAlert[];
}

/** Amounts are minor units of the currency; each holds until the next point. */
export interface CapPoint {
  readonly at: string;
  readonly owed: string;
  readonly mayOwe: string | null;
  readonly deposit: string;
}

export interface CapHistory {
  readonly participantId: string;
  readonly name: string;
  readonly currency: string;
  readonly from: string;
  readonly to: string;
  readonly points: readonly CapPoint[];
}
