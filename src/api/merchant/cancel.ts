// POST /ams/api/v1/payments/cancel, from a merchant: this payment must not be.

import { networkIdOf, ownIdOf } from '../../merchants/merchant.ts';
import { paymentIdOf } from '../../payments/bodies.ts';
import { findAftermathCommand, findByNumberCommand } from '../../payments/find.ts';
import { type MerchantCancelResponse, merchantPaymentName } from '../../wire/merchant.ts';
import { formatTime } from '../../wire/time.ts';
import { cancelPaymentEndpoint } from '../partner/cancelPayment.ts';
import { refuse } from '../partner/endpoint.ts';
import { merchantEndpoint, ownPayment } from './endpoint.ts';

export const merchantCancel = merchantEndpoint(merchantPaymentName, async (context, message) => {
  const { merchant, network } = context;
  const { rules, desk } = network;
  const { paymentId, paymentRequestId } = message;
  // The network lets an acquirer cancel any payment of its own: whose it is must be seen before.
  if (paymentId !== undefined && (await ownPayment(context, message)) === undefined) {
    return refuse('ORDER_NOT_EXIST');
  }
  const answer = await cancelPaymentEndpoint.carryOut(
    network,
    paymentId === undefined
      ? { paymentRequestId: networkIdOf(merchant, paymentRequestId ?? '') }
      : { paymentId },
  );
  const { result } = answer.body;
  const { paymentNumber } = answer;
  if (result.resultStatus !== 'S' || paymentNumber === undefined) return answer;
  const payment = await desk.run(findByNumberCommand(rules, paymentNumber));
  const { cancellation } = await desk.run(findAftermathCommand(rules, paymentNumber));
  const body: MerchantCancelResponse = {
    result,
    ...(payment === undefined
      ? {}
      : {
          paymentId: paymentIdOf(payment),
          paymentRequestId: ownIdOf(payment.paymentRequestId),
        }),
    ...(cancellation === null ? {} : { cancelTime: formatTime(cancellation.cancelledAt) }),
  };
  return { body, paymentNumber };
});
