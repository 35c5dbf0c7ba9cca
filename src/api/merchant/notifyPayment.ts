// notifyPayment to a merchant: what became of its payment, signed, until it says that it knows.

import type { Merchant } from '../../merchants/merchant.ts';
import type { PartnerCalls } from '../../network/calls.ts';
import type { Participant } from '../../network/participant.ts';
import { resultOf } from '../../payments/bodies.ts';
import type { Payment } from '../../payments/payment.ts';
import type { Rules } from '../../payments/rules.ts';
import type { MerchantNotifyPaymentRequest } from '../../wire/merchant.ts';
import { tellMerchant } from './tell.ts';
import { merchantFacts } from './words.ts';

/** True when the merchant has said that it knows, or has no address to be told at. */
export async function notifyMerchant(
  calls: PartnerCalls,
  rules: Rules,
  acquirer: Participant,
  merchant: Merchant,
  payment: Payment,
): Promise<boolean> {
  const body: MerchantNotifyPaymentRequest = {
    notifyType: 'PAYMENT_RESULT',
    result: resultOf(payment),
    ...merchantFacts(payment, rules),
  };
  return tellMerchant(calls, acquirer, merchant, {
    api: 'notifyPayment',
    url: payment.notifyUrl ?? merchant.notifyUrl,
    body,
    paymentNumber: payment.paymentNumber,
  });
}
