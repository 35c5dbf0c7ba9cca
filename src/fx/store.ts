// SQL of the rates: one dated table, replaced as a whole.

import { textArray } from '../base/sqlArray.ts';
import type { Database, Statement } from '../base/world.ts';
import { type PublishedRate, RateBoard } from './board.ts';

/** The board as stored; empty with no date when no rates were loaded yet. */
export async function readRateBoard(database: Database): Promise<RateBoard> {
  const rows = await database.query<{
    base: string;
    quote: string;
    price: string;
    source: string;
    rate_date: string;
  }>('select base, quote, price, source, rate_date from rates order by base, quote');
  const first = rows[0];
  return new RateBoard(rows, first?.source ?? 'none', first?.rate_date ?? 'none');
}

/** Stores a table of rates in place of the one before. */
export async function writeRates(
  database: Database,
  table: { source: string; date: string; rates: readonly PublishedRate[] },
  loadedAt: number,
): Promise<void> {
  const insert: Statement = {
    text:
      'insert into rates (base, quote, price, source, rate_date, loaded_at) ' +
      'select u.*, $4::text, $5::text, $6::bigint from unnest($1::text::text[], ' +
      '$2::text::text[], $3::text::text[]) u',
    values: [
      textArray(table.rates.map((rate) => rate.base)),
      textArray(table.rates.map((rate) => rate.quote)),
      textArray(table.rates.map((rate) => rate.price)),
      table.source,
      table.date,
      loadedAt,
    ],
  };
  await database
    .session('setup')
    .run([
      { text: 'begin', values: [] },
      { text: 'delete from rates', values: [] },
      insert,
      { text: 'commit', values: [] },
    ]);
}

/** The date and source of the rates stored now. */
export async function storedRateDate(database: Database): Promise<string | undefined> {
  const rows = await database.query<{ rate_date: string }>(
    'select rate_date from rates order by base, quote limit 1',
  );
  return rows[0]?.rate_date;
}
