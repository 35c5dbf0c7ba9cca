// Envelopes: each verdict, their order, tampering, and what a sealed answer looks like.
import { describe, expect, it } from 'vitest';
import type { Headers, KeyLookup, RequestToOpen, Verdict } from './envelope.ts';
import { openRequest, openResponse, sealRequest, sealResponse } from './envelope.ts';
import type { Algorithm } from './signature.ts';
import { generateKeys, readPrivateKey, readPublicKey } from './signature.ts';
import { formatTime } from './time.ts';

function keyPair(algorithm: Algorithm) {
  const pem = generateKeys(algorithm);
  const privateKey = readPrivateKey(pem.privateKeyPem);
  const publicKey = readPublicKey(pem.publicKeyPem);
  if (privateKey === undefined || publicKey === undefined) throw new Error('own keys unreadable');
  return { algorithm, privateKey, publicKey };
}

const rsa = keyPair('RSA256');
const elliptic = keyPair('ES256');
const stranger = keyPair('RSA256');

const uri = '/aps/api/v1/payments/pay';
const body = '{"paymentRequestId":"P1","text":"面"}';
const now = Date.UTC(2026, 10, 21, 21, 45, 41);

/** Client RSA1 has keys 1 and 2 (the newest), EC1 has key 1. */
const keys: KeyLookup = (clientId, keyVersion) => {
  if (clientId === 'EC1') return { algorithm: 'ES256', key: elliptic.publicKey };
  if (clientId !== 'RSA1') return 'unknown_client';
  if (keyVersion === '1') return { algorithm: 'RSA256', key: stranger.publicKey };
  if (keyVersion === '2' || keyVersion === undefined) {
    return { algorithm: 'RSA256', key: rsa.publicKey };
  }
  return 'unknown_key';
};

async function goodRequest(changes: Partial<RequestToOpen> = {}): Promise<RequestToOpen> {
  const headers = await sealRequest({
    method: 'POST',
    uri,
    clientId: 'RSA1',
    time: formatTime(now),
    body,
    algorithm: 'RSA256',
    key: rsa.privateKey,
    keyVersion: '2',
  });
  return { method: 'POST', uri, headers: { ...headers }, body, keys, now, ...changes };
}

describe('a sealed request', () => {
  it('opens, as text and as bytes', async () => {
    const request = await goodRequest();
    const opened = {
      ok: true,
      verdict: 'valid',
      clientId: 'RSA1',
      time: formatTime(now),
      timeMs: now,
      algorithm: 'RSA256',
      keyVersion: '2',
    };
    expect(openRequest(request)).toEqual(opened);
    expect(openRequest({ ...request, body: Buffer.from(body, 'utf8') })).toEqual(opened);
  });

  it('opens with ES256', async () => {
    const headers = await sealRequest({
      method: 'POST',
      uri,
      clientId: 'EC1',
      time: formatTime(now),
      body,
      algorithm: 'ES256',
      key: elliptic.privateKey,
      keyVersion: '1',
    });
    const opened = openRequest(await goodRequest({ headers: { ...headers } }));
    expect(opened).toMatchObject({ ok: true, algorithm: 'ES256' });
  });

  it.each([
    ['another method', { method: 'PUT' }],
    ['another path', { uri: '/aps/api/v1/payments/cancelPayment' }],
    ['a query added', { uri: `${uri}?x=1` }],
    ['a changed body', { body: body.replace('P1', 'P2') }],
    ['a space in the body', { body: `${body} ` }],
    ['an empty body', { body: '' }],
    ['bytes that only look the same', { body: Buffer.from(body, 'latin1') }],
  ] as [string, Partial<RequestToOpen>][])('does not open with %s', async (_what, changes) => {
    const opened = openRequest(await goodRequest(changes));
    expect(opened).toMatchObject({
      ok: false,
      verdict: 'bad_signature',
      resultCode: 'INVALID_SIGNATURE',
      clientId: 'RSA1',
    });
  });
});

