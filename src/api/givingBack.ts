// Asking a wallet to give money back: to cancel its part of a payment, or to refund some of it.

import type { PartnerCalls } from '../network/calls.ts';
import { walletRefundBody, walletReturnBody } from '../payments/aftermathBodies.ts';
import { walletPaymentName } from '../payments/bodies.ts';
import { walletCancelEndsAt } from '../payments/cancel.ts';
import type { PaymentItem } from '../payments/facts.ts';
import { type Leg, legOf, type Payment, paidLegOf, type Refund } from '../payments/payment.ts';
import type { RefundWord } from '../payments/refund.ts';
import type { Rules } from '../payments/rules.ts';
import { declineOf, isMessageRefusal } from '../wire/apiSteps.ts';
import { decodeAnswer, paths } from '../wire/messages.ts';
import {
  type WalletRefundRequest,
  walletCancelPaymentResponse,
  walletRefundResponse,
} from '../wire/wallet.ts';

const unknown: RefundWord = { kind: 'unknown' };

/** A refund's answer; whatever is no clear word of the wallet about this refund is unknown. */
export async function refundAtWallet(
  calls: PartnerCalls,
  rules: Rules,
  payment: Payment,
  refund: Refund | undefined,
): Promise<RefundWord> {
  const leg = paidLegOf(payment);
  if (leg === undefined || refund === undefined) return unknown;
  const body = walletRefundBody(payment, leg, refund, rules.timing.quoteLifeMs);
  return askRefund(calls, rules, payment, leg, body);
}

/**
 * The reasons of a declined payment do for a refund too. REFUND_AMOUNT_EXCEED, REFUND_WINDOW_EXCEED
 * and ORDER_NOT_EXIST are not passed on: the hub has looked at all three itself, and a wallet that
 * sees them otherwise would send the till looking for a mistake that it has not made.
 */
async function askRefund(
  calls: PartnerCalls,
  rules: Rules,
  payment: Payment,
  leg: Leg,
  body: WalletRefundRequest,
): Promise<RefundWord> {
  const wallet = rules.directory.byId(leg.walletId);
  if (wallet === undefined) return unknown;
  const answer = await calls.call({
    participant: wallet,
    api: 'refund',
    url: wallet.endpoint + paths.refund,
    body,
    paymentNumber: payment.paymentNumber,
  });
  if (answer.kind === 'unknown') return unknown;
  const decoded = decodeAnswer(walletRefundResponse, answer.body);
  if (!decoded.ok) return unknown;
  const { result, refundId } = decoded.value;
  switch (result.resultStatus) {
    case 'S':
      return { kind: 'success', walletRefundId: refundId ?? null };
    case 'F':
      return isMessageRefusal(result.resultCode)
        ? unknown
        : { kind: 'failure', resultCode: declineOf(result.resultCode) };
    case 'U':
      return unknown;
  }
}

/**
 * Cancelled, or never known there and too late to arrive: both mean that the visitor keeps the
 * money. A wallet whose day is over may say that it is too late to cancel; then it is asked to
 * refund everything instead, which it must be able to for a year.
 */
export async function cancelAtWallet(
  calls: PartnerCalls,
  rules: Rules,
  item: PaymentItem,
  payment: Payment,
  now: number,
): Promise<boolean> {
  const leg = legOf(payment, item.leg);
  const wallet = leg === undefined ? undefined : rules.directory.byId(leg.walletId);
  if (leg === undefined || wallet === undefined) return false;
  const answer = await calls.call({
    participant: wallet,
    api: 'cancelPayment',
    url: wallet.endpoint + paths.cancelPayment,
    body: walletPaymentName(payment, leg),
    paymentNumber: payment.paymentNumber,
  });
  if (answer.kind === 'unknown') return false;
  const decoded = decodeAnswer(walletCancelPaymentResponse, answer.body);
  if (!decoded.ok) return false;
  const { resultStatus, resultCode } = decoded.value.result;
  if (resultStatus === 'S') return true;
  if (resultStatus !== 'F') return false;
  // A `pay` that is still on its way may yet arrive: until it expires the wallet is told again.
  if (resultCode === 'ORDER_NOT_EXIST') return now >= payment.expiresAt;
  const isTooLate = resultCode === 'CANCEL_WINDOW_EXCEED';
  if (!isTooLate || now < walletCancelEndsAt(rules, payment)) return false;
  const body = walletReturnBody(payment, leg, rules.timing.quoteLifeMs);
  const word = await askRefund(calls, rules, payment, leg, body);
  return word.kind === 'success';
}
