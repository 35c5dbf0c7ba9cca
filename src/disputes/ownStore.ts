// SQL of one participant's own disputes.

import { textArray } from '../base/sqlArray.ts';
import type { Database } from '../base/world.ts';
import type { findDisputes } from './store.ts';

/**
 * Disputes of one participant in some states, the newest first, and how many are in each state:
 * those that a wallet has asked, or that an acquirer has to answer.
 */
export async function findDisputesOf(
  database: Database,
  { participantId, role }: { participantId: string; role: 'wallet' | 'acquirer' },
  states: readonly string[],
  most: number,
): ReturnType<typeof findDisputes> {
  const own =
    role === 'wallet'
      ? "starts_with(d.request_key, $1 || '/')"
      : 'exists (select 1 from payments p where p.lane = d.lane ' +
        "and p.payment_number = d.payment_number and starts_with(p.request_key, $1 || '/'))";
  const [rows, counted] = await Promise.all([
    database.query<{ payment_number: string; dispute_number: number }>(
      'select d.payment_number, d.dispute_number from disputes d ' +
        `where d.state = any($2::text::text[]) and ${own} ` +
        'order by d.created_at desc, d.payment_number desc, d.dispute_number desc limit $3',
      [participantId, textArray(states), most],
    ),
    database.query<{ state: string; count: string }>(
      `select d.state, count(*) as count from disputes d where ${own} group by d.state`,
      [participantId],
    ),
  ]);
  return {
    found: rows.map((row) => ({
      paymentNumber: Number(row.payment_number),
      disputeNumber: row.dispute_number,
    })),
    counts: Object.fromEntries(counted.map((row) => [row.state, Number(row.count)])),
  };
}
