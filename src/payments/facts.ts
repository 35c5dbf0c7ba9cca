// What payment commands ask for, what they are given, and what they may change.

import type { Agreement } from '../agreements/agreement.ts';
import type { ClearingSlice } from '../clearing/batch.ts';
import type { Command, Decision } from '../engine/command.ts';
import type { OutboxItem } from '../engine/outbox.ts';
import type { Journal, Posting } from '../ledger/posting.ts';
import type { HoldChange, Slice, SliceChange } from '../ledger/slice.ts';
import type { CounterSlice } from '../limits/store.ts';
import type { AcquirerCode, Cancellation, Payment, PaymentCode, Refund } from './payment.ts';

/** What must still happen for a payment: calls to partners, and its own expiry. */
export type PaymentTask =
  | 'wallet.pay'
  | 'wallet.inquire'
  | 'wallet.cancel'
  | 'wallet.refund'
  | 'acquirer.push'
  | 'acquirer.pushInquire'
  /** The shop of a national code is credited, which its wallet may tell the visitor. */
  | 'wallet.notifyPush'
  | 'acquirer.notify'
  /** The end of a refund; the item has the refund's number. */
  | 'acquirer.notifyRefund'
  /** Notices after their last repeat: kept, and sent again only by hand. */
  | 'notice.given_up'
  | 'refundNotice.given_up'
  | 'payment.expire'
  /** The wallet must end an agreement; for these two the item names the agreement's number. */
  | 'agreement.revoke'
  | 'agreement.notify';

export type PaymentItem = OutboxItem<PaymentTask>;

/** The rows that a batch needs, all of one lane. */
export interface PaymentKeys {
  readonly payments: Set<number>;
  /** Those of them that the books remember and do not read. */
  readonly remembered: Map<number, Payment>;
  /** Acquirers' own ids, as `requestKey` writes them. */
  readonly requests: Set<string>;
  /** Payments whose order text is needed too. */
  readonly orders: Set<number>;
  readonly accounts: Set<number>;
  readonly codes: Set<string>;
  readonly items: Set<number>;
  /** Counters of persons under limits. */
  readonly counters: Set<string>;
  /** Payments whose cancellation, refunds and own postings are needed too. */
  readonly aftermaths: Set<number>;
  /** Codes of acquirers' own, as `requestKey` writes them, in the lane of the code. */
  readonly acquirerCodes: Set<string>;
  /** Acquirers' refund ids, in the lane of the id. */
  readonly refundClaims: Set<string>;
  readonly agreements: Set<number>;
  /** Acquirers' ids of agreements, as `agreementKey` writes them. */
  readonly agreementRequests: Set<string>;
}

/** An acquirer's refund id that is taken: for which payment, on which terms. */
export interface RefundClaim {
  readonly requestKey: string;
  readonly paymentNumber: number;
  readonly keyTerms: string;
  readonly claimedAt: number;
}

/** What came after a payment was placed, and the postings that it can be taken back from. */
export interface Aftermath {
  readonly cancellation: Cancellation | null;
  /** In the order in which they were asked for. */
  readonly refunds: readonly Refund[];
  /** The payment's own postings; none where it was not paid. */
  readonly postings: readonly Posting[];
}

/** The batch's working set: what was read, and what the decisions so far have changed in it. */
export interface PaymentFacts {
  readonly payments: Map<number, Payment>;
  readonly byRequest: Map<string, number>;
  readonly slices: Map<number, Slice>;
  readonly codes: Map<string, PaymentCode>;
  readonly items: Map<number, PaymentItem>;
  readonly acquirerCodes: Map<string, AcquirerCode>;
  /** What persons have paid in this lane, as far as a command asked for it and there is a row. */
  readonly counters: Map<string, CounterSlice>;
  readonly aftermaths: Map<number, Aftermath>;
  readonly refundClaims: Map<string, RefundClaim>;
  readonly agreements: Map<number, Agreement>;
  readonly agreementsByRequest: Map<string, number>;
  readonly stored: {
    readonly payments: Map<number, Payment>;
    readonly agreements: Set<number>;
  };
  readonly dirty: {
    readonly payments: Set<number>;
    readonly codes: Set<string>;
    readonly acquirerCodes: Set<string>;
    readonly added: Map<number, PaymentItem>;
    readonly moved: Map<number, PaymentItem>;
    readonly removed: Set<number>;
    readonly slices: Map<number, SliceChange>;
    readonly counters: Map<string, bigint>;
    readonly journals: Journal[];
    readonly cleared: Map<string, ClearingSlice>;
    readonly cancellations: Cancellation[];
    readonly refunds: Map<number, Refund>;
    readonly refundClaims: RefundClaim[];
    readonly agreements: Set<number>;
  };
}

/** What one decision changes. */
export interface PaymentChanges {
  /** The payment as it is afterwards, new or changed. */
  readonly payment?: Payment;
  readonly codes?: readonly PaymentCode[];
  /** A code of an acquirer's own as it is afterwards, new or changed. */
  readonly acquirerCode?: AcquirerCode;
  readonly journal?: Journal;
  /** What it adds to its day's batches, or takes off them. */
  readonly cleared?: readonly ClearingSlice[];
  readonly holds?: readonly HoldChange[];
  /** New items of the outbox. */
  readonly added?: readonly PaymentItem[];
  /** Items that are there, with a new kind, time or count. */
  readonly moved?: readonly PaymentItem[];
  /** Which of the added or moved ones this process begins right after the commit. */
  readonly begin?: readonly PaymentItem[];
  /** The payment that this is about, where it is not itself changed. */
  readonly about?: Payment;
  readonly removed?: readonly number[];
  readonly cancellation?: Cancellation;
  /** The refund as it is afterwards, new or changed. */
  readonly refund?: Refund;
  /** The refund that this is about, where it is not itself changed. */
  readonly aboutRefund?: Refund;
  readonly refundClaim?: RefundClaim;
  /** The agreement as it is afterwards, new or changed. */
  readonly agreement?: Agreement;
  /** The agreement that the items to begin are about, where it is not itself changed. */
  readonly aboutAgreement?: Agreement;
}

export type PaymentCommand<Reply> = Command<PaymentKeys, PaymentFacts, PaymentChanges, Reply>;
export type PaymentDecision<Reply> = Decision<Reply, PaymentChanges>;

/** The key of an acquirer's request: unique in the network, and with it in its lane. */
export function requestKey(acquirerId: string, paymentRequestId: string): string {
  return `${acquirerId}/${paymentRequestId}`;
}

export function paymentOfRequest(
  facts: PaymentFacts,
  acquirerId: string,
  paymentRequestId: string,
): Payment | undefined {
  const number = facts.byRequest.get(requestKey(acquirerId, paymentRequestId));
  return number === undefined ? undefined : facts.payments.get(number);
}

/** Of a payment that was neither cancelled nor refunded, and has no postings. */
export const nothingCame: Aftermath = { cancellation: null, refunds: [], postings: [] };

/** What came after a payment, as far as a command asked for it. */
export function aftermathOf(facts: PaymentFacts, paymentNumber: number): Aftermath {
  return facts.aftermaths.get(paymentNumber) ?? nothingCame;
}

/** A decision that changes nothing. */
export function unchanged<Reply>(reply: Reply): PaymentDecision<Reply> {
  return { kind: 'done', reply, changes: undefined };
}

export function changed<Reply>(reply: Reply, changes: PaymentChanges): PaymentDecision<Reply> {
  return { kind: 'done', reply, changes };
}
