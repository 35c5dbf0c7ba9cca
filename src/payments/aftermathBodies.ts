// What comes after payments in the words of the wire: cancellations and refunds, both ways.

import { publicId } from '../base/id.ts';
import { toWire } from '../money/money.ts';
import type { AcquirerRefundResponse, Transaction } from '../wire/acquirer.ts';
import { result } from '../wire/results.ts';
import { formatTime } from '../wire/time.ts';
import type { WalletRefundRequest } from '../wire/wallet.ts';
import {
  legIdOf,
  paymentIdOf,
  paymentQuote,
  resultOf,
  settlementFacts,
  walletPaymentName,
} from './bodies.ts';
import type { Aftermath } from './facts.ts';
import type { Leg, Payment, Refund } from './payment.ts';

/** The acquirer's public id of a refund. */
export function refundIdOf(refund: Refund): string {
  return publicId('refund', refund.createdAt, refund.refundNumber);
}

/** The wallet's `refundRequestId` of a refund: ours to give. */
export function walletRefundIdOf(refund: Refund): string {
  return publicId('refundAsk', refund.createdAt, refund.refundNumber);
}

/** `refund` to a wallet: what the visitor gets back, at the price of the payment (§2.8). */
export function walletRefundBody(
  payment: Payment,
  leg: Leg,
  refund: Refund,
  quoteLifeMs: number,
): WalletRefundRequest {
  const quote = paymentQuote(payment, leg, quoteLifeMs);
  return {
    ...walletPaymentName(payment, leg),
    paymentId: leg.walletPaymentId ?? legIdOf(payment, leg),
    refundRequestId: walletRefundIdOf(refund),
    refundAmount: toWire(refund.amount),
    refundFromAmount: toWire(refund.refundFrom),
    ...(quote === undefined ? {} : { refundQuote: quote }),
  };
}

/**
 * A cancellation that came after the wallet's books of the day were closed, said as a refund of
 * everything: its id is of the leg, so that however often it is said it is one refund.
 */
export function walletReturnBody(
  payment: Payment,
  leg: Leg,
  quoteLifeMs: number,
): WalletRefundRequest {
  const quote = paymentQuote(payment, leg, quoteLifeMs);
  return {
    ...walletPaymentName(payment, leg),
    paymentId: leg.walletPaymentId ?? legIdOf(payment, leg),
    refundRequestId: legIdOf(payment, leg),
    refundAmount: toWire(payment.amount),
    refundFromAmount: toWire(leg.payTo),
    ...(quote === undefined ? {} : { refundQuote: quote }),
  };
}

/** The answer to an acquirer's `refund`, for a refund in any state. */
export function acquirerRefundBody(
  payment: Payment,
  leg: Leg | undefined,
  refund: Refund,
): AcquirerRefundResponse {
  const waits = 'The refund is not final yet. Send the same refund again, with the same id.';
  const notPaid = 'The payment is not paid yet: cancel it instead of refunding it.';
  const early = refund.resultCode === 'PROCESS_FAIL' && payment.state === 'PROCESSING';
  const message = refund.state === 'ASKED' ? waits : early ? notPaid : undefined;
  return {
    result: result(refund.resultCode, message),
    acquirerId: payment.acquirerId,
    refundId: refundIdOf(refund),
    refundAmount: toWire(refund.amount),
    ...(refund.state === 'SUCCESS' && refund.finishedAt !== null
      ? {
          ...(leg === undefined ? {} : { pspId: leg.walletId }),
          refundTime: formatTime(refund.finishedAt),
          ...settlementOfRefund(payment, refund),
        }
      : {}),
  };
}

/** What the acquirer is owed less by a refund; an amount on the wire is never nothing. */
function settlementOfRefund(payment: Payment, refund: Refund) {
  if (refund.settlement.minor === 0n) return {};
  return { ...settlementFacts(payment), settlementAmount: toWire(refund.settlement) };
}

/** What an inquiry tells of a payment's life: the payment, its cancellation, its refunds (§2.6). */
export function transactionsOf(payment: Payment, aftermath: Aftermath): Transaction[] {
  const { cancellation, refunds } = aftermath;
  const wasPaid = cancellation !== null && cancellation.paid !== null;
  const about = { transactionAmount: toWire(payment.amount) };
  return [
    {
      ...about,
      transactionType: 'PAYMENT',
      transactionStatus: wasPaid ? 'SUCCESS' : statusOf[payment.state],
      transactionResult: wasPaid ? result('SUCCESS') : resultOf(payment),
      transactionId: paymentIdOf(payment),
      transactionRequestId: payment.paymentRequestId,
      ...timeOf(payment.finishedAt),
    },
    ...(cancellation === null
      ? []
      : [
          {
            ...about,
            transactionType: 'CANCEL' as const,
            transactionStatus: 'SUCCESS' as const,
            transactionResult: result('SUCCESS'),
            transactionId: paymentIdOf(payment),
            transactionRequestId: payment.paymentRequestId,
            ...timeOf(cancellation.cancelledAt),
          },
        ]),
    ...refunds.map((refund) => ({
      transactionType: 'REFUND' as const,
      transactionStatus: refundStatusOf[refund.state],
      transactionResult: result(refund.resultCode),
      transactionId: refundIdOf(refund),
      transactionRequestId: refund.refundRequestId,
      transactionAmount: toWire(refund.amount),
      ...timeOf(refund.finishedAt),
    })),
  ];
}

const statusOf = {
  PROCESSING: 'PROCESSING',
  SUCCESS: 'SUCCESS',
  FAILED: 'FAIL',
  CLOSED: 'CANCELLED',
} as const;

const refundStatusOf = { ASKED: 'PROCESSING', SUCCESS: 'SUCCESS', FAILED: 'FAIL' } as const;

function timeOf(at: number | null): { transactionTime?: string } {
  return at === null ? {} : { transactionTime: formatTime(at) };
}
