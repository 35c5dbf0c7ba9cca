// SQL of payment codes; every statement is of one lane (citus.md).

import { insertRows, rowArray, textArray } from '../base/sqlArray.ts';
import type { Row, Statement } from '../base/world.ts';
import type { PaymentCode } from './payment.ts';

const codeColumns = [
  'code',
  'wallet_id',
  'customer_id',
  'issued_at',
  'expires_at',
  'acquirer_id',
  'payment_request_id',
];

/** The table that a row list is written to: its columns after the lane, in its order. */
export const codeTables = { payment_codes: codeColumns };

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
      `${insertRows('payment_codes', codeTables.payment_codes)} ` +
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
