// SQL of payments and their legs; every statement is of one lane (citus.md).

import { present } from '../base/assert.ts';
import {
  insertRows,
  joinedTexts,
  numberArray,
  rowArray,
  separatorOf,
  textArray,
} from '../base/sqlArray.ts';
import type { Row, Statement } from '../base/world.ts';
import type { ResultCode } from '../wire/results.ts';
import { requestKey } from './facts.ts';
import {
  type Leg,
  type LegState,
  type Payment,
  type PaymentPage,
  type PaymentState,
  type PresentmentMode,
  withLeg,
} from './payment.ts';
import type { Product } from './products.ts';

const paymentColumns = [
  'payment_number',
  'request_key',
  'product',
  'state',
  'result_code',
  'currency',
  'amount',
  'settlement_currency',
  'settlement_amount',
  'settlement_mid_price',
  'settlement_spread_basis_points',
  'nonce',
  'paid_leg',
  'created_at',
  'expires_at',
  'finished_at',
];

const requestColumns = [
  'request_key',
  'payment_number',
  'key_terms',
  'merchant_name',
  'store_name',
  'city',
  'order_json',
  'notify_url',
];

/** What a leg consists of; with `first_` before them these are columns of the payment too. */
const legParts = [
  'wallet_id',
  'customer_id',
  'state',
  'result_code',
  'pay_to_currency',
  'pay_to_amount',
  'held',
  'mid_price',
  'spread_basis_points',
  'wallet_payment_id',
  'created_at',
  'finished_at',
  'counted',
];
const firstLegColumns = legParts.map((part) => `first_${part}`);

/** The tables that row lists are written to: columns after the lane, in the tables' order. */
export const writtenTables = {
  payments: [...paymentColumns, ...firstLegColumns, 'refusal'],
  later_legs: ['payment_number', 'leg', ...legParts],
};

const firstLegAt = paymentColumns.length;
const laterLegAt = firstLegAt + legParts.length + 1;
const requestAt = laterLegAt + 1 + legParts.length;

const selected = [
  ...[...paymentColumns, ...firstLegColumns, 'refusal'].map((column) => `p.${column}`),
  ...['leg', ...legParts].map((column) => `g.${column}`),
  'r.key_terms, r.merchant_name, r.store_name, r.city, r.notify_url',
].join(', ');

// `offset 0` keeps the planner from turning these into joins of its own choice: each row is one
// look-up by the whole key, whatever it believes about a table that was empty when it planned.
const paymentOf = (number: string) =>
  `(select * from payments a where a.lane = $1 and a.payment_number = ${number} offset 0) p`;
const requestOf = (key: string) =>
  `(select * from payment_requests a where a.lane = $1 and a.request_key = ${key} offset 0) r`;
// A payment code belongs to one wallet; any other code may have been scanned by a second.
const laterLegsBeside =
  "left join lateral (select * from later_legs b where p.product <> 'payment_code' " +
  'and b.lane = $1 and b.payment_number = p.payment_number offset 0) g on true';

/** Payments by number; a row, or a row for each later leg. */
export function readPayments(lane: number, numbers: Iterable<number>): Statement {
  return {
    name: 'payments.read',
    text:
      `select ${selected} from unnest($2::text::bigint[]) u(n) cross join lateral ` +
      `${paymentOf('u.n')} cross join lateral ${requestOf('p.request_key')} ${laterLegsBeside}`,
    values: [lane, numberArray([...numbers])],
  };
}

/** Payments by the acquirer's id, in the same way. */
export function readPaymentsOfRequests(lane: number, keys: Iterable<string>): Statement {
  return {
    name: 'payments.of_requests',
    text:
      `select ${selected} from unnest($2::text::text[]) u(k) cross join lateral ` +
      `${requestOf('u.k')} cross join lateral ${paymentOf('r.payment_number')} ${laterLegsBeside}`,
    values: [lane, textArray([...keys])],
  };
}

const pageOf = (number: string) =>
  'left join lateral (select * from payment_pages b where b.lane = $1 ' +
  `and b.payment_number = ${number} offset 0) w on true`;

