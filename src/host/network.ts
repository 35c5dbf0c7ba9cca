// Calls to partners over HTTP: kept-alive connections, one deadline a call, bounded answers.

import { type Dispatcher, Pool } from 'undici';
import { addressOf } from '../base/address.ts';
import { limits } from '../base/limits.ts';
import {
  type IncomingResponse,
  type Network,
  NetworkFailure,
  type NetworkFailureReason,
  type OutgoingRequest,
} from '../base/world.ts';

/** Longer than this is not an answer of the protocol. */
const RESPONSE_LIMIT_BYTES = limits.partnerAnswerBytes;
/** Calls to one partner at the same time; more connections only cost CPU (engine.md §1.3). */
const CONNECTIONS_PER_ORIGIN = 64;
/** Partners have a few servers each; beyond this the one unused for longest is closed. */
const ORIGINS = 1_024;
const CONNECT_TIMEOUT_MS = 5_000;
/** An idle connection is given up before the usual server closes it under a call. */
const KEEP_ALIVE_MS = 4_000;

/** Codes of errors that come before a connection stands. */
const UNREACHABLE = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'EADDRNOTAVAIL',
  'ERR_INVALID_URL',
  'UND_ERR_INVALID_ARG',
]);
const TIMED_OUT = new Set(['UND_ERR_CONNECT_TIMEOUT', 'ETIMEDOUT']);

/** The network with its open connections. */
export interface OpenNetwork extends Network {
  /** Ends idle connections; calls under way are cut off. */
  close(): Promise<void>;
}

/** Opens the real network. Certificates are checked; redirects are not followed. */
export function openNetwork(): OpenNetwork {
  const pools = new Map<string, Pool>();
  const poolOf = (origin: string): Pool => {
    const known = pools.get(origin);
    if (known) {
      pools.delete(origin);
      pools.set(origin, known);
      return known;
    }
    const pool = new Pool(origin, {
      connections: CONNECTIONS_PER_ORIGIN,
      pipelining: 1,
      allowH2: false,
      connectTimeout: CONNECT_TIMEOUT_MS,
      keepAliveTimeout: KEEP_ALIVE_MS,
      // One deadline a call is kept here; the pool's own clocks would only double it.
      headersTimeout: 0,
      bodyTimeout: 0,
    });
    pools.set(origin, pool);
    const [oldest] = pools;
    if (pools.size > ORIGINS && oldest) {
      pools.delete(oldest[0]);
      // Calls that still run on it end first; the promise tells of nothing else.
      void oldest[1].close();
    }
    return pool;
  };
  return {
    post: (request) =>
      new Promise((resolve, reject) => {
        const call = new Call(request, resolve, reject);
        try {
          const { origin, path } = addressOf(request.url);
          poolOf(origin).dispatch(
            {
              method: 'POST',
              path,
              headers: request.headers as Record<string, string>,
              body: request.body,
            },
            call,
          );
        } catch (error) {
          call.onResponseError(undefined, error as Error);
        }
      }),
    close: async () => {
      const all = [...pools.values()];
      pools.clear();
      await Promise.all(all.map((pool) => pool.destroy()));
    },
  };
}

/** One call: collects the answer and keeps the deadline. */
class Call implements Dispatcher.DispatchHandler {
  readonly #resolve: (response: IncomingResponse) => void;
  readonly #reject: (failure: NetworkFailure) => void;
  readonly #timer: NodeJS.Timeout;
  readonly #chunks: Buffer[] = [];
  #controller: Dispatcher.DispatchController | undefined;
  #failure: NetworkFailure | undefined;
  #bytes = 0;
  #status = 0;
  #headers: Record<string, string> = {};

  constructor(
    request: OutgoingRequest,
    resolve: (response: IncomingResponse) => void,
    reject: (failure: NetworkFailure) => void,
  ) {
    this.#resolve = resolve;
    this.#reject = reject;
    const giveUp = () => this.#fail('timeout', `No answer within ${request.timeoutMs} ms`);
    this.#timer = setTimeout(giveUp, request.timeoutMs);
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller;
    // It waited for a free connection for so long that nobody waits for its answer any more.
    if (this.#failure) controller.abort(this.#failure);
  }

  onResponseStart(
    _controller: Dispatcher.DispatchController,
    status: number,
    headers: Record<string, string | string[] | undefined>,
  ): void {
    this.#status = status;
    for (const name in headers) {
      const value = headers[name];
      if (value !== undefined) this.#headers[name] = String(value);
    }
  }

  onResponseData(_controller: Dispatcher.DispatchController, chunk: Buffer): void {
    this.#bytes += chunk.length;
    if (this.#bytes <= RESPONSE_LIMIT_BYTES) this.#chunks.push(chunk);
    else this.#fail('too_large', `The answer is longer than ${RESPONSE_LIMIT_BYTES} bytes`);
  }

  onResponseEnd(): void {
    clearTimeout(this.#timer);
    const [only] = this.#chunks;
    const body = this.#chunks.length === 1 && only ? only : Buffer.concat(this.#chunks);
    this.#resolve({ status: this.#status, headers: this.#headers, body: body.toString('utf8') });
  }

  onResponseError(_controller: Dispatcher.DispatchController | undefined, error: Error): void {
    this.#fail(reasonOf(error), error.message);
  }

  #fail(reason: NetworkFailureReason, message: string): void {
    clearTimeout(this.#timer);
    if (this.#failure) return;
    this.#failure = new NetworkFailure(reason, message);
    this.#reject(this.#failure);
    this.#controller?.abort(this.#failure);
  }
}

function reasonOf(error: Error): NetworkFailureReason {
  const code = (error as NodeJS.ErrnoException).code ?? '';
  if (TIMED_OUT.has(code)) return 'timeout';
  // A certificate that does not hold is refused before a byte of the request is sent.
  const isCertificate =
    code.startsWith('ERR_TLS') || code.includes('CERT') || code.includes('VERIFY');
  return UNREACHABLE.has(code) || isCertificate ? 'unreachable' : 'broken';
}
