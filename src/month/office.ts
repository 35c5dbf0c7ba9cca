// The network's own people in a month: rates, fee rules, closing days, settling, making files.

import type { Clock, Database } from '../base/world.ts';
import { type Calendars, presetCalendars } from '../calendar/businessDay.ts';
import { beginningOf, type ClearingDay } from '../calendar/clearingDay.ts';
import { readFeeRules } from '../fees/readFeeRules.ts';
import { approveFeeSet, proposeFeeSet } from '../fees/store.ts';
import { batchesWithoutFiles, type FilesWorld, makeFiles } from '../files/commands.ts';
import type { PublishedRate } from '../fx/board.ts';
import { approveRate, freezeRates, thawRates } from '../fx/controlStore.ts';
import { publishedRates } from '../fx/published.ts';
import { offerRates, writeRates } from '../fx/store.ts';
import { writeCashier } from '../network/cashierStore.ts';
import { writeParticipant } from '../network/participantStore.ts';
import { createLanes } from '../network/store.ts';
import {
  closeAndNet,
  type NettedAgreement,
  type SettlementWorld,
  takeStep,
} from '../settlement/commands.ts';
import type { SettlementBatch, SettlementVerb } from '../settlement/settlement.ts';
import { writeTerms } from '../settlement/store.ts';
import type { Chance } from '../simulation/chance.ts';
import type { PartyKeys } from '../simulation/party.ts';
import type { VirtualTime } from '../simulation/time.ts';
import { formatTime } from '../wire/time.ts';
import type { Person } from './people.ts';

export interface OfficeOptions {
  readonly time: VirtualTime;
  readonly database: Database;
  readonly chance: Chance;
  readonly people: readonly Person[];
  /** Where files are put. */
  readonly directory: string;
  readonly calendars: Calendars | undefined;
  readonly blame: (violation: string) => void;
  readonly trace: (what: string) => void;
}

const lanes = 1;
const hour = 3_600_000;
const acquirerCancelMs = 15 * 60_000;
/** The only difference between rates of the market and those before: never further at once. */
const jumpLimitBasisPoints = 300;
const rateAgeMs = 26 * hour;

/** What was done with rates. */
export interface RatesDone {
  moves: number;
  jumps: number;
  freezes: number;
}

export class Office {
  readonly rates: RatesDone = { moves: 0, jumps: 0, freezes: 0 };
  /** What the market said when, as it came into force. */
  readonly said: { readonly at: number; readonly rates: readonly PublishedRate[] }[] = [];
  readonly #options: OfficeOptions;
  #table: readonly PublishedRate[];
  /** A jump waits for a second person: until then nothing new is taken from the market. */
  #isWaiting = false;
  /** Batches that the bank has still to carry out. */
  #sent: SettlementBatch[] = [];

  constructor(options: OfficeOptions) {
    this.#options = options;
    const needed = new Set(
      options.people.flatMap(({ currency, orderCurrencies }) => [currency, ...orderCurrencies]),
    );
    this.#table = publishedRates().rates.filter(({ quote }) => needed.has(quote));
  }

