// The hub's HTTP server: the partner API, the console, the pages, and the way to the sandbox.

import { existsSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import path from 'node:path';
import fastifyStatic from '@fastify/static';
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import manifest from '../../package.json' with { type: 'json' };
import { limits } from '../base/limits.ts';
import type { Database } from '../base/world.ts';
import type { Delivery } from '../files/deliveryCommands.ts';
import { merchantApiOfPath } from '../wire/merchantPaths.ts';
import { paths } from '../wire/messages.ts';
import { requestUri } from '../wire/signature.ts';
import { formatTime } from '../wire/time.ts';
import { guardConsole } from './access.ts';
import { authorizedRoutes } from './authorized.ts';
import { type TakenBody, takeBody } from './body.ts';
import { ownCapRoutes } from './caps.ts';
import { consoleFileRoutes } from './console/fileRoutes.ts';
import { consoleRoutes } from './console/routes.ts';
import { entryRoutes } from './entry.ts';
import { fileRoutes } from './files.ts';
import type { Hub } from './hub.ts';
import { ownBookRoutes } from './ownBooks.ts';
import { participantRoutes } from './participant/routes.ts';
import { proxyRoutes } from './proxy.ts';
import { referenceRoutes } from './reference/routes.ts';
import { sessionRoutes } from './sessionRoutes.ts';

export interface ServerOptions {
  readonly hub: Hub;
  readonly database: Database;
  /** Settlement files; without them nobody can fetch any. */
  readonly files?: { readonly delivery: Delivery; readonly isSandbox: boolean } | undefined;
  readonly port: number;
  readonly host: string;
  /** The built pages; without them the server answers API calls only. */
  readonly pages: string | undefined;
  /** Where the sandbox listens, once it does; without one `/sandbox` says so. */
  readonly sandboxUrl: () => string | undefined;
  /** How long a request may take to arrive; `limits.requestArrivalMs` if not given. */
  readonly requestArrivalMs?: number;
}

export interface RunningServer {
  readonly url: string;
  stop(): Promise<void>;
}

const { version } = manifest;

/** Only our own scripts and styles run in the pages; WebAssembly is the code scanner's. */
const pagePolicy = [
  "default-src 'self'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "style-src 'self'",
  "img-src 'self' data: blob:",
  "media-src 'self' blob:",
  "connect-src 'self'",
  "frame-ancestors 'none'",
  "base-uri 'none'",
].join('; ');

export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const arrivalMs = options.requestArrivalMs ?? limits.requestArrivalMs;
  const server = Fastify({
    logger: false,
    bodyLimit: limits.bodyBytes,
    // Slow headers are cut off here; for a slow body there is time to say so first.
    requestTimeout: arrivalMs * 2,
    http: { headersTimeout: arrivalMs, connectionsCheckingInterval: Math.min(arrivalMs, 1_000) },
    forceCloseConnections: true,
    // Some clients send the whole address as the request target (partners-clients.md §2.5).
    rewriteUrl: (request) => requestUri(request.url ?? '/'),
    routerOptions: { ignoreTrailingSlash: false, maxParamLength: 256 },
  });
  server.addHook('onSend', (request, reply, _payload, done) => {
    // A page must count down in the network's time; partners read it in Response-Time.
    if (!/^\/(aps|ams)\//.test(request.url)) {
      reply.header('network-time', formatTime(options.hub.clock.now()));
    }
    reply.header('x-content-type-options', 'nosniff');
    reply.header('referrer-policy', 'same-origin');
    done();
  });
  await server.register(async (scope) => partnerRoutes(scope, options.hub, arrivalMs));
  const { files } = options;
  await server.register(async (scope) => ownCapRoutes(scope, options.hub, options.database));
  await server.register(async (scope) => ownBookRoutes(scope, options.hub, options.database));
  await server.register(async (scope) => sessionRoutes(scope, options.hub, options.database));
  await server.register(async (scope) => {
    guardConsole(scope, options.hub, options.database);
    consoleRoutes(scope, options.hub, options.database);
    if (files !== undefined) consoleFileRoutes(scope, options.database, files);
  });
  await server.register(async (scope) =>
    participantRoutes(scope, options.hub, options.database, files),
  );
  if (files !== undefined) {
    await server.register(async (scope) =>
      fileRoutes(scope, options.hub, files.delivery, files.isSandbox),
    );
  }
  await server.register(async (scope) => referenceRoutes(scope, options.hub, version));
  await server.register(async (scope) => entryRoutes(scope, options.hub));
  await server.register(async (scope) => authorizedRoutes(scope, options.hub));
  await server.register(async (scope) => proxyRoutes(scope, options.sandboxUrl));
  server.get('/health', async () => ({ status: 'ready' }));
  if (options.pages !== undefined && existsSync(options.pages)) {
    await servePages(server, options.pages);
  }
  await server.listen({ port: options.port, host: options.host });
  const address = server.server.address();
  const port = typeof address === 'object' && address !== null ? address.port : options.port;
  return {
    url: `http://${options.host}:${port}`,
    async stop() {
      server.server.closeAllConnections();
      await server.close();
    },
  };
}

