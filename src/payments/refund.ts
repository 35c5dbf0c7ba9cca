// `refund` from an acquirer: a part of a paid payment, or all of it, goes back to the visitor.

import { laneOfSlot, slotOf, slotOfNumber } from '../base/id.ts';
import { limits } from '../base/limits.ts';
import { dayMs, daysBetween } from '../calendar/clearingDay.ts';
import type { Moment } from '../engine/command.ts';
import type { Money } from '../money/money.ts';
import type { ResultCode } from '../wire/results.ts';
import { isPlaced } from './cancel.ts';
import { clearedOf } from './cleared.ts';
import {
  type Aftermath,
  aftermathOf,
  changed,
  type PaymentChanges,
  type PaymentCommand,
  type PaymentDecision,
  type PaymentFacts,
  type PaymentItem,
  type RefundClaim,
  requestKey,
  unchanged,
} from './facts.ts';
import { newItem } from './legs.ts';
import { type Leg, type Payment, paidLegOf, type Refund } from './payment.ts';
import { refundAmounts, refundPostings, sumsOf } from './reversal.ts';
import { delayOf, type Rules } from './rules.ts';

/** An acquirer's refund, checked for its form. */
export interface RefundOrder {
  readonly acquirerId: string;
  readonly refundRequestId: string;
  readonly paymentNumber: number;
  readonly amount: Money;
  readonly reason: string | null;
  /** Where the end of the refund is told; the first request of an id counts. */
  readonly notifyUrl: string | null;
}

type Refused = {
  readonly kind: 'refused';
  readonly resultCode: ResultCode;
  readonly message?: string;
};

export type RefundReply =
  | {
      readonly kind: 'taken';
      readonly payment: Payment;
      readonly refund: Refund;
      readonly repeated: boolean;
    }
  | Refused;

/** What must be the same when a refund id comes again (protocol.md §2.15). */
function keyTermsOf(order: RefundOrder): string {
  return `${order.amount.currency} ${order.amount.minor}`;
}

/**
 * Takes a refund id for one payment and amount, in the lane of the id itself, so that the whole
 * network has one place where it is used up (as payment codes are: decision 0005). `payment` is
 * undefined where the order names none that exists: then the id is only looked up.
 */
export function claimRefundCommand(
  rules: Rules,
  order: RefundOrder,
  payment: Payment | undefined,
): PaymentCommand<{ readonly kind: 'claimed' } | Refused> {
  const key = requestKey(order.acquirerId, order.refundRequestId);
  return {
    kind: 'claim refund',
    lane: laneOfSlot(slotOf('refund', order.acquirerId, order.refundRequestId), rules.lanes),
    gather: (keys) => void keys.refundClaims.add(key),
    decide(facts, moment) {
      const known = facts.refundClaims.get(key);
      if (known !== undefined) {
        return unchanged(
          isSame(known, order)
            ? { kind: 'claimed' }
            : { kind: 'refused', resultCode: 'REPEAT_REQ_INCONSISTENT' },
        );
      }
      if (payment === undefined || !isPlaced(payment)) {
        return unchanged({ kind: 'refused', resultCode: 'ORDER_NOT_EXIST' });
      }
      if (payment.amount.currency !== order.amount.currency) {
        const { currency } = payment.amount;
        const message = `refundAmount.currency must be that of the payment, ${currency}.`;
        return unchanged({ kind: 'refused', resultCode: 'CURRENCY_NOT_SUPPORT', message });
      }
      const refundClaim: RefundClaim = {
        requestKey: key,
        paymentNumber: order.paymentNumber,
        keyTerms: keyTermsOf(order),
        claimedAt: moment.now,
      };
      return changed({ kind: 'claimed' }, { refundClaim });
    },
  };
}

function isSame(claim: RefundClaim, order: RefundOrder): boolean {
  return claim.paymentNumber === order.paymentNumber && claim.keyTerms === keyTermsOf(order);
}

/** Carries a claimed refund out; the same id again gives the refund as it is by then. */
export function refundCommand(rules: Rules, order: RefundOrder): PaymentCommand<RefundReply> {
  return {
    kind: 'refund',
    lane: laneOfSlot(slotOfNumber(order.paymentNumber), rules.lanes),
    gather(keys) {
      keys.payments.add(order.paymentNumber);
      keys.aftermaths.add(order.paymentNumber);
    },
    decide: (facts, moment) => decideRefund(rules, order, facts, moment),
  };
}

