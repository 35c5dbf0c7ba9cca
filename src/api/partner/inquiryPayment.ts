// POST /aps/api/v1/payments/inquiryPayment, from an acquirer: how does this payment stand?

import { transactionsOf } from '../../payments/aftermathBodies.ts';
import { acquirerFacts, resultOf } from '../../payments/bodies.ts';
import { isPlaced } from '../../payments/cancel.ts';
import { nothingCame } from '../../payments/facts.ts';
import { findAftermathCommand } from '../../payments/find.ts';
import { paidLegOf } from '../../payments/payment.ts';
import { acquirerInquiryPaymentRequest } from '../../wire/acquirer.ts';
import { result } from '../../wire/results.ts';
import { endpoint, refuse } from './endpoint.ts';
import { namedPayment } from './namedPayment.ts';

export const inquiryPaymentEndpoint = endpoint(
  'acquirer',
  acquirerInquiryPaymentRequest,
  async (context, message) => {
    const { rules, desk } = context;
    const payment = await namedPayment(context, message);
    if (payment === undefined) return refuse('ORDER_NOT_EXIST');
    const { paymentNumber } = payment;
    // Cancelled before it was paid with: it cannot be paid any more, and there is nothing to tell.
    if (!isPlaced(payment)) return refuse('ORDER_IS_CLOSED', undefined, paymentNumber);
    // Who polls waits for the end: nothing that gives money back can have come before it.
    const aftermath =
      payment.state === 'PROCESSING'
        ? nothingCame
        : await desk.run(findAftermathCommand(rules, paymentNumber));
    const paid = paidLegOf(payment);
    const wallet = paid === undefined ? undefined : rules.directory.byId(paid.walletId);
    const body = {
      result: result('SUCCESS'),
      paymentResult: resultOf(payment),
      paymentRequestId: payment.paymentRequestId,
      ...acquirerFacts(payment, wallet),
      transactions: transactionsOf(payment, aftermath),
    };
    return { body, paymentNumber };
  },
);
