// Changes of a wallet's leg that several decisions share: hold, let go, reverse, and the notice
// due.

import { present } from '../base/assert.ts';
import { slotOfNumber } from '../base/id.ts';
import type { Moment, QuotaNeed } from '../engine/command.ts';
import type { PricedPair } from '../fx/board.ts';
import type { Chart } from '../ledger/account.ts';
import { type HoldChange, room } from '../ledger/slice.ts';
import { capQuota } from '../ledger/store.ts';
import type { Participant } from '../network/participant.ts';
import type { ResultCode } from '../wire/results.ts';
import { holdOf, payToOf } from './amounts.ts';
import { countPayment, type OverLimit } from './counting.ts';
import type { PaymentFacts, PaymentItem, PaymentTask } from './facts.ts';
import { feeTermsOf } from './fees.ts';
import { isLive, type Leg, type LegState, type Payment, withLeg } from './payment.ts';
import type { Rules } from './rules.ts';

/** The wallet that is to pay, with the price it is asked at. */
export interface Payer {
  readonly wallet: Participant;
  readonly customerId: string;
  readonly price: PricedPair;
  /** When the payment came: in whose windows it is counted. */
  readonly at: number;
}

/** The outcome of trying to hold a wallet's position for a payment. */
export type HoldOutcome =
  | { readonly kind: 'held'; readonly leg: Leg; readonly hold: HoldChange }
  | { readonly kind: 'too_small' }
  | { readonly kind: 'over_cap' }
  | OverLimit
  | { readonly kind: 'needs_quota'; readonly needs: readonly QuotaNeed[] };

/** The account whose cap bounds what the wallet may owe. */
export function positionOf(chart: Chart, wallet: Participant): number {
  return present(
    chart.position(wallet.participantId, wallet.currency),
    `position of ${wallet.participantId}`,
  ).accountId;
}

/**
 * Prices a leg and holds the wallet's position for it: the one place where a cap, and the limits on
 * the person who pays, are checked.
 */
export function holdLeg(
  facts: PaymentFacts,
  moment: Moment,
  rules: Rules,
  payer: Payer,
  asked: { payment: Payment; leg: number; state: LegState },
): HoldOutcome {
  const { payment } = asked;
  const payTo = payToOf(payment.amount, payer.price);
  if (payTo === undefined) return { kind: 'too_small' };
  const accountId = positionOf(rules.directory.chart, payer.wallet);
  const walletId = payer.wallet.participantId;
  const terms = feeTermsOf(rules, payment, { walletId, payTo });
  const held = holdOf(payTo, terms.wallet_service_fee);
  const count = countPayment(facts, moment, rules, payment, payer, payTo);
  if (count.kind === 'over_limit') return count;
  const left = room(present(facts.slices.get(accountId), `slice of account ${accountId}`));
  const overCap = left !== null && left < held;
  if (overCap && moment.final) return { kind: 'over_cap' };
  if (overCap || count.kind === 'lacks') {
    // All that it needs is named, so that the wide tick's word on each of them can be final.
    return {
      kind: 'needs_quota',
      needs: [{ quota: capQuota(accountId), need: held }, ...count.needs],
    };
  }
  const leg: Leg = {
    leg: asked.leg,
    walletId,
    customerId: payer.customerId,
    state: asked.state,
    resultCode: 'PAYMENT_IN_PROCESS',
    payTo,
    held,
    midPrice: payer.price.midPrice,
    spreadBasisPoints: payer.price.spreadBasisPoints,
    walletPaymentId: null,
    createdAt: moment.now,
    finishedAt: null,
    counted: count.counted,
  };
  return { kind: 'held', leg, hold: { accountId, amount: held } };
}

/** The change that lets a leg's hold go. */
export function release(rules: Rules, leg: Leg): HoldChange[] {
  if (leg.held === 0n) return [];
  const wallet = present(rules.directory.byId(leg.walletId), `wallet ${leg.walletId}`);
  return [{ accountId: positionOf(rules.directory.chart, wallet), amount: -leg.held }];
}

export function newItem(
  moment: Moment,
  payment: Payment,
  kind: PaymentTask,
  leg: number,
  dueAt: number,
): PaymentItem {
  return {
    outboxNumber: moment.number(slotOfNumber(payment.paymentNumber)),
    kind,
    paymentNumber: payment.paymentNumber,
    leg,
    dueAt,
    tries: 1,
    createdAt: moment.now,
  };
}

/** What ends, reverses or reports: a payment with the holds let go and the things to begin. */
export interface Ending {
  readonly payment: Payment;
  readonly holds: readonly HoldChange[];
  readonly begin: readonly PaymentItem[];
}

/** The wallet must cancel this leg: its hold goes, and cancelling is repeated until it succeeds. */
export function reverseLeg(
  rules: Rules,
  moment: Moment,
  payment: Payment,
  leg: Leg,
  resultCode: ResultCode,
): Ending {
  const item = newItem(
    moment,
    payment,
    'wallet.cancel',
    leg.leg,
    moment.now + rules.timing.leaseMs,
  );
  const reversing: Leg = { ...leg, state: 'REVERSING', resultCode, held: 0n, finishedAt: null };
  return { payment: withLeg(payment, reversing), holds: release(rules, leg), begin: [item] };
}

/** Ends a payment; legs that are live or wait for a push are reversed; the acquirer is told. */
export function endPayment(
  rules: Rules,
  moment: Moment,
  payment: Payment,
  state: 'SUCCESS' | 'FAILED' | 'CLOSED',
  resultCode: ResultCode,
): Ending {
  let ended: Payment = { ...payment, state, resultCode, finishedAt: moment.now };
  const holds: HoldChange[] = [];
  const begin: PaymentItem[] = [];
  for (const leg of payment.legs) {
    if (!isLive(leg) && leg.state !== 'PAID') continue;
    const reversal = reverseLeg(rules, moment, ended, leg, 'ORDER_IS_CLOSED');
    ended = reversal.payment;
    holds.push(...reversal.holds);
    begin.push(...reversal.begin);
  }
  begin.push(newItem(moment, ended, 'acquirer.notify', 0, moment.now + rules.timing.leaseMs));
  return { payment: ended, holds, begin };
}
