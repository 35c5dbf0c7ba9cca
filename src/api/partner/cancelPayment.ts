// POST /aps/api/v1/payments/cancelPayment, from an acquirer: this payment must not be.

import { cancelCommand, closeRequestCommand } from '../../payments/cancel.ts';
import { acquirerCancelPaymentRequest } from '../../wire/acquirer.ts';
import { result } from '../../wire/results.ts';
import { endpoint, refuse } from './endpoint.ts';
import { namedPayment } from './namedPayment.ts';

export const cancelPaymentEndpoint = endpoint(
  'acquirer',
  acquirerCancelPaymentRequest,
  async (context, message) => {
    const { rules, desk, caller } = context;
    const { paymentRequestId, paymentId } = message;
    // An id of the acquirer's own is closed even where nothing was paid with it yet. With the
    // network's id beside it there was an answer to `pay`, so it must name a payment that is there.
    const byOwnId = paymentRequestId !== undefined && paymentId === undefined;
    const payment = byOwnId
      ? await desk.run(closeRequestCommand(rules, caller, paymentRequestId))
      : await namedPayment(context, message);
    if (payment === undefined) return refuse('ORDER_NOT_EXIST');
    const { paymentNumber } = payment;
    const reply = await desk.run(cancelCommand(rules, paymentNumber));
    switch (reply.kind) {
      case 'never_placed':
        return refuse('ORDER_NOT_EXIST', undefined, paymentNumber);
      case 'refused':
        return refuse(reply.resultCode, reply.message, paymentNumber);
      case 'cancelled': {
        const wallet = reply.paidLeg === undefined ? {} : { pspId: reply.paidLeg.walletId };
        const body = { result: result('SUCCESS'), acquirerId: caller.participantId, ...wallet };
        return { body, paymentNumber };
      }
    }
  },
);
