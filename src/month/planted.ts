// Faults planted in the network's own results: each must be found, or a month would prove nothing.

import { createHash } from 'node:crypto';
import type { Row, Statement } from '../base/world.ts';
import type { Calendars } from '../calendar/businessDay.ts';
import type { StatementShim } from '../simulation/database.ts';
import type { FetchedFile } from './partnerFiles.ts';

export const plantedFaults = [
  /** A posting is one minor unit more than was decided. */
  'posting_one_more',
  /** The kept sum of an account is one minor unit more than its postings. */
  'account_drifts',
  /** A sum of a closed day is one minor unit more. */
  'clears_more',
  /** A cancelled payment is counted in its day. */
  'cancelled_counted',
  /** An agreement has no batch of a day. */
  'batch_missing',
  /** A clearing batch is counted twice when it is settled. */
  'batch_twice',
  /** Nobody knows of the golden week. */
  'value_in_holiday',
  /** Small sums are settled, whatever was agreed. */
  'minimum_forgotten',
  /** A set of fee rules that was approved is not seen. */
  'fees_forgotten',
  /** Rates are not read again after they moved. */
  'rates_stale',
  /** A file lacks a row. */
  'row_missing',
  /** A file has a row twice. */
  'row_twice',
  /** A file's row has one minor unit more. */
  'row_changed',
  /** A participant is handed another's file. */
  'file_of_another',
  /** The order to the bank has another amount than the batch. */
  'order_changed',
  /** Reconciliation finds a break and keeps none. */
  'breaks_dropped',
] as const;

export type PlantedFault = (typeof plantedFaults)[number];

const nothing: Statement = { text: 'select 1 where false', values: [] };
const oneMore = (text: unknown) => String(BigInt(String(text)) + 1n);

/** What a hub with these faults sends to the database and reads from it. */
export function shimOf(faults: readonly PlantedFault[]): StatementShim {
  const shims = faults.map(shimOfOne);
  return {
    statement: (first) => shims.reduce((each, shim) => shim.statement?.(each) ?? each, first),
    rows: (statement, first) =>
      shims.reduce((rows, shim) => shim.rows?.(statement, rows) ?? rows, first),
  };
}

/** The gross amount is the fourth column. */
const withGrossMore = (row: Row): Row =>
  row.map((value, at) => (at === 3 ? oneMore(value) : value));

function shimOfOne(fault: PlantedFault): StatementShim {
  switch (fault) {
    case 'posting_one_more':
      return { statement: (each) => (each.name === 'journals.write' ? withUnitMore(each) : each) };
    case 'account_drifts':
      return { statement: (each) => (each.name === 'slices.write' ? withDrift(each) : each) };
    case 'clears_more':
      return {
        rows: (statement, rows) =>
          statement.name === 'clearing.slices' ? rows.map(withGrossMore) : rows,
      };
    case 'cancelled_counted':
      return {
        statement: (each) => (each.name === 'clearing.add' && takesOff(each) ? nothing : each),
      };
    case 'batch_missing':
      return {
        rows: (statement, rows) =>
          statement.text.startsWith('select a.account_id, p.participant_id')
            ? rows.slice(0, -1)
            : rows,
      };
    case 'batch_twice':
      return {
        rows: (statement, rows) =>
          statement.text.includes('where settlement_batch_id is null')
            ? rows.flatMap((row) => [row, row])
            : rows,
      };
    case 'minimum_forgotten':
      return {
        rows: (statement, rows) =>
          statement.text.includes('from settlement_terms')
            ? rows.map((row) => row.map((value, at) => (at === 2 ? '0' : value)))
            : rows,
      };
    case 'fees_forgotten':
      return {
        rows: (statement, rows) => (statement.text.includes('from fee_sets order') ? [] : rows),
      };
    case 'rates_stale':
      return {
        rows: (statement, rows) =>
          statement.text.includes("where name = 'rates'") ? [['1']] : rows,
      };
    case 'breaks_dropped':
      return {
        statement: (each) =>
          each.text.startsWith('insert into reconciliation_breaks') ? nothing : each,
      };
    default:
      return {};
  }
}

/** Whether a tick takes more off some day than it adds: how many items is the fourth list. */
function takesOff(statement: Statement): boolean {
  return String(statement.values[4]).includes('-');
}

/** The first amount of the first journal, one more: amounts are `writeJournals`' last list. */
function withUnitMore(statement: Statement): Statement {
  const values = statement.values.map((value, index) => {
    if (index !== statement.values.length - 1 || typeof value !== 'string') return value;
    return value.replace(/\d+/, (amount) => oneMore(amount));
  });
  return { ...statement, values };
}

/** The first change of posted credits, one more: it is the last list. */
function withDrift(statement: Statement): Statement {
  const values = statement.values.map((value, index) => {
    if (index !== statement.values.length - 1 || typeof value !== 'string') return value;
    return value.replace(/-?\d+/, (amount) => oneMore(amount));
  });
  return { ...statement, values };
}

/** The calendar that the network settles by. */
export function calendarsOf(faults: readonly PlantedFault[]): Calendars | undefined {
  return faults.includes('value_in_holiday') ? { years: [], markets: {} } : undefined;
}

/** What becomes of files on their way to a participant. */
export function tamper(
  faults: readonly PlantedFault[],
  files: readonly FetchedFile[],
  others: readonly FetchedFile[],
): readonly FetchedFile[] {
  return faults.reduce((given, fault) => tamperOnce(fault, given, others), files);
}

function tamperOnce(
  fault: PlantedFault,
  files: readonly FetchedFile[],
  others: readonly FetchedFile[],
): readonly FetchedFile[] {
  // As if it had been made so: its digest fits.
  const change = (kind: string, alter: (text: string) => string): FetchedFile[] =>
    files.map((each) => {
      if (each.file.kind !== kind) return each;
      const text = alter(each.text);
      const digest = createHash('sha256').update(text, 'utf8').digest('hex');
      return { file: { ...each.file, digest }, text };
    });
  switch (fault) {
    case 'row_missing':
      return change('transactionItems', (text) => text.replace(/\r\n(PAYMENT,[^\r]*)\r\n/, '\r\n'));
    case 'row_twice':
      return change('transactionItems', (text) => text.replace(/\r\n(PAYMENT,[^\r]*)/, '$&$&'));
    case 'row_changed':
      return change('transactionItems', (text) =>
        text.replace(/(\r\nPAYMENT,[^\r]*,)(-?\d+)(,-?\d+,-?\d+,-?\d+\r)/, (...[, a, b, c]) =>
          [a, oneMore(b), c].join(''),
        ),
      );
    case 'file_of_another':
      return others;
    case 'order_changed':
      return change('pacs009', (text) =>
        text.replace(/(<IntrBkSttlmAmt Ccy="[A-Z]+">)(\d+)/, (...[, a, b]) => a + oneMore(b)),
      );
    default:
      return files;
  }
}
