// The embedded Postgres: started with the hub, restarted if it dies, gone when the hub is gone.
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { type BoundedLog, openBoundedLog } from './boundedLog.ts';
import {
  type Cluster,
  DATABASE_USER,
  giveTo,
  postgresEnvironment,
  prepareCluster,
  readPassword,
} from './cluster.ts';
import { type ConnectionParts, clientConfig } from './connection.ts';
import { homePaths, lockHome } from './home.ts';
import { type Listening, postgresSettings } from './postgresSettings.ts';
import { readPostmasterNotes, shutDown } from './postmaster.ts';
import { isRunning } from './process.ts';

/** The database that the hub works in. */
const DATABASE_NAME = 'wayfare';
/** Crash recovery replays at most `max_wal_size` of log; a slow disk does that in this time. */
const READY_TIMEOUT_MS = 120_000;
/** A socket's path has room for 107 bytes; the rest of the name takes up to 20. */
const SOCKET_DIRECTORY_BYTES = 86;
/** Postgres that dies this often in a row has a trouble that starting again does not cure. */
const RESTARTS_IN_A_ROW = 8;
/** A run of this length ends a row of failures. */
const STABLE_AFTER_MS = 60_000;
const FIRST_BACKOFF_MS = 50;
const LONGEST_BACKOFF_MS = 5_000;

/**
 * Started in place of Postgres, it leaves a watcher behind and becomes Postgres. The watcher waits
 * on a pipe that the hub holds: a line means that all is done; the end of the pipe means that the
 * hub is gone, however it died, and Postgres is told to shut down. It is nobody's child, because
 * Postgres takes the end of an unknown child for a crash.
 */
const WATCHED_START = `
exec 3<&0 </dev/null
( ( trap '' INT TERM HUP
    exec >/dev/null 2>&1
    read -r word <&3 && exit 0
    kill -INT $$
    for second in 1 2 3 4 5 6 7 8 9 10; do sleep 1; kill -0 $$ || exit 0; done
    kill -QUIT $$ ) & )
exec 3<&-
exec "$@"
`;

export interface PostgresOptions {
  /** The home directory; everything is kept below its `postgres` directory. */
  readonly home: string;
  /** Told in plain words what happens. */
  readonly log?: (line: string) => void;
  /** Called after Postgres died and runs again. */
  readonly onRestart?: () => void;
  /** Called when Postgres cannot be kept running; the hub had better end. */
  readonly onFailure?: (error: Error) => void;
  /** Settings that win over ours; for tests. */
  readonly settings?: Readonly<Record<string, string>>;
}

export interface EmbeddedPostgres {
  /** How to connect; the same for as long as it runs, restarts included. */
  readonly config: ConnectionParts;
  /** The postmaster's process id now. */
  readonly pid: number;
  /** Fast shutdown; may be called more than once. */
  stop(): Promise<void>;
}

/**
 * Starts the embedded Postgres of a home and keeps it running until `stop`.
 * Rejects with `HomeInUse` if another hub has the home, or with a cure if it cannot run here.
 */
export async function startPostgres(options: PostgresOptions): Promise<EmbeddedPostgres> {
  const unlock = lockHome(options.home);
  try {
    const cluster = await prepareCluster(options.home, options.log ?? (() => {}));
    const supervisor = new Supervisor(cluster, await chooseListening(cluster), options, unlock);
    await supervisor.start();
    return supervisor;
  } catch (error) {
    unlock();
    throw error;
  }
}

/** How to connect to the Postgres that some hub runs in this home now; undefined if none does. */
export function runningPostgres(home: string): ConnectionParts | undefined {
  const { postgresDirectory } = homePaths(home);
  const notes = readPostmasterNotes(path.join(postgresDirectory, 'data'));
  if (!notes?.ready || !isRunning(notes.pid)) return undefined;
  return connectionParts(notes, readPassword(postgresDirectory));
}

class Supervisor implements EmbeddedPostgres {
  readonly config: ConnectionParts;
  readonly #cluster: Cluster;
  readonly #settings: Record<string, string>;
  readonly #options: PostgresOptions;
  readonly #unlock: () => void;
  readonly #log: BoundedLog;
  #child: ChildProcess | undefined;
  #failuresInARow = 0;
  #stopping: Promise<void> | undefined;
  #restarting: Promise<void> | undefined;

  constructor(
    cluster: Cluster,
    listening: Listening,
    options: PostgresOptions,
    unlock: () => void,
  ) {
    this.config = connectionParts(listening, cluster.password);
    this.#cluster = cluster;
    this.#settings = postgresSettings(listening, options.settings);
    this.#options = options;
    this.#unlock = unlock;
    this.#log = openBoundedLog(cluster.logFile);
    giveTo(cluster.runAs, cluster.logFile);
  }

  get pid(): number {
    return this.#child?.pid ?? 0;
  }

  async start(): Promise<void> {
    try {
      await this.#launch();
      await ensureDatabase(this.config);
    } catch (error) {
      await this.stop();
      throw error;
    }
  }

