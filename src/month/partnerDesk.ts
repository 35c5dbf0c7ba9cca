// A partner at its desk: its files of a day against its own book, row by row and fee by fee.

import { dateOf } from '../calendar/businessDay.ts';
import { beginningOf, type ClearingDay } from '../calendar/clearingDay.ts';
import { parseIsoTime } from '../wire/time.ts';
import { damageOf, type FetchedFile, sectionsOf } from './partnerFiles.ts';
import type { Person } from './people.ts';
import type { Placed } from './truth.ts';

/** What a partner's files of a clearing day come to. */
export interface DayOfFiles {
  readonly rows: number;
  readonly net: bigint;
  readonly interchange: bigint;
  readonly serviceFee: bigint;
}

/** What was agreed with a partner at a time, in basis points. */
export type Agreed = (paidAt: number) => readonly {
  readonly interchange: number;
  readonly serviceFee: number;
}[];

const kinds = ['transactionItems', 'feeItems', 'summary', 'camt053'] as const;

type Row = Readonly<Record<string, string>>;

/** Reads the four files of a day, blames whatever the partner cannot explain by its own book. */
export function readDay(
  person: Person,
  day: ClearingDay,
  files: readonly FetchedFile[],
  placed: readonly Placed[],
  agreed: Agreed,
  blame: (violation: string) => void,
): DayOfFiles | undefined {
  const about = `${person.id} of ${dateOf(day)}`;
  const texts = new Map<string, string>();
  for (const fetched of files) {
    const damage = damageOf(fetched);
    if (damage !== undefined) blame(`${about}: ${damage}`);
    if (fetched.file.participantId !== person.id) {
      blame(`${about}: it was given ${fetched.file.name}`);
    }
    texts.set(fetched.file.kind, fetched.text);
  }
  for (const kind of kinds) if (!texts.has(kind)) blame(`${about}: there is no file ${kind}`);
  if (texts.size < kinds.length) return undefined;
  const [[head = {}] = [], items = []] = sectionsOf(texts.get('transactionItems') ?? '');
  const [[feeHead = {}] = [], fees = []] = sectionsOf(texts.get('feeItems') ?? '');
  const [[summary = {}] = []] = sectionsOf(texts.get('summary') ?? '');
  compareRows(about, items, placed, blame);
  for (const item of items) checkFees(about, person, item, agreed, blame);
  const sums = {
    rows: items.length,
    net: sumOf(items, 'netAmountValue'),
    interchange: sumOf(items, 'interchangeAmountValue'),
    serviceFee: sumOf(items, 'serviceFeeAmountValue'),
  };
  const says = (what: string, said: string | undefined, own: bigint | number) => {
    if (said !== String(own)) blame(`${about}: ${what} is ${said}, its rows come to ${own}`);
  };
  says('totalCount', head.totalCount, items.length);
  says('netTotalAmountValue', head.netTotalAmountValue, sums.net);
  says('the count of fee items', feeHead.totalCount, fees.length);
  says('the rows of fee items', String(fees.length), items.length);
  says('feeTotalAmountValue', feeHead.feeTotalAmountValue, sumOf(fees, 'feeAmountValue'));
  says('the sum of fees', feeHead.feeTotalAmountValue, sums.interchange + sums.serviceFee);
  says('the net of the summary', summary.netTotalAmountValue, sums.net);
  says('the count of the summary', summary.totalCount, items.length);
  return sums;
}

/** Each row of the file is one of the book with the same amount, and none is missing. */
function compareRows(
  about: string,
  items: readonly Row[],
  placed: readonly Placed[],
  blame: (violation: string) => void,
): void {
  const left = new Map(placed.map(({ key, row }) => [key, row]));
  for (const item of items) {
    const isPayment = item.transactionType === 'PAYMENT';
    const id = isPayment ? item.paymentRequestId : item.refundRequestId;
    const key = `${isPayment ? 'payment' : 'refund'}/${id}`;
    const row = left.get(key);
    left.delete(key);
    if (row === undefined) blame(`${about}: ${key} is in the file and not in its book`);
    else if (String(row.amount) !== item.grossAmountValue) {
      blame(`${about}: ${key} is ${item.grossAmountValue} in the file, ${row.amount} in its book`);
    }
  }
  for (const key of left.keys()) blame(`${about}: ${key} is in its book and not in the file`);
}

/**
 * A fee may differ by the unit that it is rounded to, and by what its base differs: a wallet's
 * interchange is reckoned on what it owes without the spread.
 */
function checkFees(
  about: string,
  person: Person,
  item: Row,
  agreed: Agreed,
  blame: (violation: string) => void,
): void {
  const gross = BigInt(item.grossAmountValue ?? '0');
  const paidAt = parseIsoTime(item.paymentTime ?? '') ?? 0;
  const isPayment = item.transactionType === 'PAYMENT';
  const interchange = BigInt(item.interchangeAmountValue ?? '0');
  const serviceFee = BigInt(item.serviceFeeAmountValue ?? '0');
  const isRight = agreed(paidAt).some((rate) => {
    // The acquirer pays interchange and the wallet gets it: both against the gross amount.
    const ownInterchange = share(-gross, rate.interchange);
    const ownFee = isPayment ? share(gross < 0n ? gross : -gross, rate.serviceFee) : 0n;
    // What a refund gives back is the difference of two sums that are rounded each.
    const units = isPayment ? 1n : 2n;
    return isNear(interchange, ownInterchange, units) && isNear(serviceFee, ownFee, units);
  });
  if (isRight) return;
  const id = isPayment ? item.paymentRequestId : item.refundRequestId;
  blame(`${about}: ${person.role} ${id} of ${gross} has fees of ${interchange} and ${serviceFee}`);
}

const share = (amount: bigint, basisPoints: number) => (amount * BigInt(basisPoints)) / 10_000n;

function isNear(one: bigint, other: bigint, units: bigint): boolean {
  const difference = one > other ? one - other : other - one;
  const size = other < 0n ? -other : other;
  return difference <= units + size / 100n;
}

function sumOf(rows: readonly Row[], column: string): bigint {
  return rows.reduce((sum, row) => sum + BigInt(row[column] ?? '0'), 0n);
}

/** Rates that were agreed from some midnights on; around a change both sides of it are possible. */
export function agreedFrom(
  person: Person,
  changes: readonly {
    readonly from: ClearingDay;
    readonly interchange: number;
    readonly acquirerFee: number;
    readonly walletFee: number;
  }[],
): Agreed {
  const first = {
    interchange: 30,
    serviceFee: person.serviceFeeBasisPoints,
    at: Number.NEGATIVE_INFINITY,
  };
  const later = changes.map(({ from, interchange, acquirerFee, walletFee }) => ({
    interchange,
    serviceFee: person.role === 'wallet' ? walletFee : acquirerFee,
    at: beginningOf(from),
  }));
  const all = [first, ...later];
  // An order that was shown before a change may be paid half an hour later.
  const orderLifeMs = 3_600_000;
  return (paidAt) =>
    all.filter(({ at }, index) => {
      const end = all[index + 1]?.at ?? Number.POSITIVE_INFINITY;
      return at <= paidAt && paidAt < end + orderLifeMs;
    });
}
