// The auditor's own ledger: every journal read once as it stands, added up by arithmetic of its
// own.

import type { Database } from '../base/world.ts';
import { beginningOf, type ClearingDay } from '../calendar/clearingDay.ts';

/** A line of a journal. */
export interface Line {
  readonly reason: string;
  readonly debit: number;
  readonly credit: number;
  readonly amount: bigint;
}

export interface Journal {
  readonly number: string;
  readonly at: number;
  readonly lines: readonly Line[];
}

export interface Account {
  readonly id: number;
  readonly name: string;
  readonly kind: string;
  readonly participantId: string | null;
  readonly currency: string;
}

/** What a day comes to for one position, by the reasons of its lines. */
export interface DaySums {
  gross: bigint;
  interchange: bigint;
  serviceFee: bigint;
}

const grossReasons = new Set(['principal', 'spread', 'rounding', 'settlement']);
const clearedReasons = new Set([
  ...grossReasons,
  'interchange_from_acquirer',
  'interchange_to_wallet',
  'acquirer_service_fee',
  'wallet_service_fee',
]);
/** What belongs to the price of a payment, and not to its fees. */
const isPrice = (reason: string) => grossReasons.has(reason);

export class LedgerAudit {
  readonly accounts = new Map<number, Account>();
  /** Credits less debits of every account, of closed days. */
  readonly balances = new Map<number, bigint>();
  /** By currency: what stands in the network's own accounts because of prices alone. */
  readonly priced = new Map<string, bigint>();
  journals = 0;
  postings = 0;
  readonly #database: Database;
  readonly #blame: (violation: string) => void;

  constructor(database: Database, blame: (violation: string) => void) {
    this.#database = database;
    this.#blame = blame;
  }

  /** Accounts are opened when they are first needed. */
  async readAccounts(): Promise<void> {
    const rows = await this.#database.query<{
      account_id: number;
      name: string;
      kind: string;
      participant_id: string | null;
      currency: string;
    }>('select account_id, name, kind, participant_id, currency from accounts');
    for (const row of rows) {
      this.accounts.set(row.account_id, {
        id: row.account_id,
        name: row.name,
        kind: row.kind,
        participantId: row.participant_id,
        currency: row.currency,
      });
    }
  }

  /** The journals of a stretch of time. */
  async read(from: number, to: number): Promise<Journal[]> {
    const rows = await this.#database.query<{
      journal_number: string;
      posted_at: string;
      reasons: string;
      debits: string;
      credits: string;
      amounts: string;
    }>(
      'select journal_number, posted_at, to_json(reasons)::text as reasons, ' +
        'to_json(debit_accounts)::text as debits, to_json(credit_accounts)::text as credits, ' +
        'to_json(amounts::text[])::text as amounts from journals ' +
        'where posted_at >= $1 and posted_at < $2 order by posted_at, journal_number',
      [from, to],
    );
    return rows.map((row) => {
      const [debits, credits] = [row.debits, row.credits].map(
        (text) => JSON.parse(text) as number[],
      );
      const amounts = JSON.parse(row.amounts) as string[];
      const reasons = JSON.parse(row.reasons) as string[];
      return {
        number: row.journal_number,
        at: Number(row.posted_at),
        lines: reasons.map((reason, at) => ({
          reason,
          debit: debits?.[at] ?? 0,
          credit: credits?.[at] ?? 0,
          amount: BigInt(amounts[at] ?? '0'),
        })),
      };
    });
  }

  /** Adds the journals of a day that has ended; `cancelled` names those that never counted. */
  async addDay(day: ClearingDay, cancelled: ReadonlySet<string>): Promise<Journal[]> {
    const journals = await this.read(beginningOf(day), beginningOf(day + 1));
    for (const journal of journals) {
      this.journals++;
      const counts = !cancelled.has(journal.number);
      for (const line of journal.lines) this.#add(journal, line, counts);
    }
    return journals;
  }

  #add({ number }: Journal, line: Line, counts: boolean): void {
    const { reason, debit, credit, amount } = line;
    this.postings++;
    const [from, to] = [this.accounts.get(debit), this.accounts.get(credit)];
    if (from === undefined || to === undefined || from.currency !== to.currency) {
      this.#blame(`journal ${number}: ${reason} goes from ${from?.name} to ${to?.name}`);
      return;
    }
    if (amount <= 0n) this.#blame(`journal ${number}: ${reason} of ${amount}`);
    this.balances.set(debit, (this.balances.get(debit) ?? 0n) - amount);
    this.balances.set(credit, (this.balances.get(credit) ?? 0n) + amount);
    if (!counts || !isPrice(reason)) return;
    const own = (account: Account, sign: bigint) => {
      if (account.kind === 'position') return;
      const before = this.priced.get(account.currency) ?? 0n;
      this.priced.set(account.currency, before + sign * amount);
    };
    own(from, -1n);
    own(to, 1n);
  }

  /** Σ over all accounts, by currency: nothing else than zero is right. */
  sums(): Map<string, bigint> {
    const sums = new Map<string, bigint>();
    for (const [id, balance] of this.balances) {
      const currency = this.accounts.get(id)?.currency ?? '';
      sums.set(currency, (sums.get(currency) ?? 0n) + balance);
    }
    return sums;
  }

  /** What some journals come to for each position, without those of cancelled payments. */
  clearedSums(journals: readonly Journal[], cancelled: ReadonlySet<string>): Map<number, DaySums> {
    const sums = new Map<number, DaySums>();
    for (const { number, lines } of journals) {
      if (cancelled.has(number)) continue;
      for (const { reason, debit, credit, amount } of lines) {
        if (!clearedReasons.has(reason)) continue;
        for (const [id, signed] of [
          [debit, -amount],
          [credit, amount],
        ] as const) {
          if (this.accounts.get(id)?.kind !== 'position') continue;
          const sum = sums.get(id) ?? { gross: 0n, interchange: 0n, serviceFee: 0n };
          sums.set(id, sum);
          if (isPrice(reason)) sum.gross += signed;
          else if (reason.startsWith('interchange')) sum.interchange += signed;
          else sum.serviceFee += signed;
        }
      }
    }
    return sums;
  }

  /** The kept sums of accounts against the journals: neither may drift from the other. */
  async compareSlices(open: readonly Journal[]): Promise<void> {
    const expected = new Map(this.balances);
    for (const { lines } of open) {
      for (const { debit, credit, amount } of lines) {
        expected.set(debit, (expected.get(debit) ?? 0n) - amount);
        expected.set(credit, (expected.get(credit) ?? 0n) + amount);
      }
    }
    const rows = await this.#database.query<{ account_id: number; net: string }>(
      'select account_id, sum(credits_posted - debits_posted)::text as net ' +
        'from account_slices group by account_id',
    );
    for (const { account_id: id, net } of rows) {
      const own = expected.get(id) ?? 0n;
      if (BigInt(net) !== own) {
        const { name } = this.accounts.get(id) ?? { name: `account ${id}` };
        this.#blame(`${name} is kept as ${net}, its journals come to ${own}`);
      }
    }
  }
}
