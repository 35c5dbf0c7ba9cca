// The embedded Postgres under every kind of end: asked to stop, killed, its hub killed, as root.

import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  mkdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type ConnectionParts, clientConfig } from '../../src/host/connection.ts';
import { HomeInUse } from '../../src/host/home.ts';
import { type EmbeddedPostgres, runningPostgres, startPostgres } from '../../src/host/postgres.ts';
import { isRunning, waitUntilGone } from '../../src/host/process.ts';
import { scratchDirectory } from '../../src/host/scratch.ts';

const HUB = fileURLToPath(new URL('../support/hub.ts', import.meta.url));
const isRoot = process.getuid?.() === 0;

let home: string;
let started: EmbeddedPostgres[];
let hubs: ChildProcess[];

beforeEach(() => {
  home = path.join(scratchDirectory('host'), 'home');
  started = [];
  hubs = [];
});

afterEach(async () => {
  for (const hub of hubs) hub.kill('SIGKILL');
  await Promise.all(started.map((postgres) => postgres.stop()));
  rmSync(path.dirname(home), { recursive: true, force: true });
});

async function start(onRestart?: () => void): Promise<EmbeddedPostgres> {
  const postgres = await startPostgres({ home, ...(onRestart ? { onRestart } : {}) });
  started.push(postgres);
  return postgres;
}

async function query(config: ConnectionParts, text: string): Promise<unknown[][]> {
  const client = new pg.Client(clientConfig(config));
  await client.connect();
  try {
    return (await client.query({ text, rowMode: 'array' })).rows;
  } finally {
    await client.end();
  }
}

interface ReadyHub {
  readonly hub: ChildProcess;
  readonly pid: number;
  readonly config: ConnectionParts;
}

/** Starts a hub in a process of its own, as another user if `words` say so, and waits for it. */
async function startHub(words: readonly string[] = []): Promise<ReadyHub> {
  const [command = '', ...rest] = [...words, process.execPath, HUB, home];
  const hub = spawn(command, rest, { stdio: ['ignore', 'pipe', 'inherit'] });
  hubs.push(hub);
  const line = await new Promise<string>((resolve, reject) => {
    hub.stdout?.once('data', (chunk: Buffer) => resolve(chunk.toString()));
    hub.once('exit', (code) => reject(new Error(`the hub ended with ${code}`)));
  });
  return { hub, ...(JSON.parse(line) as { pid: number; config: ConnectionParts }) };
}

test('data outlives a stop, and a second stop does no harm', async () => {
  const first = await start();
  await query(first.config, 'create table kept as select 7 as seven');
  expect(runningPostgres(home)).toEqual(first.config);
  await Promise.all([first.stop(), first.stop()]);
  expect(isRunning(first.pid)).toBe(false);
  expect(runningPostgres(home)).toBeUndefined();
  const second = await start();
  expect(await query(second.config, 'select seven from kept')).toEqual([[7]]);
});

test('commits are durable and data is checked', async () => {
  const { config } = await start();
  const names = ['fsync', 'synchronous_commit', 'full_page_writes', 'data_checksums', 'autovacuum'];
  const settings = names.map((name) => `current_setting('${name}')`).join(', ');
  expect(await query(config, `select ${settings}`)).toEqual([['on', 'on', 'on', 'on', 'on']]);
  const locale = "select datcollate, pg_encoding_to_char(encoding), current_setting('timezone')";
  expect(await query(config, `${locale} from pg_database where datname = 'wayfare'`)).toEqual([
    ['C', 'UTF8', 'UTC'],
  ]);
});

test('a wrong password is refused, and the right one is readable by its owner only', async () => {
  const { config } = await start();
  const stranger = query({ ...config, password: 'guess' }, 'select 1');
  await expect(stranger).rejects.toMatchObject({ code: '28P01' });
  expect(statSync(path.join(home, 'postgres', 'password')).mode & 0o777).toBe(0o600);
});

test('a second hub on the same home is turned away until the first is gone', async () => {
  const first = await start();
  await expect(startPostgres({ home })).rejects.toThrow(HomeInUse);
  expect(await query(first.config, 'select 1')).toEqual([[1]]);
  await first.stop();
  await start();
});

