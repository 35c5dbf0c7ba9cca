// Rounds of kill -9 under load, to a hub or to its Postgres, and what must hold after each.

import { type ChildProcess, fork } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { homePaths } from '../../src/host/home.ts';
import { readPostmasterNotes } from '../../src/host/postmaster.ts';
import type { Proof } from '../../src/payments/proof/store.ts';
import type { CrashHubQuestion } from './crashHub.ts';
import { type Load, startLoad } from './crashLoad.ts';
import { openParties, type Parties } from './crashParties.ts';

const ENTRY = fileURLToPath(new URL('./crashHub.ts', import.meta.url));
const startMs = 60_000;
const settleMs = 30_000;

export interface CrashSummary {
  rounds: number;
  killedHubs: number;
  killedPostgres: number;
  requests: number;
  payments: number;
  acknowledged: number;
  succeeded: number;
  /** Acknowledged results that the hub tells otherwise, or not at all, afterwards. */
  lost: string[];
  /** Orders that a visitor paid more than once, or that were paid without being a success. */
  doubleCharges: string[];
  wrongCharges: string[];
  /** Notices that say something else than the final result, or that never came. */
  wrongNotices: string[];
  unbalanced: string[];
  /** Milliseconds until the hub answered again, the longest. */
  longestAwayMs: number;
}

/** Runs rounds on one home; kills the hub and Postgres in turns, at a random moment. */
export async function crashRounds(
  rounds: number,
  report: (line: string) => void,
): Promise<CrashSummary> {
  const home = mkdtempSync(path.join(tmpdir(), 'wayfare-crash-'));
  const parties = await openParties();
  const summary: CrashSummary = {
    rounds,
    killedHubs: 0,
    killedPostgres: 0,
    requests: 0,
    payments: 0,
    acknowledged: 0,
    succeeded: 0,
    lost: [],
    doubleCharges: [],
    wrongCharges: [],
    wrongNotices: [],
    unbalanced: [],
    longestAwayMs: 0,
  };
  let hub = await startChild(home, 0, parties);
  try {
    for (let round = 0; round < rounds; round++) {
      let clients = parties.clients(hub.url);
      const load = startLoad(round, parties, () => clients);
      await sleep(300 + Math.random() * 1_500);
      const killedAt = performance.now();
      const victim = round % 2 === 0 ? 'hub' : 'postgres';
      if (victim === 'hub') {
        summary.killedHubs += 1;
        await hub.kill();
        hub = await startChild(home, hub.port, parties);
        clients = parties.clients(hub.url);
      } else {
        summary.killedPostgres += 1;
        killPostgres(home);
      }
      await untilAnswering(hub);
      const awayMs = Math.round(performance.now() - killedAt);
      summary.longestAwayMs = Math.max(summary.longestAwayMs, awayMs);
      await sleep(400);
      await load.stop();
      await settled(hub);
      await judge(parties, load, hub, clients, summary);
      report(
        `round ${round + 1}: killed the ${victim}, back in ${awayMs} ms, ` +
          `${load.begun.length} payments, ${load.acknowledged.size} acknowledged`,
      );
    }
  } finally {
    await hub.end();
    await parties.close();
    rmSync(home, { recursive: true, force: true });
  }
  return summary;
}

interface Child {
  readonly port: number;
  readonly url: string;
  ask<T>(question: CrashHubQuestion): Promise<T>;
  /** kill -9, and wait until it is gone. */
  kill(): Promise<void>;
  end(): Promise<void>;
}