  /** Lets everybody in. */
  async open(keys: (name: string) => PartyKeys): Promise<void> {
    const { database, time, people } = this.#options;
    const now = time.now();
    this.said.push({ at: now, rates: this.#table });
    await createLanes(database, lanes);
    await writeRates(database, { ...publishedRates(), rates: this.#table }, now);
    for (const person of people) {
      await writeParticipant(
        database,
        {
          participantId: person.id,
          name: person.name,
          clientId: person.id,
          endpoint: `http://${person.id.toLowerCase()}`,
          role: person.role,
          market: person.market,
          enabled: true,
          algorithm: 'ES256',
          keyVersion: '1',
          currency: person.currency,
          orderCurrencies: [...person.orderCurrencies],
          serviceFeeBasisPoints: person.serviceFeeBasisPoints,
          interchangeBasisPoints: person.interchangeBasisPoints,
          spreadBasisPoints: person.spreadBasisPoints,
          cap: person.cap,
          codeIssuer: person.codeIssuer,
          publicKey: keys(person.id).publicKeyPem,
        },
        now,
      );
      const { daysAfter, minimumAmount } = person;
      await writeTerms(database, person.id, { daysAfter, minimumAmount });
      if (person.role !== 'wallet') continue;
      const nothing = { schemeUrl: null, applinkUrl: null, appIdentifier: null, logoUrl: null };
      const normalUrl = `https://${person.id.toLowerCase().replaceAll('_', '-')}.example/pay`;
      const cashier = { participantId: person.id, normalUrl, scansCodes: true, ...nothing };
      await writeCashier(database, cashier, now);
    }
  }

  /** Rates of a day: the market moves every few hours; now and then far, or somebody freezes. */
  beginDay(of: ClearingDay): void {
    const { time, chance } = this.#options;
    const begin = beginningOf(of);
    for (let at = 0; at < 24; at += 4) {
      const minutes = chance.between(0, 200);
      time.after(begin + at * hour + minutes * 60_000 - time.now(), () => void this.#move(false));
    }
    if (of % 5 === 1) time.after(begin + 13 * hour - time.now(), () => void this.#move(true));
    if (of % 7 === 2) time.after(begin + 10 * hour - time.now(), () => void this.#freeze());
  }

  /** The market's table, a little further; a jump moves one currency beyond the limit. */
  async #move(isJump: boolean): Promise<void> {
    const { time, chance, database, blame, trace } = this.#options;
    if (this.#isWaiting) return;
    const far = isJump ? chance.below(this.#table.length) : -1;
    const moved = this.#table.map((rate, index) =>
      scaled(rate, index === far ? 10_450 : chance.between(9_970, 10_030)),
    );
    const times = { now: time.now(), realNow: time.now() };
    const offerer = { source: 'market', byWhom: null, rank: 1 };
    const limits = { ageLimitMs: rateAgeMs, jumpLimitBasisPoints };
    const table = { realAt: time.now(), rates: moved };
    const judged = await offerRates(database, table, { ...offerer, ...limits }, times);
    this.rates.moves++;
    trace(`rates moved, ${judged.jumped.length} too far`);
    const before = this.#table;
    const isFar = (quote: string) => judged.jumped.some((jump) => jump.quote === quote);
    this.said.push({
      at: time.now(),
      rates: moved.map((rate, index) => (isFar(rate.quote) ? (before[index] ?? rate) : rate)),
    });
    this.#table = moved;
    for (const jump of judged.jumped) {
      this.rates.jumps++;
      this.#isWaiting = true;
      await time.pause(30 * 60_000);
      this.#isWaiting = false;
      const then = { now: time.now(), realNow: time.now() };
      const approved = await approveRate(database, jump, 'Wang', then);
      if (approved.kind !== 'approved') blame(`the jump of ${jump.quote} was ${approved.kind}`);
      this.said.push({ at: time.now(), rates: moved });
    }
  }

  async #freeze(): Promise<void> {
    const { time, chance, database } = this.#options;
    const scope = chance.pick(this.#table).quote;
    const frozenAt = time.now();
    await freezeRates(database, { scope, reason: 'news', byWhom: 'Li', frozenAt });
    this.rates.freezes++;
    await time.pause(chance.between(20, 90) * 60_000);
    await thawRates(database, scope, 'Wang', time.now());
  }

  /** New fees for all, from a midnight on: proposed by one person, approved by another. */
  async changeFees(from: ClearingDay, version: string, rules: readonly object[]): Promise<void> {
    const { time, database, blame } = this.#options;
    const effectiveFrom = formatTime(beginningOf(from));
    const text = JSON.stringify({ version, effectiveFrom, rules });
    const read = readFeeRules(text);
    if (!read.ok) throw new Error(`the fee rules of ${version}: ${read.problem}`);
    const now = time.now();
    const proposed = await proposeFeeSet(database, read.set, text, { byWhom: 'Li', now });
    const approved = await approveFeeSet(database, version, { byWhom: 'Wang', now });
    for (const { kind } of [proposed, approved]) {
      if (kind !== 'done') blame(`the fees ${version} are ${kind}`);
    }
  }

  /** Closes what is over and nets what is due; what is made is checked, approved and sent. */
  async close(): Promise<readonly NettedAgreement[]> {
    const { blame, trace } = this.#options;
    const { clearing, netted } = await closeAndNet(this.#settling(), { by: 'Li' });
    if (clearing.kind !== 'closed') blame(`the day could not be closed: ${clearing.kind}`);
    for (const { batch } of netted) {
      if (batch === undefined) continue;
      for (const [verb, by] of ways) await this.#step(batch, verb, by);
      this.#sent.push(batch);
    }
    trace(`closed: ${netted.filter(({ batch }) => batch !== undefined).length} batches`);
    await this.makeFiles();
    return netted;
  }

  /** The bank has moved the money of the day. */
  async bank(): Promise<readonly SettlementBatch[]> {
    const moved = this.#sent;
    this.#sent = [];
    for (const batch of moved) {
      await this.#step(batch, 'confirm', 'Li');
      await this.#step(batch, 'finish', 'Li');
    }
    await this.makeFiles();
    return moved;
  }

  async #step(batch: SettlementBatch, verb: SettlementVerb, by: string): Promise<void> {
    const { settlementBatchId, amount, valueDay } = batch;
    const line = { bankReference: `line ${settlementBatchId}`, amount, valueDay };
    const entry = verb === 'confirm' ? { entry: line } : {};
    const reply = await takeStep(this.#settling(), { settlementBatchId, verb, by, ...entry });
    if (reply.kind !== 'done') this.#options.blame(`${settlementBatchId}: ${verb}: ${reply.kind}`);
  }

  /** As the hub's clerk does: everything that is missing. */
  async makeFiles(): Promise<void> {
    const world = this.filing();
    for (const batchId of await batchesWithoutFiles(world.database)) {
      try {
        await makeFiles(world, batchId);
      } catch (error) {
        this.#options.blame(`no files of ${batchId}: ${(error as Error).message}`);
      }
    }
  }

  /** What files are made and handed out with. */
  filing(): FilesWorld {
    const { database, directory } = this.#options;
    return { database, clock: this.#clock(), lanes, directory };
  }

  #settling(): SettlementWorld {
    const { database, calendars = presetCalendars } = this.#options;
    return { database, clock: this.#clock(), lanes, acquirerCancelMs, calendars };
  }

  /** People work while the simulated time stands still: nothing they do waits for it. */
  #clock(): Pick<Clock, 'now' | 'elapsed' | 'pause'> {
    const { time } = this.#options;
    return { now: () => time.now(), elapsed: () => 0, pause: async () => {} };
  }
}

const ways: readonly (readonly [SettlementVerb, string])[] = [
  ['check', 'Li'],
  ['approve', 'Wang'],
  ['send', 'Li'],
];

/** A price times so many ten-thousandths, with eight digits more or less as it was. */
function scaled(rate: PublishedRate, tenThousandths: number): PublishedRate {
  const [whole = '0', decimals = ''] = rate.price.split('.');
  const digits = 10;
  const units = BigInt(whole + decimals.padEnd(digits, '0').slice(0, digits));
  const moved = ((units * BigInt(tenThousandths)) / 10_000n).toString().padStart(digits + 1, '0');
  const point = moved.length - digits;
  return { ...rate, price: `${moved.slice(0, point)}.${moved.slice(point)}` };
}
