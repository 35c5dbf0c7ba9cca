// Payments through the engine alone: hold and post as two commands, callers in the same process.

import { present } from '../src/base/assert.ts';
import { defaultTiming } from '../src/base/limits.ts';
import type { Clock, Database } from '../src/base/world.ts';
import { startEngine } from '../src/engine/engine.ts';
import { readRateBoard } from '../src/fx/store.ts';
import type { ConnectionParts } from '../src/host/connection.ts';
import { realClock } from '../src/host/world.ts';
import { noLimits } from '../src/limits/presetLimits.ts';
import { readDirectory } from '../src/network/store.ts';
import { answerCommand } from '../src/payments/answer.ts';
import { paymentBooks } from '../src/payments/books.ts';
import type { PaymentChanges, PaymentItem } from '../src/payments/facts.ts';
import { type PayOrder, payCommand } from '../src/payments/pay.ts';
import { corridor, order, requestIds } from './corridor.ts';
import { quantile } from './report.ts';
import type { BenchServer, FreshNetwork } from './server.ts';
import { verifyBooks } from './verify.ts';

/** One run. Latencies are of hold and post together, in milliseconds. */
export interface EngineRun {
  readonly perSecond: number;
  readonly p50: number;
  readonly p99: number;
  /** CPU of this process a payment, in microseconds: callers and engine. */
  readonly nodeMicros: number;
  readonly commandsPerTick: number;
}

/** An engine on a network of its own. */
export interface EngineBench {
  readonly lanes: number;
  readonly database: Database;
  readonly connection: ConnectionParts;
  run(payments: number, inFlight: number): Promise<EngineRun>;
  /** How many payments were posted so far, also of a run under way. */
  posted(): number;
  /** Throws unless the books balance; with `whole` everything that `prove` checks. */
  verify(whole: boolean): Promise<void>;
  close(): Promise<void>;
}

/** What every order of the benchmark has in common. */
type CommonOrder = Omit<PayOrder, 'paymentRequestId' | 'amount'>;

/**
 * Opens an engine in a fresh database with one hot corridor, whose cap is checked each time. `paid`
 * is told of each payment as its acquirer knows it: its own id, and the order's amount in fen.
 */
export async function openEngine(
  server: BenchServer,
  lanes: number,
  clock: Clock = realClock,
  paid?: (paymentRequestId: string, minor: number) => void,
): Promise<EngineBench> {
  const pair = corridor('ES256');
  const network = await server.network(lanes, [pair.wallet, pair.acquirer]);
  const engine = await engineOn(network, lanes, clock, paid);
  return {
    ...engine,
    async close() {
      await engine.close();
      await network.database.close();
    },
  };
}

/** The same on a network that has such a corridor; its database stays open. */
export async function engineOn(
  { database, connection }: FreshNetwork,
  lanes: number,
  clock: Clock,
  paid?: (paymentRequestId: string, minor: number) => void,
): Promise<EngineBench> {
  const rules = {
    lanes,
    directory: await readDirectory(database),
    board: await readRateBoard(database, Date.now()),
    timing: defaultTiming,
    // One customer makes all payments: under the mainland's rules most would be refused.
    limitRules: noLimits,
    screening: null,
    publicUrl: 'https://wayfare.example',
  };
  const common = commonOrder(rules);
  const nextId = requestIds('');
  // The hub's performer is told of asks by the commit; here the caller plays it.
  const asks = new Map<number, PaymentItem>();
  const failures: unknown[] = [];
  const engine = startEngine({
    lanes,
    clock,
    database,
    books: paymentBooks(),
    committed: (changes) => noteAsks(changes, asks),
    failed: (_lane, error) => void failures.push(error),
  });
  let made = 0;
  let ended = 0;

  async function pay(index: number): Promise<void> {
    const amount = { currency: 'CNY', minor: BigInt(1_000 + (index % 9_000)) };
    const paymentRequestId = nextId();
    const held = await engine.submit(payCommand(rules, { ...common, paymentRequestId, amount }));
    if (held.kind !== 'accepted') throw new Error(`a payment was refused: ${held.resultCode}`);
    const { paymentNumber } = held.payment;
    const item = present(asks.get(paymentNumber), 'the ask of a payment');
    asks.delete(paymentNumber);
    const word = { kind: 'success' as const, walletPaymentId: `2026112200${paymentNumber}` };
    const posted = await engine.submit(answerCommand(rules, { paymentNumber, leg: 1, word, item }));
    if (posted.kind !== 'counted') throw new Error(`an answer did not count: ${posted.kind}`);
    ended++;
    paid?.(paymentRequestId, Number(amount.minor));
  }

  return {
    lanes,
    database,
    connection,
    async run(payments, inFlight) {
      const latencies = new Float64Array(payments);
      const before = { ...engine.counts, cpu: process.cpuUsage(), at: performance.now() };
      let next = 0;
      const caller = async () => {
        while (next < payments) {
          const index = next++;
          const from = performance.now();
          await pay(index);
          latencies[index] = performance.now() - from;
        }
      };
      await Promise.all(Array.from({ length: inFlight }, caller));
      const seconds = (performance.now() - before.at) / 1_000;
      const cpu = process.cpuUsage(before.cpu);
      if (failures.length > 0) throw new Error('a tick failed', { cause: failures[0] });
      made += payments;
      latencies.sort();
      return {
        perSecond: payments / seconds,
        p50: quantile(latencies, 0.5),
        p99: quantile(latencies, 0.99),
        nodeMicros: (cpu.user + cpu.system) / payments,
        commandsPerTick:
          (engine.counts.commands - before.commands) / (engine.counts.ticks - before.ticks),
      };
    },
    posted: () => ended,
    verify: (whole) => verifyBooks(database, made, whole),
    async close() {
      await engine.stop();
    },
  };
}

function noteAsks(all: readonly PaymentChanges[], asks: Map<number, PaymentItem>): void {
  for (const { begin } of all) {
    for (const item of begin ?? []) {
      if (item.kind === 'wallet.pay') asks.set(item.paymentNumber, item);
    }
  }
}

function commonOrder(rules: Parameters<typeof payCommand>[0]): CommonOrder {
  const { directory, board } = rules;
  const wallet = present(directory.byId('TNG'), 'the wallet');
  const acquirer = present(directory.byId('ACQ'), 'the acquirer');
  const priceFor = (party: typeof wallet) => {
    const outcome = board.price('CNY', party.currency, party, 0);
    if (outcome.kind === 'unpriced') throw new Error(`no price: ${outcome.why}`);
    return outcome.price;
  };
  const price = priceFor(wallet);
  return {
    acquirer,
    product: 'payment_code',
    keyTerms: 'payment_code CNY 12000 CONNECT_WALLET CNY 12000',
    settlementPrice: priceFor(acquirer),
    merchantName: order.merchant.merchantName,
    storeName: order.merchant.store.storeName,
    city: order.merchant.merchantAddress.city,
    order: JSON.stringify(order),
    notifyUrl: null,
    page: null,
    expiresAt: null,
    nonce: null,
    payer: { wallet, customerId: '2088000000000001', price: present(price, 'the price'), at: 0 },
    refusal: null,
  };
}
