// A partner's client and server talking to each other over a line that can also break.
import { describe, expect, it } from 'vitest';
import type { IncomingResponse, Network, OutgoingRequest } from '../base/world.ts';
import { NetworkFailure } from '../base/world.ts';
import { createPartnerClient } from './client.ts';
import { sealResponse } from './envelope.ts';
import { paths } from './messages.ts';
import type { ReceivedCall } from './partnerServer.ts';
import { createPartnerServer } from './partnerServer.ts';
import { generateKeys, readPrivateKey, readPublicKey } from './signature.ts';
import { formatTime } from './time.ts';

function keyPair() {
  const pem = generateKeys('ES256');
  const privateKey = readPrivateKey(pem.privateKeyPem);
  const publicKey = readPublicKey(pem.publicKeyPem);
  if (privateKey === undefined || publicKey === undefined) throw new Error('own keys unreadable');
  return { privateKey, publicKey };
}

const partner = keyPair();
const hub = keyPair();
const now = Date.UTC(2026, 10, 21);
const clock = { now: () => now };
const success = { result: { resultCode: 'SUCCESS', resultStatus: 'S', resultMessage: 'ok' } };

function clientOver(post: (request: OutgoingRequest) => Promise<IncomingResponse>) {
  const network: Network = { post };
  return createPartnerClient({
    baseUrl: 'http://hub.example:8080/',
    clientId: 'C1',
    privateKey: partner.privateKey,
    algorithm: 'ES256',
    hubPublicKey: hub.publicKey,
    network,
    clock,
    timeoutMs: 1_000,
  });
}

/** The other end: opens the partner's calls with its public key and signs with the hub's. */
function serverEnd(answer: (call: ReceivedCall) => object) {
  const server = createPartnerServer({
    clientId: 'C1',
    privateKey: hub.privateKey,
    algorithm: 'ES256',
    hubKeys: () => ({ algorithm: 'ES256', key: partner.publicKey }),
    clock,
  });
  return async (request: OutgoingRequest): Promise<IncomingResponse> => {
    const { pathname, search } = new URL(request.url);
    const received = {
      method: 'POST',
      uri: pathname + search,
      headers: request.headers,
      body: Buffer.from(request.body, 'utf8'),
    };
    const { status, headers, body } = await server.handle(received, answer);
    return { status, headers: { ...headers }, body };
  };
}

describe('a call', () => {
  it('goes out signed, is understood, and its answer is verified', async () => {
    const calls: ReceivedCall[] = [];
    const client = clientOver(
      serverEnd((call) => {
        calls.push(call);
        return { ...success, text: '面' };
      }),
    );
    const outcome = await client.call('getPaymentCode', { customerId: '客', region: undefined });
    expect(calls).toEqual([
      { api: 'getPaymentCode', path: paths.getPaymentCode, bodyText: '{"customerId":"客"}' },
    ]);
    expect(outcome).toMatchObject({
      kind: 'answered',
      body: { ...success, text: '面' },
      exchange: {
        url: `http://hub.example:8080${paths.getPaymentCode}`,
        requestHeaders: { 'client-id': 'C1', 'request-time': formatTime(now) },
        requestBody: '{"customerId":"客"}',
        response: { status: 200 },
      },
    });
  });

  it('may name any path, with a query', async () => {
    const client = clientOver(serverEnd((call) => ({ ...success, path: call.path })));
    const outcome = await client.call('/other/path?x=1', {});
    expect(outcome).toMatchObject({ kind: 'answered', body: { path: '/other/path' } });
  });

  it('sends a given body text as it is', async () => {
    const client = clientOver(serverEnd((call) => ({ ...success, echo: call.bodyText })));
    const text = '{ "a" : 1,\n"a":2 }';
    const outcome = await client.send(paths.pay, text);
    expect(outcome).toMatchObject({ kind: 'answered', body: { echo: text } });
  });
});

describe('what is not an answer', () => {
  it.each([
    ['an unsigned answer', { headers: {} }, 'missing_header'],
    ['a tampered answer', { body: '{"result":{"resultStatus":"S","x":1}}' }, 'bad_signature'],
  ])('%s is unverified', async (_what, change, verdict) => {
    const end = serverEnd(() => success);
    const client = clientOver(async (request) => ({ ...(await end(request)), ...change }));
    expect(await client.call('pay', {})).toMatchObject({ kind: 'unverified', verdict });
  });

  it.each(['[]', 'null', 'not JSON', ''])('a signed %j is unverified', async (body) => {
    const headers = await sealResponse({
      method: 'POST',
      uri: paths.pay,
      clientId: 'C1',
      time: formatTime(now),
      body,
      algorithm: 'ES256',
      key: hub.privateKey,
      keyVersion: '1',
    });
    const client = clientOver(async () => ({ status: 200, headers: { ...headers }, body }));
    const outcome = await client.call('pay', {});
    expect(outcome).toMatchObject({ kind: 'unverified', verdict: 'bad_body' });
  });

  it.each(['timeout', 'unreachable', 'broken', 'too_large'] as const)(
    '%s fails',
    async (reason) => {
      const client = clientOver(() => Promise.reject(new NetworkFailure(reason, 'line cut')));
      const outcome = await client.call('pay', {});
      expect(outcome).toMatchObject({ kind: 'failed', reason, problem: 'line cut' });
      expect(outcome.exchange.response).toBeUndefined();
    },
  );

  it('another HTTP status fails, even when it is signed', async () => {
    const end = serverEnd(() => success);
    const client = clientOver(async (request) => ({ ...(await end(request)), status: 502 }));
    expect(await client.call('pay', {})).toMatchObject({ kind: 'failed', reason: 'http_status' });
  });

  it('a fault that is not of the network is not hidden', async () => {
    const client = clientOver(() => Promise.reject(new TypeError('a bug')));
    await expect(client.call('pay', {})).rejects.toThrow('a bug');
  });
});

describe('a partner server', () => {
  it('refuses in signed words, without asking', async () => {
    const server = createPartnerServer({
      clientId: 'C1',
      privateKey: partner.privateKey,
      algorithm: 'ES256',
      hubKeys: () => ({ algorithm: 'ES256', key: hub.publicKey }),
      clock,
    });
    const request = { method: 'POST', uri: paths.pay, headers: {}, body: '{}' };
    const answer = await server.handle(request, () => {
      throw new Error('must not be asked');
    });
    expect(answer).toMatchObject({ status: 200, verdict: 'missing_header' });
    expect(JSON.parse(answer.body)).toMatchObject({
      result: { resultCode: 'INVALID_CLIENT', resultStatus: 'F' },
    });
    expect(answer.headers.signature).toMatch(/^algorithm=ES256,keyVersion=1,signature=/);
  });

  it('refuses calls for another client', async () => {
    const server = createPartnerServer({
      clientId: 'C2',
      privateKey: partner.privateKey,
      algorithm: 'ES256',
      hubKeys: () => ({ algorithm: 'ES256', key: hub.publicKey }),
      clock,
    });
    const headers = {
      'client-id': 'C1',
      'request-time': formatTime(now),
      signature: 'algorithm=ES256,keyVersion=1,signature=YQ',
    };
    const request = { method: 'POST', uri: paths.pay, headers, body: '{}' };
    const answer = await server.handle(request, () => success);
    expect(answer.verdict).toBe('unknown_client');
  });
});
