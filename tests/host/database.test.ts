// Sessions and reads on a real Postgres: one round trip, all or nothing, nothing left half open.

import fc from 'fast-check';
import pg from 'pg';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { numberArray, textArray } from '../../src/base/sqlArray.ts';
import type { Session, SqlValue, Statement } from '../../src/base/world.ts';
import { Batch, CommitRefused } from '../../src/host/batch.ts';
import { clientConfig } from '../../src/host/connection.ts';
import { type FreshDatabase, freshDatabase } from '../support/postgres.ts';

let fresh: FreshDatabase;
let lane: Session;
let other: Session;

beforeAll(async () => {
  fresh = await freshDatabase({ empty: true });
  lane = fresh.database.session('lane:1');
  other = fresh.database.session('other');
});

afterAll(() => fresh?.drop());

beforeEach(async () => {
  await other.run([sql('drop table if exists orders')]);
  await other.run([
    sql('create table orders (id integer primary key, note text, amount numeric, paid boolean)'),
  ]);
});

function sql(text: string, values: readonly SqlValue[] = [], name?: string): Statement {
  return name === undefined ? { text, values } : { text, values, name };
}

const INSERT = 'insert into orders (id, note) select * from unnest($1::int[], $2::text[])';

function insert(...ids: number[]): Statement {
  const notes = ids.map((id) => `order ${id}`);
  return sql(INSERT, [numberArray(ids), textArray(notes)], 'insert_orders');
}

async function count(): Promise<string> {
  const [[row] = []] = await other.run([sql('select count(*) from orders')]);
  return row?.[0] as string;
}

test('statements run in order and each returns its rows', async () => {
  const rows = await lane.run([
    sql('begin'),
    insert(1, 2),
    sql('select id, note from orders where id = $1', [2], 'find'),
    sql('select id, note from orders where id = $1', [9], 'find'),
    sql('commit'),
  ]);
  expect(rows).toEqual([[], [], [[2, 'order 2']], [], []]);
  expect(await lane.run([])).toEqual([]);
});

test('columns arrive as exact as they are stored', async () => {
  const text =
    'select 1::int2, 2::int4, 9007199254740993::int8, 0.10::numeric, true, null::text, ' +
    "'{\"a\":[1]}'::jsonb, '{1,2}'::int[]";
  const expected = [1, 2, '9007199254740993', '0.10', true, null, { a: [1] }, '{1,2}'];
  expect(await lane.run([sql(text, [], 'columns')])).toEqual([[expected]]);
  expect(await lane.run([sql(text, [], 'columns')])).toEqual([[expected]]);
  const [object] = await fresh.database.query(
    'select 9007199254740993::int8 as n, $1::int as i',
    [7],
  );
  expect(object).toEqual({ n: '9007199254740993', i: 7 });
});

test('every kind of parameter arrives', async () => {
  const values = ['a\\"b', 1.5, 12345678901234567890n, true, null];
  const text = 'select $1::text, $2::text, $3::numeric, $4::boolean, $5::text';
  expect(await lane.run([sql(text, values)])).toEqual([
    [['a\\"b', '1.5', '12345678901234567890', true, null]],
  ]);
});

test('the first error stops the batch, keeps its code, and leaves nothing behind', async () => {
  await lane.run([insert(1)]);
  const failed = lane.run([
    sql('begin'),
    insert(2, 1),
    sql('select 1 / 0'),
    insert(3),
    sql('commit'),
  ]);
  await expect(failed).rejects.toMatchObject({ code: '23505' });
  expect(await count()).toBe('1');
  // The connection is outside any transaction: this is committed on its own.
  await lane.run([insert(4)]);
  expect(await count()).toBe('2');
});

test('a batch without begin is a transaction of its own', async () => {
  await expect(lane.run([insert(1), sql('select 1 / 0')])).rejects.toMatchObject({ code: '22012' });
  expect(await count()).toBe('0');
});

test('a transaction may span runs; its error ends it', async () => {
  await lane.run([sql('begin'), insert(1)]);
  expect(await count()).toBe('0');
  await lane.run([insert(2), sql('commit')]);
  expect(await count()).toBe('2');
  await lane.run([sql('begin'), insert(3)]);
  await expect(lane.run([sql('nonsense')])).rejects.toMatchObject({ code: '42601' });
  await lane.run([sql('select 1')]);
  expect(await count()).toBe('2');
});