/** The order texts with their pages, which only some commands need. */
export function readOrders(lane: number, numbers: Iterable<number>): Statement {
  return {
    name: 'payments.orders',
    text:
      'select p.payment_number, r.order_json, w.payment_number, w.redirect_url, ' +
      'w.wallet_regions, w.presentment_mode, w.agreement_number ' +
      'from unnest($2::text::bigint[]) u(n) cross join ' +
      `lateral ${paymentOf('u.n')} cross join lateral ${requestOf('p.request_key')} ` +
      pageOf('p.payment_number'),
    values: [lane, numberArray([...numbers])],
  };
}

/** What a row of `readOrders` adds to its payment. */
export function orderFrom(row: Row): Pick<Payment, 'order' | 'page'> {
  const regions = row[4] as string | null;
  const page: PaymentPage = {
    redirectUrl: row[3] as string | null,
    walletRegions: regions === null ? null : regions.split(' '),
    presentmentMode: row[5] as PresentmentMode | null,
    agreementNumber: time(row[6]),
  };
  return { order: row[1] as string, page: row[2] === null ? null : page };
}

const time = (value: unknown): number | null => (value === null ? null : Number(value));

/** The payments of rows as selected above; each row brings one later leg at most. */
export function paymentsFrom(rows: readonly Row[], into: Map<number, Payment>): void {
  for (const row of rows) {
    const number = Number(row[0]);
    const payment = into.get(number) ?? paymentFrom(row, number);
    const later = row[laterLegAt] as number | null;
    const isNew = later !== null && payment.legs.every((each) => each.leg !== later);
    into.set(number, isNew ? withLeg(payment, legFrom(row, laterLegAt + 1, later)) : payment);
  }
}

function paymentFrom(row: Row, paymentNumber: number): Payment {
  const key = row[1] as string;
  const slash = key.indexOf('/');
  return {
    paymentNumber,
    acquirerId: key.slice(0, slash),
    paymentRequestId: key.slice(slash + 1),
    product: row[2] as Product,
    keyTerms: row[requestAt] as string,
    state: row[3] as PaymentState,
    resultCode: row[4] as ResultCode,
    amount: { currency: row[5] as string, minor: BigInt(row[6] as string) },
    settlement: { currency: row[7] as string, minor: BigInt(row[8] as string) },
    settlementPrice: { midPrice: row[9] as string, spreadBasisPoints: row[10] as number },
    merchantName: row[requestAt + 1] as string,
    storeName: row[requestAt + 2] as string | null,
    city: row[requestAt + 3] as string | null,
    order: null,
    notifyUrl: row[requestAt + 4] as string | null,
    page: null,
    nonce: row[11] as string | null,
    paidLeg: row[12] as number | null,
    createdAt: Number(row[13]),
    expiresAt: Number(row[14]),
    finishedAt: time(row[15]),
    refusal: row[laterLegAt - 1] as string | null,
    legs: row[firstLegAt] === null ? [] : [legFrom(row, firstLegAt, 1)],
  };
}

/** A leg whose parts begin at a column. */
function legFrom(row: Row, at: number, leg: number): Leg {
  return {
    leg,
    walletId: row[at] as string,
    customerId: row[at + 1] as string,
    state: row[at + 2] as LegState,
    resultCode: row[at + 3] as ResultCode,
    payTo: { currency: row[at + 4] as string, minor: BigInt(row[at + 5] as string) },
    held: BigInt(row[at + 6] as string),
    midPrice: row[at + 7] as string,
    spreadBasisPoints: row[at + 8] as number,
    walletPaymentId: row[at + 9] as string | null,
    createdAt: Number(row[at + 10]),
    finishedAt: time(row[at + 11]),
    counted: row[at + 12] as string | null,
  };
}

/** The parts of a leg in the order of the columns; of no leg, nothing. */
function partsOf(leg: Leg | undefined): (string | number | bigint | null)[] {
  if (leg === undefined) return legParts.map(() => null);
  return [
    leg.walletId,
    leg.customerId,
    leg.state,
    leg.resultCode,
    leg.payTo.currency,
    leg.payTo.minor,
    leg.held,
    leg.midPrice,
    leg.spreadBasisPoints,
    leg.walletPaymentId,
    leg.createdAt,
    leg.finishedAt,
    leg.counted,
  ];
}

/**
 * Writes down what acquirers asked; the key is taken for ever. A list a column, and the orders as
 * one text: inside a row list the order's many quotes would be quoted twice.
 */
