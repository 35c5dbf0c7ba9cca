// Migrations on a real Postgres: in order, once, unchanged, whoever comes first.

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { migrate, readMigrations } from '../../src/host/migrate.ts';
import { type FreshDatabase, freshDatabase } from '../support/postgres.ts';

let root: string;
let directory: string;
let fresh: FreshDatabase;

beforeAll(() => {
  root = mkdtempSync(path.join(tmpdir(), 'wayfare-migrations-'));
});

afterAll(() => rmSync(root, { recursive: true, force: true }));

beforeEach(async () => {
  fresh = await freshDatabase({ empty: true });
  directory = mkdtempSync(path.join(root, 'run-'));
  mkdirSync(directory, { recursive: true });
  file('0001_shops.sql', 'create table shops (id integer primary key);');
  file(
    '0002_tills.sql',
    'create table tills (id integer primary key);\ninsert into tills values (1);',
  );
});

afterEach(() => fresh.drop());

function file(name: string, sql: string): void {
  writeFileSync(path.join(directory, name), sql);
}

function run(): Promise<string[]> {
  return migrate(fresh.config, { now: 1_700_000_000_000, directory });
}

test('missing files are applied in order, and only those', async () => {
  expect(await run()).toEqual(['0001_shops.sql', '0002_tills.sql']);
  expect(await run()).toEqual([]);
  file('0003_more.sql', 'alter table shops add column name text;');
  expect(await run()).toEqual(['0003_more.sql']);
  const written = await fresh.database.query('select number, applied_at from schema_migrations');
  expect(written).toHaveLength(3);
  expect(written[0]).toEqual({ number: 1, applied_at: '1700000000000' });
});

test('several processes at once apply each file once', async () => {
  const all = await Promise.all([run(), run(), run(), run()]);
  expect(all.flat().sort()).toEqual(['0001_shops.sql', '0002_tills.sql']);
});

test('a failure undoes its file, names its line, and keeps the earlier ones', async () => {
  file('0003_bad.sql', 'create table half (id integer);\n\nselect nonsense;');
  await expect(run()).rejects.toThrow(/0003_bad\.sql failed.*nonsense.*line 3/);
  const tables = await fresh.database.query(
    "select tablename from pg_tables where schemaname = 'public' order by 1",
  );
  expect(tables.map(({ tablename }) => tablename)).toEqual(['schema_migrations', 'shops', 'tills']);
  file('0003_bad.sql', 'create table half (id integer);');
  expect(await run()).toEqual(['0003_bad.sql']);
});

test('a file that was changed after it was applied is refused', async () => {
  await run();
  file('0001_shops.sql', 'create table shops (id bigint primary key);');
  await expect(run()).rejects.toThrow('0001_shops.sql was changed after it had been applied');
});

test('a database that is newer than the files is refused', async () => {
  await run();
  rmSync(path.join(directory, '0002_tills.sql'));
  await expect(run()).rejects.toThrow('has migration 0002_tills.sql');
});

test('a gap in the numbering is refused', () => {
  file('0004_gap.sql', 'select 1;');
  expect(() => readMigrations(directory)).toThrow('expected a name like 0003_name.sql');
});

test('the real migrations apply to an empty database', async () => {
  const names = readMigrations().map(({ name }) => name);
  expect(await migrate(fresh.config, { now: 0 })).toEqual(names);
});