test('a commit behind a run that failed is a failure, and so is what came with it', async () => {
  const runs = [
    lane.run([sql('begin'), sql('select 1 / 0')]),
    lane.run([insert(1), sql('commit')]),
    lane.run([sql('begin'), insert(2), sql('commit')]),
  ];
  const [gather, write, next] = await Promise.allSettled(runs);
  expect(gather).toMatchObject({ status: 'rejected', reason: { code: '22012' } });
  expect(write).toMatchObject({ status: 'rejected', reason: { code: '25P02' } });
  expect(next).toMatchObject({ status: 'fulfilled' });
  expect(await fresh.database.query('select id from orders')).toEqual([{ id: 2 }]);
});

test('a commit that the server answers with a rollback is a failure', async () => {
  const client = new pg.Client(clientConfig(fresh.config));
  await client.connect();
  await client.query('begin');
  await expect(client.query('select 1 / 0')).rejects.toMatchObject({ code: '22012' });
  const commit = new Batch([sql('commit')], new Map()).sendOn(client);
  await expect(commit).rejects.toThrow(CommitRefused);
  await client.end();
});

test('a statement that failed when first prepared can be used afterwards', async () => {
  const divide = (by: number) => sql('select 10 / $1::int', [by], 'divide');
  await expect(lane.run([divide(0)])).rejects.toMatchObject({ code: '22012' });
  expect(await lane.run([divide(2), divide(5)])).toEqual([[[5]], [[2]]]);
  const renamed = lane.run([sql('select 1', [], 'divide')]);
  await expect(renamed).rejects.toThrow('two different statements');
  expect(await lane.run([divide(10)])).toEqual([[[1]]]);
});

test('runs given at once happen one after the other', async () => {
  const inserts = Array.from({ length: 50 }, (_, id) => [
    lane.run([sql('begin'), insert(id)]),
    lane.run([sql('commit')]),
  ]);
  await Promise.all(inserts.flat());
  expect(await count()).toBe('50');
  const numbers = await Promise.all(
    Array.from({ length: 50 }, (_, n) => lane.run([sql('select $1::int', [n], 'echo')])),
  );
  expect(numbers.map((rows) => rows[0]?.[0]?.[0])).toEqual(Array.from({ length: 50 }, (_, n) => n));
});

test('a lost connection fails the run and its transaction, then comes back', async () => {
  const kill = async () => {
    const [[row] = []] = await lane.run([sql('select pg_backend_pid()')]);
    await other.run([sql('select pg_terminate_backend($1)', [row?.[0] as number])]);
  };
  await kill();
  // Idle when it was lost: either this run still meets the dead connection or a new one serves it.
  await lane.run([sql('select 1')]).catch((error) => expect(error.code).toMatch(/^(08|57P01)/));
  expect(await lane.run([sql('select 1')])).toEqual([[[1]]]);

  await lane.run([sql('begin'), insert(1)]);
  await kill();
  await expect(lane.run([insert(2), sql('commit')])).rejects.toMatchObject({
    code: expect.stringMatching(/^(08006|57P01)$/),
  });
  expect(await count()).toBe('0');
  await lane.run([insert(3)]);
  expect(await count()).toBe('1');
});

test('lanes look up by key, whatever the planner believes', async () => {
  const settings = sql(
    "select current_setting('enable_seqscan'), current_setting('plan_cache_mode')",
  );
  expect(await lane.run([settings])).toEqual([[['off', 'force_generic_plan']]]);
  expect(await other.run([settings])).toEqual([[['on', 'auto']]]);
});

test('array literals mean to Postgres what they meant to us', async () => {
  const texts = fc.array(fc.option(fc.string({ unit: 'grapheme' })), { maxLength: 20 });
  await fc.assert(
    fc.asyncProperty(texts, async (values) => {
      const storable = values.map((value) => value?.replaceAll('\0', '') ?? null);
      const [rows] = await lane.run([
        sql('select value from unnest($1::text[]) value', [textArray(storable)], 'texts'),
      ]);
      expect(rows?.map(([value]) => value)).toEqual(storable);
    }),
    { numRuns: 300 },
  );
});
