// Where tests keep the databases that they throw away: in memory where there is plenty of it.
import { mkdtempSync, readdirSync, rmSync, statfsSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { isRunning } from '../../src/host/process.ts';

/** Linux keeps these files in memory: a database is copied there in a fifth of the time. */
const MEMORY = '/dev/shm';
/** A generous guess at what a whole run needs; containers often have next to nothing. */
const ENOUGH_BYTES = 2 * 1024 ** 3;
const OURS = /^wayfare-(\d+)-/;

/** Makes an empty directory, which the caller removes. `what` becomes a part of its name. */
export function scratchDirectory(what: string): string {
  const parent = hasMemory() ? MEMORY : tmpdir();
  return mkdtempSync(path.join(parent, `wayfare-${process.pid}-${what}-`));
}

/** Removes from memory what runs have left there that were killed. */
export function clearScratch(): void {
  if (!hasMemory()) return;
  for (const name of readdirSync(MEMORY)) {
    const [, pid] = OURS.exec(name) ?? [];
    const left = path.join(MEMORY, name);
    if (pid === undefined || isRunning(Number(pid)) || !isOurs(left)) continue;
    rmSync(left, { recursive: true, force: true });
  }
}

function isOurs(directory: string): boolean {
  return statSync(directory, { throwIfNoEntry: false })?.uid === process.getuid?.();
}

function hasMemory(): boolean {
  try {
    const { bavail, bsize } = statfsSync(MEMORY);
    return bavail * bsize >= ENOUGH_BYTES;
  } catch {
    // Another system has no such place.
    return false;
  }
}
