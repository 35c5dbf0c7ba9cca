// A posting: one movement of one currency between two accounts, always positive, always balanced.

/** Why a posting was made; the words an operator reads on a payment's page. */
export type PostingReason =
  | 'principal'
  | 'spread'
  | 'rounding'
  | 'settlement'
  | 'acquirer_service_fee'
  | 'wallet_service_fee'
  | 'interchange_from_acquirer'
  | 'interchange_to_wallet'
  | SettlementReason
  /** A break's difference was given up: the partner's figure stands. */
  | 'reconciliation_write_off'
  | DepositReason;

/** What settling moves; never part of a payment's or a refund's own journal. */
export type SettlementReason = 'settlement_sent' | 'settlement_at_bank' | 'settlement_received';

/** What moves a deposit; it touches no position, so no day and no batch has it. */
export type DepositReason = 'deposit_top_up' | 'deposit_withdrawal';

export interface Posting {
  readonly reason: PostingReason;
  readonly debitAccount: number;
  readonly creditAccount: number;
  /** Minor units of the accounts' currency; greater than zero. */
  readonly amount: bigint;
}

/** A money effect: its postings belong together and are written together or not at all. */
export interface Journal {
  /** Carries the slot; a payment's journal has the payment's own number. */
  readonly journalNumber: number;
  readonly postedAt: number;
  readonly postings: readonly Posting[];
}