  stop(): Promise<void> {
    this.#stopping ??= this.#shutDown();
    return this.#stopping;
  }

  async #shutDown(): Promise<void> {
    const child = this.#child;
    if (child?.pid !== undefined && !hasEnded(child)) await shutDown(child.pid);
    await this.#restarting;
    this.#log.close();
    this.#unlock();
  }

  /** Starts one postmaster and waits until it answers. */
  async #launch(): Promise<void> {
    const { binaries, runAs, dataDirectory } = this.#cluster;
    const settings = Object.entries(this.#settings).flatMap(([name, value]) => [
      '-c',
      `${name}=${value}`,
    ]);
    const command = [...runAs.prefix, binaries.postgres, '-D', dataDirectory, ...settings];
    const child = spawn('/bin/sh', ['-c', WATCHED_START, 'sh', ...command], {
      ...runAs.spawnOptions,
      cwd: '/',
      env: postgresEnvironment(binaries),
      stdio: ['pipe', this.#log.descriptor, this.#log.descriptor],
      // A group of its own: Ctrl-C in the terminal is for the hub, which then stops Postgres.
      detached: true,
    });
    this.#child = child;
    const startedAt = performance.now();
    // The watcher may be gone when it is told to go.
    child.stdin?.on('error', () => {});
    child.once('exit', () => {
      child.stdin?.end('done\n');
      if (performance.now() - startedAt > STABLE_AFTER_MS) this.#failuresInARow = 0;
    });
    await new Promise<void>((resolve, reject) => {
      child.once('spawn', resolve);
      child.once('error', reject);
    });
    await this.#waitUntilReady(child);
    child.once('exit', (code, signal) => this.#ended(signal ?? code));
  }

  async #waitUntilReady(child: ChildProcess): Promise<void> {
    const deadline = performance.now() + READY_TIMEOUT_MS;
    while (performance.now() < deadline) {
      if (hasEnded(child)) {
        throw new Error(`Postgres did not start. Its log ends with:\n${this.#log.tail()}`);
      }
      const notes = readPostmasterNotes(this.#cluster.dataDirectory);
      if (notes?.pid === child.pid && notes?.ready) return;
      await sleep(10);
    }
    await shutDown(child.pid ?? 0);
    throw new Error(`Postgres was not ready in time. Its log ends with:\n${this.#log.tail()}`);
  }

  #ended(how: string | number | null): void {
    if (this.#stopping || this.#restarting) return;
    this.#options.log?.(`Postgres ended (${how}); starting it again.`);
    this.#restarting = this.#restart().finally(() => {
      this.#restarting = undefined;
    });
  }

  async #restart(): Promise<void> {
    let failure = new Error('Postgres ends again and again; look at its log.');
    while (this.#failuresInARow < RESTARTS_IN_A_ROW) {
      this.#failuresInARow += 1;
      const backoffMs = FIRST_BACKOFF_MS * 2 ** (this.#failuresInARow - 1);
      await sleep(Math.min(backoffMs, LONGEST_BACKOFF_MS));
      if (this.#stopping) return;
      try {
        await this.#launch();
        this.#options.log?.('Postgres runs again.');
        this.#options.onRestart?.();
        return;
      } catch (error) {
        if (this.#stopping) return;
        failure = error as Error;
      }
    }
    this.#options.onFailure?.(failure);
  }
}

function hasEnded(child: ChildProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null;
}

/** A Unix socket where its path fits, because it costs least; else a free port of 127.0.0.1. */
async function chooseListening(cluster: Cluster): Promise<Listening> {
  const socketDirectory = path.join(cluster.directory, 'socket');
  const fits = Buffer.byteLength(socketDirectory) <= SOCKET_DIRECTORY_BYTES;
  // A comma would be read as the end of the directory's name.
  if (process.platform === 'win32' || !fits || socketDirectory.includes(',')) {
    return { socketDirectory: '', port: await freePort() };
  }
  // The socket of a Postgres that was killed is guarded by its process id, which by now may be
  // anybody's, so it is cleared away; no Postgres of this home runs at this point.
  rmSync(socketDirectory, { recursive: true, force: true });
  mkdirSync(socketDirectory, { mode: 0o711 });
  giveTo(cluster.runAs, socketDirectory);
  return { socketDirectory, port: 5432 };
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}

function connectionParts(listening: Listening, password: string): ConnectionParts {
  return {
    host: listening.socketDirectory || '127.0.0.1',
    port: listening.port,
    user: DATABASE_USER,
    password,
    database: DATABASE_NAME,
  };
}

/** Creates the hub's database on the first start; repeats harmlessly if that was interrupted. */
async function ensureDatabase(config: ConnectionParts): Promise<void> {
  const client = new pg.Client(clientConfig({ ...config, database: 'postgres' }));
  await client.connect();
  try {
    const found = await client.query('select 1 from pg_database where datname = $1', [
      DATABASE_NAME,
    ]);
    if (found.rowCount === 0) await client.query(`create database ${DATABASE_NAME}`);
  } finally {
    await client.end();
  }
}
