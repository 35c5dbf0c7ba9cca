// The wallet of the guide, run as it is printed, passes the certification that it is about.

import { type ChildProcess, spawn } from 'node:child_process';
import { createPrivateKey, createPublicKey } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { certifyWallet } from '../src/certify/certify.ts';
import { openNetwork } from '../src/host/network.ts';
import { realClock, realRandom } from '../src/host/world.ts';
import { type Algorithm, generateKeys } from '../src/wire/signature.ts';
import { ROOT } from './support/sources.ts';

let directory: string;
let child: ChildProcess | undefined;
beforeEach(() => {
  directory = mkdtempSync(path.join(tmpdir(), 'wayfare-guide-wallet-'));
});
afterEach(async () => {
  const ended = new Promise((resolve) => child?.once('exit', resolve));
  child?.kill();
  await ended;
  rmSync(directory, { recursive: true, force: true });
});

/** A port that was free a moment ago. */
function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address();
      const port = typeof address === 'object' ? (address?.port ?? 0) : 0;
      server.close(() => resolve(port));
    });
  });
}

/** Writes the script of the guide beside its keys and starts it; resolves when it answers. */
async function startGuideWallet(ownKeyPem: string, networkPem: string): Promise<string> {
  const guide = readFileSync(path.join(ROOT, 'docs/guides/wallet.md'), 'utf8');
  const script = /```js\n(\/\/ wallet\.mjs:[\s\S]*?)```/.exec(guide)?.[1];
  if (script === undefined) throw new Error('the guide has no wallet.mjs');
  writeFileSync(path.join(directory, 'wallet.mjs'), script);
  writeFileSync(path.join(directory, 'private.pem'), ownKeyPem);
  writeFileSync(path.join(directory, 'network.pem'), networkPem);
  const port = await freePort();
  const words = ['wallet.mjs', 'http://127.0.0.1:1', 'LOTUS', String(port)];
  child = spawn(process.execPath, words, { cwd: directory, stdio: 'inherit' });
  const url = `http://127.0.0.1:${port}`;
  const until = performance.now() + 10_000;
  while (performance.now() < until) {
    const isUp = await fetch(`${url}/balance`).then(
      () => true,
      () => false,
    );
    if (isUp) return url;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error('the wallet of the guide did not start');
}

test.each<Algorithm>(['RSA256', 'ES256'])(
  '%s: all cases but those it was not given',
  async (is) => {
    const [own, hub] = [generateKeys(is), generateKeys(is)];
    const url = await startGuideWallet(own.privateKeyPem, hub.publicKeyPem);
    const balance = async () => {
      const answer = (await (await fetch(`${url}/balance`)).json()) as { balance: string };
      return BigInt(answer.balance);
    };
    const before = await balance();
    const network = openNetwork();
    try {
      const report = await certifyWallet(
        {
          acquirerId: 'CERTIFY',
          pspId: 'LOTUS',
          customerId: 'CUSTOMER-1',
          orderCurrency: 'CNY',
          orderMinor: 1_000n,
          payToCurrency: 'MYR',
          payToMinor: 611n,
          patienceMs: 0,
        },
        {
          url,
          clientId: 'LOTUS',
          privateKey: createPrivateKey(hub.privateKeyPem),
          keyVersion: '1',
          algorithm: is,
          foreignKey: createPrivateKey(generateKeys(is).privateKeyPem),
          partnerKey: { algorithm: is, key: createPublicKey(own.publicKeyPem) },
          network,
          clock: realClock,
          random: realRandom,
          limitMs: 5_000,
          progress: () => undefined,
        },
      );
      const left = report.cases.filter(({ verdict }) => verdict !== 'pass');
      // It has one customer, who is never asked.
      expect(left.map(({ id, verdict }) => `${verdict} ${id}`)).toEqual([
        'skipped balance-not-enough',
        'skipped cancel-unpaid',
      ]);
      expect(report.debited?.value).toBe(String(before - (await balance())));
    } finally {
      await network.close();
    }
  },
);
