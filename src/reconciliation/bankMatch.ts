// Which settlement batch each line of the bank's statement ends, and why the others end none.

import { dateOf } from '../calendar/businessDay.ts';
import type { ClearingDay } from '../calendar/clearingDay.ts';
import { bankedOf, type SettlementBatch } from '../settlement/settlement.ts';
import type { BatchHistory } from '../settlement/store.ts';
import type { BankLine, BankStatement } from './bankStatement.ts';
import type { BreakKind, FoundBreak } from './match.ts';

/** A settlement batch that a line may be for. */
export interface KnownBatch extends BatchHistory {
  readonly currency: string;
}

/** A line of the bank that was booked before, by its reference. */
export interface BookedLine {
  readonly settlementBatchId: string;
  readonly amount: bigint;
  /** At which account it was read; null where a person entered it. */
  readonly account: string | null;
}

/** `known`: it was booked before, by hand or from another statement, and nothing is done. */
export type LineVerdict =
  | { readonly kind: 'match'; readonly line: BankLine; readonly settlementBatchId: string }
  | { readonly kind: 'known'; readonly line: BankLine }
  | { readonly kind: 'break'; readonly line: BankLine; readonly found: FoundBreak };

export interface MatchFacts {
  /** Every batch that is sent, of whatever currency, and those that lines name. */
  readonly batches: readonly KnownBatch[];
  /** By reference, of the statement's currency. */
  readonly booked: ReadonlyMap<string, BookedLine>;
}

/** How long after its value day a batch may be told by its amount alone: our rule. */
const mostDaysLate = 10;

/** The ids of settlement batches that a line names, whether there are such or not. */
export function batchIdsOf(line: BankLine): string[] {
  return [...new Set(line.names.flatMap((name) => name.match(/\bS\d{16}\b/g) ?? []))];
}

/**
 * Judges the lines of a statement. Those that name a batch come first: a line without a name is
 * matched only where exactly one sent batch of that amount, direction and time is left. One that
 * takes a movement back settles nothing, however well it fits.
 */
export function matchLines(statement: BankStatement, facts: MatchFacts): LineVerdict[] {
  const taken = new Set<string>();
  const seen = new Set<string>();
  const judge = (line: BankLine): LineVerdict => {
    const before = facts.booked.get(line.reference);
    if (seen.has(line.reference)) {
      return broken(statement, line, 'duplicate_there', null, 'its reference stands here twice');
    }
    seen.add(line.reference);
    if (before !== undefined) {
      const { settlementBatchId: id, amount, account } = before;
      const isElsewhere = account !== null && account !== statement.account;
      if (!isElsewhere && amount === line.amount) return { kind: 'known', line };
      const where = isElsewhere ? `at ${account}` : `with ${amount}`;
      const problem = `its reference is booked ${where} for ${id}`;
      return broken(statement, line, 'duplicate_there', null, problem);
    }
    const verdict =
      batchIdsOf(line).length > 0
        ? judgeNamed(statement, line, facts, taken)
        : judgeUnnamed(statement, line, facts, taken);
    if (verdict.kind === 'match') taken.add(verdict.settlementBatchId);
    return verdict;
  };
  const isNamed = (line: BankLine) => batchIdsOf(line).length > 0;
  const inOrder = [
    ...statement.lines.filter(isNamed),
    ...statement.lines.filter((line) => !isNamed(line)),
  ];
  return inOrder.map(judge);
}

