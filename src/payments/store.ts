// SQL of payments, their legs and payment codes; every statement is of one lane (citus.md).

import { insertRows, numberArray, rowArray, textArray } from '../base/sqlArray.ts';
import type { Row, Statement } from '../base/world.ts';
import type { ResultCode } from '../wire/results.ts';
import { requestKey } from './facts.ts';
import type { Leg, LegState, Payment, PaymentCode, PaymentState, Product } from './payment.ts';

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

const codeColumns = [
  'code',
  'wallet_id',
  'customer_id',
  'issued_at',
  'expires_at',
  'acquirer_id',
  'payment_request_id',
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

const legColumns = [
  'leg',
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
];

/** The tables that row lists are written to: columns after the lane, in the tables' order. */
export const writtenTables = {
  payments: paymentColumns,
  legs: ['payment_number', ...legColumns],
  payment_codes: codeColumns,
};

const legsAt = paymentColumns.length;
const requestAt = legsAt + legColumns.length;

const selected = [
  ...paymentColumns.map((column) => `p.${column}`),
  ...legColumns.map((column) => `g.${column}`),
  'r.key_terms, r.merchant_name, r.store_name, r.city, r.notify_url',
].join(', ');

// `offset 0` keeps the planner from turning these into joins of its own choice: each row is one
// look-up by the whole key, whatever it believes about a table that was empty when it planned.
const paymentOf = (number: string) =>
  `(select * from payments a where a.lane = $1 and a.payment_number = ${number} offset 0) p`;
const requestOf = (key: string) =>
  `(select * from payment_requests a where a.lane = $1 and a.request_key = ${key} offset 0) r`;
const legsBeside =
  'left join lateral (select * from legs b where b.lane = $1 ' +
  'and b.payment_number = p.payment_number offset 0) g on true';

/** Payments by number, a row a leg. */
export function readPayments(lane: number, numbers: Iterable<number>): Statement {
  return {
    name: 'payments.read',
    text:
      `select ${selected} from unnest($2::text::bigint[]) u(n) cross join lateral ` +
      `${paymentOf('u.n')} cross join lateral ${requestOf('p.request_key')} ${legsBeside}`,
    values: [lane, numberArray([...numbers])],
  };
}

/** Payments by the acquirer's id, a row a leg. */
export function readPaymentsOfRequests(lane: number, keys: Iterable<string>): Statement {
  return {
    name: 'payments.of_requests',
    text:
      `select ${selected} from unnest($2::text::text[]) u(k) cross join lateral ` +
      `${requestOf('u.k')} cross join lateral ${paymentOf('r.payment_number')} ${legsBeside}`,
    values: [lane, textArray([...keys])],
  };
}

/** The order texts, which only some commands need. */
export function readOrders(lane: number, numbers: Iterable<number>): Statement {
  return {
    name: 'payments.orders',
    text:
      'select p.payment_number, r.order_json from unnest($2::text::bigint[]) u(n) cross join ' +
      `lateral ${paymentOf('u.n')} cross join lateral ${requestOf('p.request_key')}`,
    values: [lane, numberArray([...numbers])],
  };
}

const time = (value: unknown): number | null => (value === null ? null : Number(value));

/** The payments of rows as selected above; rows of one payment follow each other. */
export function paymentsFrom(rows: readonly Row[], into: Map<number, Payment>): void {
  for (const row of rows) {
    const number = Number(row[0]);
    const known = into.get(number);
    const leg = row[legsAt] === null ? undefined : legFrom(row);
    if (known === undefined) into.set(number, paymentFrom(row, number, leg));
    else if (leg !== undefined && known.legs.every((each) => each.leg !== leg.leg)) {
      into.set(number, {
        ...known,
        legs: [...known.legs, leg].sort((a, b) => a.leg - b.leg),
      });
    }
  }
}

function paymentFrom(row: Row, paymentNumber: number, leg: Leg | undefined): Payment {
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
    nonce: row[11] as string | null,
    paidLeg: row[12] as number | null,
    createdAt: Number(row[13]),
    expiresAt: Number(row[14]),
    finishedAt: time(row[15]),
    legs: leg === undefined ? [] : [leg],
  };
}

