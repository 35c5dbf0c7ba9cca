// The home directory: where one hub keeps everything that must outlive it, and one hub at a time.
import { randomBytes } from 'node:crypto';
import {
  accessSync,
  constants,
  linkSync,
  mkdirSync,
  readFileSync,
  renameSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { processIdentity } from './process.ts';

/** Every path below the home directory that the hub itself uses. */
export interface Home {
  /** Absolute path of the home directory. */
  readonly directory: string;
  /** Names the hub that owns the home now; see `lockHome`. */
  readonly lockFile: string;
  /** Everything of the embedded Postgres: data, password, log, socket. */
  readonly postgresDirectory: string;
}

/** The home directory that the environment asks for, else `.wayfare` where we are. */
export function homeDirectory(environment: Readonly<Record<string, string | undefined>>): string {
  return path.resolve(environment.WAYFARE_HOME || '.wayfare');
}

/** The paths below `directory`; creates nothing. */
export function homePaths(directory: string): Home {
  const absolute = path.resolve(directory);
  return {
    directory: absolute,
    lockFile: path.join(absolute, 'lock'),
    postgresDirectory: path.join(absolute, 'postgres'),
  };
}

/** Creates the home directory. Others may pass through it (mode 0711), but not look into it. */
export function ensureHome(directory: string): Home {
  const home = homePaths(directory);
  try {
    mkdirSync(home.postgresDirectory, { recursive: true, mode: 0o711 });
    accessSync(home.directory, constants.W_OK);
  } catch (error) {
    throw new Error(
      `The home directory ${home.directory} cannot be written to by this user. ` +
        'Choose another one with WAYFARE_HOME.',
      { cause: error },
    );
  }
  return home;
}

/** Another live hub owns this home. */
export class HomeInUse extends Error {
  constructor(directory: string, pid: number) {
    super(
      `Another Wayfare hub (process ${pid}) already uses ${directory}. ` +
        'Stop it first, or give this one a home of its own with WAYFARE_HOME.',
    );
    this.name = 'HomeInUse';
  }
}

interface LockOwner {
  readonly pid: number;
  /** When the process was started; a later process with the same pid has another one. */
  readonly identity: string;
  /** Tells two locks of one process apart. */
  readonly token: string;
}

/**
 * Takes the home for this process and returns the function that gives it back.
 * A lock whose process is gone is taken over. Throws `HomeInUse` if its owner lives.
 */
export function lockHome(directory: string): () => void {
  const { lockFile } = ensureHome(directory);
  const mine: LockOwner = {
    pid: process.pid,
    identity: processIdentity(process.pid) ?? '',
    token: randomBytes(8).toString('hex'),
  };
  const draft = `${lockFile}.${mine.token}`;
  writeFileSync(draft, JSON.stringify(mine), { mode: 0o600 });
  try {
    claim(directory, lockFile, draft);
  } finally {
    unlinkSync(draft);
  }
  return () => {
    if (readOwner(lockFile)?.token === mine.token) unlinkSync(lockFile);
  };
}

/** A hard link either makes the lock, complete with its contents, or fails: nothing in between. */
function claim(directory: string, lockFile: string, draft: string): void {
  for (let attempt = 0; attempt < 10; attempt += 1) {
    try {
      linkSync(draft, lockFile);
      return;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
    const owner = readOwner(lockFile);
    if (owner && isAlive(owner)) throw new HomeInUse(directory, owner.pid);
    removeStale(lockFile, draft, owner);
  }
  throw new Error(`The lock ${lockFile} changes hands all the time; another hub is starting here.`);
}

/** Moves the stale lock aside; if it was somebody's fresh lock after all, puts that back. */
function removeStale(lockFile: string, draft: string, stale: LockOwner | undefined): void {
  const aside = `${draft}.stale`;
  try {
    renameSync(lockFile, aside);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return;
    throw error;
  }
  if (readOwner(aside)?.token !== stale?.token) linkSync(aside, lockFile);
  unlinkSync(aside);
}

function readOwner(file: string): LockOwner | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as LockOwner;
  } catch {
    // Missing or unreadable: no owner that could be asked to leave.
    return undefined;
  }
}

function isAlive(owner: LockOwner): boolean {
  const identity = processIdentity(owner.pid);
  return identity !== undefined && identity === owner.identity;
}
