// One embedded Postgres for all tests, started when the first of them asks, gone with the last.
import { rmSync } from 'node:fs';
import pg from 'pg';
import type { TestProject } from 'vitest/node';
import { type ConnectionParts, clientConfig, withDatabase } from '../../src/host/connection.ts';
import { migrate } from '../../src/host/migrate.ts';
import { type EmbeddedPostgres, startPostgres } from '../../src/host/postgres.ts';
import { scratchDirectory } from '../../src/host/scratch.ts';
import { clearScratch } from '../support/scratch.ts';
import { openDesk } from './desk.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Port of 127.0.0.1 that tells how to reach the Postgres; see tests/support/postgres.ts. */
    postgresDesk: number;
  }
}

/** The database that every fresh one is a copy of. */
const TEMPLATE = 'wayfare_template';

/**
 * Opens a desk that a test process asks for Postgres. Whoever runs the tests of a pure room never
 * asks, and so never waits for a database.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  clearScratch();
  const home = scratchDirectory('tests');
  const desk = await openDesk(
    () => startWithTemplate(home),
    ({ config }) => config,
  );
  project.provide('postgresDesk', desk.port);
  return async () => {
    await (await desk.close())?.stop();
    rmSync(home, { recursive: true, force: true });
  };
}

async function startWithTemplate(home: string): Promise<EmbeddedPostgres> {
  const postgres = await startPostgres({
    home,
    // Tests of durability start a Postgres of their own; for all others speed is what counts.
    settings: {
      fsync: 'off',
      shared_buffers: '128MB',
      max_connections: '200',
      // Its log may lie in memory.
      max_wal_size: '256MB',
      min_wal_size: '64MB',
    },
  });
  await createTemplate(postgres.config);
  return postgres;
}

async function createTemplate(config: ConnectionParts): Promise<void> {
  const client = new pg.Client(clientConfig(config));
  await client.connect();
  try {
    await client.query(`create database ${TEMPLATE}`);
  } finally {
    await client.end();
  }
  await migrate(withDatabase(config, TEMPLATE), { now: Date.now() });
}
