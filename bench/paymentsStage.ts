// The stage of the payments benchmark: hub, partners, load and signer as processes around one
// Postgres.

import { availableParallelism } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import manifest from '../package.json' with { type: 'json' };
import type { Database } from '../src/base/world.ts';
import { usualLanes } from '../src/cli/network.ts';
import type { NewParticipant } from '../src/network/participantStore.ts';
import { type Algorithm, generateKeys } from '../src/wire/signature.ts';
import { type Child, startChild } from './child.ts';
import { type Corridor, corridor } from './corridor.ts';
import type { LoadRun } from './load.ts';
import { cpuMicrosOfFamily } from './processTime.ts';
import { type BenchServer, type FreshNetwork, startBenchServer } from './server.ts';
import { verifyBooks } from './verify.ts';

/** How the load comes: so many under way at once, or so many a second. */
export type Manner =
  | { readonly inFlight: number }
  | {
      readonly perSecond: number;
      /** Work that begins with the load; the run waits for its end, too. */
      readonly beside?: () => Promise<void>;
    };

/** One run of payments. CPU is in microseconds a payment. */
export interface PaymentsRun extends LoadRun {
  /** Payments answered and notified, over the time until the last of both. */
  readonly perSecond: number;
  /** RSA signatures a second of this machine, right before and after. */
  readonly signsPerSecond: number;
  readonly cpu: {
    readonly hub: number;
    readonly postgres: number | undefined;
    readonly generator: number;
    readonly partners: number;
  };
}

export interface Stage {
  readonly database: Database;
  run(algorithm: Algorithm, payments: number, manner: Manner): Promise<PaymentsRun>;
  /** Stops the hub, then throws unless the books are proved and everybody was told. */
  verify(): Promise<void>;
  stop(): Promise<void>;
}

export interface StageOptions {
  readonly say: (line: string) => void;
  /** Where profiles of the hub are written, one a run. */
  readonly profile?: string;
  /** How long the signer measures before and after a run. */
  readonly signMs: number;
  /** What is in the network's books before its hub starts. */
  readonly past?: NetworkPast;
}

const lanes = usualLanes();
/** A notice that fails is sent again after five seconds; longer than this it is not waited for. */
const noticesMs = 15_000;
/** More connections than an open load at half of the maximum ever needs at once. */
const openLines = 512;

/** Participants of a network's past, when all of them joined, and what was paid since. */
export interface NetworkPast {
  readonly participants: readonly NewParticipant[];
  readonly joinedAt: number;
  /** Resolves to how many payments it made. */
  fill(network: FreshNetwork): Promise<number>;
}

interface Processes {
  readonly hub: Child;
  readonly partners: Child;
  readonly load: Child;
  readonly signer: Child;
}

/** The hub runs as `npm start` runs it. */
const flagsOfStart = manifest.scripts.start.split(' ').filter((word) => word.startsWith('--'));

/** Threads that sign: as many as cores; the hub's may be chosen from outside, to compare. */
function signingThreads(name: keyof Processes): Record<string, string> {
  const chosen = name === 'hub' ? process.env.UV_THREADPOOL_SIZE : undefined;
  return { UV_THREADPOOL_SIZE: chosen ?? String(availableParallelism()) };
}

export async function openStage(options: StageOptions): Promise<Stage> {
  const server = await startBenchServer(options.say);
  const processes: Partial<Record<keyof Processes, Child>> = {};
  const stop = async () => {
    for (const name of ['load', 'hub', 'partners', 'signer'] as const) {
      await processes[name]?.stop();
    }
    await server.stop();
  };
  try {
    for (const name of ['partners', 'hub', 'load', 'signer'] as const) {
      const flags = name === 'hub' ? flagsOfStart : [];
      processes[name] = await startChild(`${name}.ts`, signingThreads(name), flags);
    }
    return await setTheStage(options, server, processes as Processes, stop);
  } catch (error) {
    await stop();
    throw error;
  }
}

async function setTheStage(
  options: StageOptions,
  server: BenchServer,
  processes: Processes,
  stop: () => Promise<void>,
): Promise<Stage> {
  const { hub, partners } = processes;
  const hubKeys = { RSA256: generateKeys('RSA256'), ES256: generateKeys('ES256') };
  const corridors = {
    RSA256: await playedCorridor(partners, 'RSA256'),
    ES256: await playedCorridor(partners, 'ES256'),
  };
  const participants = Object.values(corridors).flatMap((each) => [each.wallet, each.acquirer]);
  const { past } = options;
  const all = [...participants, ...(past?.participants ?? [])];
  const network = await server.network(lanes, all, past?.joinedAt);
  const { connection, database } = network;
  let made = (await past?.fill(network)) ?? 0;
  const url = await hub.ask<string>('start', {
    connection,
    privateKeys: {
      RSA256: hubKeys.RSA256.privateKeyPem,
      ES256: hubKeys.ES256.privateKeyPem,
    },
  });
  return {
    database,
    async run(algorithm, payments, manner) {
      const pair = corridors[algorithm];
      await prepare(processes, pair, hubKeys[algorithm].publicKeyPem, payments);
      const run = await measure(options, server, processes, { url, payments, manner, algorithm });
      made += payments;
      return run;
    },
    async verify() {
      await hub.ask('stop');
      await verifyBooks(database, made, true);
      const [left] = await database.query<{ count: string }>(
        'select count(*)::text as count from outbox',
      );
      if (left?.count !== '0') throw new Error(`${left?.count} asks and notices are left over`);
    },
    async stop() {
      await database.close();
      await stop();
    },
  };
}

