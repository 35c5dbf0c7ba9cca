// SQL of the network's time: how far it is ahead of real time, and whether it may be moved at all.

import type { Database } from '../base/world.ts';

/** Hundred years: beyond it the eight digits of a date in an id are worth nothing. */
const furthestMs = 36_525 * 86_400_000;

export type MoveOutcome =
  | { readonly kind: 'moved'; readonly offsetMs: number }
  /** The network was never started with the sandbox: its time is the real one. */
  | { readonly kind: 'not_a_sandbox' }
  /** It would be more than hundred years ahead. */
  | { readonly kind: 'too_far' };

/** What the database says of the network's time. */
export interface StoredClock {
  readonly offsetMs: number;
  readonly isSandbox: boolean;
}

export async function readClock(database: Database): Promise<StoredClock> {
  const rows = await database.query<{ name: string; value: string }>(
    "select name, value from settings where name in ('clock_offset_ms', 'sandbox')",
  );
  const value = (name: string) => rows.find((row) => row.name === name)?.value;
  return {
    offsetMs: Number(value('clock_offset_ms') ?? '0'),
    isSandbox: value('sandbox') === 'on',
  };
}

/** Marks the network as a sandbox network, for ever: from now on its time may be moved. */
export async function markSandbox(database: Database): Promise<void> {
  await database.query(
    "insert into settings (name, value) values ('sandbox', 'on') on conflict (name) do nothing",
  );
}

/** Moves the network's time forward by `advanceMs`, a positive whole number of milliseconds. */
export async function moveClock(database: Database, advanceMs: number): Promise<MoveOutcome> {
  const { isSandbox } = await readClock(database);
  if (!isSandbox) return { kind: 'not_a_sandbox' };
  const rows = await database.query<{ value: string }>(
    "insert into settings as s (name, value) select 'clock_offset_ms', $1::bigint::text " +
      'where $1::bigint <= $2::bigint on conflict (name) do update ' +
      'set value = (s.value::bigint + excluded.value::bigint)::text ' +
      'where s.value::bigint + excluded.value::bigint <= $2::bigint returning value',
    [advanceMs, furthestMs],
  );
  const value = rows[0]?.value;
  return value === undefined ? { kind: 'too_far' } : { kind: 'moved', offsetMs: Number(value) };
}
