// Requests made by hand, so that each can be wrong in one way, and the check of their answers.

import { createPublicKey, type KeyObject } from 'node:crypto';
import { expect } from 'vitest';
import type { HubRequest } from '../../src/api/door.ts';
import { openResponse, sealRequest } from '../../src/wire/envelope.ts';
import { type ApiName, paths } from '../../src/wire/messages.ts';
import type { Algorithm } from '../../src/wire/signature.ts';
import { formatTime } from '../../src/wire/time.ts';
import type { Rig } from './rig.ts';

/** A request as it goes over the line. */
export interface RawRequest extends Omit<HubRequest, 'headers' | 'fault'> {
  readonly headers: Readonly<Record<string, string>>;
}

/** An answer as it came. */
export interface RawAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** What may be other than it should be while a request is signed. */
export interface Signing {
  readonly method?: string;
  readonly signedPath?: string;
  readonly clientId?: string;
  readonly key?: KeyObject;
  readonly keyVersion?: string;
  readonly time?: string;
  /** Milliseconds by which the sender's clock is ahead. */
  readonly aheadMs?: number;
}

/** A request of a partner, signed; `body` may be any text. */
export async function signed(
  rig: Rig,
  partnerId: string,
  api: ApiName | `/${string}`,
  body: object | string,
  signing: Signing = {},
): Promise<RawRequest> {
  const uri = api.startsWith('/') ? api : paths[api as ApiName];
  const method = signing.method ?? 'POST';
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const headers = await sealRequest({
    method,
    uri: signing.signedPath ?? uri,
    clientId: signing.clientId ?? partnerId,
    time: signing.time ?? formatTime(rig.clock.now() + (signing.aheadMs ?? 0)),
    body: text,
    algorithm: 'ES256',
    key: signing.key ?? (rig.keys.get(partnerId) as KeyObject),
    keyVersion: signing.keyVersion ?? '1',
  });
  return { method, uri, headers: { ...headers }, body: Buffer.from(text, 'utf8') };
}

/** The request without one header. */
export function without(request: RawRequest, name: string): RawRequest {
  const headers = { ...request.headers };
  delete headers[name];
  return { ...request, headers };
}

/** The request with a header that the signature may not fit. */
export function withHeader(request: RawRequest, name: string, value: string): RawRequest {
  return { ...request, headers: { ...request.headers, [name]: value } };
}

/** The request with another body than the one that was signed. */
export function withBody(request: RawRequest, change: (body: string) => string): RawRequest {
  return { ...request, body: Buffer.from(change(request.body.toString('utf8')), 'utf8') };
}

/**
 * Checks what every answer must be: HTTP 200, headers in lower case, signed over the request's own
 * method and path. Strangers are answered with RSA256. Gives the result.
 */
export function resultOf(rig: Rig, request: RawRequest, answer: RawAnswer) {
  expect(answer.status).toBe(200);
  for (const name of ['client-id', 'response-time', 'signature', 'content-type']) {
    expect(Object.keys(answer.headers)).toContain(name);
  }
  const clientId = request.headers['client-id'] ?? '';
  const algorithm: Algorithm = rig.keys.has(clientId) ? 'ES256' : 'RSA256';
  const opened = openResponse({
    method: request.method,
    uri: request.uri,
    clientId,
    headers: answer.headers,
    body: answer.body,
    keys: () => ({ algorithm, key: createPublicKey(rig.hubKey(algorithm)) }),
    now: rig.clock.now(),
  });
  expect(opened.verdict).toBe('valid');
  const { result } = JSON.parse(answer.body) as {
    result: { resultCode: string; resultStatus: string; resultMessage: string };
  };
  expect(result.resultMessage.length).toBeGreaterThan(0);
  return result;
}
