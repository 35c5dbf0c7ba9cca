// Brings the database to the shape that the code expects: plain SQL files, forward only, each once.
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { type ConnectionConfig, clientConfig } from './connection.ts';

const MIGRATIONS_DIRECTORY = fileURLToPath(new URL('../../migrations', import.meta.url));
const FILE_NAME = /^(\d{4})_[a-z0-9_]+\.sql$/;
/** Any number, the same for all: whoever holds it migrates, the others wait. */
const LOCK_KEY = 7_092_331;

/** One file of `migrations/`. */
export interface Migration {
  readonly number: number;
  readonly name: string;
  readonly sql: string;
  /** SHA-256 of the file, in hex. */
  readonly checksum: string;
}

/** What a migration runs on: one connection of any Postgres dialect, PGlite's included. */
export interface MigrationConnection {
  /** Runs a script of several statements without parameters. */
  exec(script: string): Promise<unknown>;
  query(text: string, values?: unknown[]): Promise<{ rows: unknown[] }>;
}

/** The migration files in order. Throws if a name or the numbering (0001, 0002, …) is wrong. */
export function readMigrations(directory: string = MIGRATIONS_DIRECTORY): Migration[] {
  const names = readdirSync(directory).filter((name) => name.endsWith('.sql'));
  return names.sort().map((name, index) => {
    const number = Number(FILE_NAME.exec(name)?.[1] ?? Number.NaN);
    if (number !== index + 1) {
      const expected = `${String(index + 1).padStart(4, '0')}_name.sql`;
      throw new Error(`Migration ${name} is out of order: expected a name like ${expected}`);
    }
    const sql = readFileSync(path.join(directory, name), 'utf8');
    return { number, name, sql, checksum: createHash('sha256').update(sql).digest('hex') };
  });
}

/**
 * Applies every migration that is missing, each in a transaction of its own, and returns the names
 * of those applied now. Safe to call from several processes at once.
 * Throws if a file was changed after it was applied, or the database is newer than the files.
 */
export async function migrate(
  connection: ConnectionConfig,
  options: { readonly now: number; readonly directory?: string },
): Promise<string[]> {
  const client = new pg.Client(clientConfig(connection));
  await client.connect();
  try {
    return await applyMigrations(
      {
        exec: (script) => client.query(script),
        query: (text, values) => client.query(text, values),
      },
      readMigrations(options.directory),
      options.now,
    );
  } finally {
    await client.end();
  }
}

/** As `migrate`, on a connection that is open already. `now` is written down as the time. */
export async function applyMigrations(
  connection: MigrationConnection,
  migrations: readonly Migration[],
  now: number,
): Promise<string[]> {
  await connection.query('select pg_advisory_lock($1)', [LOCK_KEY]);
  try {
    await connection.exec(
      `create table if not exists schema_migrations (
         number integer primary key,
         name text not null,
         checksum text not null,
         applied_at bigint not null
       )`,
    );
    const applied = await connection.query('select number, name, checksum from schema_migrations');
    const missing = missingMigrations(migrations, applied.rows as Applied[]);
    for (const migration of missing) await apply(connection, migration, now);
    return missing.map((migration) => migration.name);
  } finally {
    await connection.query('select pg_advisory_unlock($1)', [LOCK_KEY]);
  }
}

interface Applied {
  readonly number: number;
  readonly name: string;
  readonly checksum: string;
}

function missingMigrations(files: readonly Migration[], applied: readonly Applied[]): Migration[] {
  for (const { number, name, checksum } of applied) {
    const file = files[number - 1];
    if (!file) {
      throw new Error(`The database has migration ${name}, which this version does not know`);
    }
    if (file.checksum !== checksum) {
      throw new Error(
        `Migration ${file.name} was changed after it had been applied (as ${name}). ` +
          'Restore the file and put the change into a new migration.',
      );
    }
  }
  const numbers = new Set(applied.map(({ number }) => number));
  return files.filter(({ number }) => !numbers.has(number));
}

async function apply(
  connection: MigrationConnection,
  migration: Migration,
  now: number,
): Promise<void> {
  const { number, name, sql, checksum } = migration;
  await connection.exec('begin');
  try {
    await connection.exec(sql);
    await connection.query(
      'insert into schema_migrations (number, name, checksum, applied_at) values ($1, $2, $3, $4)',
      [number, name, checksum, now],
    );
    await connection.exec('commit');
  } catch (error) {
    await connection.exec('rollback');
    throw new Error(`Migration ${name} failed: ${describe(error as Error, sql)}`, { cause: error });
  }
}

/** The server's message, with the line of the file where it saw the trouble. */
function describe(error: Error & { position?: string }, sql: string): string {
  const position = Number(error.position ?? 0);
  if (position === 0) return error.message;
  return `${error.message} (line ${sql.slice(0, position).split('\n').length})`;
}
