// How the client reaches the network from any Node: plain HTTP and HTTPS, connections kept open.

import { Agent as HttpAgent, request as requestHttp } from 'node:http';
import { Agent as HttpsAgent, request as requestHttps } from 'node:https';
import { type IncomingResponse, type Network, NetworkFailure } from '../base/world.ts';

/** Largest answer that is read; the network's are far smaller. */
const largestAnswer = 1024 * 1024;

/** A network of Node's own modules; rejects with `NetworkFailure` only. */
export function nodeNetwork(): Network {
  const agents = { 'http:': new HttpAgent(keep), 'https:': new HttpsAgent(keep) };
  return {
    post({ url, headers, body, timeoutMs }) {
      const { protocol } = new URL(url);
      const isPlain = protocol === 'http:';
      const options = {
        method: 'POST',
        agent: isPlain ? agents['http:'] : agents['https:'],
        headers: { ...headers, 'content-length': Buffer.byteLength(body) },
      };
      return new Promise<IncomingResponse>((resolve, reject) => {
        const fail = (reason: NetworkFailure['reason'], message: string) =>
          reject(new NetworkFailure(reason, message));
        const sent = (isPlain ? requestHttp : requestHttps)(url, options, (answer) => {
          const parts: Buffer[] = [];
          let size = 0;
          answer.on('data', (part: Buffer) => {
            parts.push(part);
            size += part.length;
            if (size <= largestAnswer) return;
            fail('too_large', 'the answer is too large');
            sent.destroy();
          });
          answer.on('error', (error) => fail('broken', error.message));
          answer.on('end', () =>
            resolve({
              status: answer.statusCode ?? 0,
              headers: textHeaders(answer.headers),
              body: Buffer.concat(parts).toString('utf8'),
            }),
          );
        });
        const timer = setTimeout(() => {
          fail('timeout', `no answer within ${timeoutMs} ms`);
          sent.destroy();
        }, timeoutMs);
        sent.on('close', () => clearTimeout(timer));
        sent.on('error', (error) => fail('unreachable', error.message));
        sent.end(body);
      });
    },
  };
}

const keep = { keepAlive: true };

/** Headers that came once; a signed one that came twice is as good as none. */
function textHeaders(headers: NodeJS.Dict<string | string[]>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).filter((entry): entry is [string, string] => {
      return typeof entry[1] === 'string';
    }),
  );
}
