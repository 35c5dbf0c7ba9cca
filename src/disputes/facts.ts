// What dispute commands ask for, what they are given, and what they may change.

import type { Command, Decision } from '../engine/command.ts';
import type { Payment, Refund } from '../payments/payment.ts';
import type { Dispute, Evidence } from './dispute.ts';

/** Files of one side: the wallet's with its question, or the acquirer's with its answer. */
export interface SentFiles {
  readonly from: 'wallet' | 'acquirer';
  readonly files: readonly Evidence[];
}

/** What must still be said about a dispute, and its clock. */
export type DisputeTaskKind =
  /** The acquirer is asked until it says that it has heard. */
  | 'acquirer.asked'
  /** The wallet is told the answer until it says that it has heard. */
  | 'wallet.answered'
  /** Both are told that a time is over, as often as a notice is repeated. */
  | 'acquirer.overdue'
  | 'wallet.overdue'
  /** The merchant of our own acquirer is told what came of it, as often as a notice is repeated. */
  | 'merchant.judged'
  | 'merchant.cancelled'
  /** Never a call: the time to answer is over. */
  | 'answer.due'
  /** Never a call: has the promised refund come, and is its time over? */
  | 'refund.look';

export interface DisputeTask {
  readonly taskNumber: number;
  readonly kind: DisputeTaskKind;
  readonly paymentNumber: number;
  readonly disputeNumber: number;
  readonly dueAt: number;
  /** How often it was begun. */
  readonly tries: number;
  readonly createdAt: number;
}

/** A wallet's dispute id that is taken: for which payment, on which terms. */
export interface DisputeClaim {
  readonly requestKey: string;
  readonly paymentNumber: number;
  readonly keyTerms: string;
  readonly claimedAt: number;
}

/** The rows that a batch needs, all of one lane. */
export interface DisputeKeys {
  /** Payments with their refunds and disputes. */
  readonly payments: Set<number>;
  readonly claims: Set<string>;
  readonly tasks: Set<number>;
}

export interface DisputeFacts {
  readonly payments: Map<number, Payment>;
  /** By payment, in the order in which they were asked for. */
  readonly refunds: Map<number, readonly Refund[]>;
  /** By payment, in the order in which they came; refused ones included. */
  readonly disputes: Map<number, readonly Dispute[]>;
  readonly claims: Map<string, DisputeClaim>;
  readonly tasks: Map<number, DisputeTask>;
  readonly dirty: {
    readonly disputes: Map<string, Dispute>;
    readonly evidence: (SentFiles & { readonly dispute: Dispute })[];
    readonly claims: DisputeClaim[];
    readonly added: Map<number, DisputeTask>;
    readonly moved: Map<number, DisputeTask>;
    readonly removed: Set<number>;
  };
}

/** What one decision changes. */
export interface DisputeChanges {
  /** The dispute as it is afterwards, new or changed. */
  readonly dispute?: Dispute;
  readonly evidence?: SentFiles;
  readonly claim?: DisputeClaim;
  readonly added?: readonly DisputeTask[];
  readonly moved?: readonly DisputeTask[];
  readonly removed?: readonly number[];
  /** What this process begins right after the commit, with what it is about. */
  readonly begin?: readonly DisputeTask[];
  readonly about?: { readonly dispute: Dispute; readonly payment: Payment };
}

export type DisputeCommand<Reply> = Command<DisputeKeys, DisputeFacts, DisputeChanges, Reply>;
export type DisputeDecision<Reply> = Decision<Reply, DisputeChanges>;

export function disputesOf(facts: DisputeFacts, paymentNumber: number): readonly Dispute[] {
  return facts.disputes.get(paymentNumber) ?? [];
}

/** One dispute of a payment, or undefined where there is none of this number. */
export function disputeOf(
  facts: DisputeFacts,
  { paymentNumber, disputeNumber }: Pick<Dispute, 'paymentNumber' | 'disputeNumber'>,
): Dispute | undefined {
  return disputesOf(facts, paymentNumber).find((each) => each.disputeNumber === disputeNumber);
}

/** A decision that changes nothing. */
export function unchanged<Reply>(reply: Reply): DisputeDecision<Reply> {
  return { kind: 'done', reply, changes: undefined };
}

export function changed<Reply>(reply: Reply, changes: DisputeChanges): DisputeDecision<Reply> {
  return { kind: 'done', reply, changes };
}
