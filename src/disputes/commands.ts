// The dispute desk: the room's commands on an engine of their own, and its looks at what is due.

import { limits } from '../base/limits.ts';
import type { Clock, Database } from '../base/world.ts';
import { type Engine, startEngine } from '../engine/engine.ts';
import type { Payment } from '../payments/payment.ts';
import type { Rules } from '../payments/rules.ts';
import { disputeBooks } from './books.ts';
import { awaitsRefund, type Dispute } from './dispute.ts';
import type {
  DisputeChanges,
  DisputeCommand,
  DisputeFacts,
  DisputeKeys,
  DisputeTask,
} from './facts.ts';
import { paymentsAwaitingRefunds, readDueTasks, taskFrom } from './store.ts';
import { recogniseRefundsCommand, takeTaskCommand } from './tasks.ts';

export interface DisputeDeskOptions {
  readonly lanes: number;
  readonly clock: Clock;
  readonly database: Database;
  readonly rules: () => Rules;
  /** Does what a task says; called after the commit that wrote it, never awaited. */
  readonly perform: (task: DisputeTask, dispute: Dispute, payment: Payment) => void;
  /** Told of failed transactions and polls: for the operator's log. */
  readonly failed: (what: string, error: unknown) => void;
  /** How often each lane's tasks are looked at. */
  readonly pollMs: number;
}

/** A transaction keeps its connection: payments have the sessions of the engine's names. */
function withOwnSessions(database: Database): Database {
  return {
    session: (name) => database.session(`${name}:disputes`),
    query: (text, values) => database.query(text, values),
    close: () => database.close(),
  };
}

/** Runs commands on the database of a network without being a hub: for the command line. */
export async function runDisputesAside<Reply>(
  options: Pick<DisputeDeskOptions, 'lanes' | 'clock' | 'database'>,
  commands: readonly DisputeCommand<Reply>[],
): Promise<Reply[]> {
  const engine = startEngine<DisputeKeys, DisputeFacts, DisputeChanges>({
    ...options,
    database: withOwnSessions(options.database),
    books: disputeBooks,
    committed: () => undefined,
  });
  try {
    return await Promise.all(commands.map((command) => engine.submit(command)));
  } finally {
    await engine.stop();
  }
}

/**
 * Runs dispute commands; has a lifetime, because it looks for what is due. Its engine shares the
 * lanes with that of payments, by the lock of the lane's row: a dispute sees every payment and
 * refund before it, and payments that have no dispute pay nothing for it.
 */
export class DisputeDesk {
  readonly #engine: Engine<DisputeKeys, DisputeFacts, DisputeChanges>;
  readonly #options: DisputeDeskOptions;
  readonly #polls: (() => void)[] = [];
  /** Payments with a promise that waits for its refund, as far as this process knows. */
  readonly #awaited = new Set<number>();
  #stopped = false;

  constructor(options: DisputeDeskOptions) {
    this.#options = options;
    const { database, lanes, clock } = options;
    this.#engine = startEngine<DisputeKeys, DisputeFacts, DisputeChanges>({
      lanes,
      clock,
      database: withOwnSessions(database),
      books: disputeBooks,
      committed: (changes) => this.#committed(changes),
      failed: (lane, error) => options.failed(`dispute tick of lane ${lane}`, error),
    });
  }

  /** Begins to look for what is due, which is also how a crash is recovered from. */
  async start(): Promise<void> {
    for (const payment of await paymentsAwaitingRefunds(this.#options.database)) {
      this.#awaited.add(payment);
    }
    for (let lane = 0; lane < this.#options.lanes; lane++) this.#pollLater(lane);
  }

  /** Runs one command; rejects with `EngineRefusal`. */
  run<Reply>(command: DisputeCommand<Reply>): Promise<Reply> {
    return this.#engine.submit(command);
  }

  /** Hears of every change of a payment; a refund may be what a dispute waits for. */
  paymentChanged({ paymentNumber }: Payment): void {
    if (!this.#awaited.has(paymentNumber)) return;
    this.run(recogniseRefundsCommand(this.#options.rules(), paymentNumber))
      .then((standing) => standing === 'done' && this.#awaited.delete(paymentNumber))
      .catch((error: unknown) => {
        // Its own look finds the refund too, an hour later at most.
        if (!this.#stopped) this.#options.failed('recognising a refund', error);
      });
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    for (const cancel of this.#polls) cancel();
    await this.#engine.stop();
  }

  #committed(all: readonly DisputeChanges[]): void {
    for (const { dispute, begin = [], about } of all) {
      if (dispute !== undefined) {
        if (awaitsRefund(dispute)) this.#awaited.add(dispute.paymentNumber);
      }
      if (about === undefined) continue;
      for (const task of begin) this.#options.perform(task, about.dispute, about.payment);
    }
  }

  #pollLater(lane: number): void {
    if (this.#stopped) return;
    this.#polls[lane] = this.#options.clock.wait(this.#options.pollMs, () => {
      this.#poll(lane)
        .catch((error: unknown) => {
          // Stopping cuts off a look; what is due stays due for the next start.
          if (!this.#stopped) this.#options.failed(`dispute poll of lane ${lane}`, error);
        })
        .finally(() => this.#pollLater(lane));
    });
  }

  async #poll(lane: number): Promise<void> {
    const session = this.#options.database.session('poll');
    const now = this.#options.clock.now();
    const [rows] = await session.run([readDueTasks(lane, now, limits.outboxPerPoll)]);
    const rules = this.#options.rules();
    await Promise.all((rows ?? []).map((row) => this.run(takeTaskCommand(rules, taskFrom(row)))));
  }
}
