// A stand-in for the hub in tests: it verifies every call it gets, signs every answer, and calls
// partners.

import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { MovableClock } from '../base/world.ts';
import { movableClock } from '../host/movableClock.ts';
import { openNetwork } from '../host/network.ts';
import { realClock, realRandom } from '../host/world.ts';
import { type Api, servedApis } from '../wire/apis.ts';
import { openRequest, openResponse, sealRequest, sealResponse } from '../wire/envelope.ts';
import { type ApiName, apiOfPath, decode, paths } from '../wire/messages.ts';
import { result } from '../wire/results.ts';
import { type Algorithm, generateKeys } from '../wire/signature.ts';
import { sandboxPartners } from './partners.ts';
import { type Sandbox, startSandbox } from './start.ts';

type Json = Record<string, unknown>;

/** A call that the hub got from a partner. */
export interface HeardCall {
  readonly partnerId: string;
  readonly api: ApiName | undefined;
  readonly verdict: string;
  readonly body: Json;
}

/** What the hub answers: a body, or bad manners. */
export type HubAnswer = object | 'unsigned' | 'silent';

/** What a partner answered to the hub. */
export interface PartnerAnswer {
  readonly verdict: string;
  readonly body: Json & { result?: { resultCode: string; resultStatus: string } };
  readonly tookMs: number;
}

export interface FakeHub {
  readonly home: string;
  readonly url: string;
  readonly heard: HeardCall[];
  /** The hub's own private key. */
  ownKey(algorithm: Algorithm): KeyObject;
  /** How the hub answers an interface from now on; default S. */
  onCall(api: ApiName, answer: (body: Json, partnerId: string) => HubAnswer): void;
  /** The order code behind a path of the network's own, from now on; unknown ones are refused. */
  onEntry(uri: string, orderCode: string): void;
  /**
   * A signed call to a partner of the sandbox; rejects when it does not answer within
   * `timeoutMs`.
   */
  call(
    sandbox: Sandbox,
    partnerId: string,
    api: ApiName,
    body: object,
    options?: { readonly timeoutMs?: number; readonly changeBody?: boolean },
  ): Promise<PartnerAnswer>;
  close(): Promise<void>;
}

const noEntry = { error: { code: 'INVALID_CODE', message: 'The code is not known.' } };

function partnerBy(field: 'id' | 'clientId', value: string) {
  const partner = sandboxPartners().find((candidate) => candidate[field] === value);
  if (partner === undefined) throw new Error(`no partner with ${field} ${value}`);
  return partner;
}

/** What partners may send; a call that does not fit is a failure of the test. */
const contracts: Readonly<Partial<Record<ApiName, Api>>> = servedApis;

function assertWellFormed(api: ApiName | undefined, body: string): void {
  const schema = api === undefined ? undefined : contracts[api]?.request;
  const read = schema === undefined ? undefined : decode(schema, body);
  if (read?.ok !== true) throw new Error(`a partner sent a bad ${api}: ${JSON.stringify(read)}`);
}

/**
 * Starts a hub with a home of its own; `publicKeys` gives the partners' keys once they are known,
 * `now` its time.
 */
