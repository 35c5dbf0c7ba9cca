// `cancelPayment` from an acquirer: a payment is closed for good, and what was paid is taken back.

import { laneOfSlot, slotOfNumber } from '../base/id.ts';
import { nextDayAt } from '../calendar/clearingDay.ts';
import { takenOff } from '../clearing/slice.ts';
import type { Moment } from '../engine/command.ts';
import { money } from '../money/money.ts';
import type { Participant } from '../network/participant.ts';
import type { ResultCode } from '../wire/results.ts';
import { clearedOf } from './cleared.ts';
import {
  aftermathOf,
  changed,
  type PaymentCommand,
  type PaymentDecision,
  type PaymentFacts,
  paymentOfRequest,
  requestKey,
  unchanged,
} from './facts.ts';
import { endPayment, reverseLeg } from './legs.ts';
import { type Leg, type Payment, paidLegOf } from './payment.ts';
import { reversed } from './reversal.ts';
import { laneOfRequest, type Rules, slotOfRequest } from './rules.ts';

/** `never_placed`: there is no such payment, and from now on there never will be. */
export type CancelReply =
  | { readonly kind: 'cancelled'; readonly payment: Payment; readonly paidLeg: Leg | undefined }
  | { readonly kind: 'refused'; readonly resultCode: ResultCode; readonly message?: string }
  | { readonly kind: 'never_placed' };

/** The last instant, exclusive, at which an acquirer may cancel a payment that is paid. */
function cancelEndsAt(rules: Rules, payment: Payment): number {
  return nextDayAt(payment.finishedAt ?? payment.createdAt, rules.timing.acquirerCancelMs);
}

/** From when on a wallet may refuse to cancel, because its books of the day are closed. */
export function walletCancelEndsAt(rules: Rules, payment: Payment): number {
  return nextDayAt(payment.finishedAt ?? payment.createdAt, rules.timing.walletCancelMs);
}

/**
 * Takes an id that was never paid with out of use: a `pay` that comes after its cancel must not
 * charge anybody (protocol.md §1.8: a cancel once requested wins). Gives the payment where there is
 * one, and changes nothing then.
 */
export function closeRequestCommand(
  rules: Rules,
  acquirer: Participant,
  paymentRequestId: string,
): PaymentCommand<Payment | undefined> {
  const { participantId } = acquirer;
  return {
    kind: 'close request',
    lane: laneOfRequest(rules.lanes, participantId, paymentRequestId),
    gather: (keys) => void keys.requests.add(requestKey(participantId, paymentRequestId)),
    decide(facts, moment) {
      const known = paymentOfRequest(facts, participantId, paymentRequestId);
      if (known !== undefined) return unchanged(isPlaced(known) ? known : undefined);
      const payment = neverPlaced(acquirer, paymentRequestId, moment);
      const cancellation = {
        paymentNumber: payment.paymentNumber,
        cancelledAt: moment.now,
        paid: null,
      };
      return changed(undefined, { payment, cancellation });
    },
  };
}

/** Whether an acquirer has paid with it; what was cancelled before that does not exist for it. */
export function isPlaced(payment: Payment): boolean {
  return payment.product !== 'never_placed';
}

function neverPlaced(acquirer: Participant, paymentRequestId: string, moment: Moment): Payment {
  const nothing = money(acquirer.currency, 0n);
  return {
    paymentNumber: moment.number(slotOfRequest(acquirer.participantId, paymentRequestId)),
    acquirerId: acquirer.participantId,
    paymentRequestId,
    product: 'never_placed',
    keyTerms: '',
    state: 'CLOSED',
    resultCode: 'ORDER_IS_CLOSED',
    amount: nothing,
    settlement: nothing,
    settlementPrice: { midPrice: '1', spreadBasisPoints: 0 },
    merchantName: '',
    storeName: null,
    city: null,
    order: '{}',
    notifyUrl: null,
    page: null,
    nonce: null,
    paidLeg: null,
    createdAt: moment.now,
    expiresAt: moment.now,
    finishedAt: moment.now,
    refusal: null,
    legs: [],
  };
}