export function insertRequests(lane: number, payments: readonly Payment[]): Statement {
  const orders = payments.map((p) => present(p.order, 'the order of a new payment'));
  const separator = separatorOf(orders);
  return {
    name: 'requests.insert',
    text:
      `insert into payment_requests (lane, ${requestColumns.join(', ')}) ` +
      'select l.lane, u.* from lanes l, unnest($2::text::text[], $3::text::bigint[], ' +
      '$4::text::text[], $5::text::text[], $6::text::text[], $7::text::text[], ' +
      'string_to_array($8::text, $10::text), $9::text::text[]) u(request_key) ' +
      'where l.lane = $1 and u.request_key is not null',
    values: [
      lane,
      textArray(payments.map((p) => requestKey(p.acquirerId, p.paymentRequestId))),
      numberArray(payments.map((p) => p.paymentNumber)),
      textArray(payments.map((p) => p.keyTerms)),
      textArray(payments.map((p) => p.merchantName)),
      textArray(payments.map((p) => p.storeName)),
      textArray(payments.map((p) => p.city)),
      joinedTexts(orders, separator),
      textArray(payments.map((p) => p.notifyUrl)),
      separator,
    ],
  };
}

/** Writes the pages of new payments down; only of those that have one. */
export function insertPages(lane: number, payments: readonly Payment[]): Statement {
  return {
    name: 'pages.insert',
    text:
      'insert into payment_pages (lane, payment_number, redirect_url, wallet_regions, ' +
      'presentment_mode, agreement_number) select l.lane, u.* from lanes l, ' +
      'unnest($2::text::bigint[], $3::text::text[], $4::text::text[], $5::text::text[], ' +
      '$6::text::bigint[]) u where l.lane = $1',
    values: [
      lane,
      numberArray(payments.map((p) => p.paymentNumber)),
      textArray(payments.map((p) => p.page?.redirectUrl ?? null)),
      textArray(payments.map((p) => p.page?.walletRegions?.join(' ') ?? null)),
      textArray(payments.map((p) => p.page?.presentmentMode ?? null)),
      numberArray(payments.map((p) => p.page?.agreementNumber ?? null)),
    ],
  };
}

/**
 * Writes payments, new or changed. As an insert that may meet its own row: the key's index finds
 * it, where an update joined to a list is at the mercy of the planner's statistics.
 */
export function writePayments(lane: number, payments: readonly Payment[]): Statement {
  return {
    name: 'payments.write',
    text:
      `${insertRows('payments', writtenTables.payments)} ` +
      'on conflict (lane, payment_number) do update ' +
      'set state = excluded.state, result_code = excluded.result_code, ' +
      'paid_leg = excluded.paid_leg, finished_at = excluded.finished_at, ' +
      firstLegColumns.map((column) => `${column} = excluded.${column}`).join(', '),
    values: [
      lane,
      rowArray(
        payments.map((p) => [
          lane,
          p.paymentNumber,
          requestKey(p.acquirerId, p.paymentRequestId),
          p.product,
          p.state,
          p.resultCode,
          p.amount.currency,
          p.amount.minor,
          p.settlement.currency,
          p.settlement.minor,
          p.settlementPrice.midPrice,
          p.settlementPrice.spreadBasisPoints,
          p.nonce,
          p.paidLeg,
          p.createdAt,
          p.expiresAt,
          p.finishedAt,
          ...partsOf(p.legs.find((leg) => leg.leg === 1)),
          p.refusal,
        ]),
      ),
    ],
  };
}

/** A leg with the number of its payment. */
export type LegRow = readonly [paymentNumber: number, leg: Leg];

/** Writes legs after the first, new or changed, in the same way as `writePayments`. */
export function writeLaterLegs(lane: number, rows: readonly LegRow[]): Statement {
  return {
    name: 'later_legs.write',
    text:
      `${insertRows('later_legs', writtenTables.later_legs)} ` +
      'on conflict (lane, payment_number, leg) do update set state = excluded.state, ' +
      'result_code = excluded.result_code, held = excluded.held, ' +
      'wallet_payment_id = excluded.wallet_payment_id, finished_at = excluded.finished_at',
    values: [
      lane,
      rowArray(rows.map(([paymentNumber, leg]) => [lane, paymentNumber, leg.leg, ...partsOf(leg)])),
    ],
  };
}
