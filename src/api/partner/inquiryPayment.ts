// POST /aps/api/v1/payments/inquiryPayment, from an acquirer: how does this payment stand?

import { readPublicId } from '../../base/id.ts';
import { acquirerFacts, paymentIdOf, resultOf } from '../../payments/bodies.ts';
import { findByNumberCommand, findByRequestCommand } from '../../payments/find.ts';
import type { Payment } from '../../payments/payment.ts';
import { acquirerInquiryPaymentRequest } from '../../wire/acquirer.ts';
import { result } from '../../wire/results.ts';
import { formatTime } from '../../wire/time.ts';
import { type EndpointContext, endpoint, refuse } from './endpoint.ts';

export const inquiryPaymentEndpoint = endpoint(
  'acquirer',
  acquirerInquiryPaymentRequest,
  async (context, message) => {
    const payment = await find(context, message);
    if (payment === undefined) return refuse('ORDER_NOT_EXIST');
    const paid = payment.legs.find((leg) => leg.leg === payment.paidLeg);
    const wallet = paid === undefined ? undefined : context.rules.directory.byId(paid.walletId);
    const body = {
      result: result('SUCCESS'),
      paymentResult: resultOf(payment),
      paymentRequestId: payment.paymentRequestId,
      ...acquirerFacts(payment, wallet),
      transactions: [
        {
          transactionType: 'PAYMENT',
          transactionStatus: statusOf[payment.state],
          transactionResult: resultOf(payment),
          transactionId: paymentIdOf(payment),
          transactionRequestId: payment.paymentRequestId,
          transactionAmount: acquirerFacts(payment, wallet).paymentAmount,
          ...(payment.finishedAt === null
            ? {}
            : { transactionTime: formatTime(payment.finishedAt) }),
        },
      ],
    };
    return { body, paymentNumber: payment.paymentNumber };
  },
);

const statusOf = {
  PROCESSING: 'PROCESSING',
  SUCCESS: 'SUCCESS',
  FAILED: 'FAIL',
  CLOSED: 'CANCELLED',
} as const;

/** By either id; with both, both must name the same payment. Another acquirer's does not exist. */
async function find(
  { rules, desk, caller }: EndpointContext,
  message: { paymentRequestId?: string | undefined; paymentId?: string | undefined },
): Promise<Payment | undefined> {
  const { paymentRequestId, paymentId } = message;
  const number = paymentId === undefined ? undefined : readPublicId('payment', paymentId)?.number;
  if (paymentId !== undefined && number === undefined) return undefined;
  const payment = await (paymentRequestId !== undefined
    ? desk.run(findByRequestCommand(rules, caller.participantId, paymentRequestId))
    : desk.run(findByNumberCommand(rules, number as number)));
  if (payment === undefined || payment.acquirerId !== caller.participantId) return undefined;
  return paymentId === undefined || paymentIdOf(payment) === paymentId ? payment : undefined;
}
