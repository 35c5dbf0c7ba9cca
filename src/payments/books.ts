// The payment commands' working set: read in one round trip, changed in memory, written once.

import { present } from '../base/assert.ts';
import { limits } from '../base/limits.ts';
import type { Row, Statement } from '../base/world.ts';
import { addSlices } from '../clearing/slice.ts';
import { writeClearingSlices } from '../clearing/sliceStore.ts';
import type { Books } from '../engine/command.ts';
import {
  deleteOutbox,
  insertOutbox,
  outboxItemFrom,
  readOutbox,
  updateOutbox,
} from '../engine/outbox.ts';
import { accumulate, type Slice } from '../ledger/slice.ts';
import { readSlices, slicesFrom, writeJournals, writeSlices } from '../ledger/store.ts';
import { countersFrom, readCounters, unused, writeCounters } from '../limits/store.ts';
import { acquirerCodeFrom, readAcquirerCodes, writeAcquirerCodes } from './acquirerCodeStore.ts';
import {
  applyAftermath,
  readAftermaths,
  takeAftermaths,
  writeAftermaths,
} from './aftermathBooks.ts';
import {
  applyAgreement,
  readAgreementRows,
  takeAgreements,
  writeAgreementRows,
} from './agreementBooks.ts';
import { codeFrom, readCodes, writeCodes } from './codeStore.ts';
import { countChanges } from './counting.ts';
import {
  type PaymentChanges,
  type PaymentFacts,
  type PaymentItem,
  type PaymentKeys,
  requestKey,
} from './facts.ts';
import { legOf, type Payment } from './payment.ts';
import {
  insertPages,
  insertRequests,
  type LegRow,
  orderFrom,
  paymentsFrom,
  readOrders,
  readPayments,
  readPaymentsOfRequests,
  writeLaterLegs,
  writePayments,
} from './store.ts';

type PaymentBooks = Books<PaymentKeys, PaymentFacts, PaymentChanges>;

/**
 * The books of one engine. They remember the payments under way that each lane wrote last: the
 * wallet's word on a payment mostly comes to the process that asked for it, right after it was
 * written.
 */
export function paymentBooks(): PaymentBooks {
  const memories = new Map<number, Map<number, Payment>>();
  return {
    keys,
    read: (lane, asked) => read(lane, asked, memories.get(lane)),
    facts: factsFrom,
    apply,
    write,
    remember(lane, facts) {
      const memory = memories.get(lane) ?? new Map<number, Payment>();
      memories.set(lane, memory);
      remember(memory, facts);
    },
    forget(lane, asked) {
      memories.delete(lane);
      return asked.remembered.size > 0;
    },
  };
}

function keys(): PaymentKeys {
  return {
    payments: new Set(),
    remembered: new Map(),
    requests: new Set(),
    orders: new Set(),
    accounts: new Set(),
    codes: new Set(),
    acquirerCodes: new Set(),
    items: new Set(),
    counters: new Set(),
    aftermaths: new Set(),
    refundClaims: new Set(),
    agreements: new Set(),
    agreementRequests: new Set(),
  };
}

/**
 * Keeps the payments that a tick has written and not ended: nobody hurries to read one that is
 * over. What was written longest ago goes when there is too much.
 */
function remember(memory: Map<number, Payment>, facts: PaymentFacts): void {
  for (const number of facts.dirty.payments) {
    const payment = present(facts.payments.get(number), 'a changed payment');
    memory.delete(number);
    if (payment.state === 'PROCESSING') memory.set(number, payment);
  }
  for (const oldest of memory.keys()) {
    if (memory.size <= limits.paymentsRemembered) break;
    memory.delete(oldest);
  }
}

/** Only what is asked for is read; the order here is the order in `factsFrom`. */
function read(
  lane: number,
  keys: PaymentKeys,
  memory: ReadonlyMap<number, Payment> | undefined,
): Statement[] {
  const statements: Statement[] = [];
  keys.remembered.clear();
  for (const number of keys.payments) {
    const known = memory?.get(number);
    if (known !== undefined) keys.remembered.set(number, known);
  }
  const unknown = unknownOf(keys);
  if (unknown.length > 0) statements.push(readPayments(lane, unknown));
  if (keys.requests.size > 0) statements.push(readPaymentsOfRequests(lane, keys.requests));
  if (keys.orders.size > 0) statements.push(readOrders(lane, keys.orders));
  if (keys.accounts.size > 0) statements.push(readSlices(lane, keys.accounts));
  if (keys.codes.size > 0) statements.push(readCodes(lane, keys.codes));
  if (keys.items.size > 0) statements.push(readOutbox(lane, keys.items));
  if (keys.counters.size > 0) statements.push(readCounters(lane, keys.counters));
  if (keys.acquirerCodes.size > 0) statements.push(readAcquirerCodes(lane, keys.acquirerCodes));
  statements.push(...readAgreementRows(lane, keys), ...readAftermaths(lane, keys));
  return statements;
}

