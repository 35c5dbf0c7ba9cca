// A partner hands its own file in by a signed POST: compared as the operator's command would.

import type { KeyObject } from 'node:crypto';
import Fastify, { type FastifyInstance } from 'fastify';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { bookRoutes } from '../../src/api/console/bookRoutes.ts';
import { ownBookRoutes } from '../../src/api/ownBooks.ts';
import { present } from '../../src/base/assert.ts';
import { limits } from '../../src/base/limits.ts';
import { readBreaks } from '../../src/reconciliation/store.ts';
import { closeAndNet } from '../../src/settlement/commands.ts';
import { openResponse, sealRequest } from '../../src/wire/envelope.ts';
import { formatTime } from '../../src/wire/time.ts';
import { closingWorld, instant, skipTo } from './closing.ts';
import { compareLines } from './comparing.ts';
import { type Rig, startRig } from './rig.ts';
import { acquirer, malaysian, paid, rates, yuan } from './scenes.ts';

let rig: Rig;
let http: FastifyInstance;

const monday = '2026-11-23';
const place = `/files/books/TNG-MYR/${monday}`;

beforeEach(async () => {
  rig = await startRig({
    partners: [acquirer, malaysian],
    rates,
    start: instant(`${monday} 12:00`),
  });
  for (const id of ['P1', 'P2']) await paid(rig, id, yuan(1_600));
  skipTo(rig, '2026-11-24 00:30');
  await closeAndNet(closingWorld(rig), { by: 'Wang' });
  http = Fastify();
  const hub = present(rig.hubs[0], 'a hub');
  await http.register(async (scope) => ownBookRoutes(scope, hub, rig.fresh.database));
  await http.register(async (scope) => bookRoutes(scope, hub, rig.fresh.database));
});

afterEach(async () => {
  await http.close();
  await rig.close();
});

async function post(url: string, payload: string, signer = 'TNG') {
  const headers = await sealRequest({
    method: 'POST',
    uri: url,
    clientId: 'TNG',
    time: formatTime(rig.clock.now()),
    body: payload,
    algorithm: 'ES256',
    key: present(rig.keys.get(signer), 'a key') as KeyObject,
    keyVersion: '1',
  });
  return http.inject({ method: 'POST', url, headers, payload });
}

/** The signed answer, verified. */
async function told(url: string, payload: string): Promise<Record<string, unknown>> {
  const answer = await post(url, payload);
  const opened = openResponse({
    method: 'POST',
    uri: url,
    clientId: 'TNG',
    headers: answer.headers as Record<string, string>,
    body: answer.body,
    keys: () => ({ algorithm: 'ES256', key: rig.hubKey('ES256') }),
    now: rig.clock.now(),
  });
  expect([answer.statusCode, opened.ok]).toEqual([200, true]);
  return answer.json() as Record<string, unknown>;
}

const heading = 'transactionType,requestId,currency,amountValue,completedAt';

function linesOfWallet(): string[][] {
  const { lines } = present(rig.wallets.get('TNG'), 'the wallet');
  return [...lines].map(([id, { debited }]) => ['PAYMENT', id, 'MYR', String(debited), monday]);
}

const fileOf = (lines: readonly string[][]) =>
  [heading, ...lines.map((line) => line.join(','))].join('\r\n');

test('its file is compared, once, and every difference is counted and kept', async () => {
  const lines = linesOfWallet();
  const right = await told(place, fileOf(lines));
  const counts = { lineCount: 2, itemCount: 2, matchedCount: 2, breaks: {} };
  expect(right).toMatchObject({ result: { resultStatus: 'S' }, isNew: true, ...counts });
  const again = { runId: right.runId, isNew: false, ...counts };
  expect(await told(place, fileOf(lines))).toMatchObject(again);
  const [first = []] = lines;
  const wrong = await told(
    place,
    fileOf([
      [...first.slice(0, 3), '1', monday],
      ['PAYMENT', 'X'],
    ]),
  );
  expect(wrong).toMatchObject({
    matchedCount: 0,
    breaks: { amount_differs: 1, missing_there: 1, unreadable: 1 },
  });
  expect(await readBreaks(rig.fresh.database, 'open', 10)).toHaveLength(3);
  // What the operator compares afterwards is the same day: a corrected file.
  await compareLines(rig, 'TNG-MYR', monday, lines);
  expect(await readBreaks(rig.fresh.database, 'open', 10)).toEqual([]);
});

test('what a partner hands in is bounded: lines, items, files a day, one at a time', async () => {
  const lines = linesOfWallet();
  const { database } = rig.fresh;
  const refusal = async (body: string) => (await told(place, body)).result;
  const refused = (start: string) =>
    expect.objectContaining({
      resultCode: 'PARAM_ILLEGAL',
      resultMessage: expect.stringMatching(new RegExp(`^${start}`)),
    });
  const many = '\n'.repeat(limits.ownBookLines);
  expect(await refusal(`${heading}\n${many}`)).toEqual(refused('body: has more than 50000 lines'));
  const both = await Promise.all([told(place, fileOf(lines)), told(place, fileOf([]))]);
  const codes = both.map(({ result }) => (result as { resultCode: string }).resultCode).sort();
  expect(codes).toEqual(['REQUEST_TRAFFIC_EXCEED_LIMIT', 'SUCCESS']);
  // Files of the day up to the most; one that was compared is answered as before.
  await database.query(
    'insert into reconciliation_runs select (jsonb_populate_record(r, ' +
      "jsonb_build_object('run_id', 'R' || n, 'ordinal', n, 'digest', n::text))).* " +
      'from reconciliation_runs r, ' +
      'generate_series(2, $1::integer) n',
    [limits.ownBooksOfDay],
  );
  expect(await refusal(fileOf([...lines, ['X']]))).toEqual(refused('body: is beyond 100 files'));
  const known = both.findIndex(({ runId }) => runId !== undefined);
  expect(await told(place, known === 0 ? fileOf(lines) : fileOf([]))).toMatchObject({
    isNew: false,
  });
  await database.query('update clearing_batches set payment_count = $1', [limits.ownBookLines + 1]);
  expect(await refusal(fileOf(lines))).toEqual(refused('date: has more than 50000 items'));
});

