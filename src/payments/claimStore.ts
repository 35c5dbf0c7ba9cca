// SQL of request ids that are taken for ever, in the lane of the id: for refunds and for disputes,
// which must come to the same idempotency (protocol.md §2.15).

import { insertRows, rowArray, textArray } from '../base/sqlArray.ts';
import type { Row, Statement } from '../base/world.ts';
import type { RefundClaim } from './facts.ts';

type ClaimTable = 'refund_claims' | 'dispute_claims';

/** The columns after the lane, in the tables' order. */
export const claimColumns = ['request_key', 'payment_number', 'key_terms', 'claimed_at'];

export function readClaims(table: ClaimTable, lane: number, keys: Iterable<string>): Statement {
  return {
    name: `${table}.read`,
    text:
      `select ${claimColumns.join(', ')} from ${table} where lane = $1 ` +
      'and request_key = any($2::text::text[])',
    values: [lane, textArray([...keys])],
  };
}

export function claimFrom(row: Row): RefundClaim {
  return {
    requestKey: row[0] as string,
    paymentNumber: Number(row[1]),
    keyTerms: row[2] as string,
    claimedAt: Number(row[3]),
  };
}

/** Takes ids, for ever. */
export function insertClaims(
  table: ClaimTable,
  lane: number,
  claims: readonly RefundClaim[],
): Statement {
  return {
    name: `${table}.insert`,
    text: insertRows(table, claimColumns),
    values: [
      lane,
      rowArray(
        claims.map((claim) => [
          lane,
          claim.requestKey,
          claim.paymentNumber,
          claim.keyTerms,
          claim.claimedAt,
        ]),
      ),
    ],
  };
}
