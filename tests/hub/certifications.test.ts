// A certification that is reported to a network: what the console has of it, meanwhile and after.

import { createPrivateKey, createPublicKey } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { RunningServer } from '../../src/api/server.ts';
import { certifyWallet } from '../../src/certify/certify.ts';
import { createReporter } from '../../src/certify/report.ts';
import { startWallet } from '../../src/certify/wallet.fixture.ts';
import { type OpenNetwork, openNetwork } from '../../src/host/network.ts';
import { realClock, realRandom } from '../../src/host/world.ts';
import { generateKeys } from '../../src/wire/signature.ts';
import { type Rig, startRig } from './rig.ts';
import { malaysian } from './scenes.ts';
import { openToAll, serve } from './serving.ts';

let rig: Rig;
let server: RunningServer;
let network: OpenNetwork;

beforeAll(async () => {
  rig = await startRig({ partners: [malaysian] });
  // A demo network takes reports from this machine without anybody signed in.
  await openToAll(rig);
  server = await serve(rig);
  network = openNetwork();
}, 60_000);

afterAll(async () => {
  await network.close();
  await server.stop();
  await rig.close();
});

interface Run {
  readonly runId: string;
  readonly name: string;
  readonly state: string;
  readonly cases: number;
  readonly counts: { readonly pass: number; readonly fail: number; readonly skipped: number };
  readonly debited: { readonly currency: string; readonly value: string } | null;
}

const at = '/console/api/certifications';
const read = async <T>(path: string) => (await (await fetch(server.url + path)).json()) as T;
const runs = async (clientId: string) =>
  (await read<{ runs: Run[] }>(`${at}?clientId=${clientId}`)).runs;

function post(path: string, body: object): Promise<Response> {
  const headers = { 'content-type': 'application/json' };
  return fetch(server.url + at + path, { method: 'POST', headers, body: JSON.stringify(body) });
}

test('a whole run of a wallet with a fault, as the command reports it', async () => {
  const keys = generateKeys('ES256');
  const networkKey = createPrivateKey(keys.privateKeyPem);
  const wallet = await startWallet('TNG', createPublicKey(keys.publicKeyPem), 'refund-over');
  const problems: string[] = [];
  const runId = 'RUN-0000000000000001';
  const reporter = createReporter({
    to: server.url,
    runId,
    clientId: 'TNG',
    role: 'wallet',
    url: wallet.url,
    network,
    failed: (problem) => problems.push(problem),
  });
  const terms = {
    acquirerId: 'CERTIFY',
    pspId: 'TNG',
    customerId: 'RICH',
    orderCurrency: 'CNY',
    orderMinor: 1_000n,
    payToCurrency: 'MYR',
    payToMinor: 611n,
    patienceMs: 1_000,
  };
  const report = await certifyWallet(terms, {
    url: wallet.url,
    clientId: 'TNG',
    privateKey: networkKey,
    keyVersion: '1',
    algorithm: 'ES256',
    foreignKey: createPrivateKey(generateKeys('ES256').privateKeyPem),
    partnerKey: { algorithm: 'ES256', key: wallet.publicKey },
    network,
    clock: realClock,
    random: realRandom,
    limitMs: 7_000,
    progress: reporter.told,
  });
  await reporter.ended(report.debited);
  await wallet.close();
  expect(problems).toEqual([]);
  const shown = await read<{ run: Run; cases: object[] }>(`${at}/${runId}`);
  expect(shown.run).toMatchObject({
    name: malaysian.name ?? 'TNG',
    state: 'ended',
    cases: report.cases.length,
    counts: report.counts,
    debited: report.debited,
  });
  expect(shown.cases).toEqual(report.cases.map((each, index) => ({ ordinal: index + 1, ...each })));
  expect((await runs('TNG')).map((run) => run.runId)).toEqual([runId]);
  expect(await runs('NOBODY')).toEqual([]);
}, 60_000);

const someCase = {
  ordinal: 1,
  id: 'pay',
  title: 'a payment is paid',
  source: 'our rule',
  verdict: 'pass',
  problem: null,
  hint: null,
  calls: [],
};
const someRun = { clientId: 'OUTSIDER', role: 'acquirer', url: 'http://there', cases: 9 };

test('a certifier that falls silent has broken off; the same case twice is one', async () => {
  const report = { run: someRun, case: someCase };
  await post('/RUN-SILENT-1/cases', report);
  await post('/RUN-SILENT-1/cases', report);
  const one = (await runs('OUTSIDER'))[0];
  expect(one).toMatchObject({ state: 'running', counts: { pass: 1, fail: 0, skipped: 0 } });
  await rig.advance(4 * 60_000);
  expect((await runs('OUTSIDER'))[0]).toMatchObject({ state: 'broken_off', name: 'OUTSIDER' });
});

test('the last twenty runs of a client are kept', async () => {
  const run = { ...someRun, clientId: 'OFTEN' };
  for (let each = 10; each < 32; each += 1) {
    await rig.advance(1_000);
    await post(`/RUN-OFTEN-${each}/cases`, { run, case: someCase });
  }
  const kept = (await runs('OFTEN')).map(({ runId }) => runId);
  expect(kept).toHaveLength(20);
  expect([kept[0], kept.at(-1)]).toEqual(['RUN-OFTEN-31', 'RUN-OFTEN-12']);
});

test.each([
  ['/x/cases', { run: someRun, case: someCase }, 400],
  ['/RUN-BAD-00/cases', { run: someRun, case: { ...someCase, verdict: 'perhaps' } }, 400],
  ['/RUN-BAD-00/cases', { run: someRun }, 400],
  ['/RUN-BAD-00/end', { debited: { currency: 'MYR', value: '-1' } }, 400],
  ['/RUN-NONE-0/end', {}, 404],
] as const)('a report that is none is refused: %s %#', async (path, body, status) => {
  expect((await post(path, body)).status).toBe(status);
  expect((await fetch(`${server.url}${at}/RUN-BAD-00`)).status).toBe(404);
});
