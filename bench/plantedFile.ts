// A partner's file of a day with mistakes of each kind planted in it, and what must be found.

import { createWriteStream } from 'node:fs';
import { dateOf } from '../src/calendar/businessDay.ts';
import type { ClearingDay } from '../src/calendar/clearingDay.ts';
import { keyOf } from '../src/reconciliation/line.ts';
import type { BreakKind } from '../src/reconciliation/match.ts';

/** A payment as its acquirer remembers it. */
export interface OwnPayment {
  readonly paymentRequestId: string;
  readonly minor: number;
}

/** What becomes of a line, or which line comes beside it. */
type Mistake =
  | Exclude<BreakKind, 'duplicate_here' | 'other_day'>
  /** The line says another day. */
  | 'wrong_date'
  /** Beside it a payment of the day before, which the file of that day left out. */
  | 'late'
  /** Beside it a payment of the day before, which the file of that day had in order. */
  | 'again';

/** One of a hundred has each mistake. */
const every = 100;

const mistakes: readonly Mistake[] = [
  'amount_differs',
  'currency_differs',
  'missing_here',
  'missing_there',
  'duplicate_there',
  'wrong_date',
  'unreadable',
  'again',
  'late',
];

/** A break that must be there: no other may be. */
export interface Expected {
  readonly kind: BreakKind;
  readonly isOpen: boolean;
}

export interface PlantedFile {
  /** By the key of the break. */
  readonly breaks: Map<string, Expected>;
  readonly lines: number;
  /** Lines that agree with the network's items. */
  readonly matched: number;
}

const mistakeAt = (index: number): Mistake | undefined => mistakes[index % every];
const isLeftOut = (index: number) => mistakeAt(index) === 'missing_there';
/** The n-th payment of a day in whose line nothing is wrong. */
const faultless = (count: number) => every * Math.floor(count / 50) + 50 + (count % 50);

/**
 * Writes the file of a day of which these are the payments, and `before` those of the day before,
 * whose own file was written by the same rules.
 */
export async function writePlanted(
  name: string,
  day: ClearingDay,
  payments: readonly OwnPayment[],
  before: readonly OwnPayment[] = [],
): Promise<PlantedFile> {
  const out = createWriteStream(name);
  const breaks = new Map<string, Expected>();
  let text = 'transactionType,requestId,currency,amountValue,completedAt\n';
  let lines = 0;
  let matched = 0;
  const write = (line: string) => {
    text += `${line}\n`;
    lines += 1;
  };
  const expect = (id: string, kind: BreakKind, isOpen = true) =>
    void breaks.set(keyOf('payment', id), { kind, isOpen });
  const line = ({ paymentRequestId, minor }: OwnPayment, currency = 'CNY', date = day) =>
    `PAYMENT,${paymentRequestId},${currency},${minor},${dateOf(date)}`;
  const late = before.filter((_, index) => isLeftOut(index));
  for (const [index, payment] of payments.entries()) {
    const { paymentRequestId: id, minor } = payment;
    const mistake = mistakeAt(index);
    const round = Math.floor(index / every);
    switch (mistake) {
      case 'amount_differs':
        write(line({ ...payment, minor: minor + 1 }));
        break;
      case 'currency_differs':
        write(line(payment, 'SGD'));
        break;
      case 'wrong_date':
        write(line(payment, 'CNY', day + 1));
        break;
      case 'unreadable':
        write(`PAYMENT,${id},CNY,much,`);
        // Counted with the heading. The payment of a line that nobody can read is missing too.
        breaks.set(`line/${lines + 1}`, { kind: 'unreadable', isOpen: true });
        break;
      case 'missing_there':
        break;
      default:
        write(line(payment));
        matched += 1;
    }
    if (mistake === undefined) continue;
    if (mistake === 'duplicate_there') write(line(payment));
    const beside = besideOf(mistake, { payment, round, before, late });
    if (beside !== undefined) {
      write(line(beside.payment));
      expect(beside.payment.paymentRequestId, beside.kind, beside.isOpen);
    }
    if (mistake in ownBreaks) expect(id, ownBreaks[mistake as keyof typeof ownBreaks]);
    if (text.length > 1_000_000) {
      if (!out.write(text)) await new Promise((resolve) => out.once('drain', resolve));
      text = '';
    }
  }
  await new Promise<void>((resolve) => out.end(text, resolve));
  return { breaks, lines, matched };
}

/** What the payment itself is found with. */
const ownBreaks = {
  amount_differs: 'amount_differs',
  currency_differs: 'currency_differs',
  missing_there: 'missing_there',
  duplicate_there: 'duplicate_there',
  wrong_date: 'other_day',
  unreadable: 'missing_there',
} as const satisfies Partial<Record<Mistake, BreakKind>>;

interface Beside extends Expected {
  readonly payment: OwnPayment;
}

/** A line that comes beside the payment's own, and what it is found as. */
function besideOf(
  mistake: Mistake,
  place: {
    readonly payment: OwnPayment;
    readonly round: number;
    readonly before: readonly OwnPayment[];
    readonly late: readonly OwnPayment[];
  },
): Beside | undefined {
  const { payment, round, before, late } = place;
  if (mistake === 'missing_here') {
    const unknown = { ...payment, paymentRequestId: `X${payment.paymentRequestId}` };
    return { payment: unknown, kind: 'missing_here', isOpen: true };
  }
  if (mistake === 'again') {
    const again = before[faultless(round)];
    return again && { payment: again, kind: 'duplicate_there', isOpen: true };
  }
  if (mistake === 'late') {
    const found = late[round];
    // Missing in the one file, there in the other: the two explain each other.
    return found && { payment: found, kind: 'other_day', isOpen: false };
  }
  return undefined;
}

/** What the file of the next day explains of the file of the day before. */
export function explainedBy(first: PlantedFile, next: PlantedFile): void {
  for (const [key, { kind, isOpen }] of next.breaks) {
    if (kind === 'other_day' && !isOpen) first.breaks.set(key, { kind, isOpen });
  }
}
