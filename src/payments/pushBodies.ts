// A push in the words of the wire: what an acquirer is told of a payment that it must credit, and
// what the wallet hears when it has.

import { toWire } from '../money/money.ts';
import type { Participant } from '../network/participant.ts';
import type { PushPaymentRequest, WalletNotifyPushPaymentRequest } from '../wire/push.ts';
import { formatTime } from '../wire/time.ts';
import { paymentIdOf, resultOf, settlementFacts, walletPaymentName } from './bodies.ts';
import type { Leg, Payment } from './payment.ts';

/** The ids by which a push is named. */
export function pushNameOf(payment: Payment, leg: Leg) {
  return {
    acquirerId: payment.acquirerId,
    pspId: leg.walletId,
    paymentId: paymentIdOf(payment),
    paymentRequestId: payment.paymentRequestId,
  };
}

/** `pushPayment`: the wallet has paid, credit the shop. */
export function pushBody(
  payment: Payment,
  leg: Leg,
  wallet: Participant | undefined,
): PushPaymentRequest {
  return {
    ...pushNameOf(payment, leg),
    paymentAmount: toWire(payment.amount),
    ...settlementFacts(payment),
    customerId: leg.customerId,
    ...(wallet === undefined ? {} : { walletBrandName: wallet.name }),
    ...(leg.finishedAt === null ? {} : { paymentTime: formatTime(leg.finishedAt) }),
  };
}

/** `notifyPushPayment` to the wallet: the shop has its money. */
export function creditBody(payment: Payment, leg: Leg): WalletNotifyPushPaymentRequest {
  return {
    ...walletPaymentName(payment, leg),
    ...(leg.walletPaymentId === null ? {} : { paymentId: leg.walletPaymentId }),
    paymentAmount: toWire(payment.amount),
    paymentResult: resultOf(payment),
    creditTime: formatTime(payment.finishedAt ?? payment.createdAt),
  };
}
