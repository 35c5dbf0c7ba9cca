// SQL of trimming: a piece of a table read by its key, and what of it is over taken away.

import { numberArray, textArray } from '../base/sqlArray.ts';
import type { Database, Row, Statement } from '../base/world.ts';
import type { KeptKind } from './kept.ts';

/** Trimming gives way to payments, and takes turns with nobody. */
export const trimSession = 'trim';

/** How a kind is looked through: by a key that grows with time, or by one that says nothing. */
interface Walk {
  /**
   * Whether the key grows with time: then a look goes on where the last one ended, and ends where
   * what is kept begins. Otherwise all of it is looked through each time.
   */
  readonly isByTime: boolean;
  /** The first position; every key is behind it. */
  readonly start: string;
  /**
   * Key, and whether it is over, of the next rows: $1 place, $2 position, $3 before (milliseconds;
   * of counters an hour as their windows have it), $4 most.
   */
  readonly read: string;
  /** Takes rows away by their keys, $2, in the place $1; a row for each. */
  readonly remove: string;
}

const inLane = (table: string, key: string) =>
  `delete from ${table} where lane = $1 and ${key} = any($2::text::text[]) returning 1`;

/**
 * A message's id begins with its time in milliseconds, so its key is in the order of time. Whether
 * it is about a payment is looked at, not asked for: an index of payments must not be taken for it.
 */
const messagesBefore = (isOver: string) =>
  `select message_id, payment_number is ${isOver} from messages ` +
  'where lane = $1 and message_id > $2 and message_id < $3 order by message_id limit $4';

const eventsBefore = (kinds: string) =>
  `select at || ' ' || event_id, kind in (${kinds}) from sign_in_events ` +
  "where $1::integer = 0 and (at, event_id) > (split_part($2, ' ', 1)::bigint, " +
  "split_part($2, ' ', 2)) and at < $3 order by at, event_id limit $4";

const removeEvents =
  'delete from sign_in_events where $1::integer = 0 and event_id = any(array(' +
  "select split_part(k, ' ', 2) from unnest($2::text::text[]) k)) returning 1";

export const walks: Readonly<Record<KeptKind, Walk>> = {
  payment_messages: {
    isByTime: true,
    start: '',
    read: messagesBefore('not null'),
    remove: inLane('messages', 'message_id'),
  },
  other_messages: {
    isByTime: true,
    start: '',
    read: messagesBefore('null'),
    remove: inLane('messages', 'message_id'),
  },
  payment_codes: {
    isByTime: false,
    start: '',
    read:
      'select code, expires_at < $3 from payment_codes where lane = $1 and code > $2 ' +
      'order by code limit $4',
    remove: inLane('payment_codes', 'code'),
  },
  person_counters: {
    isByTime: false,
    start: '',
    // A window is written as year2026 or day2026-11-22: it is over when its part of the time is.
    read:
      'select counter_key, w < left($3, length(w)) from (select counter_key, substring(' +
      "split_part(counter_key, '/', 2) from ':[a-z]+([-0-9T]+)$') as w from person_counters " +
      'where lane = $1 and counter_key > $2 order by counter_key limit $4) c',
    remove: inLane('person_counters', 'counter_key'),
  },
  refused_sign_ins: {
    isByTime: true,
    start: '0 ',
    read: eventsBefore("'REFUSED'"),
    remove: removeEvents,
  },
  sign_ins: {
    isByTime: true,
    start: '0 ',
    // Who was given access, and from whom it was taken, is told for ever.
    read: eventsBefore("'SIGNED_IN', 'SIGNED_OUT', 'LOOKED_AROUND'"),
    remove: removeEvents,
  },
  sessions: {
    isByTime: false,
    start: '',
    read:
      'select token_hash, expires_at < $3 from sessions where $1::integer = 0 ' +
      'and token_hash > $2 order by token_hash limit $4',
    remove:
      'delete from sessions where $1::integer = 0 ' +
      'and token_hash = any($2::text::text[]) returning 1',
  },
  cap_samples: {
    isByTime: true,
    start: '0',
    read:
      // The last one stays: it holds until there is another.
      'select at, true from cap_samples where account_id = $1 and at > $2::bigint and at < ' +
      'least($3::bigint, (select max(at) from cap_samples where account_id = $1)) ' +
      'order by at limit $4',
    remove:
      'delete from cap_samples where account_id = $1 and at = any($2::text::bigint[]) returning 1',
  },
  rate_loads: {
    isByTime: true,
    start: '0',
    read:
      // The last one stays: the next takes its number from it.
      'select load_number, by_whom is null from (select load_number, by_whom, loaded_at ' +
      'from rate_loads where $1::integer = 0 and load_number > $2::bigint and load_number < ' +
      '(select max(load_number) from rate_loads) order by load_number limit $4) l ' +
      'where loaded_at < $3',
    remove:
      'delete from rate_loads where $1::integer = 0 ' +
      'and load_number = any($2::text::bigint[]) returning 1',
  },
  certification_cases: {
    isByTime: false,
    start: ' 0',
    read:
      "select run_id || ' ' || ordinal, (select heard_at < $3 from certification_runs r " +
      'where r.run_id = c.run_id) from certification_cases c where $1::integer = 0 ' +
      "and (run_id, ordinal) > (split_part($2, ' ', 1), split_part($2, ' ', 2)::integer) " +
      'order by run_id, ordinal limit $4',
    // One by one in the order of the keys: two processes that lock in two orders wait in a circle.
    remove:
      'delete from certification_cases c using (' +
      "select split_part(k, ' ', 1) as run_id, split_part(k, ' ', 2)::integer as ordinal " +
      'from unnest($2::text::text[]) k offset 0) g where $1::integer = 0 ' +
      'and c.run_id = g.run_id and c.ordinal = g.ordinal returning 1',
  },
  certification_runs: {
    isByTime: false,
    start: '',
    read:
      'select run_id, heard_at < $3 from certification_runs where $1::integer = 0 ' +
      'and run_id > $2 order by run_id limit $4',
    remove:
      'delete from certification_runs where $1::integer = 0 ' +
      'and run_id = any($2::text::text[]) returning 1',
  },
};

