// Push: the wallet has paid a national code, and its acquirer must credit the shop; what it says
// about that, however it says it.

import { laneOfSlot, slotOfNumber } from '../base/id.ts';
import type { Moment } from '../engine/command.ts';
import type { HoldChange } from '../ledger/slice.ts';
import type { ResultCode } from '../wire/results.ts';
import {
  changed,
  type PaymentChanges,
  type PaymentCommand,
  type PaymentDecision,
  type PaymentFacts,
  type PaymentItem,
  unchanged,
} from './facts.ts';
import { endPayment, newItem, reverseLeg } from './legs.ts';
import { isLive, type Leg, type Payment, pushedLegOf, withLeg } from './payment.ts';
import { delayOf, type Rules } from './rules.ts';
import { settled } from './settle.ts';

/**
 * S and F are final. `unseen`: the acquirer has never heard of the push, which is then sent once
 * more; `unknown` covers U, silence, and anything that cannot be verified.
 */
export type PushWord =
  | { readonly kind: 'success' }
  | { readonly kind: 'failure'; readonly resultCode: ResultCode }
  | { readonly kind: 'unseen' }
  | { readonly kind: 'unknown' };

/** What became of the acquirer's word on a push. */
export interface PushReply {
  /** `not_pushed`: there is no such payment, or no wallet has paid it yet. */
  readonly kind: 'counted' | 'repeated' | 'too_late' | 'contradicts' | 'not_pushed';
}

/** Until when the acquirer's word on a push counts: from the wallet's success on. */
export function pushEndsAt(rules: Rules, leg: Leg): number {
  return (leg.finishedAt ?? leg.createdAt) + rules.timing.pushLifeMs;
}

/**
 * The wallet has paid. The hold stays, since nothing is posted before the acquirer has credited the
 * shop; other wallets that have the order must let go of it.
 */
export function beginPush(
  rules: Rules,
  payment: Payment,
  leg: Leg,
  walletPaymentId: string | null,
  done: readonly number[],
  moment: Moment,
): PaymentChanges & { readonly payment: Payment } {
  const paid: Leg = { ...leg, state: 'PAID', walletPaymentId, finishedAt: moment.now };
  let pushed = withLeg(payment, paid);
  const holds: HoldChange[] = [];
  const begin: PaymentItem[] = [];
  for (const other of payment.legs) {
    if (other.leg === leg.leg || !isLive(other)) continue;
    const reversal = reverseLeg(rules, moment, pushed, other, 'ORDER_IS_CLOSED');
    pushed = reversal.payment;
    holds.push(...reversal.holds);
    begin.push(...reversal.begin);
  }
  begin.push(newItem(moment, pushed, 'acquirer.push', leg.leg, moment.now + rules.timing.leaseMs));
  return { payment: pushed, holds, added: begin, begin, removed: done };
}

/**
 * Takes an acquirer's word on a push. `item` is the call that it answers; null when the acquirer
 * spoke by itself, and then only S and F are said.
 */
export function pushAnsweredCommand(
  rules: Rules,
  paymentNumber: number,
  word: PushWord,
  item: PaymentItem | null,
): PaymentCommand<PushReply> {
  return {
    kind: 'push answered',
    lane: laneOfSlot(slotOfNumber(paymentNumber), rules.lanes),
    gather: (keys) => void keys.payments.add(paymentNumber),
    decide: (facts, moment) => decidePush(rules, paymentNumber, word, item, facts, moment),
  };
}

function decidePush(
  rules: Rules,
  paymentNumber: number,
  word: PushWord,
  item: PaymentItem | null,
  facts: PaymentFacts,
  moment: Moment,
): PaymentDecision<PushReply> {
  const payment = facts.payments.get(paymentNumber);
  if (payment === undefined) return unchanged({ kind: 'not_pushed' });
  const done = item === null ? [] : [item.outboxNumber];
  const leg = pushedLegOf(payment);
  if (leg === undefined) return afterwards(payment, word, done);
  switch (word.kind) {
    case 'success':
      return credited(rules, payment, leg, done, moment);
    case 'failure':
      return giveUp(rules, payment, 'FAILED', word.resultCode, done, moment);
    case 'unseen':
    case 'unknown':
      return item === null
        ? unchanged({ kind: 'repeated' })
        : askAgain(rules, payment, leg, word.kind === 'unseen', item, moment);
  }
}

/** The shop has its money: it is posted, and both the acquirer and the wallet are told. */
function credited(
  rules: Rules,
  payment: Payment,
  leg: Leg,
  done: readonly number[],
  moment: Moment,
): PaymentDecision<PushReply> {
  const changes = settled(rules, payment, leg, leg.walletPaymentId, done, moment);
  const dueAt = moment.now + rules.timing.leaseMs;
  const told = newItem(moment, payment, 'wallet.notifyPush', leg.leg, dueAt);
  const begin = [...(changes.begin ?? []), told];
  return changed({ kind: 'counted' }, { ...changes, added: begin, begin });
}

/** No push is under way: it has ended, or has not begun. */
function afterwards(
  payment: Payment,
  word: PushWord,
  done: readonly number[],
): PaymentDecision<PushReply> {
  const ended = (kind: PushReply['kind']) =>
    changed<PushReply>({ kind }, { about: payment, removed: done });
  if (payment.state === 'PROCESSING') return ended('not_pushed');
  if (word.kind === 'success') return ended(payment.state === 'SUCCESS' ? 'repeated' : 'too_late');
  const contradicts = word.kind === 'failure' && payment.state === 'SUCCESS';
  return ended(contradicts ? 'contradicts' : 'repeated');
}

/** The shop was not credited: the wallet must give back what it has taken. */
function giveUp(
  rules: Rules,
  payment: Payment,
  state: 'FAILED' | 'CLOSED',
  resultCode: ResultCode,
  done: readonly number[],
  moment: Moment,
): PaymentDecision<PushReply> {
  const ending = endPayment(rules, moment, payment, state, resultCode);
  return changed(
    { kind: 'counted' },
    {
      payment: ending.payment,
      holds: ending.holds,
      added: ending.begin,
      begin: ending.begin,
      removed: done,
    },
  );
}

function askAgain(
  rules: Rules,
  payment: Payment,
  leg: Leg,
  unseen: boolean,
  item: PaymentItem,
  moment: Moment,
): PaymentDecision<PushReply> {
  const endsAt = pushEndsAt(rules, leg);
  if (moment.now >= endsAt) {
    return giveUp(rules, payment, 'CLOSED', 'ORDER_IS_CLOSED', [item.outboxNumber], moment);
  }
  const next = moment.now + delayOf(rules.timing.pushInquiryDelaysMs, Math.max(item.tries - 1, 0));
  const again: PaymentItem = {
    ...item,
    kind: unseen ? 'acquirer.push' : 'acquirer.pushInquire',
    dueAt: Math.min(next, endsAt),
  };
  return changed({ kind: 'counted' }, { moved: [again] });
}