export async function startFakeHub(
  publicKeys: () => Sandbox['publicKeys'],
  now: () => number = Date.now,
): Promise<FakeHub> {
  const home = mkdtempSync(path.join(tmpdir(), 'wayfare-sandbox-'));
  const pairs = { RSA256: generateKeys('RSA256'), ES256: generateKeys('ES256') };
  const pems = pairs.RSA256.publicKeyPem + pairs.ES256.publicKeyPem;
  writeFileSync(path.join(home, 'hub-public-key.pem'), pems);
  const ownKey = (algorithm: Algorithm): KeyObject =>
    createPrivateKey(pairs[algorithm].privateKeyPem);
  const heard: HeardCall[] = [];
  const entries = new Map<string, string>();
  const answers = new Map<ApiName, (body: Json, partnerId: string) => HubAnswer>();

  const keyOf = (clientId: string) => {
    const { id, algorithm } = partnerBy('clientId', clientId);
    return { algorithm, key: createPublicKey(publicKeys()[id] ?? '') };
  };

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks).toString('utf8');
    const uri = request.url ?? '/';
    const method = request.method ?? 'POST';
    // Its time is real; who asks for a change waits for ever.
    if (uri === '/console/api/clock') return void response.end('{"offsetMs":0}');
    if (uri.startsWith('/console/api/clock?')) return;
    const { headers } = request;
    const opened = openRequest({ method, uri, headers, body, keys: keyOf, now: now() });
    const clientId = String(headers['client-id']);
    if (uri.startsWith('/entry/')) {
      const told = entries.get(uri);
      response.writeHead(told === undefined ? 404 : 200, { 'content-type': 'application/json' });
      response.end(JSON.stringify(told === undefined ? noEntry : { codeValue: told }));
      return;
    }
    const partner = partnerBy('clientId', clientId);
    const api = apiOfPath(uri);
    assertWellFormed(api, body);
    const read = JSON.parse(body) as Json;
    heard.push({ partnerId: partner.id, api, verdict: opened.verdict, body: read });
    const said: HubAnswer = !opened.ok
      ? { result: result(opened.resultCode) }
      : (api !== undefined && answers.get(api)?.(read, partner.id)) || {
          result: result('SUCCESS'),
        };
    if (said === 'silent') return;
    const text = JSON.stringify(said === 'unsigned' ? { result: result('SUCCESS') } : said);
    const sealed = await sealResponse({
      method,
      uri,
      clientId,
      time: new Date(now()).toISOString(),
      body: text,
      algorithm: partner.algorithm,
      key: ownKey(partner.algorithm),
      keyVersion: '1',
    });
    const signed = said === 'unsigned' ? { 'content-type': 'application/json' } : { ...sealed };
    response.writeHead(200, signed).end(text);
  }

  const server = createServer((request, response) => {
    serve(request, response).catch((error: unknown) => response.destroy(error as Error));
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve());
  });
  const { port } = server.address() as AddressInfo;

  return {
    home,
    url: `http://127.0.0.1:${port}`,
    heard,
    ownKey,
    onCall: (api, answer) => {
      answers.set(api, answer);
    },
    onEntry: (uri, orderCode) => {
      entries.set(uri, orderCode);
    },
    async call(sandbox, partnerId, api, message, options = {}) {
      const { clientId, algorithm } = partnerBy('id', partnerId);
      const uri = `/partners/${partnerId}${paths[api]}`;
      const body = JSON.stringify(message);
      const signed = { method: 'POST', uri, clientId, body };
      const time = new Date(now()).toISOString();
      const key = ownKey(algorithm);
      const sealed = await sealRequest({ ...signed, time, algorithm, key, keyVersion: '1' });
      const began = performance.now();
      const response = await fetch(`http://127.0.0.1:${sandbox.port}${uri}`, {
        method: 'POST',
        headers: { ...sealed },
        body: options.changeBody === true ? `${body} ` : body,
        signal: AbortSignal.timeout(options.timeoutMs ?? 5_000),
      });
      const text = await response.text();
      const opened = openResponse({
        ...signed,
        headers: Object.fromEntries(response.headers),
        body: text,
        keys: keyOf,
        now: now(),
      });
      const tookMs = performance.now() - began;
      return { verdict: opened.verdict, body: JSON.parse(text), tookMs };
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => {
        server.close(resolve);
      });
      rmSync(home, { recursive: true, force: true });
    },
  };
}

/** A hub and a sandbox that know each other, with short waits. */
export interface Pair {
  readonly hub: FakeHub;
  readonly sandbox: Sandbox;
  /** The time that both go by; moving it moves both. */
  readonly clock: MovableClock;
  readonly failures: unknown[];
  /** A call of the sandbox API. */
  api<T = Json>(
    method: string,
    path: string,
    body?: object,
    headers?: Record<string, string>,
  ): Promise<{ status: number; body: T }>;
  close(): Promise<void>;
}

/** Starts both; `onPair` may be called again on the same home by a restart test. */
export async function startPair(): Promise<Pair> {
  let publicKeys: Sandbox['publicKeys'] = {};
  const clock = movableClock(realClock);
  const hub = await startFakeHub(() => publicKeys, clock.now);
  const network = openNetwork();
  const failures: unknown[] = [];
  const sandbox = await startSandbox({
    home: hub.home,
    hubUrl: hub.url,
    port: 0,
    network,
    clock,
    random: realRandom,
    onFailure: (error) => failures.push(error),
    noticeDelaysMs: [20, 40, 80, 160, 320],
    inquiryDelaysMs: [40, 40, 80],
    hubTimeoutMs: 400,
  });
  publicKeys = sandbox.publicKeys;
  sandbox.begin();
  return {
    hub,
    sandbox,
    clock,
    failures,
    api: (method, route, body, headers) => callApi(sandbox.port, method, route, body, headers),
    async close() {
      await sandbox.close();
      await network.close();
      await hub.close();
    },
  };
}

/** One call of the sandbox API on a port. */
export async function callApi<T = Json>(
  port: number,
  method: string,
  route: string,
  body?: object,
  headers: Record<string, string> = {},
): Promise<{ status: number; body: T }> {
  const response = await fetch(`http://127.0.0.1:${port}${route}`, {
    method,
    headers: body === undefined ? headers : { 'content-type': 'application/json', ...headers },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return { status: response.status, body: (await response.json()) as T };
}

/** Waits until `look` gives something; fails with `what` after five seconds. */
export async function until<T>(
  what: string,
  look: () => T | undefined | Promise<T | undefined>,
): Promise<T> {
  const deadline = performance.now() + 5_000;
  for (;;) {
    const found = await look();
    if (found !== undefined) return found;
    if (performance.now() > deadline) throw new Error(`waited in vain for ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
