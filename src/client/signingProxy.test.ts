// The signing proxy between a plain caller and a network that is a partner server turned round.

import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { openRequest, sealResponse } from '../wire/envelope.ts';
import { generateKeys, readPrivateKey, readPublicKey } from '../wire/signature.ts';
import { formatTime } from '../wire/time.ts';
import { type ProxiedExchange, type SigningProxy, startSigningProxy } from './signingProxy.ts';

const partner = generateKeys('ES256');
const network = generateKeys('ES256');
const stranger = generateKeys('ES256');
const path = '/aps/api/v1/payments/inquiryPayment?x=1';
const answerText = '{ "result": {"resultCode":"SUCCESS","resultStatus":"S"}, "name": "面" }';

let server: Server;
let proxy: SigningProxy;
/** What the network saw, and how it misbehaves. */
let seen: { verdict: string; body: string }[] = [];
let fault: 'none' | 'foreign key' | 'status 500' | 'silent' = 'none';
let told: ProxiedExchange[] = [];

beforeAll(async () => {
  server = createServer(async (incoming, outgoing) => {
    const parts: Buffer[] = [];
    for await (const part of incoming) parts.push(part as Buffer);
    const body = Buffer.concat(parts);
    const uri = incoming.url ?? '';
    const { verdict } = openRequest({
      method: incoming.method ?? '',
      uri,
      headers: incoming.headers,
      body,
      keys: () => ({ algorithm: 'ES256', key: readPublicKey(partner.publicKeyPem) as never }),
      now: Date.now(),
    });
    seen.push({ verdict, body: body.toString('utf8') });
    if (fault === 'silent') return;
    const key = fault === 'foreign key' ? stranger : network;
    const headers = await sealResponse({
      method: 'POST',
      uri,
      clientId: 'SHOPS',
      time: formatTime(Date.now()),
      body: answerText,
      algorithm: 'ES256',
      key: readPrivateKey(key.privateKeyPem) as never,
      keyVersion: '1',
    });
    outgoing.writeHead(fault === 'status 500' ? 500 : 200, headers).end(answerText);
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  proxy = await startSigningProxy({
    to: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    port: 0,
    clientId: 'SHOPS',
    privateKey: partner.privateKeyPem,
    networkKey: network.publicKeyPem,
    keyVersion: '1',
    timeoutMs: 400,
    told: (exchange) => told.push(exchange),
  });
});

afterEach(() => {
  fault = 'none';
  seen = [];
  told = [];
});

afterAll(async () => {
  await proxy.stop();
  server.closeAllConnections();
  server.close();
});

const post = (body: string) => fetch(proxy.url + path, { method: 'POST', body });

test('a plain request arrives signed and unchanged, and its answer as it came', async () => {
  const sent = '{ "paymentRequestId":\n"A-1", "name": "面" }';
  const response = await post(sent);
  expect(response.status).toBe(200);
  expect(await response.text()).toBe(answerText);
  expect(response.headers.get('signature')).toMatch(/^algorithm=ES256/);
  expect(seen).toEqual([{ verdict: 'valid', body: sent }]);
  expect(told).toMatchObject([{ path, status: 200, resultCode: 'SUCCESS', problem: null }]);
});

test.each([
  ['foreign key', 502, /does not hold \(bad_signature\)/],
  ['status 500', 502, /HTTP status 500/],
  ['silent', 504, /no answer within 400 ms/],
] as const)(
  'an answer that cannot be trusted is not passed on: %s',
  async (each, status, words) => {
    fault = each;
    const response = await post('{}');
    expect(response.status).toBe(status);
    const { error } = (await response.json()) as { error: { message: string } };
    expect(error.message).toMatch(words);
    expect(told).toMatchObject([{ status, resultCode: null, problem: error.message }]);
  },
);

test('what cannot be signed is refused, and nothing is sent', async () => {
  expect((await fetch(proxy.url + path)).status).toBe(405);
  expect((await post('x'.repeat(1024 * 1024 + 1))).status).toBe(413);
  expect(seen).toEqual([]);
});
