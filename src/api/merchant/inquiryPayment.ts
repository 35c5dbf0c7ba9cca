// POST /ams/api/v1/payments/inquiryPayment, from a merchant: how does this payment stand?

import { resultOf } from '../../payments/bodies.ts';
import { isPlaced } from '../../payments/cancel.ts';
import { nothingCame } from '../../payments/facts.ts';
import { findAftermathCommand } from '../../payments/find.ts';
import { type MerchantInquiryPaymentResponse, merchantPaymentName } from '../../wire/merchant.ts';
import { result } from '../../wire/results.ts';
import { refuse } from '../partner/endpoint.ts';
import { merchantEndpoint, ownPayment } from './endpoint.ts';
import { merchantFacts, merchantTransactions, paymentStatusOf } from './words.ts';

export const merchantInquiryPayment = merchantEndpoint(
  merchantPaymentName,
  async (context, message) => {
    const { rules, desk } = context.network;
    const payment = await ownPayment(context, message);
    if (payment === undefined) return refuse('ORDER_NOT_EXIST');
    const { paymentNumber } = payment;
    if (!isPlaced(payment)) return refuse('ORDER_IS_CLOSED', undefined, paymentNumber);
    const aftermath =
      payment.state === 'PROCESSING'
        ? nothingCame
        : await desk.run(findAftermathCommand(rules, paymentNumber));
    const { resultCode, resultMessage } = resultOf(payment);
    const body: MerchantInquiryPaymentResponse = {
      result: result('SUCCESS'),
      paymentStatus: paymentStatusOf(payment, aftermath),
      paymentResultCode: resultCode,
      paymentResultMessage: resultMessage,
      ...merchantFacts(payment, rules),
      transactions: merchantTransactions(payment, aftermath),
    };
    return { body, paymentNumber };
  },
);