async function playedCorridor(partners: Child, algorithm: Algorithm): Promise<Corridor> {
  const plan = corridor(algorithm, `_${algorithm}`);
  const [wallet, acquirer] = await playBoth(partners, plan);
  return {
    ...plan,
    wallet: { ...plan.wallet, endpoint: wallet },
    acquirer: { ...plan.acquirer, endpoint: acquirer },
  };
}

/** Lets the partners play both parts of a corridor, with answers signed now. */
function playBoth(partners: Child, pair: Corridor): Promise<[string, string]> {
  const play = (role: 'wallet' | 'acquirer') =>
    partners.ask<string>('play', {
      role,
      clientId: pair[role].clientId,
      algorithm: pair.algorithm,
      privateKey: pair.privateKeys[role],
    });
  return Promise.all([play('wallet'), play('acquirer')]);
}

/** Everything that is not the hub's work: fresh constant answers, codes, signed requests. */
async function prepare(
  { hub, load, partners }: Processes,
  pair: Corridor,
  hubPublicKey: string,
  payments: number,
): Promise<void> {
  await playBoth(partners, pair);
  const { wallet, acquirer, algorithm } = pair;
  const codes = await hub.ask('codes', { walletId: wallet.participantId, count: payments });
  const privateKey = pair.privateKeys.acquirer;
  await load.ask('prepare', {
    clientId: acquirer.clientId,
    algorithm,
    privateKey,
    hubPublicKey,
    codes,
  });
}

interface Measured {
  readonly url: string;
  readonly payments: number;
  readonly manner: Manner;
  readonly algorithm: Algorithm;
}

interface Seen {
  readonly notices: number;
  readonly lastAt: number;
}

async function measure(
  options: StageOptions,
  server: BenchServer,
  processes: Processes,
  { url, payments, manner, algorithm }: Measured,
): Promise<PaymentsRun> {
  const { hub, load, partners, signer } = processes;
  const signs = () => signer.ask<number>('signsPerSecond', { milliseconds: options.signMs });
  const signsBefore = await signs();
  if (options.profile !== undefined) await hub.ask('profile');
  const noticesBefore = (await partners.ask<Seen>('seen')).notices;
  const before = await usages(server, processes);
  const ran =
    'inFlight' in manner
      ? await load.ask<LoadRun>('closed', { url, ...manner })
      : await besideLoad(
          load,
          { url, perSecond: manner.perSecond, most: openLines },
          manner.beside,
        );
  const seen = await noticed(partners, noticesBefore + payments);
  const after = await usages(server, processes);
  if (options.profile !== undefined) {
    const how = 'inFlight' in manner ? 'full' : 'half';
    const name = `${algorithm.toLowerCase()}-${how}-${ran.startedAt}`;
    await hub.ask('profiled', { directory: options.profile, name });
  }
  await noTroubles(hub, ran);
  const signsAfter = await signs();
  const each = (name: 'hub' | 'load' | 'partners') => (after[name] - before[name]) / payments;
  const { postgres } = after;
  return {
    ...ran,
    perSecond: (payments / (Math.max(ran.lastAnswerAt, seen.lastAt) - ran.startedAt)) * 1_000,
    signsPerSecond: (signsBefore + signsAfter) / 2,
    cpu: {
      hub: each('hub'),
      postgres:
        postgres === undefined || before.postgres === undefined
          ? undefined
          : (postgres - before.postgres) / payments,
      generator: each('load'),
      partners: each('partners'),
    },
  };
}

async function besideLoad(load: Child, input: object, beside = async () => {}): Promise<LoadRun> {
  const [ran] = await Promise.all([load.ask<LoadRun>('open', input), beside()]);
  return ran;
}

async function usages(server: BenchServer, { hub, load, partners }: Processes) {
  const usage = (child: Child) => child.ask<number>('usage');
  return {
    hub: await usage(hub),
    load: await usage(load),
    partners: await usage(partners),
    postgres: cpuMicrosOfFamily(server.pid),
  };
}

/** Waits until the acquirer has been told of every payment. */
async function noticed(partners: Child, notices: number): Promise<Seen> {
  const deadline = performance.now() + noticesMs;
  for (;;) {
    const seen = await partners.ask<Seen>('seen');
    if (seen.notices >= notices) return seen;
    if (performance.now() > deadline) {
      throw new Error(`${notices - seen.notices} notices did not come within ${noticesMs} ms`);
    }
    await sleep(10);
  }
}

async function noTroubles(hub: Child, ran: LoadRun): Promise<void> {
  if (ran.failed > 0) {
    throw new Error(`${ran.failed} of ${ran.answered} payments failed, one so: ${ran.failure}`);
  }
  const { failures, dropped } = await hub.ask<{ failures: string[]; dropped: number }>('troubles');
  if (failures.length > 0) throw new Error(`the hub says: ${failures[0]} (${failures.length})`);
  if (dropped > 0) throw new Error(`the message log dropped ${dropped} messages`);
}