async function startChild(home: string, port: number, parties: Parties): Promise<Child> {
  const child = fork(ENTRY, [], { execArgv: [], stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  child.send({ home, port, hubKey: parties.hubKey, participants: parties.participants });
  const ready = await heard<{ port: number }>(child, 'ready', startMs);
  return {
    port: ready.port,
    url: `http://127.0.0.1:${ready.port}`,
    async ask<T>(question: CrashHubQuestion): Promise<T> {
      const answer = heard<{ said: T; failed?: string }>(child, 'question', settleMs);
      child.send(question);
      const { said, failed } = await answer;
      if (failed !== undefined) throw new Error(failed);
      return said;
    },
    async kill() {
      child.kill('SIGKILL');
      await gone;
    },
    async end() {
      if (child.exitCode === null && child.signalCode === null) {
        if (child.connected) child.disconnect();
        await gone;
      }
      // Its Postgres goes with it, and must be gone before its files are.
      const directory = path.join(homePaths(home).postgresDirectory, 'data');
      for (let each = 0; each < 200 && readPostmasterNotes(directory) !== undefined; each++) {
        await sleep(50);
      }
    },
  };
}

function heard<T>(child: ChildProcess, field: string, ms: number): Promise<T> {
  return new Promise((resolve, reject) => {
    const done = () => {
      clearTimeout(timer);
      child.off('message', listen);
      child.off('exit', ended);
    };
    const listen = (message: object) => {
      if (!(field in message)) return;
      done();
      resolve(message as T);
    };
    const ended = (code: number | null) => {
      done();
      reject(new Error(`the hub ended, code ${code}`));
    };
    const timer = setTimeout(() => {
      done();
      reject(new Error(`the hub did not say ${field} within ${ms} ms`));
    }, ms);
    child.on('message', listen);
    child.on('exit', ended);
  });
}

function killPostgres(home: string): void {
  const notes = readPostmasterNotes(path.join(homePaths(home).postgresDirectory, 'data'));
  if (notes === undefined) throw new Error('there is no postmaster to kill');
  process.kill(notes.pid, 'SIGKILL');
}

/** Until the hub's database answers; a hub that is killed is started again by then. */
async function untilAnswering(hub: Child): Promise<void> {
  const deadline = Date.now() + startMs;
  for (;;) {
    try {
      await hub.ask('waiting');
      return;
    } catch (error) {
      // Postgres is recovering: that is what is waited for.
      if (Date.now() > deadline) throw error;
      await sleep(20);
    }
  }
}

/** Until nothing is in process and the outbox is empty. */
async function settled(hub: Child): Promise<void> {
  const deadline = Date.now() + settleMs;
  for (;;) {
    const waiting = await hub.ask<number>('waiting');
    if (waiting === 0) return;
    if (Date.now() > deadline) throw new Error(`${waiting} things are still to be done`);
    await sleep(50);
  }
}

async function judge(
  parties: Parties,
  load: Load,
  hub: Child,
  clients: ReturnType<Parties['clients']>,
  summary: CrashSummary,
): Promise<void> {
  const charged = new Map<string, { count: number; net: bigint; amount: bigint }>();
  for (const line of parties.wallet.lines.values()) {
    const known = charged.get(line.orderId) ?? { count: 0, net: 0n, amount: line.amount };
    const net = line.debited - line.returned;
    charged.set(line.orderId, {
      count: known.count + (net > 0n ? 1 : 0),
      net: known.net + net,
      amount: line.amount,
    });
  }
  for (const id of load.begun) {
    const outcome = await clients.till.call('inquiryPayment', { paymentRequestId: id });
    if (outcome.kind !== 'answered') throw new Error(`${id}: ${outcome.problem}`);
    const about = outcome.body.paymentResult as { resultCode: string } | undefined;
    const final = about?.resultCode ?? 'ORDER_NOT_EXIST';
    const told = load.acknowledged.get(id);
    if (told !== undefined && told !== final) summary.lost.push(`${id}: ${told}, now ${final}`);
    const { count, net, amount } = charged.get(id) ?? { count: 0, net: 0n, amount: 0n };
    if (count > 1) summary.doubleCharges.push(`${id}: ${count} times`);
    const due = final === 'SUCCESS' ? amount : 0n;
    if (net !== due || (final === 'SUCCESS' && net === 0n)) {
      summary.wrongCharges.push(`${id}: ${final}, charged ${net} of ${amount}`);
    }
    const notice = parties.notified.get(id);
    if (about !== undefined && told !== undefined && notice !== final && notice !== undefined) {
      summary.wrongNotices.push(`${id}: ${final}, notified ${notice}`);
    }
    if (final === 'SUCCESS') summary.succeeded += 1;
    if (final === 'SUCCESS' && notice === undefined) summary.wrongNotices.push(`${id}: no notice`);
  }
  summary.requests += load.requests;
  summary.payments += load.begun.length;
  summary.acknowledged += load.acknowledged.size;
  const proof = await hub.ask<Proof>('prove');
  for (const { name, violations } of proof.findings) {
    for (const violation of violations) summary.unbalanced.push(`${name}: ${violation}`);
  }
}

/** Whether nothing that may not happen has happened. */
export function isClean(summary: CrashSummary): boolean {
  const { lost, doubleCharges, wrongCharges, wrongNotices, unbalanced } = summary;
  return [lost, doubleCharges, wrongCharges, wrongNotices, unbalanced].every(
    (list) => list.length === 0,
  );
}