function decideRefund(
  rules: Rules,
  order: RefundOrder,
  facts: PaymentFacts,
  moment: Moment,
): PaymentDecision<RefundReply> {
  const payment = facts.payments.get(order.paymentNumber);
  if (payment === undefined || !isPlaced(payment)) {
    return unchanged({ kind: 'refused', resultCode: 'ORDER_NOT_EXIST' });
  }
  const { refunds } = aftermathOf(facts, order.paymentNumber);
  const known = refunds.find((each) => each.refundRequestId === order.refundRequestId);
  if (known !== undefined) {
    return unchanged({ kind: 'taken', payment, refund: known, repeated: true });
  }
  if (refunds.length >= limits.refundsPerPayment) {
    const message = `A payment has at most ${limits.refundsPerPayment} refunds.`;
    return unchanged({ kind: 'refused', resultCode: 'PROCESS_FAIL', message });
  }
  const counted = refunds.filter((each) => each.state !== 'FAILED');
  const obstacle = obstacleTo(rules, payment, counted, order, moment);
  return obstacle === undefined
    ? askWallet(rules, order, payment, facts, moment)
    : refusedForGood(rules, order, payment, obstacle, moment);
}

/** Why a payment cannot be refunded by this amount now. */
function obstacleTo(
  rules: Rules,
  payment: Payment,
  counted: readonly Refund[],
  order: RefundOrder,
  moment: Moment,
): ResultCode | undefined {
  switch (payment.state) {
    case 'PROCESSING':
      return 'PROCESS_FAIL';
    case 'FAILED':
    case 'CLOSED':
      return 'ORDER_IS_CLOSED';
    case 'SUCCESS':
      break;
  }
  const days = daysBetween(payment.finishedAt ?? payment.createdAt, moment.now);
  if (days > Math.floor(rules.timing.refundWindowMs / dayMs)) return 'REFUND_WINDOW_EXCEED';
  const given = sumsOf(counted).amount;
  return given + order.amount.minor > payment.amount.minor ? 'REFUND_AMOUNT_EXCEED' : undefined;
}

/**
 * F is final, so a refusal is written down like any other end: the same request, late or doubled on
 * its way, could find the payment refundable by then, and the shop has given cash meanwhile.
 */
function refusedForGood(
  rules: Rules,
  order: RefundOrder,
  payment: Payment,
  resultCode: ResultCode,
  moment: Moment,
): PaymentDecision<RefundReply> {
  const nothing = (of: Money): Money => ({ ...of, minor: 0n });
  const refund: Refund = {
    ...newRefund(order, moment),
    state: 'FAILED',
    resultCode,
    settlement: nothing(payment.settlement),
    refundFrom: nothing(paidLegOf(payment)?.payTo ?? payment.amount),
    finishedAt: moment.now,
  };
  const changes = { about: payment, refund, ...newNotice(rules, payment, refund, moment) };
  return changed({ kind: 'taken', payment, refund, repeated: false }, changes);
}

function newRefund(order: RefundOrder, moment: Moment) {
  return {
    paymentNumber: order.paymentNumber,
    refundNumber: moment.number(slotOfNumber(order.paymentNumber)),
    acquirerId: order.acquirerId,
    refundRequestId: order.refundRequestId,
    amount: order.amount,
    reason: order.reason,
    notifyUrl: order.notifyUrl,
    walletRefundId: null,
    createdAt: moment.now,
  };
}

/** Writes down the refund, which now counts as given back, and the call to the wallet. */
function askWallet(
  rules: Rules,
  order: RefundOrder,
  payment: Payment,
  facts: PaymentFacts,
  moment: Moment,
): PaymentDecision<RefundReply> {
  const aftermath = aftermathOf(facts, order.paymentNumber);
  const earlier = aftermath.refunds.filter((each) => each.state !== 'FAILED');
  const leg = paidLegOf(payment) as Leg;
  const asked: Refund = {
    ...newRefund(order, moment),
    state: 'ASKED',
    resultCode: 'PAYMENT_IN_PROCESS',
    ...refundAmounts(payment, leg, earlier, order.amount),
    finishedAt: null,
  };
  if (asked.refundFrom.minor === 0n) {
    // Too small a part for the wallet's currency: what it lacks comes with the next part.
    const done = givenBack(rules, payment, aftermath, asked, null, moment);
    return changed(
      { kind: 'taken', payment, refund: done.refund, repeated: false },
      { payment, ...done, ...newNotice(rules, payment, done.refund, moment) },
    );
  }
  const item: PaymentItem = {
    ...newItem(moment, payment, 'wallet.refund', leg.leg, moment.now + rules.timing.leaseMs),
    outboxNumber: asked.refundNumber,
  };
  return changed(
    { kind: 'taken', payment, refund: asked, repeated: false },
    { payment, refund: asked, added: [item], begin: [item] },
  );
}

