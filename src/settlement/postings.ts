// What settling does to the books: from the position through what is under way to the bank.

import type { Posting, SettlementReason } from '../ledger/posting.ts';

/** The accounts of one agreement's settlement, all of one currency. */
export interface SettlementAccounts {
  readonly position: number;
  readonly transit: number;
  readonly bank: number;
}

/** A movement from `from` to `to` in the sense of credits: `from` is debited. */
function move(reason: SettlementReason, from: number, to: number, amount: bigint): Posting[] {
  if (amount === 0n) return [];
  return amount > 0n
    ? [{ reason, debitAccount: from, creditAccount: to, amount }]
    : [{ reason, debitAccount: to, creditAccount: from, amount: -amount }];
}

/**
 * The order to pay has gone to the bank: what the network owed is under way. A participant that
 * must pay itself goes on owing until its money has come: its cap is not free a moment earlier.
 */
export function sentPostings(accounts: SettlementAccounts, amount: bigint): Posting[] {
  if (amount < 0n) return [];
  return move('settlement_sent', accounts.position, accounts.transit, amount);
}

/** How much of what has come counts towards what was to be paid: never more than that. */
function counted(amount: bigint, banked: bigint): bigint {
  const due = -amount;
  const came = -banked;
  return came < 0n ? 0n : came > due ? due : came;
}

/**
 * A line of the bank's statement: `entry` after lines that came to `before`, all positive where
 * the network paid. What a participant pays makes its position less, up to what was due; what is
 * too much or too little stays in `transit`, or in the position, for everybody to see.
 */
export function bankPostings(
  accounts: SettlementAccounts,
  amount: bigint,
  before: bigint,
  entry: bigint,
): Posting[] {
  const { position, transit, bank } = accounts;
  const moved = move('settlement_at_bank', transit, bank, entry);
  if (amount > 0n) return moved;
  const received = counted(amount, before + entry) - counted(amount, before);
  return [...moved, ...move('settlement_received', transit, position, received)];
}
