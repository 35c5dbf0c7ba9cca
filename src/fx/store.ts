// SQL of the board: rates in force with what stops and prices them, and how they come into force.

import { textArray } from '../base/sqlArray.ts';
import { inTurn } from '../base/turns.ts';
import type { Database, Row, Statement } from '../base/world.ts';
import { type BoardRate, type PublishedRate, RateBoard } from './board.ts';
import type { OfferedTable } from './feed.ts';
import { type Judged, judgeOffer, type Offerer, type RankedRate } from './offer.ts';

/** When something is written: network time, and real time. */
export interface Times {
  readonly now: number;
  readonly realNow: number;
}

/** The mark of the last change of anything on the board. */
export async function readRatesMark(database: Database): Promise<string> {
  const rows = await database.query<{ value: string }>(
    "select value from settings where name = 'rates'",
  );
  return rows[0]?.value ?? '';
}

interface RateRow {
  base: string;
  quote: string;
  price: string;
  source: string;
  rate_date: string;
  real_at: string;
  age_limit_ms: string | null;
}

/** The board as stored; empty when no rates were loaded yet. */
export async function readRateBoard(database: Database, realNow: number): Promise<RateBoard> {
  const [rows, freezes, spreads] = await Promise.all([
    database.query<RateRow>('select * from rates order by base, quote'),
    database.query<{ scope: string }>('select scope from rate_freezes'),
    database.query<{
      pair: string;
      participant_id: string;
      valid_from: string;
      basis_points: number;
    }>('select * from rate_spreads order by valid_from'),
  ]);
  return new RateBoard(rows.map(boardRate), realNow, {
    frozen: freezes.map(({ scope }) => scope),
    spreads: spreads.map((row) => ({
      pair: row.pair,
      participantId: row.participant_id,
      validFrom: Number(row.valid_from),
      basisPoints: row.basis_points,
    })),
  });
}

function boardRate(row: RateRow): BoardRate {
  const { base, quote, price, source } = row;
  return {
    base,
    quote,
    price,
    source,
    date: row.rate_date,
    realAt: Number(row.real_at),
    ageLimitMs: row.age_limit_ms === null ? null : Number(row.age_limit_ms),
  };
}

/** One writer of rates at a time: numbers of loads and events are given out under it. */
const lockRates: Statement = {
  text: "select value from settings where name = 'lanes' for update",
  values: [],
};

/** Marks that the board was changed, so that running hubs read it again. */
export const markRates: Statement = {
  text:
    "insert into settings as s (name, value) values ('rates', '1') on conflict (name) " +
    'do update set value = ((s.value)::bigint + 1)::text',
  values: [],
};

const commit: Statement = { text: 'commit', values: [] };

/**
 * Runs `work` in one transaction in which nobody else writes rates; what it returns is written. A
 * failure takes everything back.
 */
export async function changeRates<T>(
  database: Database,
  reads: readonly Statement[],
  work: (rows: readonly (readonly Row[])[]) => { statements: readonly Statement[]; outcome: T },
): Promise<T> {
  const begin = [{ text: 'begin', values: [] }, lockRates];
  return inTurn(database, 'rates', async (session) => {
    const rows = await session.run([...begin, ...reads]);
    const { statements, outcome } = work(rows.slice(begin.length));
    await session.run([...statements, commit]);
    return outcome;
  });
}

const rankedColumns =
  'select base, quote, price, source, rate_date, real_at, age_limit_ms, rank from rates';

/** Offers a table: what is taken is in force when it resolves, the rest waits or is left. */
export async function offerRates(
  database: Database,
  table: OfferedTable,
  offerer: Offerer,
  times: Times,
): Promise<Judged> {
  return changeRates(database, [{ text: rankedColumns, values: [] }], ([rows = []]) => {
    const inForce = new Map(rows.map(rankedRate).map((rate) => [keyOf(rate), rate]));
    const judged = judgeOffer(inForce, table, offerer, times.realNow);
    if (judged.tooOld !== undefined) return { statements: [], outcome: judged };
    const statements = [
      ...putInForce(judged.taken, judged.changed, table.realAt, offerer, times),
      ...(judged.jumped.length === 0 ? [] : [propose(judged, table.realAt, offerer, times)]),
    ];
    return { statements, outcome: judged };
  });
}

function rankedRate(row: Row): RankedRate {
  const [base, quote, price, source, date, realAt, ageLimitMs, rank] = row as readonly string[];
  return {
    base: base as string,
    quote: quote as string,
    price: price as string,
    source: source as string,
    date: date as string,
    realAt: Number(realAt),
    ageLimitMs: ageLimitMs === null ? null : Number(ageLimitMs),
    rank: Number(rank),
  };
}

function keyOf({ base, quote }: PublishedRate): string {
  return `${base}/${quote}`;
}

