// A sandbox network whose time is moved over HTTP: who may, who follows, and what comes of it.

import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Hub, startHub } from '../../src/api/hub.ts';
import { type RunningServer, startServer } from '../../src/api/server.ts';
import { present } from '../../src/base/assert.ts';
import type { Database } from '../../src/base/world.ts';
import { openDatabase } from '../../src/host/database.ts';
import { movableClock } from '../../src/host/movableClock.ts';
import { openNetwork } from '../../src/host/network.ts';
import { realClock, realWorld } from '../../src/host/world.ts';
import { markSandbox } from '../../src/network/clockStore.ts';
import { createLanes } from '../../src/network/store.ts';
import { followHubClock } from '../../src/sandbox/hub-clock.ts';
import { generateKeys, readPrivateKey } from '../../src/wire/signature.ts';
import { type FreshDatabase, freshDatabase } from '../support/postgres.ts';

const hour = 3_600_000;
let fresh: FreshDatabase;
const opened: Running[] = [];

const pairs = { RSA256: generateKeys('RSA256'), ES256: generateKeys('ES256') };

interface Running {
  readonly hub: Hub;
  readonly server: RunningServer;
  readonly database: Database;
}

interface ClockView {
  readonly now: string;
  readonly networkTime: string;
  readonly offsetMs: number;
  readonly movable: boolean;
  readonly error?: { readonly code: string; readonly field?: string; readonly message: string };
}

/** One more hub process, as far as the database can tell. */
async function start(): Promise<Running> {
  const database = openDatabase({ connection: fresh.config });
  const hub = await startHub({
    world: realWorld({ network: openNetwork(), database }),
    keys: {
      keyVersion: '1',
      key: (algorithm) => present(readPrivateKey(pairs[algorithm].privateKeyPem), algorithm),
    },
    process: `moved${opened.length}`,
    failed(what, error) {
      throw new Error(what, { cause: error });
    },
    refreshMs: 50,
  });
  const server = await startServer({
    hub,
    database,
    port: 0,
    host: '127.0.0.1',
    pages: undefined,
    sandboxUrl: () => undefined,
  });
  const running = { hub, server, database };
  opened.push(running);
  return running;
}

async function stop(running: Running): Promise<void> {
  await running.server.stop();
  await running.hub.stop();
  await running.database.close();
}

async function ask(running: Running, query = ''): Promise<ClockView> {
  const response = await fetch(`${running.server.url}/console/api/clock${query}`);
  return (await response.json()) as ClockView;
}

async function move(running: Running, body: unknown): Promise<ClockView & { status: number }> {
  const response = await fetch(`${running.server.url}/console/api/clock`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  return { ...((await response.json()) as ClockView), status: response.status };
}

/** Waits in real time until it holds, at most two seconds. */
async function soon(holds: () => boolean | Promise<boolean>): Promise<boolean> {
  for (let round = 0; round < 100; round += 1) {
    if (await holds()) return true;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return false;
}

beforeAll(async () => {
  fresh = await freshDatabase();
  await createLanes(fresh.database, 2);
});

afterAll(async () => {
  await Promise.all(opened.map(stop));
  await fresh.drop();
});

test('the time of a network that was never a sandbox stays where it is', async () => {
  const running = await start();
  expect(await ask(running)).toMatchObject({ offsetMs: 0, movable: false });
  // Nobody may ask for it without signing in, and it would come to nothing.
  const refused = await move(running, { advanceMs: hour });
  expect(refused).toMatchObject({ status: 401, error: { code: 'NOT_SIGNED_IN' } });
  expect(await running.hub.clock.advance(hour)).toEqual({ kind: 'not_a_sandbox' });
  expect((await ask(running)).offsetMs).toBe(0);
  await markSandbox(fresh.database);
  expect(await soon(async () => (await ask(running)).movable)).toBe(true);
});

test('it is moved, every process follows, and a restart keeps it', async () => {
  const [first] = opened as [Running];
  const second = await start();
  const moved = await move(first, { advanceMs: 36 * hour });
  expect(moved.status).toBe(200);
  expect(moved.offsetMs).toBe(36 * hour);
  const ahead = Date.parse(moved.now) - Date.now();
  expect(Math.abs(ahead - 36 * hour)).toBeLessThan(5_000);
  expect(moved.networkTime).toMatch(/[+]08:00$/);
  expect(Date.parse(moved.networkTime)).toBe(Date.parse(moved.now));
  expect(await soon(async () => (await ask(second)).offsetMs === 36 * hour)).toBe(true);
  await stop(opened.pop() as Running);
  const again = await start();
  expect((await ask(again)).offsetMs).toBe(36 * hour);
});

test('to a time: that time, and never back', async () => {
  const [first] = opened as [Running];
  const to = new Date(first.hub.clock.now() + 2 * hour).toISOString();
  const moved = await move(first, { to });
  expect(Math.abs(Date.parse(moved.now) - Date.parse(to))).toBeLessThan(5_000);
  const before = await ask(first);
  const back = await move(first, { to: '2026-01-01T00:00:00+08:00' });
  expect(back).toMatchObject({ status: 400, error: { code: 'CLOCK_NEVER_GOES_BACK' } });
  expect((await ask(first)).offsetMs).toBe(before.offsetMs);
});

test.each([
  {},
  { advanceMs: 0 },
  { advanceMs: -1 },
  { advanceMs: 1.5 },
  { advanceMs: '1' },
  { advanceMs: 1, to: '2030-01-01T00:00:00Z' },
  { to: 'tomorrow' },
  { advanceMs: 10 ** 15 },
  [],
])('%j moves nothing', async (body) => {
  const [first] = opened as [Running];
  const before = await ask(first);
  expect(await move(first, body)).toMatchObject({ status: 400, error: { code: 'PARAM_ILLEGAL' } });
  expect((await ask(first)).offsetMs).toBe(before.offsetMs);
});

test('hundred years in steps are too far too', async () => {
  const [first] = opened as [Running];
  const before = await ask(first);
  const far = await move(first, { advanceMs: 36_525 * 24 * hour });
  expect(far).toMatchObject({ status: 400, error: { code: 'CLOCK_TOO_FAR' } });
  expect((await ask(first)).offsetMs).toBe(before.offsetMs);
});

test('an outsider follows by HTTP within a moment', async () => {
  const [first] = opened as [Running];
  const clock = movableClock(realClock);
  const following = await followHubClock(first.server.url, clock, (error) => {
    throw error;
  });
  expect(clock.offsetMs()).toBe(first.hub.clock.offsetMs());
  let rang = false;
  clock.after(24 * hour, () => {
    rang = true;
  });
  await move(first, { advanceMs: 25 * hour });
  expect(await soon(() => rang)).toBe(true);
  expect(clock.offsetMs()).toBe(first.hub.clock.offsetMs());
  following.stop();
});

test('every answer of the console carries the time', async () => {
  const [first] = opened as [Running];
  const response = await fetch(`${first.server.url}/health`);
  const told = Date.parse(response.headers.get('network-time') ?? '');
  expect(Math.abs(told - first.hub.clock.now())).toBeLessThan(5_000);
});
