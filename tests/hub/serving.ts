// The first hub of a rig over HTTP, without pages and without the sandbox's own API.

import { type RunningServer, type ServerOptions, startServer } from '../../src/api/server.ts';
import { present } from '../../src/base/assert.ts';
import { markSandbox } from '../../src/network/clockStore.ts';
import type { Rig } from './rig.ts';

/** Serves it at a port that is free. */
export function serve(
  { hubs, fresh }: Rig,
  more: Pick<ServerOptions, 'files' | 'requestArrivalMs'> = {},
): Promise<RunningServer> {
  return startServer({
    hub: present(hubs[0], 'the hub'),
    database: fresh.database,
    port: 0,
    host: '127.0.0.1',
    pages: undefined,
    sandboxUrl: () => undefined,
    ...more,
  });
}

/** From now on it is a demo network: on this machine nobody has to sign in. */
export async function openToAll({ hubs, fresh }: Rig): Promise<void> {
  await markSandbox(fresh.database);
  await present(hubs[0], 'the hub').clock.follow();
}
