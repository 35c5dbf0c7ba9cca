// A partner fetches from the hub: a GET that is signed like every message, over an empty body.

import type { KeyObject } from 'node:crypto';
import { request } from 'undici';
import type { Clock } from '../base/world.ts';
import { openResponse, sealRequest, type VerificationKey } from '../wire/envelope.ts';
import { formatTime } from '../wire/time.ts';
import type { Fetched, HubReply } from './hub-link.ts';
import type { SandboxAlgorithm } from './partners.ts';

/** A partner's books are compared by nobody who waits: longer than a payment may take. */
const timeoutMs = 30_000;

/** Larger than any day of the sandbox. */
const mostBytes = 32 * 1024 * 1024;

/** Fetches; anything but a whole answer with status 200 is `silent`, with its problem. */
export async function signedGet(ask: {
  readonly hubUrl: string;
  readonly hub: VerificationKey;
  readonly target: `/${string}`;
  readonly clock: Clock;
  readonly clientId: string;
  readonly algorithm: SandboxAlgorithm;
  readonly key: KeyObject;
}): Promise<HubReply<Fetched>> {
  const { hubUrl, hub, target, clock, clientId, algorithm, key } = ask;
  const headers = await sealRequest({
    method: 'GET',
    uri: target,
    clientId,
    time: formatTime(clock.now()),
    body: '',
    algorithm,
    key,
    keyVersion: '1',
  });
  try {
    const signal = AbortSignal.timeout(timeoutMs);
    const answer = await request(hubUrl + target, { headers: { ...headers }, signal });
    const bytes = await taken(answer.body);
    if (answer.statusCode !== 200) {
      return { kind: 'silent', problem: `HTTP status ${answer.statusCode} for GET ${target}` };
    }
    const opened = openResponse({
      method: 'GET',
      uri: target,
      clientId,
      headers: answer.headers,
      body: bytes,
      keys: () => hub,
      now: clock.now(),
    });
    return { kind: 'answered', answer: { bytes, isSigned: opened.ok } };
  } catch (error) {
    // Whatever broke on the way, the partner has not got it.
    const problem = error instanceof Error ? error.message : String(error);
    return { kind: 'silent', problem: `GET ${target}: ${problem}` };
  }
}

async function taken(body: AsyncIterable<Buffer>): Promise<Buffer> {
  const pieces: Buffer[] = [];
  let length = 0;
  for await (const piece of body) {
    length += piece.length;
    if (length > mostBytes) throw new Error('more than any day of ours');
    pieces.push(piece);
  }
  return Buffer.concat(pieces);
}
