// A wallet's word on a leg, however it came: the answer to `pay`, to an inquiry, or its own notice.

import { laneOfSlot, publicId, slotOfNumber } from '../base/id.ts';
import type { Moment } from '../engine/command.ts';
import type { Money } from '../money/money.ts';
import type { ResultCode } from '../wire/results.ts';
import {
  changed,
  type PaymentCommand,
  type PaymentDecision,
  type PaymentFacts,
  type PaymentItem,
  unchanged,
} from './facts.ts';
import { endPayment, release, reverseLeg } from './legs.ts';
import { isLive, type Leg, legOf, type Payment, withLeg } from './payment.ts';
import { type OfferedProduct, productRow } from './products.ts';
import { beginPush } from './push.ts';
import { delayOf, type Rules } from './rules.ts';
import { settled } from './settle.ts';

/** S and F are final; `unknown` covers U, silence, and anything that cannot be verified. */
export type WalletWord =
  | { readonly kind: 'success'; readonly walletPaymentId: string | null }
  | { readonly kind: 'failure'; readonly resultCode: ResultCode }
  | { readonly kind: 'unknown' };

export interface WalletAnswer {
  readonly paymentNumber: number;
  readonly leg: number;
  readonly word: WalletWord;
  /** The ask that this answers; null when the wallet spoke by itself. */
  readonly item: PaymentItem | null;
  /** What the wallet says the payment is; it must be what we know (protocol.md §2.15). */
  readonly claims?: WalletClaims;
}

export interface WalletClaims {
  readonly walletId: string;
  /** The public id of the leg as the wallet wrote it. */
  readonly legId: string;
  readonly amount?: Money;
  readonly payTo?: Money;
  readonly customerId?: string;
  readonly walletPaymentId?: string;
}

/**
 * What became of the word: it counted now or before, came too late, or contradicts an earlier one.
 */
export type AnswerReply =
  | {
      readonly kind: 'counted' | 'repeated' | 'too_late' | 'contradicts';
      readonly payment: Payment;
    }
  | { readonly kind: 'differs'; readonly field: string; readonly payment: Payment }
  | { readonly kind: 'no_such_leg' };

export function answerCommand(rules: Rules, answer: WalletAnswer): PaymentCommand<AnswerReply> {
  return {
    kind: 'answer',
    lane: laneOfSlot(slotOfNumber(answer.paymentNumber), rules.lanes),
    gather: (keys) => void keys.payments.add(answer.paymentNumber),
    decide: (facts, moment) => decideAnswer(rules, answer, facts, moment),
  };
}

function decideAnswer(
  rules: Rules,
  answer: WalletAnswer,
  facts: PaymentFacts,
  moment: Moment,
): PaymentDecision<AnswerReply> {
  const payment = facts.payments.get(answer.paymentNumber);
  const leg = payment === undefined ? undefined : legOf(payment, answer.leg);
  if (payment === undefined || leg === undefined) return unchanged({ kind: 'no_such_leg' });
  const { claims } = answer;
  if (claims !== undefined) {
    if (!isClaimedLeg(payment, leg, claims)) return unchanged({ kind: 'no_such_leg' });
    const field = differingField(payment, leg, claims);
    if (field !== undefined) return unchanged({ kind: 'differs', field, payment });
  }
  const done = answer.item === null ? [] : [answer.item.outboxNumber];
  switch (answer.word.kind) {
    case 'success':
      return succeeded(rules, payment, leg, answer.word.walletPaymentId, done, moment);
    case 'failure':
      return failed(rules, payment, leg, answer.word.resultCode, done, moment);
    case 'unknown':
      return stillUnknown(rules, payment, leg, answer.item, moment);
  }
}

function isClaimedLeg(payment: Payment, leg: Leg, claims: WalletClaims): boolean {
  const legId = publicId('leg', payment.createdAt, payment.paymentNumber, leg.leg);
  return leg.walletId === claims.walletId && legId === claims.legId;
}

function differingField(payment: Payment, leg: Leg, claims: WalletClaims): string | undefined {
  const same = (a: Money | undefined, b: Money) =>
    a === undefined || (a.currency === b.currency && a.minor === b.minor);
  if (!same(claims.amount, payment.amount)) return 'paymentAmount';
  if (!same(claims.payTo, leg.payTo)) return 'payToAmount';
  if (claims.customerId !== undefined && claims.customerId !== leg.customerId) return 'customerId';
  const told = leg.walletPaymentId ?? claims.walletPaymentId;
  if (claims.walletPaymentId !== told) return 'paymentId';
  return undefined;
}

