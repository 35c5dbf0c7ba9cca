// Row lists are read by position: their columns must be the tables' own, in the tables' order.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { agreementTables } from '../../src/agreements/store.ts';
import { outboxColumns } from '../../src/engine/outbox.ts';
import { acquirerCodeTables } from '../../src/payments/acquirerCodeStore.ts';
import { aftermathTables } from '../../src/payments/aftermathStore.ts';
import { codeTables } from '../../src/payments/codeStore.ts';
import { writtenTables } from '../../src/payments/store.ts';
import { freshDatabase } from '../support/postgres.ts';

const tables = {
  ...writtenTables,
  ...codeTables,
  ...aftermathTables,
  ...agreementTables,
  ...acquirerCodeTables,
  outbox: outboxColumns,
};

type Fresh = Awaited<ReturnType<typeof freshDatabase>>;

describe('row lists', () => {
  let fresh: Fresh;
  beforeAll(async () => {
    fresh = await freshDatabase();
  });
  afterAll(() => fresh.drop());

  it.each(Object.entries(tables))('%s has its columns in this order', async (table, columns) => {
    const rows = await fresh.database.query<{ column_name: string }>(
      'select column_name from information_schema.columns where table_name = $1 ' +
        'order by ordinal_position',
      [table],
    );
    expect(rows.map((row) => row.column_name)).toEqual(['lane', ...columns]);
  });
});
