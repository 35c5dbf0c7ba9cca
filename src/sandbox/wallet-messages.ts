// Between a wallet's books and the wire: what a message of the hub means to a wallet, and what it
// says back.

import type { Money, WireAmount } from '../money/money.ts';
import { toWire } from '../money/money.ts';
import {
  isTrue,
  type Order,
  type PaymentFactor,
  type Quote,
  readQuoteDetail,
} from '../wire/objects.ts';
import { type Result, result } from '../wire/results.ts';
import { formatTime, parseIsoTime } from '../wire/time.ts';
import type {
  UserInitiatedPayResponse,
  WalletInquiryPaymentResponse,
  WalletNotifyPaymentRequest,
  WalletPayRequest,
  WalletPayResponse,
  WalletRefundRequest,
  WalletRefundResponse,
} from '../wire/wallet.ts';
import {
  resultOf,
  type ShownRate,
  type WalletNotice,
  type WalletPayment,
  type WalletProduct,
} from './wallet.ts';
import { type RefundAsk, refundsOf } from './wallet-refund.ts';

/** What the wallet adds to a message to book it: its own ids and its own time. */
export interface Booking {
  readonly walletId: string;
  readonly walletPaymentId: string;
  readonly now: number;
}

/** How long a wallet waits for a PIN when the hub named no expiry. */
const defaultLifeMs = 600_000;

/** An amount of the wire as money; the schema has already checked the digits. */
export function moneyOf(amount: WireAmount): Money {
  return { currency: amount.currency, minor: BigInt(amount.value) };
}

function shownRate(quote: Quote | undefined): ShownRate | null {
  if (quote === undefined) return null;
  const detail = readQuoteDetail(quote.extendInfo);
  return {
    pair: quote.quoteCurrencyPair,
    price: quote.quotePrice,
    midPrice: detail?.midPrice ?? null,
    spreadBasisPoints: detail?.spreadBasisPoints ?? null,
  };
}

function orderFacts(order: Order) {
  const { merchant } = order;
  const store = merchant?.store;
  const merchantName = merchant?.merchantDisplayName ?? merchant?.merchantName;
  const place = store?.storeAddress ?? merchant?.merchantAddress;
  return {
    merchantName: merchantName ?? merchant?.referenceMerchantId ?? '',
    storeName: store?.storeDisplayName ?? store?.storeName ?? null,
    city: place?.city ?? null,
    orderDescription: order.orderDescription,
  };
}

function expiryOf(expiryTime: string | undefined, now: number): number {
  const at = expiryTime === undefined ? undefined : parseIsoTime(expiryTime);
  return at ?? now + defaultLifeMs;
}

/** The payment that `pay` asks for, as it would be booked (protocol.md §2.2). */
export function bookPay(request: WalletPayRequest, booking: Booking): WalletPayment {
  return {
    ...newPayment(booking),
    customerId: request.paymentMethod.customerId ?? '',
    paymentRequestId: request.paymentRequestId,
    product: isTrue(request.paymentFactor.isAgreementPayment) ? 'auto_debit' : 'payment_code',
    orderCode: null,
    ...orderFacts(request.order),
    amount: moneyOf(request.paymentAmount),
    payToAmount: moneyOf(request.payToAmount),
    rate: shownRate(request.paymentQuote),
    notifyUrl: request.paymentNotifyUrl ?? null,
    keyFields: JSON.stringify([
      request.paymentAmount,
      request.payToAmount,
      request.surchargeInfo ?? null,
      request.paymentMethod,
      request.paymentPromoInfo ?? null,
    ]),
    expiresAt: expiryOf(request.paymentExpiryTime, booking.now),
  };
}

/**
 * The order behind a scanned code as it would be booked; undefined when the answer lacks what is
 * needed.
 */
