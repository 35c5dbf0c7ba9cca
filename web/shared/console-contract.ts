// The shapes of the hub's console: what an operator sees of the network.
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
}

export interface Overview {
  readonly participants: readonly Participant[];
  readonly counts: { processing: number; success: number; failed: number; closed: number };
  readonly ratesDate: string;
  readonly ratesSource: string;
  readonly lanes: number;
}

/** A limit with how many persons have used how much of it: by tenth, and the last at it. */
export interface LimitRow {
  readonly per: 'payment' | 'hour' | 'day' | 'month' | 'year';
  readonly of: 'amount' | 'count';
  readonly most: string;
  readonly people: readonly number[] | null;
}

/** One dated set of limits on persons. */
export interface LimitSetRow {
  readonly counter: string;
  readonly title: { readonly en: string; readonly zh: string };
  readonly state: 'in_force' | 'coming' | 'past';
  readonly effectiveFrom: string;
  readonly effectiveUntil: string | null;
  readonly region: string | null;
  readonly codeKinds: readonly ('payment_code' | 'order_code' | 'entry_code' | 'online')[] | null;
  readonly wallets: readonly string[] | null;
  readonly currency: string;
  readonly limits: readonly LimitRow[];
}

/** All limits on persons: those in force, those to come, those that were replaced. */
export interface LimitsInForce {
  readonly version: string;
  readonly sets: readonly LimitSetRow[];
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

export type NoticeState = 'waiting' | 'given_up' | 'taken';

/** One time that a notice was sent. */
export interface NoticeAttempt {
  readonly at: string;
  readonly path: string;
  readonly responseStatus: number | null;
  readonly verdict: string;
  readonly acknowledged: boolean;
  readonly resultCode: string | null;
  readonly durationMs: number;
  readonly requestHeaders: unknown;
  readonly requestBody: string;
  readonly responseHeaders: unknown;
  readonly responseBody: string;
}

export interface Notice {
  readonly paymentId: string;
  /** Of a refund's notice; null where it is of the payment itself. */
  readonly refundId: string | null;
  readonly paymentRequestId: string;
  readonly partnerId: string;
  readonly partnerName: string;
  readonly state: NoticeState;
  readonly resultCode: string;
  readonly endedAt: string | null;
  readonly nextAttemptAt: string | null;
  readonly attempts: readonly NoticeAttempt[];
}

export interface Notices {
  readonly counts: { readonly waiting: number; readonly givenUp: number };
  readonly notices: readonly Notice[];
}

/** A certification as it was reported; `broken_off` when its certifier is not heard any more. */
export interface CertificationRun {
  readonly runId: string;
  readonly clientId: string;
  /** The participant's name; the Client-Id of one that is not in the network. */
  readonly name: string;
  readonly role: 'wallet' | 'acquirer';
  readonly url: string;
  readonly state: 'running' | 'ended' | 'broken_off';
  /** How many cases it has. */
  readonly cases: number;
  readonly counts: { readonly pass: number; readonly fail: number; readonly skipped: number };
  readonly begunAt: string;
  readonly endedAt: string | null;
  readonly debited: WireMoney | null;
}

export interface CertificationCaseReport {
  readonly ordinal: number;
  readonly id: string;
  readonly title: string;
  readonly source: string;
  readonly verdict: 'pass' | 'fail' | 'skipped';
  readonly problem: string | null;
  readonly hint: string | null;
  readonly calls: readonly {
    readonly api: string;
    readonly sent: string;
    readonly answered: string | null;
    readonly signatureProblem: string | null;
    readonly tookMs: number;
  }[];
}

export interface CertificationDetail {
  readonly run: CertificationRun;
  readonly cases: readonly CertificationCaseReport[];
}

/** How a wallet stands to a merchant; UNANSWERED: it has said nothing within seven days. */
export type StandingState = 'ASKED' | 'ACCEPTED' | 'APPROVED' | 'REJECTED' | 'UNANSWERED';

export interface WalletStanding {
  readonly walletId: string;
  readonly state: StandingState;
  readonly rejectReasons: string | null;
  readonly answeredAt: string | null;
  readonly asked: number;
  readonly isToBeTold: boolean;
}

/** A merchant or a store of it, as it was registered last. */
export interface RegisteredMerchant {
  readonly acquirerId: string;
  readonly acquirerName: string;
  readonly merchantId: string;
  readonly merchantName: string;
  readonly storeId: string | null;
  readonly storeName: string | null;
  readonly products: readonly string[];
  readonly registrationRequestId: string;
  readonly registeredAt: string;
  /** Whether its acquirer has all of its merchants registered. */
  readonly required: boolean;
  readonly wallets: readonly WalletStanding[];
}

export interface Merchants {
  readonly wallets: readonly {
    readonly id: string;
    readonly name: string;
    /** Whether it is paid with at registered merchants only. */
    readonly required: boolean;
  }[];
  readonly merchants: readonly RegisteredMerchant[];
  readonly more: boolean;
}
