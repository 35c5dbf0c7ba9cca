// SQL of settlement: terms, batches, steps, and the bank's lines.

import { numberArray, textArray } from '../base/sqlArray.ts';
import type { Database, Row, Statement } from '../base/world.ts';
import type { ClearingDay } from '../calendar/clearingDay.ts';
import type { Adjustment, SettlementTerms } from './netting.ts';
import type { BankEntry, SettlementBatch, SettlementState, SettlementStep } from './settlement.ts';

/** What was agreed, by participant, where it is not the usual. */
export async function readTerms(database: Database): Promise<Map<string, SettlementTerms>> {
  const rows = await database.query<{
    participant_id: string;
    days_after: number;
    minimum_amount: string;
  }>('select participant_id, days_after, minimum_amount from settlement_terms');
  return new Map(
    rows.map((row) => [
      row.participant_id,
      { daysAfter: row.days_after, minimumAmount: BigInt(row.minimum_amount) },
    ]),
  );
}

/** Agrees on terms; batches that exist stay as they are. */
export async function writeTerms(
  database: Database,
  participantId: string,
  terms: SettlementTerms,
): Promise<void> {
  await database.query(
    'insert into settlement_terms (participant_id, days_after, minimum_amount) ' +
      'values ($1, $2, $3) on conflict (participant_id) do update ' +
      'set days_after = excluded.days_after, minimum_amount = excluded.minimum_amount',
    [participantId, terms.daysAfter, terms.minimumAmount],
  );
}

const batchColumns = 'settlement_batch_id, account_id, settlement_day, value_day, amount, state';

function batchFrom(row: Row): SettlementBatch {
  return {
    settlementBatchId: row[0] as string,
    accountId: row[1] as number,
    settlementDay: row[2] as number,
    valueDay: row[3] as number,
    amount: BigInt(row[4] as string),
    state: row[5] as SettlementState,
  };
}

/** One who nets at a time; readers and other steps go on. */
export const lockNetting: Statement = {
  text: 'lock table settlement_batches in share row exclusive mode',
  values: [],
};

/** Accounts that have a settlement batch of a day already. */
export function settledOn(day: ClearingDay): Statement {
  return {
    text: 'select account_id from settlement_batches where settlement_day = $1',
    values: [day],
  };
}

/** Writes a new batch with its first step, and the clearing batches and write-offs it pays. */
export function insertBatch(
  batch: SettlementBatch,
  pays: { readonly days: readonly ClearingDay[]; readonly breakIds: readonly string[] },
  by: string,
  at: number,
): Statement[] {
  return [
    {
      text: `insert into settlement_batches (${batchColumns}) values ($1, $2, $3, $4, $5, $6)`,
      values: [
        batch.settlementBatchId,
        batch.accountId,
        batch.settlementDay,
        batch.valueDay,
        batch.amount,
        batch.state,
      ],
    },
    {
      text:
        'update clearing_batches set settlement_batch_id = $1 ' +
        'where account_id = $2 and day = any($3::integer[]) and settlement_batch_id is null',
      values: [batch.settlementBatchId, batch.accountId, numberArray(pays.days)],
    },
    {
      text:
        'update settlement_adjustments set settlement_batch_id = $1 ' +
        'where break_id = any($2::text[]) and settlement_batch_id is null',
      values: [batch.settlementBatchId, textArray(pays.breakIds)],
    },
    insertStep(batch.settlementBatchId, { state: batch.state, by, at }, null),
  ];
}

/** What was written off is to be settled; its journal is posted in the same transaction. */
export function insertAdjustment(
  { breakId, accountId, amount }: Adjustment,
  journalNumber: number,
  at: number,
): Statement {
  return {
    text:
      'insert into settlement_adjustments ' +
      '(break_id, account_id, amount, journal_number, posted_at) values ($1, $2, $3, $4, $5)',
    values: [breakId, accountId, amount, journalNumber, at],
  };
}

/** Write-offs that no batch pays yet, or those that one pays. */
export async function readAdjustments(
  database: Database,
  settlementBatchId: string | null,
): Promise<Adjustment[]> {
  const rows = await database.query<{ break_id: string; account_id: number; amount: string }>(
    'select break_id, account_id, amount from settlement_adjustments ' +
      'where settlement_batch_id is not distinct from $1 order by break_id',
    [settlementBatchId],
  );
  return rows.map((row) => ({
    breakId: row.break_id,
    accountId: row.account_id,
    amount: BigInt(row.amount),
  }));
}

/** Reads a batch, its steps and its bank lines, and keeps others from changing it. */
export function lockBatch(settlementBatchId: string): Statement[] {
  return [
    {
      text:
        `select ${batchColumns} from settlement_batches ` +
        'where settlement_batch_id = $1 for update',
      values: [settlementBatchId],
    },
    {
      text:
        'select settlement_batch_id, state, done_by, done_at from settlement_steps ' +
        'where settlement_batch_id = $1 order by done_at',
      values: [settlementBatchId],
    },
    {
      text:
        'select settlement_batch_id, bank_reference, amount, value_day from bank_entries ' +
        'where settlement_batch_id = $1 order by entered_at, bank_reference',
      values: [settlementBatchId],
    },
  ];
}