function legFrom(row: Row): Leg {
  const at = legsAt;
  return {
    leg: row[at] as number,
    walletId: row[at + 1] as string,
    customerId: row[at + 2] as string,
    state: row[at + 3] as LegState,
    resultCode: row[at + 4] as ResultCode,
    payTo: { currency: row[at + 5] as string, minor: BigInt(row[at + 6] as string) },
    held: BigInt(row[at + 7] as string),
    midPrice: row[at + 8] as string,
    spreadBasisPoints: row[at + 9] as number,
    walletPaymentId: row[at + 10] as string | null,
    createdAt: Number(row[at + 11]),
    finishedAt: time(row[at + 12]),
  };
}

/**
 * Writes down what acquirers asked; the key is taken for ever. A list a column: inside a row list
 * the order's many quotes would be quoted twice.
 */
export function insertRequests(lane: number, payments: readonly Payment[]): Statement {
  return {
    name: 'requests.insert',
    text:
      `insert into payment_requests (lane, ${requestColumns.join(', ')}) ` +
      'select l.lane, u.* from lanes l, unnest($2::text::text[], $3::text::bigint[], ' +
      '$4::text::text[], $5::text::text[], $6::text::text[], $7::text::text[], ' +
      '$8::text::text[], $9::text::text[]) u where l.lane = $1',
    values: [
      lane,
      textArray(payments.map((p) => requestKey(p.acquirerId, p.paymentRequestId))),
      numberArray(payments.map((p) => p.paymentNumber)),
      textArray(payments.map((p) => p.keyTerms)),
      textArray(payments.map((p) => p.merchantName)),
      textArray(payments.map((p) => p.storeName)),
      textArray(payments.map((p) => p.city)),
      textArray(payments.map((p) => p.order)),
      textArray(payments.map((p) => p.notifyUrl)),
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
      'paid_leg = excluded.paid_leg, finished_at = excluded.finished_at',
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
        ]),
      ),
    ],
  };
}

/** A leg with the number of its payment. */
export type LegRow = readonly [paymentNumber: number, leg: Leg];

/** Writes legs, new or changed, in the same way as `writePayments`. */
export function writeLegs(lane: number, rows: readonly LegRow[]): Statement {
  return {
    name: 'legs.write',
    text:
      `${insertRows('legs', writtenTables.legs)} ` +
      'on conflict (lane, payment_number, leg) do update set state = excluded.state, ' +
      'result_code = excluded.result_code, held = excluded.held, ' +
      'wallet_payment_id = excluded.wallet_payment_id, finished_at = excluded.finished_at',
    values: [
      lane,
      rowArray(
        rows.map(([paymentNumber, leg]) => [
          lane,
          paymentNumber,
          leg.leg,
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
        ]),
      ),
    ],
  };
}

export function readCodes(lane: number, codes: Iterable<string>): Statement {
  return {
    name: 'codes.read',
    text:
      `select ${codeColumns.join(', ')} from payment_codes where lane = $1 ` +
      'and code = any($2::text::text[])',
    values: [lane, textArray([...codes])],
  };
}

export function codeFrom(row: Row): PaymentCode {
  return {
    code: row[0] as string,
    walletId: row[1] as string,
    customerId: row[2] as string,
    issuedAt: Number(row[3]),
    expiresAt: Number(row[4]),
    acquirerId: row[5] as string | null,
    paymentRequestId: row[6] as string | null,
  };
}

/** Writes codes, new or claimed, in the same way as `writePayments`. */
export function writeCodes(lane: number, codes: readonly PaymentCode[]): Statement {
  return {
    name: 'codes.write',
    text:
      `${insertRows('payment_codes', writtenTables.payment_codes)} ` +
      'on conflict (lane, code) do update set ' +
      'acquirer_id = excluded.acquirer_id, payment_request_id = excluded.payment_request_id',
    values: [
      lane,
      rowArray(
        codes.map((code) => [
          lane,
          code.code,
          code.walletId,
          code.customerId,
          code.issuedAt,
          code.expiresAt,
          code.acquirerId,
          code.paymentRequestId,
        ]),
      ),
    ],
  };
}
