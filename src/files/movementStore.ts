// What settling and write-offs have moved on a participant's account: the rest of its statement.

import type { Database } from '../base/world.ts';
import { beginningOf, type ClearingDay, clearingDayOf } from '../calendar/clearingDay.ts';
import type { AccountEntry } from './isoParts.ts';

/** Positive to the participant's good. */
export interface Movement {
  /** The settlement batch, or the break that was written off. */
  readonly reference: string;
  readonly code: 'SETTLEMENT' | 'WRITE_OFF';
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
    movements: within.map(({ reference, code, bankReference, at, valueDay, amount }) => ({
      reference,
      amount,
      bookedOn: clearingDayOf(at),
      valueDay,
      code,
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
    reference: string;
    is_write_off: boolean;
    bank_reference: string | null;
    posted_at: string;
    value_day: number | null;
    amount: string;
  }>(
    'select m.reference, m.is_write_off, m.bank_reference, j.posted_at, m.value_day, ' +
      'x.amount::text as amount from (' +
      'select s.settlement_batch_id as reference, false as is_write_off, ' +
      'null::text as bank_reference, s.journal_number, ' +
      'b.value_day from settlement_batches b join settlement_steps s ' +
      'using (settlement_batch_id) where b.account_id = $1 and s.journal_number is not null ' +
      'union all select e.settlement_batch_id, false, e.bank_reference, e.journal_number, ' +
      'e.value_day from settlement_batches b join bank_entries e using (settlement_batch_id) ' +
      'where b.account_id = $1 ' +
      'union all select w.break_id, true, null, w.journal_number, null ' +
      'from settlement_adjustments w where w.account_id = $1) m ' +
      'cross join lateral (select * from journals a ' +
      'where a.lane = ((m.journal_number % 4096) / (4096 / $3::integer))::smallint ' +
      'and a.journal_number = m.journal_number offset 0) j ' +
      'cross join lateral (select sum(case when u.debit = $1 then -u.amount else u.amount end) ' +
      'as amount from unnest(j.debit_accounts, j.credit_accounts, j.amounts) ' +
      'u(debit, credit, amount) where $1 in (u.debit, u.credit)) x ' +
      'where x.amount <> 0 and j.posted_at < $2 order by j.posted_at, j.journal_number',
    [accountId, end, lanes],
  );
  return rows.map((row) => ({
    reference: row.reference,
    code: row.is_write_off ? 'WRITE_OFF' : 'SETTLEMENT',
    bankReference: row.bank_reference,
    at: Number(row.posted_at),
    valueDay: row.value_day ?? clearingDayOf(Number(row.posted_at)),
    amount: BigInt(row.amount),
  }));
}
