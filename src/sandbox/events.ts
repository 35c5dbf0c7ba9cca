// Live news for pages: Server-Sent Events, with heartbeats and a bound on how many listen.

import type { ServerResponse } from 'node:http';

/** More listeners than a demonstration has; each holds a socket. */
const listenersLimit = 200;

/** Proxies and browsers drop a silent connection after about a minute. */
const heartbeatMs = 15_000;

/**
 * A listener that does not read is let go before it fills the memory; the browser comes back by
 * itself.
 */
const unreadBytesLimit = 65_536;

/** The people who listen to one channel each. */
export interface EventDesk {
  /** Starts a stream on `response`; false when too many listen already and nothing was written. */
  listen(channel: string, response: ServerResponse): boolean;
  publish(channel: string, event: string, data: object): void;
  close(): void;
}

export function createEventDesk(): EventDesk {
  const listeners = new Map<string, Set<ServerResponse>>();
  let count = 0;

  function leave(channel: string, response: ServerResponse): void {
    const present = listeners.get(channel);
    if (present === undefined || !present.delete(response)) return;
    count -= 1;
    if (present.size === 0) listeners.delete(channel);
  }

  function write(response: ServerResponse, text: string): void {
    if (response.writableLength > unreadBytesLimit) response.destroy();
    else response.write(text);
  }

  const heartbeat = setInterval(() => {
    for (const present of listeners.values()) {
      for (const response of present) write(response, ': still here\n\n');
    }
  }, heartbeatMs);
  heartbeat.unref();

  return {
    listen(channel, response) {
      if (count >= listenersLimit) return false;
      const present = listeners.get(channel) ?? new Set<ServerResponse>();
      listeners.set(channel, present.add(response));
      count += 1;
      response.on('close', () => leave(channel, response));
      response.writeHead(200, {
        'content-type': 'text/event-stream; charset=utf-8',
        'cache-control': 'no-cache, no-transform',
        'x-accel-buffering': 'no',
      });
      write(response, 'retry: 2000\n\n');
      return true;
    },
    publish(channel, event, data) {
      const text = `event: ${event}\ndata: ${JSON.stringify(data)}\n\n`;
      for (const response of listeners.get(channel) ?? []) write(response, text);
    },
    close() {
      clearInterval(heartbeat);
      for (const present of [...listeners.values()]) {
        for (const response of [...present]) response.end();
      }
    },
  };
}

export const customerChannel = (walletId: string, customerId: string): string =>
  `wallet/${walletId}/${customerId}`;

export const tillChannel = (acquirerId: string, tillId: string): string =>
  `till/${acquirerId}/${tillId}`;
