// A partner's side of the wire: signed calls to the network, with answers that are checked.
import type { KeyObject } from 'node:crypto';
import type { Clock, IncomingResponse, Network, NetworkFailureReason } from '../base/world.ts';
import { NetworkFailure } from '../base/world.ts';
import type { KeyLookup, Verdict } from './envelope.ts';
import { defaultToleranceMs, openResponse, sealRequest } from './envelope.ts';
import { jsonObject } from './json.ts';
import type { ApiName } from './messages.ts';
import { paths } from './messages.ts';
import type { Algorithm } from './signature.ts';
import { formatTime } from './time.ts';

export interface PartnerClientOptions {
  /** Scheme and host of the network, as `http://127.0.0.1:8080`; a path in it is kept. */
  readonly baseUrl: string;
  readonly clientId: string;
  readonly privateKey: KeyObject;
  readonly algorithm: Algorithm;
  /** Version under which our public key is registered; default '1'. */
  readonly keyVersion?: string;
  /** The network's public key, for its answers. */
  readonly hubPublicKey: KeyObject;
  /** Default: the same as `algorithm`. */
  readonly hubAlgorithm?: Algorithm;
  readonly network: Network;
  readonly clock: Pick<Clock, 'now'>;
  readonly timeoutMs: number;
  /** How far Response-Time may be from our clock; default five minutes. */
  readonly toleranceMs?: number;
}

/** What went over the line, for a record of signed messages. */
export interface Exchange {
  readonly url: string;
  readonly requestHeaders: Readonly<Record<string, string>>;
  readonly requestBody: string;
  /** Absent when no answer came. */
  readonly response?: IncomingResponse;
}

/**
 * How a call ended. Only `answered` says anything about the business: after `unverified` and
 * `failed` the network may or may not have acted, so inquire or repeat with the same id.
 */
export type CallOutcome =
  | {
      readonly kind: 'answered';
      readonly body: Readonly<Record<string, unknown>>;
      /** The body as it came, for `decodeAnswer`. */
      readonly text: string;
      readonly exchange: Exchange;
    }
  | {
      readonly kind: 'unverified';
      readonly verdict: Exclude<Verdict, 'valid'> | 'bad_body';
      readonly problem: string;
      readonly exchange: Exchange;
    }
  | {
      readonly kind: 'failed';
      readonly reason: NetworkFailureReason | 'http_status';
      readonly problem: string;
      readonly exchange: Exchange;
    };

export interface PartnerClient {
  /** Calls an interface by name or by path; `body` is sent as JSON, undefined fields left out. */
  call(api: ApiName | `/${string}`, body: object): Promise<CallOutcome>;
  /** As `call`, with a body text that is sent and signed exactly as it is. */
  send(path: string, bodyText: string): Promise<CallOutcome>;
}

/** A client for one partner. Rejects only when something other than the network breaks. */
export function createPartnerClient(options: PartnerClientOptions): PartnerClient {
  const base = options.baseUrl.replace(/\/+$/, '');
  const hubKey = {
    algorithm: options.hubAlgorithm ?? options.algorithm,
    key: options.hubPublicKey,
  };
  const hubKeys: KeyLookup = () => hubKey;

  async function send(path: string, bodyText: string): Promise<CallOutcome> {
    const url = base + path;
    const uri = new URL(url);
    const target = uri.pathname + uri.search;
    const headers = await sealRequest({
      method: 'POST',
      uri: target,
      clientId: options.clientId,
      time: formatTime(options.clock.now()),
      body: bodyText,
      algorithm: options.algorithm,
      key: options.privateKey,
      keyVersion: options.keyVersion ?? '1',
    });
    const requestHeaders = { ...headers };
    const sent: Exchange = { url, requestHeaders, requestBody: bodyText };
    const request = { url, headers: requestHeaders, body: bodyText, timeoutMs: options.timeoutMs };
    let response: IncomingResponse;
    try {
      response = await options.network.post(request);
    } catch (error) {
      if (!(error instanceof NetworkFailure)) throw error;
      return { kind: 'failed', reason: error.reason, problem: error.message, exchange: sent };
    }
    return judge(target, response, { ...sent, response });
  }

  function judge(target: string, response: IncomingResponse, exchange: Exchange): CallOutcome {
    if (response.status !== 200) {
      const problem = `HTTP status ${response.status}: business answers come with 200`;
      return { kind: 'failed', reason: 'http_status', problem, exchange };
    }
    const opened = openResponse({
      method: 'POST',
      uri: target,
      clientId: options.clientId,
      headers: response.headers,
      body: response.body,
      keys: hubKeys,
      now: options.clock.now(),
      toleranceMs: options.toleranceMs ?? defaultToleranceMs,
    });
    if (!opened.ok) {
      return { kind: 'unverified', verdict: opened.verdict, problem: opened.detail, exchange };
    }
    const body = jsonObject(response.body);
    if (body === undefined) {
      const problem = 'the signed body is not a JSON object';
      return { kind: 'unverified', verdict: 'bad_body', problem, exchange };
    }
    return { kind: 'answered', body, text: response.body, exchange };
  }

  return {
    call: (api, body) =>
      send(api.startsWith('/') ? api : paths[api as ApiName], JSON.stringify(body)),
    send,
  };
}
