// What the machine's disk and Postgres give at best: rows of a payment's bytes, inserted bare in
// batches.

import { numberArray, textArray } from '../src/base/sqlArray.ts';
import type { Database } from '../src/base/world.ts';
import type { BenchServer } from './server.ts';

/** A table without a purpose, and its writers. */
export interface Floor {
  readonly rowBytes: number;
  /** Rows a second, one transaction a batch, `connections` writers side by side. */
  run(rows: number, connections: number, rowsPerBatch: number): Promise<number>;
  close(): Promise<void>;
}

/**
 * The bytes of the row versions that one payment leaves behind, as stored: the payment and
 * its outbox item are each written twice, at the hold and at the post.
 */
export async function bytesOfPayment(database: Database): Promise<number> {
  const [row] = await database.query<{ bytes: string }>(
    'select (r.size + (2 * (p.size + o.size)) + (t.size * t.count / r.count))' +
      '::bigint::text as bytes from ' +
      ['payment_requests r', 'payments p', 'outbox o', 'journals t']
        .map(
          (each) =>
            '(select avg(pg_column_size(x.*)) as size, count(*) as count ' +
            `from (select * from ${each.slice(0, -2)} limit 20000) x) ${each.slice(-1)}`,
        )
        .join(', '),
  );
  return Number(row?.bytes);
}

export async function openFloor(server: BenchServer, rowBytes: number): Promise<Floor> {
  const { database } = await server.network(1, []);
  await database.query(
    'create table bare_rows (lane smallint, number bigint, body text, primary key (lane, number))',
  );
  // Kept as it is, like the short texts of a payment: neither compressed nor moved aside.
  await database.query('alter table bare_rows alter body set storage plain');
  const bodies = Array.from({ length: 64 }, (_, index) => textOf(rowBytes, index));
  let number = 0;

  async function write(lane: number, rowsPerBatch: number): Promise<void> {
    const numbers: number[] = [];
    const texts: string[] = [];
    for (let row = 0; row < rowsPerBatch; row++) {
      numbers.push(++number);
      texts.push(bodies[number % bodies.length] as string);
    }
    await database.session(`floor:${lane}`).run([
      { text: 'begin', values: [] },
      {
        name: 'floor.insert',
        text:
          'insert into bare_rows select $1::smallint, u.* from ' +
          'unnest($2::text::bigint[], $3::text::text[]) u',
        values: [lane, numberArray(numbers), textArray(texts)],
      },
      { text: 'commit', values: [] },
    ]);
  }

  return {
    rowBytes,
    async run(rows, connections, rowsPerBatch) {
      const from = performance.now();
      const last = number + rows;
      const writer = async (lane: number) => {
        while (number < last) await write(lane, rowsPerBatch);
      };
      await Promise.all(Array.from({ length: connections }, (_, lane) => writer(lane)));
      return (rows / (performance.now() - from)) * 1_000;
    },
    close: () => database.close(),
  };
}

/** Letters in an order of their own for each `seed`. */
function textOf(length: number, seed: number): string {
  let state = seed + 1;
  let text = '';
  while (text.length < length) {
    state = (state * 48_271) % 2_147_483_647;
    text += state.toString(36);
  }
  return text.slice(0, length);
}
