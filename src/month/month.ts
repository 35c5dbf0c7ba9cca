// A month of a network: everybody pays, returns and is settled, and every day is proved at its
// close from what the partners themselves wrote down.

import { presetCalendars } from '../calendar/businessDay.ts';
import { beginningOf, type ClearingDay, clearingDayOf } from '../calendar/clearingDay.ts';
import { itemSession } from '../clearing/itemStore.ts';
import { disputeChecks } from '../disputes/checks.ts';
import { prove } from '../payments/proof/store.ts';
import { reconciliationChecks } from '../reconciliation/checks.ts';
import { settlementChecks } from '../settlement/checks.ts';
import type { Bench } from '../simulation/bench.ts';
import { Chance } from '../simulation/chance.ts';
import { SimulatedDatabase } from '../simulation/database.ts';
import { fairWeather, SimulatedNetwork } from '../simulation/network.ts';
import type { Surroundings } from '../simulation/party.ts';
import { Life, VirtualTime } from '../simulation/time.ts';
import { Trace } from '../simulation/trace.ts';
import { MonthAcquirer, type Sale } from './acquirer.ts';
import { CloseAudit, type CloseCount } from './closeAudit.ts';
import { openDoor } from './door.ts';
import { dayWeights, feeChange } from './monthPlan.ts';
import { Office } from './office.ts';
import { agreedFrom } from './partnerDesk.ts';
import { type Person, peopleOf, type WalletFact } from './people.ts';
import { calendarsOf, type PlantedFault, shimOf } from './planted.ts';
import { auditPrices } from './priceAudit.ts';
import { Review, type ReviewCount } from './review.ts';
import { numberOf, placedRows } from './truth.ts';
import { beginDay, type Happened, type Street } from './visits.ts';
import { MonthWallet } from './wallet.ts';

export interface MonthOptions {
  readonly seed: string;
  readonly from: ClearingDay;
  readonly days: number;
  readonly payments: number;
  /** Days after the last one on which nobody pays, and what was begun comes to its end. */
  readonly tailDays: number;
  readonly wallets: readonly WalletFact[];
  /** A directory of its own, empty. */
  readonly directory: string;
  /** What is broken on purpose. */
  readonly faults: readonly PlantedFault[];
  /** Told of each day when it is reviewed. */
  readonly day?: (day: DayOutcome) => void;
}

export interface DayOutcome extends CloseCount, ReviewCount {
  readonly day: ClearingDay;
  /** Payments of the day that counted, and their sum by the acquirers' currencies. */
  readonly payments: number;
  readonly volume: Readonly<Record<string, bigint>>;
  /** What was found wrong since the day before. */
  readonly wrong: readonly string[];
}

export interface MonthOutcome {
  readonly seed: string;
  /** Of every message and event: equal for equal options. */
  readonly hash: string;
  readonly happened: Happened;
  /** Cancels and refunds that the network refused, by its word. */
  readonly refusals: Readonly<Record<string, number>>;
  readonly days: readonly DayOutcome[];
  readonly rates: Office['rates'];
  readonly journals: number;
  readonly postings: number;
  readonly pricesChecked: number;
  readonly disputesAccepted: number;
  readonly provedChecks: number;
  readonly violations: readonly string[];
}

const hour = 3_600_000;
const closesAfterMidnight = 40 * 60_000;
const reviewedAfterMidnight = 16 * hour;
const mostViolations = 400;
const wholeTableWays = ['seqscan', 'hashjoin', 'mergejoin', 'bitmapscan', 'memoize', 'material'];
/** Nothing in a month lasts longer. */
const patienceMs = 400 * 24 * hour;

/** Runs a month; what was violated is in its outcome. */
export async function runMonth(bench: Bench, options: MonthOptions): Promise<MonthOutcome> {
  const run = new Run(bench, options);
  try {
    await run.all();
  } catch (error) {
    run.blame(`the month broke off: ${(error as Error).stack}`);
  }
  return run.outcome();
}

