// SQL of what persons have paid: one row a person, counter and lane, and only once it is used.

import { numberArray, textArray } from '../base/sqlArray.ts';
import type { Row, Statement } from '../base/world.ts';
import type { Quota } from '../engine/command.ts';

/** One lane's part of a person's counter. */
export interface CounterSlice {
  readonly used: bigint;
  /** What was lent to this lane by others beyond its even share; negative where it lent. */
  readonly moved: bigint;
}

/** Of a person who has paid nothing in this lane: no row is needed to say so. */
export const unused: CounterSlice = { used: 0n, moved: 0n };

/** A lane's even share of a limit: the shares of all lanes sum to it. */
export function evenShare(most: bigint, lanes: number, lane: number): bigint {
  const count = BigInt(lanes);
  return most / count + (BigInt(lane) < most % count ? 1n : 0n);
}

/** The slices of some counters in one lane, each a look-up by the whole key. */
export function readCounters(lane: number, keys: Iterable<string>): Statement {
  return {
    name: 'counters.read',
    text:
      'select c.counter_key, c.used, c.moved from unnest($2::text::text[]) u(k) ' +
      'cross join lateral (select * from person_counters a where a.lane = $1 ' +
      'and a.counter_key = u.k offset 0) c',
    values: [lane, textArray([...keys])],
  };
}

export function countersFrom(rows: readonly Row[]): Map<string, CounterSlice> {
  return new Map(
    rows.map((row) => [
      row[0] as string,
      { used: BigInt(row[1] as string), moved: BigInt(row[2] as string) },
    ]),
  );
}

/** Adds to counters; what is taken off again is negative. */
export function writeCounters(lane: number, changes: ReadonlyMap<string, bigint>): Statement {
  return {
    name: 'counters.write',
    text:
      'insert into person_counters (lane, counter_key, used, moved) ' +
      'select l.lane, u.k, u.n, 0 from lanes l, unnest($2::text::text[], ' +
      '$3::text::bigint[]) u(k, n) where l.lane = $1 on conflict (lane, counter_key) ' +
      'do update set used = person_counters.used + excluded.used',
    values: [lane, textArray([...changes.keys()]), numberArray([...changes.values()])],
  };
}

/**
 * A person's limit, shared out to the lanes: evenly, and without a row as long as that suffices.
 * What the wide tick moves is kept beside the even share, so that a new limit needs no new rows.
 */
export function counterQuota(key: string, most: bigint, lanes: number): Quota {
  return {
    name: `counter ${key}`,
    read: (lane) => ({
      name: 'counters.one',
      text:
        'select counter_key, used, moved from person_counters ' +
        'where lane = $1 and counter_key = $2',
      values: [lane, key],
    }),
    slice(lane, rows) {
      const { used, moved } = countersFrom(rows).get(key) ?? unused;
      return { lane, used, quota: evenShare(most, lanes, lane) + moved };
    },
    write: (lane, quota) => ({
      name: 'counters.lend',
      text:
        'insert into person_counters (lane, counter_key, used, moved) ' +
        'select l.lane, $2::text, 0, $3::bigint from lanes l where l.lane = $1 ' +
        'on conflict (lane, counter_key) do update set moved = excluded.moved',
      values: [lane, key, quota - evenShare(most, lanes, lane)],
    }),
  };
}
