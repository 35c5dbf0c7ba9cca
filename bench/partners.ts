// A process that plays every wallet and acquirer: it gives the same signed answer to all requests.

import { createServer, type Server } from 'node:net';
import { present } from '../src/base/assert.ts';
import { sealResponse } from '../src/wire/envelope.ts';
import { paths } from '../src/wire/messages.ts';
import { type Algorithm, readPrivateKey } from '../src/wire/signature.ts';
import { formatTime } from '../src/wire/time.ts';
import { answerBenchmark } from './child.ts';
import { messageBytes, readMessages } from './wireBytes.ts';

/** A partner to play; its answers are signed now and are fresh for a few minutes. */
export interface Played {
  readonly role: 'wallet' | 'acquirer';
  readonly clientId: string;
  readonly algorithm: Algorithm;
  readonly privateKey: string;
}

interface Playing {
  readonly server: Server;
  readonly answers: Map<string, Buffer>;
}

const success = { resultCode: 'SUCCESS', resultStatus: 'S', resultMessage: 'success.' };
const paid = { paymentId: '2026112200000000000001', paymentTime: '2026-11-22T12:30:01+08:00' };

/** What the network may ask each role; the body is constant, so its signature is too. */
const bodies = {
  wallet: {
    [paths.pay]: { result: success, ...paid },
    [paths.inquiryPayment]: { result: success, paymentResult: success, ...paid },
  },
  acquirer: { [paths.notifyPayment]: { result: success } },
} as const;

const playing = new Map<string, Playing>();
const seen = { notices: 0, payments: 0, inquiries: 0, lastAt: 0 };

/** The answers of a partner by path, signed now. */
async function answersOf(played: Played): Promise<Map<string, Buffer>> {
  const key = present(readPrivateKey(played.privateKey), 'a partner key');
  const answers = new Map<string, Buffer>();
  for (const [uri, content] of Object.entries(bodies[played.role])) {
    const body = JSON.stringify(content);
    const headers = await sealResponse({
      method: 'POST',
      uri,
      clientId: played.clientId,
      time: formatTime(Date.now()),
      body,
      algorithm: played.algorithm,
      key,
      keyVersion: '1',
    });
    answers.set(uri, messageBytes('HTTP/1.1 200 OK', { ...headers }, body));
  }
  return answers;
}

function count(path: string): void {
  if (path === paths.notifyPayment) seen.notices++;
  else if (path === paths.pay) seen.payments++;
  else seen.inquiries++;
  seen.lastAt = Date.now();
}

/** Plays a partner, or signs its answers anew; the answer is its endpoint. */
async function play(played: Played): Promise<string> {
  const answers = await answersOf(played);
  const known = playing.get(played.clientId);
  if (known !== undefined) {
    for (const [path, bytes] of answers) known.answers.set(path, bytes);
    return endpointOf(known.server);
  }
  const server = createServer({ noDelay: true }, (socket) => {
    socket.on('error', () => socket.destroy());
    readMessages(socket, ({ head }) => {
      const path = head.slice(5, head.indexOf(' ', 5));
      const answer = answers.get(path);
      count(path);
      if (answer === undefined) socket.destroy();
      else socket.write(answer);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  playing.set(played.clientId, { server, answers });
  return endpointOf(server);
}

function endpointOf(server: Server): string {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('not listening');
  return `http://127.0.0.1:${address.port}`;
}

answerBenchmark({ play, seen: () => ({ ...seen }) }, async () => {
  for (const { server } of playing.values()) server.close();
});
