// Fees explained: of a payment that there is, and of one that there might be.

import { type ExplainedFee, explainFees } from '../fees/explain.ts';
import { type FeeProduct, noFeeSets } from '../fees/feeRules.ts';
import { pricedPair, unpricedSentence } from '../fx/board.ts';
import { type Money, money, toWire, type WireAmount } from '../money/money.ts';
import { convert } from '../money/rate.ts';
import { payToOf, settlementOf } from './amounts.ts';
import { feeCaseOf, feeTermsOf } from './fees.ts';
import { type Leg, type Payment, paidLegOf } from './payment.ts';
import type { Rules } from './rules.ts';

/** What an example is asked for. */
export interface FeeQuestion {
  readonly walletId: string;
  readonly acquirerId: string;
  readonly product: FeeProduct;
  readonly amount: Money;
  /** When the payment is made: whose rules hold. Prices are always those of now. */
  readonly at: number;
}

/** The fees of a payment with what they are taken from. */
export interface ExplainedPayment {
  /** The version of the set in force at the payment's time; null: the agreements only. */
  readonly version: string | null;
  readonly walletId: string;
  readonly acquirerId: string;
  readonly product: FeeProduct;
  readonly amount: WireAmount;
  readonly payTo: WireAmount;
  readonly settlement: WireAmount;
  readonly fees: readonly ExplainedFee[];
}

export type FeeAnswer =
  | { readonly kind: 'explained'; readonly explained: ExplainedPayment }
  | { readonly kind: 'unanswerable'; readonly why: string };

type Configured = Pick<Rules, 'directory' | 'board' | 'feeBook'>;

/** The fees of a payment that there might be, at the prices of `now`. */
export function exampleFees(rules: Configured, asked: FeeQuestion, now: number): FeeAnswer {
  const { directory, board } = rules;
  const { amount } = asked;
  const wallet = directory.byId(asked.walletId);
  if (wallet?.role !== 'wallet') return unanswerable(`There is no wallet ${asked.walletId}.`);
  const acquirer = directory.byId(asked.acquirerId);
  if (acquirer?.role !== 'acquirer') {
    return unanswerable(`There is no acquirer ${asked.acquirerId}.`);
  }
  const ours = board.price(amount.currency, wallet.currency, wallet, now);
  if (ours.kind === 'unpriced') {
    return unanswerable(unpricedSentence(amount.currency, wallet.currency, ours.why));
  }
  const theirs = board.price(amount.currency, acquirer.currency, acquirer, now);
  if (theirs.kind === 'unpriced') {
    return unanswerable(unpricedSentence(amount.currency, acquirer.currency, theirs.why));
  }
  const payTo = payToOf(amount, ours.price);
  const settlement = settlementOf(amount, theirs.price);
  if (payTo === undefined || settlement === undefined) {
    return unanswerable('The amount is too small to convert.');
  }
  const { midPrice, spreadBasisPoints } = ours.price;
  const leg = { walletId: asked.walletId, payTo, midPrice, spreadBasisPoints };
  const { acquirerId, product, at: createdAt } = asked;
  return {
    kind: 'explained',
    explained: explained(rules, { acquirerId, product, amount, settlement, createdAt }, leg),
  };
}

/** The fees of a payment that a wallet has paid, or is asked to pay, from its own row. */
export function explainPayment(rules: Configured, payment: Payment): FeeAnswer {
  const leg = paidLegOf(payment) ?? payment.legs.at(-1);
  if (leg === undefined) return unanswerable('No wallet has been asked to pay it yet.');
  return { kind: 'explained', explained: explained(rules, payment, leg) };
}

function unanswerable(why: string): FeeAnswer {
  return { kind: 'unanswerable', why };
}

function explained(
  rules: Configured,
  payment: Pick<Payment, 'acquirerId' | 'product' | 'amount' | 'settlement' | 'createdAt'>,
  leg: Pick<Leg, 'walletId' | 'payTo' | 'midPrice' | 'spreadBasisPoints'>,
): ExplainedPayment {
  const about = feeCaseOf(payment, leg);
  const { amount, settlement } = payment;
  const { payTo, midPrice, spreadBasisPoints } = leg;
  const { mid } = pricedPair(amount.currency, payTo.currency, midPrice, spreadBasisPoints);
  const base = { settlement, payTo, principal: convert(amount, mid).minor };
  const set = (rules.feeBook ?? noFeeSets).setAt(payment.createdAt);
  return {
    version: set?.version ?? null,
    walletId: about.walletId,
    acquirerId: about.acquirerId,
    product: about.product,
    amount: toWire(amount),
    payTo: toWire(payTo),
    settlement: toWire(money(settlement.currency, settlement.minor)),
    fees: explainFees(about, base, feeTermsOf(rules, payment, leg), set),
  };
}
