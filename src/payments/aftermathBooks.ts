// The part of the working set that comes after payments: cancellations, refunds, refund ids. Where
// no command asks for it there is no statement for it.

import type { Row, Statement } from '../base/world.ts';
import {
  cancellationFrom,
  insertCancellations,
  postingsFrom,
  readCancellations,
  readPaymentJournals,
  readRefunds,
  refundFrom,
  writeRefunds,
} from './aftermathStore.ts';
import { claimFrom, insertClaims, readClaims } from './claimStore.ts';
import { aftermathOf, type PaymentChanges, type PaymentFacts, type PaymentKeys } from './facts.ts';

/** The statements, in the order in which `takeAftermaths` takes their rows. */
export function readAftermaths(lane: number, keys: PaymentKeys): Statement[] {
  const statements: Statement[] = [];
  if (keys.aftermaths.size > 0) {
    statements.push(
      readCancellations(lane, keys.aftermaths),
      readRefunds(lane, keys.aftermaths),
      readPaymentJournals(lane, keys.aftermaths),
    );
  }
  if (keys.refundClaims.size > 0)
    statements.push(readClaims('refund_claims', lane, keys.refundClaims));
  return statements;
}

export function takeAftermaths(
  keys: PaymentKeys,
  results: readonly (readonly Row[])[],
  facts: PaymentFacts,
): void {
  let next = 0;
  if (keys.aftermaths.size > 0) {
    const [cancellations = [], refunds = [], journals = []] = results;
    next = 3;
    for (const row of cancellations) {
      const cancellation = cancellationFrom(row);
      extend(facts, cancellation.paymentNumber, { cancellation });
    }
    for (const row of refunds) {
      const payment = facts.payments.get(Number(row[0]));
      if (payment === undefined) continue;
      const refund = refundFrom(row, payment);
      const before = aftermathOf(facts, refund.paymentNumber).refunds;
      extend(facts, refund.paymentNumber, { refunds: [...before, refund] });
    }
    for (const row of journals) extend(facts, Number(row[0]), { postings: postingsFrom(row) });
  }
  if (keys.refundClaims.size > 0) {
    for (const row of results[next] ?? []) {
      const claim = claimFrom(row);
      facts.refundClaims.set(claim.requestKey, claim);
    }
  }
}

function extend(
  facts: PaymentFacts,
  paymentNumber: number,
  part: Partial<ReturnType<typeof aftermathOf>>,
): void {
  facts.aftermaths.set(paymentNumber, { ...aftermathOf(facts, paymentNumber), ...part });
}

/** Lets the next command of the batch see what this one decided. */
export function applyAftermath(facts: PaymentFacts, changes: PaymentChanges): void {
  const { cancellation, refund, refundClaim, journal } = changes;
  const { dirty } = facts;
  if (cancellation !== undefined) {
    dirty.cancellations.push(cancellation);
    extend(facts, cancellation.paymentNumber, { cancellation });
  }
  if (refund !== undefined) {
    dirty.refunds.set(refund.refundNumber, refund);
    const { refunds } = aftermathOf(facts, refund.paymentNumber);
    const others = refunds.filter((each) => each.refundNumber !== refund.refundNumber);
    const list = [...others, refund].sort((a, b) => a.refundNumber - b.refundNumber);
    extend(facts, refund.paymentNumber, { refunds: list });
  }
  if (refundClaim !== undefined) {
    dirty.refundClaims.push(refundClaim);
    facts.refundClaims.set(refundClaim.requestKey, refundClaim);
  }
  // A payment that is paid in this very batch can be cancelled or refunded in it too.
  if (journal !== undefined && journal.journalNumber === changes.payment?.paymentNumber) {
    extend(facts, journal.journalNumber, { postings: journal.postings });
  }
}

export function writeAftermaths(lane: number, facts: PaymentFacts): Statement[] {
  const { cancellations, refunds, refundClaims } = facts.dirty;
  return [
    ...(cancellations.length > 0 ? [insertCancellations(lane, cancellations)] : []),
    ...(refunds.size > 0 ? [writeRefunds(lane, [...refunds.values()])] : []),
    ...(refundClaims.length > 0 ? [insertClaims('refund_claims', lane, refundClaims)] : []),
  ];
}
