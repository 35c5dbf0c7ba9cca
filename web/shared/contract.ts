// The shapes that the sandbox and the hub's console send to the pages (docs: the two JSON APIs).

import type { CodeRule } from '../../src/codes/codeRule.ts';

/** Money on the wire: minor units as text. */
export interface WireMoney {
  readonly currency: string;
  readonly value: string;
}

export type BehaviourMode =
  | 'normal'
  | 'decline'
  | 'delay'
  | 'timeout'
  | 'answer_late'
  | 'change_mind'
  | 'duplicate'
  | 'bad_signature'
  | 'refund_declined'
  | 'refund_late'
  | 'refund_silent'
  | 'registration_refused'
  | 'registration_silent';

/** What a simulated wallet has been told to do with the payments that come. */
export interface Behaviour {
  readonly mode: BehaviourMode;
  readonly delayMs?: number;
  readonly declineCode?: string;
}

export interface Customer {
  readonly id: string;
  readonly name: string;
  readonly balance: WireMoney;
}

export interface WalletSummary {
  readonly id: string;
  readonly name: string;
  readonly market: string;
  readonly currency: string;
  readonly behaviour: Behaviour;
  readonly customers: readonly Customer[];
}

export interface WalletList {
  readonly wallets: readonly WalletSummary[];
  readonly ratesDate: string;
}

export type WalletPaymentStatus =
  | 'AWAITING_CONFIRMATION'
  | 'SUCCESS'
  | 'FAILED'
  | 'REVERSED'
  | 'UNKNOWN';

export type Product =
  | 'payment_code'
  | 'order_code'
  | 'entry_code'
  | 'cashier'
  | 'auto_debit'
  | 'private_order_code'
  | 'push';

/** A shop's wish to charge a customer by itself, and what became of it. */
export interface Grant {
  readonly grantId: string;
  readonly merchantName: string;
  readonly scopes: readonly (
    | 'AGREEMENT_PAY'
    | 'BASE_USER_INFO'
    | 'USER_INFO'
    | 'USER_LOGIN_ID'
    | 'HASH_LOGIN_ID'
    | 'SEND_OTP'
  )[];
  readonly status: 'ASKED' | 'ALLOWED' | 'REFUSED' | 'REVOKED';
  readonly changedAt: string;
}

/**
 * The rate that the hub fixed for one payment; `price` of a unit of the first currency of
 * `pair`.
 */
export interface Quote {
  readonly pair: string;
  readonly price: string;
  readonly midPrice?: string | null;
  readonly spreadPercent?: string | null;
}

/** One payment as the wallet knows it. `payToAmount` is what is debited, in the home currency. */
export interface WalletPayment {
  readonly paymentRequestId: string;
  readonly walletPaymentId: string;
  readonly status: WalletPaymentStatus;
  readonly failureCode?: string | null;
  readonly product: Product;
  readonly merchantName: string;
  readonly storeName?: string | null;
  readonly city?: string | null;
  readonly orderDescription: string;
  readonly amount: WireMoney;
  readonly payToAmount: WireMoney;
  readonly rate?: Quote | null;
  readonly createdAt: string;
  readonly finishedAt?: string | null;
  readonly expiresAt?: string | null;
  /** When the shop of a national code had its money; absent until the wallet knows. */
  readonly creditedAt?: string | null;
  /** Where to go back to after paying in an online shop. */
  readonly returnUrl?: string | null;
  readonly refunds?: readonly WalletRefund[] | null;
  /** What has come back so far, in the home currency. */
  readonly refundedAmount?: WireMoney | null;
}

/** Money that a shop gave back, or that is on its way. */
export interface WalletRefund {
  readonly refundRequestId: string;
  readonly status: Progress;
  readonly amount: WireMoney;
  readonly refundFromAmount: WireMoney;
  readonly at: string;
}

/** How a refund or a cancel stands; UNKNOWN is asked for again until its end is known. */
export type Progress = 'SUCCESS' | 'FAILED' | 'UNKNOWN';

export interface CustomerState {
  readonly wallet: { id: string; name: string; market: string; currency: string };
  readonly customer: Customer;
  readonly payments: readonly WalletPayment[];
  readonly pending: WalletPayment | null;
}

