// What settling has moved on a participant's account: the other half of its statement.

import type { Database } from '../base/world.ts';
import { beginningOf, type ClearingDay, clearingDayOf } from '../calendar/clearingDay.ts';
import type { AccountEntry } from './isoParts.ts';

/** Positive to the participant's good. */
export interface Movement {
  readonly settlementBatchId: string;
  readonly bankReference: string | null;
  readonly at: number;
  readonly valueDay: ClearingDay;
  readonly amount: bigint;
}

/** A day of an account: what it was before, and what settling moved in it. */
export interface AccountDay {
  readonly opening: bigint;
  readonly movements: readonly AccountEntry[];
}

/**
 * Reads it from the batches before the day and the journals of settling, which are few: one for
 * each order that was sent and each line of the bank. Days before the first batch have nothing.
 */
export async function readAccountDay(
  database: Database,
  accountId: number,
  day: ClearingDay,
  lanes: number,
): Promise<AccountDay> {
  const [cleared, moved] = await Promise.all([
    clearedBefore(database, accountId, day),
    movementsUntil(database, accountId, beginningOf(day + 1), lanes),
  ]);
  const begin = beginningOf(day);
  const before = moved.filter(({ at }) => at < begin);
  const within = moved.filter(({ at }) => at >= begin);
  return {
    opening: before.reduce((sum, { amount }) => sum + amount, cleared),
    movements: within.map(({ settlementBatchId, bankReference, at, valueDay, amount }) => ({
      reference: settlementBatchId,
      amount,
      bookedOn: clearingDayOf(at),
      valueDay,
      code: 'SETTLEMENT',
      bankReference: bankReference ?? undefined,
    })),
  };
}

/** A stretch of days of an account: what it was before, and what settling moved in it. */
export async function readAccountSpan(
  database: Database,
  accountId: number,
  { from, to }: { readonly from: ClearingDay; readonly to: ClearingDay },
  lanes: number,
): Promise<{ readonly opening: bigint; readonly movements: readonly Movement[] }> {
  const [cleared, moved] = await Promise.all([
    clearedBefore(database, accountId, from),
    movementsUntil(database, accountId, beginningOf(to + 1), lanes),
  ]);
  const begin = beginningOf(from);
  const before = moved.filter(({ at }) => at < begin);
  return {
    opening: before.reduce((sum, { amount }) => sum + amount, cleared),
    movements: moved.filter(({ at }) => at >= begin),
  };
}

async function clearedBefore(
  database: Database,
  accountId: number,
  day: ClearingDay,
): Promise<bigint> {
  const [row] = await database.query<{ net: string }>(
    'select coalesce(sum(net), 0)::text as net from clearing_batches ' +
      'where account_id = $1 and day < $2',
    [accountId, day],
  );
  return BigInt(row?.net ?? '0');
}

/** A journal's lane follows from its number, whose low 12 bits are its slot. */
async function movementsUntil(
  database: Database,
  accountId: number,
  end: number,
  lanes: number,
): Promise<Movement[]> {
  const rows = await database.query<{
    settlement_batch_id: string;
    bank_reference: string | null;
    posted_at: string;
    value_day: number;
    amount: string;
  }>(
    'select m.settlement_batch_id, m.bank_reference, j.posted_at, m.value_day, ' +
      'x.amount::text as amount from (' +
      'select s.settlement_batch_id, null::text as bank_reference, s.journal_number, ' +
      'b.value_day from settlement_batches b join settlement_steps s ' +
      'using (settlement_batch_id) where b.account_id = $1 and s.journal_number is not null ' +
      'union all select e.settlement_batch_id, e.bank_reference, e.journal_number, e.value_day ' +
      'from settlement_batches b join bank_entries e using (settlement_batch_id) ' +
      'where b.account_id = $1) m cross join lateral (select * from journals a ' +
      'where a.lane = ((m.journal_number % 4096) / (4096 / $3::integer))::smallint ' +
      'and a.journal_number = m.journal_number offset 0) j ' +
      'cross join lateral (select sum(case when u.debit = $1 then -u.amount else u.amount end) ' +
      'as amount from unnest(j.debit_accounts, j.credit_accounts, j.amounts) ' +
      'u(debit, credit, amount) where $1 in (u.debit, u.credit)) x ' +
      'where x.amount <> 0 and j.posted_at < $2 order by j.posted_at, j.journal_number',
    [accountId, end, lanes],
  );
  return rows.map((row) => ({
    settlementBatchId: row.settlement_batch_id,
    bankReference: row.bank_reference,
    at: Number(row.posted_at),
    valueDay: row.value_day,
    amount: BigInt(row.amount),
  }));
}
