// What the auditor has heard: payments as acquirers were told, legs as wallets were asked.

import type { OfferedProduct } from '../payments/products.ts';

/** An amount as it stands on the wire. */
export interface WireAmount {
  readonly currency: string;
  readonly value: string;
}

/** A final word about a payment: what must never be said differently. */
export interface FinalWord {
  readonly status: 'S' | 'F';
  readonly code: string;
  readonly paymentId: string | undefined;
  readonly pspId: string | undefined;
  readonly customerId: string | undefined;
  readonly settlement: string | undefined;
  /** When it was paid, by the word itself; milliseconds. */
  readonly paidAt: number | undefined;
}

/** One order of an acquirer, by the acquirer's own id. */
export interface HeardPayment {
  readonly acquirerId: string;
  readonly paymentRequestId: string;
  /** What the till has begun. */
  product: OfferedProduct | undefined;
  /** The hub has said that it has this payment. */
  known: boolean;
  word: FinalWord | undefined;
  /** When the word, and when anything at all, was first said. */
  wordAt: number;
  knownAt: number;
  noticed: boolean;
  amount: WireAmount | undefined;
  /** The acquirer wants it not to be; and the hub has said, at this time, that it is not. */
  cancelAsked: boolean;
  cancelledAt: number | undefined;
  /** What was said about each refund, by the acquirer's id. */
  readonly refunds: Map<string, HeardRefund>;
  readonly legs: HeardLeg[];
}

/** One refund of an acquirer: what was asked for, and the final word on it. */
export interface HeardRefund {
  readonly refundRequestId: string;
  readonly amount: WireAmount;
  /** The hub's id of it for the acquirer. */
  refundId: string;
  status: 'S' | 'F' | undefined;
  settlement: WireAmount | undefined;
  /** When it was done, by the answer itself. */
  at: number;
}

/** One wallet's part in an order, by the id that the hub gave the wallet. */
export interface HeardLeg {
  readonly legId: string;
  readonly walletId: string;
  readonly customerId: string;
  readonly payTo: WireAmount;
  readonly expiresAt: number;
  readonly payment: HeardPayment;
  /** How often the customer's money was taken, and given back. */
  charges: number;
  refunds: number;
  /** What the hub asked it to give back, by the hub's id, and what it gave. */
  readonly backAsked: Map<string, bigint>;
  readonly backGiven: Map<string, bigint>;
  said: 'S' | 'F' | undefined;
  /** The hub has told the wallet to cancel. */
  cancelled: boolean;
}

export function newPayment(acquirerId: string, paymentRequestId: string): HeardPayment {
  return {
    acquirerId,
    paymentRequestId,
    product: undefined,
    known: false,
    word: undefined,
    wordAt: 0,
    knownAt: 0,
    noticed: false,
    amount: undefined,
    cancelAsked: false,
    cancelledAt: undefined,
    refunds: new Map(),
    legs: [],
  };
}

/** How the auditors of single promises see the one that hears all. */
export interface Hearing {
  blame(violation: string): void;
  now(): number;
  payment(acquirerId: string, paymentRequestId: string): HeardPayment;
}

/** What the auditor knows of an agreement: the fees that change what a wallet owes. */
export interface AuditedTerms {
  readonly cap: bigint | null;
  readonly serviceFeeBasisPoints: number;
  /** The most that one customer may pay, in fen. */
  readonly personMost: bigint | null;
}

/** `{"currency":"CNY","value":"100"}` as one comparable text. */
export function amountText(amount: WireAmount | undefined): string | undefined {
  return amount === undefined ? undefined : `${amount.value} ${amount.currency}`;
}

/** Whether two final words are the same word; a fact that one leaves out is no difference. */
export function sameWord(one: FinalWord, other: FinalWord): boolean {
  const agree = (a: string | undefined, b: string | undefined) =>
    a === undefined || b === undefined || a === b;
  return (
    one.status === other.status &&
    one.code === other.code &&
    agree(one.paymentId, other.paymentId) &&
    agree(one.pspId, other.pspId) &&
    agree(one.customerId, other.customerId) &&
    agree(one.settlement, other.settlement)
  );
}

export function wordText(word: FinalWord): string {
  return `${word.status} ${word.code}${word.pspId === undefined ? '' : ` by ${word.pspId}`}`;
}

/** What a wallet has given back of a leg in refunds, in minor units. */
export function backOf(leg: HeardLeg): bigint {
  return [...leg.backGiven.values()].reduce((sum, each) => sum + each, 0n);
}

/** The refunds of a payment that were said to be done. */
export function refundsDone(payment: HeardPayment): HeardRefund[] {
  return [...payment.refunds.values()].filter(({ status }) => status === 'S');
}
