// Settlement files of a running network: made by a clerk, handed out over HTTP and SFTP.

import type { Hub } from '../api/hub.ts';
import type { Database } from '../base/world.ts';
import { startFileClerk } from '../files/clerkCommands.ts';
import type { FilesWorld } from '../files/commands.ts';
import { type Delivery, openDelivery } from '../files/deliveryCommands.ts';
import { openHostKey } from '../sftp/keyStore.ts';
import { startSftp } from '../sftp/server.ts';
import { filesDirectory } from './files.ts';

export interface Filing {
  readonly delivery: Delivery;
  readonly isSandbox: boolean;
  stop(): Promise<void>;
}

/** Starts it with a hub; SFTP only where a port for it is set (`SFTP_PORT`). */
export async function startFiling(options: {
  readonly home: string;
  readonly hub: Hub;
  readonly database: Database;
  readonly isSandbox: boolean;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly say: (line: string) => void;
}): Promise<Filing> {
  const { home, hub, database, isSandbox, environment, say } = options;
  const failed = (what: string, error: unknown) => hub.failed(what, error);
  const world = (): FilesWorld => ({
    database,
    clock: {
      now: () => hub.now(),
      elapsed: () => hub.pace.elapsed(),
      pause: (delayMs) => hub.pace.pause(delayMs),
    },
    lanes: hub.configuration.rules().lanes,
    directory: filesDirectory(home),
  });
  const delivery = openDelivery(world, isSandbox);
  const port = environment.SFTP_PORT;
  const sftp =
    port === undefined || port === ''
      ? undefined
      : await startSftp({
          database,
          delivery,
          hostKey: openHostKey(home),
          host: environment.SFTP_HOST ?? environment.HOST ?? '127.0.0.1',
          port: portOf(port),
          failed,
        });
  if (sftp !== undefined) {
    say(`SFTP: port ${sftp.port}, host key ${openHostKey(home).fingerprint}`);
  }
  const clerk = startFileClerk(world, failed);
  return {
    delivery,
    isSandbox,
    async stop() {
      await sftp?.stop();
      await clerk.stop();
    },
  };
}

function portOf(text: string): number {
  const port = Number(text);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    throw new Error(`SFTP_PORT must be a number from 0 to 65535, not ${text}`);
  }
  return port;
}
