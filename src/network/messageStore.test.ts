// The message log in a real Postgres: texts come back as they were sent, whatever is in them.

import { afterAll, beforeAll, expect, test } from 'vitest';
import { type FreshDatabase, freshDatabase } from '../../tests/support/postgres.ts';
import type { LoggedExchange } from './messageLog.ts';
import { messagesOfPayment, writeMessages } from './messageStore.ts';
import { createLanes } from './store.ts';

let fresh: FreshDatabase;

beforeAll(async () => {
  fresh = await freshDatabase();
  await createLanes(fresh.database, 2);
});

afterAll(() => fresh.drop());

/** Texts that would break a list that is cut at the wrong place. */
const hostile = [
  '',
  '{"a":"b"}',
  'ends with a unit separator \u001f',
  '\u001f',
  '\u001f0',
  '\u001f0;',
  'x\u001f0;\u001f1;\u001f',
  '面 ‘ { } , " \\ NULL',
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

test.each([...new Set(hostile)])('a batch of one: %j', async (text) => {
  const rows = await stored(100 + hostile.indexOf(text), [text]);
  expect(rows.map((row) => row.request_body)).toEqual([text]);
});

test('a zero character is shown, since it cannot be kept', async () => {
  const [row] = await stored(200, ['a\0b']);
  expect(row?.request_body).toBe('a\u2400b');
});
