// POST /ams/api/v1/payments/refund, from a merchant: give this much of a payment back.

import { networkIdOf } from '../../merchants/merchant.ts';
import { paymentIdOf } from '../../payments/bodies.ts';
import { acquirerRefundResponse } from '../../wire/acquirer.ts';
import { type MerchantRefundResponse, merchantRefundRequest } from '../../wire/merchant.ts';
import { refuse } from '../partner/endpoint.ts';
import { refundEndpoint } from '../partner/refund.ts';
import { merchantEndpoint, ownPayment } from './endpoint.ts';
import { grossSettlement } from './words.ts';

export const merchantRefund = merchantEndpoint(merchantRefundRequest, async (context, message) => {
  const { merchant, network } = context;
  const payment = await ownPayment(context, message);
  if (payment === undefined) return refuse('ORDER_NOT_EXIST');
  const paymentId = paymentIdOf(payment);
  const answer = await refundEndpoint.carryOut(network, {
    paymentId,
    refundRequestId: networkIdOf(merchant, message.refundRequestId),
    refundAmount: message.refundAmount,
    refundReason: message.refundReason,
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