/** Rows that are read at once: a piece is some milliseconds of one core. */
export const rowsOfPiece = 500;

const plain = (text: string): Statement => ({ text, values: [] });

/**
 * The index of the key is all there is to read by, whatever the planner believes of a table that
 * was never analysed: no order has to be made, and a key is looked up one by one.
 */
const byKeyOnly = ['seqscan', 'hashjoin', 'mergejoin', 'sort', 'bitmapscan']
  .map((way) => `set_config('enable_${way}', 'off', true)`)
  .join(', ');

/** One piece: the rows at `pieceAt` are keys, and whether each is over. */
export function readPiece(
  kind: KeptKind,
  place: number,
  position: string,
  before: string,
): Statement[] {
  return [
    plain('begin isolation level read committed read only'),
    plain(`select ${byKeyOnly}`),
    { text: walks[kind].read, values: [place, position, before, rowsOfPiece] },
    plain('commit'),
  ];
}

export const pieceAt = 2;

/** What a piece takes away. */
export interface Removal {
  readonly keys: readonly string[];
  /** The last key that was looked at. */
  readonly position: string;
  /** As it was read by. */
  readonly before: string;
}

/**
 * Takes rows away and notes how far that went, both or neither. The commit does not wait for the
 * disk: what comes back after a crash is trimmed again.
 */
export function removePiece(
  kind: KeptKind,
  place: number,
  { keys, position, before }: Removal,
): Statement[] {
  return [
    plain('begin'),
    plain('set local synchronous_commit = off'),
    plain(`select ${byKeyOnly}`),
    { text: walks[kind].remove, values: [place, textArray(keys)] },
    ...(walks[kind].isByTime ? [notePosition(kind, place, position)] : []),
    ...(kind === 'person_counters' ? [noteCountersBefore(before)] : []),
    plain('commit'),
  ];
}

/** How many rows a piece took away: some may be gone by another process. */
export const removedAt = 3;

/** Counters of windows before this are not held against the payments any more (`prove`). */
function noteCountersBefore(before: string): Statement {
  return {
    text:
      "insert into settings (name, value) values ('counters_trimmed_before', $1) " +
      'on conflict (name) do update set value = greatest(settings.value, excluded.value)',
    values: [before],
  };
}

function notePosition(kind: KeptKind, place: number, position: string): Statement {
  return {
    text:
      'insert into trim_positions (kind, place, position) values ($1, $2, $3) ' +
      'on conflict (kind, place) do update set position = excluded.position',
    values: [kind, place, position],
  };
}

/** Notes how far a look went that ended without anything to take away. */
export function writePosition(kind: KeptKind, place: number, position: string): Statement[] {
  return [notePosition(kind, place, position)];
}

export async function readPositions(database: Database): Promise<Map<string, string>> {
  const rows = await database.query<{ kind: string; place: number; position: string }>(
    'select kind, place, position from trim_positions',
  );
  return new Map(rows.map((row) => [`${row.kind} ${row.place}`, row.position]));
}

/** Accounts that samples are kept of. */
export async function sampledAccounts(database: Database): Promise<number[]> {
  const rows = await database.query<{ account_id: number }>(
    "select account_id from accounts where kind = 'position' order by account_id",
  );
  return rows.map((row) => row.account_id);
}

/** What one run took away of one kind. */
export interface Trimmed {
  readonly kind: KeptKind;
  /** Everything of the kind before this was over. */
  readonly before: number;
  readonly rows: number;
}

export async function noteTrims(
  database: Database,
  at: number,
  trimmed: readonly Trimmed[],
): Promise<void> {
  await database.query(
    'insert into trims (trimmed_at, kind, before_at, row_count) ' +
      'select $1::bigint, u.* from unnest($2::text::text[], $3::text::bigint[], ' +
      '$4::text::bigint[]) u on conflict (trimmed_at, kind) ' +
      'do update set row_count = trims.row_count + excluded.row_count',
    [
      at,
      textArray(trimmed.map(({ kind }) => kind)),
      numberArray(trimmed.map(({ before }) => before)),
      numberArray(trimmed.map(({ rows }) => rows)),
    ],
  );
}

/** A kind that lost rows in a run. */
export interface PastTrim extends Trimmed {
  readonly at: number;
}

/** What was trimmed, the last run first. */
export async function readTrims(database: Database, most: number): Promise<PastTrim[]> {
  const rows = await database.query<{
    trimmed_at: string;
    kind: KeptKind;
    before_at: string;
    row_count: string;
  }>('select * from trims order by trimmed_at desc, kind limit $1', [most]);
  return rows.map((row) => ({
    at: Number(row.trimmed_at),
    kind: row.kind,
    before: Number(row.before_at),
    rows: Number(row.row_count),
  }));
}

/** The key and whether it is over, of each row of a piece. */
export function pieceFrom(rows: readonly Row[]): { key: string; isOver: boolean }[] {
  return rows.map((row) => ({ key: String(row[0]), isOver: row[1] === true }));
}
