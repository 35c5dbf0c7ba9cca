// SQL of clearing: the end of a day in the lanes, which journals count, days and their batches.

import { present } from '../base/assert.ts';
import { numberArray } from '../base/sqlArray.ts';
import type { Database, Statement } from '../base/world.ts';
import { type ClearingDay, clearingDayOf } from '../calendar/clearingDay.ts';
import { type Agreement, agreementIdOf, type ClearingBatch } from './batch.ts';

/** Every agreement there is, in the order in which they began. */
export async function readAgreements(database: Database): Promise<Agreement[]> {
  const rows = await database.query<{
    account_id: number;
    participant_id: string;
    name: string;
    role: 'wallet' | 'acquirer';
    market: string;
    currency: string;
    created_at: string;
  }>(
    'select a.account_id, p.participant_id, p.name, p.role, p.market, a.currency, a.created_at ' +
      "from accounts a join participants p using (participant_id) where a.kind = 'position' " +
      'order by a.account_id',
  );
  return rows.map((row) => ({
    agreementId: agreementIdOf(row.participant_id, row.currency),
    accountId: row.account_id,
    participantId: row.participant_id,
    participantName: row.name,
    role: row.role,
    market: row.market,
    currency: row.currency,
    since: clearingDayOf(Number(row.created_at)),
  }));
}

/**
 * Ends the time before `notBefore` in a lane. Waits for the tick that is at it; every later one
 * reads this with its lock. Whoever runs it again changes nothing.
 */
export function endTime(lane: number, notBefore: number): Statement {
  return {
    text: 'update lanes set not_before = $2 where lane = $1 and not_before < $2',
    values: [lane, notBefore],
  };
}

/** Whether a journal `j` is a refund's. Each look-up stays one by key, whatever is planned. */
const isRefund =
  'exists (select 1 from refunds r where r.refund_number = j.journal_number offset 0)';

/** Whether a journal `j` is of a payment that was cancelled, or what took one back. */
const isUndone =
  '(exists (select 1 from cancellations c where c.lane = j.lane ' +
  'and c.payment_number = j.journal_number and c.journal_number is not null offset 0) ' +
  'or exists (select 1 from cancellations c where c.journal_number = j.journal_number offset 0))';

/**
 * The journals of a stretch of time that count: of payments that were not cancelled, and of
 * refunds. $1 and $2 are its ends. What undoes a payment is dated after the day's end and is left
 * out like the payment itself.
 */
export const countedJournals =
  '(select j.lane, j.journal_number, j.posted_at, j.reasons, j.debit_accounts, ' +
  `j.credit_accounts, j.amounts, ${isRefund} as is_refund ` +
  `from journals j where j.posted_at >= $1 and j.posted_at < $2 and not ${isUndone})`;

/** The parts of a net amount by the reasons of postings; `s` is the signed amount. */
export const amountsByReason =
  "sum(case when e.reason in ('principal', 'spread', 'rounding', 'settlement') " +
  'then e.s else 0 end) as gross, ' +
  "sum(case when e.reason in ('interchange_from_acquirer', 'interchange_to_wallet') " +
  'then e.s else 0 end) as interchange, ' +
  "sum(case when e.reason in ('acquirer_service_fee', 'wallet_service_fee') " +
  'then e.s else 0 end) as service_fee';

/** The planner's ways of reading that cost more the larger a table is. */
const unindexed = ['seqscan', 'bitmapscan', 'hashjoin', 'mergejoin'];

/** The same for what comes in an index's order, or in none. */
export const unindexedOrSorted: readonly string[] = [...unindexed, 'sort'];

/**
 * Statements of one transaction that read by indexes only: tables that were never analysed look
 * small to the planner, and it would read them whole. One with a name is planned once: the server
 * could go on planning it for each part, which takes longer than reading it. The rows at `answerAt`
 * are the answer.
 */
export function readByIndex(
  statement: Statement,
  avoided: readonly string[] = unindexed,
): Statement[] {
  const isPlannedOnce = statement.name !== undefined;
  const settings = [
    ...avoided.map((way) => `set_config('enable_${way}', 'off', true)`),
    ...(isPlannedOnce ? ["set_config('plan_cache_mode', 'force_generic_plan', true)"] : []),
  ];
  const name = ['read', ...(isPlannedOnce ? ['once'] : []), ...avoided].join('.');
  return [
    // One view of the books for all of it: each look at who is at work keeps commits waiting.
    { name: 'read.begin', text: 'begin isolation level repeatable read read only', values: [] },
    { name, text: `select ${settings.join(', ')}`, values: [] },
    statement,
    { name: 'read.commit', text: 'commit', values: [] },
  ];
}

/** Where the answer is among the rows of `readByIndex`. */
export const answerAt = 2;

