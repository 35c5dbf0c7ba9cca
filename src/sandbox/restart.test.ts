// The sandbox is killed in the middle of things and remembers: payments, money, notices,
// inquiries, keys.

import { type ChildProcess, fork } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { openSandboxDatabase } from './database-store.ts';
import { callApi, type FakeHub, startFakeHub, until } from './hub.fixture.ts';
import { nameMessage, nextId, payMessage, verdict } from './messages.fixture.ts';
import type { Sandbox } from './start.ts';
import { createWalletStore } from './wallet-store.ts';

interface Child {
  readonly process: ChildProcess;
  /** What the parent learned: enough to stand for a sandbox in calls of the fake hub. */
  readonly sandbox: Sandbox;
}

let hub: FakeHub;
let publicKeys: Sandbox['publicKeys'] = {};
let children: ChildProcess[] = [];

beforeAll(async () => {
  hub = await startFakeHub(() => publicKeys);
});

afterEach(async () => {
  for (const child of children) await kill(child);
  children = [];
});

afterAll(async () => {
  await hub.close();
});

async function start(): Promise<Child> {
  const main = path.join(import.meta.dirname, 'main.ts');
  const child = fork(main, ['--home', hub.home, '--hub-url', hub.url], { execArgv: [] });
  children.push(child);
  const ready = await new Promise<Pick<Sandbox, 'port' | 'publicKeys' | 'endpoints'>>(
    (resolve, reject) => {
      child.once('message', (message) => resolve(message as never));
      child.once('exit', (code) => reject(new Error(`the sandbox ended with ${code}`)));
    },
  );
  publicKeys = ready.publicKeys;
  child.send({ begin: true });
  const sandbox: Sandbox = { ...ready, begin: () => {}, close: async () => {} };
  return { process: child, sandbox };
}

async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGKILL');
  await gone;
}

test('kill -9 after a debit: debit, answer and waiting notice are still there', async () => {
  hub.onCall('notifyPayment', () => 'unsigned');
  const first = await start();
  const keysBefore = publicKeys;
  const id = nextId();
  const paid = await hub.call(first.sandbox, 'TNG', 'pay', payMessage(id));
  expect(paid.body.result?.resultCode).toBe('SUCCESS');
  await kill(first.process);

  hub.onCall('notifyPayment', () => ({ result: verdict('SUCCESS', 'S') }));
  const before = hub.heard.length;
  const second = await start();
  expect(publicKeys).toEqual(keysBefore);
  const again = await hub.call(second.sandbox, 'TNG', 'pay', payMessage(id));
  expect(again.body.paymentId).toBe(paid.body.paymentId);
  const asked = await hub.call(second.sandbox, 'TNG', 'inquiryPayment', nameMessage(id));
  expect(asked.body.paymentResult).toMatchObject({ resultStatus: 'S' });
  await until('the notice after the restart', () =>
    hub.heard.slice(before).find((call) => call.body.paymentRequestId === id),
  );
});

test('kill -9 before a late success: it happens after the restart', async () => {
  const first = await start();
  const behaviour = { mode: 'answer_late', delayMs: 1_500 };
  await callApi(first.sandbox.port, 'PUT', '/sandbox/wallets/TNG/behaviour', behaviour);
  const id = nextId();
  await hub.call(first.sandbox, 'TNG', 'pay', payMessage(id));
  await kill(first.process);
  const second = await start();
  const { body } = await callApi<{ wallets: { id: string; behaviour: object }[] }>(
    second.sandbox.port,
    'GET',
    '/sandbox/wallets',
  );
  expect(body.wallets.find((wallet) => wallet.id === 'TNG')?.behaviour).toMatchObject(behaviour);
  const notice = await until('the late success', () =>
    hub.heard.find((call) => call.api === 'notifyPayment' && call.body.paymentRequestId === id),
  );
  expect(notice.body.paymentResult).toMatchObject({ resultStatus: 'S' });
  await callApi(second.sandbox.port, 'PUT', '/sandbox/wallets/TNG/behaviour', { mode: 'normal' });
});

test('kill -9 while the hub is silent: the till learns the end after the restart', async () => {
  hub.onCall('pay', () => ({ result: verdict('PAYMENT_IN_PROCESS', 'U'), paymentId: 'P1' }));
  hub.onCall('inquiryPayment', () => ({
    result: verdict('SUCCESS', 'S'),
    paymentResult: verdict('SUCCESS', 'S'),
  }));
  const first = await start();
  const till = '/sandbox/acquirers/LAKESIDE/tills/TILL-SILK-1/payments';
  const amount = { currency: 'CNY', value: '28800' };
  const { body } = await callApi<{ paymentRequestId: string }>(first.sandbox.port, 'POST', till, {
    amount,
  });
  await kill(first.process);
  const second = await start();
  await until('the end of the payment', async () => {
    const show = `${till}/${body.paymentRequestId}`;
    const { body: payment } = await callApi(second.sandbox.port, 'GET', show);
    return payment.status === 'SUCCESS' ? payment : undefined;
  });
});

test('the journal of every customer sums up to the balance', async () => {
  const { process: child } = await start();
  await kill(child);
  const database = openSandboxDatabase(hub.home);
  const store = createWalletStore(database);
  const journal = store.journal('TNG');
  expect(journal.filter(({ kind }) => kind === 'debit').length).toBeGreaterThan(0);
  for (const customer of store.customers('TNG')) {
    const entries = journal.filter(({ customerId }) => customerId === customer.id);
    const sum = entries.reduce((total, { minor }) => total + minor, 0n);
    expect(sum).toBe(customer.balance.minor);
    expect(entries.at(-1)?.balanceAfterMinor).toBe(sum);
  }
  database.close();
});

test('the port stays the same over a restart, unless somebody else has taken it', async () => {
  const first = await start();
  await kill(first.process);
  const second = await start();
  expect(second.sandbox.port).toBe(first.sandbox.port);
  await kill(second.process);
  const squatter = createServer().listen(first.sandbox.port, '127.0.0.1');
  await new Promise((resolve) => squatter.once('listening', resolve));
  const third = await start();
  expect(third.sandbox.port).not.toBe(first.sandbox.port);
  squatter.close();
});

test('private keys are for their owner alone', async () => {
  await start();
  const keys = path.join(hub.home, 'sandbox', 'keys');
  const files = readdirSync(keys).filter((file) => file.endsWith('.private.pem'));
  expect(files).toHaveLength(17);
  for (const file of files) expect(statSync(path.join(keys, file)).mode & 0o777).toBe(0o600);
});

test('it ends when its parent lets go of it', async () => {
  const { process: child } = await start();
  const gone = new Promise((resolve) => child.once('exit', resolve));
  child.disconnect();
  expect(await gone).toBe(0);
});