function judgeNamed(
  statement: BankStatement,
  line: BankLine,
  { batches }: MatchFacts,
  taken: ReadonlySet<string>,
): LineVerdict {
  const ids = batchIdsOf(line);
  const [id = ''] = ids;
  const no = (kind: BreakKind, known: KnownBatch | null, why: string) =>
    broken(statement, line, kind, known, why);
  if (ids.length > 1) return no('several_batches', null, `it names ${ids.join(' and ')}`);
  const known = batches.find(({ batch }) => batch.settlementBatchId === id);
  if (known === undefined) return no('missing_here', null, `it names ${id}, which is no batch`);
  const { batch, currency } = known;
  if (currency !== statement.currency) return no('currency_differs', known, `it names ${id}`);
  const reversal = line.isReversal ? ', and takes a movement back' : '';
  if (batch.state !== 'SENT' || taken.has(id)) {
    const state = taken.has(id) ? 'at the bank with another line' : batch.state;
    return no('not_sent', known, `it names ${id}, which is ${state}${reversal}`);
  }
  const due = outstandingOf(known);
  if (due > 0n !== line.amount > 0n || line.isReversal) {
    return no('direction_differs', known, `it names ${id}${reversal}`);
  }
  if (line.valueDay < batch.settlementDay) {
    const day = dateOf(batch.settlementDay);
    return no('value_date_differs', known, `it names ${id}, which is of ${day}`);
  }
  if (line.amount === due) return { kind: 'match', line, settlementBatchId: id };
  return isShortByCharges(line, due)
    ? no('charges_deducted', known, `it names ${id}; the bank kept ${line.charges}`)
    : no('amount_differs', known, `it names ${id}`);
}

/** Of what came in the bank has kept a part, or has added it to what went out. */
function isShortByCharges({ amount, charges }: BankLine, due: bigint): boolean {
  return charges > 0n && amount === due + charges;
}

function judgeUnnamed(
  statement: BankStatement,
  line: BankLine,
  { batches }: MatchFacts,
  taken: ReadonlySet<string>,
): LineVerdict {
  if (line.isReversal) {
    const why = 'it takes a movement back, and does not say which';
    return broken(statement, line, 'missing_here', null, why);
  }
  const fitting = batches.filter(
    (known) =>
      known.currency === statement.currency &&
      known.batch.state === 'SENT' &&
      !taken.has(known.batch.settlementBatchId) &&
      outstandingOf(known) === line.amount &&
      isInTime(known.batch, line.valueDay),
  );
  const [only, second] = fitting;
  if (only === undefined) {
    return broken(statement, line, 'missing_here', null, 'no batch that was sent is of it');
  }
  if (second !== undefined) {
    const ids = fitting.map(({ batch }) => batch.settlementBatchId).join(' and ');
    return broken(statement, line, 'several_batches', only, `it may be ${ids}`);
  }
  return { kind: 'match', line, settlementBatchId: only.batch.settlementBatchId };
}

/** What the bank has still to move of a batch, in its own sign. */
export function outstandingOf({ batch, entries }: BatchHistory): bigint {
  return batch.amount - bankedOf(entries);
}

function isInTime({ settlementDay, valueDay }: SettlementBatch, day: ClearingDay): boolean {
  return day >= settlementDay && day <= valueDay + mostDaysLate;
}

function broken(
  { currency }: BankStatement,
  line: BankLine,
  kind: BreakKind,
  known: KnownBatch | null,
  problem: string,
): LineVerdict {
  const ours = known && { currency: known.currency, amount: outstandingOf(known) };
  const isOne = ours === null || ours.currency === currency;
  return {
    kind: 'break',
    line,
    found: {
      kind,
      key: `bank/${line.reference}`,
      lineNumber: line.lineNumber,
      ours,
      theirs: { currency, amount: line.amount },
      difference: isOne ? line.amount - (ours?.amount ?? 0n) : null,
      otherDay: line.valueDay,
      problem: problem + foreignChargesOf(line),
    },
  };
}

/** Whoever explains the difference must know of them; they are no part of this account's money. */
function foreignChargesOf({ foreignCharges }: BankLine): string {
  if (foreignCharges.length === 0) return '';
  return `; the bank names charges of ${foreignCharges.join(' and ')}`;
}

/** A statement by its account too: banks number theirs alike. */
export function statementName({ account, statementId }: BankStatement): string {
  return `${account}/${statementId}`;
}

/** A statement that does not come to its own closing balance; undefined for one that does. */
export function balanceBreak(statement: BankStatement): FoundBreak | undefined {
  const { balances, lines, currency } = statement;
  if (balances === null) return undefined;
  const reckoned = lines.reduce((sum, { amount }) => sum - amount, balances.opening);
  if (reckoned === balances.closing) return undefined;
  return {
    kind: 'balance_differs',
    key: `statement/${statementName(statement)}`,
    lineNumber: null,
    ours: { currency, amount: reckoned },
    theirs: { currency, amount: balances.closing },
    difference: balances.closing - reckoned,
    otherDay: null,
    problem: null,
  };
}