/** Writes a closed day with its batches; nothing at all when somebody else has closed it. */
export function writeDay(
  day: ClearingDay,
  batches: readonly ClearingBatch[],
  by: string,
  now: number,
): Statement[] {
  const list = (pick: (batch: ClearingBatch) => number | bigint) => numberArray(batches.map(pick));
  return [
    {
      text: 'insert into clearing_days (day, closed_at, closed_by) values ($1, $2, $3)',
      values: [day, now, by],
    },
    {
      text:
        'insert into clearing_batches (account_id, day, clearing_batch_id, payment_count, ' +
        'payment_gross, payment_interchange, payment_service_fee, refund_count, refund_gross, ' +
        'refund_interchange, refund_service_fee, net, checksum) select u.account, $1::integer, ' +
        'u.id, u.pc, u.pg, u.pi, u.pf, u.rc, u.rg, u.ri, u.rf, u.net, u.checksum ' +
        'from unnest($2::integer[], $3::text[], $4::bigint[], $5::bigint[], $6::bigint[], ' +
        '$7::bigint[], $8::bigint[], $9::bigint[], $10::bigint[], $11::bigint[], $12::bigint[], ' +
        '$13::numeric[]) u(account, id, pc, pg, pi, pf, rc, rg, ri, rf, net, checksum)',
      values: [
        day,
        list((batch) => batch.accountId),
        `{${batches.map((batch) => batch.clearingBatchId).join(',')}}`,
        list((batch) => batch.payments.count),
        list((batch) => batch.payments.gross),
        list((batch) => batch.payments.interchange),
        list((batch) => batch.payments.serviceFee),
        list((batch) => batch.refunds.count),
        list((batch) => batch.refunds.gross),
        list((batch) => batch.refunds.interchange),
        list((batch) => batch.refunds.serviceFee),
        list((batch) => batch.net),
        list((batch) => batch.checksum),
      ],
    },
  ];
}

/** A closed day. */
export interface ClosedDay {
  readonly day: ClearingDay;
  readonly closedAt: number;
  readonly closedBy: string;
}

/** Closed days, the last one first. */
export async function readClosedDays(database: Database, most: number): Promise<ClosedDay[]> {
  const rows = await database.query<{ day: number; closed_at: string; closed_by: string }>(
    'select day, closed_at, closed_by from clearing_days order by day desc limit $1',
    [most],
  );
  return rows.map((row) => ({
    day: row.day,
    closedAt: Number(row.closed_at),
    closedBy: row.closed_by,
  }));
}

interface BatchRow {
  account_id: number;
  day: number;
  clearing_batch_id: string;
  payment_count: string;
  payment_gross: string;
  payment_interchange: string;
  payment_service_fee: string;
  refund_count: string;
  refund_gross: string;
  refund_interchange: string;
  refund_service_fee: string;
  net: string;
  checksum: string;
  settlement_batch_id: string | null;
}

function batchFrom(row: BatchRow): ClearingBatch {
  return {
    clearingBatchId: row.clearing_batch_id,
    accountId: row.account_id,
    day: row.day,
    payments: {
      count: Number(row.payment_count),
      gross: BigInt(row.payment_gross),
      interchange: BigInt(row.payment_interchange),
      serviceFee: BigInt(row.payment_service_fee),
    },
    refunds: {
      count: Number(row.refund_count),
      gross: BigInt(row.refund_gross),
      interchange: BigInt(row.refund_interchange),
      serviceFee: BigInt(row.refund_service_fee),
    },
    net: BigInt(row.net),
    checksum: BigInt(row.checksum),
    settlementBatchId: row.settlement_batch_id,
  };
}

/** The batches of one day. */
export async function batchesOfDay(database: Database, day: ClearingDay): Promise<ClearingBatch[]> {
  const rows = await database.query<BatchRow>(
    'select * from clearing_batches where day = $1 order by account_id',
    [day],
  );
  return rows.map(batchFrom);
}

/** The batches of some accounts from a day to another, both included, the latest first. */
export async function batchesOfAccounts(
  database: Database,
  accounts: readonly number[],
  { from, to, most }: { from: ClearingDay; to: ClearingDay; most: number },
): Promise<ClearingBatch[]> {
  const rows = await database.query<BatchRow>(
    'select * from clearing_batches where account_id = any($1::text::integer[]) ' +
      'and day between $2 and $3 order by day desc, account_id limit $4',
    [numberArray(accounts), from, to, most],
  );
  return rows.map(batchFrom);
}

/** The batches that no settlement batch pays yet, the oldest first. */
export async function unsettledBatches(database: Database): Promise<ClearingBatch[]> {
  const rows = await database.query<BatchRow>(
    'select * from clearing_batches where settlement_batch_id is null order by day, account_id',
  );
  return rows.map(batchFrom);
}

/** One batch by its id. */
export async function findBatch(
  database: Database,
  clearingBatchId: string,
): Promise<ClearingBatch | undefined> {
  const rows = await database.query<BatchRow>(
    'select * from clearing_batches where clearing_batch_id = $1',
    [clearingBatchId],
  );
  return rows[0] === undefined ? undefined : batchFrom(rows[0]);
}

/** The batches that a settlement batch pays, the oldest first. */
export async function batchesOfSettlement(
  database: Database,
  settlementBatchId: string,
): Promise<ClearingBatch[]> {
  const rows = await database.query<BatchRow>(
    'select b.* from settlement_batches s join clearing_batches b using (account_id) ' +
      'where s.settlement_batch_id = $1 and b.settlement_batch_id = $1 order by b.day',
    [settlementBatchId],
  );
  return rows.map(batchFrom);
}

/** When a day was closed; the day must be. */
export async function closedAtOf(database: Database, day: ClearingDay): Promise<number> {
  const [row] = await database.query<{ closed_at: string }>(
    'select closed_at from clearing_days where day = $1',
    [day],
  );
  return Number(present(row, `closed day ${day}`).closed_at);
}
