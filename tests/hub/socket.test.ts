// Bad input over a real socket: too much, too slow, cut off, or written another way.

import { connect } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { RunningServer } from '../../src/api/server.ts';
import { closeScene, good, openScene, rig, till } from './badScene.ts';
import { type RawAnswer, type RawRequest, resultOf, withBody } from './envelopes.ts';
import { contents, expectBalanced } from './scenes.ts';
import { serve } from './serving.ts';

const requestArrivalMs = 400;
let server: RunningServer;

beforeAll(async () => {
  await openScene();
  server = await serve(rig, { requestArrivalMs });
});

afterAll(async () => {
  await server.stop();
  await closeScene();
});

/** The head of a request as text; `length` is what it says of its body. */
function headOf(request: RawRequest, length = request.body.length, target = request.uri): string {
  const lines = Object.entries(request.headers).map(([name, value]) => `${name}: ${value}`);
  const first = `${request.method} ${target} HTTP/1.1`;
  return `${[first, 'host: hub', `content-length: ${length}`, ...lines].join('\r\n')}\r\n\r\n`;
}

interface Line {
  send(part: string | Buffer): void;
  hangUp(): void;
  /** Everything that came back until the server closed, or `undefined` after too long. */
  readonly answer: Promise<RawAnswer | undefined>;
}

function openLine(): Line {
  const { port } = new URL(server.url);
  const socket = connect(Number(port), '127.0.0.1');
  let text = '';
  const answer = new Promise<RawAnswer | undefined>((resolve) => {
    socket.setEncoding('utf8').on('data', (part) => {
      text += part;
      const read = answerFrom(text);
      if (read !== undefined) resolve(read);
    });
    socket.on('close', () => resolve(answerFrom(text)));
    // A reset connection shows as the lack of an answer.
    socket.on('error', () => resolve(answerFrom(text)));
  });
  return {
    send: (part) => void socket.write(part),
    hangUp: () => socket.destroy(),
    answer: answer.finally(() => socket.destroy()),
  };
}

function answerFrom(text: string): RawAnswer | undefined {
  const [head = '', body = ''] = text.split('\r\n\r\n');
  const [first = '', ...lines] = head.split('\r\n');
  const headers = Object.fromEntries(
    lines.map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 2)]),
  );
  const length = Number(headers['content-length'] ?? Number.NaN);
  if (!(Buffer.byteLength(body) >= length)) return undefined;
  return { status: Number(first.split(' ')[1]), headers, body };
}

async function expectAnswer(line: Line, request: RawRequest, code: string, says: RegExp) {
  const answer = await line.answer;
  expect(answer, 'an answer').toBeDefined();
  const result = resultOf(rig, request, answer as RawAnswer);
  expect(result.resultCode).toBe(code);
  expect(result.resultMessage).toMatch(says);
}

test('a body of 10 MB -> PARAM_ILLEGAL', async () => {
  const before = await contents(rig);
  const request = await till(good());
  const line = openLine();
  const megabytes = 10;
  line.send(headOf(request, megabytes * 1_048_576));
  for (let each = 0; each < megabytes; each++) line.send(Buffer.alloc(1_048_576, 'x'));
  await expectAnswer(line, request, 'PARAM_ILLEGAL', /larger/);
  expect(await contents(rig)).toEqual(before);
});

test('a body without end, in chunks -> PARAM_ILLEGAL', async () => {
  const before = await contents(rig);
  const request = await till(good());
  const line = openLine();
  line.send(headOf(request).replace(/content-length: \d+/, 'transfer-encoding: chunked'));
  const part = Buffer.alloc(65_536, 'x');
  const sending = setInterval(() => {
    line.send('10000\r\n');
    line.send(part);
    line.send('\r\n');
  }, 20);
  try {
    await expectAnswer(line, request, 'PARAM_ILLEGAL', /larger/);
  } finally {
    clearInterval(sending);
  }
  expect(await contents(rig)).toEqual(before);
});

test('a slow client -> PARAM_ILLEGAL, and others are served meanwhile', async () => {
  const before = await contents(rig);
  const request = await till(good());
  const slow = openLine();
  slow.send(headOf(request));
  slow.send(request.body.subarray(0, 20));
  const quick = openLine();
  const changed = withBody(request, (body) => body.replace('{', '{ '));
  quick.send(headOf(changed));
  quick.send(changed.body);
  await expectAnswer(quick, changed, 'INVALID_SIGNATURE', /signature/);
  await expectAnswer(slow, request, 'PARAM_ILLEGAL', /in time/);
  expect(await contents(rig)).toEqual(before);
});

test('a client whose headers never end is cut off', async () => {
  const line = openLine();
  const startedAt = performance.now();
  line.send('POST /aps/api/v1/payments/pay HTTP/1.1\r\nhost: hub\r\nclient-id: CHEN');
  const answer = await line.answer;
  // No request came, so there is nobody to sign an answer for.
  expect(answer?.status ?? 408).toBe(408);
  expect(performance.now() - startedAt).toBeLessThan(10_000);
});

test('a client that hangs up in the middle of its body changes nothing', async () => {
  const before = await contents(rig);
  const request = await till(good());
  const line = openLine();
  line.send(headOf(request));
  line.send(request.body.subarray(0, -1));
  await new Promise((resolve) => setTimeout(resolve, 50));
  line.hangUp();
  expect(await line.answer).toBeUndefined();
  await rig.rest();
  expect(await contents(rig)).toEqual(before);
  await expectBalanced(rig);
});

test('an absolute-form target is read as its path, which is what is signed', async () => {
  const request = await till(good());
  const wrong = withBody(request, (body) => body.replaceAll('12000', '12001'));
  const refused = openLine();
  refused.send(headOf(wrong, wrong.body.length, `http://hub.test:8080${wrong.uri}`));
  refused.send(wrong.body);
  await expectAnswer(refused, wrong, 'INVALID_SIGNATURE', /signature/);
  const line = openLine();
  line.send(headOf(request, request.body.length, `http://hub.test:8080${request.uri}`));
  line.send(request.body);
  await expectAnswer(line, request, 'PAYMENT_IN_PROCESS', /./);
});