describe('verdicts', () => {
  const stale = formatTime(now - 300_001);
  const cases: [string, Record<string, string | undefined>, Verdict, string][] = [
    ['no Client-Id', { 'client-id': undefined }, 'missing_header', 'INVALID_CLIENT'],
    ['a blank Client-Id', { 'client-id': ' ' }, 'missing_header', 'INVALID_CLIENT'],
    ['no Request-Time', { 'request-time': undefined }, 'missing_header', 'PARAM_ILLEGAL'],
    ['no Signature', { signature: undefined }, 'missing_header', 'INVALID_SIGNATURE'],
    ['a Signature without signature', { signature: 'x' }, 'missing_header', 'INVALID_SIGNATURE'],
    ['an unknown client', { 'client-id': 'NOBODY' }, 'unknown_client', 'INVALID_CLIENT'],
    ['an unknown key', { signature: 'keyVersion=9,signature=YQ' }, 'unknown_key', 'KEY_NOT_FOUND'],
    [
      'the other algorithm',
      { signature: 'algorithm=ES256,keyVersion=2,signature=YQ' },
      'algorithm_mismatch',
      'INVALID_SIGNATURE',
    ],
    [
      'a time without offset',
      { 'request-time': '2026-11-21T21:45:41' },
      'bad_time',
      'PARAM_ILLEGAL',
    ],
    ['an old time', { 'request-time': stale }, 'stale_time', 'INVALID_SIGNATURE'],
    [
      'an undecodable signature',
      { signature: 'algorithm=RSA256,keyVersion=2,signature=%' },
      'bad_signature',
      'INVALID_SIGNATURE',
    ],
    [
      'a fresh time that was not signed',
      { 'request-time': formatTime(now + 1) },
      'bad_signature',
      'INVALID_SIGNATURE',
    ],
  ];

  it.each(cases)('%s', async (_what, changes, verdict, resultCode) => {
    const request = await goodRequest();
    const headers: Headers = { ...request.headers, ...changes };
    expect(openRequest({ ...request, headers })).toMatchObject({ ok: false, verdict, resultCode });
  });

  it('come in a fixed order: each repair uncovers the next', async () => {
    const good = (await goodRequest()).headers;
    const headers: Record<string, string | undefined> = { 'client-id': 'NOBODY' };
    const steps: [Record<string, string | undefined>, Verdict][] = [
      [{}, 'missing_header'],
      [{ 'request-time': 'yesterday' }, 'missing_header'],
      [{ signature: 'algorithm=ES256,keyVersion=9,signature=%' }, 'unknown_client'],
      [{ 'client-id': 'RSA1' }, 'unknown_key'],
      [{ signature: 'algorithm=ES256,keyVersion=2,signature=%' }, 'algorithm_mismatch'],
      [{ signature: 'algorithm=RSA256,keyVersion=2,signature=%' }, 'bad_time'],
      [{ 'request-time': stale }, 'stale_time'],
      [{ 'request-time': good['request-time'] as string }, 'bad_signature'],
      [{ signature: good.signature as string }, 'valid'],
    ];
    for (const [repair, verdict] of steps) {
      Object.assign(headers, repair);
      expect(openRequest(await goodRequest({ headers })).verdict).toBe(verdict);
    }
  });

  it('judge the time to the millisecond, both ways, and by a tolerance that is given', async () => {
    const request = await goodRequest();
    const verdictAt = (at: number, toleranceMs?: number) =>
      openRequest({ ...request, now: at, ...(toleranceMs === undefined ? {} : { toleranceMs }) })
        .verdict;
    expect(verdictAt(now + 300_000)).toBe('valid');
    expect(verdictAt(now - 300_000)).toBe('valid');
    expect(verdictAt(now + 300_001)).toBe('stale_time');
    expect(verdictAt(now - 300_001)).toBe('stale_time');
    expect(verdictAt(now + 1_001, 1_000)).toBe('stale_time');
    const refused = openRequest({ ...request, now: now + 1_001, toleranceMs: 1_000 });
    expect(refused.ok ? '' : refused.detail).toContain('more than 1 s away');
  });

  it('refuse a key of another version, and a header given twice', async () => {
    const request = await goodRequest();
    const signature = (request.headers.signature as string).replace('=2,', '=1,');
    const olderKey = openRequest({ ...request, headers: { ...request.headers, signature } });
    expect(olderKey.verdict).toBe('bad_signature');
    const twice = { ...request.headers, 'client-id': ['RSA1', 'EC1'] };
    expect(openRequest({ ...request, headers: twice }).verdict).toBe('missing_header');
  });

  it('do not obey a header whose algorithm differs from the key object', async () => {
    const wrongKey: KeyLookup = () => ({ algorithm: 'RSA256', key: elliptic.publicKey });
    const opened = openRequest(await goodRequest({ keys: wrongKey }));
    expect(opened.verdict).toBe('algorithm_mismatch');
  });
});

describe('a sealed answer', () => {
  const answer = '{"result":{"resultCode":"SUCCESS","resultStatus":"S"}}';

  async function goodAnswer() {
    const headers = await sealResponse({
      method: 'POST',
      uri,
      clientId: 'RSA1',
      time: formatTime(now),
      body: answer,
      algorithm: 'RSA256',
      key: rsa.privateKey,
      keyVersion: '2',
    });
    return { method: 'POST', uri, clientId: 'RSA1', headers, body: answer, keys, now };
  }

  it('has lower-case names and a URL-encoded signature, or PHP skips the check', async () => {
    const { headers } = await goodAnswer();
    expect(Object.keys(headers)).toEqual([
      'client-id',
      'response-time',
      'signature',
      'content-type',
    ]);
    expect(headers.signature).toMatch(
      /^algorithm=RSA256,keyVersion=2,signature=(?:[A-Za-z0-9]|%2B|%2F|%3D)+$/,
    );
    expect(headers['content-type']).toBe('application/json; charset=UTF-8');
  });

  it('opens for the request that it answers, and for no other', async () => {
    const good = await goodAnswer();
    const verdict = (changes: object) => openResponse({ ...good, ...changes }).verdict;
    expect(verdict({})).toBe('valid');
    expect(verdict({ uri: '/aps/api/v1/payments/inquiryPayment' })).toBe('bad_signature');
    expect(verdict({ body: answer.replace('SUCCESS', 'FAILURE') })).toBe('bad_signature');
    expect(verdict({ clientId: 'EC1' })).toBe('unknown_client');
    expect(verdict({ headers: {} })).toBe('missing_header');
    expect(verdict({ now: now + 400_000 })).toBe('stale_time');
    const { 'client-id': _clientId, ...unnamed } = good.headers;
    expect(verdict({ headers: unnamed })).toBe('valid');
    expect(verdict({ headers: unnamed, clientId: 'EC1' })).toBe('algorithm_mismatch');
  });

  it('is no request: the time header differs', async () => {
    const good = await goodAnswer();
    expect(openRequest({ ...good, headers: { ...good.headers } }).verdict).toBe('missing_header');
  });
});
