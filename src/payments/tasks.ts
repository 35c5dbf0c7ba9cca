// What the outbox brings back: tasks that are due, and the ends of those that were carried out.

import { laneOfSlot, slotOfNumber } from '../base/id.ts';
import type { Moment } from '../engine/command.ts';
import { isAgreementItem, takeAgreementCommand } from './agreements.ts';
import {
  aftermathOf,
  changed,
  type PaymentCommand,
  type PaymentDecision,
  type PaymentFacts,
  type PaymentItem,
  unchanged,
} from './facts.ts';
import { endPayment } from './legs.ts';
import { never } from './notices.ts';
import { isLive, legOf, type Payment, pushedLegOf, type Refund, withLeg } from './payment.ts';
import { pushEndsAt } from './push.ts';
import { refundOfItem } from './refund.ts';
import { delayOf, type Rules } from './rules.ts';

function laneOf(rules: Rules, item: PaymentItem): number {
  return laneOfSlot(slotOfNumber(item.paymentNumber), rules.lanes);
}

/** Whether an item has the number of a refund, which it is about. */
function isOfRefund({ kind }: PaymentItem): boolean {
  return kind === 'wallet.refund' || kind === 'acquirer.notifyRefund';
}

/**
 * Takes up an item that is due: leases it to this process, which begins it after the commit; drops
 * it where there is nothing left to do; or does it at once (the expiry of an order).
 */
export function takeCommand(rules: Rules, item: PaymentItem): PaymentCommand<void> {
  if (isAgreementItem(item)) return takeAgreementCommand(rules, item);
  return {
    kind: `take ${item.kind}`,
    lane: laneOf(rules, item),
    gather(keys) {
      keys.items.add(item.outboxNumber);
      keys.payments.add(item.paymentNumber);
      if (isOfRefund(item)) keys.aftermaths.add(item.paymentNumber);
    },
    decide: (facts, moment) => decideTake(rules, item.outboxNumber, facts, moment),
  };
}

function decideTake(
  rules: Rules,
  outboxNumber: number,
  facts: PaymentFacts,
  moment: Moment,
): PaymentDecision<void> {
  const item = facts.items.get(outboxNumber);
  // Another process was quicker, or it is done already.
  if (item === undefined || item.dueAt > moment.now) return unchanged(undefined);
  const payment = facts.payments.get(item.paymentNumber);
  const drop = changed(undefined, { removed: [outboxNumber] });
  if (payment === undefined) return drop;
  const leg = legOf(payment, item.leg);
  switch (item.kind) {
    case 'payment.expire':
      return expire(rules, payment, item, moment);
    case 'wallet.pay':
    case 'wallet.inquire':
      return leg !== undefined && isLive(leg) ? lease(rules, payment, item, moment) : drop;
    case 'wallet.cancel':
      return leg?.state === 'REVERSING' ? lease(rules, payment, item, moment) : drop;
    case 'wallet.refund': {
      const refund = refundOfItem(aftermathOf(facts, item.paymentNumber), item);
      return refund?.state === 'ASKED' ? lease(rules, payment, item, moment, refund) : drop;
    }
    case 'acquirer.push':
    case 'acquirer.pushInquire': {
      if (leg?.state !== 'PAID') return drop;
      // After its end nothing is credited any more: the acquirer is only asked whether it was.
      const isOver = moment.now >= pushEndsAt(rules, leg);
      const kind = isOver ? 'acquirer.pushInquire' : item.kind;
      return lease(rules, payment, { ...item, kind }, moment);
    }
    case 'wallet.notifyPush':
      // A payment that was cancelled since is told by that.
      return leg?.state === 'SUCCESS' ? lease(rules, payment, item, moment) : drop;
    case 'acquirer.notify':
      return lease(rules, payment, item, moment);
    case 'acquirer.notifyRefund': {
      const refund = refundOfItem(aftermathOf(facts, item.paymentNumber), item);
      return refund === undefined ? drop : lease(rules, payment, item, moment, refund);
    }
    case 'notice.given_up':
    case 'refundNotice.given_up':
    case 'agreement.revoke':
    case 'agreement.notify':
      // The first two are never due by themselves; agreements have a take of their own.
      return unchanged(undefined);
  }
}

