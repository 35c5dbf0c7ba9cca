// Signing in over HTTP on a real Postgres: the door, roles, four eyes, and what other sites cannot
// make a browser do.

import { connect } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { present } from '../../src/base/assert.ts';
import { limits } from '../../src/base/limits.ts';
import type { Database } from '../../src/base/world.ts';
import { signInAt } from '../../src/certify/networkAccess.ts';
import { timeMover } from '../../src/certify/networkTime.ts';
import { createReporter } from '../../src/certify/report.ts';
import { movableClock } from '../../src/host/movableClock.ts';
import { openNetwork } from '../../src/host/network.ts';
import { realClock } from '../../src/host/world.ts';
import { admit, dismiss, renewSecret, signIn } from '../../src/people/commands.ts';
import { instant, skipTo } from './closing.ts';
import { type Browser, openPages, type Pages } from './pages.ts';
import { paid, yuan } from './scenes.ts';

let pages: Pages;
afterEach(() => pages.close());

const settle = '/console/api/settlement';

test('a demo network is open on its machine until the first person is added', async () => {
  pages = await openPages({ isSandbox: true });
  const guest = pages.browser();
  expect(await guest.get('/session')).toMatchObject({ status: 200, body: { door: 'open' } });
  expect((await guest.get(settle)).status).toBe(200);
  // Another site's name that leads here, and whatever came through a proxy, is not this machine.
  for (const headers of [
    { host: 'wayfare.evil.test' },
    { 'x-forwarded-for': '10.0.0.1' },
    { 'x-real-ip': '10.0.0.1' },
    { via: '1.1 proxy' },
  ] as Record<string, string>[]) {
    expect([headers, (await guest.get(settle, headers)).status]).toEqual([headers, 401]);
  }
  // A proxy that nobody has configured passes on its own name for the host, in an older HTTP.
  expect(await firstLineOf(pages.url, 'GET /console/api/settlement HTTP/1.0')).toMatch(' 401 ');
  expect(await firstLineOf(pages.url, 'GET /console/api/settlement HTTP/1.1')).toMatch(' 200 ');
  expect((await guest.get('/participant/api/batches')).status).toBe(401);
  const looked = await guest.post('/session/guest', { participantId: 'TNG' });
  expect(looked.body).toMatchObject({ participant: { id: 'TNG' }, person: null });
  expect((await guest.get('/participant/api/batches')).status).toBe(200);

  await pages.add('Ann', 'operator');
  // The same cookie is worth nothing now, here and on the participant's pages.
  expect((await guest.get(settle)).status).toBe(401);
  expect((await guest.get('/participant/api/batches')).status).toBe(401);
  expect((await guest.post('/session/guest', { participantId: 'TNG' })).status).toBe(403);
  expect((await guest.post(`${settle}/close`, { by: 'Ann' })).status).toBe(401);
  // What machines follow stays readable.
  expect((await guest.get('/console/api/clock')).status).toBe(200);
});

/** What a request that is written by hand is answered with. */
function firstLineOf(url: string, line: string): Promise<string> {
  const { host, hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    let text = '';
    const socket = connect(Number(port), hostname, () =>
      socket.write(`${line}\r\nHost: ${host}\r\nConnection: close\r\n\r\n`),
    );
    socket.on('error', reject).on('data', (chunk) => (text += chunk));
    socket.on('close', () => resolve(text.split('\r\n', 1)[0] ?? ''));
  });
}

