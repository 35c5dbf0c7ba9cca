// A partner compares the network's file of a day with its own book, row by row. Pure.

import { toWire, type WireAmount } from '../money/money.ts';
import { type BookRow, dateOfInstant } from './books.ts';

/** What a partner cannot explain, or can: `given_back` was undone too late to be cancelled. */
export type BookDifferenceKind =
  | 'not_in_file'
  | 'not_in_book'
  | 'amount_differs'
  | 'other_day'
  | 'given_back';

export interface BookDifference {
  readonly kind: BookDifferenceKind;
  readonly type: BookRow['kind'];
  readonly requestId: string;
  readonly own: WireAmount | null;
  readonly theirs: WireAmount | null;
}

/** What became of a day between a partner and the network. */
export interface Comparison {
  readonly partnerId: string;
  readonly date: string;
  /** Milliseconds of the network's time. */
  readonly at: number;
  /** `waiting`: the network has no file of that day yet. `failed`: `problem` says why. */
  readonly state: 'compared' | 'waiting' | 'failed';
  readonly problem: string | null;
  /** The path of the network's file, once it was fetched and its digest was right. */
  readonly file: string | null;
  /** Rows of the partner's own book and of the network's file, and how many of them are alike. */
  readonly ownRows: number;
  readonly fileRows: number;
  readonly same: number;
  readonly differenceCount: number;
  /** The first of them. */
  readonly differences: readonly BookDifference[];
  /** What the network said to the partner's own file. */
  readonly sent: HandedIn | null;
}

/** The network's answer to a partner's own file. */
export interface HandedIn {
  readonly runId: string;
  readonly isNew: boolean;
  readonly lineCount: number;
  readonly itemCount: number;
  readonly matchedCount: number;
  /** How many breaks of each kind it has found. */
  readonly breaks: Readonly<Record<string, number>>;
}

/** A row of the network's file, its amount without a sign. */
interface FileRow {
  readonly type: BookRow['kind'];
  readonly requestId: string;
  readonly money: WireAmount;
}

/** `transactionItems` (docs/guides/files.md) as far as a partner compares it. */
export type ReadItems =
  | { readonly ok: true; readonly agreementId: string; readonly rows: readonly FileRow[] }
  | { readonly ok: false; readonly problem: string };

/** Reads the file; one without its last line, or without what it must have, is not whole. */
export function readItemsFile(text: string): ReadItems {
  const records = recordsOf(text);
  const end = records.at(-1);
  if (end?.length !== 1 || end[0] !== '<END>') return { ok: false, problem: 'it has no end' };
  const blank = records.findIndex((cells) => cells.length === 1 && cells[0] === '');
  const [names = [], values = []] = records.slice(0, blank);
  const head = named(names, values);
  const columns = records[blank + 1] ?? [];
  const rows = records.slice(blank + 2, -1).map((cells) => named(columns, cells));
  const currency = head.settlementCurrency ?? '';
  const agreementId = head.participantAgreementId;
  if (blank < 0 || agreementId === undefined) return { ok: false, problem: 'it has no summary' };
  if (head.totalCount !== String(rows.length)) {
    const problem = `it says ${head.totalCount} rows and has ${rows.length}`;
    return { ok: false, problem };
  }
  return {
    ok: true,
    agreementId,
    rows: rows.map((row) => {
      const isPayment = row.transactionType === 'PAYMENT';
      return {
        type: isPayment ? 'PAYMENT' : 'REFUND',
        requestId: (isPayment ? row.paymentRequestId : row.refundRequestId) ?? '',
        money: { currency, value: (row.grossAmountValue ?? '').replace(/^-/, '') },
      };
    }),
  };
}

const named = (names: readonly string[], cells: readonly string[]) =>
  Object.fromEntries(names.map((name, at) => [name, cells[at] ?? ''])) as Partial<
    Record<string, string>
  >;

/** The records of a CSV text as RFC 4180 has them; a line of nothing is one empty cell. */
function recordsOf(text: string): string[][] {
  const records: string[][] = [];
  let cells: string[] = [];
  const form = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n|$)/gy;
  for (const [, quoted, plain = '', end] of text.matchAll(form)) {
    cells.push(quoted === undefined ? plain : quoted.replaceAll('""', '"'));
    if (end === ',') continue;
    records.push(cells);
    cells = [];
    if (end === '') break;
  }
  // Behind the last line's end there is nothing more.
  const last = records.at(-1);
  if (last?.length === 1 && last[0] === '') records.pop();
  return records;
}

/** What of a day a partner has as the network has it, and what not. */
export function compareBook(
  book: readonly BookRow[],
  date: string,
  rows: readonly FileRow[],
): { readonly same: number; readonly differences: readonly BookDifference[] } {
  const key = (type: BookRow['kind'], requestId: string) => `${type} ${requestId}`;
  const own = new Map(book.map((row) => [key(row.kind, row.requestId), row]));
  const told = new Set<string>();
  const differences: BookDifference[] = [];
  let same = 0;
  for (const { type, requestId, money } of rows) {
    told.add(key(type, requestId));
    const row = own.get(key(type, requestId));
    const mine = row === undefined ? null : toWire(row.amount);
    const isEqual = mine?.currency === money.currency && mine.value === money.value;
    const found = (kind: BookDifferenceKind) =>
      differences.push({ kind, type, requestId, own: mine, theirs: money });
    if (row === undefined) found('not_in_book');
    else if (!isEqual) found('amount_differs');
    else if (dateOfInstant(row.completedAt) !== date) found('other_day');
    else same += 1;
  }
  for (const row of book) {
    const { kind: type, requestId } = row;
    if (dateOfInstant(row.completedAt) !== date || told.has(key(type, requestId))) continue;
    // What the network could not cancel any more it has asked back under the payment's own id.
    const isBoth = own.has(key('PAYMENT', requestId)) && own.has(key('REFUND', requestId));
    const kind = isBoth ? 'given_back' : 'not_in_file';
    differences.push({ kind, type, requestId, own: toWire(row.amount), theirs: null });
  }
  return { same, differences };
}