function lease(
  rules: Rules,
  payment: Payment,
  item: PaymentItem,
  moment: Moment,
  aboutRefund?: Refund,
): PaymentDecision<void> {
  const leased: PaymentItem = {
    ...item,
    // A call that was begun and never answered may have arrived: from then on the wallet is asked.
    kind: item.kind === 'wallet.pay' ? 'wallet.inquire' : item.kind,
    tries: item.tries + 1,
    dueAt: moment.now + rules.timing.leaseMs,
  };
  return changed(undefined, {
    moved: [leased],
    begin: [leased],
    about: payment,
    ...(aboutRefund === undefined ? {} : { aboutRefund }),
  });
}

/** An order code's time is over. A wallet that has the order is asked a last time first. */
function expire(
  rules: Rules,
  payment: Payment,
  item: PaymentItem,
  moment: Moment,
): PaymentDecision<void> {
  // What a wallet has paid ends with the acquirer's word on the push.
  if (payment.state !== 'PROCESSING' || pushedLegOf(payment) !== undefined) {
    return changed(undefined, { removed: [item.outboxNumber] });
  }
  const lastWord = payment.expiresAt + rules.timing.leaseMs;
  if (payment.legs.some(isLive) && moment.now < lastWord) {
    return changed(undefined, { moved: [{ ...item, dueAt: lastWord }] });
  }
  const ending = endPayment(rules, moment, payment, 'CLOSED', 'ORDER_IS_CLOSED');
  return changed(undefined, {
    payment: ending.payment,
    holds: ending.holds,
    added: ending.begin,
    begin: ending.begin,
    removed: [item.outboxNumber],
  });
}

/** The wallet's answer to `cancelPayment`: `done` also when it never knew the payment. */
export function cancelAnsweredCommand(
  rules: Rules,
  item: PaymentItem,
  done: boolean,
): PaymentCommand<void> {
  return {
    kind: 'cancel answered',
    lane: laneOf(rules, item),
    gather: (keys) => void keys.payments.add(item.paymentNumber),
    decide(facts, moment) {
      const payment = facts.payments.get(item.paymentNumber);
      const leg = payment === undefined ? undefined : legOf(payment, item.leg);
      if (payment === undefined || leg?.state !== 'REVERSING') {
        return changed(undefined, { removed: [item.outboxNumber] });
      }
      if (!done) {
        const delay = delayOf(rules.timing.cancelDelaysMs, item.tries - 1);
        return changed(undefined, { moved: [{ ...item, dueAt: moment.now + delay }] });
      }
      const reversed = { ...leg, state: 'REVERSED' as const, finishedAt: moment.now };
      return changed(undefined, {
        payment: withLeg(payment, reversed),
        removed: [item.outboxNumber],
      });
    },
  };
}

/**
 * The partner's answer to a notice: acknowledged, or to be sent again on the schedule. After the
 * last repeat an acquirer's is given up, and kept so that it can be sent by hand; a wallet's is
 * dropped, since nothing hangs on it.
 */
export function noticeAnsweredCommand(
  rules: Rules,
  item: PaymentItem,
  acknowledged: boolean,
): PaymentCommand<void> {
  return {
    kind: 'notice answered',
    lane: laneOf(rules, item),
    patient: true,
    gather: () => undefined,
    decide(_facts, moment) {
      const delay = rules.timing.noticeDelaysMs[item.tries - 1];
      const isOver = delay === undefined && item.kind === 'wallet.notifyPush';
      if (acknowledged || isOver) return changed(undefined, { removed: [item.outboxNumber] });
      if (delay === undefined) {
        const kind = isOfRefund(item) ? 'refundNotice.given_up' : 'notice.given_up';
        return changed(undefined, { moved: [{ ...item, kind, dueAt: never }] });
      }
      return changed(undefined, { moved: [{ ...item, dueAt: moment.now + delay }] });
    },
  };
}
