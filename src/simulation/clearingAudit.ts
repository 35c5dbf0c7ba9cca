// Clearing as the auditor sees it: its own sums over what the parties were told, a day and an
// agreement, against the batches.

import type { Database } from '../base/world.ts';
import { type ClearingDay, clearingDayOf } from '../calendar/clearingDay.ts';
import { agreementIdOf } from '../clearing/batch.ts';
import type { Auditor } from './auditor.ts';
import { nameOf } from './auditor.ts';
import { type HeardLeg, type HeardPayment, refundsDone } from './ledgerOfWords.ts';

/** The last digits of a public id. */
const numberDigits = 16;

interface HeardSum {
  payments: number;
  /** Minor units, positive to the participant's good, before all fees. */
  paid: bigint;
  returned: bigint;
}

/** By agreement and day. */
type HeardSums = Map<string, HeardSum>;

/** Blames every batch whose gross amounts or count are not what was heard. */
export async function auditBatches(auditor: Auditor, database: Database): Promise<void> {
  const heard = sumsHeard(auditor);
  const rows = await database.query<{
    participant_id: string;
    currency: string;
    day: number;
    payment_count: string;
    payment_gross: string;
    refund_gross: string;
  }>(
    `select a.participant_id, a.currency, b.day, b.payment_count, b.payment_gross, b.refund_gross
     from clearing_batches b join accounts a using (account_id) order by b.day, a.account_id`,
  );
  const left = new Set(heard.keys());
  for (const row of rows) {
    const key = keyOf(row.participant_id, row.currency, row.day);
    const own = heard.get(key) ?? { payments: 0, paid: 0n, returned: 0n };
    left.delete(key);
    const said = `${row.payment_count} payments of ${row.payment_gross}, ${row.refund_gross} back`;
    const ours = `${own.payments} payments of ${own.paid}, ${own.returned} back`;
    if (said !== ours) auditor.blame(`batch ${key}: cleared ${said}; the wire says ${ours}`);
  }
  for (const key of left) auditor.blame(`${key} was never cleared`);
}

const keyOf = (participantId: string, currency: string, day: ClearingDay) =>
  `${agreementIdOf(participantId, currency)} of day ${day}`;

function sumsHeard(auditor: Auditor): HeardSums {
  const sums: HeardSums = new Map();
  for (const payment of auditor.payments.values()) {
    if (payment.word?.status !== 'S' || payment.cancelledAt !== undefined) continue;
    const paid = payment.legs.find((leg) => leg.walletId === payment.word?.pspId);
    if (paid !== undefined) addPayment(auditor, sums, payment, paid);
  }
  return sums;
}

function addPayment(
  auditor: Auditor,
  sums: HeardSums,
  payment: HeardPayment,
  paid: HeardLeg,
): void {
  const { word, acquirerId } = payment;
  if (word?.paidAt === undefined) {
    auditor.blame(`${nameOf(payment)} succeeded, and nobody said when`);
    return;
  }
  const day = clearingDayOf(word.paidAt);
  const [value = '0', currency = ''] = (word.settlement ?? '').split(' ');
  const { payTo, walletId } = paid;
  const wallet = sumOf(sums, keyOf(walletId, payTo.currency, day));
  const acquirer = sumOf(sums, keyOf(acquirerId, currency, day));
  wallet.payments++;
  acquirer.payments++;
  wallet.paid -= BigInt(payTo.value);
  acquirer.paid += BigInt(value);
  for (const refund of refundsDone(payment)) {
    const dayOfRefund = clearingDayOf(refund.at);
    const back = givenFor(paid, refund.refundId);
    const taken = BigInt(refund.settlement?.value ?? '0');
    if (back > 0n) sumOf(sums, keyOf(walletId, payTo.currency, dayOfRefund)).returned += back;
    if (taken > 0n) sumOf(sums, keyOf(acquirerId, currency, dayOfRefund)).returned -= taken;
  }
}

/** The hub's two ids of one refund, for either side, end with the same number. */
function givenFor(paid: HeardLeg, refundId: string): bigint {
  const number = refundId.slice(-numberDigits);
  const found = [...paid.backGiven].find(([id]) => id.slice(-numberDigits) === number);
  return found?.[1] ?? 0n;
}

function sumOf(sums: HeardSums, key: string): HeardSum {
  const known = sums.get(key);
  if (known !== undefined) return known;
  const sum: HeardSum = { payments: 0, paid: 0n, returned: 0n };
  sums.set(key, sum);
  return sum;
}
