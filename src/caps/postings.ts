// What moving a deposit does to the books: between the wallet's deposit and the bank it lies at.

import type { Posting } from '../ledger/posting.ts';

/** The accounts of one wallet's deposit, both of its currency. */
export interface DepositAccounts {
  readonly deposit: number;
  readonly safeguard: number;
}

/**
 * A top-up is owed to the wallet and lies at the bank; a withdrawal is the same the other way
 * round. No position is touched: what a deposit gives is room, and it pays no debt by itself.
 */
export function depositPosting(
  kind: 'top_up' | 'withdrawal',
  { deposit, safeguard }: DepositAccounts,
  amount: bigint,
): Posting {
  return kind === 'top_up'
    ? { reason: 'deposit_top_up', debitAccount: safeguard, creditAccount: deposit, amount }
    : { reason: 'deposit_withdrawal', debitAccount: deposit, creditAccount: safeguard, amount };
}
