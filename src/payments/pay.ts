// `pay` from an acquirer: a payment code is charged through its wallet, or an order waits for one.

import { laneOfSlot } from '../base/id.ts';
import type { Moment } from '../engine/command.ts';
import type { PricedPair } from '../fx/board.ts';
import { type Money, money } from '../money/money.ts';
import type { Participant } from '../network/participant.ts';
import type { ResultCode } from '../wire/results.ts';
import { settlementOf } from './amounts.ts';
import { counterKeys } from './counting.ts';
import {
  changed,
  type PaymentCommand,
  type PaymentDecision,
  type PaymentFacts,
  type PaymentKeys,
  paymentOfRequest,
  requestKey,
  unchanged,
} from './facts.ts';
import { endPayment, holdLeg, newItem, type Payer, positionOf } from './legs.ts';
import { type Payment, type PaymentPage, withLeg } from './payment.ts';
import { type OfferedProduct, productRow } from './products.ts';
import { type Rules, slotOfRequest } from './rules.ts';

/** An acquirer's order, checked and complete: nothing in it can be of the wrong form any more. */
export interface PayOrder {
  readonly acquirer: Participant;
  readonly paymentRequestId: string;
  readonly product: OfferedProduct;
  readonly keyTerms: string;
  readonly amount: Money;
  /** Null where there is none now: then `refusal` says so. */
  readonly settlementPrice: PricedPair | null;
  readonly merchantName: string;
  readonly storeName: string | null;
  readonly city: string | null;
  readonly order: string;
  readonly notifyUrl: string | null;
  readonly page: PaymentPage | null;
  /** When the acquirer wants it to end; a later time than our own is shortened. */
  readonly expiresAt: number | null;
  /** Eight random digits for the order code; null for a payment code. */
  readonly nonce: string | null;
  /** Who pays; known for a payment code, not yet for the others. */
  readonly payer: Payer | null;
  /** Why it can never be paid, known before any wallet is asked; null when nothing is known. */
  readonly refusal: FinalRefusal | null;
}

/** An F that is written down, so that the same request is refused for ever. */
export interface FinalRefusal {
  readonly resultCode: ResultCode;
  /** Null where the code's own sentence says it all. */
  readonly message: string | null;
}

export type PayReply =
  | { readonly kind: 'accepted'; readonly payment: Payment; readonly repeated: boolean }
  | { readonly kind: 'refused'; readonly resultCode: ResultCode; readonly message?: string };

/** The command that carries out `pay`. Same id and terms again: the payment as it is by then. */
export function payCommand(rules: Rules, order: PayOrder): PaymentCommand<PayReply> {
  const slot = slotOfRequest(order.acquirer.participantId, order.paymentRequestId);
  return {
    kind: 'pay',
    lane: laneOfSlot(slot, rules.lanes),
    gather: (keys) => gatherPay(rules, order, keys),
    decide: (facts, moment) => decidePay(rules, order, slot, facts, moment),
  };
}

function gatherPay(rules: Rules, order: PayOrder, keys: PaymentKeys): void {
  const { participantId } = order.acquirer;
  keys.requests.add(requestKey(participantId, order.paymentRequestId));
  if (order.payer !== null) {
    const { wallet, customerId, at } = order.payer;
    keys.accounts.add(positionOf(rules.directory.chart, wallet));
    const person = { walletId: wallet.participantId, customerId };
    for (const key of counterKeys(rules, person, at)) keys.counters.add(key);
  }
}

function decidePay(
  rules: Rules,
  order: PayOrder,
  slot: number,
  facts: PaymentFacts,
  moment: Moment,
): PaymentDecision<PayReply> {
  const known = paymentOfRequest(facts, order.acquirer.participantId, order.paymentRequestId);
  if (known !== undefined) return unchanged(repeatedPay(known, order.keyTerms));
  const { amount, settlementPrice } = order;
  const settlement = settlementPrice === null ? undefined : settlementOf(amount, settlementPrice);
  const payment = newPayment(rules, order, settlement, moment, slot);
  if (order.refusal !== null) return refusedForGood(rules, payment, order.refusal, moment);
  if (settlement === undefined) return refusedForGood(rules, payment, tooSmall, moment);
  if (payment.expiresAt <= moment.now) {
    return unchanged({
      kind: 'refused',
      resultCode: 'PARAM_ILLEGAL',
      message: 'paymentExpiryTime is in the past.',
    });
  }
  return order.payer === null
    ? placeOrder(payment, moment)
    : askWallet(rules, order.payer, payment, facts, moment);
}

