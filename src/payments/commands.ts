// The payment desk: the room's commands on the engine, and who waits for a payment to end.

import type { Agreement } from '../agreements/agreement.ts';
import { limits } from '../base/limits.ts';
import type { Clock, Database } from '../base/world.ts';
import { type Engine, startEngine } from '../engine/engine.ts';
import { outboxItemFrom, readDue } from '../engine/outbox.ts';
import { paymentBooks } from './books.ts';
import type {
  PaymentChanges,
  PaymentCommand,
  PaymentFacts,
  PaymentItem,
  PaymentKeys,
} from './facts.ts';
import type { Payment, Refund } from './payment.ts';
import type { Rules } from './rules.ts';
import { takeCommand } from './tasks.ts';

export interface DeskOptions {
  readonly lanes: number;
  readonly clock: Clock;
  readonly database: Database;
  readonly rules: () => Rules;
  /** Does what an item says; called after the commit that wrote it, never awaited. */
  readonly perform: (item: PaymentItem, payment: Payment, refund?: Refund) => void;
  /** The same for an item that is about an agreement. */
  readonly performAgreement: (item: PaymentItem, agreement: Agreement) => void;
  /** Told of failed transactions and polls: for the operator's log. */
  readonly failed: (what: string, error: unknown) => void;
  /** How often each lane's outbox is looked at for what is due. */
  readonly pollMs: number;
}

/** Runs commands on the database of a network without being a hub: for the command line. */
export async function runAside<Reply>(
  options: Pick<DeskOptions, 'lanes' | 'clock' | 'database'>,
  commands: readonly PaymentCommand<Reply>[],
): Promise<Reply[]> {
  const engine = startEngine<PaymentKeys, PaymentFacts, PaymentChanges>({
    ...options,
    books: paymentBooks(),
    committed: () => undefined,
  });
  try {
    return await Promise.all(commands.map((command) => engine.submit(command)));
  } finally {
    await engine.stop();
  }
}

/** Hears of a payment that changed, with the refund of it that did, where one did. */
type PaymentListener = (payment: Payment, refund?: Refund) => void;

/** Runs payment commands; has a lifetime, because it polls the outbox and keeps who waits. */
export class PaymentDesk {
  readonly engine: Engine<PaymentKeys, PaymentFacts, PaymentChanges>;
  readonly #options: DeskOptions;
  readonly #waiting = new Map<number, Set<PaymentListener>>();
  readonly #waitingForRefund = new Map<number, Set<(refund: Refund) => void>>();
  readonly #listeners = new Set<PaymentListener>();
  readonly #polls: (() => void)[] = [];
  #stopped = false;

  constructor(options: DeskOptions) {
    this.#options = options;
    this.engine = startEngine<PaymentKeys, PaymentFacts, PaymentChanges>({
      lanes: options.lanes,
      clock: options.clock,
      database: options.database,
      books: paymentBooks(),
      committed: (changes) => this.#committed(changes),
      failed: (lane, error) => options.failed(`tick of lane ${lane}`, error),
    });
  }

  /** Begins to look for what is due, which is also how a crash is recovered from. */
  start(): void {
    for (let lane = 0; lane < this.#options.lanes; lane++) this.#pollLater(lane);
  }

  /** Runs one command; rejects with `EngineRefusal`. */
  run<Reply>(command: PaymentCommand<Reply>): Promise<Reply> {
    return this.engine.submit(command);
  }

  /** The payment once it has ended, or undefined when it has not within the time. */
  ended(paymentNumber: number, timeoutMs: number): Promise<Payment | undefined> {
    return new Promise((resolve) => {
      const waiters = this.#waiting.get(paymentNumber) ?? new Set();
      this.#waiting.set(paymentNumber, waiters);
      const finish = (payment: Payment | undefined) => {
        cancel();
        waiters.delete(heard);
        if (waiters.size === 0) this.#waiting.delete(paymentNumber);
        resolve(payment);
      };
      const heard: PaymentListener = (payment) => {
        if (payment.state !== 'PROCESSING') finish(payment);
      };
      const cancel = this.#options.clock.wait(timeoutMs, () => finish(undefined));
      waiters.add(heard);
    });
  }

  /** The refund once it has ended, or undefined when it has not within the time. */
  refunded(refundNumber: number, timeoutMs: number): Promise<Refund | undefined> {
    return new Promise((resolve) => {
      const waiters = this.#waitingForRefund.get(refundNumber) ?? new Set();
      this.#waitingForRefund.set(refundNumber, waiters);
      const finish = (refund: Refund | undefined) => {
        cancel();
        waiters.delete(finish);
        if (waiters.size === 0) this.#waitingForRefund.delete(refundNumber);
        resolve(refund);
      };
      const cancel = this.#options.clock.after(timeoutMs, () => finish(undefined));
      waiters.add(finish);
    });
  }

  /** Hears of every change of a payment after it is durable; the returned function ends it. */
  listen(listener: PaymentListener): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    for (const cancel of this.#polls) cancel();
    await this.engine.stop();
  }

  #committed(all: readonly PaymentChanges[]): void {
    for (const changes of all) {
      const { payment } = changes;
      if (payment !== undefined) {
        for (const listener of this.#listeners) listener(payment, changes.refund);
      }
      const about = payment ?? changes.about;
      if (about === undefined) {
        this.#beginAgreement(changes);
        continue;
      }
      // Another process may have ended it: then ours hears of the end by an answer that came after.
      for (const heard of [...(this.#waiting.get(about.paymentNumber) ?? [])]) heard(about);
      const { refund } = changes;
      if (refund !== undefined && refund.state !== 'ASKED') {
        for (const heard of this.#waitingForRefund.get(refund.refundNumber) ?? []) heard(refund);
      }
      const begun = refund ?? changes.aboutRefund;
      for (const item of changes.begin ?? []) this.#options.perform(item, about, begun);
    }
  }

  #beginAgreement(changes: PaymentChanges): void {
    const agreement = changes.agreement ?? changes.aboutAgreement;
    if (agreement === undefined) return;
    for (const item of changes.begin ?? []) this.#options.performAgreement(item, agreement);
  }

  #pollLater(lane: number): void {
    if (this.#stopped) return;
    this.#polls[lane] = this.#options.clock.wait(this.#options.pollMs, () => {
      this.#poll(lane)
        .catch((error: unknown) => {
          // Stopping cuts off a look at the outbox; what is due stays due for the next start.
          if (!this.#stopped) this.#options.failed(`poll of lane ${lane}`, error);
        })
        .finally(() => this.#pollLater(lane));
    });
  }

  /** Takes up what is due in a lane: asks that were not answered, notices to repeat, expiries. */
  async #poll(lane: number): Promise<void> {
    const session = this.#options.database.session('poll');
    const now = this.#options.clock.now();
    const [rows] = await session.run([readDue(lane, now, limits.outboxPerPoll)]);
    const items = (rows ?? []).map((row) => outboxItemFrom(row) as PaymentItem);
    const rules = this.#options.rules();
    await Promise.all(items.map((item) => this.run(takeCommand(rules, item))));
  }
}
