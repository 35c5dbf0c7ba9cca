// The shapes of the network itself in its console: participants, payments, positions, rates, time.
import type { Product, WireMoney } from './contract.ts';

/** How payer and till met; an id that was cancelled before it was paid with is `never_placed`. */
export type NetworkProduct = Product | 'private_order_code' | 'push' | 'never_placed';

export type PaymentState = 'PROCESSING' | 'SUCCESS' | 'FAILED' | 'CLOSED';

export type LegState =
  | 'ASKED'
  | 'SCANNED'
  | 'PAID'
  | 'SUCCESS'
  | 'FAILED'
  | 'REVERSING'
  | 'REVERSED';

export interface Participant {
  readonly id: string;
  readonly clientId: string;
  readonly role: string;
  readonly name: string;
  readonly market: string;
  readonly currency: string;
  readonly algorithm: string | null;
  readonly enabled: boolean;
  readonly codeIssuer: CodeIssuer | null;
}

/** What the payment codes of a wallet begin with; an acquirer issues none. */
export interface CodeIssuer {
  readonly prefix: number;
  readonly agreement: number;
  readonly routingNumber: string;
}

export interface Overview {
  readonly participants: readonly Participant[];
  /** Of all payments; while `countedTo` is not null, of those made up to then. */
  readonly counts: {
    readonly processing: number;
    readonly success: number;
    readonly failed: number;
    readonly closed: number;
    readonly countedTo: string | null;
  };
  readonly ratesDate: string;
  readonly ratesSource: string;
  readonly lanes: number;
}

/** One payment as a line of the network's table. */
export interface PaymentRow {
  readonly paymentId: string;
  readonly paymentRequestId: string;
  readonly acquirerId: string;
  readonly acquirerName: string;
  readonly walletId: string | null;
  readonly walletName: string | null;
  readonly product: NetworkProduct;
  readonly state: PaymentState;
  readonly resultCode: string | null;
  readonly merchantName: string;
  readonly storeName: string | null;
  readonly city: string | null;
  readonly amount: WireMoney;
  readonly payToAmount: WireMoney | null;
  readonly settlementAmount: WireMoney | null;
  /** What went back of it so far; live events and a payment's own page do not carry it. */
  readonly refundedAmount?: WireMoney | null;
  readonly createdAt: string;
  readonly finishedAt: string | null;
}

/** One look for payments, the newest first. */
export interface PaymentList {
  readonly payments: readonly PaymentRow[];
  /** Where the next look goes on; null where all payments were looked at. */
  readonly further: string | null;
  /** Every payment made since then was looked at. */
  readonly lookedTo: string | null;
}

export interface Leg {
  readonly legId: string;
  readonly walletId: string;
  readonly walletName: string;
  readonly walletPaymentId: string | null;
  readonly state: LegState;
  readonly resultCode: string | null;
  readonly payToAmount: WireMoney | null;
  readonly quote: {
    readonly pair: string;
    readonly price: string;
    readonly midPrice?: string | null;
    readonly spreadBasisPoints?: number | string | null;
  } | null;
  readonly createdAt: string;
  readonly finishedAt: string | null;
}

export interface Posting {
  readonly postingId: string;
  readonly at: string;
  readonly debitAccount: string;
  readonly creditAccount: string;
  readonly amount: WireMoney;
  readonly reason: string;
}

export interface Message {
  readonly at: string;
  readonly direction: 'in' | 'out';
  readonly partnerId: string | null;
  readonly partnerName?: string | null;
  readonly partnerRole: string | null;
  readonly api: string;
  readonly path: string;
  readonly request: { readonly headers: unknown; readonly body: unknown };
  readonly response: {
    readonly headers: unknown;
    readonly body: unknown;
    readonly status: number | null;
  } | null;
  readonly requestVerdict: string;
  readonly responseVerdict: string;
  readonly durationMs: number | null;
}

export interface PaymentDetail {
  readonly payment: PaymentRow & { readonly expiresAt: string; readonly orderCode: string | null };
  readonly legs: readonly Leg[];
  readonly postings: readonly Posting[];
  readonly cancellation: {
    readonly at: string;
    /** When it had been paid; null when it never was. */
    readonly paidAt: string | null;
    readonly paidLegId: string | null;
    readonly postings: readonly Posting[];
  } | null;
  readonly refunds: readonly Refund[];
  readonly messages: readonly Message[];
}

/** Money of the payment that went back, or is on its way. */
export interface Refund {
  readonly refundId: string;
  readonly refundRequestId: string;
  readonly walletRequestId: string;
  readonly walletRefundId: string | null;
  readonly state: 'ASKED' | 'SUCCESS' | 'FAILED';
  readonly resultCode: string;
  readonly amount: WireMoney;
  readonly refundFromAmount: WireMoney;
  readonly settlementAmount: WireMoney;
  readonly reason: string | null;
  readonly createdAt: string;
  readonly finishedAt: string | null;
  readonly postings: readonly Posting[];
}

export interface Position {
  readonly participantId: string;
  readonly name: string;
  readonly role: string;
  readonly currency: string;
  readonly posted: Sums;
  readonly pending: Sums;
  /** What bounds it: cap and deposit together. */
  readonly cap: WireMoney | null;
}

export interface Sums {
  readonly debits: WireMoney;
  readonly credits: WireMoney;
}

export interface Positions {
  readonly positions: readonly Position[];
  readonly trial: readonly (Sums & { readonly currency: string })[];
}

export interface Rates {
  readonly date: string;
  readonly source: string;
  readonly rates: readonly {
    readonly pair: string;
    readonly mid: string;
    readonly spreadBasisPoints: number;
    readonly customer: string;
  }[];
}

/** The network's time, and whether it may be moved forward. */
export interface NetworkClock {
  readonly now: string;
  readonly networkTime: string;
  readonly offsetMs: number;
  readonly movable: boolean;
}
