// A settlement batch: one amount between the network and a participant, and the way it goes.

import { nameKey } from '../base/name.ts';
import type { ClearingDay } from '../calendar/clearingDay.ts';

/** In the order in which they come; the next is reached only from the one before. */
const settlementStates = [
  'CLOSED',
  'CHECKED',
  'APPROVED',
  'SENT',
  'CONFIRMED',
  'FINISHED',
] as const;

export type SettlementState = (typeof settlementStates)[number];

export interface SettlementBatch {
  readonly settlementBatchId: string;
  readonly accountId: number;
  readonly settlementDay: ClearingDay;
  /** By when the money must be there. */
  readonly valueDay: ClearingDay;
  /** Minor units; positive: the network pays the participant, negative: it is paid. */
  readonly amount: bigint;
  readonly state: SettlementState;
}

/** Who brought a batch into a state, and when. */
export interface SettlementStep {
  readonly state: SettlementState;
  readonly by: string;
  readonly at: number;
}

/** A line of the bank's statement that belongs to a batch. */
export interface BankEntry {
  readonly bankReference: string;
  /** Minor units; positive: the network paid the participant. */
  readonly amount: bigint;
  readonly valueDay: ClearingDay;
  /** The network's account whose statement has it; absent where a person entered it. */
  readonly account?: string;
}

/** What a person does with a batch. */
const settlementVerbs = ['check', 'approve', 'send', 'confirm', 'finish'] as const;

export type SettlementVerb = (typeof settlementVerbs)[number];

/** The state that each verb needs and the one that it leads to. */
const way: Readonly<Record<SettlementVerb, readonly [SettlementState, SettlementState]>> = {
  check: ['CLOSED', 'CHECKED'],
  approve: ['CHECKED', 'APPROVED'],
  send: ['APPROVED', 'SENT'],
  confirm: ['SENT', 'CONFIRMED'],
  finish: ['CONFIRMED', 'FINISHED'],
};

/** Whether a verb may be done now; the first refusal that fits, in this order. */
export type StepVerdict =
  | { readonly kind: 'done'; readonly to: SettlementState }
  /** It was done before by the same person: nothing happens. */
  | { readonly kind: 'repeated'; readonly to: SettlementState }
  | {
      readonly kind: 'wrong_order';
      readonly state: SettlementState;
      readonly needs: SettlementState;
    }
  /** Four eyes: whoever checked it cannot approve it. */
  | { readonly kind: 'same_person'; readonly by: string };

/** Two ways to write one name are one person. */
export function isSamePerson(a: string, b: string): boolean {
  return nameKey(a) === nameKey(b);
}

/** Judges a step by the steps that were taken. */
export function judgeStep(
  state: SettlementState,
  steps: readonly SettlementStep[],
  verb: SettlementVerb,
  by: string,
): StepVerdict {
  const [needs, to] = way[verb];
  const before = steps.find((step) => step.state === to);
  if (before !== undefined && isSamePerson(before.by, by)) return { kind: 'repeated', to };
  if (state !== needs) return { kind: 'wrong_order', state, needs };
  const checked = steps.find((step) => step.state === 'CHECKED');
  if (verb === 'approve' && checked !== undefined && isSamePerson(checked.by, by)) {
    return { kind: 'same_person', by: checked.by };
  }
  return { kind: 'done', to };
}

/** What the bank's lines of a batch come to. */
export function bankedOf(entries: readonly BankEntry[]): bigint {
  return entries.reduce((sum, entry) => sum + entry.amount, 0n);
}

/**
 * Why a batch needs somebody: it is not paid by its day, or the bank has moved less or more than
 * was sent. `difference` is what the bank has still to move, in the batch's own sign.
 */
export interface SettlementBreak {
  readonly kind: 'late' | 'less' | 'more';
  readonly difference: bigint;
}

/** The break of a batch; undefined while all is as it should be. */
export function breakOf(
  batch: SettlementBatch,
  entries: readonly BankEntry[],
  today: ClearingDay,
): SettlementBreak | undefined {
  if (batch.state === 'CONFIRMED' || batch.state === 'FINISHED') return undefined;
  const difference = batch.amount - bankedOf(entries);
  const inWay = batch.amount > 0n ? difference : -difference;
  if (inWay < 0n) return { kind: 'more', difference };
  if (today > batch.valueDay) return { kind: 'late', difference };
  return entries.length > 0 ? { kind: 'less', difference } : undefined;
}
