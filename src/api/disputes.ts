// Saying what disputes have to say: to acquirers what is asked, to wallets what was answered.

import { laneOfSlot, slotOfNumber } from '../base/id.ts';
import type { Database } from '../base/world.ts';
import { askBody, overdueBody, tellBody } from '../disputes/bodies.ts';
import type { DisputeDeskOptions } from '../disputes/commands.ts';
import type { Dispute, Evidence } from '../disputes/dispute.ts';
import type { DisputeCommand, DisputeTask, SentFiles } from '../disputes/facts.ts';
import { isOutcome } from '../disputes/outcome.ts';
import { evidenceOf } from '../disputes/store.ts';
import { toldCommand } from '../disputes/tasks.ts';
import type { Merchants } from '../merchants/merchant.ts';
import type { PartnerCalls } from '../network/calls.ts';
import type { Payment } from '../payments/payment.ts';
import type { Rules } from '../payments/rules.ts';
import { disputeAck } from '../wire/disputes.ts';
import { type ApiName, decodeAnswer, paths } from '../wire/messages.ts';
import { type NewsType, notifyMerchantOfDispute } from './merchant/disputes.ts';

export interface DisputePerformerOptions {
  readonly rules: () => Rules;
  readonly database: Database;
  readonly merchants: () => Merchants;
  readonly calls: PartnerCalls;
  readonly run: <Reply>(command: DisputeCommand<Reply>) => Promise<Reply>;
  readonly failed: (what: string, error: unknown) => void;
}

/** Performs one task; what fails stays as it is and becomes due again after its lease. */
export function disputePerformer(options: DisputePerformerOptions): DisputeDeskOptions['perform'] {
  return (task, dispute, payment) => {
    perform(options, task, dispute, payment).catch((error: unknown) =>
      options.failed(`${task.kind} of payment ${task.paymentNumber}`, error),
    );
  };
}

async function perform(
  options: DisputePerformerOptions,
  task: DisputeTask,
  dispute: Dispute,
  payment: Payment,
): Promise<void> {
  const heard =
    (await tellMerchantInstead(options, task, dispute, payment)) ??
    (await tellParticipant(options, task, dispute, payment));
  if (heard !== undefined) await options.run(toldCommand(options.rules(), task, heard));
}

/** What a merchant is told instead of its acquirer, by the types of its dialect. */
const merchantNews: Partial<Record<DisputeTask['kind'], NewsType>> = {
  'acquirer.asked': 'DISPUTE_CREATED',
  'acquirer.overdue': 'DEFENSE_DUE_ALERT',
  'merchant.judged': 'DISPUTE_JUDGED',
  'merchant.cancelled': 'DISPUTE_CANCELLED',
};

/** Whether the merchant of our own acquirer has heard it; undefined where it is not for one. */
async function tellMerchantInstead(
  options: DisputePerformerOptions,
  task: DisputeTask,
  dispute: Dispute,
  payment: Payment,
): Promise<boolean | undefined> {
  const type = merchantNews[task.kind];
  if (type === undefined) return undefined;
  const { rules, merchants, calls } = options;
  const merchant = merchants().ofPayment(payment);
  const acquirer = rules().directory.byId(payment.acquirerId);
  if (merchant === undefined || acquirer === undefined) {
    // A merchant that is gone hears no outcome any more, and nobody hears it in its place.
    return isOutcome(task.kind) ? true : undefined;
  }
  const { length: files } = await filesOf(options, dispute, 'wallet');
  return notifyMerchantOfDispute(calls, acquirer, merchant, payment, { dispute, files, type });
}

function filesOf(
  { rules, database }: DisputePerformerOptions,
  dispute: Dispute,
  from: SentFiles['from'],
): Promise<Evidence[]> {
  const lane = laneOfSlot(slotOfNumber(dispute.paymentNumber), rules().lanes);
  return evidenceOf(database, lane, dispute, from);
}

/** Whether the participant has heard what a task says; undefined where it says nothing. */
async function tellParticipant(
  options: DisputePerformerOptions,
  task: DisputeTask,
  dispute: Dispute,
  payment: Payment,
): Promise<boolean | undefined> {
  const said = await sayingOf(options, task, dispute, payment);
  if (said === undefined) return undefined;
  const participant = options.rules().directory.byId(said.to);
  if (participant === undefined) return false;
  const answer = await options.calls.call({
    participant,
    api: said.api,
    url: participant.endpoint + paths[said.api],
    body: said.body,
    paymentNumber: payment.paymentNumber,
  });
  if (answer.kind === 'unknown') return false;
  const decoded = decodeAnswer(disputeAck, answer.body);
  return decoded.ok && decoded.value.result.resultStatus === 'S';
}

interface Saying {
  readonly to: string;
  readonly api: ApiName;
  readonly body: object;
}

/** What a task says, to whom; nothing for the clocks, which are decided when they are taken up. */
async function sayingOf(
  options: DisputePerformerOptions,
  task: DisputeTask,
  dispute: Dispute,
  payment: Payment,
): Promise<Saying | undefined> {
  const isRetrieval = dispute.kind === 'RETRIEVAL';
  switch (task.kind) {
    case 'acquirer.asked':
      return {
        to: payment.acquirerId,
        api: isRetrieval ? 'initiateRetrieval' : 'initiateEscalation',
        body: askBody(payment, dispute, await filesOf(options, dispute, 'wallet')),
      };
    case 'wallet.answered':
      return {
        to: dispute.walletId,
        api: isRetrieval ? 'responseRetrieval' : 'responseEscalation',
        body: tellBody(payment, dispute, await filesOf(options, dispute, 'acquirer')),
      };
    case 'acquirer.overdue':
      return {
        to: payment.acquirerId,
        api: 'notifyDispute',
        body: overdueBody(payment, dispute, 'acquirer'),
      };
    case 'wallet.overdue':
      return {
        to: dispute.walletId,
        api: 'notifyDispute',
        body: overdueBody(payment, dispute, 'wallet'),
      };
    case 'merchant.judged':
    case 'merchant.cancelled':
    case 'answer.due':
    case 'refund.look':
      return undefined;
  }
}
