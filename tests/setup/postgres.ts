// One embedded Postgres for all tests, started when the first of them asks, gone with the last.
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import type { TestProject } from 'vitest/node';
import { type ConnectionParts, clientConfig, withDatabase } from '../../src/host/connection.ts';
import { migrate } from '../../src/host/migrate.ts';
import { type EmbeddedPostgres, startPostgres } from '../../src/host/postgres.ts';

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
  const home = mkdtempSync(path.join(tmpdir(), 'wayfare-tests-'));
  let postgres: Promise<EmbeddedPostgres> | undefined;
  const desk = createServer((socket) => {
    socket.on('error', () => {});
    postgres ??= startWithTemplate(home);
    postgres.then(
      ({ config }) => socket.end(JSON.stringify({ config })),
      (error: Error) => socket.end(JSON.stringify({ error: error.stack ?? error.message })),
    );
  });
  const port = await new Promise<number>((resolve) => {
    desk.listen(0, '127.0.0.1', () => resolve((desk.address() as { port: number }).port));
  });
  project.provide('postgresDesk', port);
  return async () => {
    desk.close();
    // A Postgres that did not start has been told to the tests that asked for it.
    await postgres?.then(
      (running) => running.stop(),
      () => undefined,
    );
    rmSync(home, { recursive: true, force: true });
  };
}

async function startWithTemplate(home: string): Promise<EmbeddedPostgres> {
  const postgres = await startPostgres({
    home,
    // Tests of durability start a Postgres of their own; for all others speed is what counts.
    settings: { fsync: 'off', shared_buffers: '128MB', max_connections: '200' },
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