class Run {
  readonly violations: string[] = [];
  readonly #bench: Bench;
  readonly #options: MonthOptions;
  readonly #time: VirtualTime;
  readonly #chance: Chance;
  readonly #trace = new Trace();
  readonly #people: readonly Person[];
  readonly #byId: ReadonlyMap<string, Person>;
  readonly #database: SimulatedDatabase;
  readonly #network: SimulatedNetwork;
  readonly #street: Street;
  readonly #office: Office;
  readonly #audit: CloseAudit;
  readonly #review: Review;
  readonly #days: DayOutcome[] = [];
  readonly #happened: Happened = {
    payments: 0,
    products: new Map(),
    refunds: 0,
    cancels: 0,
    cancelsTooLate: 0,
    disputes: 0,
  };
  #priced = 0;
  #shown = 0;
  #checks = 0;

  constructor(bench: Bench, options: MonthOptions) {
    this.#bench = bench;
    this.#options = options;
    this.#chance = new Chance(`month ${options.seed}`);
    this.#time = new VirtualTime(beginningOf(options.from));
    this.#people = peopleOf(options.wallets);
    this.#byId = new Map(this.#people.map((person) => [person.id, person]));
    const blame = (violation: string) => this.blame(violation);
    const time = this.#time;
    this.#network = new SimulatedNetwork(time, this.#chance.fork('network'), () => {});
    this.#network.weather = fairWeather;
    this.#database = new SimulatedDatabase({
      backend: bench.backend,
      time,
      faults: { latencyMs: () => 0, fault: () => undefined },
      shim: shimOf(options.faults),
      kill: () => {},
    });
    const own = (role: Person['role']) => this.#people.filter((person) => person.role === role);
    this.#street = {
      time,
      network: this.#network,
      chance: this.#chance.fork('street'),
      wallets: own('wallet').map(({ id }) => new MonthWallet(id, this.#around(id))),
      acquirers: own('acquirer').map(({ id }) => new MonthAcquirer(id, this.#around(id))),
      people: this.#byId,
    };
    const database = this.#connect(new Life());
    this.#office = new Office({
      time,
      database,
      chance: this.#chance.fork('office'),
      people: this.#people,
      directory: `${options.directory}/files`,
      calendars: calendarsOf(options.faults),
      blame,
      trace: (what) => this.#write(what),
    });
    const holidays = presetCalendars;
    this.#audit = new CloseAudit({ database, people: this.#people, holidays, blame });
    this.#review = new Review({
      office: this.#office,
      audit: this.#audit,
      people: this.#people,
      parties: this.#street,
      agreed: (person) => agreedFrom(person, [feeChange(options)]),
      holidays,
      faults: options.faults,
      firstDay: options.from,
      blame,
    });
  }

  blame(violation: string): void {
    if (this.violations.length < mostViolations) this.violations.push(violation);
  }

  async all(): Promise<void> {
    const { from, days, payments, tailDays } = this.#options;
    this.#bench.clear();
    await this.#while(this.#open());
    const weights = dayWeights(from, days);
    const whole = weights.reduce((sum, weight) => sum + weight, 0);
    let [first, upTo] = [1, 0];
    for (let index = 0; index < days + tailDays; index++) {
      const day = from + index;
      upTo += weights[index] ?? 0;
      const last = Math.round((payments * upTo) / whole);
      this.#office.beginDay(day);
      this.#sendAway(day);
      beginDay(this.#street, this.#happened, day, Math.max(0, last - first + 1), first);
      first = Math.max(first, last + 1);
      await this.#endDay(day);
    }
    this.#auditNetworksPart();
    await this.#prove();
  }

  /** Closes a day in the night, and reviews it in the afternoon. */
  async #endDay(day: ClearingDay): Promise<void> {
    const today = day + 1;
    await this.#until(beginningOf(today) + closesAfterMidnight);
    await this.#office.close();
    const closed = await this.#audit.audit(day, today, this.#time.now());
    await this.#auditPrices(day);
    await this.#until(beginningOf(today) + reviewedAfterMidnight);
    const moved = await this.#office.bank();
    await this.#review.instructions(moved, today);
    const reviewed = await this.#review.day(day);
    const outcome: DayOutcome = {
      ...closed,
      ...reviewed,
      ...this.#volumeOf(day),
      day,
      wrong: this.violations.slice(this.#shown),
    };
    this.#shown = this.violations.length;
    this.#days.push(outcome);
    this.#options.day?.(outcome);
  }

  #volumeOf(day: ClearingDay): Pick<DayOutcome, 'payments' | 'volume'> {
    const volume: Record<string, bigint> = {};
    let payments = 0;
    for (const { id, book } of this.#street.acquirers) {
      const { currency = '' } = this.#byId.get(id) ?? {};
      for (const row of book.all()) {
        if (row.kind !== 'payment' || clearingDayOf(row.at) !== day) continue;
        payments++;
        volume[currency] = (volume[currency] ?? 0n) + row.amount;
      }
    }
    return { payments, volume };
  }

  /** Lets everybody in and starts the hub. */
  async #open(): Promise<void> {
    await this.#office.open((name) => this.#bench.keys(name));
    await openDoor({
      time: this.#time,
      network: this.#network,
      chance: this.#chance.fork('hub'),
      keys: this.#bench.keys('hub'),
      connect: (life) => this.#connect(life),
      acquirerIds: this.#street.acquirers.map(({ id }) => id),
      failed: (what, error) => this.blame(`the hub: ${what}: ${(error as Error).message}`),
      trace: (what, hidden) => this.#write(what, hidden),
    });
    const { from, version, rules } = feeChange(this.#options);
    await this.#office.changeFees(from, version, rules);
  }

  /** Machines go away for hours, now and then over midnight. */
  #sendAway(day: ClearingDay): void {
    const { wallets, acquirers } = this.#street;
    const time = this.#time;
    const chance = this.#chance.fork(`away ${day}`);
    const leave = (party: { leave(forMs: number): void }, at: number, forMs: number) =>
      time.after(beginningOf(day) + at - time.now(), () => party.leave(forMs));
    leave(chance.pick(wallets).party, chance.between(8, 20) * hour, chance.between(1, 4) * hour);
    leave(chance.pick(acquirers).party, chance.between(8, 20) * hour, hour / 2);
    if (day % 3 === 0) leave(chance.pick(wallets).party, 22 * hour, 4 * hour);
  }

  /** Prices of a closed day, by the rates that the market has said. */
  async #auditPrices(day: ClearingDay): Promise<void> {
    const sales = new Map<string, Sale>();
    for (const { sales: own } of this.#street.acquirers) {
      for (const sale of own.values()) {
        if (sale.paymentId !== undefined) sales.set(numberOf(sale.paymentId), sale);
      }
    }
    const { ledger } = this.#audit;
    const journals = await ledger.read(beginningOf(day), beginningOf(day + 1));
    const paid = journals.filter(({ number }) => sales.has(number));
    const blame = (violation: string) => this.blame(violation);
    this.#priced += auditPrices(ledger, paid, sales, this.#byId, this.#office.said, blame);
  }

  /**
   * By currency: what partners' books say that they owe and are owed is what stands in the
   * network's own accounts for the price of payments: stock, spread and rounding, and no unit more.
   */
  #auditNetworksPart(): void {
    const books = new Map<string, bigint>();
    const last = this.#days.at(-1)?.day ?? 0;
    for (const { id, currency } of this.#people) {
      for (const { row, networkDay } of placedRows(this.#street, id)) {
        // What came after the last close is not added up yet; what never counted is nothing.
        if (networkDay === undefined || networkDay > last) continue;
        books.set(currency, (books.get(currency) ?? 0n) + row.amount);
      }
    }
    const { priced } = this.#audit.ledger;
    for (const currency of new Set([...books.keys(), ...priced.keys()])) {
      const sum = (books.get(currency) ?? 0n) + (priced.get(currency) ?? 0n);
      if (sum !== 0n) this.blame(`${currency}: the network's part and the books differ by ${sum}`);
    }
  }

  async #prove(): Promise<void> {
    const checks = [...disputeChecks, ...settlementChecks, ...reconciliationChecks];
    const database = this.#connect(new Life());
    // Payments look up single rows; to prove is to read whole tables, which is planned otherwise.
    const plan = async (how: 'on' | 'off') => {
      for (const way of wholeTableWays) await database.query(`set enable_${way} = ${how}`);
    };
    await database.query('analyze');
    await plan('on');
    const proof = await prove(database, checks);
    await plan('off');
    this.#checks = proof.findings.length;
    for (const { name, count, violations } of proof.findings) {
      if (count > 0) this.blame(`${name} does not hold: ${violations.join('; ')}`);
    }
  }

  outcome(): MonthOutcome {
    const { ledger } = this.#audit;
    const refusals: Record<string, number> = {};
    for (const acquirer of this.#street.acquirers) {
      for (const [code, count] of acquirer.refusals) {
        refusals[code] = (refusals[code] ?? 0) + count;
      }
    }
    return {
      seed: this.#options.seed,
      hash: this.#trace.digest(),
      happened: this.#happened,
      refusals,
      days: this.#days,
      rates: this.#office.rates,
      journals: ledger.journals,
      postings: ledger.postings,
      pricesChecked: this.#priced,
      disputesAccepted: this.#street.acquirers.reduce((sum, { disputes }) => sum + disputes, 0),
      provedChecks: this.#checks,
      violations: this.violations,
    };
  }

  #connect(life: Life) {
    const readers = [itemSession];
    return this.#database.connect(life, { log: false, readsBeside: true, readers });
  }

  #around(name: string): Surroundings {
    return {
      time: this.#time,
      network: this.#network,
      chance: this.#chance.fork(name),
      hubKey: this.#bench.keys('hub').publicKey,
      keys: this.#bench.keys(name),
      strangeKeys: this.#bench.keys('stranger'),
      trace: (what, hidden) => this.#write(what, hidden),
      stormy: () => false,
    };
  }

  #write(what: string, hidden?: string): void {
    this.#trace.write(this.#time.now() - beginningOf(this.#options.from), what, hidden);
  }

  /** Lets time go on up to an instant. */
  async #until(at: number): Promise<void> {
    let there = false;
    this.#time.after(at - this.#time.now(), () => {
      there = true;
    });
    await this.#time.run(() => there, at + patienceMs);
  }

  /** Lets time go on until a piece of work has ended. */
  async #while(work: Promise<void>): Promise<void> {
    let done = false;
    let failed: unknown;
    void work.then(
      () => {
        done = true;
      },
      (error: unknown) => {
        [done, failed] = [true, error];
      },
    );
    await this.#time.run(() => done, this.#time.now() + patienceMs);
    if (failed !== undefined) throw failed;
  }
}