export interface PaymentCode {
  readonly code: string;
  readonly issuedAt: string;
  readonly expiresAt: string;
}

/** The code rules that a wallet goes by; its server has checked them. */
export interface WalletCodeRules {
  readonly source: 'REMOTE' | 'STORAGE' | 'PRESET';
  readonly version: string | null;
  readonly rules: readonly CodeRule[];
}

export interface ScanAnswer {
  readonly identified: { kind: string; whose: string; payable: boolean; reason?: string };
  readonly intent: WalletPayment | null;
  /** A printed national code: the visitor types the amount, and it is scanned again with it. */
  readonly needsAmount?: true;
  /** A registered page of an acquirer, to be opened in the wallet. */
  readonly open?: { readonly host: string; readonly rest: string };
  readonly problem?: { code: string; message: string; url?: string };
}

/** One limit on what the customer may pay, as the network tells the wallet. */
export interface UserLimit {
  readonly limitName: string;
  readonly limitPeriod: 'PAYMENT' | 'HOUR' | 'DAY' | 'MONTH' | 'YEAR';
  readonly titleEn: string;
  readonly titleZh: string;
  readonly limitAmount?: WireMoney;
  readonly remainingAmount?: WireMoney;
  readonly limitCount?: string;
  readonly remainingCount?: string;
  readonly isNear: string;
  readonly resetTime?: string;
}

export type PushMode = 'normal' | 'push_refused' | 'push_later' | 'push_silent' | 'push_unheard';

export interface Shop {
  readonly id: string;
  readonly name: string;
  readonly nameZh: string;
  readonly city: string;
  readonly cityZh: string;
  readonly mcc: string;
  readonly district: string;
  readonly districtZh?: string;
  readonly tills: readonly { readonly id: string; readonly entryCode: string }[];
}

export interface AcquirerSummary {
  readonly id: string;
  readonly name: string;
  readonly settlementCurrency: string;
  /** The codes that it makes itself: for its own tills, or of a national scheme. */
  readonly ownCodes: 'private' | 'national';
  /** The national scheme as people know it. */
  readonly scheme?: string;
  /** How it treats the pushes of national codes. */
  readonly behaviour: { readonly mode: PushMode; readonly delayMs: number };
  readonly shops: readonly Shop[];
}

export type TillStatus = 'PROCESSING' | 'SUCCESS' | 'FAILED' | 'CLOSED' | 'UNKNOWN';

/** One payment as the till knows it. */
export interface TillPayment {
  readonly paymentRequestId: string;
  readonly paymentId?: string | null;
  readonly product: Product;
  readonly status: TillStatus;
  readonly resultCode?: string | null;
  readonly resultMessage?: string | null;
  readonly amount: WireMoney;
  readonly settlementAmount?: WireMoney | null;
  readonly walletBrandName?: string | null;
  readonly orderCode?: { readonly text: string; readonly expiresAt: string } | null;
  /** Where the visitor goes on, for an order of an online shop. */
  readonly payUrl?: string | null;
  /** Whether the shop was credited; only after the network has said that the customer has paid. */
  readonly push?: 'WAITING' | 'CREDITED' | 'REFUSED' | 'TAKEN_BACK' | null;
  readonly createdAt: string;
  readonly finishedAt?: string | null;
  readonly learnedBy?: 'answer' | 'notify' | 'inquiry' | null;
  readonly cancel?: TillCancel | null;
  readonly refunds?: readonly TillRefund[] | null;
  /** What may still be refunded; only of a payment that is paid. */
  readonly refundableAmount?: WireMoney | null;
}

export interface TillCancel {
  readonly status: Progress;
  readonly wasPaid: boolean;
  readonly resultCode?: string | null;
  readonly resultMessage?: string | null;
  readonly at: string;
}

export interface TillRefund {
  readonly refundRequestId: string;
  readonly refundId?: string | null;
  readonly status: Progress;
  readonly amount: WireMoney;
  readonly resultCode?: string | null;
  readonly resultMessage?: string | null;
  readonly createdAt: string;
  readonly finishedAt?: string | null;
}
