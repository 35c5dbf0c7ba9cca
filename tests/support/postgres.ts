// Fresh databases for tests: each is a copy of the migrated template on the shared real Postgres.
import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { inject } from 'vitest';
import type { Database } from '../../src/base/world.ts';
import {
  type ConnectionConfig,
  type ConnectionParts,
  clientConfig,
} from '../../src/host/connection.ts';
import { openDatabase } from '../../src/host/database.ts';
import { askDesk } from './desk.ts';

/** A database of one test: migrated, empty, and its own. */
export interface FreshDatabase {
  readonly config: ConnectionConfig;
  readonly database: Database;
  /** Closes `database` and removes it with everything in it. */
  drop(): Promise<void>;
}

/** Creates a migrated database; `empty: true` leaves it without any table. */
export async function freshDatabase(options: { empty?: boolean } = {}): Promise<FreshDatabase> {
  const server = await sharedPostgres();
  const name = `test_${randomBytes(8).toString('hex')}`;
  const template = options.empty ? 'template1' : 'wayfare_template';
  await administer(server, `create database ${name} template ${template} strategy file_copy`);
  const config = { ...server, database: name };
  const database = openDatabase({ connection: config });
  return {
    config,
    database,
    drop: async () => {
      await database.close();
      await administer(server, `drop database ${name} with (force)`);
    },
  };
}

let server: Promise<ConnectionParts> | undefined;

/** The Postgres that the test run shares; the first question starts it. */
function sharedPostgres(): Promise<ConnectionParts> {
  server ??= askDesk(inject('postgresDesk'), 'The Postgres of the tests');
  return server;
}

/** Runs one statement that concerns whole databases; two copies of one template take turns. */
async function administer(config: ConnectionParts, statement: string): Promise<void> {
  const client = new pg.Client(clientConfig(config));
  await client.connect();
  try {
    await client.query('select pg_advisory_lock(1)');
    await client.query(statement);
  } finally {
    await client.end();
  }
}
