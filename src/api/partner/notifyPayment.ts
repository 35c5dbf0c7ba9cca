// POST /aps/api/v1/payments/notifyPayment, from a wallet: it paid, or it did not.

import { readPublicId } from '../../base/id.ts';
import { type AnswerReply, answerCommand, type WalletWord } from '../../payments/answer.ts';
import { moneyFrom } from '../../payments/bodies.ts';
import { declineOf } from '../../wire/apiSteps.ts';
import type { WalletNotifyPaymentRequest } from '../../wire/wallet.ts';
import { walletNotifyPaymentRequest } from '../../wire/wallet.ts';
import { type Answer, endpoint, refuse } from './endpoint.ts';

export const notifyPaymentEndpoint = endpoint(
  'wallet',
  walletNotifyPaymentRequest,
  async ({ rules, desk, caller }, message) => {
    const id = readPublicId('leg', message.paymentRequestId);
    if (id === undefined || id.leg === undefined) return refuse('ORDER_NOT_EXIST');
    const reply = await desk.run(
      answerCommand(rules, {
        paymentNumber: id.number,
        leg: id.leg,
        word: wordOf(message),
        item: null,
        claims: {
          walletId: caller.participantId,
          legId: message.paymentRequestId,
          ...(message.paymentAmount === undefined
            ? {}
            : { amount: moneyFrom(message.paymentAmount) }),
          ...(message.payToAmount === undefined ? {} : { payTo: moneyFrom(message.payToAmount) }),
          ...(message.customerId === undefined ? {} : { customerId: message.customerId }),
          ...(message.paymentId === undefined ? {} : { walletPaymentId: message.paymentId }),
        },
      }),
    );
    return answerTo(reply);
  },
);

function wordOf(message: WalletNotifyPaymentRequest): WalletWord {
  const { resultStatus, resultCode } = message.paymentResult;
  return resultStatus === 'S'
    ? { kind: 'success', walletPaymentId: message.paymentId ?? null }
    : { kind: 'failure', resultCode: declineOf(resultCode) };
}

/**
 * SUCCESS says that the word was taken, now or before. A success that came too late is answered
 * ORDER_IS_CLOSED, and the wallet is also told to cancel (protocol.md §1.8).
 */
function answerTo(reply: AnswerReply): Answer {
  switch (reply.kind) {
    case 'no_such_leg':
      return refuse('ORDER_NOT_EXIST');
    case 'differs':
      return refuse(
        'REPEAT_REQ_INCONSISTENT',
        `${reply.field} differs from the payment of this paymentRequestId.`,
        reply.payment.paymentNumber,
      );
    case 'contradicts':
      return refuse(
        'REPEAT_REQ_INCONSISTENT',
        'This payment was notified with the other result before.',
        reply.payment.paymentNumber,
      );
    case 'too_late':
      return refuse('ORDER_IS_CLOSED', undefined, reply.payment.paymentNumber);
    case 'counted':
    case 'repeated':
      return refuse('SUCCESS', undefined, reply.payment.paymentNumber);
  }
}
