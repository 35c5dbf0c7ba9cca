// Which database a command works on: DATABASE_URL, else the home's own embedded Postgres.

import type { ConnectionConfig } from '../host/connection.ts';
import { migrate } from '../host/migrate.ts';
import { runningPostgres, startPostgres } from '../host/postgres.ts';

export interface OpenedServer {
  readonly connection: ConnectionConfig;
  stop(): Promise<void>;
}

/**
 * Connects to the server of this network: `DATABASE_URL`; else the embedded Postgres of the home if
 * a hub runs it now; else it is started for as long as the command lasts.
 */
export async function openServer(
  home: string,
  environment: Readonly<Record<string, string | undefined>>,
  log: (line: string) => void,
): Promise<OpenedServer> {
  const url = environment.DATABASE_URL;
  if (url !== undefined && url !== '') {
    return { connection: { connectionString: url }, stop: async () => {} };
  }
  const running = runningPostgres(home);
  if (running !== undefined) return { connection: running, stop: async () => {} };
  const postgres = await startPostgres({ home, log });
  return { connection: postgres.config, stop: () => postgres.stop() };
}

/** Applies missing migrations and says which. */
export async function migrated(
  connection: ConnectionConfig,
  log: (line: string) => void,
): Promise<void> {
  const applied = await migrate(connection, { now: Date.now() });
  for (const name of applied) log(`migrated: ${name}`);
}
