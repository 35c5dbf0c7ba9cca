// Clears away what runs of the tests have left in memory that were killed.
import { readdirSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { isRunning } from '../../src/host/process.ts';
import { hasMemory, memoryDirectory } from '../../src/host/scratch.ts';

const OURS = /^wayfare-(\d+)-/;

/** Removes directories of processes that are gone, and nobody else's. */
export function clearScratch(): void {
  if (!hasMemory()) return;
  for (const name of readdirSync(memoryDirectory)) {
    const [, pid] = OURS.exec(name) ?? [];
    const left = path.join(memoryDirectory, name);
    if (pid === undefined || isRunning(Number(pid)) || !isOurs(left)) continue;
    rmSync(left, { recursive: true, force: true });
  }
}

function isOurs(directory: string): boolean {
  return statSync(directory, { throwIfNoEntry: false })?.uid === process.getuid?.();
}
