// SQL of bank statements: the network's accounts at its banks, the batches that lines may be for.

import { textArray } from '../base/sqlArray.ts';
import type { Database, Statement } from '../base/world.ts';
import { lockedBatch } from '../settlement/store.ts';
import type { BookedLine, KnownBatch } from './bankMatch.ts';

/** An account of the network at a bank. */
export interface BankAccount {
  readonly currency: string;
  /** IBAN or the bank's other number, as statements name it. */
  readonly account: string;
}

export async function readBankAccounts(database: Database): Promise<BankAccount[]> {
  return database.query<BankAccount>(
    'select currency, account from bank_accounts order by currency, account',
  );
}

/** Adds one; the same again changes nothing. */
export async function writeBankAccount(
  database: Database,
  { currency, account }: BankAccount,
  by: string,
  at: number,
): Promise<void> {
  await database.query(
    'insert into bank_accounts (currency, account, added_by, added_at) ' +
      'values ($1, $2, $3, $4) on conflict (currency, account) do nothing',
    [currency, account, by, at],
  );
}

/** Every batch that is sent, and those of some ids, with what the bank has moved for them. */
export async function batchesFor(
  database: Database,
  ids: readonly string[],
): Promise<KnownBatch[]> {
  const wanted =
    'select b.settlement_batch_id, b.account_id, b.settlement_day, b.value_day, b.amount, ' +
    'b.state, a.currency from settlement_batches b join accounts a using (account_id) ' +
    "where b.state = 'SENT' or b.settlement_batch_id = any($1::text[])";
  const [batches = [], entries = []] = await database.session('reconciliation reads').run([
    { text: wanted, values: [textArray(ids)] },
    {
      text:
        'select e.settlement_batch_id, e.bank_reference, e.amount, e.value_day ' +
        `from (${wanted}) w join bank_entries e using (settlement_batch_id)`,
      values: [textArray(ids)],
    },
  ]);
  return batches.flatMap((row) => {
    const own = entries.filter((each) => each[0] === row[0]);
    const history = lockedBatch([[row], [], own]);
    return history === undefined ? [] : [{ ...history, currency: row[6] as string }];
  });
}

/** Lines that are booked, by reference. */
export async function bookedLines(
  database: Database,
  currency: string,
  references: readonly string[],
): Promise<Map<string, BookedLine>> {
  const rows = await database.query<{
    bank_reference: string;
    settlement_batch_id: string;
    amount: string;
    account: string | null;
  }>(
    'select bank_reference, settlement_batch_id, amount, account from bank_entries ' +
      'where currency = $1 and bank_reference = any($2::text[])',
    [currency, textArray(references)],
  );
  return new Map(
    rows.map((row) => [
      row.bank_reference,
      {
        settlementBatchId: row.settlement_batch_id,
        amount: BigInt(row.amount),
        account: row.account,
      },
    ]),
  );
}

/** The runs of an account that read a statement of a name, with how many balances differed. */
export function runsOfStatement(accountId: number, statementId: string): Statement {
  return {
    text:
      'select run_id, digest, found from reconciliation_runs ' +
      'where account_id = $1 and statement_id = $2 order by run_at, run_id',
    values: [accountId, statementId],
  };
}

/** Notes which statement a run has read. */
export function nameStatement(runId: string, statementId: string): Statement {
  return {
    text: 'update reconciliation_runs set statement_id = $2 where run_id = $1',
    values: [runId, statementId],
  };
}

/** The bank has sent the statement again, and now it comes to its balance. */
export function endBalanceBreak(
  accountId: number,
  statementName: string,
  by: string,
  at: number,
): Statement {
  return {
    text:
      "update reconciliation_breaks set state = 'RESOLVED', resolution = 'corrected_file', " +
      "resolved_by = $3, resolved_at = $4 where account_id = $1 and kind = 'balance_differs' " +
      "and item_key = 'statement/' || $2::text and state <> 'RESOLVED'",
    values: [accountId, statementName, by, at],
  };
}