/** The rows of `lockBatch`; undefined where there is no such batch. */
export function lockedBatch(results: readonly (readonly Row[])[]): BatchHistory | undefined {
  const [[batch] = [], steps = [], entries = []] = results;
  if (batch === undefined) return undefined;
  return { batch: batchFrom(batch), steps: steps.map(stepFrom), entries: entries.map(entryFrom) };
}

/** A batch with all that happened to it. */
export interface BatchHistory {
  readonly batch: SettlementBatch;
  readonly steps: readonly SettlementStep[];
  readonly entries: readonly BankEntry[];
}

const stepFrom = (row: Row): SettlementStep => ({
  state: row[1] as SettlementState,
  by: row[2] as string,
  at: Number(row[3]),
});

const entryFrom = (row: Row): BankEntry => ({
  bankReference: row[1] as string,
  amount: BigInt(row[2] as string),
  valueDay: row[3] as number,
});

export function moveState(settlementBatchId: string, state: SettlementState): Statement {
  return {
    text: 'update settlement_batches set state = $2 where settlement_batch_id = $1',
    values: [settlementBatchId, state],
  };
}

export function insertStep(
  settlementBatchId: string,
  step: SettlementStep,
  journalNumber: number | null,
): Statement {
  return {
    text:
      'insert into settlement_steps (settlement_batch_id, state, done_by, done_at, ' +
      'journal_number) values ($1, $2, $3, $4, $5)',
    values: [settlementBatchId, step.state, step.by, step.at, journalNumber],
  };
}

/** A bank's reference that is known, for whatever batch. */
export function findEntry(currency: string, bankReference: string): Statement {
  return {
    text:
      'select settlement_batch_id, bank_reference, amount, value_day, account ' +
      'from bank_entries where currency = $1 and bank_reference = $2',
    values: [currency, bankReference],
  };
}

/** The row of `findEntry`. */
export function foundEntry(
  rows: readonly Row[],
): (BankEntry & { settlementBatchId: string }) | undefined {
  const [row] = rows;
  if (row === undefined) return undefined;
  const account = row[4] === null ? {} : { account: row[4] as string };
  return { ...entryFrom(row), ...account, settlementBatchId: row[0] as string };
}

export function insertEntry(
  settlementBatchId: string,
  currency: string,
  entry: BankEntry,
  journalNumber: number,
  by: string,
  at: number,
): Statement {
  return {
    text:
      'insert into bank_entries (currency, bank_reference, settlement_batch_id, amount, ' +
      'value_day, journal_number, entered_by, entered_at, account) ' +
      'values ($1, $2, $3, $4, $5, $6, $7, $8, $9)',
    values: [
      currency,
      entry.bankReference,
      settlementBatchId,
      entry.amount,
      entry.valueDay,
      journalNumber,
      by,
      at,
      entry.account ?? null,
    ],
  };
}

/**
 * Batches with their histories: those that are not finished first, then the latest. Of some
 * accounts only where these are named.
 */
export async function readHistories(
  database: Database,
  most: number,
  accounts?: readonly number[],
): Promise<BatchHistory[]> {
  const values = [most, accounts === undefined ? null : numberArray(accounts)];
  const own = 'where $2::text is null or account_id = any($2::text::integer[]) ';
  const [batches = [], steps = [], entries = []] = await database.session('settlement reads').run([
    {
      text:
        `select ${batchColumns} from settlement_batches ${own}` +
        `order by ${unfinishedFirst} limit $1`,
      values,
    },
    ...['settlement_steps', 'bank_entries'].map((table) => ({
      text:
        `select x.settlement_batch_id, ${historyColumns[table]} from (select ` +
        `settlement_batch_id as id from settlement_batches ${own}` +
        `order by ${unfinishedFirst} limit $1) b ` +
        `join ${table} x on x.settlement_batch_id = b.id order by x.${historyOrder[table]}`,
      values,
    })),
  ]);
  return batches.map((row) => {
    const isOfIt = (each: Row) => each[0] === row[0];
    return {
      batch: batchFrom(row),
      steps: steps.filter(isOfIt).map(stepFrom),
      entries: entries.filter(isOfIt).map(entryFrom),
    };
  });
}

const unfinishedFirst = "(state = 'FINISHED'), settlement_day desc, account_id";

const historyColumns: Readonly<Record<string, string>> = {
  settlement_steps: 'x.state, x.done_by, x.done_at',
  bank_entries: 'x.bank_reference, x.amount, x.value_day',
};

const historyOrder: Readonly<Record<string, string>> = {
  settlement_steps: 'done_at',
  bank_entries: 'entered_at',
};

/** What each position and each account under way stands at, credits less debits. */
export async function readBalances(database: Database): Promise<Map<string, bigint>> {
  const rows = await database.query<{ name: string; net: string }>(
    'select a.name, sum(s.credits_posted - s.debits_posted)::text as net ' +
      "from accounts a join account_slices s using (account_id) where a.kind in ('position', " +
      "'transit') group by a.name",
  );
  return new Map(rows.map((row) => [row.name, BigInt(row.net)]));
}