/** Cancels a payment of this acquirer; cancelling again is answered as the first time. */
export function cancelCommand(rules: Rules, paymentNumber: number): PaymentCommand<CancelReply> {
  return {
    kind: 'cancel',
    lane: laneOfSlot(slotOfNumber(paymentNumber), rules.lanes),
    gather(keys) {
      keys.payments.add(paymentNumber);
      keys.aftermaths.add(paymentNumber);
    },
    decide: (facts, moment) => decideCancel(rules, paymentNumber, facts, moment),
  };
}

function decideCancel(
  rules: Rules,
  paymentNumber: number,
  facts: PaymentFacts,
  moment: Moment,
): PaymentDecision<CancelReply> {
  const payment = facts.payments.get(paymentNumber);
  if (payment === undefined || !isPlaced(payment)) return unchanged({ kind: 'never_placed' });
  switch (payment.state) {
    case 'PROCESSING':
      return closeUnpaid(rules, payment, moment);
    case 'SUCCESS':
      return closePaid(rules, payment, facts, moment);
    case 'FAILED':
    case 'CLOSED': {
      const was = aftermathOf(facts, paymentNumber).cancellation?.paid?.leg;
      const paidLeg = payment.legs.find((leg) => leg.leg === was);
      return unchanged({ kind: 'cancelled', payment, paidLeg });
    }
  }
}

/** Nothing has been paid: closed at any time, since there would be nothing to refund. */
function closeUnpaid(rules: Rules, payment: Payment, moment: Moment): PaymentDecision<CancelReply> {
  const ending = endPayment(rules, moment, payment, 'CLOSED', 'ORDER_IS_CLOSED');
  return changed(
    { kind: 'cancelled', payment: ending.payment, paidLeg: undefined },
    {
      payment: ending.payment,
      holds: ending.holds,
      added: ending.begin,
      begin: ending.begin,
      cancellation: {
        paymentNumber: payment.paymentNumber,
        cancelledAt: moment.now,
        paid: null,
      },
    },
  );
}

/**
 * It has been paid: its journal is taken back at once, and the wallet must give the visitor the
 * money, however often it has to be told. The acquirer is not sent a second notice: it has the
 * answer to its cancel, and S and F of notices are final.
 */
function closePaid(
  rules: Rules,
  payment: Payment,
  facts: PaymentFacts,
  moment: Moment,
): PaymentDecision<CancelReply> {
  const { refunds, postings } = aftermathOf(facts, payment.paymentNumber);
  if (refunds.some((refund) => refund.state !== 'FAILED')) {
    const message = 'A refund of this payment was made or is under way: refund the rest instead.';
    return unchanged({ kind: 'refused', resultCode: 'PROCESS_FAIL', message });
  }
  if (moment.now >= cancelEndsAt(rules, payment)) {
    return unchanged({ kind: 'refused', resultCode: 'CANCEL_WINDOW_EXCEED' });
  }
  const leg = paidLegOf(payment) as Leg;
  const journalNumber = moment.number(slotOfNumber(payment.paymentNumber));
  const closed: Payment = {
    ...payment,
    state: 'CLOSED',
    resultCode: 'ORDER_IS_CLOSED',
    paidLeg: null,
  };
  const paidAt = payment.finishedAt ?? moment.now;
  // Neither the payment nor what takes it back is cleared: its own day has one payment less.
  const paid = { journalNumber: payment.paymentNumber, postedAt: paidAt, postings };
  const { payment: reversing, begin } = reverseLeg(rules, moment, closed, leg, 'ORDER_IS_CLOSED');
  return changed(
    { kind: 'cancelled', payment: reversing, paidLeg: leg },
    {
      payment: reversing,
      journal: { journalNumber, postedAt: moment.now, postings: reversed(postings) },
      cleared: takenOff(clearedOf(rules, paid, 'payment')),
      added: begin,
      begin,
      cancellation: {
        paymentNumber: payment.paymentNumber,
        cancelledAt: moment.now,
        paid: { journalNumber, leg: leg.leg, at: paidAt },
      },
    },
  );
}
