// SQL of agreements; every statement is of one lane.

import { insertRows, numberArray, rowArray, textArray } from '../base/sqlArray.ts';
import type { Row, Statement } from '../base/world.ts';
import type { ResultCode } from '../wire/results.ts';
import {
  type Agreement,
  type AgreementState,
  type AgreementTerms,
  agreementKey,
  type ConsentWays,
  type SealedToken,
} from './agreement.ts';

const requestColumns = [
  'request_key',
  'agreement_number',
  'acquirer_id',
  'auth_client_id',
  'reference_agreement_id',
  'wallet_id',
  'terms',
  'created_at',
];

const agreementColumns = [
  'agreement_number',
  'request_key',
  'state',
  'result_code',
  'ways',
  'customer_id',
  'generation',
  'applied_code',
  'access_token',
  'access_expires_at',
  'refresh_token',
  'refresh_expires_at',
  'told_code',
  'changed_at',
];

/** The tables that row lists are written to: columns after the lane, in the tables' order. */
export const agreementTables = {
  agreement_requests: requestColumns,
  agreements: agreementColumns,
};

const selected = [
  ...agreementColumns.map((column) => `a.${column}`),
  ...requestColumns.slice(2).map((column) => `r.${column}`),
].join(', ');

const agreementOf = (number: string) =>
  `(select * from agreements b where b.lane = $1 and b.agreement_number = ${number} offset 0) a`;
const requestOf = (key: string) =>
  `(select * from agreement_requests b where b.lane = $1 and b.request_key = ${key} offset 0) r`;

/** Agreements by number; `offset 0` makes each one look-up (decision 0003). */
export function readAgreements(lane: number, numbers: Iterable<number>): Statement {
  return {
    name: 'agreements.read',
    text:
      `select ${selected} from unnest($2::text::bigint[]) u(n) cross join lateral ` +
      `${agreementOf('u.n')} cross join lateral ${requestOf('a.request_key')}`,
    values: [lane, numberArray([...numbers])],
  };
}

/** Agreements by the acquirer's ids, in the same way. */
export function readAgreementsOfRequests(lane: number, keys: Iterable<string>): Statement {
  return {
    name: 'agreements.of_requests',
    text:
      `select ${selected} from unnest($2::text::text[]) u(k) cross join lateral ` +
      `${requestOf('u.k')} cross join lateral ${agreementOf('r.agreement_number')}`,
    values: [lane, textArray([...keys])],
  };
}

function sealedFrom(row: Row, at: number): SealedToken | null {
  const sealed = row[at] as string | null;
  return sealed === null ? null : { sealed, expiresAt: Number(row[at + 1]) };
}

export function agreementFrom(row: Row): Agreement {
  const at = agreementColumns.length;
  const ways = row[4] as string | null;
  return {
    agreementNumber: Number(row[0]),
    acquirerId: row[at] as string,
    authClientId: row[at + 1] as string,
    referenceAgreementId: row[at + 2] as string,
    walletId: row[at + 3] as string,
    terms: JSON.parse(row[at + 4] as string) as AgreementTerms,
    state: row[2] as AgreementState,
    resultCode: row[3] as ResultCode,
    ways: ways === null ? null : (JSON.parse(ways) as ConsentWays),
    customerId: row[5] as string | null,
    generation: row[6] as number,
    appliedCode: row[7] as string | null,
    access: sealedFrom(row, 8),
    refresh: sealedFrom(row, 10),
    toldCode: row[12] as string | null,
    createdAt: Number(row[at + 5]),
    changedAt: Number(row[13]),
  };
}

const keyOf = (agreement: Agreement) =>
  agreementKey(agreement.acquirerId, agreement.authClientId, agreement.referenceAgreementId);

/** Writes down what acquirers asked; the key is taken for ever. */
export function insertAgreementRequests(lane: number, fresh: readonly Agreement[]): Statement {
  return {
    name: 'agreement_requests.insert',
    text: insertRows('agreement_requests', agreementTables.agreement_requests),
    values: [
      lane,
      rowArray(
        fresh.map((agreement) => [
          lane,
          keyOf(agreement),
          agreement.agreementNumber,
          agreement.acquirerId,
          agreement.authClientId,
          agreement.referenceAgreementId,
          agreement.walletId,
          JSON.stringify(agreement.terms),
          agreement.createdAt,
        ]),
      ),
    ],
  };
}

/** Writes agreements, new or changed: an insert that may meet its own row (decision 0003). */
export function writeAgreements(lane: number, agreements: readonly Agreement[]): Statement {
  const changing = agreementColumns.slice(2).map((column) => `${column} = excluded.${column}`);
  return {
    name: 'agreements.write',
    text:
      `${insertRows('agreements', agreementTables.agreements)} ` +
      `on conflict (lane, agreement_number) do update set ${changing.join(', ')}`,
    values: [
      lane,
      rowArray(
        agreements.map((agreement) => [
          lane,
          agreement.agreementNumber,
          keyOf(agreement),
          agreement.state,
          agreement.resultCode,
          agreement.ways === null ? null : JSON.stringify(agreement.ways),
          agreement.customerId,
          agreement.generation,
          agreement.appliedCode,
          agreement.access?.sealed ?? null,
          agreement.access?.expiresAt ?? null,
          agreement.refresh?.sealed ?? null,
          agreement.refresh?.expiresAt ?? null,
          agreement.toldCode,
          agreement.changedAt,
        ]),
      ),
    ],
  };
}
