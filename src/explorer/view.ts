// What the explorer shows, as JSON: money as wire amounts, times as ISO 8601, accounts by name.

import { laneOfSlot, slotOfNumber } from '../base/id.ts';
import { dateOf } from '../calendar/businessDay.ts';
import { beginningOf, clearingDayOf } from '../calendar/clearingDay.ts';
import { readClosedDays } from '../clearing/store.ts';
import { type Cause, causeFrom, readJournal } from './movementStore.ts';
import { cursorText, type Movement, type StatementLine } from './statement.ts';
import type { StatementPage } from './statementCommands.ts';
import { boundedRead, readAccounts, readFinalBefore } from './store.ts';
import { balanceOf, type LedgerAccount, noSums, type Sums } from './sums.ts';
import type { ExplorerWorld, Trial } from './trialCommands.ts';

const isoTime = (at: number) => new Date(at).toISOString();
const moneyOf = (currency: string, minor: bigint) => ({ currency, value: String(minor) });

const sumsView = (currency: string, { debits, credits }: Sums) => ({
  debits: moneyOf(currency, debits),
  credits: moneyOf(currency, credits),
});

function accountView({ name, kind, currency, participantId, participantName }: LedgerAccount) {
  return { name, kind, currency, participantId, participantName };
}

/** A trial balance: every account with its sums, and what each currency comes to. */
export function trialView(trial: Trial, now: number) {
  const { before, isFinal, accounts, sums, pending, lines } = trial;
  return {
    now: isoTime(now),
    before: before === null ? null : isoTime(before),
    isFinal,
    isBalanced: lines.every(({ difference }) => difference === 0n),
    currencies: lines.map(({ currency, inDebit, inCredit, difference }) => ({
      currency,
      inDebit: moneyOf(currency, inDebit),
      inCredit: moneyOf(currency, inCredit),
      difference: moneyOf(currency, difference),
    })),
    accounts: accounts.map((account) => {
      const { accountId, currency } = account;
      const posted = sums.get(accountId) ?? noSums;
      return {
        ...accountView(account),
        posted: sumsView(currency, posted),
        pending: pending === null ? null : sumsView(currency, pending.get(accountId) ?? noSums),
        balance: moneyOf(currency, balanceOf(posted)),
      };
    }),
  };
}

const closesShown = 60;

/** The moments that close a day, the last one first, and up to where the books are final. */
export async function readCloses({ database, clock }: ExplorerWorld) {
  const finalBefore = await readFinalBefore(database);
  const days = await readClosedDays(database, closesShown);
  return {
    today: dateOf(clearingDayOf(clock.now())),
    finalBefore: finalBefore === 0 ? null : isoTime(finalBefore),
    closes: days.map(({ day }) => ({ date: dateOf(day), before: isoTime(beginningOf(day + 1)) })),
  };
}

/** An account by its name, as `position:TNG:MYR`. */
export async function findAccount(
  { database }: ExplorerWorld,
  name: string,
): Promise<LedgerAccount | undefined> {
  return (await readAccounts(database)).find((account) => account.name === name);
}

type NameOf = (accountId: number) => string;

/** Names of accounts by their numbers. */
export async function accountNames({ database }: ExplorerWorld): Promise<NameOf> {
  const names = new Map(
    (await readAccounts(database)).map(({ accountId, name }) => [accountId, name]),
  );
  return (accountId) => names.get(accountId) ?? String(accountId);
}

function movementView(movement: Movement, currency: string, nameOf: NameOf) {
  const { at, journalNumber, ordinal, reason, side, amount, otherAccount } = movement;
  return {
    at: isoTime(at),
    journalNumber: String(journalNumber),
    ordinal,
    reason,
    side,
    amount: moneyOf(currency, amount),
    otherAccount: nameOf(otherAccount),
  };
}

/** One page of a statement. */
export function pageView(account: LedgerAccount, page: StatementPage, nameOf: NameOf) {
  const { currency } = account;
  const lineView = (line: StatementLine) => ({
    ...movementView(line, currency, nameOf),
    balance: moneyOf(currency, line.balance),
  });
  return {
    account: accountView(account),
    lines: page.lines.map(lineView),
    closing: moneyOf(currency, page.closing),
    next: page.next === null ? null : cursorText(page.next),
    lookedTo: isoTime(page.lookedTo),
  };
}

/** What a payment did to an account: without balances, for they belong to all movements. */
export function ofPaymentView(
  account: LedgerAccount,
  movements: readonly Movement[],
  nameOf: NameOf,
) {
  const lines = movements
    .map((movement) => ({ ...movementView(movement, account.currency, nameOf), balance: null }))
    .reverse();
  return { account: accountView(account), lines, closing: null, next: null, lookedTo: null };
}

/** One journal with its postings and its cause; undefined where there is none of this number. */
export async function readJournalView(
  { database }: ExplorerWorld,
  lanes: number,
  journalNumber: number,
): Promise<{ cause: Cause; postings: readonly object[] } | undefined> {
  const accounts = await readAccounts(database);
  const byId = new Map(accounts.map((account) => [account.accountId, account]));
  const lane = laneOfSlot(slotOfNumber(journalNumber), lanes);
  const found = await boundedRead(database, readJournal(lane, journalNumber));
  const [postings = []] = found;
  if (postings.length === 0) return undefined;
  const nameOf = (id: unknown) => byId.get(id as number)?.name ?? String(id);
  const view = {
    journalNumber: String(journalNumber),
    lane,
    at: isoTime(Number(postings[0]?.[5])),
    cause: causeFrom(journalNumber, found),
    postings: postings.map((row) => ({
      postingId: `${journalNumber}-${row[0]}`,
      at: isoTime(Number(row[5])),
      debitAccount: nameOf(row[2]),
      creditAccount: nameOf(row[3]),
      amount: { currency: byId.get(row[2] as number)?.currency ?? '', value: row[4] as string },
      reason: row[1] as string,
    })),
  };
  return view;
}
