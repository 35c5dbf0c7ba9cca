// The files of the embedded Postgres: made once, owned by the user that Postgres runs as.
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chownSync, existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { ensureHome } from './home.ts';
import { type PostgresBinaries, postgresBinaries } from './postgresBinaries.ts';
import { stopLeftover } from './postmaster.ts';
import { chooseRunAs, type RunAs, unprivilegedOwner } from './unprivileged.ts';

/** The database user that the hub logs in as. */
export const DATABASE_USER = 'wayfare';

/** A data directory that a postmaster can be started on, and everything needed to start it. */
export interface Cluster {
  /** Directory of everything below; owned by the user that Postgres runs as. */
  readonly directory: string;
  readonly dataDirectory: string;
  readonly password: string;
  readonly logFile: string;
  readonly binaries: PostgresBinaries;
  readonly runAs: RunAs;
}

/**
 * Makes the data directory on the first call and finds it on later ones; stops a postmaster that
 * an earlier hub left behind. The caller holds the lock of the home.
 */
export async function prepareCluster(home: string, log: (line: string) => void): Promise<Cluster> {
  const { postgresDirectory: directory } = ensureHome(home);
  const owner = unprivilegedOwner(directory);
  if (owner && statSync(directory).uid !== owner.uid) chownSync(directory, owner.uid, owner.gid);
  const binaries = postgresBinaries(path.join(directory, 'lib'));
  const runAs = chooseRunAs(owner, {
    executable: binaries.postgres,
    directory,
    environment: binaries.environment,
  });
  const dataDirectory = path.join(directory, 'data');
  if (existsSync(dataDirectory)) {
    await stopLeftover(dataDirectory, log);
  } else {
    await createData(directory, dataDirectory, binaries, runAs, log);
  }
  return {
    directory,
    dataDirectory,
    password: readPassword(directory),
    logFile: path.join(directory, 'postgres.log'),
    binaries,
    runAs,
  };
}

/** The password of a data directory that exists. */
export function readPassword(directory: string): string {
  return readFileSync(path.join(directory, 'password'), 'utf8').trim();
}

/** Gives a file that root has made to the user that Postgres runs as. */
export function giveTo(runAs: RunAs, file: string): void {
  if (runAs.owner) chownSync(file, runAs.owner.uid, runAs.owner.gid);
}

/**
 * `initdb` works in a directory of another name, which gets its real name once it is complete:
 * an interrupted first start leaves nothing that looks finished.
 */
async function createData(
  directory: string,
  dataDirectory: string,
  binaries: PostgresBinaries,
  runAs: RunAs,
  log: (line: string) => void,
): Promise<void> {
  log('First start: creating the database files.');
  const draft = path.join(directory, 'data.unfinished');
  for (const name of readdirSync(directory)) {
    if (name.startsWith('data.unfinished'))
      await rm(path.join(directory, name), { recursive: true });
  }
  const passwordFile = path.join(directory, 'password');
  await writeFile(passwordFile, `${randomBytes(24).toString('base64url')}\n`, { mode: 0o600 });
  giveTo(runAs, passwordFile);
  await run(runAs, binaries, [
    binaries.initdb,
    `--pgdata=${draft}`,
    `--username=${DATABASE_USER}`,
    `--pwfile=${passwordFile}`,
    '--auth=scram-sha-256',
    '--data-checksums',
    // The same order of texts on every machine, whatever languages it has.
    '--encoding=UTF8',
    '--no-locale',
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
  ]);
  await rename(draft, dataDirectory);
}

/** Runs a program to its end; rejects with what it printed if it fails. */
function run(runAs: RunAs, binaries: PostgresBinaries, words: string[]): Promise<void> {
  const [command = '', ...rest] = [...runAs.prefix, ...words];
  return new Promise((resolve, reject) => {
    const child = spawn(command, rest, {
      ...runAs.spawnOptions,
      cwd: '/',
      env: postgresEnvironment(binaries),
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const output: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => output.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => output.push(chunk));
    child.once('error', reject);
    child.once('close', (code) => {
      if (code === 0) resolve();
      else reject(new Error(`${words[0]} failed (${code}):\n${Buffer.concat(output)}`));
    });
  });
}

/** No PG… variable of the caller may change what the embedded Postgres does. */
export function postgresEnvironment(binaries: PostgresBinaries): Record<string, string> {
  return { PATH: process.env.PATH ?? '/usr/bin:/bin', LC_ALL: 'C', ...binaries.environment };
}