function unknownOf(keys: PaymentKeys): number[] {
  return [...keys.payments].filter((number) => !keys.remembered.has(number));
}

function factsFrom(keys: PaymentKeys, results: readonly (readonly Row[])[]): PaymentFacts {
  let next = 0;
  const rowsIf = (wanted: boolean): readonly Row[] => (wanted ? (results[next++] ?? []) : []);
  const facts: PaymentFacts = emptyFacts();
  const { payments, stored } = facts;
  paymentsFrom(rowsIf(unknownOf(keys).length > 0), payments);
  for (const [number, payment] of keys.remembered) payments.set(number, payment);
  paymentsFrom(rowsIf(keys.requests.size > 0), payments);
  for (const row of rowsIf(keys.orders.size > 0)) {
    const payment = payments.get(Number(row[0]));
    if (payment !== undefined) {
      payments.set(payment.paymentNumber, { ...payment, ...orderFrom(row) });
    }
  }
  for (const payment of payments.values()) {
    stored.payments.set(payment.paymentNumber, payment);
    facts.byRequest.set(
      requestKey(payment.acquirerId, payment.paymentRequestId),
      payment.paymentNumber,
    );
  }
  for (const [account, slice] of slicesFrom(rowsIf(keys.accounts.size > 0))) {
    facts.slices.set(account, slice);
  }
  for (const row of rowsIf(keys.codes.size > 0)) {
    const code = codeFrom(row);
    facts.codes.set(code.code, code);
  }
  for (const row of rowsIf(keys.items.size > 0)) {
    const item = outboxItemFrom(row) as PaymentItem;
    facts.items.set(item.outboxNumber, item);
  }
  for (const [key, slice] of countersFrom(rowsIf(keys.counters.size > 0))) {
    facts.counters.set(key, slice);
  }
  for (const row of rowsIf(keys.acquirerCodes.size > 0)) {
    const code = acquirerCodeFrom(row);
    facts.acquirerCodes.set(requestKey(code.acquirerId, code.codeValue), code);
  }
  takeAgreements(keys, rowsIf, facts);
  takeAftermaths(keys, results.slice(next), facts);
  return facts;
}

function emptyFacts(): PaymentFacts {
  return {
    payments: new Map(),
    byRequest: new Map(),
    slices: new Map(),
    codes: new Map(),
    acquirerCodes: new Map(),
    items: new Map(),
    counters: new Map(),
    aftermaths: new Map(),
    refundClaims: new Map(),
    agreements: new Map(),
    agreementsByRequest: new Map(),
    stored: { payments: new Map(), agreements: new Set() },
    dirty: {
      payments: new Set(),
      codes: new Set(),
      acquirerCodes: new Set(),
      added: new Map(),
      moved: new Map(),
      removed: new Set(),
      slices: new Map(),
      counters: new Map(),
      journals: [],
      cleared: new Map(),
      cancellations: [],
      refunds: new Map(),
      refundClaims: [],
      agreements: new Set(),
    },
  };
}

function apply(facts: PaymentFacts, changes: PaymentChanges): void {
  const { dirty } = facts;
  const { payment, journal } = changes;
  // Before anything else: it compares the payment with what it was.
  for (const [key, amount] of countChanges(facts, changes) ?? []) count(facts, key, amount);
  if (payment !== undefined) {
    facts.payments.set(payment.paymentNumber, payment);
    facts.byRequest.set(
      requestKey(payment.acquirerId, payment.paymentRequestId),
      payment.paymentNumber,
    );
    dirty.payments.add(payment.paymentNumber);
  }
  for (const code of changes.codes ?? []) {
    facts.codes.set(code.code, code);
    dirty.codes.add(code.code);
  }
  const { acquirerCode } = changes;
  if (acquirerCode !== undefined) {
    const key = requestKey(acquirerCode.acquirerId, acquirerCode.codeValue);
    facts.acquirerCodes.set(key, acquirerCode);
    dirty.acquirerCodes.add(key);
  }
  applyItems(facts, changes);
  applyAftermath(facts, changes);
  if (changes.agreement !== undefined) applyAgreement(facts, changes.agreement);
  if (journal !== undefined) dirty.journals.push(journal);
  addSlices(dirty.cleared, changes.cleared ?? []);
  const holds = changes.holds ?? [];
  accumulate(dirty.slices, holds, journal?.postings ?? []);
  for (const hold of holds) see(facts, hold.accountId, { debitsPending: hold.amount });
  for (const posting of journal?.postings ?? []) {
    see(facts, posting.debitAccount, { debitsPosted: posting.amount });
    see(facts, posting.creditAccount, { creditsPosted: posting.amount });
  }
}

