// One network that was started from nothing and stopped: every journey works on a copy of its home.
import { rmSync } from 'node:fs';
import type { TestProject } from 'vitest/node';
import { startNetworkIn } from '../support/networkProcess.ts';
import { scratchDirectory } from '../support/scratch.ts';
import { openDesk } from './desk.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Port of 127.0.0.1 that tells the home to copy; see tests/support/network.ts. */
    networkDesk: number;
  }
}

/** Opens the desk; who runs no journey never waits for a network. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const home = scratchDirectory('first');
  const desk = await openDesk(
    async () => {
      await (await startNetworkIn(home)).stop();
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
