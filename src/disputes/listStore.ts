// SQL of lists of disputes, everybody's or one participant's: the newest of some states, counts.

import { textArray } from '../base/sqlArray.ts';
import type { Database, Statement } from '../base/world.ts';

/** Whose disputes are looked for: everybody's, those that a wallet asked, those of an acquirer. */
type DisputesOf = { readonly [role in 'wallet' | 'acquirer']?: string };

/** What was found, and how many there are in each state. */
export interface DisputesFound {
  readonly found: readonly { readonly paymentNumber: number; readonly disputeNumber: number }[];
  readonly counts: Readonly<Record<string, number>>;
}

/**
 * Disputes in some states over all lanes, the newest first, and how many are in each state. Each
 * state is read from the end of an index that has it in the order of time, so that the list costs
 * what it shows; counting reads the index alone.
 */
export async function findDisputes(
  database: Database,
  states: readonly string[],
  most: number,
  of: DisputesOf = {},
): Promise<DisputesFound> {
  const [found, counts] = disputeReads(states, most, of);
  const [rows, counted] = await Promise.all([
    database.query<{ payment_number: string; dispute_number: number }>(found.text, found.values),
    database.query<{ state: string; count: string }>(counts.text, counts.values),
  ]);
  return {
    found: rows.map((row) => ({
      paymentNumber: Number(row.payment_number),
      disputeNumber: row.dispute_number,
    })),
    counts: Object.fromEntries(counted.map((row) => [row.state, Number(row.count)])),
  };
}

/** The list and the counts of `findDisputes`. */
export function disputeReads(
  states: readonly string[],
  most: number,
  of: DisputesOf,
): readonly [Statement, Statement] {
  const [own, whose] =
    of.wallet !== undefined
      ? ["split_part(d.request_key, '/', 1) = $1", of.wallet]
      : of.acquirer !== undefined
        ? ['d.acquirer_id = $1', of.acquirer]
        : ['$1::text is null', null];
  const newest = 'created_at desc, payment_number desc, dispute_number desc';
  return [
    {
      text:
        'select f.payment_number, f.dispute_number from unnest($2::text::text[]) s(state) ' +
        'cross join lateral (select d.payment_number, d.dispute_number, d.created_at ' +
        `from disputes d where ${own} and d.state = s.state order by ${newest} limit $3) f ` +
        `order by ${newest} limit $3`,
      values: [whose, textArray(states), most],
    },
    {
      text: `select d.state, count(*) as count from disputes d where ${own} group by d.state`,
      values: [whose],
    },
  ];
}
