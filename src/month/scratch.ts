// Where the files of a simulated month are put: they need not outlive it.

import { accessSync, constants, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const inMemory = '/dev/shm';

/** A new directory, in memory where the system has a place for that: every file is made durable. */
export function scratchDirectory(): string {
  let place = tmpdir();
  try {
    accessSync(inMemory, constants.W_OK);
    place = inMemory;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== 'ENOENT' && code !== 'EACCES') throw error;
  }
  return mkdtempSync(path.join(place, 'wayfare-month-'));
}
