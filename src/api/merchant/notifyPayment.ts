// notifyPayment to a merchant: what became of its payment, signed, until it says that it knows.

import type { Merchant } from '../../merchants/merchant.ts';
import type { PartnerCalls } from '../../network/calls.ts';
import type { Participant } from '../../network/participant.ts';
import { resultOf } from '../../payments/bodies.ts';
import type { Payment } from '../../payments/payment.ts';
import type { Rules } from '../../payments/rules.ts';
import { acquirerNotifyPaymentResponse } from '../../wire/acquirer.ts';
import type { MerchantNotifyPaymentRequest } from '../../wire/merchant.ts';
import { decodeAnswer } from '../../wire/messages.ts';
import { merchantFacts } from './words.ts';

/**
 * True when the merchant has said that it received the notice: HTTP 200 and a result S, which
 * merchants do not sign (protocol.md §3). One without any address has nothing to be told.
 */
export async function notifyMerchant(
  calls: PartnerCalls,
  rules: Rules,
  acquirer: Participant,
  merchant: Merchant,
  payment: Payment,
): Promise<boolean> {
  const url = payment.notifyUrl ?? merchant.notifyUrl;
  if (url === null) return true;
  const body: MerchantNotifyPaymentRequest = {
    notifyType: 'PAYMENT_RESULT',
    result: resultOf(payment),
    ...merchantFacts(payment, rules),
  };
  const { merchantId, clientId } = merchant;
  const answer = await calls.call({
    participant: acquirer,
    merchant: { merchantId, clientId },
    api: 'notifyPayment',
    url,
    body,
    paymentNumber: payment.paymentNumber,
  });
  if (answer.kind === 'unknown') return false;
  const decoded = decodeAnswer(acquirerNotifyPaymentResponse, answer.body);
  return decoded.ok && decoded.value.result.resultStatus === 'S';
}