export function bookScan(
  answer: UserInitiatedPayResponse,
  scanned: {
    readonly customerId: string;
    readonly codeValue: string;
    /** What the wallet's rules say of the code; else the factors of the order say it. */
    readonly product?: WalletProduct | undefined;
  },
  booking: Booking,
): WalletPayment | undefined {
  const { paymentRequestId, order, paymentAmount, payToAmount } = answer;
  if (paymentRequestId === undefined || order === undefined) return undefined;
  if (paymentAmount === undefined || payToAmount === undefined) return undefined;
  return {
    ...newPayment(booking),
    customerId: scanned.customerId,
    paymentRequestId,
    product: scanned.product ?? productOf(answer.paymentFactor),
    orderCode: scanned.codeValue,
    ...orderFacts(order),
    amount: moneyOf(paymentAmount),
    payToAmount: moneyOf(payToAmount),
    rate: shownRate(answer.paymentQuote),
    notifyUrl: answer.paymentNotifyUrl ?? null,
    keyFields: JSON.stringify([scanned.codeValue, scanned.customerId]),
    expiresAt: expiryOf(answer.paymentExpiryTime, booking.now),
    ...(answer.paymentRedirectUrl === undefined ? {} : { returnUrl: answer.paymentRedirectUrl }),
  };
}

/** Which product an order code belongs to, by the factors that came with the order. */
function productOf(factor: PaymentFactor | undefined): WalletProduct {
  if (factor?.inStorePaymentScenario === 'EntryCode') return 'entry_code';
  const isOnline = isTrue(factor?.isCashierPayment) && !isTrue(factor?.isInStorePayment);
  return isOnline ? 'cashier' : 'order_code';
}

function newPayment(booking: Booking) {
  return {
    walletId: booking.walletId,
    walletPaymentId: booking.walletPaymentId,
    status: 'AWAITING_CONFIRMATION' as const,
    failureCode: null,
    pinFailures: 0,
    due: null,
    createdAt: booking.now,
    finishedAt: null,
  };
}

/** The wallet's answer to `pay`. */
export function payAnswer(verdict: Result, payment: WalletPayment | null): WalletPayResponse {
  if (payment === null || verdict.resultStatus === 'F') return { result: verdict };
  return {
    result: verdict,
    paymentId: payment.walletPaymentId,
    paymentTime: formatTime(payment.finishedAt ?? payment.createdAt),
    customerId: payment.customerId,
  };
}

/**
 * The wallet's answer to `inquiryPayment`: the truth about the payment, whatever was said before.
 */
export function inquiryAnswer(payment: WalletPayment): WalletInquiryPaymentResponse {
  return {
    result: result('SUCCESS'),
    paymentResult: result(resultOf(payment)),
    paymentId: payment.walletPaymentId,
    paymentTime: formatTime(payment.finishedAt ?? payment.createdAt),
    paymentAmount: toWire(payment.amount),
    payToAmount: toWire(payment.payToAmount),
    customerId: payment.customerId,
  };
}

/** What `refund` asks for. */
export function refundAsk(request: WalletRefundRequest): RefundAsk {
  return {
    walletPaymentId: request.paymentId,
    refundRequestId: request.refundRequestId,
    amount: moneyOf(request.refundAmount),
    refundFromAmount: moneyOf(request.refundFromAmount),
  };
}

/** The wallet's answer to `refund`. */
export function refundAnswer(
  verdict: Result,
  payment: WalletPayment | null,
  refundRequestId: string,
): WalletRefundResponse {
  const refunds = payment === null ? [] : refundsOf(payment);
  const refund = refunds.find((each) => each.refundRequestId === refundRequestId);
  if (refund === undefined || verdict.resultStatus !== 'S') return { result: verdict };
  return {
    result: verdict,
    refundId: refund.walletRefundId,
    refundTime: formatTime(refund.finishedAt ?? refund.createdAt),
  };
}

/** The notice of a final result (protocol.md §2.5). */
export function noticeMessage(
  payment: WalletPayment,
  notice: Pick<WalletNotice, 'outcome' | 'code'>,
): WalletNotifyPaymentRequest {
  const { resultCode, resultMessage } = result(notice.code);
  return {
    paymentRequestId: payment.paymentRequestId,
    paymentResult: { resultCode, resultStatus: notice.outcome, resultMessage },
    paymentId: payment.walletPaymentId,
    paymentTime: formatTime(payment.finishedAt ?? payment.createdAt),
    paymentAmount: toWire(payment.amount),
    payToAmount: toWire(payment.payToAmount),
    customerId: payment.customerId,
  };
}
