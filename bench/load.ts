// A process that is the acquirer's load: pay requests signed beforehand, sent on bare sockets.

import { connect, type Socket } from 'node:net';
import { present } from '../src/base/assert.ts';
import { openResponse, sealRequest } from '../src/wire/envelope.ts';
import { paths } from '../src/wire/messages.ts';
import { type Algorithm, readPrivateKey, readPublicKey } from '../src/wire/signature.ts';
import { formatTime } from '../src/wire/time.ts';
import { answerBenchmark } from './child.ts';
import { order, requestIds } from './corridor.ts';
import { quantile } from './report.ts';
import { type HttpMessage, messageBytes, readMessages } from './wireBytes.ts';

/** Who pays whom, and with which codes. */
export interface Load {
  readonly clientId: string;
  readonly algorithm: Algorithm;
  readonly privateKey: string;
  /** The hub's key of that algorithm, to verify some of its answers with. */
  readonly hubPublicKey: string;
  readonly codes: readonly string[];
}

/** One run. Latencies are in milliseconds; times since 1970. */
export interface LoadRun {
  readonly answered: number;
  /** Answers that were no success; the first is told. */
  readonly failed: number;
  readonly failure: string | undefined;
  readonly startedAt: number;
  readonly lastAnswerAt: number;
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
}

/** Fields that tills send beside the order, so that a body has its usual size of 1.7 kB. */
const extras = {
  goods: Array.from({ length: 4 }, (_, index) => ({
    referenceGoodsId: `SKU-000${index}`,
    goodsName: 'Dan dan noodles with minced pork, mustard greens and chilli oil',
    goodsCategory: 'Food and beverages/Noodles',
    goodsUnitAmount: { currency: 'CNY', value: '3000' },
    goodsQuantity: '1',
  })),
};

const nextId = requestIds('B');
const answersVerified = 16;
let prepared: Buffer[] = [];
let load: Load | undefined;

function payBody(code: string): string {
  const amount = { currency: 'CNY', value: '12000' };
  return JSON.stringify({
    paymentRequestId: nextId(),
    paymentAmount: amount,
    order: { ...order, ...extras },
    paymentMethod: { paymentMethodType: 'CONNECT_WALLET', paymentMethodId: code },
    paymentFactor: {
      isInStorePayment: 'true',
      isCashierPayment: 'false',
      inStorePaymentScenario: 'PaymentCode',
    },
    settlementStrategy: { settlementCurrency: 'CNY' },
  });
}

/** Signs one request a code; the answer is the size of a body. */
async function prepare(input: Load): Promise<number> {
  const key = present(readPrivateKey(input.privateKey), 'the acquirer key');
  load = input;
  let bytes = 0;
  prepared = await Promise.all(
    input.codes.map(async (code) => {
      const body = payBody(code);
      bytes = Buffer.byteLength(body);
      const headers = await sealRequest({
        method: 'POST',
        uri: paths.pay,
        clientId: input.clientId,
        time: formatTime(Date.now()),
        body,
        algorithm: input.algorithm,
        key,
        keyVersion: '1',
      });
      return messageBytes(`POST ${paths.pay} HTTP/1.1`, { host: 'hub', ...headers }, body);
    }),
  );
  return bytes;
}

/** Counts answers and takes their times. */
class Tally {
  readonly latencies: number[] = [];
  readonly samples: HttpMessage[] = [];
  failed = 0;
  failure: string | undefined;
  lastAnswerAt = 0;

  note(message: HttpMessage, latencyMs: number): void {
    this.latencies.push(latencyMs);
    this.lastAnswerAt = Date.now();
    if (!message.body.includes('"resultCode":"SUCCESS"')) {
      this.failed++;
      this.failure ??= message.body.toString();
    }
    // The last ones, whose buffers are not kept alive for long by the others.
    this.samples[this.latencies.length % answersVerified] = message;
  }
}

/** A connection that carries one request at a time. */
interface Line {
  readonly socket: Socket;
  answered: (message: HttpMessage) => void;
}

