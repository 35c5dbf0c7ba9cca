// SQL of the console: reads over all lanes, outside the money's way.

import { laneOfSlot, slotOfNumber } from '../../base/id.ts';
import { numberArray } from '../../base/sqlArray.ts';
import type { Database } from '../../base/world.ts';
import type { PostingRow } from './rows.ts';

/** What was refunded of these payments so far, in minor units; without a refund one is absent. */
export async function refundedOf(
  database: Database,
  lanes: number,
  paymentNumbers: readonly number[],
): Promise<Map<number, string>> {
  const rows = await database.query<{ payment_number: string; amount: string }>(
    'select u.n as payment_number, r.amount from unnest($1::text::smallint[], ' +
      '$2::text::bigint[]) u(lane, n) cross join lateral (select sum(t.amount)::text as amount ' +
      'from refunds t where t.lane = u.lane and t.payment_number = u.n ' +
      "and t.state = 'SUCCESS' offset 0) r where r.amount is not null",
    [
      numberArray(paymentNumbers.map((number) => laneOfSlot(slotOfNumber(number), lanes))),
      numberArray(paymentNumbers),
    ],
  );
  return new Map(rows.map((row) => [Number(row.payment_number), row.amount]));
}

/** Postings of a payment's own journal, and of those that gave some of it back. */
export function postingsOfJournals(
  database: Database,
  lanes: number,
  paymentNumber: number,
  journalNumbers: readonly number[],
): Promise<PostingRow[]> {
  return database.query<PostingRow>(
    'select p.journal_number, p.ordinal, p.reason, p.debit_account, p.credit_account, p.amount, ' +
      'p.posted_at from unnest($2::text::bigint[]) u(n) cross join lateral (select * from ' +
      'postings t where t.lane = $1 and t.journal_number = u.n offset 0) p ' +
      'order by p.journal_number, p.ordinal',
    [laneOfSlot(slotOfNumber(paymentNumber), lanes), numberArray(journalNumbers)],
  );
}

export interface BalanceRow {
  readonly account_id: number;
  readonly debits_pending: string;
  readonly debits_posted: string;
  readonly credits_pending: string;
  readonly credits_posted: string;
}

/** Every account's sums over its slices. */
export function balances(database: Database): Promise<BalanceRow[]> {
  return database.query<BalanceRow>(
    'select account_id, sum(debits_pending)::text as debits_pending, ' +
      'sum(debits_posted)::text as debits_posted, sum(credits_pending)::text as credits_pending, ' +
      'sum(credits_posted)::text as credits_posted from account_slices group by account_id ' +
      'order by account_id',
  );
}
