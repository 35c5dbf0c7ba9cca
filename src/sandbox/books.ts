// A partner's own file of a day, made from its own books, and the mistakes that it can be told to
// make in it. Pure.

import type { Money } from '../money/money.ts';

/** One payment or refund as a partner has it in its books. */
export interface BookRow {
  readonly kind: 'PAYMENT' | 'REFUND';
  /** The id of the messages with the hub: paymentRequestId or refundRequestId. */
  readonly requestId: string;
  readonly amount: Money;
  readonly completedAt: number;
}

/** The ways in which a row can be wrong, in the order in which rows take them. */
const rowMistakes = ['drop', 'double', 'changeAmount', 'dayLate', 'changeCurrency'] as const;

/** Lines that stand in a file for nothing that ever was, or that nobody can read. */
const addedLines = ['invent', 'garble'] as const;

export const mistakeKinds = [...rowMistakes, ...addedLines] as const;

/** How many rows of a day have each mistake, from the day's first row on, and what is added. */
export type Mistakes = Readonly<Record<(typeof mistakeKinds)[number], number>>;

export const noMistakes: Mistakes = {
  drop: 0,
  double: 0,
  changeAmount: 0,
  dayLate: 0,
  changeCurrency: 0,
  invent: 0,
  garble: 0,
};

const dayMs = 86_400_000;
/** Partners of the network count days by UTC+8 (protocol.md §7). */
const offsetMs = 8 * 3_600_000;

/** The date of an instant at UTC+8. */
export const dateOfInstant = (at: number) => new Date(at + offsetMs).toISOString().slice(0, 10);
const beginningOfDate = (date: string) => Date.parse(`${date}T00:00:00Z`) - offsetMs;
/** The date some days after a date. */
export const dateAfter = (date: string, days: number) =>
  dateOfInstant(beginningOfDate(date) + days * dayMs);

/** What is changed in an amount: a minor unit more. */
const changedBy = 1n;
/** The currency that a wrong row has; no partner settles in it. */
const wrongCurrency = 'USD';
const inventedMinor = 100n;

/** The heading of every file; the columns are those of docs/guides/reconciliation.md. */
const heading = 'transactionType,requestId,currency,amountValue,completedAt';

/**
 * The file of a day: its rows with its mistakes, and behind them those of the day before that are
 * dated a day late, and what is added. `currency` is the partner's.
 */
export function bookFile(
  rows: readonly BookRow[],
  date: string,
  currency: string,
  mistakesOf: (date: string) => Mistakes,
): string {
  const before = dateAfter(date, -1);
  const late = wrongRows(rowsOfDay(rows, before), mistakesOf(before)).late;
  const mistakes = mistakesOf(date);
  const { kept } = wrongRows(rowsOfDay(rows, date), mistakes);
  const added = [
    ...numbers(mistakes.invent).map((number) =>
      written({
        kind: 'PAYMENT',
        requestId: `INVENTED-${date}-${number}`,
        amount: { currency, minor: inventedMinor },
        completedAt: beginningOfDate(date),
      }),
    ),
    ...numbers(mistakes.garble).map((number) => `PAYMENT,GARBLED-${date}-${number},,12.x,`),
  ];
  return `${[heading, ...[...kept, ...late].map(written), ...added].join('\n')}\n`;
}

const numbers = (count: number) => Array.from({ length: count }, (_, index) => index + 1);

/** A partner's rows of a day, in the order in which they came. */
export function rowsOfDay(rows: readonly BookRow[], date: string): BookRow[] {
  return rows
    .filter(({ completedAt }) => dateOfInstant(completedAt) === date)
    .sort((a, b) => a.completedAt - b.completedAt || (a.requestId < b.requestId ? -1 : 1));
}

/** The rows of a day as they stand in its own file, and those that stand in the next day's. */
function wrongRows(rows: readonly BookRow[], mistakes: Mistakes) {
  const told = rowMistakes.flatMap((kind) => Array<typeof kind>(mistakes[kind]).fill(kind));
  const kept: BookRow[] = [];
  const late: BookRow[] = [];
  for (const [index, row] of rows.entries()) {
    switch (told[index]) {
      case 'drop':
        break;
      case 'double':
        kept.push(row, row);
        break;
      case 'changeAmount': {
        const amount = { ...row.amount, minor: row.amount.minor + changedBy };
        kept.push({ ...row, amount });
        break;
      }
      case 'changeCurrency':
        kept.push({ ...row, amount: { ...row.amount, currency: wrongCurrency } });
        break;
      case 'dayLate': {
        const next = dateAfter(dateOfInstant(row.completedAt), 1);
        late.push({ ...row, completedAt: beginningOfDate(next) });
        break;
      }
      case undefined:
        kept.push(row);
    }
  }
  return { kept, late };
}

const written = ({ kind, requestId, amount, completedAt }: BookRow) =>
  [kind, requestId, amount.currency, amount.minor, new Date(completedAt).toISOString()].join(',');
