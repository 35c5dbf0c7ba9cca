// A push in the words of the wire: what an acquirer is told of a payment that it must credit.

import { toWire } from '../money/money.ts';
import type { Participant } from '../network/participant.ts';
import type { PushPaymentRequest } from '../wire/push.ts';
import { formatTime } from '../wire/time.ts';
import { paymentIdOf, settlementFacts } from './bodies.ts';
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
