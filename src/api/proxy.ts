// The way to the sandbox: pages reach it under our own address, and it stays a process of its own.

import type { FastifyInstance } from 'fastify';
import { Agent, request as send } from 'undici';

const methods = ['GET', 'POST', 'PUT', 'DELETE'] as const;
const passedHeaders = [
  'content-type',
  'accept',
  'accept-language',
  'idempotency-key',
  'last-event-id',
  'user-agent',
];
/** What the sandbox says of its answers that a browser must hear. */
const returnedHeaders = [
  'content-type',
  'content-security-policy',
  'access-control-allow-origin',
  'location',
];

/**
 * Passes /sandbox/* on unchanged, streams included; the sandbox adds no trust to what it is sent.
 */
export function proxyRoutes(scope: FastifyInstance, target: () => string | undefined): void {
  // Streams of events stay open as long as their page does: no time-outs on bodies.
  const agent = new Agent({ connections: 512, bodyTimeout: 0, headersTimeout: 60_000 });
  scope.addHook('onClose', () => agent.destroy());
  scope.removeAllContentTypeParsers();
  scope.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) =>
    done(null, body),
  );
  scope.route({
    method: [...methods],
    url: '/sandbox/*',
    async handler(request, reply) {
      const base = target();
      const away = { code: 'SANDBOX_AWAY', message: 'The sandbox is not running.' };
      if (base === undefined) return reply.code(503).send({ error: away });
      const headers: Record<string, string> = {};
      for (const name of passedHeaders) {
        const value = request.headers[name];
        if (typeof value === 'string') headers[name] = value;
      }
      const stopped = new AbortController();
      reply.raw.on('close', () => stopped.abort());
      try {
        const answer = await send(base + request.url, {
          method: request.method as (typeof methods)[number],
          headers,
          body: Buffer.isBuffer(request.body) ? request.body : null,
          signal: stopped.signal,
          dispatcher: agent,
        });
        // A page that goes away cuts its stream off: that is its end and no fault.
        answer.body.on('error', () => reply.raw.destroy());
        for (const name of returnedHeaders) {
          const value = answer.headers[name];
          if (typeof value === 'string') reply.header(name, value);
        }
        reply.header('cache-control', 'no-store');
        return reply.code(answer.statusCode).send(answer.body);
      } catch (error) {
        if (stopped.signal.aborted) return reply;
        request.log.warn(error);
        return reply.code(502).send({ error: { ...away, message: 'The sandbox did not answer.' } });
      }
    },
  });
}