/** All under /aps and /ams comes here, with its body as the bytes that were signed. */
function partnerRoutes(scope: FastifyInstance, hub: Hub, arrivalMs: number): void {
  scope.removeAllContentTypeParsers();
  scope.addContentTypeParser('*', (_request: FastifyRequest, payload: IncomingMessage) =>
    takeBody(payload, { bytes: bodyLimitOf(payload), ms: arrivalMs }),
  );
  const answer = async (request: FastifyRequest, reply: FastifyReply) => {
    const { method, headers } = request;
    const taken = (request.body ?? noBody) as TakenBody;
    // What was not read to its end would be taken for the next request.
    if (taken.kind !== 'whole') reply.header('connection', 'close');
    const response = await hub.handle({
      method,
      uri: request.originalUrl,
      headers,
      ...(taken.kind === 'whole'
        ? { body: taken.bytes }
        : { body: noBody.bytes, fault: taken.kind }),
    });
    return reply.code(response.status).headers(response.headers).send(response.body);
  };
  scope.all('/aps/*', answer);
  scope.all('/ams/*', answer);
}

/** Disputes and their answers carry files; everything else is small. */
function bodyLimitOf({ url = '' }: IncomingMessage): number {
  const hasFiles =
    withFiles.some((path) => path === url) || merchantApiOfPath(url) === 'supplyDefenseDocument';
  return hasFiles ? limits.evidenceBodyBytes : limits.bodyBytes;
}

const withFiles = [
  paths.initiateRetrieval,
  paths.initiateEscalation,
  paths.responseRetrieval,
  paths.responseEscalation,
];

const noBody = { kind: 'whole', bytes: Buffer.alloc(0) } as const;

/** The pages are one application: any path that is no file is answered with its shell. */
async function servePages(server: FastifyInstance, directory: string): Promise<void> {
  // Looked up at each request: pages that are built anew under a running hub have new names.
  await server.register(fastifyStatic, {
    root: path.join(directory, 'assets'),
    prefix: '/assets/',
    decorateReply: false,
    setHeaders(reply) {
      reply.header('cache-control', 'public, max-age=31536000, immutable');
    },
  });
  await server.register(fastifyStatic, {
    root: directory,
    wildcard: false,
    globIgnore: ['assets/**'],
    setHeaders(reply, file) {
      reply.header('cache-control', 'no-cache');
      if (file.endsWith('.html')) reply.header('content-security-policy', pagePolicy);
    },
  });
  server.setNotFoundHandler((request, reply) => {
    const wantsPage =
      request.method === 'GET' &&
      !/^\/(aps|ams|console|participant\/api|sandbox|assets|files)\//.test(request.url) &&
      (request.headers.accept ?? '').includes('text/html');
    if (wantsPage) return reply.sendFile('index.html');
    const message = 'There is nothing at this address.';
    return reply.code(404).send({ error: { code: 'NOT_FOUND', message } });
  });
}
