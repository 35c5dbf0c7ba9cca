// The partner API's one door: judge the envelope, find the endpoint, answer signed, log the
// exchange.

import type { Clock, Random } from '../../base/world.ts';
import type { PublishedRules } from '../../codes/readCodeRules.ts';
import { EngineRefusal } from '../../engine/engine.ts';
import type { HubKeys } from '../../network/calls.ts';
import type { Directory } from '../../network/directory.ts';
import type { MessageLog } from '../../network/messageLog.ts';
import type { Participant } from '../../network/participant.ts';
import type { PaymentDesk } from '../../payments/commands.ts';
import type { Rules } from '../../payments/rules.ts';
import { type Headers, openRequestBy, sealResponse } from '../../wire/envelope.ts';
import { type ApiName, apiOfPath } from '../../wire/messages.ts';
import { requestUri, type Signatures } from '../../wire/signature.ts';
import { formatTime } from '../../wire/time.ts';
import { cancelPaymentEndpoint } from './cancelPayment.ts';
import { consultPaymentEndpoint } from './consultPayment.ts';
import { type Answer, type Endpoint, refuse } from './endpoint.ts';
import { getPaymentCodeEndpoint } from './getPaymentCode.ts';
import { inquiryCodeRulesEndpoint } from './inquiryCodeRules.ts';
import { inquiryForeignExchangeQuoteEndpoint } from './inquiryForeignExchangeQuote.ts';
import { inquiryPaymentEndpoint } from './inquiryPayment.ts';
import { notifyPaymentEndpoint } from './notifyPayment.ts';
import { payEndpoint } from './pay.ts';
import { refundEndpoint } from './refund.ts';
import { userInitiatedPayEndpoint } from './userInitiatedPay.ts';

/** A request as it came over HTTP. */
export interface PartnerRequest {
  readonly method: string;
  /** The request target; may be in absolute form (partners-clients.md §2.5). */
  readonly uri: string;
  readonly headers: Headers;
  readonly body: Buffer;
  /** Set where the body could not be taken whole; it is then empty. */
  readonly fault?: 'too_large' | 'too_slow';
}

