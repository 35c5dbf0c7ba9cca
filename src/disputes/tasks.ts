// What is due about disputes: calls to repeat, times that are over, refunds that came.

import { laneOfSlot, slotOfNumber } from '../base/id.ts';
import { dayMs } from '../calendar/clearingDay.ts';
import type { Moment } from '../engine/command.ts';
import type { Payment, Refund } from '../payments/payment.ts';
import { delayOf, type Rules } from '../payments/rules.ts';
import { withRefunds } from './answer.ts';
import { awaitsRefund, type Dispute, isWithin } from './dispute.ts';
import {
  changed,
  type DisputeChanges,
  type DisputeCommand,
  type DisputeDecision,
  type DisputeFacts,
  type DisputeTask,
  disputeOf,
  disputesOf,
  unchanged,
} from './facts.ts';
import { newTask } from './open.ts';
import { isOutcome, outcomeTasks, repeatedOutcome } from './outcome.ts';

const laneOf = (rules: Pick<Rules, 'lanes'>, paymentNumber: number) =>
  laneOfSlot(slotOfNumber(paymentNumber), rules.lanes);

/** Takes up a task that is due: a call is leased and begun, a clock is looked at. */
export function takeTaskCommand(rules: Rules, task: DisputeTask): DisputeCommand<void> {
  return {
    kind: `take ${task.kind}`,
    lane: laneOf(rules, task.paymentNumber),
    gather(keys) {
      keys.tasks.add(task.taskNumber);
      keys.payments.add(task.paymentNumber);
    },
    decide(facts, moment) {
      const found = facts.tasks.get(task.taskNumber);
      // Another process was quicker, or it is done already.
      if (found === undefined || found.dueAt > moment.now) return unchanged(undefined);
      const payment = facts.payments.get(found.paymentNumber);
      const dispute = disputeOf(facts, found);
      if (payment === undefined || dispute === undefined) {
        return changed(undefined, { removed: [found.taskNumber] });
      }
      if (found.kind === 'answer.due') return endOfTime(rules, found, payment, dispute, moment);
      if (found.kind === 'refund.look') {
        return lookForRefund(rules, found, payment, dispute, facts, moment);
      }
      // Nobody has to be asked any more what was answered or is too late to be answered.
      if (found.kind === 'acquirer.asked' && dispute.state !== 'ASKED') {
        return changed(undefined, { removed: [found.taskNumber] });
      }
      const dueAt = moment.now + rules.timing.leaseMs;
      const leased: DisputeTask = { ...found, tries: found.tries + 1, dueAt };
      return changed(undefined, { moved: [leased], begin: [leased], about: { dispute, payment } });
    },
  };
}

/** The acquirer's time is over: the state says so from the instant of the rule on. */
function endOfTime(
  rules: Rules,
  task: DisputeTask,
  payment: Payment,
  dispute: Dispute,
  moment: Moment,
): DisputeDecision<void> {
  const removed = [task.taskNumber];
  if (dispute.state !== 'ASKED') return changed(undefined, { removed });
  const overdue: Dispute = { ...dispute, state: 'OVERDUE', closedAt: dispute.answerDueAt };
  return changed(undefined, { ...alertBoth(overdue, payment, moment, rules), removed });
}

function lookForRefund(
  rules: Rules,
  task: DisputeTask,
  payment: Payment,
  dispute: Dispute,
  facts: DisputeFacts,
  moment: Moment,
): DisputeDecision<void> {
  const { now } = moment;
  if (!awaitsRefund(dispute)) return changed(undefined, { removed: [task.taskNumber] });
  const looked = withRefunds(dispute, facts, now);
  if (looked.state === 'REFUNDED') {
    const added = outcomeTasks(rules, payment, looked, [looked], moment);
    return changed(undefined, { dispute: looked, added, removed: [task.taskNumber] });
  }
  const refundDueAt = dispute.refundDueAt ?? now;
  if (dispute.state === 'ACCEPTED' && now >= refundDueAt) {
    const overdue: Dispute = { ...dispute, state: 'REFUND_OVERDUE' };
    const moved = [{ ...task, tries: task.tries + 1, dueAt: now + dayMs }];
    return changed(undefined, { ...alertBoth(overdue, payment, moment, rules), moved });
  }
  if (dispute.state === 'ACCEPTED') {
    return later(task, Math.min(refundDueAt, now + rules.timing.disputeLookMs));
  }
  // After the window of refunds none can come any more.
  const paidAt = payment.finishedAt ?? payment.createdAt;
  return isWithin(paidAt, now, rules.timing.refundWindowMs)
    ? later(task, now + dayMs)
    : changed(undefined, { removed: [task.taskNumber] });
}

