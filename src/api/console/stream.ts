// Server-sent events: a page listens, and is told of changes until it goes away.

import type { FastifyReply, FastifyRequest } from 'fastify';

/** One page that listens. */
export interface Stream {
  send(event: string, data: unknown): void;
  /** Called once, when the page has gone. */
  onClose(listener: () => void): void;
}

const heartbeatMs = 15_000;
const mostUnsentBytes = 1024 * 1024;
let open = 0;

/** Opens a stream; undefined (and a 503) when too many pages listen already. */
export function openStream(
  request: FastifyRequest,
  reply: FastifyReply,
  most: number,
): Stream | undefined {
  if (open >= most) {
    const message = 'Too many pages listen; load the page again in a while.';
    void reply.code(503).send({ error: { code: 'BUSY', message } });
    return undefined;
  }
  open++;
  reply.hijack();
  const { raw } = reply;
  raw.writeHead(200, {
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-store',
    'x-accel-buffering': 'no',
  });
  raw.write('retry: 2000\n\n');
  const heartbeat = setInterval(() => raw.write(': still here\n\n'), heartbeatMs);
  const listeners: (() => void)[] = [];
  request.raw.on('close', () => {
    open--;
    clearInterval(heartbeat);
    for (const listener of listeners) listener();
  });
  return {
    send(event, data) {
      // A page that reads too slowly is let go; it comes back and reads the list anew.
      if (raw.writableLength > mostUnsentBytes) raw.destroy();
      else raw.write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
    },
    onClose: (listener) => void listeners.push(listener),
  };
}