test('a person signs in, sees its own participant, and signs out', async () => {
  pages = await openPages({ isSandbox: false });
  const page = pages.browser();
  expect((await page.get(settle)).status).toBe(401);
  const secret = await pages.add('Tan Mei', 'participant', 'TNG');
  const wrong = await page.post('/session', { name: 'Tan Mei', secret: 'guess' });
  expect([wrong.status, wrong.cookie]).toEqual([401, undefined]);
  // Names and secrets are compared as people write them.
  const typed = { name: ' tan  MEI ', secret: secret.toUpperCase().replaceAll('-', ' ') };
  const signedIn = await page.post('/session', typed);
  expect(signedIn).toMatchObject({
    status: 200,
    body: { person: { name: 'Tan Mei', role: 'participant' }, participant: { id: 'TNG' } },
  });
  expect(signedIn.cookie).toMatch(
    /^wayfare_session=[\w-]{43}; Path=\/; Max-Age=\d+; HttpOnly; SameSite=Strict$/,
  );
  const batches = await page.get('/participant/api/batches');
  expect(batches).toMatchObject({
    status: 200,
    body: { agreements: [{ agreementId: 'TNG-MYR' }] },
  });
  // The operator's console is not its, whatever it asks for.
  expect((await page.get(settle)).status).toBe(403);
  expect((await page.post(`${settle}/close`, { by: 'Ann' })).status).toBe(403);

  const copy = pages.browser(present(page.cookie(), 'a cookie'));
  expect((await page.post('/session/end', {})).body).toMatchObject({ person: null });
  expect((await copy.get('/participant/api/batches')).status).toBe(401);
  const kinds = (await pages.events()).map(({ kind }) => kind);
  expect(kinds.sort()).toEqual(['ADDED', 'REFUSED', 'SIGNED_IN', 'SIGNED_OUT']);
});

test('a certifier signs in to report, and to move the time', async () => {
  pages = await openPages({ isSandbox: true });
  const secret = await pages.add('Certifier', 'operator');
  const network = openNetwork();
  try {
    const wrong = await signInAt(pages.url, network, { name: 'Certifier', secret: 'guess' });
    expect(wrong.problem).toMatch(/^Certifier was not signed in: HTTP 401/);
    const { headers: session } = await signInAt(pages.url, network, { name: 'Certifier', secret });
    const clock = movableClock(realClock);
    expect(await timeMover(pages.url, network, clock)(1_000)).toMatch(/HTTP 401/);
    expect(await timeMover(pages.url, network, clock, session)(1_000)).toBeUndefined();
    expect(clock.offsetMs()).toBeGreaterThanOrEqual(1_000);
    const of = { clientId: 'TNG', role: 'wallet', url: 'http://there', network } as const;
    const problems: string[] = [];
    const failed = (problem: string) => void problems.push(problem);
    const run = { to: pages.url, ...of, failed };
    await createReporter({ ...run, runId: 'RUN-STRANGER' }).ended(undefined);
    expect(problems).toEqual([expect.stringMatching(/^HTTP 401/)]);
    const signed = createReporter({ ...run, runId: 'RUN-SIGNED-IN', session: session ?? {} });
    const fine = { verdict: 'pass', problem: null, hint: null, calls: [] } as const;
    signed.told({ id: 'pay', title: 'is paid', source: 'our rule', ...fine }, 1, 1);
    await signed.ended(undefined);
    expect(problems).toHaveLength(1);
    const page = await pages.signedIn('Ann', 'auditor');
    const shown = await page.get('/console/api/certifications/RUN-SIGNED-IN');
    expect(shown).toMatchObject({ status: 200, body: { run: { state: 'ended' } } });
  } finally {
    await network.close();
  }
});

