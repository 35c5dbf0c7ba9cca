// The outbox: what must still be said to a partner, or done at a time, written before it is done.

import { insertRows, numberArray, rowArray, textArray } from '../base/sqlArray.ts';
import type { Row, Statement } from '../base/world.ts';

/**
 * One thing to do about a payment (or one of its legs), not before `dueAt`. Whoever does it first
 * moves `dueAt` ahead (a lease), so that nobody else does it at the same time; it is removed when
 * done.
 */
export interface OutboxItem<Kind extends string = string> {
  readonly outboxNumber: number;
  readonly kind: Kind;
  readonly paymentNumber: number;
  /** 0 where the item is about the payment as a whole. */
  readonly leg: number;
  readonly dueAt: number;
  /** How often it was begun. */
  readonly tries: number;
  readonly createdAt: number;
}

/** The columns after the lane, in the table's order. */
export const outboxColumns = [
  'outbox_number',
  'kind',
  'payment_number',
  'leg',
  'due_at',
  'tries',
  'created_at',
];
const columns = outboxColumns.join(', ');

export function outboxItemFrom(row: Row): OutboxItem {
  return {
    outboxNumber: Number(row[0]),
    kind: row[1] as string,
    paymentNumber: Number(row[2]),
    leg: row[3] as number,
    dueAt: Number(row[4]),
    tries: row[5] as number,
    createdAt: Number(row[6]),
  };
}

/** Items of a lane that are due, the longest due first. */
export function readDue(lane: number, now: number, most: number): Statement {
  return {
    name: 'outbox.due',
    text:
      `select ${columns} from outbox where lane = $1 and due_at <= $2 ` +
      'order by due_at limit $3',
    values: [lane, now, most],
  };
}

export function readOutbox(lane: number, numbers: Iterable<number>): Statement {
  return {
    name: 'outbox.read',
    text:
      `select ${columns} from outbox where lane = $1 ` +
      'and outbox_number = any($2::text::bigint[])',
    values: [lane, numberArray([...numbers])],
  };
}

export function insertOutbox(lane: number, items: readonly OutboxItem[]): Statement {
  return {
    name: 'outbox.insert',
    text: insertRows('outbox', outboxColumns),
    values: [
      lane,
      rowArray(
        items.map((item) => [
          lane,
          item.outboxNumber,
          item.kind,
          item.paymentNumber,
          item.leg,
          item.dueAt,
          item.tries,
          item.createdAt,
        ]),
      ),
    ],
  };
}

/**
 * Writes new kinds, times and counts of items; one that is gone meanwhile is not brought back. The
 * range says nothing new: it makes the planner expect a short list, and so look each one up.
 */
export function updateOutbox(lane: number, items: readonly OutboxItem[]): Statement {
  return {
    name: 'outbox.update',
    text:
      'update outbox o set kind = u.kind, due_at = u.due_at, tries = u.tries ' +
      'from unnest($2::text::bigint[], $3::text::text[], $4::text::bigint[], ' +
      '$5::text::integer[]) u(n, kind, due_at, tries) ' +
      'where o.lane = $1 and o.outbox_number = u.n and u.n between 0 and 9007199254740991',
    values: [
      lane,
      numberArray(items.map((item) => item.outboxNumber)),
      textArray(items.map((item) => item.kind)),
      numberArray(items.map((item) => item.dueAt)),
      numberArray(items.map((item) => item.tries)),
    ],
  };
}

export function deleteOutbox(lane: number, numbers: readonly number[]): Statement {
  return {
    name: 'outbox.delete',
    text: 'delete from outbox where lane = $1 and outbox_number = any($2::text::bigint[])',
    values: [lane, numberArray(numbers)],
  };
}
