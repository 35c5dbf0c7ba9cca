// How the pages ask the hub and the sandbox: JSON over the same origin, problems with a code.
import { hearNetworkTime } from './network-time.ts';
import type { Reason } from './reasons.ts';

/**
 * Why a call gave no answer; `code` is the server's own or UNREACHABLE, `status` is 0 without
 * one.
 */
export class ApiProblem extends Error {
  readonly code: string;
  readonly status: number;
  /** What the message says, as codes and values; none where it is no sentence of a known kind. */
  readonly reasons: readonly Reason[];
  constructor(code: string, status: number, message: string, reasons: readonly Reason[] = []) {
    super(message);
    this.name = 'ApiProblem';
    this.code = code;
    this.status = status;
    this.reasons = reasons;
  }
}

/** Addresses of one customer's and one till's resources, with every part escaped. */
export const address = {
  customer: (walletId: string, customerId: string) =>
    `/sandbox/wallets/${part(walletId)}/customers/${part(customerId)}`,
  till: (acquirerId: string, tillId: string) =>
    `/sandbox/acquirers/${part(acquirerId)}/tills/${part(tillId)}`,
};

function part(text: string): string {
  return encodeURIComponent(text);
}

async function call(method: string, path: string, body?: unknown): Promise<unknown> {
  let response: Response;
  try {
    response = await fetch(path, {
      method,
      headers: body === undefined ? {} : { 'content-type': 'application/json' },
      body: body === undefined ? null : JSON.stringify(body),
    });
  } catch {
    throw new ApiProblem('UNREACHABLE', 0, path);
  }
  return readAnswer(response, path);
}

async function readAnswer(response: Response, path: string): Promise<unknown> {
  hearNetworkTime(response.headers.get('network-time'));
  const text = await response.text();
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    // A proxy that finds nobody behind it answers with its own page, not with our JSON.
    throw new ApiProblem('UNREACHABLE', response.status, path);
  }
  if (response.ok) return json;
  const { error } = json as { error?: Refused };
  const unreachable = response.status >= 502 && response.status <= 504;
  const code = unreachable ? 'UNREACHABLE' : (error?.code ?? `HTTP_${response.status}`);
  throw new ApiProblem(code, response.status, error?.message ?? path, error?.reasons);
}

interface Refused {
  readonly code?: string;
  readonly message?: string;
  readonly reasons?: readonly Reason[];
}

export function getJson<T>(path: string): Promise<T> {
  return call('GET', path) as Promise<T>;
}

export function postJson<T>(path: string, body: unknown): Promise<T> {
  return call('POST', path, body) as Promise<T>;
}

export function putJson<T>(path: string, body: unknown): Promise<T> {
  return call('PUT', path, body) as Promise<T>;
}
