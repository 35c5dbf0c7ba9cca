// The signed envelope around every message: sealing our own, opening and judging others'.
import type { KeyObject } from 'node:crypto';
import type { ResultCode } from './results.ts';
import type { Algorithm, SignatureHeader, Signatures } from './signature.ts';
import {
  algorithmOf,
  contentToSign,
  decodeSignature,
  encodeSignature,
  parseSignatureHeader,
  signaturesHere,
  verify,
  writeSignatureHeader,
} from './signature.ts';
import { parseTime } from './time.ts';

/**
 * What we think of an envelope. The order is the order of the checks, and with it the answer to
 * a message that is wrong in several ways.
 */
export type Verdict =
  | 'missing_header'
  | 'unknown_client'
  | 'unknown_key'
  | 'algorithm_mismatch'
  | 'bad_time'
  | 'stale_time'
  | 'bad_signature'
  | 'valid';

/** Headers with names in lower case, as Node gives them. */
export type Headers = Readonly<Record<string, string | readonly string[] | undefined>>;

/** How far Request-Time may be from our clock: our rule, the protocol names none (§11). */
export const defaultToleranceMs = 5 * 60_000;

/** The content type of every message, both ways. */
export const jsonContentType = 'application/json; charset=UTF-8';

/** A public key and the one algorithm that it was registered for. */
export interface VerificationKey {
  readonly algorithm: Algorithm;
  readonly key: KeyObject;
}

/** Finds a partner's key; without a keyVersion it answers the newest key (protocol.md §3). */
export type KeyLookup = (
  clientId: string,
  keyVersion: string | undefined,
) => VerificationKey | 'unknown_client' | 'unknown_key';

/** A refused envelope: the verdict, the result code to answer with and words for people. */
export interface Refusal {
  readonly ok: false;
  readonly verdict: Exclude<Verdict, 'valid'>;
  readonly resultCode: ResultCode;
  readonly detail: string;
  /** The Client-Id as claimed, when there was one: not proven. */
  readonly clientId: string | undefined;
}

export interface RequestToOpen {
  readonly method: string;
  /** The request target, path or absolute form. */
  readonly uri: string;
  readonly headers: Headers;
  /** The body exactly as received. */
  readonly body: string | Buffer;
  readonly keys: KeyLookup;
  /** Epoch milliseconds. */
  readonly now: number;
  /** Default five minutes, before and after. */
  readonly toleranceMs?: number;
}

export interface OpenedRequest {
  readonly ok: true;
  readonly verdict: 'valid';
  readonly clientId: string;
  /** The Request-Time as sent and as epoch milliseconds. */
  readonly time: string;
  readonly timeMs: number;
  readonly algorithm: Algorithm;
  readonly keyVersion: string | undefined;
}

/**
 * Judges a request. The checks, in order: Client-Id, Request-Time and Signature are there and
 * readable, the client and the key are known, the algorithm is the key's, the time is fresh,
 * the signature fits. Pure apart from the key lookup; never throws.
 */
export function openRequest(request: RequestToOpen): OpenedRequest | Refusal {
  return judged(unverifiedRequest(request));
}

/** As `openRequest`, for who opens many: the signature is verified wherever `signatures` do it. */
export async function openRequestBy(
  signatures: Signatures,
  request: RequestToOpen,
): Promise<OpenedRequest | Refusal> {
  return judgedBy(unverifiedRequest(request), signatures);
}

function unverifiedRequest(request: RequestToOpen): Unverified | Refusal {
  const clientId = headerOf(request.headers, 'client-id');
  if (clientId === undefined) {
    return refuse('missing_header', 'INVALID_CLIENT', 'Header Client-Id is missing.', undefined);
  }
  return checkEnvelope({ ...request, clientId, timeHeader: 'Request-Time' });
}

export interface ResponseToOpen {
  /** Method and target of the REQUEST that this answers. */
  readonly method: string;
  readonly uri: string;
  /** The Client-Id of the request: an answer in another name is refused. */
  readonly clientId: string;
  readonly headers: Headers;
  readonly body: string | Buffer;
  readonly keys: KeyLookup;
  readonly now: number;
  readonly toleranceMs?: number;
}

