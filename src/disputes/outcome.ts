// What came of a dispute, as a merchant of our own acquirer is told it: judged, or nobody wants an
// answer any more. Telling it again by hand is here too.

import { laneOfSlot, slotOfNumber } from '../base/id.ts';
import type { Moment } from '../engine/command.ts';
import { never, type Replay } from '../payments/notices.ts';
import type { Payment } from '../payments/payment.ts';
import type { Rules } from '../payments/rules.ts';
import type { Dispute } from './dispute.ts';
import {
  changed,
  type DisputeCommand,
  type DisputeTask,
  disputeOf,
  disputesOf,
  unchanged,
} from './facts.ts';

/** What still says to a merchant how its dispute came out. */
export type OutcomeKind = Extract<DisputeTask['kind'], `merchant.${string}`>;

export const outcomeKinds: readonly OutcomeKind[] = ['merchant.judged', 'merchant.cancelled'];

export function isOutcome(kind: DisputeTask['kind']): kind is OutcomeKind {
  return kind === 'merchant.judged' || kind === 'merchant.cancelled';
}

/**
 * How a dispute came out; undefined where it may still come out otherwise. Our rule, as the sources
 * name the notices only: an escalation is judged when its refusal stands or its refund is there;
 * one without an answer is cancelled when the wallet has gone on to the next of its kind.
 */
function outcomeOf(dispute: Dispute, all: readonly Dispute[]): OutcomeKind | undefined {
  const { kind, state, answer, disputeNumber } = dispute;
  if (state === 'REFUSED') return undefined;
  if (answer !== null) {
    const isJudged = kind === 'ESCALATION' && (state === 'DECLINED' || state === 'REFUNDED');
    return isJudged ? 'merchant.judged' : undefined;
  }
  const isPassed = all.some(
    (each) => each.kind === kind && each.state !== 'REFUSED' && each.disputeNumber > disputeNumber,
  );
  return isPassed ? 'merchant.cancelled' : undefined;
}

/** The task of telling it, due at once; none where no merchant of ours sold what is disputed. */
export function outcomeTasks(
  { ofMerchant }: Pick<Rules, 'ofMerchant'>,
  payment: Payment,
  dispute: Dispute,
  all: readonly Dispute[],
  moment: Moment,
): DisputeTask[] {
  const kind = outcomeOf(dispute, all);
  if (kind === undefined || ofMerchant?.(payment) !== true) return [];
  return [dueNow(kind, dispute, moment)];
}

function dueNow(
  kind: OutcomeKind,
  { paymentNumber, disputeNumber }: Dispute,
  moment: Moment,
): DisputeTask {
  const taskNumber = moment.number(slotOfNumber(paymentNumber));
  const { now } = moment;
  return { taskNumber, kind, paymentNumber, disputeNumber, dueAt: now, tries: 0, createdAt: now };
}

/** A notice that nobody took is kept after its last repeat, for a person to send it again. */
export function repeatedOutcome(
  { timing }: Pick<Rules, 'timing'>,
  task: DisputeTask,
  now: number,
): DisputeTask {
  const delay = timing.noticeDelaysMs[task.tries - 1];
  return { ...task, dueAt: delay === undefined ? never : now + delay };
}

/** Which outcome is to be told again, with its task where it still has one. */
export interface OutcomeName {
  readonly paymentNumber: number;
  readonly disputeNumber: number;
  readonly taskNumber: number | undefined;
}

/** Tells an outcome again: the hub that looks at what is due next takes it up. */
export function replayOutcomeCommand(lanes: number, name: OutcomeName): DisputeCommand<Replay> {
  const { paymentNumber, taskNumber } = name;
  return {
    kind: 'replay outcome',
    lane: laneOfSlot(slotOfNumber(paymentNumber), lanes),
    gather(keys) {
      keys.payments.add(paymentNumber);
      if (taskNumber !== undefined) keys.tasks.add(taskNumber);
    },
    decide(facts, moment) {
      const dispute = disputeOf(facts, name);
      if (dispute === undefined || dispute.state === 'REFUSED') return unchanged('unknown_payment');
      const kind = outcomeOf(dispute, disputesOf(facts, paymentNumber));
      if (kind === undefined) return unchanged('not_ended');
      const kept = taskNumber === undefined ? undefined : facts.tasks.get(taskNumber);
      return kept === undefined
        ? changed('replayed', { added: [dueNow(kind, dispute, moment)] })
        : changed('replayed', { moved: [{ ...kept, tries: 0, dueAt: moment.now }] });
    },
  };
}
