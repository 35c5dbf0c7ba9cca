// What must hold when everything has come to rest: faults are over and the outbox is empty.

import type { Database } from '../base/world.ts';
import { capChecks } from '../caps/checks.ts';
import { prove } from '../payments/proof/store.ts';
import { type Auditor, nameOf } from './auditor.ts';
import { backOf, type HeardLeg, type HeardPayment, refundsDone } from './ledgerOfWords.ts';

/** How many calls wait for their time; the last two kinds are times to look, days later. */
export const callsLeft =
  'select (select count(*) from outbox) + (select count(*) from dispute_tasks ' +
  "where kind not in ('answer.due', 'refund.look')) as count";

/** The wire alone: every payment has ended, and everybody's money agrees with the word. */
export function auditAtRest(auditor: Auditor): void {
  for (const payment of auditor.payments.values()) {
    auditPayment(auditor, payment);
    auditor.pushes.atRest(payment);
  }
  auditor.disputes.atRest();
  for (const leg of auditor.legs.values()) {
    const net = leg.charges - leg.refunds;
    if (net < 0) auditor.blame(`${leg.customerId} was refunded more than paid: ${leg.legId}`);
    if (leg.charges > 1) auditor.blame(`${leg.customerId} was charged twice: ${leg.legId}`);
    if (leg.refunds > 0 && backOf(leg) > 0n) {
      auditor.blame(`${leg.customerId} got a refund and a cancellation: ${leg.legId}`);
    }
  }
}

/**
 * What the shop gave back is what the visitor got, at the price of the payment: all of it for all
 * of it, and within rounding for a part. A part may lack what rounding took from one before it.
 */
function auditRefunds(auditor: Auditor, payment: HeardPayment, paid: HeardLeg): void {
  const name = nameOf(payment);
  const whole = BigInt(payment.amount?.value ?? '0');
  const given = refundsDone(payment).reduce((sum, each) => sum + BigInt(each.amount.value), 0n);
  const payTo = BigInt(paid.payTo.value);
  const back = backOf(paid);
  for (const refund of payment.refunds.values()) {
    if (refund.status === undefined) auditor.blame(`${name}: a refund never came to an end`);
  }
  if (given === whole && back !== payTo) {
    auditor.blame(`${name} was refunded whole, and ${paid.customerId} got ${back} of ${payTo}`);
  }
  const unit = paid.payTo.currency === 'IDR' ? 100n : 1n;
  const off = back * whole - payTo * given;
  if ((off < 0n ? -off : off) > 2n * unit * whole) {
    auditor.blame(`${name}: ${given} of ${whole} refunded, ${paid.customerId} got ${back}`);
  }
}

function auditPayment(auditor: Auditor, payment: HeardPayment): void {
  const name = nameOf(payment);
  const { word } = payment;
  if (payment.cancelledAt !== undefined && word?.status === 'S') {
    auditor.blame(`${name} was cancelled, and is paid at rest`);
  }
  const charged = payment.legs.filter((leg) => leg.charges - leg.refunds > 0);
  if (word === undefined) {
    if (payment.known) auditor.blame(`${name} never came to an end`);
    if (charged.length > 0) auditor.blame(`${name} has no end, and a visitor has paid for it`);
    return;
  }
  if (payment.known && !payment.noticed) auditor.blame(`${name}: no notice was acknowledged`);
  if (word.status === 'F') {
    for (const leg of charged) {
      auditor.blame(`${name} ended ${word.code}, but ${leg.customerId} of ${leg.walletId} paid`);
    }
    return;
  }
  const [paid, ...others] = charged;
  if (paid === undefined) auditor.blame(`${name} succeeded, but nobody paid`);
  if (others.length > 0) auditor.blame(`${name} was paid ${charged.length} times`);
  if (paid === undefined) return;
  if (paid.walletId !== word.pspId || paid.customerId !== word.customerId) {
    const told = `${word.customerId} of ${word.pspId}`;
    auditor.blame(`${name} was paid by ${paid.customerId} of ${paid.walletId}, not by ${told}`);
  }
  auditRefunds(auditor, payment, paid);
}

/** The hub's own books: they prove themselves, and come to the same sums as the wire. */
export async function auditBooks(auditor: Auditor, database: Database): Promise<void> {
  const proof = await prove(database, capChecks);
  for (const finding of proof.findings) {
    for (const violation of finding.violations) {
      auditor.blame(`prove: ${finding.name}: ${violation}`);
    }
  }
  const left = await database.query<{ kind: string; count: string }>(
    'select kind, count(*) as count from outbox group by kind order by kind',
  );
  for (const { kind, count } of left) auditor.blame(`${count} ${kind} are left in the outbox`);
  await auditSums(auditor, database);
}

/** What each wallet was charged for and each acquirer was promised, in the books as on the wire. */
async function auditSums(auditor: Auditor, database: Database): Promise<void> {
  const heard = new Map<string, bigint>();
  const add = (account: string, amount: string) =>
    heard.set(account, (heard.get(account) ?? 0n) + BigInt(amount));
  for (const payment of auditor.payments.values()) {
    const { word } = payment;
    if (word?.status !== 'S') continue;
    const paid = payment.legs.find((leg) => leg.walletId === word.pspId);
    if (paid !== undefined) {
      const kept = BigInt(paid.payTo.value) - backOf(paid);
      add(`position:${paid.walletId}:${paid.payTo.currency}`, String(kept));
    }
    const [value = '0', currency = ''] = (word.settlement ?? '').split(' ');
    const returned = refundsDone(payment).reduce(
      (sum, refund) => sum + BigInt(refund.settlement?.value ?? '0'),
      0n,
    );
    add(`position:${payment.acquirerId}:${currency}`, String(BigInt(value) - returned));
  }
  const rows = await database.query<{ name: string; moved: string }>(
    `select a.name, abs(sum(case when t.debit_account = a.account_id then t.amount
       else -t.amount end)) as moved
     from accounts a join postings t on a.account_id in (t.debit_account, t.credit_account)
     where a.kind = 'position'
       and t.reason in ('principal', 'spread', 'rounding', 'settlement')
     group by a.name order by a.name`,
  );
  const booked = new Map(rows.map((row) => [row.name, BigInt(row.moved)]));
  for (const name of new Set([...heard.keys(), ...booked.keys()])) {
    if ((heard.get(name) ?? 0n) !== (booked.get(name) ?? 0n)) {
      auditor.blame(`${name}: the books say ${booked.get(name)}, the wire ${heard.get(name)}`);
    }
  }
}
