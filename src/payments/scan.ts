// `userInitiatedPay` from a wallet: its customer scanned an order code and wants to see the order.

import { laneOfSlot, slotOfNumber } from '../base/id.ts';
import { limits } from '../base/limits.ts';
import type { Moment } from '../engine/command.ts';
import { unpricedSentence } from '../fx/board.ts';
import type { Excess } from '../limits/assess.ts';
import type { Participant } from '../network/participant.ts';
import type { ResultCode } from '../wire/results.ts';
import { counterKeys } from './counting.ts';
import {
  changed,
  type PaymentCommand,
  type PaymentDecision,
  type PaymentFacts,
  unchanged,
} from './facts.ts';
import { holdLeg, newItem, positionOf } from './legs.ts';
import { overCap } from './pay.ts';
import { isLive, type Leg, type Payment, pushedLegOf, withLeg } from './payment.ts';
import { isUnregistered, notRegistered } from './registered.ts';
import { delayOf, type Rules } from './rules.ts';

/** A scanned order code with who scanned it. */
export interface Scan {
  readonly wallet: Participant;
  readonly customerId: string;
  readonly paymentNumber: number;
  /** The digits of our own order code; null for a code of the acquirer's own. */
  readonly nonce: string | null;
  /** When it was scanned: in whose windows it is counted. */
  readonly at: number;
}

export type ScanReply =
  | { readonly kind: 'shown'; readonly payment: Payment; readonly leg: Leg }
  | {
      readonly kind: 'refused';
      readonly resultCode: ResultCode;
      readonly message?: string;
      /** The limit that refused it, for the visitor's page. */
      readonly excess?: Excess;
    };

/** Idempotent on code and wallet; another customer of the same wallet is refused (§2.15). */
export function scanCommand(rules: Rules, scan: Scan): PaymentCommand<ScanReply> {
  return {
    kind: 'scan',
    lane: laneOfSlot(slotOfNumber(scan.paymentNumber), rules.lanes),
    gather(keys) {
      keys.payments.add(scan.paymentNumber);
      keys.orders.add(scan.paymentNumber);
      keys.accounts.add(positionOf(rules.directory.chart, scan.wallet));
      const person = { walletId: scan.wallet.participantId, customerId: scan.customerId };
      for (const key of counterKeys(rules, person, scan.at)) keys.counters.add(key);
    },
    decide: (facts, moment) => decideScan(rules, scan, facts, moment),
  };
}

function refused(resultCode: ResultCode, message?: string): PaymentDecision<ScanReply> {
  return unchanged({
    kind: 'refused',
    resultCode,
    ...(message === undefined ? {} : { message }),
  });
}

function decideScan(
  rules: Rules,
  scan: Scan,
  facts: PaymentFacts,
  moment: Moment,
): PaymentDecision<ScanReply> {
  const payment = facts.payments.get(scan.paymentNumber);
  if (payment === undefined || payment.nonce !== scan.nonce) return refused('INVALID_CODE');
  const mine = payment.legs.find((leg) => leg.walletId === scan.wallet.participantId);
  if (mine !== undefined && mine.customerId !== scan.customerId) {
    return refused('REPEAT_REQ_INCONSISTENT', 'Another customer of this wallet has this code.');
  }
  if (payment.state === 'PROCESSING' && payment.expiresAt <= moment.now) {
    return refused('EXPIRED_CODE');
  }
  if (payment.state !== 'PROCESSING') {
    const expired = payment.state === 'CLOSED' && payment.expiresAt <= moment.now;
    return refused(expired ? 'EXPIRED_CODE' : 'ORDER_IS_CLOSED');
  }
  if (mine !== undefined) {
    return isLive(mine)
      ? unchanged({ kind: 'shown', payment, leg: mine })
      : refused('ORDER_IS_CLOSED');
  }
  // Another wallet has paid, and the acquirer is being told.
  if (pushedLegOf(payment) !== undefined) return refused('ORDER_IS_CLOSED');
  return takeOrder(rules, scan, payment, facts, moment);
}

function takeOrder(
  rules: Rules,
  scan: Scan,
  payment: Payment,
  facts: PaymentFacts,
  moment: Moment,
): PaymentDecision<ScanReply> {
  const number = payment.legs.length + 1;
  if (number > limits.legsPerPayment) return refused('PAYMENT_COUNT_EXCEED_LIMIT');
  const { wallet } = scan;
  const regions = payment.page?.walletRegions ?? null;
  if (regions !== null && !regions.includes(wallet.market)) {
    return refused('UNAVAILABLE_PAYMENT_METHOD', 'The shop takes no wallets of your region here.');
  }
  if (isUnregistered(rules, payment, wallet.participantId)) {
    return refused('MERCHANT_NOT_REGISTERED', notRegistered);
  }
  const { currency } = payment.amount;
  const priced = rules.board.price(currency, wallet.currency, wallet, moment.now);
  if (priced.kind === 'unpriced') {
    const why = unpricedSentence(currency, wallet.currency, priced.why);
    return refused('CURRENCY_NOT_SUPPORT', why);
  }
  const outcome = holdLeg(
    facts,
    moment,
    rules,
    { ...scan, price: priced.price },
    {
      payment,
      leg: number,
      state: 'SCANNED',
    },
  );
  switch (outcome.kind) {
    case 'needs_quota':
      return { kind: 'defer', needs: outcome.needs };
    case 'over_cap':
      return unchanged(overCap);
    case 'over_limit': {
      const { resultCode, message, excess } = outcome;
      const refusal = { kind: 'refused', resultCode, message } as const;
      return unchanged(excess === null ? refusal : { ...refusal, excess });
    }
    case 'too_small':
      return refused('PROCESS_FAIL', 'The amount is too small for this currency.');
    case 'held': {
      const taken = withLeg(payment, outcome.leg);
      // The first wait of the schedule; the answer to this scan counts as the first try.
      const first = moment.now + delayOf(rules.timing.inquiryDelaysMs, 0);
      const inquiry = newItem(
        moment,
        taken,
        'wallet.inquire',
        number,
        Math.min(first, payment.expiresAt),
      );
      return changed(
        { kind: 'shown', payment: taken, leg: outcome.leg },
        { payment: taken, holds: [outcome.hold], added: [inquiry] },
      );
    }
  }
}
