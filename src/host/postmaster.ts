// A postmaster that already runs on a data directory: how to read its notes, and how to stop it.
import { readFileSync, unlinkSync } from 'node:fs';
import path from 'node:path';
import { commandLine, isRunning, waitUntilGone } from './process.ts';

/** Fast shutdown ends sessions and writes a checkpoint; this long on a slow disk, at most. */
const FAST_SHUTDOWN_MS = 20_000;
/** Immediate shutdown writes nothing: the next start recovers from the log. */
const IMMEDIATE_SHUTDOWN_MS = 5_000;

/** What Postgres writes into `postmaster.pid`. */
export interface PostmasterNotes {
  readonly pid: number;
  readonly port: number;
  readonly socketDirectory: string;
  /** Whether it accepts connections. */
  readonly ready: boolean;
}

/** The notes of the postmaster on this data directory, alive or not; undefined without any. */
export function readPostmasterNotes(dataDirectory: string): PostmasterNotes | undefined {
  let text: string;
  try {
    text = readFileSync(pidFile(dataDirectory), 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
  const lines = text.split('\n');
  return {
    pid: Number(lines[0]),
    port: Number(lines[3] ?? 0),
    socketDirectory: lines[4]?.trim() ?? '',
    ready: lines[7]?.trim() === 'ready',
  };
}

/**
 * Makes sure that no postmaster is left on the data directory: one that outlived its hub is shut
 * down, and notes whose process is gone (or is by now some other program) are removed.
 */
export async function stopLeftover(
  dataDirectory: string,
  log: (line: string) => void,
): Promise<void> {
  const notes = readPostmasterNotes(dataDirectory);
  if (!notes) return;
  if (isPostmaster(notes.pid, dataDirectory)) {
    log(`A Postgres of an earlier run (process ${notes.pid}) is still here; stopping it.`);
    await shutDown(notes.pid);
  }
  try {
    unlinkSync(pidFile(dataDirectory));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
}

/** Fast shutdown, then an immediate one; never kill -9, which would leave its children behind. */
export async function shutDown(pid: number): Promise<void> {
  signal(pid, 'SIGINT');
  if (await waitUntilGone(pid, FAST_SHUTDOWN_MS)) return;
  signal(pid, 'SIGQUIT');
  if (await waitUntilGone(pid, IMMEDIATE_SHUTDOWN_MS)) return;
  throw new Error(
    `Postgres (process ${pid}) does not stop; look at its log, then stop it by hand.`,
  );
}

function isPostmaster(pid: number, dataDirectory: string): boolean {
  if (!Number.isInteger(pid) || pid <= 1 || !isRunning(pid)) return false;
  return commandLine(pid)?.includes(dataDirectory) ?? false;
}

function signal(pid: number, name: 'SIGINT' | 'SIGQUIT'): void {
  try {
    process.kill(pid, name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

function pidFile(dataDirectory: string): string {
  return path.join(dataDirectory, 'postmaster.pid');
}