test('what is not its own, not closed or not readable is named and changes nothing', async () => {
  const file = fileOf(linesOfWallet());
  const cases: [string, string, RegExp][] = [
    [`/files/books/CHENGDU-CNY/${monday}`, file, /^agreementId: is no agreement of yours/],
    ['/files/books/TNG-MYR/2026-11-24', file, /^date: 2026-11-24 is not closed/],
    ['/files/books/TNG-MYR/2026-11-31', file, /^date: must be a day/],
    [place, 'a,b,c\n1,2,3', /^body: the file has no column requestId/],
    [place, '', /^body: /],
  ];
  for (const [url, body, message] of cases) {
    const { result } = await told(url, body);
    expect(result).toMatchObject({
      resultCode: 'PARAM_ILLEGAL',
      resultMessage: expect.stringMatching(message),
    });
  }
  expect((await http.inject({ method: 'POST', url: place, payload: file })).statusCode).toBe(401);
  expect((await post(place, file, 'CHENGDU')).statusCode).toBe(401);
  const long = `${heading}\n${'x'.repeat(limits.ownBookBytes)}`;
  expect((await post(place, long)).statusCode).toBe(413);
  const [{ count } = { count: '' }] = await rig.fresh.database.query<{ count: string }>(
    'select count(*) from reconciliation_runs',
  );
  expect(count).toBe('0');
});

const pagePath = '/console/api/reconciliation/files';

/** The operator's page gives a file to the network. */
function pick(text: string, more: Record<string, unknown> = {}) {
  const contentBase64 = Buffer.from(text).toString('base64');
  const wanted = { by: 'Wang', agreementId: 'TNG-MYR', date: monday, fileName: 'their.csv' };
  return http.inject({
    method: 'POST',
    url: pagePath,
    payload: { ...wanted, contentBase64, ...more },
  });
}

test("the operator's page takes the same file in the same way, with a mapping too", async () => {
  const choices = (await http.inject({ method: 'GET', url: pagePath })).json();
  expect(choices).toMatchObject({ days: [monday], mostBytes: limits.ownBookBytes });
  expect(choices.agreements).toContainEqual(expect.objectContaining({ agreementId: 'TNG-MYR' }));
  const lines = linesOfWallet();
  // A mark at the beginning is a part of the file: as it is for the partner's own way in.
  const file = `\uFEFF${fileOf(lines)}`;
  const handedIn = await told(place, file);
  const { runId } = handedIn;
  const counts = { lines: 2, items: 2, matched: 2, found: {} };
  expect((await pick(file)).json()).toEqual({ runId, isNew: false, ...counts });
  const columns = { id: 'No', amount: 'Sum', type: null, currency: null, date: null };
  const theirs = ['No;Sum', ...lines.map(([, id, , value]) => `${id};${value}`)].join('\n');
  const mapped = await pick(theirs, { mapping: JSON.stringify({ separator: ';', columns }) });
  expect(mapped.json()).toMatchObject({ isNew: true, ...counts });
});

test("what is wrong with the page's file is said with a code, and changes nothing", async () => {
  const file = fileOf(linesOfWallet());
  const cases: [string, Record<string, unknown>, number, object][] = [
    [file, { date: '2026-11-24' }, 409, { code: 'NOT_CLOSED' }],
    [file, { date: '2026-11-31' }, 400, { code: 'PARAM_ILLEGAL', field: 'date' }],
    [file, { agreementId: 'TNG-CNY' }, 404, { code: 'NO_SUCH_AGREEMENT' }],
    [file, { contentBase64: 'no base64' }, 400, { field: 'contentBase64' }],
    [file, { other: 1 }, 400, { code: 'PARAM_ILLEGAL' }],
    ['a,b', {}, 400, { code: 'UNUSABLE_FILE', reasons: [{ code: 'no_column' }] }],
    [file, { mapping: '{' }, 400, { code: 'UNUSABLE_MAPPING', reasons: [{}] }],
    ['x'.repeat(limits.ownBookBytes + 1), {}, 413, { code: 'TOO_LARGE' }],
    ['x'.repeat(2 * limits.ownBookBytes), {}, 413, { code: 'TOO_LARGE' }],
  ];
  for (const [text, more, status, error] of cases) {
    const answer = await pick(text, more);
    expect([answer.statusCode, answer.json()]).toMatchObject([status, { error }]);
  }
  const runs = await rig.fresh.database.query('select run_id from reconciliation_runs');
  expect(runs).toEqual([]);
});
