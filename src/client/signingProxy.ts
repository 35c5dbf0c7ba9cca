// A proxy that signs for a partner: tools that know nothing of signatures speak to the network.

import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type CallOutcome, createPartnerClient, type PartnerClient } from '../wire/client.ts';
import { defaultToleranceMs, jsonContentType } from '../wire/envelope.ts';
import { readKeys } from './keys.ts';
import { nodeNetwork } from './post.ts';

export interface SigningProxyOptions {
  /** The network's address; what is asked of the proxy is asked of it under the same path. */
  readonly to: string;
  /** Port on 127.0.0.1; 0 for any that is free. It signs for whoever reaches it. */
  readonly port: number;
  readonly clientId: string;
  /** The partner's private key, PEM or base64. */
  readonly privateKey: string;
  /** The network's public keys as handed over. */
  readonly networkKey: string;
  readonly keyVersion: string;
  readonly timeoutMs: number;
  /** Told of every request that it has answered. */
  readonly told: (exchange: ProxiedExchange) => void;
}

/** One request through the proxy, for a log. */
export interface ProxiedExchange {
  readonly path: string;
  /** Status of the proxy's own answer: 200 only for an answer of the network that holds. */
  readonly status: number;
  /** `resultCode` of the network's answer; null where there is none to trust. */
  readonly resultCode: string | null;
  /** Why the proxy did not pass on an answer; null when it did. */
  readonly problem: string | null;
  readonly tookMs: number;
}

export interface SigningProxy {
  readonly url: string;
  stop(): Promise<void>;
}

/** Largest body that is passed on: larger than the network takes, so that it can say so itself. */
const largestBody = 1024 * 1024;

/** What the proxy answers by itself, and what it read of the network's answer. */
interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly problem: string | null;
}

/**
 * Starts the proxy. The body goes to the network as it came, signed, and the answer comes back as
 * it came once its signature was verified. What does not hold is answered with HTTP 502, no answer
 * in time with 504. Throws when a key cannot be used; rejects when the port is taken.
 */
export async function startSigningProxy(options: SigningProxyOptions): Promise<SigningProxy> {
  const { algorithm, privateKey, networkKey } = readKeys(options.privateKey, options.networkKey);
  const client = createPartnerClient({
    baseUrl: options.to,
    clientId: options.clientId,
    privateKey,
    algorithm,
    keyVersion: options.keyVersion,
    hubPublicKey: networkKey,
    network: nodeNetwork(),
    clock: { now: () => Date.now() },
    timeoutMs: options.timeoutMs,
    toleranceMs: defaultToleranceMs,
  });
  const server = createServer((incoming, outgoing) => {
    // A caller that goes away in the middle of its request has nobody to be answered.
    passOn(client, options, incoming, outgoing).catch(() => outgoing.destroy());
  });
  const port = await listening(server, options.port);
  return {
    url: `http://127.0.0.1:${port}`,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function listening(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => resolve((server.address() as AddressInfo).port));
  });
}

async function passOn(
  client: PartnerClient,
  options: SigningProxyOptions,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): Promise<void> {
  const began = performance.now();
  const path = incoming.url ?? '/';
  const body = await wholeBody(incoming);
  const reply = await replyTo(client, incoming.method, path, body);
  outgoing.writeHead(reply.status, reply.headers).end(reply.body);
  options.told({
    path,
    status: reply.status,
    resultCode: reply.status === 200 ? resultCodeIn(reply.body) : null,
    problem: reply.problem,
    tookMs: Math.round(performance.now() - began),
  });
}

/** The body as text, or undefined when it is larger than anything that could be meant. */
async function wholeBody(incoming: IncomingMessage): Promise<string | undefined> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of incoming) {
    size += (part as Buffer).length;
    if (size <= largestBody) parts.push(part as Buffer);
  }
  return size > largestBody ? undefined : Buffer.concat(parts).toString('utf8');
}

async function replyTo(
  client: PartnerClient,
  method: string | undefined,
  path: string,
  body: string | undefined,
): Promise<Reply> {
  if (method !== 'POST') return own(405, `Only POST is signed; the network takes no ${method}.`);
  if (!path.startsWith('/')) return own(400, 'The request target must begin with a slash.');
  if (body === undefined) return own(413, `The body is longer than ${largestBody} bytes.`);
  return replyOf(await client.send(path, body));
}

function replyOf(outcome: CallOutcome): Reply {
  if (outcome.kind === 'answered') {
    const { headers = {} } = outcome.exchange.response ?? {};
    const kept = ['content-type', 'client-id', 'response-time', 'signature'];
    const passed = kept.flatMap((name) => {
      const value = headers[name];
      return value === undefined ? [] : [[name, value] as const];
    });
    return { status: 200, headers: Object.fromEntries(passed), body: outcome.text, problem: null };
  }
  if (outcome.kind === 'unverified') {
    return own(502, `The network's answer does not hold (${outcome.verdict}): ${outcome.problem}`);
  }
  const status = outcome.reason === 'timeout' ? 504 : 502;
  return own(status, `No answer of the network (${outcome.reason}): ${outcome.problem}`);
}

function own(status: number, problem: string): Reply {
  const body = JSON.stringify({ error: { message: problem } });
  return { status, headers: { 'content-type': jsonContentType }, body, problem };
}

function resultCodeIn(text: string): string | null {
  const answer = JSON.parse(text) as { readonly result?: { readonly resultCode?: unknown } };
  const code = answer.result?.resultCode;
  return typeof code === 'string' ? code : null;
}
