// SQL of the console: reads over all lanes, outside the money's way.

import { laneOfSlot, slotOfNumber } from '../../base/id.ts';
import type { Database } from '../../base/world.ts';
import type { PostingRow } from './rows.ts';

export interface PaymentFilter {
  readonly state?: string;
  readonly walletId?: string;
  readonly acquirerId?: string;
  /** A payment's number, from a public id. */
  readonly paymentNumber?: number;
  /** The start of an acquirer's paymentRequestId. */
  readonly requestId?: string;
  readonly limit: number;
}

/**
 * Numbers of payments, newest first. A lane's numbers grow with time (but for the slot), so each
 * lane is read from its end and no further than needed.
 */
export async function findPaymentNumbers(
  database: Database,
  filter: PaymentFilter,
): Promise<number[]> {
  const rows = await database.query<{ payment_number: string }>(
    'select p.payment_number from lanes l cross join lateral (select p.payment_number, ' +
      'p.created_at from payments p where p.lane = l.lane ' +
      'and ($1::text is null or p.state = $1) ' +
      'and ($2::text is null or exists (select 1 from legs g where g.lane = p.lane ' +
      'and g.payment_number = p.payment_number and g.wallet_id = $2)) ' +
      "and ($3::text is null or starts_with(p.request_key, $3 || '/')) " +
      'and ($4::bigint is null or p.payment_number = $4) ' +
      "and ($5::text is null or starts_with(split_part(p.request_key, '/', 2), $5)) " +
      'order by p.payment_number desc limit $6) p ' +
      'order by p.created_at desc, p.payment_number desc limit $6',
    [
      filter.state ?? null,
      filter.walletId ?? null,
      filter.acquirerId ?? null,
      filter.paymentNumber ?? null,
      filter.requestId ?? null,
      filter.limit,
    ],
  );
  return rows.map((row) => Number(row.payment_number));
}

/** How many payments stand in each state. */
export async function countStates(database: Database): Promise<Record<string, number>> {
  const rows = await database.query<{ state: string; count: string }>(
    'select state, count(*) as count from payments group by state',
  );
  return Object.fromEntries(rows.map((row) => [row.state, Number(row.count)]));
}

export function postingsOfPayment(
  database: Database,
  lanes: number,
  paymentNumber: number,
): Promise<PostingRow[]> {
  return database.query<PostingRow>(
    'select journal_number, ordinal, reason, debit_account, credit_account, amount, posted_at ' +
      'from postings where lane = $1 and journal_number = $2 order by ordinal',
    [laneOfSlot(slotOfNumber(paymentNumber), lanes), paymentNumber],
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
