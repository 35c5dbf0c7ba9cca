// Directories that need not outlive their process: in memory where the system has plenty of it.

import { mkdtempSync, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** Linux keeps these files in memory: what is made durable at every step costs little there. */
export const memoryDirectory = '/dev/shm';
/** More than a month or the tests need; containers often have 64 MB, which a database fills. */
const enoughBytes = 2 * 1024 ** 3;

/**
 * Makes an empty directory, which the caller removes. Its name tells the process and `what` it is
 * for.
 */
export function scratchDirectory(what: string): string {
  const parent = hasMemory() ? memoryDirectory : tmpdir();
  return mkdtempSync(path.join(parent, `wayfare-${process.pid}-${what}-`));
}

/** Whether there is such a place with room enough. */
export function hasMemory(): boolean {
  try {
    const { bavail, bsize } = statfsSync(memoryDirectory);
    return bavail * bsize >= enoughBytes;
  } catch {
    // Another system has no such place.
    return false;
  }
}
