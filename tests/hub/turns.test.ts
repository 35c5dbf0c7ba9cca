// Transactions that are under way at once in one process: each is whole, or is not there.

import { generateKeyPairSync } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { inTurn } from '../../src/base/turns.ts';
import type { Session, Statement } from '../../src/base/world.ts';
import { writeParticipant } from '../../src/network/participantStore.ts';
import { createLanes, readDirectory } from '../../src/network/store.ts';
import { type FreshDatabase, freshDatabase } from '../support/postgres.ts';

let fresh: FreshDatabase;
beforeAll(async () => {
  fresh = await freshDatabase();
  await createLanes(fresh.database, 2);
});
afterAll(() => fresh?.drop());

const sql = (text: string): Statement => ({ text, values: [] });
const insert = (name: string) => sql(`insert into settings values ('${name}', '')`);

/** Writes one row in each of two round trips; fails between them if it is told to. */
const twoRows = (name: string, fails: boolean) => async (session: Session) => {
  await session.run([sql('begin'), insert(`${name} 1`)]);
  if (fails) throw new Error(`${name} has failed`);
  await session.run([insert(`${name} 2`), sql('commit')]);
};

test('one that fails takes back its own and nothing of the one beside it', async () => {
  const { database } = fresh;
  const ends = await Promise.allSettled([
    inTurn(database, 'work', twoRows('a', true)),
    inTurn(database, 'work', twoRows('b', false)),
    inTurn(database, 'work', twoRows('c', true)),
    inTurn(database, 'work', twoRows('d', false)),
  ]);
  expect(ends.map(({ status }) => status)).toEqual([
    'rejected',
    'fulfilled',
    'rejected',
    'fulfilled',
  ]);
  expect(ends[0]).toMatchObject({ reason: { message: 'a has failed' } });
  const rows = await database.query<{ name: string }>(
    "select name from settings where value = '' order by name",
  );
  expect(rows.map(({ name }) => name)).toEqual(['b 1', 'b 2', 'd 1', 'd 2']);
});

test('participants written at once are all there', async () => {
  const publicKey = generateKeyPairSync('rsa', { modulusLength: 2048 })
    .publicKey.export({ type: 'spki', format: 'pem' })
    .toString();
  const ids = ['W1', 'W2', 'W3', 'W4', 'W5', 'W6'];
  const written = ids.map((participantId) =>
    writeParticipant(
      fresh.database,
      {
        participantId,
        role: 'wallet',
        name: participantId,
        clientId: `CLIENT_${participantId}`,
        market: 'MY',
        currency: 'MYR',
        orderCurrencies: [],
        endpoint: 'http://127.0.0.1:1',
        enabled: true,
        serviceFeeBasisPoints: 0,
        interchangeBasisPoints: 0,
        spreadBasisPoints: 0,
        cap: 1_000n,
        algorithm: 'RSA256',
        keyVersion: '1',
        publicKey,
      },
      0,
    ),
  );
  await Promise.all(written);
  const directory = await readDirectory(fresh.database);
  expect(ids.filter((id) => directory.byId(id) === undefined)).toEqual([]);
});
