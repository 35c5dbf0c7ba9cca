// The shapes of the console's fee rules, and of an example that is worked out.
import type { WireMoney } from './contract.ts';

export type FeeKind = 'interchange' | 'acquirer_service_fee' | 'wallet_service_fee';

export const feeProducts = [
  'payment_code',
  'order_code',
  'entry_code',
  'cashier',
  'auto_debit',
  'private_order_code',
  'push',
] as const;

export type FeeProduct = (typeof feeProducts)[number];

export interface FeeRuleRow {
  readonly ruleId: string;
  readonly fee: FeeKind;
  readonly wallet: string | null;
  readonly acquirer: string | null;
  readonly corridor: string | null;
  readonly products: readonly FeeProduct[] | null;
  readonly currency: string | null;
  readonly basisPoints: number;
  /** In minor units of `currency`, which is named wherever there is a bound. */
  readonly minimum: string | null;
  readonly maximum: string | null;
  readonly note: string | null;
}

export interface FeeSetRow {
  readonly version: string;
  readonly state: 'proposed' | 'withdrawn' | 'coming' | 'in_force' | 'past';
  readonly effectiveFrom: string;
  readonly proposedBy: string;
  readonly approvedBy: string | null;
  readonly rules: readonly FeeRuleRow[];
}

/** What a participant has agreed to pay where no rule says otherwise. */
export interface AgreedFees {
  readonly participantId: string;
  readonly name: string;
  readonly role: 'wallet' | 'acquirer';
  readonly currency: string;
  readonly serviceFeeBasisPoints: number;
  readonly interchangeBasisPoints: number | null;
}

export interface FeeRules {
  readonly sets: readonly FeeSetRow[];
  readonly agreements: readonly AgreedFees[];
}

export interface ExplainedFeeRow {
  readonly fee: FeeKind;
  readonly payer: string;
  readonly payee: string;
  readonly from: WireMoney;
  readonly basisPoints: number;
  readonly amount: WireMoney;
  readonly received: WireMoney | null;
  readonly decidedBy: 'rate' | 'minimum' | 'maximum' | 'all';
  readonly rule: { readonly version: string; readonly ruleId: string } | null;
}

/** The fees of a payment that there might be. */
export interface FeeExample {
  readonly version: string | null;
  readonly payTo: WireMoney;
  readonly settlement: WireMoney;
  readonly fees: readonly ExplainedFeeRow[];
}

/** What the calculator asks for. */
export interface FeeQuestion {
  readonly wallet: string;
  readonly acquirer: string;
  readonly product: FeeProduct;
  readonly currency: string;
  /** In minor units. */
  readonly amount: string;
}