test('four eyes: the name is that of the session, and nobody does both steps', async () => {
  pages = await openPages({ isSandbox: false, start: instant('2026-11-23 12:00') });
  const { rig } = pages;
  await paid(rig, 'P1', yuan(10_000));
  skipTo(rig, '2026-11-25 00:30');
  const [ann, ben, cleo] = [
    await pages.signedIn('Ann', 'operator'),
    await pages.signedIn('Ben', 'approver'),
    await pages.signedIn('Cleo', 'auditor'),
  ];
  const refusals = [
    await cleo.post(`${settle}/close`, { by: 'Ann' }),
    await cleo.post('/console/api/notices/replay', { partnerId: 'CHENGDU' }),
    await cleo.post('/console/api/reconciliation/files', { by: 'Ann' }),
  ];
  expect(refusals.map(({ status }) => status)).toEqual([403, 403, 403]);
  const closed = await ann.post(`${settle}/close`, { by: 'somebody else' });
  const [batch] = closed.body.batches as string[];
  const step = (page: Browser, verb: string, by = 'typed') =>
    page.post(`${settle}/batches/${batch}/${verb}`, { by });
  expect((await step(ann, 'approve')).status).toBe(403);
  // A verb that is written otherwise is no other verb.
  expect((await step(ann, '%61pprove')).status).toBe(403);
  expect((await step(ben, 'check', 'Ann')).body).toMatchObject({ state: 'CHECKED' });
  // Whoever checked it cannot approve it under any name that is sent.
  expect(await step(ben, 'approve', 'Ann')).toMatchObject({
    status: 409,
    body: { error: { code: 'SAME_PERSON' } },
  });
  const dora = await pages.signedIn('Dora', 'approver');
  expect((await step(dora, 'approve', 'Ben')).body).toMatchObject({ state: 'APPROVED' });
  const view = await cleo.get(settle);
  const found = view.body.batches.find(
    (each: { settlementBatchId: string }) => each.settlementBatchId === batch,
  );
  expect(found.steps.map(({ by }: { by: string }) => by)).toEqual(['Ann', 'Ben', 'Dora']);
  // Who was dismissed is out at once, and the name stays taken.
  expect(await dismiss(pages.world, 'dora')).toBe(true);
  expect((await dora.get(settle)).status).toBe(401);
  expect(await admit(pages.world, { name: 'DORA', role: 'operator', participantId: null })).toBe(
    undefined,
  );
});

test('a secret that is changed while it is looked at opens nothing', async () => {
  pages = await openPages({ isSandbox: false });
  const { world } = pages;
  const secret = await pages.add('Ann', 'operator');
  // As late as can be: the secret was found right, and the session is about to be written.
  const late: Database = Object.assign(Object.create(world.database), {
    async query(text: string, values?: readonly unknown[]) {
      if (text.startsWith('insert into sessions')) await renewSecret(world, 'Ann');
      return world.database.query(text, values as never);
    },
  });
  const attempt = { name: 'Ann', secret, address: '127.0.0.1' };
  expect(await signIn({ ...world, database: late }, attempt)).toEqual({ kind: 'refused' });
  expect(await world.database.query('select * from sessions')).toEqual([]);
});

test('another site cannot make a browser change anything', async () => {
  pages = await openPages({ isSandbox: false });
  const page = await pages.signedIn('Ann', 'operator');
  const body = { by: 'Ann' };
  const foreign: [Record<string, string>, number][] = [
    [{ origin: 'https://evil.test', 'sec-fetch-site': 'cross-site' }, 403],
    [{ origin: 'http://127.0.0.1:1', 'sec-fetch-site': 'same-site' }, 403],
    [{ origin: 'null' }, 403],
    [{ 'content-type': 'text/plain' }, 415],
    [{ 'content-type': 'application/x-www-form-urlencoded' }, 415],
  ];
  for (const [headers, status] of foreign) {
    const files = '/console/api/reconciliation/files';
    for (const path of [
      `${settle}/close`,
      files,
      '/console/api/clock',
      '/session/end',
      '/session',
    ]) {
      expect([path, (await page.post(path, body, headers)).status]).toEqual([path, status]);
    }
  }
  expect((await page.get(settle)).status).toBe(200);
});

test('many tries are not looked at, whoever else signs in meanwhile', async () => {
  pages = await openPages({ isSandbox: false });
  const secret = await pages.add('Ann', 'operator');
  const page = pages.browser();
  const guess = () => page.post('/session', { name: 'Ann', secret: 'guess' });
  const first = [];
  for (let round = 0; round < 6; round++) first.push((await guess()).status);
  expect(first).toEqual([401, 401, 401, 401, 401, 429]);
  expect((await page.post('/session', { name: 'Ann', secret })).status).toBe(429);
  const other = await pages.signedIn('Ben', 'operator');
  expect((await other.get(settle)).status).toBe(200);
  pages.rig.clock.skip(limits.signInWindowMs + 1);
  expect((await page.post('/session', { name: 'Ann', secret })).status).toBe(200);
  // A session ends by itself.
  pages.rig.clock.skip(limits.sessionMs);
  expect((await page.get(settle)).status).toBe(401);
});