/** Puts rates in force, and what of them changed into the history. */
export function putInForce(
  taken: readonly PublishedRate[],
  changed: readonly PublishedRate[],
  realAt: number,
  offerer: Omit<Offerer, 'jumpLimitBasisPoints' | 'ageLimitMs'> & { ageLimitMs: number | null },
  { now }: Times,
): Statement[] {
  if (taken.length === 0) return [];
  const date = new Date(realAt).toISOString().slice(0, 10);
  const lists = columnsOf(taken);
  return [
    {
      text:
        'insert into rates (base, quote, price, source, rate_date, loaded_at, real_at, ' +
        'age_limit_ms, rank) select u.*, $4::text, $5::text, $6::bigint, $7::bigint, $8::bigint, ' +
        '$9::integer from unnest($1::text::text[], $2::text::text[], $3::text::text[]) u ' +
        'on conflict (base, quote) do update set price = excluded.price, ' +
        'source = excluded.source, rate_date = excluded.rate_date, ' +
        'loaded_at = excluded.loaded_at, real_at = excluded.real_at, ' +
        'age_limit_ms = excluded.age_limit_ms, rank = excluded.rank',
      values: [...lists, offerer.source, date, now, realAt, offerer.ageLimitMs, offerer.rank],
    },
    {
      text:
        'delete from rate_proposals p using unnest($1::text::text[], $2::text::text[]) ' +
        'u(base, quote) where p.base = u.base and p.quote = u.quote and p.source = $3::text',
      values: [...lists.slice(0, 2), offerer.source],
    },
    ...(changed.length === 0 ? [] : [keepLoad(changed, realAt, offerer, now)]),
    markRates,
  ];
}

function keepLoad(
  changed: readonly PublishedRate[],
  realAt: number,
  { source, byWhom }: Pick<Offerer, 'source' | 'byWhom'>,
  now: number,
): Statement {
  return {
    text:
      'insert into rate_loads (load_number, source, by_whom, real_at, loaded_at, bases, quotes, ' +
      'prices) select coalesce(max(load_number), 0) + 1, $4::text, $5::text, $6::bigint, ' +
      '$7::bigint, $1::text::text[], $2::text::text[], $3::text::text[] from rate_loads',
    values: [...columnsOf(changed), source, byWhom, realAt, now],
  };
}

function propose(
  judged: Judged,
  realAt: number,
  offerer: Offerer,
  { now, realNow }: Times,
): Statement {
  const { source, byWhom, ageLimitMs, rank } = offerer;
  const moved = `{${judged.jumped.map(({ movedBasisPoints }) => movedBasisPoints).join(',')}}`;
  return {
    text:
      'insert into rate_proposals as p (base, quote, price, moved_basis_points, source, ' +
      'proposed_by, real_at, age_limit_ms, rank, proposed_at) select u.*, $5::text, ' +
      '$6::text, $7::bigint, $8::bigint, $9::integer, $10::bigint from unnest(' +
      '$1::text::text[], $2::text::text[], ' +
      '$3::text::text[], $4::text::integer[]) u on conflict (base, quote) do update set ' +
      'price = excluded.price, moved_basis_points = excluded.moved_basis_points, ' +
      'source = excluded.source, proposed_by = excluded.proposed_by, ' +
      'real_at = excluded.real_at, age_limit_ms = excluded.age_limit_ms, rank = excluded.rank, ' +
      'proposed_at = excluded.proposed_at ' +
      // What a person proposed is not pushed aside by a feed, as long as it could be approved.
      'where excluded.rank <= p.rank or p.real_at + p.age_limit_ms <= $11::bigint',
    values: [
      ...columnsOf(judged.jumped),
      moved,
      source,
      byWhom,
      realAt,
      ageLimitMs,
      rank,
      now,
      realNow,
    ],
  };
}

function columnsOf(rates: readonly PublishedRate[]): string[] {
  const column = (name: 'base' | 'quote' | 'price') => textArray(rates.map((rate) => rate[name]));
  return [column('base'), column('quote'), column('price')];
}

const sampleRank = 1_000;

/** Stores a table in place of all rates before it, whatever they were, and however old it gets. */
export async function writeRates(
  database: Database,
  table: { source: string; date: string; rates: readonly PublishedRate[] },
  loadedAt: number,
): Promise<void> {
  const { source, date, rates } = table;
  const offerer = { source, byWhom: null, rank: sampleRank, ageLimitMs: null };
  const times = { now: loadedAt, realNow: loadedAt };
  await changeRates(database, [], () => ({
    statements: [
      { text: 'delete from rates', values: [] },
      ...putInForce(rates, rates, loadedAt, offerer, times),
      { text: 'update rates set rate_date = $1', values: [date] },
      markRates,
    ],
    outcome: undefined,
  }));
}

/** Whether there are any rates yet. */
export async function hasRates(database: Database): Promise<boolean> {
  return (await database.query('select 1 from rates limit 1')).length > 0;
}
