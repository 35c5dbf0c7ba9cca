// A partner's side of the wire: receiving the network's signed calls and signing the answers.
import type { KeyObject } from 'node:crypto';
import type { Clock } from '../base/world.ts';
import type { Headers, KeyLookup, ResponseHeaders, Verdict } from './envelope.ts';
import { openRequest, sealResponse } from './envelope.ts';
import type { ApiName } from './messages.ts';
import { apiOfPath } from './messages.ts';
import { result } from './results.ts';
import type { Algorithm } from './signature.ts';
import { requestUri } from './signature.ts';
import { formatTime } from './time.ts';

export interface PartnerServerOptions {
  readonly clientId: string;
  readonly privateKey: KeyObject;
  readonly algorithm: Algorithm;
  /** Version under which our public key is registered; default '1'. */
  readonly keyVersion?: string;
  /** The network's keys by version. */
  readonly hubKeys: KeyLookup;
  readonly clock: Pick<Clock, 'now'>;
  readonly toleranceMs?: number;
}

/** A request as an HTTP server hands it over; the body is the bytes as received. */
export interface ReceivedRequest {
  readonly method: string;
  readonly uri: string;
  readonly headers: Headers;
  readonly body: string | Buffer;
}

/** The HTTP answer to send: always status 200, the business result is in the body (§3). */
export interface SignedAnswer {
  readonly status: 200;
  readonly headers: ResponseHeaders;
  readonly body: string;
  /** What we thought of the request, for a record of messages. */
  readonly verdict: Verdict;
}

/** A verified call: its interface (undefined for a path we do not know) and its body text. */
export interface ReceivedCall {
  readonly api: ApiName | undefined;
  readonly path: string;
  readonly bodyText: string;
}

export interface PartnerServer {
  /**
   * Verifies the request, asks `answer` for the body of the reply, and signs it. A request
   * that does not verify is refused with its result code, signed too, and never reaches
   * `answer`. What `answer` throws goes to the caller.
   */
  handle(
    request: ReceivedRequest,
    answer: (call: ReceivedCall) => object | Promise<object>,
  ): Promise<SignedAnswer>;
}

/** A server side for one partner; HTTP itself is the caller's. */
export function createPartnerServer(options: PartnerServerOptions): PartnerServer {
  async function seal(
    request: ReceivedRequest,
    reply: object,
    verdict: Verdict,
  ): Promise<SignedAnswer> {
    const body = JSON.stringify(reply);
    const headers = await sealResponse({
      method: request.method,
      uri: request.uri,
      clientId: options.clientId,
      time: formatTime(options.clock.now()),
      body,
      algorithm: options.algorithm,
      key: options.privateKey,
      keyVersion: options.keyVersion ?? '1',
    });
    return { status: 200, headers, body, verdict };
  }

  const hubKeys: KeyLookup = (clientId, keyVersion) =>
    clientId === options.clientId ? options.hubKeys(clientId, keyVersion) : 'unknown_client';

  return {
    async handle(request, answer) {
      const opened = openRequest({
        ...request,
        keys: hubKeys,
        now: options.clock.now(),
        ...(options.toleranceMs === undefined ? {} : { toleranceMs: options.toleranceMs }),
      });
      if (!opened.ok) {
        const refusal = { result: result(opened.resultCode, opened.detail) };
        return seal(request, refusal, opened.verdict);
      }
      const path = requestUri(request.uri).split('?', 1)[0] as string;
      const bodyText =
        typeof request.body === 'string' ? request.body : request.body.toString('utf8');
      const reply = await answer({ api: apiOfPath(path), path, bodyText });
      return seal(request, reply, opened.verdict);
    },
  };
}
