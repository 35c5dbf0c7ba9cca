// SQL of acquirers' own codes; every statement is of one lane.

import { insertRows, rowArray, textArray } from '../base/sqlArray.ts';
import type { Row, Statement } from '../base/world.ts';
import { requestKey } from './facts.ts';
import type { AcquirerCode } from './payment.ts';

const columns = [
  'code_key',
  'asked_at',
  'payment_request_id',
  'terms',
  'answered_at',
  'changed_terms',
  'changed_at',
];

/** The table that row lists are written to: columns after the lane, in the table's order. */
export const acquirerCodeTables = { acquirer_codes: columns };

export function readAcquirerCodes(lane: number, keys: Iterable<string>): Statement {
  return {
    name: 'acquirer_codes.read',
    text:
      `select ${columns.join(', ')} from acquirer_codes where lane = $1 ` +
      'and code_key = any($2::text::text[])',
    values: [lane, textArray([...keys])],
  };
}

const time = (value: unknown): number | null => (value === null ? null : Number(value));

export function acquirerCodeFrom(row: Row): AcquirerCode {
  const key = row[0] as string;
  const slash = key.indexOf('/');
  return {
    acquirerId: key.slice(0, slash),
    codeValue: key.slice(slash + 1),
    askedAt: Number(row[1]),
    paymentRequestId: row[2] as string | null,
    terms: row[3] as string | null,
    answeredAt: time(row[4]),
    changedTerms: row[5] as string | null,
    changedAt: time(row[6]),
  };
}

/** Writes codes, new or changed: an insert that may meet its own row (decision 0003). */
export function writeAcquirerCodes(lane: number, codes: readonly AcquirerCode[]): Statement {
  return {
    name: 'acquirer_codes.write',
    text:
      `${insertRows('acquirer_codes', acquirerCodeTables.acquirer_codes)} ` +
      'on conflict (lane, code_key) do update set ' +
      'payment_request_id = excluded.payment_request_id, terms = excluded.terms, ' +
      'answered_at = excluded.answered_at, changed_terms = excluded.changed_terms, ' +
      'changed_at = excluded.changed_at',
    values: [
      lane,
      rowArray(
        codes.map((code) => [
          lane,
          requestKey(code.acquirerId, code.codeValue),
          code.askedAt,
          code.paymentRequestId,
          code.terms,
          code.answeredAt,
          code.changedTerms,
          code.changedAt,
        ]),
      ),
    ],
  };
}
