// The signed line to a partner that is certified: sound calls and, on purpose, unsound ones.

import type { KeyObject } from 'node:crypto';
import type { Clock, IncomingResponse, Network } from '../base/world.ts';
import { NetworkFailure } from '../base/world.ts';
import { openResponse, sealRequest, type VerificationKey } from '../wire/envelope.ts';
import { jsonObject } from '../wire/json.ts';
import { type ApiName, paths } from '../wire/messages.ts';
import type { Algorithm } from '../wire/signature.ts';
import { formatTime } from '../wire/time.ts';

export interface LineOptions {
  /** The partner's endpoint; API paths are appended. */
  readonly url: string;
  readonly clientId: string;
  /** The key in the network's place, under `keyVersion`. */
  readonly privateKey: KeyObject;
  readonly keyVersion: string;
  readonly algorithm: Algorithm;
  /** A key that the partner does not know, for forged calls. */
  readonly foreignKey: KeyObject;
  readonly partnerKey: VerificationKey;
  readonly network: Network;
  readonly clock: Clock;
  /** An answer that comes later than three times this is given up. */
  readonly limitMs: number;
}

/** What is made wrong about a call, or only unusual (`capitals`: header names in capitals). */
export interface Tampering {
  readonly foreignKey?: true;
  /** A blank is added to the body after it was signed. */
  readonly blankAfterSigning?: true;
  readonly ageMs?: number;
  readonly keyVersion?: string;
  readonly capitals?: true;
}

/** The `result` object of an answer. */
export interface SaidResult {
  readonly resultCode: string;
  readonly resultStatus: string;
}

/** One call and what came back; the body is read even where its signature does not fit. */
export interface Said {
  readonly api: ApiName;
  readonly sent: string;
  /** The answer's text; undefined when none came. */
  readonly answered: string | undefined;
  readonly body: Readonly<Record<string, unknown>> | undefined;
  readonly result: SaidResult | undefined;
  /** `paymentResult` of an inquiry. */
  readonly paymentResult: SaidResult | undefined;
  /** Why the answer cannot be read, or none came. */
  readonly problem: string | undefined;
  /** Why its signature does not hold; undefined when it does. */
  readonly signatureProblem: string | undefined;
  readonly tookMs: number;
  /** The partner called: `sent` is its message, `answered` ours. */
  readonly isHeard?: true;
}

export interface Line {
  /** Calls with `message` as JSON; a text is sent as it is. */
  call(api: ApiName, message: object | string, tampering?: Tampering): Promise<Said>;
  /** Writes a call of the partner beside ours. */
  note(said: Said): void;
  /** All calls so far, in the order in which their answers came. */
  readonly log: readonly Said[];
}

/** Opens the line; it rejects only when something other than the partner breaks. */
export function openLine(options: LineOptions): Line {
  const log: Said[] = [];
  const base = options.url.replace(/\/+$/, '');
  return {
    log,
    note: (said) => void log.push(said),
    async call(api, message, tampering = {}) {
      const signed = typeof message === 'string' ? message : JSON.stringify(message);
      const url = base + paths[api];
      const headers = await headersOf(options, uriOf(url), signed, tampering);
      const body = tampering.blankAfterSigning ? `${signed} ` : signed;
      const began = options.clock.elapsed();
      const response = await post(options, { url, headers, body });
      const tookMs = options.clock.elapsed() - began;
      const said = { api, sent: body, tookMs, ...readAnswer(options, uriOf(url), response) };
      log.push(said);
      return said;
    },
  };
}

function uriOf(url: string): string {
  const { pathname, search } = new URL(url);
  return pathname + search;
}

async function headersOf(
  options: LineOptions,
  uri: string,
  body: string,
  tampering: Tampering,
): Promise<Record<string, string>> {
  const sealed = await sealRequest({
    method: 'POST',
    uri,
    clientId: options.clientId,
    time: formatTime(options.clock.now() - (tampering.ageMs ?? 0)),
    body,
    algorithm: options.algorithm,
    key: tampering.foreignKey ? options.foreignKey : options.privateKey,
    keyVersion: tampering.keyVersion ?? options.keyVersion,
  });
  if (!tampering.capitals) return { ...sealed };
  const capital = (name: string) => name.replace(/\b[a-z]/g, (letter) => letter.toUpperCase());
  return Object.fromEntries(Object.entries(sealed).map(([name, text]) => [capital(name), text]));
}

async function post(
  options: LineOptions,
  request: { url: string; headers: Record<string, string>; body: string },
): Promise<IncomingResponse | string> {
  try {
    return await options.network.post({ ...request, timeoutMs: options.limitMs * 3 });
  } catch (error) {
    if (!(error instanceof NetworkFailure)) throw error;
    return `no answer (${error.reason}: ${error.message})`;
  }
}

type Answer = Omit<Said, 'api' | 'sent' | 'tookMs'>;

function readAnswer(
  options: LineOptions,
  uri: string,
  response: IncomingResponse | string,
): Answer {
  const nothing = { body: undefined, result: undefined, paymentResult: undefined };
  if (typeof response === 'string') {
    const problem = response;
    return { ...nothing, answered: undefined, problem, signatureProblem: problem };
  }
  const opened = openResponse({
    method: 'POST',
    uri,
    clientId: options.clientId,
    headers: response.headers,
    body: response.body,
    keys: () => options.partnerKey,
    now: options.clock.now(),
  });
  const signatureProblem = opened.ok ? undefined : `${opened.verdict}: ${opened.detail}`;
  const answered = response.body;
  if (response.status !== 200) {
    const problem = `HTTP status ${response.status}; answers come with 200`;
    return { ...nothing, answered, problem, signatureProblem };
  }
  const body = jsonObject(answered);
  if (body === undefined) {
    return { ...nothing, answered, problem: 'a body that is no JSON object', signatureProblem };
  }
  const result = resultIn(body.result);
  const paymentResult = resultIn(body.paymentResult);
  return { answered, body, result, paymentResult, problem: undefined, signatureProblem };
}

function resultIn(value: unknown): SaidResult | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { resultCode, resultStatus } = value as Partial<SaidResult>;
  if (typeof resultCode !== 'string' || typeof resultStatus !== 'string') return undefined;
  return { resultCode, resultStatus };
}
