// POST /aps/api/v1/payments/notifyPushPayment, from an acquirer: the shop is credited, or never.

import { moneyFrom } from '../../payments/bodies.ts';
import type { Payment } from '../../payments/payment.ts';
import { productRow } from '../../payments/products.ts';
import { type PushReply, type PushWord, pushAnsweredCommand } from '../../payments/push.ts';
import { declineOf } from '../../wire/apiSteps.ts';
import { type NotifyPushPaymentRequest, notifyPushPaymentRequest } from '../../wire/push.ts';
import { type Answer, endpoint, refuse } from './endpoint.ts';
import { namedPayment } from './namedPayment.ts';

export const notifyPushPaymentEndpoint = endpoint(
  'acquirer',
  notifyPushPaymentRequest,
  async (context, message) => {
    const payment = await namedPayment(context, message);
    const isPushed =
      payment !== undefined &&
      payment.product !== 'never_placed' &&
      productRow(payment.product).pushes;
    if (!isPushed) return refuse('ORDER_NOT_EXIST');
    const field = differingField(payment, message);
    if (field !== undefined) {
      const told = `${field} differs from the payment of this paymentId.`;
      return refuse('REPEAT_REQ_INCONSISTENT', told, payment.paymentNumber);
    }
    const { resultStatus, resultCode } = message.paymentResult;
    const word: PushWord =
      resultStatus === 'S'
        ? { kind: 'success' }
        : { kind: 'failure', resultCode: declineOf(resultCode) };
    const { rules, desk } = context;
    const reply = await desk.run(pushAnsweredCommand(rules, payment.paymentNumber, word, null));
    return answerTo(reply, payment.paymentNumber);
  },
);

function differingField(payment: Payment, message: NotifyPushPaymentRequest): string | undefined {
  for (const [field, ours] of [
    ['paymentAmount', payment.amount],
    ['settlementAmount', payment.settlement],
  ] as const) {
    const told = message[field];
    if (told === undefined) continue;
    const { currency, minor } = moneyFrom(told);
    if (currency !== ours.currency || minor !== ours.minor) return field;
  }
  return undefined;
}

/** A success that came too late is not owed to the acquirer: it must take its credit back. */
function answerTo(reply: PushReply, paymentNumber: number): Answer {
  switch (reply.kind) {
    case 'not_pushed':
      return refuse('ORDER_NOT_EXIST', 'No wallet has paid this yet.', paymentNumber);
    case 'contradicts':
      return refuse(
        'REPEAT_REQ_INCONSISTENT',
        'This push was told with the other result before.',
        paymentNumber,
      );
    case 'too_late':
      return refuse('ORDER_IS_CLOSED', undefined, paymentNumber);
    case 'counted':
    case 'repeated':
      return refuse('SUCCESS', undefined, paymentNumber);
  }
}
