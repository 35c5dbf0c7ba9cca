// What a pair's middle price was: read from the loads that were in force, thinned for a plot.

import { textArray } from '../base/sqlArray.ts';
import type { Database } from '../base/world.ts';
import { RateBoard } from './board.ts';

/** A middle price from a time on (ISO 8601). */
export interface PastPrice {
  readonly at: string;
  readonly mid: string;
}

/** As many as a plot can show. */
const mostPoints = 120;
/** How far back the price is looked for that was in force when the plot begins. */
const lookBackMs = 7 * 86_400_000;

/** The middle of `from` in `to` in a time, oldest first: at most one a step of the plot. */
export async function readPairHistory(
  database: Database,
  pair: { readonly from: string; readonly to: string },
  span: { readonly from: number; readonly to: number },
): Promise<PastPrice[]> {
  const stepMs = Math.max(Math.ceil((span.to - span.from) / mostPoints), 1);
  const rows = await database.query<{
    base: string;
    quote: string;
    price: string;
    loaded_at: string;
    step: string;
  }>(
    'select distinct on (step, base, quote) base, quote, price, loaded_at, ' +
      'greatest(loaded_at - $2::bigint, -1) / $4::bigint as step from (' +
      'select * from rate_history where loaded_at >= $2::bigint - $5::bigint ' +
      'and loaded_at <= $3::bigint ' +
      'and (base = any($1::text::text[]) or quote = any($1::text::text[]))) h ' +
      'order by step, base, quote, load_number desc',
    [textArray([pair.from, pair.to]), span.from, span.to, stepMs, lookBackMs],
  );
  const known = new Map<string, (typeof rows)[number]>();
  const points: PastPrice[] = [];
  rows.forEach((row, index) => {
    known.set(`${row.base}/${row.quote}`, row);
    if (rows[index + 1]?.step === row.step) return;
    const mid = middle([...known.values()], pair);
    const at = Math.max(Number(row.loaded_at), span.from);
    if (mid !== undefined) points.push({ at: new Date(at).toISOString(), mid });
  });
  return points;
}

function middle(
  rows: readonly { base: string; quote: string; price: string }[],
  pair: { readonly from: string; readonly to: string },
): string | undefined {
  const rates = rows.map(({ base, quote, price }) => ({
    base,
    quote,
    price,
    source: '',
    date: '',
    realAt: 0,
    ageLimitMs: null,
  }));
  return new RateBoard(rates, 0).middle(pair.from, pair.to);
}
