// The message log in a real Postgres: texts come back as they were sent, whatever is in them.

import { afterAll, beforeAll, expect, test } from 'vitest';
import { type FreshDatabase, freshDatabase } from '../../tests/support/postgres.ts';
import type { Statement } from '../base/world.ts';
import type { LoggedExchange } from './messageLog.ts';
import { messagesOfPayment, writeMessages } from './messageStore.ts';
import { createLanes } from './store.ts';

let fresh: FreshDatabase;

beforeAll(async () => {
  fresh = await freshDatabase();
  await createLanes(fresh.database, 2);
});

afterAll(() => fresh.drop());

/** Texts that would break a list that is quoted, escaped or cut at the wrong place. */
const hostile = [
  '',
  '{"a":"b"}',
  'ends with a unit separator \u001f',
  'a\ttab, a\nline, a \\backslash, \\. and \\N',
  '面 ‘ { } , " \\ NULL \u{1f35c}',
  '',
];

function exchange(index: number, text: string, paymentNumber: number): LoggedExchange {
  return {
    at: index,
    direction: 'in',
    participantId: 'TNG',
    api: 'pay',
    path: '/aps/api/v1/payments/pay',
    requestHeaders: { signature: text },
    requestBody: text,
    requestVerdict: 'valid',
    responseStatus: index % 2 === 0 ? null : 200,
    responseHeaders: {},
    responseBody: text,
    responseVerdict: 'valid',
    durationMs: index,
    paymentNumber,
    messageId: `${paymentNumber}-${index}`,
    lane: 1,
  };
}

async function stored(paymentNumber: number, texts: readonly string[]) {
  const batch = texts.map((text, index) => exchange(index, text, paymentNumber));
  await fresh.database.session('log').run(writeMessages(batch));
  return messagesOfPayment(fresh.database, 1, paymentNumber, 100);
}

test('a batch of any texts comes back text by text', async () => {
  const rows = await stored(1, hostile);
  expect(rows.map((row) => row.request_body)).toEqual(hostile);
  expect(rows.map((row) => row.response_body)).toEqual(hostile);
  expect(rows.map((row) => JSON.parse(row.request_headers).signature)).toEqual(hostile);
  expect(rows.map((row) => row.duration_ms)).toEqual(hostile.map((_, index) => index));
});

test('a zero character is shown, since it cannot be kept', async () => {
  const [row] = await stored(200, ['a\0b']);
  expect(row?.request_body).toBe('a\u2400b');
});

test('large numbers come back whole, and what is missing is null', async () => {
  const number = 2 ** 52 + 1;
  const at = 1_790_000_000_000;
  const bare = { ...exchange(1, 'a', number), at, participantId: null, responseStatus: null };
  await fresh.database.session('log').run(writeMessages([bare]));
  const [row] = await messagesOfPayment(fresh.database, 1, number, 100);
  expect(row).toMatchObject({ at: String(at), participant_id: null, response_status: null });
});

test('exchanges of any lane and of no payment go in one batch', async () => {
  await fresh.database.query('delete from messages');
  const batch = Array.from({ length: 500 }, (_, count) => ({
    ...exchange(count, '面'.repeat(count), 300),
    lane: count % 4,
    messageId: `many-${count}`,
    ...(count % 2 === 0 ? { paymentNumber: null } : {}),
  }));
  await fresh.database.session('log').run(writeMessages(batch));
  const lanes = await fresh.database.query<{ count: string; characters: string }>(
    'select count(*) as count, sum(length(request_body)) as characters from messages ' +
      'group by lane',
  );
  expect(lanes.map(({ count }) => Number(count))).toEqual([125, 125, 125, 125]);
  expect(lanes.reduce((sum, each) => sum + Number(each.characters), 0)).toBe((499 * 500) / 2);
});

test('a batch that is refused leaves nothing, and the next one goes on', async () => {
  const session = fresh.database.session('log');
  const [one, other] = [exchange(1, 'a', 400), exchange(2, 'b', 400)];
  await expect(session.run(writeMessages([one, other, one]))).rejects.toMatchObject({
    code: '23505',
  });
  expect(await messagesOfPayment(fresh.database, 1, 400, 100)).toEqual([]);
  await session.run(writeMessages([one, other]));
  expect(await messagesOfPayment(fresh.database, 1, 400, 100)).toHaveLength(2);
});

test('a copy behind a statement that fails is skipped with its data', async () => {
  const session = fresh.database.session('log');
  const [begin, ...others] = writeMessages([exchange(1, 'a', 500)]) as [Statement, ...Statement[]];
  const fails = { text: 'select 1 / 0', values: [] };
  await expect(session.run([begin, fails, ...others])).rejects.toMatchObject({ code: '22012' });
  expect(await stored(500, ['a'])).toHaveLength(1);
});

test('the same connection takes a copy again and again', async () => {
  const session = fresh.database.session('log');
  for (let count = 0; count < 3; count++) {
    await session.run(writeMessages([exchange(count, 'a', 600)]));
  }
  expect(await messagesOfPayment(fresh.database, 1, 600, 100)).toHaveLength(3);
});
