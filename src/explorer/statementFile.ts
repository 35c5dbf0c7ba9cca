// An account's statement as CSV, written while it is read: opening balance, movements, closing.

import type { Part } from '../clearing/pace.ts';
import { csvLine } from '../files/csv.ts';
import { decimalText, money } from '../money/money.ts';
import { formatTime } from '../wire/time.ts';
import { readStatement } from './statementCommands.ts';
import { balanceOf, type LedgerAccount, noSums } from './sums.ts';
import type { ExplorerWorld, Trial } from './trialCommands.ts';
import { accountNames } from './view.ts';

const columns = [
  'time',
  'journal',
  'posting',
  'reason',
  'other_account',
  'currency',
  'debit',
  'credit',
  'balance',
];

/**
 * The lines of the file, some thousand at a time. Amounts are in whole units with the currency's
 * decimals; a balance is debits less credits. `opening` is the trial balance of the beginning.
 */
export async function* statementFile(
  world: ExplorerWorld,
  account: LedgerAccount,
  time: Part,
  opening: Trial,
): AsyncGenerator<string> {
  const { currency } = account;
  const text = (minor: bigint) => decimalText(money(currency, minor));
  const nameOf = await accountNames(world);
  let balance = balanceOf(opening.sums.get(account.accountId) ?? noSums);
  const total = (at: number, word: string) =>
    csvLine([formatTime(at), '', '', word, '', currency, '', '', text(balance)]);
  yield csvLine(columns) + total(time.from, 'opening_balance');
  for await (const lines of readStatement(world, account, time, balance)) {
    yield lines
      .map((line) => {
        const { at, journalNumber, ordinal, reason, otherAccount, side, amount } = line;
        balance = line.balance;
        return csvLine([
          formatTime(at),
          String(journalNumber),
          String(ordinal),
          reason,
          nameOf(otherAccount),
          currency,
          side === 'debit' ? text(amount) : '',
          side === 'credit' ? text(amount) : '',
          text(balance),
        ]);
      })
      .join('');
  }
  yield total(time.to, 'closing_balance');
}
