// POST /aps/api/v1/payments/refund, from an acquirer: give this much of a payment back.

import { acquirerRefundBody } from '../../payments/aftermathBodies.ts';
import { moneyFrom } from '../../payments/bodies.ts';
import { findAftermathCommand } from '../../payments/find.ts';
import { type Payment, paidLegOf, type Refund } from '../../payments/payment.ts';
import { claimRefundCommand, type RefundOrder, refundCommand } from '../../payments/refund.ts';
import { type AcquirerRefundRequest, acquirerRefundRequest } from '../../wire/acquirer.ts';
import { type Answer, type EndpointContext, endpoint, refuse } from './endpoint.ts';
import { namedPayment } from './namedPayment.ts';

/** No payment has this number: an id for which nothing is known yet is looked up with it. */
const noPayment = 0;

export const refundEndpoint = endpoint('acquirer', acquirerRefundRequest, (context, message) =>
  refundWith(context, message, { notifyUrl: null, isAsync: false }),
);

/** What the merchant dialect can say beside a refund. */
export interface RefundWays {
  /** Where its end is told; null for nowhere. */
  readonly notifyUrl: string | null;
  /** Whether the answer comes before the wallet's word. */
  readonly isAsync: boolean;
}

/** The id is claimed first, then the refund is decided, then the wallet is waited for. */
export async function refundWith(
  context: EndpointContext,
  message: AcquirerRefundRequest,
  { notifyUrl, isAsync }: RefundWays,
): Promise<Answer> {
  const { rules, desk, caller } = context;
  const payment = await namedPayment(context, message);
  const paymentNumber = payment?.paymentNumber ?? noPayment;
  const order: RefundOrder = {
    acquirerId: caller.participantId,
    refundRequestId: message.refundRequestId,
    paymentNumber,
    amount: moneyFrom(message.refundAmount),
    reason: message.refundReason ?? null,
    notifyUrl,
  };
  const claimed = await desk.run(claimRefundCommand(rules, order, payment));
  if (claimed.kind === 'refused' || payment === undefined) {
    const code = claimed.kind === 'refused' ? claimed.resultCode : 'ORDER_NOT_EXIST';
    const why = claimed.kind === 'refused' ? claimed.message : undefined;
    return refuse(code, why, payment?.paymentNumber);
  }
  const reply = await desk.run(refundCommand(rules, order));
  if (reply.kind === 'refused') return refuse(reply.resultCode, reply.message, paymentNumber);
  const isKnown = reply.repeated || reply.refund.state !== 'ASKED';
  if (isKnown || isAsync) return told(reply.payment, reply.refund);
  const { refundNumber } = reply.refund;
  const ended = await desk.refunded(refundNumber, rules.timing.syncAnswerMs);
  return told(reply.payment, ended ?? (await refundNow(context, reply.refund)));
}

/** Another process may have heard the wallet meanwhile. */
async function refundNow({ rules, desk }: EndpointContext, refund: Refund): Promise<Refund> {
  const { refunds } = await desk.run(findAftermathCommand(rules, refund.paymentNumber));
  return refunds.find((each) => each.refundNumber === refund.refundNumber) ?? refund;
}

function told(payment: Payment, refund: Refund): Answer {
  const body = acquirerRefundBody(payment, paidLegOf(payment), refund);
  return { body, paymentNumber: payment.paymentNumber };
}
