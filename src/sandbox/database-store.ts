// The sandbox's own small database: one SQLite file, so that the outsiders remember what they did.

import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/**
 * The tables. A payment is one JSON text beside the columns that are searched; money moves only
 * with a journal row, and the unique index makes a second debit or a second return of one payment
 * impossible.
 */
const schema = `
create table if not exists facts (name text primary key, value text not null) strict;

create table if not exists customers (
  wallet_id text not null,
  customer_id text not null,
  name text not null,
  currency text not null,
  balance_minor integer not null check (balance_minor >= 0),
  primary key (wallet_id, customer_id)
) strict;

create table if not exists wallet_behaviours (
  wallet_id text primary key,
  body text not null
) strict;

create table if not exists wallet_payments (
  wallet_id text not null,
  payment_request_id text not null,
  customer_id text not null,
  created_at integer not null,
  -- When the payment must be looked at again: a late success, or the end of waiting for a PIN.
  wake_at integer,
  body text not null,
  primary key (wallet_id, payment_request_id)
) strict;
create index if not exists wallet_payments_of_customer
  on wallet_payments (wallet_id, customer_id, created_at);
create index if not exists wallet_payments_to_wake
  on wallet_payments (wake_at) where wake_at is not null;

create table if not exists wallet_cancellations (
  wallet_id text not null,
  payment_request_id text not null,
  cancelled_at integer not null,
  primary key (wallet_id, payment_request_id)
) strict;

create table if not exists wallet_journal (
  entry_id integer primary key autoincrement,
  wallet_id text not null,
  customer_id text not null,
  kind text not null check (kind in ('opening', 'top_up', 'debit', 'return')),
  payment_request_id text,
  minor integer not null,
  balance_after_minor integer not null,
  recorded_at integer not null
) strict;
create unique index if not exists wallet_journal_once
  on wallet_journal (wallet_id, payment_request_id, kind) where payment_request_id is not null;
create index if not exists wallet_journal_of_customer
  on wallet_journal (wallet_id, customer_id);

create table if not exists wallet_notices (
  notice_id integer primary key autoincrement,
  wallet_id text not null,
  payment_request_id text not null,
  outcome text not null check (outcome in ('S', 'F')),
  code text not null,
  sign_wrongly integer not null,
  attempts integer not null,
  -- Null when the hub acknowledged it or we gave up; last_answer says which.
  next_at integer,
  -- 1 while an attempt is under way.
  leased integer not null default 0,
  last_answer text
) strict;
create index if not exists wallet_notices_to_send
  on wallet_notices (next_at) where next_at is not null;

create table if not exists wallet_grants (
  wallet_id text not null,
  grant_id text not null,
  -- When the hub must be told of it.
  wake_at integer,
  body text not null,
  primary key (wallet_id, grant_id)
) strict;

create table if not exists shop_bindings (
  acquirer_id text not null,
  binding_id text not null,
  body text not null,
  primary key (acquirer_id, binding_id)
) strict;

create table if not exists till_payments (
  acquirer_id text not null,
  payment_request_id text not null,
  till_id text not null,
  created_at integer not null,
  next_inquiry_at integer,
  body text not null,
  primary key (acquirer_id, payment_request_id)
) strict;
create table if not exists acquirer_behaviours (
  acquirer_id text primary key,
  body text not null
) strict;

create table if not exists till_codes (
  acquirer_id text not null,
  code_value text not null,
  payment_request_id text not null,
  primary key (acquirer_id, code_value)
) strict;

create index if not exists till_payments_of_till
  on till_payments (acquirer_id, till_id, created_at);
create index if not exists till_payments_to_inquire
  on till_payments (next_inquiry_at) where next_inquiry_at is not null;
`;

/**
 * Opens (and at first makes) `<home>/sandbox/sandbox.db`. WAL with synchronous NORMAL: what was
 * committed survives a kill -9 of this process, which is what is asked of an outsider.
 */
export function openSandboxDatabase(home: string): DatabaseSync {
  const directory = path.join(home, 'sandbox');
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const database = new DatabaseSync(path.join(directory, 'sandbox.db'), { timeout: 5_000 });
  database.exec('pragma journal_mode = wal; pragma synchronous = normal;');
  database.exec(schema);
  return database;
}

/** Runs `work` in one transaction: all of it is kept, or nothing. `work` must not await. */
export function inTransaction<T>(database: DatabaseSync, work: () => T): T {
  database.exec('begin immediate');
  try {
    const value = work();
    database.exec('commit');
    return value;
  } catch (error) {
    database.exec('rollback');
    throw error;
  }
}

interface WrittenBigint {
  readonly $minor: string;
}

function isWrittenBigint(value: unknown): value is WrittenBigint {
  return typeof value === 'object' && value !== null && '$minor' in value;
}

/**
 * A record as JSON text; minor units, which JSON has no number for, are written as
 * `{"$minor":"12000"}`.
 */
export function toText(record: object): string {
  return JSON.stringify(record, (_key, value: unknown) =>
    typeof value === 'bigint' ? { $minor: value.toString() } : value,
  );
}

/** The record that `toText` wrote. */
export function fromText<T>(text: string): T {
  return JSON.parse(text, (_key, value: unknown) =>
    isWrittenBigint(value) ? BigInt(value.$minor) : value,
  ) as T;
}
