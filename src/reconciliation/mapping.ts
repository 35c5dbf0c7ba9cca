// How a partner's CSV file is read: by our own columns, or by a mapping that says which are
// theirs.

import { isCurrency } from '../money/currency.ts';

/** By which id a file names payments and refunds. */
export type IdKind =
  /** The one of the messages between the network and this partner: paymentRequestId. */
  | 'request'
  /** The network's own: paymentId and refundId. */
  | 'network';

/** Which of an item's amounts the file is about, in the currency of the agreement. */
export type AmountKind = 'gross' | 'net';

export interface Mapping {
  readonly separator: string;
  readonly columns: {
    readonly id: string;
    readonly amount: string;
    /** Without it an amount below zero is a refund. */
    readonly type: string | null;
    /** Without it `currency` is every line's. */
    readonly currency: string | null;
    /** Without it nothing is said about the day. */
    readonly date: string | null;
  };
  readonly ids: IdKind;
  readonly amounts: AmountKind;
  /** `minor`: whole minor units; `decimal`: major units with a point. */
  readonly unit: 'minor' | 'decimal';
  readonly paymentWord: string;
  readonly refundWord: string;
  /** Of every line, where there is no column; null: the agreement's own. */
  readonly currency: string | null;
}

/** Our own columns (docs/guides/reconciliation.md). */
export const usualMapping: Mapping = {
  separator: ',',
  columns: {
    id: 'requestId',
    amount: 'amountValue',
    type: 'transactionType',
    currency: 'currency',
    date: 'completedAt',
  },
  ids: 'request',
  amounts: 'gross',
  unit: 'minor',
  paymentWord: 'PAYMENT',
  refundWord: 'REFUND',
  currency: null,
};

/** A mapping as somebody wrote it, or the field that is wrong and why. */
export type MappingRead =
  | { readonly ok: true; readonly mapping: Mapping }
  | { readonly ok: false; readonly problem: string };

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Reads a mapping from JSON; what it does not say stays as in our own columns. */
export function readMapping(json: unknown): MappingRead {
  if (!isRecord(json)) return { ok: false, problem: 'the mapping must be an object' };
  const known = Object.keys(usualMapping);
  const strange = Object.keys(json).find((name) => !known.includes(name));
  if (strange !== undefined) return { ok: false, problem: `${strange}: no such field` };
  const columns = json.columns ?? {};
  if (!isRecord(columns)) return { ok: false, problem: 'columns: must be an object' };
  const strangeColumn = Object.keys(columns).find((name) => !(name in usualMapping.columns));
  if (strangeColumn !== undefined) {
    return { ok: false, problem: `columns.${strangeColumn}: no such field` };
  }
  const mapping = {
    ...usualMapping,
    ...json,
    columns: { ...usualMapping.columns, ...columns },
  } as Mapping;
  const problem = problemOf(mapping);
  return problem === undefined ? { ok: true, mapping } : { ok: false, problem };
}

function problemOf(mapping: Mapping): string | undefined {
  const { columns, separator, currency } = mapping;
  for (const [name, value] of Object.entries(columns) as [string, unknown][]) {
    const mayMiss = name !== 'id' && name !== 'amount';
    if (!(typeof value === 'string' && value !== '') && !(mayMiss && value === null)) {
      return `columns.${name}: must be a column's heading`;
    }
  }
  if (![',', ';', '\t', '|'].includes(separator)) return 'separator: one of , ; tab |';
  if (!['request', 'network'].includes(mapping.ids)) return 'ids: request or network';
  if (!['gross', 'net'].includes(mapping.amounts)) return 'amounts: gross or net';
  if (!['minor', 'decimal'].includes(mapping.unit)) return 'unit: minor or decimal';
  for (const name of ['paymentWord', 'refundWord'] as const) {
    if (typeof mapping[name] !== 'string' || mapping[name] === '') return `${name}: must be a word`;
  }
  if (currency !== null && !(typeof currency === 'string' && isCurrency(currency))) {
    return 'currency: no such currency';
  }
  return undefined;
}
