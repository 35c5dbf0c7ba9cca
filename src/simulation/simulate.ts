// One run of a seed: storm, then rest, then the audit; its outcome is a hash and what was violated.

import { writeRates } from '../fx/store.ts';
import type { OfferedProduct } from '../payments/products.ts';
import { apiOfPath } from '../wire/messages.ts';
import { SimulatedAcquirer } from './acquirer.ts';
import { auditAtRest, auditBooks, callsLeft } from './atRest.ts';
import { Auditor } from './auditor.ts';
import { type Bench, layOut } from './bench.ts';
import { codeBehind } from './browser.ts';
import { Chance } from './chance.ts';
import { Clerk } from './clerk.ts';
import { SimulatedDatabase } from './database.ts';
import { Fleet } from './fleet.ts';
import { limitsOf } from './limitAudit.ts';
import { fairWeather, SimulatedNetwork } from './network.ts';
import type { Surroundings } from './party.ts';
import { type Played, type ProductWeights, Tally, usualWeights } from './played.ts';
import { movedTable } from './rates.ts';
import { acquirerSabotage, type Sabotage, shimOf, walletSabotage } from './sabotage.ts';
import { databaseFaults, merchantIds, orderFor, type Scenario, scenarioOf } from './scenario.ts';
import { type Shopping, shop } from './shoppers.ts';
import { codeRulesOf } from './tillOrders.ts';
import { Life, VirtualTime } from './time.ts';
import { gistOf, Trace } from './trace.ts';
import { cappedIn, Treasurer } from './treasurer.ts';
import { Trimmer } from './trimmer.ts';
import { SimulatedWallet } from './wallet.ts';

export interface SimulationOptions {
  readonly seed: string;
  readonly payments: number;
  readonly sabotage?: Sabotage;
  /** How often each product is played; `usualWeights` when absent. */
  readonly products?: ProductWeights;
  /** Told of every line of the trace. */
  readonly show?: (line: string) => void;
}

export interface SimulationOutcome {
  readonly seed: string;
  /** Of every event and message: equal for equal seeds. */
  readonly hash: string;
  readonly payments: number;
  readonly succeeded: number;
  readonly failed: number;
  /** Never reached the hub, or had no code. */
  readonly nothing: number;
  /** How many payments ended with which result code. */
  readonly words: Readonly<Record<string, number>>;
  readonly charges: number;
  readonly refunds: number;
  readonly kills: number;
  readonly events: number;
  readonly databaseRuns: number;
  readonly virtualMs: number;
  readonly played: Played;
  readonly violations: readonly string[];
  /** What the trace says of the first promise that broke; empty when none did. */
  readonly lastLines: readonly string[];
}

/** 2026-03-02T00:00:00+08:00: any day, always the same; it is the first or the second of a run. */
const midnight = Date.UTC(2026, 2, 1, 16);
/** No storm lasts longer; and everything must be at rest a while after it. */
const longestMs = 30 * 3_600_000;
const calmPollMs = 10_000;
const lookMs = 15_000;
/** Hubs look every minute whether rates moved (fleet.ts). */
const ratesEveryMs = 120_000;
/** Long after every dispute must have been answered, and what was accepted refunded. */
const overdueMs = 20 * 24 * 3_600_000;
const overdueLookMs = 3 * 60_000;
/** A writer that died in the middle holds up everybody no longer than this. */
const ratesWriteMs = 3_000;

export async function simulate(
  bench: Bench,
  options: SimulationOptions,
): Promise<SimulationOutcome> {
  const run = new Run(bench, options);
  try {
    await run.storm();
    await run.rest();
  } catch (error) {
    run.auditor.blame(`the run broke off: ${(error as Error).stack ?? String(error)}`);
  }
  return run.outcome();
}

