// notifyRefund to a merchant: what became of its refund, signed, until it says that it knows.

import { type Merchant, ownIdOf } from '../../merchants/merchant.ts';
import type { PartnerCalls } from '../../network/calls.ts';
import type { Participant } from '../../network/participant.ts';
import { acquirerRefundBody } from '../../payments/aftermathBodies.ts';
import { type Payment, paidLegOf, type Refund } from '../../payments/payment.ts';
import type { MerchantNotifyRefundRequest } from '../../wire/merchant.ts';
import { tellMerchant } from './tell.ts';
import { grossSettlement, refundStatusOf } from './words.ts';

/** True when the merchant has said that it knows. A refund that names no address has no notice. */
export async function notifyMerchantOfRefund(
  calls: PartnerCalls,
  acquirer: Participant,
  merchant: Merchant,
  payment: Payment,
  refund: Refund,
): Promise<boolean> {
  const { result, refundId, refundAmount, refundTime, ...more } = acquirerRefundBody(
    payment,
    paidLegOf(payment),
    refund,
  );
  const body: MerchantNotifyRefundRequest = {
    notifyType: 'REFUND_RESULT',
    result,
    refundStatus: refundStatusOf[refund.state],
    refundRequestId: ownIdOf(refund.refundRequestId),
    refundId,
    refundAmount,
    ...(refundTime === undefined ? {} : { refundTime }),
    ...grossSettlement(more),
  };
  return tellMerchant(calls, acquirer, merchant, {
    api: 'notifyRefund',
    url: refund.notifyUrl,
    body,
    paymentNumber: payment.paymentNumber,
  });
}
