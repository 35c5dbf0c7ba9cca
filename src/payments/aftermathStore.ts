// SQL of what comes after payments: cancellations and refunds; every statement is of one lane.

import { insertRows, numberArray, rowArray } from '../base/sqlArray.ts';
import type { Row, Statement } from '../base/world.ts';
import type { Posting } from '../ledger/posting.ts';
import type { ResultCode } from '../wire/results.ts';
import { claimColumns } from './claimStore.ts';
import { requestKey } from './facts.ts';
import { type Cancellation, type Payment, paidLegOf, type Refund } from './payment.ts';

const cancellationColumns = [
  'payment_number',
  'cancelled_at',
  'journal_number',
  'paid_leg',
  'paid_at',
];

const refundColumns = [
  'payment_number',
  'refund_number',
  'request_key',
  'state',
  'result_code',
  'amount',
  'settlement_amount',
  'refund_from_amount',
  'reason',
  'wallet_refund_id',
  'created_at',
  'finished_at',
  'notify_url',
];

/** The tables that row lists are written to: columns after the lane, in the tables' order. */
export const aftermathTables = {
  cancellations: cancellationColumns,
  refunds: refundColumns,
  refund_claims: claimColumns,
};

/** Rows of a table by the number of their payment: each a look-up by the beginning of the key. */
function readByPayment(
  name: string,
  table: string,
  columns: readonly string[],
  column: string,
  lane: number,
  numbers: Iterable<number>,
): Statement {
  return {
    name,
    text:
      `select ${columns.map((each) => `a.${each}`).join(', ')} ` +
      'from unnest($2::text::bigint[]) u(n) cross join lateral ' +
      `(select * from ${table} b where b.lane = $1 and b.${column} = u.n offset 0) a ` +
      `order by a.${column}, a.${columns[1]}`,
    values: [lane, numberArray([...numbers])],
  };
}

export function readCancellations(lane: number, payments: Iterable<number>): Statement {
  const name = 'cancellations.read';
  const columns = cancellationColumns;
  return readByPayment(name, 'cancellations', columns, 'payment_number', lane, payments);
}

/** The refunds of payments, in the order in which they were asked for. */
export function readRefunds(lane: number, payments: Iterable<number>): Statement {
  return readByPayment('refunds.read', 'refunds', refundColumns, 'payment_number', lane, payments);
}

const journalColumns = [
  'journal_number',
  'posted_at',
  'reasons',
  'debit_accounts',
  'credit_accounts',
  'amounts',
];

/** The payments' own journals, from which they are taken back. */
export function readPaymentJournals(lane: number, payments: Iterable<number>): Statement {
  const lists = journalColumns.slice(2).map((column) => `array_to_string(a.${column}, ',')`);
  return {
    name: 'journals.read',
    text:
      `select a.journal_number, ${lists.join(', ')} ` +
      'from unnest($2::text::bigint[]) u(n) cross join lateral (select * from journals b ' +
      'where b.lane = $1 and b.journal_number = u.n offset 0) a',
    values: [lane, numberArray([...payments])],
  };
}

/** The postings of a journal as read above. */
export function postingsFrom(row: Row): Posting[] {
  const list = (column: number) => String(row[column]).split(',');
  const [reasons, debits, credits, amounts] = [list(1), list(2), list(3), list(4)];
  return reasons.map((reason, index) => ({
    reason: reason as Posting['reason'],
    debitAccount: Number(debits[index]),
    creditAccount: Number(credits[index]),
    amount: BigInt(amounts[index] as string),
  }));
}

const time = (value: unknown): number | null => (value === null ? null : Number(value));

export function cancellationFrom(row: Row): Cancellation {
  const journalNumber = time(row[2]);
  return {
    paymentNumber: Number(row[0]),
    cancelledAt: Number(row[1]),
    paid:
      journalNumber === null ? null : { journalNumber, leg: row[3] as number, at: Number(row[4]) },
  };
}

/** A refund of a payment, which says its currencies. */
export function refundFrom(row: Row, payment: Payment): Refund {
  const key = row[2] as string;
  const slash = key.indexOf('/');
  const paying = paidLegOf(payment)?.payTo.currency ?? payment.amount.currency;
  return {
    paymentNumber: Number(row[0]),
    refundNumber: Number(row[1]),
    acquirerId: key.slice(0, slash),
    refundRequestId: key.slice(slash + 1),
    state: row[3] as Refund['state'],
    resultCode: row[4] as ResultCode,
    amount: { currency: payment.amount.currency, minor: BigInt(row[5] as string) },
    settlement: { currency: payment.settlement.currency, minor: BigInt(row[6] as string) },
    refundFrom: { currency: paying, minor: BigInt(row[7] as string) },
    reason: row[8] as string | null,
    walletRefundId: row[9] as string | null,
    createdAt: Number(row[10]),
    finishedAt: time(row[11]),
    notifyUrl: row[12] as string | null,
  };
}

/** Cancellations are written once; a payment is cancelled once. */
export function insertCancellations(lane: number, rows: readonly Cancellation[]): Statement {
  return {
    name: 'cancellations.insert',
    text: insertRows('cancellations', aftermathTables.cancellations),
    values: [
      lane,
      rowArray(
        rows.map(({ paymentNumber, cancelledAt, paid }) => [
          lane,
          paymentNumber,
          cancelledAt,
          paid?.journalNumber ?? null,
          paid?.leg ?? null,
          paid?.at ?? null,
        ]),
      ),
    ],
  };
}

/** Writes refunds, new or ended; an insert that may meet its own row, as payments are written. */
export function writeRefunds(lane: number, refunds: readonly Refund[]): Statement {
  return {
    name: 'refunds.write',
    text:
      `${insertRows('refunds', aftermathTables.refunds)} ` +
      'on conflict (lane, payment_number, refund_number) do update set ' +
      'state = excluded.state, result_code = excluded.result_code, ' +
      'wallet_refund_id = excluded.wallet_refund_id, finished_at = excluded.finished_at',
    values: [
      lane,
      rowArray(
        refunds.map((refund) => [
          lane,
          refund.paymentNumber,
          refund.refundNumber,
          requestKey(refund.acquirerId, refund.refundRequestId),
          refund.state,
          refund.resultCode,
          refund.amount.minor,
          refund.settlement.minor,
          refund.refundFrom.minor,
          refund.reason,
          refund.walletRefundId,
          refund.createdAt,
          refund.finishedAt,
          refund.notifyUrl,
        ]),
      ),
    ],
  };
}
