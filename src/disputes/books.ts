// The dispute commands' working set: read in one round trip, changed in memory, written once.

import type { Row, Statement } from '../base/world.ts';
import type { Books } from '../engine/command.ts';
import { readRefunds, refundFrom } from '../payments/aftermathStore.ts';
import { claimFrom, insertClaims, readClaims } from '../payments/claimStore.ts';
import { paymentsFrom, readPayments } from '../payments/store.ts';
import { type DisputeChanges, type DisputeFacts, type DisputeKeys, disputesOf } from './facts.ts';
import {
  deleteTasks,
  disputeFrom,
  insertEvidence,
  insertTasks,
  readDisputes,
  readTasks,
  taskFrom,
  updateTasks,
  writeDisputes,
} from './store.ts';

/** Nothing is remembered between ticks: a dispute is seldom spoken of twice in a second. */
export const disputeBooks: Books<DisputeKeys, DisputeFacts, DisputeChanges> = {
  keys: () => ({ payments: new Set(), claims: new Set(), tasks: new Set() }),
  read,
  facts: factsFrom,
  apply,
  write,
  remember: () => undefined,
  forget: () => false,
};

/** Only what is asked for is read; the order here is the order in `factsFrom`. */
function read(lane: number, { payments, claims, tasks }: DisputeKeys): Statement[] {
  return [
    ...(payments.size > 0
      ? [readPayments(lane, payments), readRefunds(lane, payments), readDisputes(lane, payments)]
      : []),
    ...(claims.size > 0 ? [readClaims('dispute_claims', lane, claims)] : []),
    ...(tasks.size > 0 ? [readTasks(lane, tasks)] : []),
  ];
}

function factsFrom(keys: DisputeKeys, results: readonly (readonly Row[])[]): DisputeFacts {
  let next = 0;
  const rowsIf = (wanted: boolean): readonly Row[] => (wanted ? (results[next++] ?? []) : []);
  const facts = emptyFacts();
  const named = keys.payments.size > 0;
  paymentsFrom(rowsIf(named), facts.payments);
  for (const row of rowsIf(named)) {
    const payment = facts.payments.get(Number(row[0]));
    if (payment === undefined) continue;
    const before = facts.refunds.get(payment.paymentNumber) ?? [];
    facts.refunds.set(payment.paymentNumber, [...before, refundFrom(row, payment)]);
  }
  for (const row of rowsIf(named)) {
    const payment = facts.payments.get(Number(row[0]));
    if (payment === undefined) continue;
    const { paymentNumber, amount } = payment;
    const before = disputesOf(facts, paymentNumber);
    facts.disputes.set(paymentNumber, [...before, disputeFrom(row, amount.currency)]);
  }
  for (const row of rowsIf(keys.claims.size > 0)) {
    const claim = claimFrom(row);
    facts.claims.set(claim.requestKey, claim);
  }
  for (const row of rowsIf(keys.tasks.size > 0)) {
    const task = taskFrom(row);
    facts.tasks.set(task.taskNumber, task);
  }
  return facts;
}

function emptyFacts(): DisputeFacts {
  return {
    payments: new Map(),
    refunds: new Map(),
    disputes: new Map(),
    claims: new Map(),
    tasks: new Map(),
    dirty: {
      disputes: new Map(),
      evidence: [],
      claims: [],
      added: new Map(),
      moved: new Map(),
      removed: new Set(),
    },
  };
}

/** Lets the next command of the batch see what this one decided. */
function apply(facts: DisputeFacts, changes: DisputeChanges): void {
  const { dirty } = facts;
  const { dispute, evidence, claim } = changes;
  if (dispute !== undefined) {
    dirty.disputes.set(`${dispute.paymentNumber}/${dispute.disputeNumber}`, dispute);
    const others = disputesOf(facts, dispute.paymentNumber).filter(
      (each) => each.disputeNumber !== dispute.disputeNumber,
    );
    const list = [...others, dispute].sort((a, b) => a.disputeNumber - b.disputeNumber);
    facts.disputes.set(dispute.paymentNumber, list);
    if (evidence !== undefined && evidence.files.length > 0) {
      dirty.evidence.push({ dispute, ...evidence });
    }
  }
  if (claim !== undefined) {
    dirty.claims.push(claim);
    facts.claims.set(claim.requestKey, claim);
  }
  for (const task of changes.added ?? []) {
    facts.tasks.set(task.taskNumber, task);
    dirty.added.set(task.taskNumber, task);
  }
  for (const task of changes.moved ?? []) {
    facts.tasks.set(task.taskNumber, task);
    (dirty.added.has(task.taskNumber) ? dirty.added : dirty.moved).set(task.taskNumber, task);
  }
  for (const number of changes.removed ?? []) {
    facts.tasks.delete(number);
    dirty.moved.delete(number);
    if (!dirty.added.delete(number)) dirty.removed.add(number);
  }
}

function write(lane: number, { dirty }: DisputeFacts): Statement[] {
  const { disputes, evidence, claims, added, moved, removed } = dirty;
  return [
    ...(disputes.size > 0 ? [writeDisputes(lane, [...disputes.values()])] : []),
    ...(evidence.length > 0 ? [insertEvidence(lane, evidence)] : []),
    ...(claims.length > 0 ? [insertClaims('dispute_claims', lane, claims)] : []),
    ...(added.size > 0 ? [insertTasks(lane, [...added.values()])] : []),
    ...(moved.size > 0 ? [updateTasks(lane, [...moved.values()])] : []),
    ...(removed.size > 0 ? [deleteTasks(lane, [...removed])] : []),
  ];
}
