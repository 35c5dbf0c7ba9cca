// POST /ams/api/v1/payments/inquiryRefund, from a merchant: how does this refund stand?

import { readPublicId } from '../../base/id.ts';
import { isOf, networkIdOf, ownIdOf } from '../../merchants/merchant.ts';
import { paymentOfRefund } from '../../merchants/store.ts';
import { toWire } from '../../money/money.ts';
import { refundIdOf } from '../../payments/aftermathBodies.ts';
import {
  findAftermathCommand,
  findByNumberCommand,
  findRefundClaimCommand,
} from '../../payments/find.ts';
import type { Refund } from '../../payments/payment.ts';
import {
  type MerchantInquiryRefundRequest,
  type MerchantInquiryRefundResponse,
  merchantInquiryRefundRequest,
} from '../../wire/merchant.ts';
import { result } from '../../wire/results.ts';
import { formatTime } from '../../wire/time.ts';
import { refuse } from '../partner/endpoint.ts';
import { type MerchantContext, merchantEndpoint } from './endpoint.ts';
import { refundStatusOf } from './words.ts';

const noRefund = 'There is no such refund. Check its id.';

export const merchantInquiryRefund = merchantEndpoint(
  merchantInquiryRefundRequest,
  async (context, message) => {
    const { merchant, network } = context;
    const { rules, desk } = network;
    const paymentNumber = await paymentNumberOf(context, message);
    if (paymentNumber === undefined) return refuse('ORDER_NOT_EXIST', noRefund);
    const payment = await desk.run(findByNumberCommand(rules, paymentNumber));
    if (payment === undefined || !isOf(merchant, payment)) {
      return refuse('ORDER_NOT_EXIST', noRefund);
    }
    const { refunds } = await desk.run(findAftermathCommand(rules, paymentNumber));
    const refund = refunds.find((each) => isNamed(context, message, each));
    if (refund === undefined) return refuse('ORDER_NOT_EXIST', noRefund, paymentNumber);
    return { body: told(refund), paymentNumber };
  },
);

/** Which payment the refund is of; a payment of another merchant is sorted out by the caller. */
async function paymentNumberOf(
  { merchant, database, network }: MerchantContext,
  { refundId, refundRequestId }: MerchantInquiryRefundRequest,
): Promise<number | undefined> {
  if (refundId !== undefined) {
    const number = readPublicId('refund', refundId)?.number;
    return number === undefined ? undefined : paymentOfRefund(database, number);
  }
  const id = networkIdOf(merchant, refundRequestId ?? '');
  return network.desk.run(findRefundClaimCommand(network.rules, merchant.acquirerId, id));
}

function isNamed(
  { merchant }: MerchantContext,
  { refundId, refundRequestId }: MerchantInquiryRefundRequest,
  refund: Refund,
): boolean {
  return refundId === undefined
    ? refund.refundRequestId === networkIdOf(merchant, refundRequestId ?? '')
    : refundIdOf(refund) === refundId;
}

function told(refund: Refund): MerchantInquiryRefundResponse {
  const isDone = refund.state === 'SUCCESS' && refund.finishedAt !== null;
  return {
    result: result('SUCCESS'),
    refundRequestId: ownIdOf(refund.refundRequestId),
    refundId: refundIdOf(refund),
    refundAmount: toWire(refund.amount),
    refundStatus: refundStatusOf[refund.state],
    ...(isDone ? { refundTime: formatTime(refund.finishedAt) } : {}),
  };
}
