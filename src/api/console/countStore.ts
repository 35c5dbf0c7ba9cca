// SQL of counting payments: what of a lane is new, what was in process, what was cancelled since.

import { numberArray } from '../../base/sqlArray.ts';
import type { Database, Row, Statement } from '../../base/world.ts';
import { answerAt, readByIndex, unindexedOrSorted } from '../../clearing/store.ts';

/** What is counted of one lane; true for ever as what was then, and brought up to now by steps. */
export interface LaneCount {
  /** Every payment up to this number is counted. */
  readonly countedTo: number;
  /** When the last of them was made; 0 where there is none. */
  readonly countedAt: number;
  /** Cancellations of paid payments with a journal up to this number are in the counts. */
  readonly cancelledTo: number;
  readonly success: number;
  readonly failed: number;
  readonly closed: number;
  /** The counted payments that were in process when they were last read. */
  readonly open: readonly number[];
}

/** Payments of one statement: a millisecond or two of one core. */
export const pieceRows = 2_000;

/** What a step has read, all of it as at one moment. */
export interface CountStep {
  /** The last number that the lane had given out. */
  readonly sequence: number;
  /** Counted payments that were cancelled although paid; the last one has the greatest journal. */
  readonly cancelled: readonly { readonly paymentNumber: number; readonly journal: number }[];
  /** The states of those that were asked for and are not in process any more. */
  readonly ended: readonly { readonly paymentNumber: number; readonly state: string }[];
  readonly fresh: {
    readonly rows: number;
    readonly last: number;
    readonly lastAt: number;
    readonly success: number;
    readonly failed: number;
    readonly closed: number;
    readonly open: readonly number[];
  };
}

const stateCount = (state: string) => `count(*) filter (where p.state = '${state}')`;

/**
 * One statement, so that all of it is as at one moment. Every part goes by an index in its order,
 * whatever the planner believes: new payments and those in process by the key, cancellations by
 * their journals.
 */
export function countPiece(lane: number, count: LaneCount, asked: readonly number[]): Statement[] {
  const text =
    'select (select l.sequence from lanes l where l.lane = $1), (select ' +
    "string_agg(c.payment_number || ' ' || c.journal_number, ',') " +
    'from (select payment_number, journal_number from cancellations where lane = $1 and ' +
    'journal_number > $3 and payment_number <= $2 order by journal_number limit $5) c), ' +
    "(select string_agg(u.n || ' ' || a.state, ',') from unnest($4::text::bigint[]) u(n) " +
    'cross join lateral (select b.state from payments b where b.lane = $1 and ' +
    "b.payment_number = u.n offset 0) a where a.state <> 'PROCESSING'), " +
    'count(*), max(p.n), max(p.created_at), ' +
    `${['SUCCESS', 'FAILED', 'CLOSED'].map(stateCount).join(', ')}, ` +
    "string_agg(p.n::text, ',') filter (where p.state = 'PROCESSING') from (" +
    'select payment_number as n, state, created_at from payments where lane = $1 and ' +
    'payment_number > $2 order by payment_number limit $5) p';
  const values = [lane, count.countedTo, count.cancelledTo, numberArray(asked), pieceRows];
  return readByIndex({ text, values }, unindexedOrSorted);
}

/** What `countPiece` was answered. */
export function countStepFrom(rows: readonly (readonly Row[])[]): CountStep {
  const row = rows[answerAt]?.[0] ?? [];
  const [sequence, cancelled, ended, count, last, lastAt, success, failed, closed, open] = row;
  return {
    sequence: Number(sequence),
    cancelled: pairs(cancelled).map(([number, journal]) => ({
      paymentNumber: Number(number),
      journal: Number(journal),
    })),
    ended: pairs(ended).map(([number, state]) => ({
      paymentNumber: Number(number),
      state: state ?? '',
    })),
    fresh: {
      rows: Number(count),
      last: Number(last ?? 0),
      lastAt: Number(lastAt ?? 0),
      success: Number(success),
      failed: Number(failed),
      closed: Number(closed),
      open: pairs(open).map(([number]) => Number(number)),
    },
  };
}

const pairs = (value: unknown): string[][] =>
  value == null
    ? []
    : String(value)
        .split(',')
        .map((each) => each.split(' '));

interface CountRow {
  readonly lane: number;
  readonly counted_to: string;
  readonly counted_at: string;
  readonly cancelled_to: string;
  readonly success: string;
  readonly failed: string;
  readonly closed: string;
  readonly open: string;
}

/** What any process has written down, by lane. */
export async function readCounts(database: Database): Promise<Map<number, LaneCount>> {
  const rows = await database.query<CountRow>(
    'select lane, counted_to, counted_at, cancelled_to, success, failed, closed, ' +
      "array_to_string(open_numbers, ',') as open from payment_counts",
  );
  return new Map(
    rows.map((row) => [
      row.lane,
      {
        countedTo: Number(row.counted_to),
        countedAt: Number(row.counted_at),
        cancelledTo: Number(row.cancelled_to),
        success: Number(row.success),
        failed: Number(row.failed),
        closed: Number(row.closed),
        open: row.open === '' ? [] : row.open.split(',').map(Number),
      },
    ]),
  );
}

/** Writes a lane's counts down, unless another process has counted further. */
export async function writeCount(
  database: Database,
  lane: number,
  count: LaneCount,
): Promise<void> {
  const names = ['counted_to', 'counted_at', 'cancelled_to', 'success', 'failed', 'closed'];
  const columns = [...names, 'open_numbers'];
  await database.query(
    `insert into payment_counts (lane, ${columns.join(', ')}) ` +
      'select l.lane, $2, $3, $4, $5, $6, $7, $8::text::bigint[] from lanes l where l.lane = $1 ' +
      `on conflict (lane) do update set ${columns.map((each) => `${each} = excluded.${each}`)} ` +
      'where payment_counts.counted_to < excluded.counted_to',
    [
      lane,
      count.countedTo,
      count.countedAt,
      count.cancelledTo,
      count.success,
      count.failed,
      count.closed,
      numberArray(count.open),
    ],
  );
}