function applyItems(facts: PaymentFacts, changes: PaymentChanges): void {
  const { added, moved, removed } = facts.dirty;
  for (const item of changes.added ?? []) {
    facts.items.set(item.outboxNumber, item);
    added.set(item.outboxNumber, item);
  }
  for (const item of changes.moved ?? []) {
    facts.items.set(item.outboxNumber, item);
    if (added.has(item.outboxNumber)) added.set(item.outboxNumber, item);
    else moved.set(item.outboxNumber, item);
  }
  for (const number of changes.removed ?? []) {
    facts.items.delete(number);
    moved.delete(number);
    if (!added.delete(number)) removed.add(number);
  }
}

/** Adds to a person's counter, for later decisions of the batch and for what is written. */
function count(facts: PaymentFacts, key: string, amount: bigint): void {
  const { used, moved } = facts.counters.get(key) ?? unused;
  facts.counters.set(key, { used: used + amount, moved });
  facts.dirty.counters.set(key, (facts.dirty.counters.get(key) ?? 0n) + amount);
}

/** Lets later decisions of the batch see a slice's change, where the slice was read. */
function see(facts: PaymentFacts, accountId: number, change: Partial<Slice>): void {
  const slice = facts.slices.get(accountId);
  if (slice === undefined) return;
  facts.slices.set(accountId, {
    ...slice,
    debitsPending: slice.debitsPending + (change.debitsPending ?? 0n),
    debitsPosted: slice.debitsPosted + (change.debitsPosted ?? 0n),
    creditsPosted: slice.creditsPosted + (change.creditsPosted ?? 0n),
  });
}

function write(lane: number, facts: PaymentFacts): Statement[] {
  const { cleared } = facts.dirty;
  return [
    ...writePaymentRows(lane, facts),
    ...writeCodeRows(lane, facts),
    ...(facts.dirty.journals.length > 0 ? [writeJournals(lane, facts.dirty.journals)] : []),
    ...(facts.dirty.slices.size > 0 ? [writeSlices(lane, facts.dirty.slices)] : []),
    ...(cleared.size > 0 ? [writeClearingSlices(lane, [...cleared.values()])] : []),
    ...(facts.dirty.counters.size > 0 ? [writeCounters(lane, facts.dirty.counters)] : []),
    ...writeItems(lane, facts),
    ...writeAftermaths(lane, facts),
    ...writeAgreementRows(lane, facts),
  ];
}

function writePaymentRows(lane: number, facts: PaymentFacts): Statement[] {
  const fresh: Payment[] = [];
  const written: Payment[] = [];
  const laterLegs: LegRow[] = [];
  for (const number of facts.dirty.payments) {
    const payment = present(facts.payments.get(number), 'a changed payment');
    const before = facts.stored.payments.get(number);
    if (before === undefined) fresh.push(payment);
    if (before === undefined || isRowChanged(before, payment)) written.push(payment);
    for (const leg of payment.legs) {
      if (leg.leg > 1 && before?.legs.find((each) => each.leg === leg.leg) !== leg) {
        laterLegs.push([number, leg]);
      }
    }
  }
  const paged = fresh.filter((payment) => payment.page !== null);
  return [
    ...(fresh.length > 0 ? [insertRequests(lane, fresh)] : []),
    ...(paged.length > 0 ? [insertPages(lane, paged)] : []),
    ...(written.length > 0 ? [writePayments(lane, written)] : []),
    ...(laterLegs.length > 0 ? [writeLaterLegs(lane, laterLegs)] : []),
  ];
}

/** Whether anything changed that the payment's own row holds: its state, and its first leg. */
function isRowChanged(before: Payment, after: Payment): boolean {
  return (
    before.state !== after.state ||
    before.paidLeg !== after.paidLeg ||
    legOf(before, 1) !== legOf(after, 1)
  );
}

function writeCodeRows(lane: number, facts: PaymentFacts): Statement[] {
  const { codes, acquirerCodes, dirty } = facts;
  const written = [...dirty.codes].map((text) => present(codes.get(text), 'a changed code'));
  const known = [...dirty.acquirerCodes].map((key) =>
    present(acquirerCodes.get(key), "an acquirer's changed code"),
  );
  return [
    ...(written.length > 0 ? [writeCodes(lane, written)] : []),
    ...(known.length > 0 ? [writeAcquirerCodes(lane, known)] : []),
  ];
}

function writeItems(lane: number, facts: PaymentFacts): Statement[] {
  const { added, moved, removed } = facts.dirty;
  return [
    ...(added.size > 0 ? [insertOutbox(lane, [...added.values()])] : []),
    ...(moved.size > 0 ? [updateOutbox(lane, [...moved.values()])] : []),
    ...(removed.size > 0 ? [deleteOutbox(lane, [...removed])] : []),
  ];
}
