// How to reach a Postgres: a connection string, or the parts that the embedded one is reached by.
import type { ClientConfig } from 'pg';

/** The parts of a connection; `host` is a directory when it starts with a slash (Unix socket). */
export interface ConnectionParts {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly password: string;
  readonly database: string;
}

export type ConnectionConfig = { readonly connectionString: string } | ConnectionParts;

/** The same as `pg` wants it. A connection by parts stays on this machine, so it is never TLS. */
export function clientConfig(connection: ConnectionConfig): ClientConfig {
  return 'connectionString' in connection
    ? { connectionString: connection.connectionString, keepAlive: true }
    : { ...connection, ssl: false };
}

/** The same server, another database. */
export function withDatabase(connection: ConnectionConfig, database: string): ConnectionConfig {
  if (!('connectionString' in connection)) return { ...connection, database };
  const url = new URL(connection.connectionString);
  url.pathname = `/${database}`;
  return { connectionString: url.href };
}
