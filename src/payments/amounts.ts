// What a payment comes to on each leg, and the postings that carry its money.

import { present } from '../base/assert.ts';
import { type FeeTerm, type FeeTerms, feeOf, feesOf } from '../fees/reckon.ts';
import { type PricedPair, pricedPair } from '../fx/board.ts';
import type { Chart } from '../ledger/account.ts';
import type { Posting } from '../ledger/posting.ts';
import { type Money, money } from '../money/money.ts';
import { convert } from '../money/rate.ts';
import { minorRounded } from '../money/rounding.ts';
import type { Leg, Payment } from './payment.ts';

/** A spread in the amount's own currency, half-even, to whole rupiah as amounts are. */
function spreadOf(amount: Money, basisPoints: number): bigint {
  const { currency, minor } = amount;
  return minorRounded(currency, minor * BigInt(basisPoints), 10_000n, 'half_even');
}

/** What the wallet owes for an amount at a price; undefined when it rounds to nothing. */
export function payToOf(amount: Money, price: PricedPair): Money | undefined {
  const payTo = convert(amount, price.charged);
  return payTo.minor > 0n ? payTo : undefined;
}

/**
 * What the acquirer is settled: the amount less the spread of its own conversion, if there is one.
 */
export function settlementOf(amount: Money, price: PricedPair): Money | undefined {
  const middle = convert(amount, price.mid);
  const spread = spreadOf(middle, price.spreadBasisPoints);
  const settlement = money(middle.currency, middle.minor - spread);
  return settlement.minor > 0n ? settlement : undefined;
}

/** What is held on the wallet's position: all that it can come to owe by this payment. */
export function holdOf(payTo: Money, serviceFee: FeeTerm): bigint {
  return payTo.minor + feeOf(payTo, serviceFee);
}

/**
 * The postings of a successful payment, in the order they are read aloud: the wallet's side in its
 * currency, the acquirer's side in its own, then fees. The network's `fx` accounts stand between
 * the two: it buys the wallet's currency at the middle rate, and the spread and the rounding have
 * accounts of their own. Fees follow protocol.md §7: interchange goes from the acquirer to the
 * wallet, each side pays its own service fee.
 */
export function paymentPostings(
  payment: Payment,
  leg: Leg,
  terms: FeeTerms,
  chart: Chart,
): Posting[] {
  const books = booksOf(payment, leg, chart);
  return [
    ...walletSide(payment, leg, books),
    ...acquirerSide(payment, books),
    ...fees(payment, leg, terms, books),
  ].filter((posting) => posting.amount > 0n);
}

interface Books {
  readonly walletPosition: number;
  readonly walletFx: number;
  readonly walletSpread: number;
  readonly walletRounding: number;
  readonly walletFees: number;
  readonly acquirerPosition: number;
  readonly acquirerFx: number;
  readonly acquirerSpread: number;
  readonly acquirerFees: number;
}

function booksOf(payment: Payment, leg: Leg, chart: Chart): Books {
  const paying = leg.payTo.currency;
  const settling = payment.settlement.currency;
  const network = (kind: 'fx' | 'spread' | 'rounding' | 'fees', currency: string) =>
    present(chart.network(kind, currency), `account ${kind}:${currency}`).accountId;
  const position = (participantId: string, currency: string) =>
    present(chart.position(participantId, currency), `position of ${participantId}`).accountId;
  return {
    walletPosition: position(leg.walletId, paying),
    walletFx: network('fx', paying),
    walletSpread: network('spread', paying),
    walletRounding: network('rounding', paying),
    walletFees: network('fees', paying),
    acquirerPosition: position(payment.acquirerId, settling),
    acquirerFx: network('fx', settling),
    acquirerSpread: network('spread', settling),
    acquirerFees: network('fees', settling),
  };
}

/** Principal at the middle rate, spread, and what rounding left over in either direction. */
function walletSide(payment: Payment, leg: Leg, books: Books): Posting[] {
  const price = pricedPair(
    payment.amount.currency,
    leg.payTo.currency,
    leg.midPrice,
    leg.spreadBasisPoints,
  );
  const principal = convert(payment.amount, price.mid).minor;
  const spread = spreadOf(money(leg.payTo.currency, principal), leg.spreadBasisPoints);
  const rounding = leg.payTo.minor - principal - spread;
  return [
    posting('principal', books.walletPosition, books.walletFx, principal),
    posting('spread', books.walletPosition, books.walletSpread, spread),
    rounding >= 0n
      ? posting('rounding', books.walletPosition, books.walletRounding, rounding)
      : posting('rounding', books.walletRounding, books.walletPosition, -rounding),
  ];
}

function acquirerSide(payment: Payment, books: Books): Posting[] {
  const { settlement, settlementPrice, amount } = payment;
  const price = pricedPair(
    amount.currency,
    settlement.currency,
    settlementPrice.midPrice,
    settlementPrice.spreadBasisPoints,
  );
  const middle = convert(amount, price.mid).minor;
  return [
    posting('settlement', books.acquirerFx, books.acquirerPosition, settlement.minor),
    posting('spread', books.acquirerFx, books.acquirerSpread, middle - settlement.minor),
  ];
}

function fees(payment: Payment, leg: Leg, terms: FeeTerms, books: Books): Posting[] {
  const { settlement } = payment;
  const principal = convert(payment.amount, midOf(payment, leg)).minor;
  const taken = feesOf({ settlement, payTo: leg.payTo, principal }, terms);
  const { acquirerPosition, acquirerFx, acquirerFees } = books;
  const { walletPosition, walletFx, walletFees } = books;
  return [
    posting('acquirer_service_fee', acquirerPosition, acquirerFees, taken.acquirerServiceFee),
    posting('wallet_service_fee', walletPosition, walletFees, taken.walletServiceFee),
    posting('interchange_from_acquirer', acquirerPosition, acquirerFx, taken.interchange),
    posting('interchange_to_wallet', walletFx, walletPosition, taken.interchangeToWallet),
  ];
}

function midOf(payment: Payment, leg: Leg) {
  return pricedPair(
    payment.amount.currency,
    leg.payTo.currency,
    leg.midPrice,
    leg.spreadBasisPoints,
  ).mid;
}

function posting(
  reason: Posting['reason'],
  debitAccount: number,
  creditAccount: number,
  amount: bigint,
): Posting {
  return { reason, debitAccount, creditAccount, amount };
}
