// Giving back: what parts of a payment come to at its own rates, and the postings that undo it.

import { present } from '../base/assert.ts';
import { pricedPair } from '../fx/board.ts';
import type { Chart } from '../ledger/account.ts';
import type { Posting } from '../ledger/posting.ts';
import { type Money, money } from '../money/money.ts';
import { convert } from '../money/rate.ts';
import { minorRounded } from '../money/rounding.ts';
import { settlementOf } from './amounts.ts';
import type { Leg, Payment, Refund } from './payment.ts';

/** The postings that take others back: the same amounts, the sides exchanged. */
export function reversed(postings: readonly Posting[]): Posting[] {
  return postings.map((posting) => ({
    ...posting,
    debitAccount: posting.creditAccount,
    creditAccount: posting.debitAccount,
  }));
}

/** What a refund comes to for the acquirer and for the wallet. */
export interface RefundAmounts {
  readonly settlement: Money;
  readonly refundFrom: Money;
}

/** What refunds come to together, in minor units of each side. */
interface Sums {
  readonly amount: bigint;
  readonly settlement: bigint;
  readonly refundFrom: bigint;
}

export function sumsOf(refunds: readonly Refund[]): Sums {
  let [amount, settlement, refundFrom] = [0n, 0n, 0n];
  for (const refund of refunds) {
    amount += refund.amount.minor;
    settlement += refund.settlement.minor;
    refundFrom += refund.refundFrom.minor;
  }
  return { amount, settlement, refundFrom };
}

/**
 * A part of a payment at the payment's own prices: what all parts together come to, rounded once,
 * less what the earlier ones came to. So the parts of the whole end at exactly what was paid and
 * settled, however it is divided (protocol.md §5). A part may come to nothing on a side; never to
 * less, even where an earlier refund has failed since it was counted.
 */
export function refundAmounts(
  payment: Payment,
  leg: Leg,
  earlier: readonly Refund[],
  amount: Money,
): RefundAmounts {
  const before = sumsOf(earlier);
  const together = money(amount.currency, before.amount + amount.minor);
  const charged = pricedPair(
    amount.currency,
    leg.payTo.currency,
    leg.midPrice,
    leg.spreadBasisPoints,
  ).charged;
  const { midPrice, spreadBasisPoints } = payment.settlementPrice;
  const settling = payment.settlement.currency;
  const settled = settlementOf(
    together,
    pricedPair(amount.currency, settling, midPrice, spreadBasisPoints),
  );
  const rest = (minor: bigint) => (minor > 0n ? minor : 0n);
  return {
    settlement: money(settling, rest((settled?.minor ?? 0n) - before.settlement)),
    refundFrom: money(
      leg.payTo.currency,
      rest(convert(together, charged).minor - before.refundFrom),
    ),
  };
}

/** How far one side of a payment is given back: before and after a refund, of a whole. */
interface Progress {
  readonly currency: string;
  readonly whole: bigint;
  readonly before: bigint;
  readonly after: bigint;
}

/** The share of a posting that belongs to this step; the shares of all steps are the posting. */
function shareOf(minor: bigint, progress: Progress): bigint {
  const { currency, whole, before, after } = progress;
  const until = (done: bigint) => minorRounded(currency, minor * done, whole, 'half_even');
  return until(after) - until(before);
}

/**
 * The postings of a refund, from those of its payment: each in its proportion, the sides exchanged,
 * so that every currency balances by itself and a full refund in any parts undoes exactly what the
 * payment did. Interchange goes back with the sale; service fees do not (protocol.md §7). What
 * rounding leaves between the parts is in `rounding`. `posted` are the payment's refunds that are
 * in the books before this one.
 */
export function refundPostings(
  payment: Payment,
  leg: Leg,
  paid: readonly Posting[],
  posted: readonly Refund[],
  refund: Refund,
  chart: Chart,
): Posting[] {
  const before = sumsOf(posted);
  const paying = leg.payTo.currency;
  const settling = payment.settlement.currency;
  const position = present(
    chart.position(leg.walletId, paying),
    'position of the wallet',
  ).accountId;
  const isWalletSide = (posting: Posting) =>
    posting.debitAccount === position || posting.creditAccount === position;
  const wallet: Progress = {
    currency: paying,
    whole: leg.payTo.minor,
    before: before.refundFrom,
    after: before.refundFrom + refund.refundFrom.minor,
  };
  const acquirer: Progress = {
    currency: settling,
    whole: payment.settlement.minor,
    before: before.settlement,
    after: before.settlement + refund.settlement.minor,
  };
  const parts: Posting[] = [];
  let charged = 0n;
  for (const posting of paid) {
    if (posting.reason === 'rounding' || isServiceFee(posting)) continue;
    const amount = shareOf(posting.amount, isWalletSide(posting) ? wallet : acquirer);
    parts.push({ ...posting, amount });
    const isCharge = posting.reason === 'principal' || posting.reason === 'spread';
    if (isCharge && isWalletSide(posting)) charged += amount;
  }
  const rounding = present(chart.network('rounding', paying), 'rounding').accountId;
  const left = refund.refundFrom.minor - charged;
  parts.push({
    reason: 'rounding',
    debitAccount: left > 0n ? position : rounding,
    creditAccount: left > 0n ? rounding : position,
    amount: left < 0n ? -left : left,
  });
  return reversed(parts.filter(({ amount }) => amount > 0n));
}

function isServiceFee({ reason }: Posting): boolean {
  return reason === 'acquirer_service_fee' || reason === 'wallet_service_fee';
}
