// One network that was started from nothing and stopped: every journey works on a copy of its home.
import { existsSync, rmSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { TestProject } from 'vitest/node';
import { scratchDirectory } from '../../src/host/scratch.ts';
import { startNetworkIn } from '../support/networkProcess.ts';
import { openDesk } from './desk.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Port of 127.0.0.1 that tells the home to copy; see tests/support/network.ts. */
    networkDesk: number;
  }
}

/** A Postgres that its hub left behind shuts down in this time, or never. */
const AT_REST_MS = 30_000;

/** Opens the desk; who runs no journey never waits for a network. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const home = scratchDirectory('first');
  const desk = await openDesk(
    async () => {
      await (await startNetworkIn(home)).stop();
      await untilAtRest(path.join(home, 'postgres', 'data', 'postmaster.pid'));
      return home;
    },
    (made) => made,
  );
  project.provide('networkDesk', desk.port);
  return async () => {
    await desk.close();
    rmSync(home, { recursive: true, force: true });
  };
}

/** A database that still writes cannot be copied: waits until its notes are gone. */
async function untilAtRest(notes: string): Promise<void> {
  const deadline = performance.now() + AT_REST_MS;
  while (existsSync(notes)) {
    if (performance.now() > deadline) throw new Error(`A Postgres still runs: ${notes}`);
    await sleep(20);
  }
}