/**
 * Judges an answer, by the same checks as a request. An answer without Client-Id is read in
 * the name of the request's client, which is in the signed content anyway.
 */
export function openResponse(response: ResponseToOpen): OpenedRequest | Refusal {
  return judged(unverifiedResponse(response));
}

/** As `openResponse`, with the signature verified wherever `signatures` do it. */
export async function openResponseBy(
  signatures: Signatures,
  response: ResponseToOpen,
): Promise<OpenedRequest | Refusal> {
  return judgedBy(unverifiedResponse(response), signatures);
}

function unverifiedResponse(response: ResponseToOpen): Unverified | Refusal {
  const claimed = headerOf(response.headers, 'client-id');
  if (claimed !== undefined && claimed !== response.clientId) {
    const detail = 'Header Client-Id of the answer differs from that of the request.';
    return refuse('unknown_client', 'INVALID_CLIENT', detail, claimed);
  }
  return checkEnvelope({ ...response, timeHeader: 'Response-Time' });
}

export interface MessageToSeal {
  readonly method: string;
  readonly uri: string;
  /** Always the partner's id: also when the network calls the partner (our rule). */
  readonly clientId: string;
  /** Header text, from `formatTime`. */
  readonly time: string;
  /** The body exactly as it will be sent. */
  readonly body: string | Buffer;
  readonly algorithm: Algorithm;
  readonly key: KeyObject;
  readonly keyVersion: string;
}

/** Names are in lower case: some SDKs skip verification otherwise (partners-clients.md §2.2). */
export type RequestHeaders = {
  readonly 'client-id': string;
  readonly 'request-time': string;
  readonly signature: string;
  readonly 'content-type': string;
};

export type ResponseHeaders = {
  readonly 'client-id': string;
  readonly 'response-time': string;
  readonly signature: string;
  readonly 'content-type': string;
};

/** The headers that make a request ours. Send `message.body` unchanged beside them. */
export async function sealRequest(
  message: MessageToSeal,
  signatures = signaturesHere,
): Promise<RequestHeaders> {
  return {
    'client-id': message.clientId,
    'request-time': message.time,
    signature: await sealSignature(message, signatures),
    'content-type': jsonContentType,
  };
}

/** The headers of an answer; method and uri are those of the request (protocol.md §3). */
export async function sealResponse(
  message: MessageToSeal,
  signatures = signaturesHere,
): Promise<ResponseHeaders> {
  return {
    'client-id': message.clientId,
    'response-time': message.time,
    signature: await sealSignature(message, signatures),
    'content-type': jsonContentType,
  };
}

async function sealSignature(message: MessageToSeal, signatures: Signatures): Promise<string> {
  const content = contentToSign(
    message.method,
    message.uri,
    message.clientId,
    message.time,
    message.body,
  );
  const signature = await signatures.sign(message.algorithm, message.key, content);
  return writeSignatureHeader({
    algorithm: message.algorithm,
    keyVersion: message.keyVersion,
    signature: encodeSignature(signature),
  });
}

interface EnvelopeToOpen extends ResponseToOpen {
  readonly timeHeader: 'Request-Time' | 'Response-Time';
}

/** An envelope that is right in everything but its signature, which is still to be verified. */
interface Unverified {
  readonly ok: 'unverified';
  readonly opened: OpenedRequest;
  readonly found: VerificationKey;
  readonly content: string | Buffer;
  readonly signature: Buffer;
}

function judged(envelope: Unverified | Refusal): OpenedRequest | Refusal {
  if (envelope.ok === false) return envelope;
  const { found, content, signature, opened } = envelope;
  const fits = verify(found.algorithm, found.key, content, signature);
  return fits ? opened : badSignature(opened.clientId);
}

async function judgedBy(
  envelope: Unverified | Refusal,
  signatures: Signatures,
): Promise<OpenedRequest | Refusal> {
  if (envelope.ok === false) return envelope;
  const { found, content, signature, opened } = envelope;
  const fits = await signatures.verify(found.algorithm, found.key, content, signature);
  return fits ? opened : badSignature(opened.clientId);
}