/** The message is well formed: it is today's rate that leaves nothing of so small an amount. */
const tooSmall: FinalRefusal = {
  resultCode: 'PARAM_ILLEGAL',
  message: 'paymentAmount.value is too small to convert.',
};

/** The answer to an id that was used before (protocol.md §2.15). */
export function repeatedPay(known: Payment, keyTerms: string): PayReply {
  if (known.product === 'never_placed') return { kind: 'refused', resultCode: 'ORDER_IS_CLOSED' };
  return known.keyTerms === keyTerms
    ? { kind: 'accepted', payment: known, repeated: true }
    : { kind: 'refused', resultCode: 'REPEAT_REQ_INCONSISTENT' };
}

function newPayment(
  rules: Rules,
  order: PayOrder,
  settlement: Money | undefined,
  moment: Moment,
  slot: number,
): Payment {
  const ours = moment.now + rules.timing[productRow(order.product).life];
  return {
    paymentNumber: moment.number(slot),
    acquirerId: order.acquirer.participantId,
    paymentRequestId: order.paymentRequestId,
    product: order.product,
    keyTerms: order.keyTerms,
    state: 'PROCESSING',
    resultCode: 'PAYMENT_IN_PROCESS',
    amount: order.amount,
    settlement: settlement ?? money(order.acquirer.currency, 0n),
    settlementPrice: {
      midPrice: order.settlementPrice?.midPrice ?? '1',
      spreadBasisPoints: order.settlementPrice?.spreadBasisPoints ?? 0,
    },
    merchantName: order.merchantName,
    storeName: order.storeName,
    city: order.city,
    order: order.order,
    notifyUrl: order.notifyUrl,
    page: order.page,
    nonce: order.nonce,
    paidLeg: null,
    createdAt: moment.now,
    expiresAt: order.expiresAt === null ? ours : Math.min(order.expiresAt, ours),
    finishedAt: null,
    refusal: null,
    legs: [],
  };
}

/** What is left of a cap is the wallet's own affair: the acquirer hears the code's sentence. */
const overCapForGood: FinalRefusal = {
  resultCode: 'PAYMENT_AMOUNT_EXCEED_LIMIT',
  message: null,
};

/** An order code waits for a wallet until it expires. */
function placeOrder(payment: Payment, moment: Moment): PaymentDecision<PayReply> {
  const expiry = newItem(moment, payment, 'payment.expire', 0, payment.expiresAt);
  return changed(
    { kind: 'accepted', payment, repeated: false },
    { payment, added: [{ ...expiry, tries: 0 }] },
  );
}

/** Holds the wallet's position and writes down the call to the wallet, which then is made. */
function askWallet(
  rules: Rules,
  payer: Payer,
  payment: Payment,
  facts: PaymentFacts,
  moment: Moment,
): PaymentDecision<PayReply> {
  const outcome = holdLeg(facts, moment, rules, payer, {
    payment,
    leg: 1,
    state: 'ASKED',
  });
  switch (outcome.kind) {
    case 'needs_quota':
      return { kind: 'defer', needs: outcome.needs };
    case 'over_cap':
      return refusedForGood(rules, payment, overCapForGood, moment);
    case 'over_limit':
      return refusedForGood(rules, payment, outcome, moment);
    case 'too_small':
      return refusedForGood(rules, payment, tooSmall, moment);
    case 'held': {
      const asked = withLeg(payment, outcome.leg);
      const ask = newItem(moment, asked, 'wallet.pay', 1, moment.now + rules.timing.leaseMs);
      return changed(
        { kind: 'accepted', payment: asked, repeated: false },
        { payment: asked, holds: [outcome.hold], added: [ask], begin: [ask] },
      );
    }
  }
}

/**
 * F is final, so it is written down like any other end: there may be room again, or a rate, or the
 * wallet may be open and the merchant registered by then, when the same request comes once more,
 * late or doubled on its way, and must not be charged then.
 */
function refusedForGood(
  rules: Rules,
  payment: Payment,
  { resultCode, message }: FinalRefusal,
  moment: Moment,
): PaymentDecision<PayReply> {
  const told: Payment = { ...payment, refusal: message };
  const ending = endPayment(rules, moment, told, 'FAILED', resultCode);
  return changed(
    { kind: 'accepted', payment: ending.payment, repeated: false },
    { payment: ending.payment, added: ending.begin, begin: ending.begin },
  );
}

export const overCap = {
  kind: 'refused',
  resultCode: 'PAYMENT_AMOUNT_EXCEED_LIMIT',
  message: "The amount is over what is left of this wallet's cap with the network.",
} as const;
