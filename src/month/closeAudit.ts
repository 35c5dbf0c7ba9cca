// The auditor at a day's close: journals, batches, instructions and positions, each by its own
// arithmetic.

import type { Database } from '../base/world.ts';
import { type Calendars, dateOf } from '../calendar/businessDay.ts';
import { beginningOf, type ClearingDay } from '../calendar/clearingDay.ts';
import { banksWork, dutyDay } from './duty.ts';
import { type DaySums, type Journal, LedgerAudit } from './ledgerAudit.ts';
import type { Person } from './people.ts';

export interface CloseAuditOptions {
  readonly database: Database;
  readonly people: readonly Person[];
  /** Public holidays as they are published. */
  readonly holidays: Calendars;
  readonly blame: (violation: string) => void;
}

/** What is owed to or by a participant and not settled yet. */
interface Owed {
  readonly day: ClearingDay;
  readonly net: bigint;
}

/** What a close has come to. */
export interface CloseCount {
  readonly postings: number;
  readonly batches: number;
  /** Settlement batches of the day, and agreements whose small sum waits. */
  readonly settled: number;
  readonly carried: number;
}

interface BatchRow {
  account_id: number;
  payment_count: string;
  refund_count: string;
  net: string;
}

/** Of a cleared day for one participant: what its files must come to. */
export interface Cleared extends DaySums {
  readonly net: bigint;
  readonly count: number;
}

const noSums: DaySums = { gross: 0n, interchange: 0n, serviceFee: 0n };

export class CloseAudit {
  readonly ledger: LedgerAudit;
  /** By `participant day`. */
  readonly cleared = new Map<string, Cleared>();
  readonly #options: CloseAuditOptions;
  readonly #owed = new Map<string, Owed[]>();
  /** Payments that are counted on no day, and what undid them. */
  readonly #uncounted = new Set<string>();
  /** What settling has moved out of each position so far. */
  readonly #moved = new Map<string, bigint>();

  constructor(options: CloseAuditOptions) {
    this.#options = options;
    this.ledger = new LedgerAudit(options.database, options.blame);
  }

