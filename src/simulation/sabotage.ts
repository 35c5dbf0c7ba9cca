// Faults planted on purpose: each must be found, or the simulator would prove nothing.

import type { Row, Statement } from '../base/world.ts';
import type { StatementShim } from './database.ts';

/** Wallets that break their promise. */
export type WalletSabotage =
  | 'charges_again'
  | 'keeps_the_money'
  | 'charges_more'
  /** It says S and takes nothing. */
  | 'pays_in_words_only'
  /** It says that it has refunded, and has not. */
  | 'refunds_in_words_only'
  /** It refunds each time that it is asked. */
  | 'refunds_again';

/** A hub whose statements or calls are tampered with, as a bug in them would. */
export type HubSabotage =
  /** Caps are read as if there were none. */
  | 'ignores_caps'
  /** What persons have paid is not seen. */
  | 'ignores_limits'
  /** What must be said is not written down. */
  | 'forgets_notices'
  /** A late success is not reversed. */
  | 'drops_reversals'
  /** Payments are not found again by the acquirer's id. */
  | 'forgets_payments'
  /** A payment's end is read back as another. */
  | 'changes_answers'
  /** A posting changes by a unit on its way. */
  | 'loses_money'
  /** Refunds are not seen when the next one is decided. */
  | 'forgets_refunds';

export type Sabotage = WalletSabotage | HubSabotage;

export const walletSabotages: readonly WalletSabotage[] = [
  'charges_again',
  'keeps_the_money',
  'charges_more',
  'pays_in_words_only',
  'refunds_in_words_only',
  'refunds_again',
];
export const hubSabotages: readonly HubSabotage[] = [
  'ignores_caps',
  'ignores_limits',
  'forgets_notices',
  'drops_reversals',
  'forgets_payments',
  'changes_answers',
  'loses_money',
  'forgets_refunds',
];

export function walletSabotage(sabotage: Sabotage | undefined): WalletSabotage | undefined {
  return walletSabotages.find((each) => each === sabotage);
}

const nothing: Statement = { text: 'select 1 where false', values: [] };

/** The column of `quota` among those that `slices.read` and `slices.one` select. */
const quotaColumn = { 'slices.read': 5, 'slices.one': 4 } as const;

/** What a tampered hub sends to the database and reads from it. */
export function shimOf(sabotage: Sabotage | undefined): StatementShim {
  switch (sabotage) {
    case 'ignores_caps':
      return {
        rows: (statement, rows) => {
          const column = quotaColumn[statement.name as keyof typeof quotaColumn];
          if (column === undefined) return rows;
          return rows.map((row): Row => row.map((value, at) => (at === column ? null : value)));
        },
      };
    case 'ignores_limits':
      return { rows: (statement, rows) => (isNamed(statement, 'counters.read') ? [] : rows) };
    case 'forgets_notices':
      return { statement: (statement) => without(statement, 'outbox.insert', 'acquirer.notify') };
    case 'drops_reversals':
      return { statement: (statement) => without(statement, 'outbox.insert', 'wallet.cancel') };
    case 'forgets_payments':
      return {
        rows: (statement, rows) => (isNamed(statement, 'payments.of_requests') ? [] : rows),
      };
    case 'forgets_refunds':
      return { rows: (statement, rows) => (isNamed(statement, 'refunds.read') ? [] : rows) };
    case 'changes_answers':
      return {
        rows: (statement, rows) =>
          statement.name?.startsWith('payments.') ? rows.map(withOtherReason) : rows,
      };
    case 'loses_money':
      return {
        statement: (statement) =>
          isNamed(statement, 'journals.write') ? withUnitMore(statement) : statement,
      };
    default:
      return {};
  }
}

function isNamed(statement: Statement, name: string): boolean {
  return statement.name === name;
}

/** The statement, unless it is of this name and speaks of this thing. */
function without(statement: Statement, name: string, thing: string): Statement {
  const speaks = statement.values.some(
    (value) => typeof value === 'string' && value.includes(thing),
  );
  return isNamed(statement, name) && speaks ? nothing : statement;
}

/** A payment that failed for want of money is read as one that failed for its risk. */
function withOtherReason(row: Row): Row {
  return row.map((value) => (value === 'USER_BALANCE_NOT_ENOUGH' ? 'RISK_REJECT' : value));
}

/** The first amount of the first journal, one more: amounts are `writeJournals`' last list. */
function withUnitMore(statement: Statement): Statement {
  const values = statement.values.map((value, index) => {
    if (index !== statement.values.length - 1 || typeof value !== 'string') return value;
    return value.replace(/\d+/, (amount) => String(BigInt(amount) + 1n));
  });
  return { ...statement, values };
}
