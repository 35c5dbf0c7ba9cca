// Finding a payment as an acquirer names it, or as the network does.

import { laneOfSlot, slotOf, slotOfNumber } from '../base/id.ts';
import {
  type Aftermath,
  aftermathOf,
  type PaymentCommand,
  paymentOfRequest,
  requestKey,
  unchanged,
} from './facts.ts';
import type { Payment } from './payment.ts';
import { laneOfRequest, type Rules } from './rules.ts';

/** By the acquirer's own id. Sees every commit before it, since it takes its turn in the lane. */
export function findByRequestCommand(
  rules: Rules,
  acquirerId: string,
  paymentRequestId: string,
): PaymentCommand<Payment | undefined> {
  return {
    kind: 'find by request',
    lane: laneOfRequest(rules.lanes, acquirerId, paymentRequestId),
    gather: (keys) => void keys.requests.add(requestKey(acquirerId, paymentRequestId)),
    decide: (facts) => unchanged(paymentOfRequest(facts, acquirerId, paymentRequestId)),
  };
}

/** By its number, as read from a public id. */
export function findByNumberCommand(
  rules: Pick<Rules, 'lanes'>,
  paymentNumber: number,
  withOrder = false,
): PaymentCommand<Payment | undefined> {
  return {
    kind: 'find by number',
    lane: laneOfSlot(slotOfNumber(paymentNumber), rules.lanes),
    gather(keys) {
      keys.payments.add(paymentNumber);
      if (withOrder) keys.orders.add(paymentNumber);
    },
    decide: (facts) => unchanged(facts.payments.get(paymentNumber)),
  };
}

/** The number of the payment that an acquirer's refund id was taken for. */
export function findRefundClaimCommand(
  rules: Rules,
  acquirerId: string,
  refundRequestId: string,
): PaymentCommand<number | undefined> {
  const key = requestKey(acquirerId, refundRequestId);
  return {
    kind: 'find refund claim',
    lane: laneOfSlot(slotOf('refund', acquirerId, refundRequestId), rules.lanes),
    gather: (keys) => void keys.refundClaims.add(key),
    decide: (facts) => unchanged(facts.refundClaims.get(key)?.paymentNumber),
  };
}

/** What came after a payment: its cancellation and its refunds. */
export function findAftermathCommand(
  rules: Pick<Rules, 'lanes'>,
  paymentNumber: number,
): PaymentCommand<Aftermath> {
  return {
    kind: 'find aftermath',
    lane: laneOfSlot(slotOfNumber(paymentNumber), rules.lanes),
    gather(keys) {
      keys.payments.add(paymentNumber);
      keys.aftermaths.add(paymentNumber);
    },
    decide: (facts) => unchanged(aftermathOf(facts, paymentNumber)),
  };
}
