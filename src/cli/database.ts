// Which database a command works on: DATABASE_URL, else the home's own embedded Postgres.

import type { ConnectionConfig } from '../host/connection.ts';
import { migrate } from '../host/migrate.ts';
import { runningPostgres, startPostgres } from '../host/postgres.ts';

type Environment = Readonly<Record<string, string | undefined>>;

export interface OpenedServer {
  readonly connection: ConnectionConfig;
  stop(): Promise<void>;
}

/** The server that `DATABASE_URL` names; it is not ours to stop. */
function givenServer(environment: Environment): OpenedServer | undefined {
  const url = environment.DATABASE_URL;
  if (url === undefined || url === '') return undefined;
  return { connection: { connectionString: url }, stop: async () => {} };
}

/**
 * The server for a hub: `DATABASE_URL`; else the home's embedded Postgres, which it then owns.
 * Rejects with `HomeInUse` where another hub owns it. When Postgres cannot be kept running the hub
 * ends: its partners are better off without an answer than with one that never comes true.
 */
export async function startServerOf(
  home: string,
  environment: Environment,
  log: (line: string) => void,
): Promise<OpenedServer> {
  const given = givenServer(environment);
  if (given !== undefined) return given;
  const onFailure = (error: Error) => {
    log(`Postgres cannot be kept running, so the hub ends: ${error.message}`);
    process.exit(1);
  };
  const onRestart = () => log('Postgres had died and was started again.');
  const postgres = await startPostgres({ home, log, onFailure, onRestart });
  return { connection: postgres.config, stop: () => postgres.stop() };
}

/**
 * Connects to the server of this network: `DATABASE_URL`; else the embedded Postgres of the home if
 * a hub runs it now; else it is started for as long as the command lasts.
 */
export async function openServer(
  home: string,
  environment: Environment,
  log: (line: string) => void,
): Promise<OpenedServer> {
  const given = givenServer(environment);
  if (given !== undefined) return given;
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
