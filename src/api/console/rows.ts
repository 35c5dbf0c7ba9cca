// Payments as the console shows them: rows, legs, postings, messages.

import { pricedPair } from '../../fx/board.ts';
import { type Money, toWire } from '../../money/money.ts';
import type { Directory } from '../../network/directory.ts';
import type { StoredMessage } from '../../network/messageStore.ts';
import { refundIdOf, walletRefundIdOf } from '../../payments/aftermathBodies.ts';
import { legIdOf, paymentIdOf } from '../../payments/bodies.ts';
import type { Aftermath } from '../../payments/facts.ts';
import type { Cancellation, Leg, Payment, Refund } from '../../payments/payment.ts';
import { orderCodeOf } from '../../payments/ways.ts';

const isoTime = (at: number) => new Date(at).toISOString();
const isoTimeOrNull = (at: number | null) => (at === null ? null : isoTime(at));
const wireOrNull = (money: Money | undefined) => (money === undefined ? null : toWire(money));

/** The leg that a row shows: the one that paid, else the last that was asked. */
function shownLeg(payment: Payment): Leg | undefined {
  return payment.legs.find((leg) => leg.leg === payment.paidLeg) ?? payment.legs.at(-1);
}

/** One line of the payments table. */
export function paymentRow(payment: Payment, directory: Directory) {
  const leg = shownLeg(payment);
  return {
    paymentId: paymentIdOf(payment),
    paymentRequestId: payment.paymentRequestId,
    acquirerId: payment.acquirerId,
    acquirerName: directory.byId(payment.acquirerId)?.name ?? payment.acquirerId,
    walletId: leg?.walletId ?? null,
    walletName: leg === undefined ? null : (directory.byId(leg.walletId)?.name ?? leg.walletId),
    product: payment.product,
    state: payment.state,
    resultCode: payment.resultCode,
    merchantName: payment.merchantName,
    storeName: payment.storeName,
    city: payment.city,
    amount: toWire(payment.amount),
    payToAmount: wireOrNull(leg?.payTo),
    settlementAmount: toWire(payment.settlement),
    createdAt: isoTime(payment.createdAt),
    finishedAt: isoTimeOrNull(payment.finishedAt),
  };
}

function legRow(payment: Payment, leg: Leg, directory: Directory) {
  const price = pricedPair(
    payment.amount.currency,
    leg.payTo.currency,
    leg.midPrice,
    leg.spreadBasisPoints,
  );
  return {
    legId: legIdOf(payment, leg),
    walletId: leg.walletId,
    walletName: directory.byId(leg.walletId)?.name ?? leg.walletId,
    walletPaymentId: leg.walletPaymentId,
    state: leg.state,
    resultCode: leg.resultCode,
    payToAmount: toWire(leg.payTo),
    quote: {
      pair: `${price.from}/${price.to}`,
      price: price.chargedPrice,
      midPrice: price.midPrice,
      spreadBasisPoints: price.spreadBasisPoints,
    },
    createdAt: isoTime(leg.createdAt),
    finishedAt: isoTimeOrNull(leg.finishedAt),
  };
}

/** A posting as stored. */
export interface PostingRow {
  readonly journal_number: string;
  readonly ordinal: number;
  readonly reason: string;
  readonly debit_account: number;
  readonly credit_account: number;
  readonly amount: string;
  readonly posted_at: string;
}

function postingView(row: PostingRow, directory: Directory) {
  const debit = directory.chart.byId(row.debit_account);
  const credit = directory.chart.byId(row.credit_account);
  return {
    postingId: `${row.journal_number}-${row.ordinal}`,
    at: isoTime(Number(row.posted_at)),
    debitAccount: debit?.name ?? String(row.debit_account),
    creditAccount: credit?.name ?? String(row.credit_account),
    amount: { currency: debit?.currency ?? '', value: row.amount },
    reason: row.reason,
  };
}

function messageView(row: StoredMessage, directory: Directory) {
  const partner = row.participant_id === null ? undefined : directory.byId(row.participant_id);
  return {
    at: isoTime(Number(row.at)),
    direction: row.direction,
    partnerId: row.participant_id,
    partnerName: partner?.name ?? row.participant_id,
    partnerRole: partner?.role ?? null,
    api: row.api,
    path: row.path,
    request: { headers: JSON.parse(row.request_headers) as unknown, body: row.request_body },
    response: {
      headers: JSON.parse(row.response_headers) as unknown,
      body: row.response_body,
      status: row.response_status,
    },
    requestVerdict: row.request_verdict,
    responseVerdict: row.response_verdict,
    durationMs: row.duration_ms,
  };
}

/** A refund with the numbers of both sides and its postings. */
function refundView(refund: Refund, postings: readonly PostingRow[], directory: Directory) {
  return {
    refundId: refundIdOf(refund),
    refundRequestId: refund.refundRequestId,
    walletRequestId: walletRefundIdOf(refund),
    walletRefundId: refund.walletRefundId,
    state: refund.state,
    resultCode: refund.resultCode,
    amount: toWire(refund.amount),
    refundFromAmount: toWire(refund.refundFrom),
    settlementAmount: toWire(refund.settlement),
    reason: refund.reason,
    createdAt: isoTime(refund.createdAt),
    finishedAt: isoTimeOrNull(refund.finishedAt),
    postings: ofJournal(postings, refund.refundNumber, directory),
  };
}

function cancellationView(
  payment: Payment,
  cancellation: Cancellation,
  postings: readonly PostingRow[],
  directory: Directory,
) {
  const { paid, cancelledAt } = cancellation;
  const leg = payment.legs.find((each) => each.leg === paid?.leg);
  return {
    at: isoTime(cancelledAt),
    paidAt: isoTimeOrNull(paid?.at ?? null),
    paidLegId: leg === undefined ? null : legIdOf(payment, leg),
    postings: paid === null ? [] : ofJournal(postings, paid.journalNumber, directory),
  };
}

function ofJournal(rows: readonly PostingRow[], journalNumber: number, directory: Directory) {
  return rows
    .filter((row) => Number(row.journal_number) === journalNumber)
    .map((row) => postingView(row, directory));
}

/** A payment's own page. */
export function paymentPage(
  payment: Payment,
  { cancellation, refunds }: Aftermath,
  postings: readonly PostingRow[],
  messages: readonly StoredMessage[],
  directory: Directory,
) {
  return {
    payment: {
      ...paymentRow(payment, directory),
      expiresAt: isoTime(payment.expiresAt),
      orderCode: orderCodeOf(payment),
    },
    legs: payment.legs.map((leg) => legRow(payment, leg, directory)),
    postings: ofJournal(postings, payment.paymentNumber, directory),
    cancellation:
      cancellation === null ? null : cancellationView(payment, cancellation, postings, directory),
    refunds: refunds.map((refund) => refundView(refund, postings, directory)),
    messages: messages.map((row) => messageView(row, directory)),
  };
}
