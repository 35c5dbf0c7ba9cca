// Payments in the words of the wire: the bodies that partners are sent and answered with.

import { publicId } from '../base/id.ts';
import { pricedPair, settledPrice } from '../fx/board.ts';
import { type Money, toWire } from '../money/money.ts';
import type { Participant } from '../network/participant.ts';
import type { AcquirerPayResponse } from '../wire/acquirer.ts';
import { type Order, type Quote, writeQuoteDetail } from '../wire/objects.ts';
import { type Result, result } from '../wire/results.ts';
import { formatTime } from '../wire/time.ts';
import type { UserInitiatedPayResponse, WalletPayRequest } from '../wire/wallet.ts';
import type { Leg, Payment, QuotedPrice } from './payment.ts';
import { factorOf } from './products.ts';
import { type Surroundings, waysOn } from './ways.ts';

/** The acquirer's public id of a payment. */
export function paymentIdOf(payment: Payment): string {
  return publicId('payment', payment.createdAt, payment.paymentNumber);
}

/** The wallet's `paymentRequestId` of a leg: ours to give (protocol.md §0). */
export function legIdOf(payment: Payment, leg: Leg): string {
  return publicId('leg', payment.createdAt, payment.paymentNumber, leg.leg);
}

/** A payment's state as a result: what the acquirer is told whenever it asks. */
export function resultOf(payment: Payment): Result {
  return result(payment.resultCode, payment.refusal ?? undefined);
}

function quoteOf(
  payment: Payment,
  leg: number,
  at: number,
  lifeMs: number,
  from: string,
  to: string,
  quoted: QuotedPrice,
): Quote | undefined {
  if (from === to) return undefined;
  const price = pricedPair(from, to, quoted.midPrice, quoted.spreadBasisPoints);
  return {
    quoteId: publicId('quote', payment.createdAt, payment.paymentNumber, leg),
    quoteCurrencyPair: `${from}/${to}`,
    quotePrice: price.chargedPrice,
    quoteStartTime: formatTime(at),
    quoteExpiryTime: formatTime(at + lifeMs),
    baseCurrency: from,
    extendInfo: writeQuoteDetail({
      midPrice: quoted.midPrice,
      spreadBasisPoints: String(quoted.spreadBasisPoints),
    }),
  };
}

/** The price that a wallet was shown for a payment; none where nothing is converted. */
export function paymentQuote(payment: Payment, leg: Leg, lifeMs: number): Quote | undefined {
  const { currency } = payment.amount;
  return quoteOf(payment, leg.leg, leg.createdAt, lifeMs, currency, leg.payTo.currency, leg);
}

/** `pay` to a wallet: the order as the acquirer gave it, and what the wallet owes for it. */
export function walletPayBody(payment: Payment, leg: Leg, quoteLifeMs: number): WalletPayRequest {
  const quote = paymentQuote(payment, leg, quoteLifeMs);
  return {
    acquirerId: payment.acquirerId,
    pspId: leg.walletId,
    paymentRequestId: legIdOf(payment, leg),
    order: JSON.parse(payment.order ?? '{}') as Order,
    paymentAmount: toWire(payment.amount),
    payToAmount: toWire(leg.payTo),
    ...(quote === undefined ? {} : { paymentQuote: quote }),
    paymentMethod: { paymentMethodType: 'CONNECT_WALLET', customerId: leg.customerId },
    paymentFactor: factorOf(payment.product, null),
    paymentExpiryTime: formatTime(payment.expiresAt),
  };
}

/** The three ids by which a wallet is asked about a payment, or told to cancel it. */
export function walletPaymentName(payment: Payment, leg: Leg) {
  return {
    acquirerId: payment.acquirerId,
    pspId: leg.walletId,
    paymentRequestId: legIdOf(payment, leg),
  };
}

/** The order behind a scanned code, priced for the wallet (protocol.md §2.3). */
export function scanBody(
  payment: Payment,
  leg: Leg,
  quoteLifeMs: number,
): UserInitiatedPayResponse {
  const redirectUrl = payment.page?.redirectUrl ?? null;
  const quote = paymentQuote(payment, leg, quoteLifeMs);
  return {
    result: result('SUCCESS'),
    acquirerId: payment.acquirerId,
    pspId: leg.walletId,
    codeType: 'ORDER_CODE',
    paymentRequestId: legIdOf(payment, leg),
    order: JSON.parse(payment.order ?? '{}') as Order,
    paymentFactor: factorOf(payment.product, payment.page?.presentmentMode ?? null),
    paymentAmount: toWire(payment.amount),
    payToAmount: toWire(leg.payTo),
    ...(quote === undefined ? {} : { paymentQuote: quote }),
    ...(redirectUrl === null ? {} : { paymentRedirectUrl: redirectUrl }),
    paymentExpiryTime: formatTime(payment.expiresAt),
  };
}

/** What an acquirer may know of a payment; who paid is told on success only (protocol.md §2.1). */
export function acquirerFacts(payment: Payment, wallet: Participant | undefined) {
  const paid = payment.legs.find((leg) => leg.leg === payment.paidLeg);
  return {
    acquirerId: payment.acquirerId,
    paymentId: paymentIdOf(payment),
    paymentAmount: toWire(payment.amount),
    ...(paid === undefined || payment.finishedAt === null
      ? {}
      : {
          pspId: paid.walletId,
          customerId: paid.customerId,
          ...(wallet === undefined ? {} : { walletBrandName: wallet.name }),
          ...(paid.walletPaymentId === null ? {} : { mppPaymentId: paid.walletPaymentId }),
          paymentTime: formatTime(payment.finishedAt),
          ...settlementFacts(payment),
        }),
  };
}

/** What the acquirer is owed for a payment, and at which price. */
export function settlementFacts(payment: Payment): {
  settlementAmount: WireMoney;
  settlementQuote?: Quote;
} {
  const { currency } = payment.amount;
  const { midPrice, spreadBasisPoints } = payment.settlementPrice;
  const quote = quoteOf(
    payment,
    0,
    payment.createdAt,
    payment.expiresAt - payment.createdAt,
    currency,
    payment.settlement.currency,
    payment.settlementPrice,
  );
  if (quote === undefined) return { settlementAmount: toWire(payment.settlement) };
  // The acquirer is paid, so that the spread lowers its price; it raises that of a wallet.
  const pair = pricedPair(currency, payment.settlement.currency, midPrice, spreadBasisPoints);
  return {
    settlementAmount: toWire(payment.settlement),
    settlementQuote: { ...quote, quotePrice: settledPrice(pair) },
  };
}

type WireMoney = ReturnType<typeof toWire>;

/** The answer to an acquirer's `pay`, for a payment in any state. */
export function acquirerPayBody(
  payment: Payment,
  wallet: Participant | undefined,
  around: Surroundings,
): AcquirerPayResponse {
  return {
    result: resultOf(payment),
    ...acquirerFacts(payment, wallet),
    ...waysOn(payment, around),
  };
}

/** An amount from a message that was checked: digits only, at least 1. */
export function moneyFrom(amount: { currency: string; value: string }): Money {
  return { currency: amount.currency, minor: BigInt(amount.value) };
}
