// POST /ams/api/v1/payments/refund, from a merchant: give this much of a payment back.

import { networkIdOf } from '../../merchants/merchant.ts';
import { paymentIdOf } from '../../payments/bodies.ts';
import { acquirerRefundResponse } from '../../wire/acquirer.ts';
import { type MerchantRefundResponse, merchantRefundRequest } from '../../wire/merchant.ts';
import { refuse } from '../partner/endpoint.ts';
import { refundWith } from '../partner/refund.ts';
import { merchantEndpoint, ownPayment } from './endpoint.ts';
import { grossSettlement } from './words.ts';

/**
 * An asynchronous refund is answered U as soon as it is taken. Its end is told at
 * `refundNotifyUrl`, without one at the address of the merchant's record; that of any other refund
 * only where `refundNotifyUrl` is given (our rule: the dialect calls the field optional).
 */
export const merchantRefund = merchantEndpoint(merchantRefundRequest, async (context, message) => {
  const { merchant, network } = context;
  const payment = await ownPayment(context, message);
  if (payment === undefined) return refuse('ORDER_NOT_EXIST');
  const paymentId = paymentIdOf(payment);
  const isAsync = message.isAsyncRefund === true;
  const request = {
    paymentId,
    refundRequestId: networkIdOf(merchant, message.refundRequestId),
    refundAmount: message.refundAmount,
    refundReason: message.refundReason,
  };
  const answer = await refundWith(network, request, {
    notifyUrl: message.refundNotifyUrl ?? (isAsync ? merchant.notifyUrl : null),
    isAsync,
  });
  const said = acquirerRefundResponse.parse(answer.body);
  if (said.refundId === undefined) return answer;
  const body: MerchantRefundResponse = {
    result: said.result,
    paymentId,
    refundRequestId: message.refundRequestId,
    refundId: said.refundId,
    refundAmount: said.refundAmount,
    refundTime: said.refundTime,
    ...grossSettlement(said),
  };
  return { ...answer, body };
});
