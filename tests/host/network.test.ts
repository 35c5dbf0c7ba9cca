// Calls over real HTTP: what a partner answers, and every way in which no answer comes.

import { createServer, type RequestListener, type Server } from 'node:http';
import { type AddressInfo, createServer as createSocketServer } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { limits } from '../../src/base/limits.ts';
import { NetworkFailure } from '../../src/base/world.ts';
import { type OpenNetwork, openNetwork } from '../../src/host/network.ts';

let network: OpenNetwork;
const servers: Server[] = [];

beforeAll(() => {
  network = openNetwork();
});

afterAll(async () => {
  await network.close();
  for (const server of servers) {
    server.closeAllConnections();
    server.close();
  }
});

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

function post(url: string, timeoutMs = 2_000, body = '{"a":"面"}') {
  return network.post({ url, headers: { 'content-type': 'application/json' }, body, timeoutMs });
}

async function failure(call: Promise<unknown>): Promise<string> {
  const error = await call.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(NetworkFailure);
  return (error as NetworkFailure).reason;
}

test('the bytes arrive as given, the answer has lower-case header names', async () => {
  const url = await serve(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    response.setHeader('Signature', 'a=b');
    response.writeHead(202).end(`${request.method} ${request.url} ${Buffer.concat(chunks)}`);
  });
  const answer = await post(`${url}/aps/api/v1/pay?x=1`);
  expect(answer).toMatchObject({ status: 202, body: 'POST /aps/api/v1/pay?x=1 {"a":"面"}' });
  expect(answer.headers.signature).toBe('a=b');
});

test('connections are kept and used again', async () => {
  const ports = new Set<number | undefined>();
  const url = await serve((request, response) => {
    ports.add(request.socket.remotePort);
    response.end('ok');
  });
  for (let call = 0; call < 20; call += 1) await post(url);
  // The answer may be read a moment before its connection is free again.
  expect(ports.size).toBeLessThanOrEqual(2);
});

test('a partner that does not answer in time is a timeout, answering slowly included', async () => {
  const silent = await serve(() => {});
  const slow = await serve((_, response) => {
    response.write('{');
  });
  expect(await failure(post(silent, 50))).toBe('timeout');
  expect(await failure(post(slow, 50))).toBe('timeout');
});

test('a call that waits too long for a free connection is never sent', async () => {
  let calls = 0;
  const url = await serve(() => {
    calls += 1;
  });
  const patient = Array.from({ length: 64 }, () => failure(post(url, 400)));
  const waiting = failure(post(url, 100));
  expect(await waiting).toBe('timeout');
  await Promise.all(patient);
  await post(url, 50).catch(() => {});
  expect(calls).toBeLessThanOrEqual(65);
});

test('an answer that is too large is cut off', async () => {
  const url = await serve((_, response) => {
    response.end('x'.repeat(limits.partnerAnswerBytes + 1));
  });
  const fits = await serve((_, response) => {
    response.end('x'.repeat(limits.partnerAnswerBytes));
  });
  expect(await failure(post(url))).toBe('too_large');
  expect((await post(fits)).body).toHaveLength(limits.partnerAnswerBytes);
});

test('nobody there, no such name, no such address: unreachable', async () => {
  expect(await failure(post('http://127.0.0.1:1/'))).toBe('unreachable');
  expect(await failure(post('http://no-such-host.invalid/'))).toBe('unreachable');
  expect(await failure(post('not an address'))).toBe('unreachable');
});

test('a connection that breaks, or speaks something else, is broken', async () => {
  const cut = await serve((request) => request.socket.destroy());
  expect(await failure(post(cut))).toBe('broken');
  const babble = createSocketServer((socket) => socket.end('hello\r\n\r\n'));
  await new Promise<void>((resolve) => babble.listen(0, '127.0.0.1', resolve));
  const { port } = babble.address() as AddressInfo;
  expect(await failure(post(`http://127.0.0.1:${port}/`))).toBe('broken');
  babble.close();
});

test('a server that does not speak TLS gives no answer over https', async () => {
  const plain = await serve((_, response) => response.end('ok'));
  expect(await failure(post(plain.replace('http:', 'https:')))).toBe('broken');
});
