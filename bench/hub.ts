// A process that is a hub as `wayfare serve` runs it, without pages and sandbox.

import { mkdirSync, writeFileSync } from 'node:fs';
import { Session } from 'node:inspector/promises';
import path from 'node:path';
import { type Hub, startHub } from '../src/api/hub.ts';
import { type RunningServer, startServer } from '../src/api/server.ts';
import { present } from '../src/base/assert.ts';
import { slotCount } from '../src/base/id.ts';
import type { Database } from '../src/base/world.ts';
import type { ConnectionParts } from '../src/host/connection.ts';
import { openDatabase } from '../src/host/database.ts';
import { type OpenNetwork, openNetwork } from '../src/host/network.ts';
import { realRandom, realWorld } from '../src/host/world.ts';
import { noLimits } from '../src/limits/presetLimits.ts';
import { issueCodesCommand } from '../src/payments/codes.ts';
import { type Algorithm, readPrivateKey } from '../src/wire/signature.ts';
import { type SignatureThread, startSignatureThread } from '../src/wire/signatureThread.ts';
import { answerBenchmark } from './child.ts';

interface Running {
  readonly hub: Hub;
  readonly server: RunningServer;
  readonly signatures: SignatureThread;
  readonly network: OpenNetwork;
  readonly database: Database;
}

/** Fewer than commands may wait for a lane. */
const codesAtOnce = 5_000;

let running: Running | undefined;
let profiler: Session | undefined;
const failures: string[] = [];

/** Starts the hub on a network that exists; the answer is its address. */
async function start(input: {
  connection: ConnectionParts;
  privateKeys: Readonly<Record<Algorithm, string>>;
}): Promise<string> {
  const database = openDatabase({ connection: input.connection });
  const network = openNetwork();
  const keys = {
    RSA256: present(readPrivateKey(input.privateKeys.RSA256), 'the RSA256 key'),
    ES256: present(readPrivateKey(input.privateKeys.ES256), 'the ES256 key'),
  };
  const signatures = startSignatureThread(
    (error) => void failures.push(`signing: ${String(error)}`),
  );
  const hub = await startHub({
    world: realWorld({ network, database }),
    keys: { keyVersion: '1', key: (algorithm) => keys[algorithm] },
    signatures,
    // One customer of each wallet makes all payments, far beyond what one person may pay.
    limitRules: noLimits,
    process: realRandom.digits(6),
    failed: (what, error) => void failures.push(`${what}: ${String(error)}`),
  });
  const server = await startServer({
    hub,
    database,
    port: 0,
    host: '127.0.0.1',
    pages: undefined,
    sandboxUrl: () => undefined,
  });
  running = { hub, server, signatures, network, database };
  return server.url;
}

/** New payment codes of a wallet's customer, as `getPaymentCode` issues them. */
async function codes(input: { walletId: string; count: number }): Promise<string[]> {
  const { hub } = present(running, 'the hub');
  const rules = hub.configuration.rules();
  const wallet = present(rules.directory.byId(input.walletId), 'the wallet');
  const codeIssuer = present(wallet.codeIssuer, 'its code issuer');
  const issueOne = () => {
    const slot = Number(realRandom.digits(6)) % slotCount;
    const customerId = '2088000000000001';
    const randoms = [realRandom.digits(12)];
    const request = { walletId: input.walletId, codeIssuer, customerId, randoms, slot };
    return hub.desk.run(issueCodesCommand(rules, request));
  };
  const issued: string[] = [];
  while (issued.length < input.count) {
    const length = Math.min(codesAtOnce, input.count - issued.length);
    const more = await Promise.all(Array.from({ length }, issueOne));
    issued.push(...more.flatMap((each) => each.map(({ code }) => code)));
  }
  return issued;
}

async function profile(): Promise<void> {
  profiler = new Session();
  profiler.connect();
  await profiler.post('Profiler.enable');
  await profiler.post('Profiler.setSamplingInterval', { interval: 200 });
  await profiler.post('Profiler.start');
}

/** Ends the profile and writes it, for any viewer of V8 profiles. */
async function profiled(input: { directory: string; name: string }): Promise<void> {
  const session = present(profiler, 'a profile under way');
  const { profile: written } = await session.post('Profiler.stop');
  session.disconnect();
  mkdirSync(input.directory, { recursive: true });
  const file = path.join(input.directory, `${input.name}.cpuprofile`);
  writeFileSync(file, JSON.stringify(written));
}

/** What went wrong so far, and messages that the log had to drop. */
function troubles(): { failures: string[]; dropped: number } {
  return { failures: failures.splice(0), dropped: running?.hub.log.dropped ?? 0 };
}

/** Ends the hub, so that all that it was to write is written. */
async function stop(): Promise<void> {
  if (running === undefined) return;
  const { hub, server, signatures, network, database } = running;
  running = undefined;
  await server.stop();
  await hub.stop();
  await signatures.stop();
  await network.close();
  await database.close();
}

answerBenchmark({ start, codes, profile, profiled, troubles, stop }, stop);
