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
  | 'refunds_again'
  /** It takes money where it is only asked whether it would. */
  | 'charges_evaluations';

/** Acquirers that break their promise: it says that the shop is credited, and has not credited. */
export type AcquirerSabotage = 'credits_in_words_only';

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
  | 'forgets_refunds'
  /** Shops of national codes are not credited. */
  | 'drops_pushes'
  /** A revoked permission is read back as a good one. */
  | 'forgets_revocations'
  /** A token is taken for another customer's. */
  | 'debits_another'
  /** Nobody seems to require registered merchants. */
  | 'forgets_registration'
  /** Disputes that wait for an answer do not seem to when the next one is decided. */
  | 'forgets_disputes'
  /** A file that came with a dispute is not handed on. */
  | 'loses_evidence'
  /** A sum of a closed day changes by a unit on its way. */
  | 'clears_less';

export type Sabotage = WalletSabotage | AcquirerSabotage | HubSabotage;

const walletSabotages: readonly WalletSabotage[] = [
  'charges_again',
  'keeps_the_money',
  'charges_more',
  'pays_in_words_only',
  'refunds_in_words_only',
  'refunds_again',
  'charges_evaluations',
];
const acquirerSabotages: readonly AcquirerSabotage[] = ['credits_in_words_only'];
const hubSabotages: readonly HubSabotage[] = [
  'ignores_caps',
  'ignores_limits',
  'forgets_notices',
  'drops_reversals',
  'forgets_payments',
  'changes_answers',
  'loses_money',
  'forgets_refunds',
  'drops_pushes',
  'forgets_revocations',
  'debits_another',
  'forgets_registration',
  'forgets_disputes',
  'loses_evidence',
  'clears_less',
];

/** Every fault that can be planted. */
export const sabotages: readonly Sabotage[] = [
  ...walletSabotages,
  ...acquirerSabotages,
  ...hubSabotages,
];

export function acquirerSabotage(sabotage: Sabotage | undefined): AcquirerSabotage | undefined {
  return acquirerSabotages.find((each) => each === sabotage);
}

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
    case 'drops_pushes':
      return { statement: (statement) => without(statement, 'outbox.insert', 'acquirer.push') };
    case 'forgets_revocations':
      return {
        rows: (statement, rows) =>
          statement.name?.startsWith('agreements.') ? rows.map(asIfActive) : rows,
      };
    case 'debits_another':
      return {
        rows: (statement, rows) =>
          statement.name?.startsWith('agreements.') ? rows.map(asIfAnother) : rows,
      };
    case 'forgets_registration':
      return {
        rows: (statement, rows) => (statement.text.includes('registration_terms') ? [] : rows),
      };
    case 'forgets_disputes':
      return {
        rows: (statement, rows) =>
          isNamed(statement, 'disputes.read') ? rows.map(asIfAnswered) : rows,
      };
    case 'loses_evidence':
      return {
        rows: (statement, rows) =>
          statement.text.includes('from dispute_evidence') ? rows.slice(1) : rows,
      };
    case 'clears_less':
      return {
        rows: (statement, rows) =>
          isNamed(statement, 'clearing.slices') ? rows.map(lessByOne) : rows,
      };
    default:
      return {};
  }
}

function asIfAnswered(row: Row): Row {
  return row.map((value) => (value === 'ASKED' ? 'ANSWERED' : value));
}

function asIfActive(row: Row): Row {
  return row.map((value) => (value === 'REVOKED' ? 'ACTIVE' : value));
}

/** Customers of a simulation are called `u` with a number. */
function asIfAnother(row: Row): Row {
  return row.map((value) =>
    typeof value === 'string' && /^u\d+$/.test(value) ? `${value}0` : value,
  );
}

/** The gross amount of a slice is its fourth column (`readClearingSlices`). */
function lessByOne(row: Row): Row {
  return row.map((value, at) => (at === 3 ? String(BigInt(String(value)) - 1n) : value));
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
