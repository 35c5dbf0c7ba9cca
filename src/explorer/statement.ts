// An account's statement: its movements with the balance after each, page by page.

import type { PostingReason } from '../ledger/posting.ts';

/** One posting as one of its two accounts sees it. */
export interface Movement {
  readonly at: number;
  readonly journalNumber: number;
  readonly ordinal: number;
  readonly reason: string;
  readonly side: 'debit' | 'credit';
  /** Minor units of the account's currency; greater than zero. */
  readonly amount: bigint;
  /** The account on the other side. */
  readonly otherAccount: number;
}

/** A movement, and what the account stood at after it: debits less credits. */
export interface StatementLine extends Movement {
  readonly balance: bigint;
}

/** What a movement adds to debits less credits. */
export function signed({ side, amount }: Movement): bigint {
  return side === 'debit' ? amount : -amount;
}

/**
 * Where a page goes on: at movements before this place in the order of time, journal and posting.
 * `balance` is what the account stood at there.
 */
export interface Cursor {
  readonly at: number;
  readonly journalNumber: number;
  readonly ordinal: number;
  readonly balance: bigint;
}

/** Four numbers and points between, as addresses and pages carry it. */
export function cursorText({ at, journalNumber, ordinal, balance }: Cursor): string {
  return [at, journalNumber, ordinal, balance].join('.');
}

export function readCursor(text: string): Cursor | undefined {
  const parts = /^(\d{1,16})\.(\d{1,16})\.(\d{1,5})\.(-?\d{1,30})$/.exec(text);
  if (parts === null) return undefined;
  const [at, journalNumber, ordinal] = parts.slice(1, 4).map(Number);
  if (at === undefined || journalNumber === undefined || ordinal === undefined) return undefined;
  return { at, journalNumber, ordinal, balance: BigInt(parts[4] ?? '0') };
}

/** Whether a movement lies before a cursor. */
export function isBefore(movement: Movement, cursor: Cursor): boolean {
  if (movement.at !== cursor.at) return movement.at < cursor.at;
  if (movement.journalNumber !== cursor.journalNumber) {
    return movement.journalNumber < cursor.journalNumber;
  }
  return movement.ordinal < cursor.ordinal;
}

const knownReasons: Readonly<Record<PostingReason, true>> = {
  principal: true,
  spread: true,
  rounding: true,
  settlement: true,
  acquirer_service_fee: true,
  wallet_service_fee: true,
  interchange_from_acquirer: true,
  interchange_to_wallet: true,
  settlement_sent: true,
  settlement_at_bank: true,
  settlement_received: true,
  reconciliation_write_off: true,
  deposit_top_up: true,
  deposit_withdrawal: true,
};

/** Every reason there is, for who narrows a statement down. */
export const postingReasons = Object.keys(knownReasons) as readonly PostingReason[];
