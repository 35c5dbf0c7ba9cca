// Payments as the console shows them: rows, legs, postings, messages.

import { pricedPair } from '../../fx/board.ts';
import { type Money, toWire } from '../../money/money.ts';
import type { Directory } from '../../network/directory.ts';
import type { StoredMessage } from '../../network/messageStore.ts';
import { legIdOf, paymentIdOf } from '../../payments/bodies.ts';
import type { Leg, Payment } from '../../payments/payment.ts';
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

/** A payment's own page. */
export function paymentPage(
  payment: Payment,
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
    postings: postings.map((row) => postingView(row, directory)),
    messages: messages.map((row) => messageView(row, directory)),
  };
}
