// Notices by hand: one that was given up, or was acknowledged long ago, is sent again.

import { laneOfSlot, slotOfNumber } from '../base/id.ts';
import type { Moment } from '../engine/command.ts';
import {
  aftermathOf,
  changed,
  type PaymentCommand,
  type PaymentDecision,
  type PaymentFacts,
  type PaymentItem,
  unchanged,
} from './facts.ts';
import { newItem } from './legs.ts';

/** Later than any time: an item of the outbox that is kept and never due. */
export const never = Number.MAX_SAFE_INTEGER;

/** What came of a wish to send a notice again. */
export type Replay =
  /** It is due now; without an acknowledgement it is repeated on the schedule, from its start. */
  | 'replayed'
  | 'unknown_payment'
  /** There is nothing to tell yet: the payment or the refund has not ended. */
  | 'not_ended';

/**
 * Which notice: of a payment, or of a refund of it; with the item of the outbox where it has one. A
 * notice that was taken has none.
 */
export interface NoticeName {
  readonly paymentNumber: number;
  readonly refundNumber: number | null;
  readonly outboxNumber: number | undefined;
}

/**
 * Sends a notice again, whether it was given up, still waits for its next time, or was taken: the
 * hub that looks at the outbox next takes it up.
 */
export function replayNoticeCommand(lanes: number, notice: NoticeName): PaymentCommand<Replay> {
  const { paymentNumber, refundNumber, outboxNumber } = notice;
  return {
    kind: 'replay notice',
    lane: laneOfSlot(slotOfNumber(paymentNumber), lanes),
    gather(keys) {
      keys.payments.add(paymentNumber);
      if (outboxNumber !== undefined) keys.items.add(outboxNumber);
      if (refundNumber === null) return;
      keys.items.add(refundNumber);
      keys.aftermaths.add(paymentNumber);
    },
    decide: (facts, moment) =>
      refundNumber === null
        ? decideReplay(notice, facts, moment)
        : replayOfRefund(paymentNumber, refundNumber, facts, moment),
  };
}

function decideReplay(
  notice: NoticeName,
  facts: PaymentFacts,
  moment: Moment,
): PaymentDecision<Replay> {
  const payment = facts.payments.get(notice.paymentNumber);
  if (payment === undefined) return unchanged('unknown_payment');
  if (payment.state === 'PROCESSING') return unchanged('not_ended');
  const { outboxNumber } = notice;
  const kept = outboxNumber === undefined ? undefined : facts.items.get(outboxNumber);
  const again = { kind: 'acquirer.notify', tries: 0, dueAt: moment.now } as const;
  if (kept !== undefined && isNotice(kept)) {
    return changed('replayed', { moved: [{ ...kept, ...again }] });
  }
  const item = { ...newItem(moment, payment, 'acquirer.notify', 0, moment.now), ...again };
  return changed('replayed', { added: [item] });
}

/** The notice of a refund has the refund's own number: there is one, or there is none. */
function replayOfRefund(
  paymentNumber: number,
  refundNumber: number,
  facts: PaymentFacts,
  moment: Moment,
): PaymentDecision<Replay> {
  const payment = facts.payments.get(paymentNumber);
  const { refunds } = aftermathOf(facts, paymentNumber);
  const refund = refunds.find((each) => each.refundNumber === refundNumber);
  if (payment === undefined || refund === undefined || refund.notifyUrl === null) {
    return unchanged('unknown_payment');
  }
  if (refund.state === 'ASKED') return unchanged('not_ended');
  const again = { kind: 'acquirer.notifyRefund', tries: 0, dueAt: moment.now } as const;
  const kept = facts.items.get(refundNumber);
  if (kept !== undefined) return changed('replayed', { moved: [{ ...kept, ...again }] });
  const item = { ...newItem(moment, payment, again.kind, 0, moment.now), ...again };
  return changed('replayed', { added: [{ ...item, outboxNumber: refundNumber }] });
}

function isNotice(item: PaymentItem): boolean {
  return item.kind === 'acquirer.notify' || item.kind === 'notice.given_up';
}
