// The network's clerk: closes clearing days while payments go on, and settles all at the end.

import type { Database } from '../base/world.ts';
import { presetCalendars } from '../calendar/businessDay.ts';
import { dayMs } from '../calendar/clearingDay.ts';
import { readAgreements } from '../clearing/store.ts';
import { closeAndNet, type SettlementWorld, takeStep } from '../settlement/commands.ts';
import type { SettlementBatch, SettlementVerb } from '../settlement/settlement.ts';
import type { Auditor } from './auditor.ts';
import { auditBatches } from './clearingAudit.ts';
import type { SimulatedDatabase } from './database.ts';
import type { Tally } from './played.ts';
import { Life, type VirtualTime } from './time.ts';

const closeEveryMs = 9_000;
/** A clerk whose machine died in the middle is given up after this. */
const patienceMs = 5_000;
/** T+2 working days come within these, whatever the day of the week. */
const settlingDays = 7;

export interface ClerkOptions {
  readonly time: VirtualTime;
  readonly database: SimulatedDatabase;
  readonly lanes: number;
  readonly acquirerCancelMs: number;
  readonly auditor: Auditor;
  readonly tally: Tally;
  readonly trace: (what: string) => void;
}

export class Clerk {
  readonly #options: ClerkOptions;

  constructor(options: ClerkOptions) {
    this.#options = options;
  }

  /** Tries to close days as long as the storm lasts; what a fault hits is tried again. */
  keepClosing(stormy: () => boolean): void {
    const { time, database, trace } = this.#options;
    time.after(closeEveryMs, () => {
      if (!stormy()) return;
      const life = new Life();
      void closeAndNet(this.#world(connectClerk(database, life)), { by: 'clerk' }).then(
        ({ clearing }) => this.#closed(clearing),
        (error: Error) => trace(`a day could not be closed: ${error.message}`),
      );
      time.after(patienceMs, () => life.end());
      this.keepClosing(stormy);
    });
  }

  /**
   * Everything is at rest and no hub runs: closes what is open, compares it with what was heard,
   * and settles it, until nobody owes anybody anything.
   */
  async settleAll(): Promise<void> {
    const { time, auditor, acquirerCancelMs } = this.#options;
    const database = connectClerk(this.#options.database, new Life());
    const world = this.#world(database);
    for (let day = 0; day < settlingDays; day++) {
      await time.pause(dayMs + (day === 0 ? acquirerCancelMs : 0));
      const { clearing, netted } = await closeAndNet(world, { by: 'clerk' });
      this.#closed(clearing);
      for (const { batch } of netted) {
        if (batch !== undefined) await this.#settle(world, batch);
      }
    }
    await auditBatches(auditor, database);
    await this.#auditPositions(database);
  }

  #world(database: Database): SettlementWorld {
    const { time, lanes, acquirerCancelMs } = this.#options;
    return { database, clock: time, lanes, acquirerCancelMs, calendars: presetCalendars };
  }

  #closed(clearing: Awaited<ReturnType<typeof closeAndNet>>['clearing']): void {
    if (clearing.kind !== 'closed' || clearing.days.length === 0) return;
    this.#options.tally.happened('days closed', clearing.days.length);
    this.#options.trace(`days closed: ${clearing.days.join(', ')}`);
  }

  async #settle(world: SettlementWorld, batch: SettlementBatch): Promise<void> {
    const { auditor, tally } = this.#options;
    const { settlementBatchId, amount, valueDay } = batch;
    const step = async (verb: SettlementVerb, by: string) => {
      const line = { bankReference: `line ${settlementBatchId}`, amount, valueDay };
      const entry = verb === 'confirm' ? { entry: line } : {};
      const reply = await takeStep(world, { settlementBatchId, verb, by, ...entry });
      if (reply.kind === 'done') return;
      auditor.blame(`${settlementBatchId}: ${verb} ended as ${reply.kind}`);
    };
    await step('check', 'clerk');
    await step('approve', 'treasurer');
    await step('send', 'clerk');
    await step('confirm', 'clerk');
    await step('finish', 'clerk');
    tally.happened('batches settled');
  }

  /** All is settled: no position and nothing on its way is left. */
  async #auditPositions(database: Database): Promise<void> {
    const rows = await database.query<{ name: string; left: string }>(
      `select a.name, sum(case when t.debit_account = a.account_id then t.amount
         else -t.amount end) as left
       from accounts a join postings t on a.account_id in (t.debit_account, t.credit_account)
       where a.kind in ('position', 'transit') group by a.name order by a.name`,
    );
    const agreements = await readAgreements(database);
    if (agreements.length === 0) this.#options.auditor.blame('there are no agreements to settle');
    for (const { name, left } of rows) {
      if (left !== '0') this.#options.auditor.blame(`${name} is settled, and has ${left} left`);
    }
  }
}

function connectClerk(database: SimulatedDatabase, life: Life): Database {
  return database.connect(life, { log: false, readsBeside: true });
}
