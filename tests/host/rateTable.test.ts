// Tables of rates from a real file and a real HTTP server: every way to fail is a sentence.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { fetchText } from '../../src/host/rateTable.ts';

let server: Server;
let address: string;
let directory: string;

beforeAll(async () => {
  directory = mkdtempSync(path.join(tmpdir(), 'wayfare-rates-'));
  writeFileSync(path.join(directory, 'short.json'), '{"base":"USD"}');
  writeFileSync(path.join(directory, 'long.json'), 'x'.repeat(101));
  server = createServer(({ url }, response) => {
    if (url === '/silent') return;
    if (url === '/stalls') return void response.write('{');
    if (url === '/failing') return void response.writeHead(503).end('closed');
    if (url === '/moved') return void response.writeHead(302, { location: '/good' }).end();
    response.end(url === '/long' ? 'x'.repeat(101) : '{"base":"USD"}');
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterAll(() => {
  server.closeAllConnections();
  server.close();
  rmSync(directory, { recursive: true });
});

const fetched = (kind: 'http' | 'file', where: string) =>
  fetchText({ kind, address: where, timeoutMs: 300, mostBytes: 100 });

test.each([
  ['/good', { text: '{"base":"USD"}' }],
  ['/silent', { problem: 'No answer within 300 ms.' }],
  ['/stalls', { problem: 'No answer within 300 ms.' }],
  ['/long', { problem: 'The table is longer than 100 bytes.' }],
  ['/failing', { problem: expect.stringMatching(/\/failing answered with HTTP 503\.$/) }],
  ['/moved', { problem: expect.stringMatching(/HTTP 302\.$/) }],
])('%s over HTTP', async (place, expected) => {
  expect(await fetched('http', address + place)).toEqual(expected);
});

test('nobody there', async () => {
  expect(await fetched('http', 'http://127.0.0.1:1/')).toEqual({
    problem: expect.stringMatching(/^http:\/\/127\.0\.0\.1:1\/ cannot be read: /),
  });
});

test.each([
  ['short.json', { text: '{"base":"USD"}' }],
  ['long.json', { problem: 'The table is longer than 100 bytes.' }],
  ['missing.json', { problem: expect.stringMatching(/missing\.json cannot be read: ENOENT/) }],
])('%s as a file', async (name, expected) => {
  expect(await fetched('file', path.join(directory, name))).toEqual(expected);
});
