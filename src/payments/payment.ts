// A payment: one order paid once, with an acquirer's leg and the legs of the wallets that were
// asked.

import type { Money } from '../money/money.ts';
import type { ResultCode } from '../wire/results.ts';
import type { Product } from './products.ts';

/** What the acquirer sees; SUCCESS, FAILED and CLOSED are final (protocol.md §1.8). */
export type PaymentState = 'PROCESSING' | 'SUCCESS' | 'FAILED' | 'CLOSED';

/**
 * What stands between the network and one wallet. ASKED: `pay` was sent. SCANNED: the wallet took
 * the order and will notify. PAID: the wallet has debited, and the acquirer must still credit the
 * shop (push). SUCCESS and FAILED: the wallet's word counted. REVERSING: the wallet must cancel,
 * because its success came too late or the order was closed; REVERSED: it has.
 */
export type LegState =
  | 'ASKED'
  | 'SCANNED'
  | 'PAID'
  | 'SUCCESS'
  | 'FAILED'
  | 'REVERSING'
  | 'REVERSED';

/** The price that a leg or a settlement was quoted at; amounts always follow from it again. */
export interface QuotedPrice {
  readonly midPrice: string;
  readonly spreadBasisPoints: number;
}

/**
 * One wallet's part. Its `paymentRequestId` on the wire is made from the payment's number and
 * `leg`.
 */
export interface Leg extends QuotedPrice {
  /** 1 for the first wallet asked; at most `limits.legsPerPayment`. */
  readonly leg: number;
  readonly walletId: string;
  readonly customerId: string;
  readonly state: LegState;
  readonly resultCode: ResultCode;
  /** What the wallet owes for the payment, in its own currency. */
  readonly payTo: Money;
  /** Pending on the wallet's position now, in minor units of `payTo`'s currency. */
  readonly held: bigint;
  /** The wallet's own id of the payment, once it has told it. */
  readonly walletPaymentId: string | null;
  readonly createdAt: number;
  readonly finishedAt: number | null;
  /** What it was counted in under the limits on persons (`limits/assess.ts`); null is nothing. */
  readonly counted: string | null;
}

/** How wallets are offered in a cashier: by the network, one by one, or as one bundle. */
export type PresentmentMode = 'UNIFIED' | 'TILE' | 'BUNDLE';

/** What only some orders have beside the order itself: a page, or an agreement. */
export interface PaymentPage {
  /** Where the visitor is sent back after paying. */
  readonly redirectUrl: string | null;
  /** The regions whose wallets may pay; null is all of them. */
  readonly walletRegions: readonly string[] | null;
  readonly presentmentMode: PresentmentMode | null;
  /** The agreement that a debit was made under; null for any other payment. */
  readonly agreementNumber: number | null;
}

export interface Payment {
  /** Unique; carries the slot. The public id is made from it and `createdAt`. */
  readonly paymentNumber: number;
  readonly acquirerId: string;
  readonly paymentRequestId: string;
  readonly product: Product;
  /**
   * The parameters that must be the same when the id comes again (protocol.md §2.15), as one text.
   */
  readonly keyTerms: string;
  readonly state: PaymentState;
  readonly resultCode: ResultCode;
  readonly amount: Money;
  readonly settlement: Money;
  readonly settlementPrice: QuotedPrice;
  readonly merchantName: string;
  readonly storeName: string | null;
  readonly city: string | null;
  /** The acquirer's order as it came, JSON; null where it was not read back. */
  readonly order: string | null;
  readonly notifyUrl: string | null;
  /** Null where it has none, or where it was not read back (it comes with the order). */
  readonly page: PaymentPage | null;
  /** Eight digits that an order code must repeat; null for a payment code. */
  readonly nonce: string | null;
  readonly paidLeg: number | null;
  readonly createdAt: number;
  readonly expiresAt: number;
  readonly finishedAt: number | null;
  /** The rule that refused it for good, in a sentence; null where none did. */
  readonly refusal: string | null;
  readonly legs: readonly Leg[];
}

/** A payment code given to a wallet's customer; good for one payment request. */
export interface PaymentCode {
  readonly code: string;
  readonly walletId: string;
  readonly customerId: string;
  readonly issuedAt: number;
  readonly expiresAt: number;
  /** Who presented it first. */
  readonly acquirerId: string | null;
  readonly paymentRequestId: string | null;
}

/**
 * A code that an acquirer made, and what it said is behind it: the same for ever (protocol.md
 * §1.5). Nulls until it has answered.
 */
export interface AcquirerCode {
  readonly acquirerId: string;
  readonly codeValue: string;
  readonly askedAt: number;
  readonly paymentRequestId: string | null;
  /** The terms of the order, as one text. */
  readonly terms: string | null;
  readonly answeredAt: number | null;
  /** The last answer that differed from the first, and was refused. */
  readonly changedTerms: string | null;
  readonly changedAt: number | null;
}

/** That an acquirer cancelled a payment; with what had been paid, where it had been. */
export interface Cancellation {
  readonly paymentNumber: number;
  readonly cancelledAt: number;
  /** What was taken back; null where nothing had been paid. */
  readonly paid: {
    /** The journal that reverses the payment's own. */
    readonly journalNumber: number;
    readonly leg: number;
    readonly at: number;
  } | null;
}

/** ASKED: the wallet must say S or F; what is asked for counts as given back until it says F. */
export type RefundState = 'ASKED' | 'SUCCESS' | 'FAILED';

/** A part of a paid payment, or all of it, given back at the rates of the payment. */
export interface Refund {
  readonly paymentNumber: number;
  /** Unique; carries the slot. Its journal and its item in the outbox have the same number. */
  readonly refundNumber: number;
  readonly acquirerId: string;
  readonly refundRequestId: string;
  readonly state: RefundState;
  readonly resultCode: ResultCode;
  /** What the shop gives back, in the payment's currency. */
  readonly amount: Money;
  /** What the acquirer's settlement is less by; may be nothing for a small part. */
  readonly settlement: Money;
  /** What the visitor gets from the wallet, and the wallet from the network. */
  readonly refundFrom: Money;
  readonly reason: string | null;
  /** Where its end is told; null where nobody asked for that. */
  readonly notifyUrl: string | null;
  /** The wallet's own id of the refund, once it has told it. */
  readonly walletRefundId: string | null;
  readonly createdAt: number;
  readonly finishedAt: number | null;
}

/** The leg that paid, of a payment that is paid. */
export function paidLegOf(payment: Payment): Leg | undefined {
  return payment.paidLeg === null ? undefined : legOf(payment, payment.paidLeg);
}

/** A leg whose wallet may still say S or F and have it count. */
export function isLive(leg: Leg): boolean {
  return leg.state === 'ASKED' || leg.state === 'SCANNED';
}

/** The leg whose wallet has paid while the acquirer has still to credit the shop (push). */
export function pushedLegOf(payment: Payment): Leg | undefined {
  return payment.legs.find((leg) => leg.state === 'PAID');
}

export function legOf(payment: Payment, leg: number): Leg | undefined {
  return payment.legs.find((each) => each.leg === leg);
}

/** The payment with one leg replaced or added. */
export function withLeg(payment: Payment, leg: Leg): Payment {
  const legs = [...payment.legs];
  const index = legs.findIndex((each) => each.leg === leg.leg);
  if (index === -1) legs.push(leg);
  else legs[index] = leg;
  return { ...payment, legs };
}