class Run {
  readonly auditor: Auditor;
  readonly #bench: Bench;
  readonly #options: SimulationOptions;
  readonly #scenario: Scenario;
  readonly #time: VirtualTime;
  readonly #startAt: number;
  readonly #tally = new Tally();
  readonly #clerk: Clerk;
  readonly #treasurer: Treasurer;
  readonly #trimmer: Trimmer;
  readonly #chance: Chance;
  readonly #trace: Trace;
  readonly #network: SimulatedNetwork;
  readonly #database: SimulatedDatabase;
  readonly #fleet: Fleet;
  readonly #wallets: readonly SimulatedWallet[];
  readonly #acquirers: readonly SimulatedAcquirer[];
  #stormy = true;
  #evidence: readonly string[] = [];
  #shopping = 0;

  constructor(bench: Bench, options: SimulationOptions) {
    this.#bench = bench;
    this.#options = options;
    const chance = new Chance(options.seed);
    this.#chance = chance;
    this.#trace = new Trace(options.show);
    const scenario = scenarioOf(chance.fork('scenario'), options.payments);
    this.#scenario = scenario;
    this.#startAt = midnight - scenario.toMidnightMs;
    const time = new VirtualTime(this.#startAt);
    this.#time = time;
    this.auditor = new Auditor(
      new Map(scenario.wallets.map((wallet) => [wallet.id, wallet])),
      () => time.now(),
      (violation) => {
        this.#evidence = this.#trace.last(this.auditor.namesIn(violation));
      },
      scenario.strict,
    );
    this.#network = new SimulatedNetwork(time, chance.fork('network'), (from, to, request) =>
      this.#tap(from, to, request.url, request.body),
    );
    this.#network.weather = scenario.weather;
    const stormy = () => this.#stormy;
    this.#database = new SimulatedDatabase({
      backend: bench.backend,
      time,
      faults: databaseFaults(scenario, chance.fork('database'), stormy),
      shim: shimOf(options.sabotage),
      kill: (life) => this.#fleet.killed(life),
    });
    const hubKeys = bench.keys('hub');
    this.#fleet = new Fleet({
      time,
      network: this.#network,
      database: this.#database,
      chance: chance.fork('fleet'),
      auditor: this.auditor,
      keys: { keyVersion: '1', key: () => hubKeys.privateKey },
      limitRules: limitsOf(scenario.wallets),
      codeRules: codeRulesOf(scenario.acquirers.map(({ id }) => id)),
      timing: scenario.timing,
      tally: this.#tally,
      keepsLog: scenario.keepsLog,
      pollMs: () => (this.#stormy ? scenario.pollMs : calmPollMs),
      restartMs: () => chance.between(200, 8_000),
      trace: (what, hidden) => this.#write(what, hidden),
    });
    const around = (name: string): Surroundings => ({
      time,
      network: this.#network,
      chance: chance.fork(name),
      hubKey: hubKeys.publicKey,
      keys: bench.keys(name),
      strangeKeys: bench.keys('stranger'),
      trace: (what, hidden) => this.#write(what, hidden),
      stormy,
    });
    const broken = walletSabotage(options.sabotage);
    this.#wallets = scenario.wallets.map(
      (plan) => new SimulatedWallet(plan, around(plan.id), this.auditor, broken),
    );
    this.#acquirers = scenario.acquirers.map(
      ({ id }) =>
        new SimulatedAcquirer(id, around(id), this.auditor, acquirerSabotage(options.sabotage)),
    );
    const office = {
      time,
      database: this.#database,
      lanes: scenario.lanes,
      auditor: this.auditor,
      tally: this.#tally,
      trace: (what: string) => this.#write(what),
    };
    this.#clerk = new Clerk({ ...office, acquirerCancelMs: scenario.timing.acquirerCancelMs });
    const caps = cappedIn(scenario.wallets);
    this.#treasurer = new Treasurer({ ...office, chance: chance.fork('treasurer'), caps });
    this.#trimmer = new Trimmer({ ...office, timing: scenario.timing });
  }

  /** The payments are made, while everything goes wrong that the scenario has in store. */
  async storm(): Promise<void> {
    const time = this.#time;
    this.#bench.clear();
    const setup = this.#database.connect(new Life(), { log: false });
    let laidOut = false;
    this.#stormy = false;
    void layOut(this.#bench, setup, this.#scenario, time.now()).then(() => {
      laidOut = true;
    });
    await time.run(() => laidOut, this.#startAt + longestMs);
    this.#stormy = true;
    for (let hub = 0; hub < this.#scenario.hubs; hub++) this.#fleet.start();
    const { killEveryMs, crashEveryMs } = this.#scenario;
    this.#again(killEveryMs, () => this.#fleet.endOne());
    const partners = [...this.#wallets, ...this.#acquirers];
    this.#again(crashEveryMs, () => this.#chance.pick(partners).crash());
    this.#moveRates(this.#chance.fork('rates'));
    this.#clerk.keepClosing(() => this.#stormy);
    this.#treasurer.keepMoving(() => this.#stormy);
    this.#trimmer.keepTrimming(() => this.#stormy);
    // The last merchant stays unknown to every wallet.
    for (const acquirer of this.#acquirers) void acquirer.register(merchantIds.slice(0, -1));
    let over = false;
    const { tailMs } = this.#scenario;
    void this.#shopForAll().then(() =>
      time.after(tailMs, () => {
        over = true;
      }),
    );
    await time.run(() => over, this.#startAt + longestMs);
  }

  /** Faults end, a fresh hub finds what was left, and time goes on until nothing is left to do. */
  async rest(): Promise<void> {
    const time = this.#time;
    this.#write('the storm is over');
    this.#stormy = false;
    this.#network.weather = fairWeather;
    for (const partner of [...this.#wallets, ...this.#acquirers]) partner.comeBack();
    this.#fleet.killAll();
    this.#fleet.start();
    const database = this.#database.connect(new Life(), { log: false });
    let quiet = false;
    const look = async (): Promise<void> => {
      const [left] = await database.query<{ count: string }>(callsLeft);
      const busy = [...this.#acquirers, ...this.#wallets].some((partner) => partner.busy > 0);
      const still = !busy && this.#shopping === 0 && this.#network.underWay === 0;
      quiet = still && Number(left?.count) === 0;
      if (!quiet) time.after(lookMs, () => void look());
    };
    time.after(lookMs, () => void look());
    await time.run(() => quiet, this.#startAt + longestMs);
    let asked = false;
    const askAll = async () => {
      await this.#trimmer.trimAll();
      await Promise.all(this.#acquirers.map((acquirer) => acquirer.askAll()));
      asked = true;
    };
    void askAll();
    await time.run(() => asked, this.#startAt + longestMs);
    let audited = false;
    this.#fleet.killAll();
    auditAtRest(this.auditor);
    void auditBooks(this.auditor, database).then(() => {
      audited = true;
    });
    await time.run(() => audited, this.#startAt + longestMs);
    await this.#settle();
  }

  /** Days later: what is owed is settled, and what nobody answered is overdue. */
  async #settle(): Promise<void> {
    const time = this.#time;
    let settled = false;
    void this.#clerk.settleAll().then(
      () => {
        settled = true;
      },
      (error: Error) => {
        this.auditor.blame(`settling broke off: ${error.stack}`);
        settled = true;
      },
    );
    await time.run(() => settled, this.#startAt + longestMs + overdueMs);
    let over = false;
    time.after(overdueMs, () => {
      this.#fleet.start();
      time.after(overdueLookMs, () => {
        over = true;
      });
    });
    await time.run(() => over, this.#startAt + 3 * overdueMs);
    this.#fleet.killAll();
  }

  outcome(): SimulationOutcome {
    const words = [...this.auditor.payments.values()].map(({ word }) => word?.status);
    const codes: Record<string, number> = {};
    for (const { word } of this.auditor.payments.values()) {
      const code = word?.code ?? 'nothing';
      codes[code] = (codes[code] ?? 0) + 1;
    }
    const legs = [...this.auditor.legs.values()];
    return {
      seed: this.#options.seed,
      hash: this.#trace.digest(),
      payments: this.#options.payments,
      succeeded: words.filter((status) => status === 'S').length,
      failed: words.filter((status) => status === 'F').length,
      nothing: words.filter((status) => status === undefined).length,
      words: codes,
      charges: legs.reduce((sum, leg) => sum + leg.charges, 0),
      refunds: legs.reduce((sum, leg) => sum + leg.refunds, 0),
      kills: this.#fleet.kills,
      events: this.#time.happened,
      databaseRuns: this.#database.runs,
      virtualMs: this.#time.now() - this.#startAt,
      played: this.#played(),
      violations: this.auditor.violations,
      lastLines: this.#evidence,
    };
  }

  /** Payments by their products, beside what was counted on the way. */
  #played(): Played {
    for (const { product, word } of this.auditor.payments.values()) {
      if (product === undefined) continue;
      this.#tally.products[product].begun++;
      if (word?.status === 'S') this.#tally.products[product].succeeded++;
    }
    return this.#tally;
  }

  async #shopForAll(): Promise<void> {
    const chance = this.#chance.fork('shopping');
    const weights: Readonly<Record<OfferedProduct, number>> =
      this.#options.products ?? usualWeights;
    const shopping: Shopping = {
      time: this.#time,
      chance,
      wallets: this.#wallets,
      currencyOf: (id) => this.#scenario.wallets.find((each) => each.id === id)?.currency ?? '',
      open: (way) => codeBehind({ time: this.#time, network: this.#network }, way),
      debits: (binding, id) => this.auditor.agreements.debits(binding, id),
    };
    for (let index = 1; index <= this.#options.payments; index++) {
      await this.#time.pause(chance.between(0, this.#scenario.paymentEveryMs));
      const plan = chance.pick(this.#scenario.acquirers);
      const acquirer = this.#acquirers.find(({ id }) => id === plan.id);
      if (acquirer === undefined) continue;
      this.#shopping++;
      const purchase = {
        acquirer,
        plan,
        paymentRequestId: `P${index}`,
        product: chance.weighted(weights),
        amount: orderFor(chance, plan),
        merchantId: chance.weighted({ M1: 75, M2: 15, M3: 10 }),
      };
      void shop(shopping, purchase).then(() => {
        this.#shopping--;
      });
    }
  }

  /** Does something bad at about these intervals, as long as the storm lasts. */
  #again(everyMs: number, harm: () => void): void {
    if (everyMs === 0) return;
    this.#time.after(this.#chance.between(everyMs / 2, everyMs * 1.5), () => {
      if (!this.#stormy) return;
      harm();
      this.#again(everyMs, harm);
    });
  }

  /** Rates move while the storm lasts. What a fault hits was never written; the next one is. */
  #moveRates(chance: Chance): void {
    this.#time.after(chance.between(ratesEveryMs / 2, ratesEveryMs * 2), () => {
      if (!this.#stormy) return;
      const life = new Life();
      const database = this.#database.connect(life, { log: false });
      void writeRates(database, movedTable(chance), this.#time.now()).then(
        () => this.#write('rates moved'),
        () => this.#write('rates did not move'),
      );
      this.#time.after(ratesWriteMs, () => life.end());
      this.#moveRates(chance);
    });
  }

  /** The auditor's tap: what the hub puts on the line. */
  #tap(from: string, to: string, url: string, body: string): void {
    if (from !== 'hub') return;
    const api = apiOfPath(new URL(url).pathname);
    const isWallet = this.#scenario.wallets.some(({ id }) => id === to);
    this.#tally.called(isWallet ? 'wallet' : 'acquirer', api ?? '');
    this.#write(`hub > ${to} ${api} ${gistOf(body)}`, body);
    if (api !== undefined) this.auditor.hubCalls(to, api, body);
  }

  #write(what: string, hidden?: string): void {
    this.#trace.write(this.#time.now() - this.#startAt, what, hidden);
  }
}
