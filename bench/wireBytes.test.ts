// The lean HTTP of the benchmarks reads messages however the network cuts them.

import { EventEmitter } from 'node:events';
import type { Socket } from 'node:net';
import { expect, test } from 'vitest';
import { messageBytes, readMessages } from './wireBytes.ts';

function read(chunks: readonly Buffer[]): string[] {
  const socket = new EventEmitter();
  const seen: string[] = [];
  readMessages(socket as Socket, ({ head, body }) => {
    seen.push(`${head.split('\r\n')[0]} ${body.toString()}`);
  });
  for (const chunk of chunks) socket.emit('data', chunk);
  return seen;
}

const bytes = Buffer.concat([
  messageBytes('POST /a HTTP/1.1', { host: 'hub' }, '{"amount":"面"}'),
  messageBytes('POST /b HTTP/1.1', { host: 'hub' }, ''),
  messageBytes('POST /c HTTP/1.1', { host: 'hub' }, 'last'),
]);
const all = ['POST /a HTTP/1.1 {"amount":"面"}', 'POST /b HTTP/1.1 ', 'POST /c HTTP/1.1 last'];

test('several messages in one chunk', () => {
  expect(read([bytes])).toEqual(all);
});

test('one byte a chunk', () => {
  expect(read([...bytes].map((byte) => Buffer.from([byte])))).toEqual(all);
});

test('a message that has not come whole is not taken', () => {
  expect(read([bytes.subarray(0, bytes.length - 1)])).toEqual(all.slice(0, 2));
});