/** The notice of a refund that ends as it is asked for; none where nobody is told. */
function newNotice(
  rules: Rules,
  payment: Payment,
  refund: Refund,
  moment: Moment,
): Pick<PaymentChanges, 'added' | 'begin'> {
  if (refund.notifyUrl === null) return {};
  const item: PaymentItem = {
    ...newItem(moment, payment, 'acquirer.notifyRefund', 0, moment.now + rules.timing.leaseMs),
    outboxNumber: refund.refundNumber,
  };
  return { added: [item], begin: [item] };
}

/** What becomes of the call to the wallet when it has ended the refund: its notice, or nothing. */
function ending(
  rules: Rules,
  refund: Refund,
  item: PaymentItem,
  moment: Moment,
): Pick<PaymentChanges, 'moved' | 'begin' | 'removed'> {
  if (refund.notifyUrl === null) return { removed: [item.outboxNumber] };
  const dueAt = moment.now + rules.timing.leaseMs;
  const notice: PaymentItem = { ...item, kind: 'acquirer.notifyRefund', tries: 1, dueAt };
  return { moved: [notice], begin: [notice] };
}

/** A refund that is done, with the journal of its money and what its day's batches get of it. */
function givenBack(
  rules: Rules,
  payment: Payment,
  aftermath: Aftermath,
  asked: Refund,
  walletRefundId: string | null,
  moment: Moment,
): Pick<PaymentChanges, 'journal' | 'cleared'> & { readonly refund: Refund } {
  const refund: Refund = {
    ...asked,
    state: 'SUCCESS',
    resultCode: 'SUCCESS',
    walletRefundId,
    finishedAt: moment.now,
  };
  const posted = aftermath.refunds.filter((each) => each.state === 'SUCCESS');
  const postings = refundPostings(
    payment,
    paidLegOf(payment) as Leg,
    aftermath.postings,
    posted,
    refund,
    rules.directory.chart,
  );
  if (postings.length === 0) return { refund };
  const journal = { journalNumber: refund.refundNumber, postedAt: moment.now, postings };
  return { refund, journal, cleared: clearedOf(rules, journal, 'refund') };
}

/** What a wallet says to a refund; `unknown` covers U, silence, and what cannot be verified. */
export type RefundWord =
  | { readonly kind: 'success'; readonly walletRefundId: string | null }
  | { readonly kind: 'failure'; readonly resultCode: ResultCode }
  | { readonly kind: 'unknown' };

/**
 * The wallet's word on a refund. S posts it. F ends it with nothing posted, and frees what it held:
 * a wallet must make a valid refund succeed (protocol.md §2.8), but F is final, and asking again
 * could give back what the shop meanwhile gave back in cash. Unknown is asked again, with the same
 * id, until it is one of the two.
 */
export function refundAnsweredCommand(
  rules: Rules,
  item: PaymentItem,
  word: RefundWord,
): PaymentCommand<void> {
  return {
    kind: 'refund answered',
    lane: laneOfSlot(slotOfNumber(item.paymentNumber), rules.lanes),
    gather(keys) {
      keys.payments.add(item.paymentNumber);
      keys.aftermaths.add(item.paymentNumber);
    },
    decide: (facts, moment) => decideAnswer(rules, item, word, facts, moment),
  };
}

function decideAnswer(
  rules: Rules,
  item: PaymentItem,
  word: RefundWord,
  facts: PaymentFacts,
  moment: Moment,
): PaymentDecision<void> {
  const payment = facts.payments.get(item.paymentNumber);
  const aftermath = aftermathOf(facts, item.paymentNumber);
  const asked = refundOfItem(aftermath, item);
  if (payment === undefined || asked?.state !== 'ASKED') {
    // It ended by an earlier answer; where its end is told the item is the notice by now.
    const isNotice = asked !== undefined && asked.notifyUrl !== null;
    return isNotice ? unchanged(undefined) : changed(undefined, { removed: [item.outboxNumber] });
  }
  switch (word.kind) {
    case 'success': {
      const done = givenBack(rules, payment, aftermath, asked, word.walletRefundId, moment);
      return changed(undefined, { payment, ...done, ...ending(rules, done.refund, item, moment) });
    }
    case 'failure': {
      const { resultCode } = word;
      const refund: Refund = { ...asked, state: 'FAILED', resultCode, finishedAt: moment.now };
      return changed(undefined, { payment, refund, ...ending(rules, refund, item, moment) });
    }
    case 'unknown': {
      const delay = delayOf(rules.timing.refundDelaysMs, Math.max(item.tries - 1, 0));
      const again: PaymentItem = { ...item, dueAt: moment.now + delay };
      return changed(undefined, { moved: [again] });
    }
  }
}

/** The refund that an item of the outbox is about: they have the same number. */
export function refundOfItem(aftermath: Aftermath, item: PaymentItem): Refund | undefined {
  return aftermath.refunds.find((each) => each.refundNumber === item.outboxNumber);
}