  /** Everything about a day that was closed just now, on `today`. */
  async audit(day: ClearingDay, today: ClearingDay, now: number): Promise<CloseCount> {
    await this.ledger.readAccounts();
    await this.#readCancelled();
    const journals = await this.ledger.addDay(day, this.#uncounted);
    const open = await this.ledger.read(beginningOf(day + 1), now + 1);
    const postings = journals.reduce((sum, { lines }) => sum + lines.length, 0);
    for (const [currency, sum] of this.ledger.sums()) {
      if (sum !== 0n) this.#options.blame(`${dateOf(day)}: all of ${currency} is ${sum}, not 0`);
    }
    await this.ledger.compareSlices(open);
    const batches = await this.#auditBatches(day, journals);
    const { settled, carried } = await this.#auditSettlement(today);
    this.#auditPositions(day, open);
    return { postings, batches, settled, carried };
  }

  async #readCancelled(): Promise<void> {
    const rows = await this.#options.database.query<{
      payment_number: string;
      journal_number: string;
    }>('select payment_number, journal_number from cancellations where journal_number is not null');
    for (const row of rows) {
      this.#uncounted.add(row.payment_number);
      this.#uncounted.add(row.journal_number);
    }
  }

  /** Every agreement has its batch, an empty one too, and its sum is that of its journals. */
  async #auditBatches(day: ClearingDay, journals: readonly Journal[]): Promise<number> {
    const { people, database, blame } = this.#options;
    const sums = this.ledger.clearedSums(journals, this.#uncounted);
    const rows = await database.query<BatchRow>(
      'select account_id, payment_count, refund_count, net from clearing_batches where day = $1',
      [day],
    );
    const byAccount = new Map(rows.map((row) => [row.account_id, row]));
    for (const person of people) {
      const account = this.#positionOf(person);
      const about = `${person.id} of ${dateOf(day)}`;
      const row = byAccount.get(account);
      if (row === undefined) {
        blame(`${about}: there is no batch`);
        continue;
      }
      const sum = sums.get(account) ?? noSums;
      const net = sum.gross + sum.interchange + sum.serviceFee;
      const count = this.#countOf(journals, account);
      if (row.net !== String(net)) blame(`${about}: cleared ${row.net}, posted ${net}`);
      const rowCount = Number(row.payment_count) + Number(row.refund_count);
      if (rowCount !== count) blame(`${about}: cleared ${rowCount} items, posted ${count}`);
      this.cleared.set(`${person.id} ${day}`, { ...sum, net, count });
      const owed = this.#owed.get(person.id) ?? [];
      owed.push({ day, net });
      this.#owed.set(person.id, owed);
    }
    if (rows.length !== people.length) blame(`${dateOf(day)}: ${rows.length} batches`);
    return rows.length;
  }

  #countOf(journals: readonly Journal[], account: number): number {
    return journals.filter(
      ({ number, lines }) =>
        !this.#uncounted.has(number) &&
        lines.some(
          ({ reason, debit, credit }) =>
            !reason.startsWith('settlement_') && (debit === account || credit === account),
        ),
    ).length;
  }

  /** What must be settled today, by the auditor's own calendar, and what was. */
  async #auditSettlement(today: ClearingDay): Promise<{ settled: number; carried: number }> {
    const { people, database, blame, holidays } = this.#options;
    const rows = await database.query<{
      account_id: number;
      amount: string;
      value_day: number;
    }>('select account_id, amount, value_day from settlement_batches where settlement_day = $1', [
      today,
    ]);
    const byAccount = new Map(rows.map((row) => [row.account_id, row]));
    let carried = 0;
    for (const person of people) {
      const row = byAccount.get(this.#positionOf(person));
      const about = `${person.id} on ${dateOf(today)}`;
      const owed = this.#owed.get(person.id) ?? [];
      const works = banksWork(holidays, person.market, today);
      const isDue = ({ day }: Owed) =>
        works && dutyDay(holidays, person.market, day, person.daysAfter) <= today;
      const due = owed.filter(isDue).reduce((sum, { net }) => sum + net, 0n);
      const size = due < 0n ? -due : due;
      const isPaid = size > 0n && size >= person.minimumAmount;
      if (!isPaid && size > 0n) carried++;
      if (row !== undefined && !banksWork(holidays, person.market, row.value_day)) {
        blame(`${about}: the value date ${dateOf(row.value_day)} is a holiday`);
      }
      const amount = row?.amount ?? 'nothing';
      const expected = isPaid ? String(due) : 'nothing';
      if (amount !== expected) blame(`${about}: settles ${amount}, ${expected} is due`);
      if (row === undefined) continue;
      // What the network pays leaves the position at once, what it is paid when the bank has it.
      this.#owed.set(person.id, isPaid ? owed.filter((each) => !isDue(each)) : owed);
      const moved = BigInt(row.amount);
      if (moved > 0n) this.#move(person.id, moved);
    }
    return { settled: rows.length, carried };
  }

  /** The bank has carried out what participants had to pay. */
  received(personId: string, amount: bigint): void {
    if (amount < 0n) this.#move(personId, amount);
  }

  #move(personId: string, amount: bigint): void {
    this.#moved.set(personId, (this.#moved.get(personId) ?? 0n) + amount);
  }

  /** A position is what was cleared and not settled, what is of today, and nothing else. */
  #auditPositions(day: ClearingDay, open: readonly Journal[]): void {
    const { people, blame } = this.#options;
    for (const person of people) {
      const account = this.#positionOf(person);
      let balance = this.ledger.balances.get(account) ?? 0n;
      let today = 0n;
      for (const { number, lines } of open) {
        for (const { reason, debit, credit, amount } of lines) {
          const signed = (credit === account ? amount : 0n) - (debit === account ? amount : 0n);
          balance += signed;
          if (reason.startsWith('settlement_')) continue;
          if (!this.#uncounted.has(number)) today += signed;
        }
      }
      let cleared = 0n;
      for (const [key, { net }] of this.cleared) {
        if (key.startsWith(`${person.id} `)) cleared += net;
      }
      const explained = cleared - (this.#moved.get(person.id) ?? 0n) + today;
      if (balance !== explained) {
        const about = `${person.id} after ${dateOf(day)}`;
        blame(`${about}: the position is ${balance}, its batches explain ${explained}`);
      }
    }
  }

  #positionOf({ id, currency }: Person): number {
    const name = `position:${id}:${currency}`;
    for (const account of this.ledger.accounts.values()) {
      if (account.name === name) return account.id;
    }
    return -1;
  }
}
