// The signed door that every dialect has: judge the envelope, let the dialect answer, answer
// signed, log the exchange.

import type { Clock } from '../base/world.ts';
import { EngineRefusal } from '../engine/engine.ts';
import type { HubKeys } from '../network/calls.ts';
import type { MessageLog } from '../network/messageLog.ts';
import {
  type Headers,
  openRequestBy,
  sealResponse,
  type VerificationKey,
} from '../wire/envelope.ts';
import { requestUri, type Signatures } from '../wire/signature.ts';
import { formatTime } from '../wire/time.ts';
import { type Answer, refuse } from './partner/endpoint.ts';

/** A request as it came over HTTP. */
export interface HubRequest {
  readonly method: string;
  /** The request target; may be in absolute form (partners-clients.md §2.5). */
  readonly uri: string;
  readonly headers: Headers;
  readonly body: Buffer;
  /** Set where the body could not be taken whole; it is then empty. */
  readonly fault?: 'too_large' | 'too_slow';
}

/** Always HTTP 200: the business result is in the body (protocol.md §3). */
export interface HubResponse {
  readonly status: 200;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface DoorOptions {
  readonly clock: Clock;
  readonly keys: HubKeys;
  readonly signatures: Signatures;
  readonly log: MessageLog;
  readonly failed: (what: string, error: unknown) => void;
}

/** One dialect under one snapshot of configuration: who may call what, and who answers. */
export interface Dialect<Caller> {
  /** The interface behind a path, for the log too; it need not be offered. */
  readonly apiOf: (path: string) => string | undefined;
  readonly isOffered: (api: string) => boolean;
  readonly callerOf: (clientId: string) => Caller | undefined;
  readonly isEnabled: (caller: Caller) => boolean;
  /** The participant under which the exchange is logged. */
  readonly participantOf: (caller: Caller) => string;
  /** A caller's key; without a version the newest. */
  readonly keyOf: (caller: Caller, keyVersion: string | undefined) => VerificationKey | undefined;
  readonly toleranceMs: number;
  /** Answers a message whose envelope is right. */
  readonly answer: (api: string, caller: Caller, bodyText: string) => Promise<Answer>;
}

const faults = {
  too_large: 'The body is larger than any message of this API.',
  too_slow: 'The body did not arrive in time.',
} as const;

interface Judged<Caller> {
  readonly verdict: string;
  readonly caller: Caller | undefined;
  readonly answer: Answer;
}

/** Answers one request. Never rejects: whatever happens, the caller gets a signed result. */
export async function answerAtDoor<Caller>(
  options: DoorOptions,
  dialect: Dialect<Caller>,
  request: HubRequest,
): Promise<HubResponse> {
  const at = options.clock.now();
  const begunAt = options.clock.elapsed();
  const uri = requestUri(request.uri);
  const api = dialect.apiOf(uri.split('?', 1)[0] ?? uri);
  const judged = await judge(options, dialect, request, uri, api, at);
  const response = await seal(options, dialect, request, uri, judged);
  options.log.record({
    at,
    direction: 'in',
    participantId: judged.caller === undefined ? null : dialect.participantOf(judged.caller),
    api: api ?? 'unknown',
    path: uri.slice(0, 2_048),
    requestHeaders: request.headers,
    requestBody: request.body.toString('utf8'),
    requestVerdict: judged.verdict,
    responseStatus: response.status,
    responseHeaders: response.headers,
    responseBody: response.body,
    responseVerdict: 'valid',
    durationMs: options.clock.elapsed() - begunAt,
    paymentNumber: judged.answer.paymentNumber ?? null,
  });
  return response;
}

/** The checks in the order of the result table: the door, the caller, then the message. */
async function judge<Caller>(
  options: DoorOptions,
  dialect: Dialect<Caller>,
  request: HubRequest,
  uri: string,
  api: string | undefined,
  now: number,
): Promise<Judged<Caller>> {
  const claimed = claimedCaller(dialect, request.headers);
  const shut = (answer: Answer) => ({ verdict: 'not_judged', caller: claimed, answer });
  if (request.method !== 'POST') return shut(refuse('METHOD_NOT_SUPPORTED'));
  if (api === undefined || !dialect.isOffered(api)) return shut(refuse('NO_INTERFACE_DEF'));
  if (!isJson(request.headers['content-type'])) return shut(refuse('MEDIA_TYPE_NOT_ACCEPTABLE'));
  if (request.fault !== undefined) return shut(refuse('PARAM_ILLEGAL', faults[request.fault]));
  const opened = await openRequestBy(options.signatures, {
    method: request.method,
    uri,
    headers: request.headers,
    body: request.body,
    keys: (clientId, keyVersion) => {
      const client = dialect.callerOf(clientId);
      if (client === undefined || !dialect.isEnabled(client)) return 'unknown_client';
      return dialect.keyOf(client, keyVersion) ?? 'unknown_key';
    },
    now,
    toleranceMs: dialect.toleranceMs,
  });
  if (!opened.ok) {
    const answer = refuse(opened.resultCode, opened.detail);
    return { verdict: opened.verdict, caller: claimed, answer };
  }
  const caller = dialect.callerOf(opened.clientId) as Caller;
  const answer = await run(options, dialect, api, caller, request);
  return { verdict: opened.verdict, caller, answer };
}

async function run<Caller>(
  options: DoorOptions,
  dialect: Dialect<Caller>,
  api: string,
  caller: Caller,
  request: HubRequest,
): Promise<Answer> {
  try {
    return await dialect.answer(api, caller, request.body.toString('utf8'));
  } catch (error) {
    if (error instanceof EngineRefusal && error.reason === 'busy') {
      return refuse('REQUEST_TRAFFIC_EXCEED_LIMIT');
    }
    // Nothing is known to have happened, and nothing is known not to have: the caller must
    // inquire.
    options.failed(`request of ${dialect.participantOf(caller)}`, error);
    return refuse('UNKNOWN_EXCEPTION');
  }
}

/** The client that a request names; only what it says, not proven. */
function claimedCaller<Caller>(dialect: Dialect<Caller>, headers: Headers): Caller | undefined {
  const clientId = headers['client-id'];
  return typeof clientId === 'string' ? dialect.callerOf(clientId.trim()) : undefined;
}

function isJson(contentType: Headers[string]): boolean {
  return typeof contentType === 'string' && /^application\/json\s*(;|$)/i.test(contentType.trim());
}

/** Signs with the algorithm of the client's own key; for strangers with RSA256. */
async function seal<Caller>(
  options: DoorOptions,
  dialect: Dialect<Caller>,
  request: HubRequest,
  uri: string,
  judged: Judged<Caller>,
): Promise<HubResponse> {
  const key = judged.caller === undefined ? undefined : dialect.keyOf(judged.caller, undefined);
  const algorithm = key?.algorithm ?? 'RSA256';
  const clientId = request.headers['client-id'];
  const body = JSON.stringify(judged.answer.body);
  const headers = await sealResponse(
    {
      method: request.method,
      uri,
      clientId: typeof clientId === 'string' ? printable(clientId.trim()) : '',
      time: formatTime(options.clock.now()),
      body,
      algorithm,
      key: options.keys.key(algorithm),
      keyVersion: options.keys.keyVersion,
    },
    options.signatures,
  );
  return { status: 200, headers, body };
}

/** A client id that may stand in a header; what a stranger sent need not be one. */
function printable(text: string): string {
  return /^[\x21-\x7e]{1,64}$/.test(text) ? text : '';
}