function badSignature(clientId: string): Refusal {
  const detail =
    'The signature does not fit: sign "<METHOD> <path>\\n<Client-Id>.<time>.<body>", ' +
    'with the exact bytes of the body.';
  return refuse('bad_signature', 'INVALID_SIGNATURE', detail, clientId);
}

function checkEnvelope(envelope: EnvelopeToOpen): Unverified | Refusal {
  const { clientId, timeHeader } = envelope;
  const time = headerOf(envelope.headers, timeHeader.toLowerCase());
  if (time === undefined) {
    const detail = `Header ${timeHeader} is missing.`;
    return refuse('missing_header', 'PARAM_ILLEGAL', detail, clientId);
  }
  const header = parseSignatureHeader(headerOf(envelope.headers, 'signature'));
  if (header === undefined) {
    const detail =
      'Header Signature is missing or unreadable: algorithm=RSA256,keyVersion=1,signature=...';
    return refuse('missing_header', 'INVALID_SIGNATURE', detail, clientId);
  }
  const found = envelope.keys(clientId, header.keyVersion);
  if (found === 'unknown_client') {
    return refuse(found, 'INVALID_CLIENT', 'This Client-Id is unknown or disabled.', clientId);
  }
  if (found === 'unknown_key') {
    const detail = `No key of version ${header.keyVersion ?? '(newest)'} is registered.`;
    return refuse(found, 'KEY_NOT_FOUND', detail, clientId);
  }
  const timeMs = parseTime(time);
  const problem =
    algorithmProblem(header, found, clientId) ?? timeProblem(envelope, timeMs, clientId);
  if (problem !== undefined) return problem;
  const signature = decodeSignature(header.signature);
  if (signature === undefined) return badSignature(clientId);
  return {
    ok: 'unverified',
    opened: {
      ok: true,
      verdict: 'valid',
      clientId,
      time,
      timeMs: timeMs as number,
      algorithm: found.algorithm,
      keyVersion: header.keyVersion,
    },
    found,
    content: contentToSign(envelope.method, envelope.uri, clientId, time, envelope.body),
    signature,
  };
}

/** The key decides the algorithm; a header that names another is refused, never obeyed. */
function algorithmProblem(
  header: SignatureHeader,
  found: VerificationKey,
  clientId: string,
): Refusal | undefined {
  const named = header.algorithm.toUpperCase();
  if (named === found.algorithm && algorithmOf(found.key) === found.algorithm) return undefined;
  const detail = `The key of this client is registered for ${found.algorithm}.`;
  return refuse('algorithm_mismatch', 'INVALID_SIGNATURE', detail, clientId);
}

function timeProblem(
  envelope: EnvelopeToOpen,
  timeMs: number | undefined,
  clientId: string,
): Refusal | undefined {
  if (timeMs === undefined) {
    const detail =
      `Header ${envelope.timeHeader} is neither ISO 8601 with an offset ` +
      'nor 13 digits of epoch milliseconds.';
    return refuse('bad_time', 'PARAM_ILLEGAL', detail, clientId);
  }
  const toleranceMs = envelope.toleranceMs ?? defaultToleranceMs;
  if (Math.abs(envelope.now - timeMs) <= toleranceMs) return undefined;
  const detail =
    `Header ${envelope.timeHeader} is more than ${toleranceMs / 1000} s away from our clock. ` +
    'Set your clock and sign again.';
  return refuse('stale_time', 'INVALID_SIGNATURE', detail, clientId);
}

function refuse(
  verdict: Refusal['verdict'],
  resultCode: ResultCode,
  detail: string,
  clientId: string | undefined,
): Refusal {
  return { ok: false, verdict, resultCode, detail, clientId };
}

/** A header given once with a value; a header given twice is as good as none. */
function headerOf(headers: Headers, name: string): string | undefined {
  const value = headers[name];
  if (typeof value !== 'string') return undefined;
  const trimmed = value.trim();
  return trimmed === '' ? undefined : trimmed;
}