/** Always HTTP 200: the business result is in the body (protocol.md §3). */
export interface PartnerResponse {
  readonly status: 200;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface PartnerApiOptions {
  readonly clock: Clock;
  readonly random: Random;
  readonly rules: () => Rules;
  readonly desk: PaymentDesk;
  readonly codeRules: PublishedRules;
  readonly keys: HubKeys;
  readonly signatures: Signatures;
  readonly log: MessageLog;
  readonly isBusy: (participantId: string) => boolean;
  readonly failed: (what: string, error: unknown) => void;
}

/** The verbs offered now; a path of the protocol that is not here has no interface. */
export const endpoints: Partial<Record<ApiName, Endpoint>> = {
  consultPayment: consultPaymentEndpoint,
  pay: payEndpoint,
  userInitiatedPay: userInitiatedPayEndpoint,
  notifyPayment: notifyPaymentEndpoint,
  inquiryPayment: inquiryPaymentEndpoint,
  cancelPayment: cancelPaymentEndpoint,
  refund: refundEndpoint,
  getPaymentCode: getPaymentCodeEndpoint,
  inquiryCodeRules: inquiryCodeRulesEndpoint,
  inquiryForeignExchangeQuote: inquiryForeignExchangeQuoteEndpoint,
};

const faults = {
  too_large: 'The body is larger than any message of this API.',
  too_slow: 'The body did not arrive in time.',
} as const;

interface Judged {
  readonly verdict: string;
  readonly caller: Participant | undefined;
  readonly answer: Answer;
}

/** Answers one request. Never rejects: whatever happens, the partner gets a signed result. */
export async function handlePartner(
  options: PartnerApiOptions,
  request: PartnerRequest,
): Promise<PartnerResponse> {
  const at = options.clock.now();
  const begunAt = options.clock.elapsed();
  const uri = requestUri(request.uri);
  const path = uri.split('?', 1)[0] ?? uri;
  const api = apiOfPath(path);
  const judged = await judge(options, request, uri, api, at);
  const response = await seal(options, request, uri, judged);
  options.log.record({
    at,
    direction: 'in',
    participantId: judged.caller?.participantId ?? null,
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

/**
 * The checks in the order of the result table: the door, the caller, its rights, then the message.
 */
async function judge(
  options: PartnerApiOptions,
  request: PartnerRequest,
  uri: string,
  api: ApiName | undefined,
  now: number,
): Promise<Judged> {
  const rules = options.rules();
  const claimed = claimedCaller(rules.directory, request.headers);
  const shut = (answer: Answer): Judged => ({ verdict: 'not_judged', caller: claimed, answer });
  if (request.method !== 'POST') return shut(refuse('METHOD_NOT_SUPPORTED'));
  const endpoint = api === undefined ? undefined : endpoints[api];
  if (endpoint === undefined) return shut(refuse('NO_INTERFACE_DEF'));
  if (!isJson(request.headers['content-type'])) return shut(refuse('MEDIA_TYPE_NOT_ACCEPTABLE'));
  if (request.fault !== undefined) return shut(refuse('PARAM_ILLEGAL', faults[request.fault]));
  const opened = await openRequestBy(options.signatures, {
    method: request.method,
    uri,
    headers: request.headers,
    body: request.body,
    keys: (clientId, keyVersion) => {
      const client = rules.directory.byClientId(clientId);
      if (client === undefined || !client.enabled) return 'unknown_client';
      return rules.directory.credential(client.participantId, keyVersion) ?? 'unknown_key';
    },
    now,
    toleranceMs: rules.timing.timeToleranceMs,
  });
  if (!opened.ok) {
    const answer = refuse(opened.resultCode, opened.detail);
    return { verdict: opened.verdict, caller: claimed, answer };
  }
  const caller = rules.directory.byClientId(opened.clientId) as Participant;
  if (caller.role !== endpoint.role) {
    const answer = refuse('ACCESS_DENIED', `This API is for ${endpoint.role}s.`);
    return { verdict: opened.verdict, caller, answer };
  }
  return { verdict: opened.verdict, caller, answer: await run(options, endpoint, caller, request) };
}

async function run(
  options: PartnerApiOptions,
  endpoint: Endpoint,
  caller: Participant,
  request: PartnerRequest,
): Promise<Answer> {
  try {
    const text = request.body.toString('utf8');
    const { desk, codeRules, random, clock, isBusy } = options;
    return await endpoint.handle(
      { rules: options.rules(), desk, codeRules, random, now: clock.now(), isBusy, caller },
      text,
    );
  } catch (error) {
    if (error instanceof EngineRefusal && error.reason === 'busy') {
      return refuse('REQUEST_TRAFFIC_EXCEED_LIMIT');
    }
    // Nothing is known to have happened, and nothing is known not to have: the partner must
    // inquire.
    options.failed(`request of ${caller.participantId}`, error);
    return refuse('UNKNOWN_EXCEPTION');
  }
}

/** The client that a request names; only what it says, not proven. */
function claimedCaller(directory: Directory, headers: Headers): Participant | undefined {
  const clientId = headers['client-id'];
  return typeof clientId === 'string' ? directory.byClientId(clientId.trim()) : undefined;
}

function isJson(contentType: Headers[string]): boolean {
  return typeof contentType === 'string' && /^application\/json\s*(;|$)/i.test(contentType.trim());
}

/** Signs with the algorithm of the client's own key; for strangers with RSA256. */
async function seal(
  options: PartnerApiOptions,
  request: PartnerRequest,
  uri: string,
  judged: Judged,
): Promise<PartnerResponse> {
  const { directory } = options.rules();
  const credential =
    judged.caller === undefined
      ? undefined
      : directory.credential(judged.caller.participantId, undefined);
  const algorithm = credential?.algorithm ?? 'RSA256';
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