const later = (task: DisputeTask, dueAt: number): DisputeDecision<void> =>
  changed(undefined, { moved: [{ ...task, dueAt }] });

/** A dispute whose time is over, and what both sides are to be told about it. */
function alertBoth(
  dispute: Dispute,
  payment: Payment,
  moment: Moment,
  rules: Rules,
): Pick<DisputeChanges, 'dispute' | 'added' | 'begin' | 'about'> {
  const dueAt = moment.now + rules.timing.leaseMs;
  const added = [
    newTask(moment, dispute, 'acquirer.overdue', dueAt),
    newTask(moment, dispute, 'wallet.overdue', dueAt),
  ];
  return { dispute, added, begin: added, about: { dispute, payment } };
}

/** A partner's answer to a call: heard, or to be told again. */
export function toldCommand(rules: Rules, task: DisputeTask, heard: boolean): DisputeCommand<void> {
  return {
    kind: 'dispute told',
    lane: laneOf(rules, task.paymentNumber),
    patient: true,
    gather(keys) {
      if (!isJudging(task, heard)) return;
      keys.tasks.add(task.taskNumber);
      keys.payments.add(task.paymentNumber);
    },
    decide(facts, moment) {
      if (isJudging(task, heard)) return judgedBy(rules, task, facts, moment);
      const removed = changed(undefined, { removed: [task.taskNumber] });
      if (heard) return removed;
      if (isOutcome(task.kind)) {
        return changed(undefined, { moved: [repeatedOutcome(rules, task, moment.now)] });
      }
      const isAlert = task.kind === 'acquirer.overdue' || task.kind === 'wallet.overdue';
      const delay = isAlert
        ? rules.timing.noticeDelaysMs[task.tries - 1]
        : delayOf(rules.timing.disputeDelaysMs, task.tries - 1);
      // An alert that nobody takes is given up; the state says the same to whoever looks.
      return delay === undefined ? removed : later(task, moment.now + delay);
    },
  };
}

/** Whether the wallet has heard an answer: a refusal stands from then on. */
const isJudging = (task: DisputeTask, heard: boolean) => heard && task.kind === 'wallet.answered';

function judgedBy(
  rules: Rules,
  task: DisputeTask,
  facts: DisputeFacts,
  moment: Moment,
): DisputeDecision<void> {
  const removed = [task.taskNumber];
  const payment = facts.payments.get(task.paymentNumber);
  const dispute = disputeOf(facts, task);
  // Where another process has heard it before, the merchant is told already.
  const isFirst = facts.tasks.has(task.taskNumber);
  const isRefusal = dispute?.state === 'DECLINED';
  if (!isFirst || !isRefusal || payment === undefined) return changed(undefined, { removed });
  const added = outcomeTasks(rules, payment, dispute, [dispute], moment);
  return changed(undefined, { added, removed });
}

/** Looks whether a payment's refunds have fulfilled what was promised. */
export function recogniseRefundsCommand(
  rules: Rules,
  paymentNumber: number,
): DisputeCommand<'awaited' | 'done'> {
  return {
    kind: 'recognise refunds',
    lane: laneOf(rules, paymentNumber),
    gather: (keys) => void keys.payments.add(paymentNumber),
    decide(facts, moment) {
      const waiting = disputesOf(facts, paymentNumber).find(awaitsRefund);
      if (waiting === undefined) return unchanged('done');
      const looked = withRefunds(waiting, facts, moment.now);
      // Its clock finds it done, and goes.
      const payment = facts.payments.get(paymentNumber);
      if (looked === waiting || payment === undefined) return unchanged('awaited');
      const added = outcomeTasks(rules, payment, looked, [looked], moment);
      return changed('awaited', { dispute: looked, added });
    },
  };
}

export interface FoundDisputes {
  readonly payment: Payment | undefined;
  readonly disputes: readonly Dispute[];
  readonly refunds: readonly Refund[];
}

/** All disputes of a payment, refused tries included, with its refunds. */
export function findDisputesCommand(
  rules: Pick<Rules, 'lanes'>,
  paymentNumber: number,
): DisputeCommand<FoundDisputes> {
  return {
    kind: 'find disputes',
    lane: laneOf(rules, paymentNumber),
    gather: (keys) => void keys.payments.add(paymentNumber),
    decide: (facts) =>
      unchanged({
        payment: facts.payments.get(paymentNumber),
        disputes: disputesOf(facts, paymentNumber),
        refunds: facts.refunds.get(paymentNumber) ?? [],
      }),
  };
}