test('killed with -9 it comes back by itself with everything that was committed', async () => {
  const restarted = Promise.withResolvers<void>();
  const postgres = await start(restarted.resolve);
  await query(postgres.config, 'create table kept as select n from generate_series(1, 1000) n');
  const before = postgres.pid;
  process.kill(before, 'SIGKILL');
  await restarted.promise;
  expect(postgres.pid).not.toBe(before);
  expect(await query(postgres.config, 'select count(*) from kept')).toEqual([['1000']]);
});

test('no Postgres outlives a hub that is killed with -9', async () => {
  const { hub, pid, config } = await startHub();
  await query(config, 'create table kept as select 7 as seven');
  expect(isRunning(pid)).toBe(true);
  hub.kill('SIGKILL');
  expect(await waitUntilGone(pid, 3_000)).toBe(true);
  const next = await start();
  expect(await query(next.config, 'select seven from kept')).toEqual([[7]]);
});

test('a hub that starts at once after a kill -9 gets the old Postgres out of the way', async () => {
  const { hub, config } = await startHub();
  await query(config, 'create table kept as select 7 as seven');
  hub.kill('SIGKILL');
  // The lock names a process that is dead only when it is; the kernel may need a moment.
  expect(await waitUntilGone(hub.pid ?? 0, 2_000)).toBe(true);
  const next = await start();
  expect(await query(next.config, 'select seven from kept')).toEqual([[7]]);
});

test('notes of a dead Postgres whose number belongs to somebody else do no harm', async () => {
  const first = await start();
  const notes = path.join(home, 'postgres', 'data', 'postmaster.pid');
  const guard = path.join(home, 'postgres', 'socket', '.s.PGSQL.5432.lock');
  const texts = [notes, guard].map((file) => readFileSync(file, 'utf8'));
  await first.stop();
  mkdirSync(path.dirname(guard), { recursive: true });
  for (const [index, file] of [notes, guard].entries()) {
    writeFileSync(file, texts[index]?.replace(/^\d+/, String(process.pid)) ?? '');
  }
  const second = await start();
  expect(await query(second.config, 'select 1')).toEqual([[1]]);
});

test('a first start that was interrupted begins again', async () => {
  mkdirSync(path.join(home, 'postgres', 'data.unfinished', 'base'), { recursive: true });
  const { config } = await start();
  expect(await query(config, 'select 1')).toEqual([[1]]);
});

test('a path too long for a socket is served over loopback', async () => {
  home = path.join(home, 'x'.repeat(100));
  const { config } = await start();
  expect(config.host).toBe('127.0.0.1');
  expect(await query(config, "select current_setting('listen_addresses')")).toEqual([
    ['127.0.0.1'],
  ]);
});

describe.runIf(isRoot)('started by root', () => {
  test('it runs as an ordinary user', async () => {
    const { pid } = await start();
    const owner = Number(spawnSync('stat', ['-c', '%u', `/proc/${pid}`]).stdout.toString());
    expect(owner).not.toBe(0);
    expect(statSync(path.join(home, 'postgres', 'data')).uid).toBe(owner);
  });

  test('it works in a directory that is closed to that user', async () => {
    chmodSync(path.dirname(home), 0o700);
    const { config } = await start();
    expect(await query(config, 'create table kept as select 7 as seven')).toEqual([]);
  });

  test('an ordinary user, root, and the ordinary user again share a home', async () => {
    const nobody = 65_534;
    chownSync(path.dirname(home), nobody, nobody);
    const plain = ['setpriv', `--reuid=${nobody}`, `--regid=${nobody}`, '--clear-groups'];
    const reachable = spawnSync('setpriv', [...plain.slice(1), process.execPath, '--version']);
    // A checkout below /root is closed to nobody, who then needs the means to pass through.
    const passThrough = [
      '--securebits=+no_setuid_fixup',
      '--inh-caps=+dac_override',
      '--ambient-caps=+dac_override',
    ];
    const asNobody = reachable.status === 0 ? plain : [...plain, ...passThrough];
    for (const words of [asNobody, [], asNobody]) {
      const { hub, config } = await startHub(words);
      await query(config, 'create table if not exists kept (seven integer)');
      const ended = new Promise((resolve) => hub.once('exit', resolve));
      hub.kill('SIGTERM');
      expect(await ended).toBe(0);
    }
  });
});
