// Finding the payment that an acquirer names by either of its ids.

import { readPublicId } from '../../base/id.ts';
import { paymentIdOf } from '../../payments/bodies.ts';
import { findByNumberCommand, findByRequestCommand } from '../../payments/find.ts';
import type { Payment } from '../../payments/payment.ts';
import type { EndpointContext } from './endpoint.ts';

/** How an acquirer names a payment: by its own id, by the network's, or by both. */
export interface PaymentName {
  readonly paymentRequestId?: string | undefined;
  readonly paymentId?: string | undefined;
}

/** By either id; with both, both must name the same payment. Another acquirer's does not exist. */
export async function namedPayment(
  { rules, desk, caller }: EndpointContext,
  { paymentRequestId, paymentId }: PaymentName,
): Promise<Payment | undefined> {
  const number = paymentId === undefined ? undefined : readPublicId('payment', paymentId)?.number;
  if (paymentId !== undefined && number === undefined) return undefined;
  const payment = await (paymentRequestId !== undefined
    ? desk.run(findByRequestCommand(rules, caller.participantId, paymentRequestId))
    : desk.run(findByNumberCommand(rules, number as number)));
  if (payment === undefined || payment.acquirerId !== caller.participantId) return undefined;
  return paymentId === undefined || paymentIdOf(payment) === paymentId ? payment : undefined;
}
