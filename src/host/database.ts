// The database of the real world: sessions that pipeline, and a small pool for reads.
import pg from 'pg';
import type { Database, Session, SqlValue } from '../base/world.ts';
import { columnParser } from './columns.ts';
import { type ConnectionConfig, clientConfig } from './connection.ts';
import { PipelinedSession } from './session.ts';

/** Reads outside lanes are short; more at once would only compete with the lanes for the CPU. */
const DEFAULT_POOL_SIZE = 8;
/** A server that does not answer a connection in this time is as good as down. */
const CONNECT_TIMEOUT_MS = 5_000;

export interface DatabaseOptions {
  readonly connection: ConnectionConfig;
  /** Connections for `query`; 8 if not given. */
  readonly poolSize?: number;
  /** Told about connections that fail while idle; they are replaced when next needed. */
  readonly onError?: (error: Error) => void;
}

/** Opens the database; connects only when first used. */
export function openDatabase(options: DatabaseOptions): Database {
  const onError = options.onError ?? (() => {});
  const client = {
    ...clientConfig(options.connection),
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
  };
  const pool = new pg.Pool({
    ...client,
    application_name: 'wayfare query',
    max: options.poolSize ?? DEFAULT_POOL_SIZE,
    types: { getTypeParser: columnParser as typeof pg.types.getTypeParser },
  });
  pool.on('error', onError);
  const sessions = new Map<string, PipelinedSession>();
  return {
    session(name: string): Session {
      let session = sessions.get(name);
      if (!session) {
        session = new PipelinedSession(name, client, onError);
        sessions.set(name, session);
      }
      return session;
    },
    async query<T>(text: string, values: readonly SqlValue[] = []): Promise<T[]> {
      const result = await pool.query({ text, values: values as SqlValue[] });
      return result.rows as T[];
    },
    async close(): Promise<void> {
      await Promise.all([pool.end(), ...[...sessions.values()].map((session) => session.close())]);
    },
  };
}
