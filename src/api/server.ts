// The hub's HTTP server: the partner API, the console, the pages, and the way to the sandbox.

import { existsSync } from 'node:fs';
import fastifyStatic from '@fastify/static';
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { limits } from '../base/limits.ts';
import type { Database } from '../base/world.ts';
import { requestUri } from '../wire/signature.ts';
import { consoleRoutes } from './console/routes.ts';
import type { Hub } from './hub.ts';
import type { PartnerRequest } from './partner/handle.ts';
import { proxyRoutes } from './proxy.ts';

export interface ServerOptions {
  readonly hub: Hub;
  readonly database: Database;
  readonly port: number;
  readonly host: string;
  /** The built pages; without them the server answers API calls only. */
  readonly pages: string | undefined;
  /** Where the sandbox listens, once it does; without one `/sandbox` says so. */
  readonly sandboxUrl: () => string | undefined;
}

export interface RunningServer {
  readonly url: string;
  stop(): Promise<void>;
}

/** Only our own scripts and styles run in the pages; WebAssembly is the code scanner's. */
const pagePolicy = [
  "default-src 'self'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "media-src 'self' blob:",
  "connect-src 'self'",
  "frame-ancestors 'none'",
  "base-uri 'none'",
].join('; ');

export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const server = Fastify({
    logger: false,
    bodyLimit: limits.bodyBytes,
    requestTimeout: limits.requestArrivalMs,
    forceCloseConnections: true,
    // Some clients send the whole address as the request target (partners-clients.md §2.5).
    rewriteUrl: (request) => requestUri(request.url ?? '/'),
    routerOptions: { ignoreTrailingSlash: false, maxParamLength: 256 },
  });
  server.addHook('onSend', async (_request, reply) => {
    reply.header('x-content-type-options', 'nosniff');
    reply.header('referrer-policy', 'same-origin');
  });
  await server.register(async (scope) => partnerRoutes(scope, options.hub));
  await server.register(async (scope) => consoleRoutes(scope, options.hub, options.database));
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

/** Every method and path under /aps comes here, with its body as the bytes that were signed. */
function partnerRoutes(scope: FastifyInstance, hub: Hub): void {
  scope.removeAllContentTypeParsers();
  scope.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) =>
    done(null, body),
  );
  const answer = async (
    request: FastifyRequest,
    reply: FastifyReply,
    part: Pick<PartnerRequest, 'body' | 'fault'>,
  ) => {
    const { method, headers } = request;
    const uri = request.originalUrl;
    const response = await hub.handle({ method, uri, headers, ...part });
    return reply.code(response.status).headers(response.headers).send(response.body);
  };
  scope.setErrorHandler(async (error: { code?: string; statusCode?: number }, request, reply) => {
    if (error.code === 'FST_ERR_CTP_BODY_TOO_LARGE') {
      // The rest of the body is not read; the connection ends with the answer.
      reply.header('connection', 'close');
      return answer(request, reply, { body: Buffer.alloc(0), fault: 'too_large' });
    }
    throw error;
  });
  scope.all('/aps/*', async (request, reply) => {
    const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
    return answer(request, reply, { body });
  });
}

/** The pages are one application: any path that is no file is answered with its shell. */
async function servePages(server: FastifyInstance, directory: string): Promise<void> {
  await server.register(fastifyStatic, {
    root: directory,
    wildcard: false,
    setHeaders(reply, path) {
      const forever = path.includes('/assets/');
      reply.header(
        'cache-control',
        forever ? 'public, max-age=31536000, immutable' : 'no-cache',
      );
      if (path.endsWith('.html')) reply.header('content-security-policy', pagePolicy);
    },
  });
  server.setNotFoundHandler((request, reply) => {
    const wantsPage =
      request.method === 'GET' &&
      !/^\/(aps|console|sandbox|assets)\//.test(request.url) &&
      (request.headers.accept ?? '').includes('text/html');
    if (wantsPage) return reply.sendFile('index.html');
    const message = 'There is nothing at this address.';
    return reply.code(404).send({ error: { code: 'NOT_FOUND', message } });
  });
}