async function openLines(url: string, count: number): Promise<Line[]> {
  const { hostname, port } = new URL(url);
  return Promise.all(
    Array.from({ length: count }, async () => {
      const socket = connect({ host: hostname, port: Number(port), noDelay: true });
      await new Promise<void>((resolve, reject) => {
        socket.once('connect', resolve);
        socket.once('error', reject);
      });
      const line: Line = { socket, answered: () => {} };
      readMessages(socket, (message) => line.answered(message));
      return line;
    }),
  );
}

/** Keeps `inFlight` requests under way until all that were prepared are answered. */
async function closed(input: { url: string; inFlight: number }): Promise<LoadRun> {
  const lines = await openLines(input.url, input.inFlight);
  const tally = new Tally();
  const requests = prepared;
  let next = 0;
  const startedAt = Date.now();
  await Promise.all(
    lines.map(
      (line) =>
        new Promise<void>((resolve, reject) => {
          line.socket.once('close', () => reject(new Error('the hub closed a connection')));
          let sentAt = 0;
          const send = () => {
            const request = requests[next++];
            if (request === undefined) return resolve();
            sentAt = performance.now();
            line.socket.write(request);
          };
          line.answered = (message) => {
            tally.note(message, performance.now() - sentAt);
            send();
          };
          send();
        }),
    ),
  );
  return finished(tally, lines, startedAt);
}

/**
 * Sends `perSecond` requests a second, evenly, whatever the answers do. A latency counts from the
 * time at which its request was due, so that a late start is not hidden.
 */
async function open(input: { url: string; perSecond: number; most: number }): Promise<LoadRun> {
  const lines = await openLines(input.url, input.most);
  const idle = [...lines];
  const tally = new Tally();
  const requests = prepared;
  const from = performance.now();
  const startedAt = Date.now();
  let next = 0;
  await new Promise<void>((resolve, reject) => {
    const dueAt = (index: number) => from + (index * 1_000) / input.perSecond;
    const sendDue = () => {
      const now = performance.now();
      while (next < requests.length && dueAt(next) <= now) {
        // In turn: the hub closes a connection on which nothing ever came.
        const line = idle.shift();
        if (line === undefined) break;
        const due = dueAt(next);
        line.answered = (message) => {
          tally.note(message, performance.now() - due);
          idle.push(line);
          if (tally.latencies.length === requests.length) resolve();
        };
        line.socket.write(requests[next++] as Buffer);
      }
      if (next < requests.length) setTimeout(sendDue, 1);
    };
    for (const { socket } of lines) {
      socket.once('close', () => reject(new Error('the hub closed a connection')));
    }
    sendDue();
  });
  return finished(tally, lines, startedAt);
}

function finished(tally: Tally, lines: readonly Line[], startedAt: number): LoadRun {
  for (const { socket } of lines) {
    socket.removeAllListeners('close');
    socket.destroy();
  }
  for (const message of tally.samples) verifyAnswer(message);
  const sorted = Float64Array.from(tally.latencies).sort();
  const { failed, failure, lastAnswerAt } = tally;
  return {
    answered: sorted.length,
    failed,
    failure,
    startedAt,
    lastAnswerAt,
    p50: quantile(sorted, 0.5),
    p95: quantile(sorted, 0.95),
    p99: quantile(sorted, 0.99),
  };
}

/** Throws unless an answer of the hub carries its signature. */
function verifyAnswer({ head, body }: HttpMessage): void {
  const { clientId, algorithm, hubPublicKey } = present(load, 'the load');
  const key = present(readPublicKey(hubPublicKey), "the hub's public key");
  const headers = Object.fromEntries(
    head
      .split('\r\n')
      .slice(1)
      .map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 1).trim()]),
  );
  const { verdict } = openResponse({
    method: 'POST',
    uri: paths.pay,
    clientId,
    headers,
    body,
    keys: () => ({ algorithm, key }),
    now: Date.now(),
  });
  if (verdict !== 'valid') throw new Error(`an answer of the hub is not valid: ${verdict}`);
}

answerBenchmark({ prepare, closed, open }, async () => {});