/**
 * S. It counts once: for a live leg of a payment in process. Any other success that has not been
 * counted is reversed at the wallet and never posted (protocol.md §1.8, the four cases).
 */
function succeeded(
  rules: Rules,
  payment: Payment,
  leg: Leg,
  walletPaymentId: string | null,
  done: readonly number[],
  moment: Moment,
): PaymentDecision<AnswerReply> {
  if (leg.state === 'SUCCESS' || leg.state === 'PAID' || leg.state === 'REVERSING') {
    const kind = leg.state === 'REVERSING' ? 'too_late' : 'repeated';
    return changed({ kind, payment }, { about: payment, removed: done });
  }
  if (isLive(leg) && payment.state === 'PROCESSING') {
    // Only a payment that was placed has legs.
    const { pushes } = productRow(payment.product as OfferedProduct);
    const counts = pushes ? beginPush : settled;
    const changes = counts(rules, payment, leg, walletPaymentId, done, moment);
    return changed({ kind: 'counted', payment: changes.payment }, changes);
  }
  const named = { ...leg, walletPaymentId };
  const {
    payment: reversing,
    holds,
    begin,
  } = reverseLeg(rules, moment, withLeg(payment, named), named, 'ORDER_IS_CLOSED');
  return changed(
    { kind: 'too_late', payment: reversing },
    { payment: reversing, holds, added: begin, begin, removed: done },
  );
}

/**
 * F. The hold goes. The payment fails with the wallet's reason unless another wallet is still at it
 * (an order code that two wallets have scanned).
 */
function failed(
  rules: Rules,
  payment: Payment,
  leg: Leg,
  resultCode: ResultCode,
  done: readonly number[],
  moment: Moment,
): PaymentDecision<AnswerReply> {
  if (leg.state === 'SUCCESS' || leg.state === 'PAID') {
    return changed({ kind: 'contradicts', payment }, { about: payment, removed: done });
  }
  if (!isLive(leg)) {
    return changed({ kind: 'repeated', payment }, { about: payment, removed: done });
  }
  const refused: Leg = {
    ...leg,
    state: 'FAILED',
    resultCode,
    held: 0n,
    finishedAt: moment.now,
  };
  const without = withLeg(payment, refused);
  const holds = release(rules, leg);
  if (payment.state !== 'PROCESSING' || without.legs.some(isLive)) {
    return changed(
      { kind: 'counted', payment: without },
      { payment: without, holds, removed: done },
    );
  }
  const ending = endPayment(rules, moment, without, 'FAILED', resultCode);
  return changed(
    { kind: 'counted', payment: ending.payment },
    {
      payment: ending.payment,
      holds: [...holds, ...ending.holds],
      added: ending.begin,
      begin: ending.begin,
      removed: done,
    },
  );
}

/**
 * U or nothing. The wallet is asked again on the schedule, a last time at the expiry; after that
 * the payment is closed and the wallet has to cancel.
 */
function stillUnknown(
  rules: Rules,
  payment: Payment,
  leg: Leg,
  item: PaymentItem | null,
  moment: Moment,
): PaymentDecision<AnswerReply> {
  if (item === null) return unchanged({ kind: 'repeated', payment });
  if (!isLive(leg) || payment.state !== 'PROCESSING') {
    return changed({ kind: 'repeated', payment }, { about: payment, removed: [item.outboxNumber] });
  }
  if (moment.now >= payment.expiresAt) {
    const ending = endPayment(rules, moment, payment, 'CLOSED', 'ORDER_IS_CLOSED');
    return changed(
      { kind: 'counted', payment: ending.payment },
      {
        payment: ending.payment,
        holds: ending.holds,
        added: ending.begin,
        begin: ending.begin,
        removed: [item.outboxNumber],
      },
    );
  }
  const next = moment.now + delayOf(rules.timing.inquiryDelaysMs, Math.max(item.tries - 1, 0));
  const again: PaymentItem = {
    ...item,
    kind: 'wallet.inquire',
    dueAt: Math.min(next, payment.expiresAt),
  };
  return changed({ kind: 'counted', payment }, { moved: [again] });
}
