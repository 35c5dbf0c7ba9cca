// `wayfare certify` from the shell: a key once, a table, one JSON object, and exit codes.

import { execFile } from 'node:child_process';
import { createPublicKey } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { CertificationReport } from '../certify/certify.ts';
import { startWallet, type WalletFault } from '../certify/wallet.fixture.ts';

const main = fileURLToPath(new URL('main.ts', import.meta.url));
let directory: string;
beforeEach(() => {
  directory = mkdtempSync(path.join(tmpdir(), 'wayfare-certify-'));
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

interface Ran {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

function wayfare(...words: readonly string[]): Promise<Ran> {
  return new Promise((resolve) => {
    execFile(process.execPath, [main, 'certify', ...words], (error, stdout, stderr) => {
      resolve({ code: error === null ? 0 : Number(error.code), stdout, stderr });
    });
  });
}

const keyFile = () => path.join(directory, 'certify.pem');

async function certify(fault?: WalletFault, ...words: readonly string[]): Promise<Ran> {
  const { stdout } = await wayfare('key', keyFile(), '--algorithm', 'ES256');
  const wallet = await startWallet('FIXTURE', createPublicKey(stdout), fault);
  const publicKey = path.join(directory, 'public.pem');
  writeFileSync(publicKey, wallet.publicKey.export({ type: 'spki', format: 'pem' }));
  const line = ['--url', wallet.url, '--client-id', 'FIXTURE', '--public-key', publicKey];
  const terms = ['--customer', 'RICH', '--pay-to-currency', 'MYR', '--pay-to-amount', '611'];
  try {
    return await wayfare('wallet', ...line, '--network-key', keyFile(), ...terms, ...words);
  } finally {
    await wallet.close();
  }
}

test('a key is made once, for its owner only, and shown again', async () => {
  const made = await wayfare('key', keyFile());
  expect(made.stdout).toMatch(/^-----BEGIN PUBLIC KEY-----/);
  const before = readFileSync(keyFile(), 'utf8');
  expect(statSync(keyFile()).mode & 0o077).toBe(0);
  expect((await wayfare('key', keyFile())).stdout).toBe(made.stdout);
  expect(readFileSync(keyFile(), 'utf8')).toBe(before);
});

test('a sound wallet: a line a case, what was skipped and why, exit code 0', async () => {
  const { code, stdout } = await certify();
  expect(code).toBe(0);
  expect(stdout).toMatch(/^pass {4}pay {18}a payment is paid, and the answer names it$/m);
  expect(stdout).toMatch(/^skipped balance-not-enough .*\n {8}Name a customer with --poor-cust/m);
  expect(stdout).toMatch(/\nCERTIFIED\n30 passed, 0 failed, 1 skipped\.\n/);
});

test('a wallet with a fault: what to change, exit code 1; as JSON with what was sent', async () => {
  const { code, stdout, stderr } = await certify(
    'refund-over',
    '--json',
    '--poor-customer',
    'POOR',
  );
  expect(code).toBe(1);
  const report = JSON.parse(stdout) as CertificationReport;
  expect(report).toMatchObject({ role: 'wallet', passed: false, counts: { fail: 1, pass: 30 } });
  const failed = report.cases.find(({ verdict }) => verdict === 'fail');
  expect(failed).toMatchObject({
    id: 'refund-over',
    problem: 'refund was answered S SUCCESS; F REFUND_AMOUNT_EXCEED was expected.',
    hint: 'Refunds never come to more than was paid: REFUND_AMOUNT_EXCEED.',
  });
  expect(failed?.calls.map(({ api }) => api)).toEqual(['pay', 'refund', 'refund']);
  expect(stderr).toContain('31/31 pass in-time');
});

test('with --listen it says where to call and what to do', async () => {
  const { code, stdout, stderr } = await certify(undefined, '--listen', '0', '--patience', '1');
  expect(code).toBe(1);
  expect(stderr).toMatch(/must call the network at http:\/\/127\.0\.0\.1:[0-9]+ now/);
  expect(stderr).toMatch(/Within 0.001 s: Ask for evidence \(initiateRetrieval\) for payment CERT/);
  expect(stdout).toContain('No initiateRetrieval came within 1 ms.');
});

test('a person without a secret signs in nowhere', async () => {
  const { code, stderr } = await certify(
    undefined,
    '--report',
    'http://127.0.0.1:1',
    '--person',
    'Ann',
  );
  expect(code).toBe(1);
  expect(stderr).toContain('--secret-file or WAYFARE_SECRET');
});

test('what is missing is said', async () => {
  const words = ['--url', 'http://127.0.0.1:1', '--client-id', 'A', '--public-key', main];
  const { code, stderr } = await wayfare('acquirer', ...words, '--network-key', keyFile());
  expect(code).toBe(1);
  expect(stderr).toContain('make it with `wayfare certify key');
});
