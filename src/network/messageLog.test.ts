// The message log: bounded, in batches, and honest about what it had to drop.

import { expect, test } from 'vitest';
import { limits } from '../base/limits.ts';
import type { Database, Statement } from '../base/world.ts';
import { type Exchange, MessageLog } from './messageLog.ts';

const exchange: Exchange = {
  at: 1,
  direction: 'in',
  participantId: 'TNG',
  api: 'pay',
  path: '/aps/api/v1/payments/pay',
  requestHeaders: { 'client-id': 'TNG', cookie: 'secret', signature: 'x'.repeat(5_000) },
  requestBody: '{}',
  requestVerdict: 'valid',
  responseStatus: 200,
  responseHeaders: {},
  responseBody: '{}',
  responseVerdict: 'valid',
  durationMs: 1,
  paymentNumber: null,
};

function openLog(fails = false) {
  const written: Statement[][] = [];
  const timers: (() => void)[] = [];
  const errors: unknown[] = [];
  const clock = { pause: () => new Promise<void>((resolve) => void timers.push(resolve)) };
  const database: Database = {
    session: () => ({
      async run(statements) {
        written.push([...statements]);
        if (fails) throw new Error('the disk is full');
        return [];
      },
    }),
    query: async () => [],
    close: async () => {},
  };
  const log = new MessageLog({
    database,
    clock,
    lanes: 4,
    process: 'p',
    failed: (error) => void errors.push(error),
  });
  /** Lets time pass until all is written. */
  const flush = async () => {
    let done = false;
    const flushing = log.flush().then(() => {
      done = true;
    });
    while (!done) {
      for (const task of timers.splice(0)) task();
      await new Promise((resolve) => void setImmediate(resolve));
    }
    await flushing;
  };
  return { log, written, errors, flush };
}

const copiedIn = (statements: readonly Statement[]): string =>
  statements.map(({ copied }) => (copied ? Buffer.from(copied).toString('latin1') : '')).join('');

const idsIn = (statements: readonly Statement[]): string[] =>
  copiedIn(statements).match(/\d+-p-\d{8}/g) ?? [];

test('what is recorded together is written together, with an id each', async () => {
  const { log, written, flush } = openLog();
  for (let each = 0; each < 3; each++) log.record(exchange);
  await flush();
  expect(written).toHaveLength(1);
  expect(new Set(idsIn(written[0] ?? [])).size).toBe(3);
  expect(log.dropped).toBe(0);
});

test('only the headers that are evidence are kept, and none at any length', async () => {
  const { log, written, flush } = openLog();
  log.record(exchange);
  await flush();
  const text = written.map(copiedIn).join('');
  expect(text).not.toContain('secret');
  expect(text).not.toContain('x'.repeat(1_025));
  expect(text).toContain('x'.repeat(1_024));
});

test('beyond its bound the oldest are dropped and counted', async () => {
  const { log, written, flush } = openLog();
  const extra = 37;
  for (let each = 0; each < limits.messagesWaiting + extra; each++) log.record(exchange);
  expect(log.dropped).toBe(extra);
  await flush();
  const ids = written.flatMap(idsIn);
  expect(ids).toHaveLength(limits.messagesWaiting);
  expect(ids.some((id) => id.includes('-00000001'))).toBe(false);
  expect(ids.some((id) => id.includes(`-000${limits.messagesWaiting + extra}`))).toBe(true);
});

test('a batch that cannot be written is counted and told, and stops nothing', async () => {
  const { log, errors, flush } = openLog(true);
  log.record(exchange);
  log.record(exchange);
  await flush();
  expect(log.dropped).toBe(2);
  expect(errors).toHaveLength(1);
  log.record(exchange);
  await flush();
  expect(log.dropped).toBe(3);
});
