// Signing in over HTTP on a real Postgres: the door, roles, four eyes, and what browsers are made to
// do by other sites.

import { afterEach, expect, test } from 'vitest';
import { present } from '../../src/base/assert.ts';
import { openPages, type Pages } from './pages.ts';

let pages: Pages;
afterEach(() => pages.close());

const settle = '/console/api/settlement';

test('a demo network is open on its machine until the first person is added', async () => {
  pages = await openPages({ isSandbox: true });
  const guest = pages.browser();
  expect(await guest.get('/session')).toMatchObject({ status: 200, body: { door: 'open' } });
  expect((await guest.get(settle)).status).toBe(200);
  // Another site's name that leads here, and whatever came through a proxy, is not this machine.
  for (const headers of [{ host: 'wayfare.evil.test' }, { 'x-forwarded-for': '10.0.0.1' }]) {
    expect((await guest.get(settle, headers)).status).toBe(401);
  }
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
