// Caps and deposits on a real Postgres: four eyes, what is in use stays, and levels are noted.

import type { KeyObject } from 'node:crypto';
import Fastify from 'fastify';
import { afterEach, expect, test } from 'vitest';
import { ownCapRoutes } from '../../src/api/caps.ts';
import { capRoutes } from '../../src/api/console/capRoutes.ts';
import { present } from '../../src/base/assert.ts';
import type { Proposal } from '../../src/caps/caps.ts';
import { capChecks } from '../../src/caps/checks.ts';
import {
  type CapWorld,
  type DecisionReply,
  decideChange,
  type ProposalReply,
  proposeChange,
} from '../../src/caps/commands.ts';
import { readStandings } from '../../src/caps/store.ts';
import { readCapHistory, readCaps, readCapsOf } from '../../src/caps/viewStore.ts';
import { lookAtCaps } from '../../src/caps/watchCommands.ts';
import { writeLevels } from '../../src/caps/watchStore.ts';
import { prove } from '../../src/payments/proof/store.ts';
import { openResponse, sealRequest } from '../../src/wire/envelope.ts';
import { formatTime } from '../../src/wire/time.ts';
import { expectProved } from './closing.ts';
import { type Rig, startRig } from './rig.ts';
import { acquirer, codesOf, malaysian, paid, payWithCode, rates, yuan } from './scenes.ts';

const lanes = 4;
/** 100.00 CNY at 1.6 are 62.50 MYR, with 50 bp of spread 62.81; with the fee 62.87 are held. */
const held = 6287n;
/** What is owed in the end is less by the wallet's 30 bp of interchange. */
const owed = held - 19n;

let rig: Rig;
afterEach(() => rig.close());

const begin = async (cap: bigint | null) => {
  rig = await startRig({ lanes, partners: [acquirer, { ...malaysian, cap }], rates });
};
const world = (): CapWorld => ({ database: rig.fresh.database, clock: rig.clock, lanes });

const propose = (proposal: Partial<Proposal>): Promise<ProposalReply> =>
  proposeChange(world(), { participantId: 'TNG', by: 'Wang Fang', ...proposal } as Proposal);
const topUp = (amount: bigint, bankReference: string) =>
  propose({ kind: 'top_up', amount, bankReference });
const withdrawal = (amount: bigint, bankReference: string) =>
  propose({ kind: 'withdrawal', amount, bankReference });

async function idOf(proposed: Promise<ProposalReply>): Promise<string> {
  const reply = await proposed;
  if (reply.kind !== 'done') throw new Error(`not proposed: ${reply.kind}`);
  return reply.change.changeId;
}

const decide = (changeId: string, verb: 'approve' | 'reject', by = 'Li Na') =>
  decideChange(world(), { changeId, verb, by });
const approved = async (proposed: Promise<ProposalReply>): Promise<DecisionReply> =>
  decide(await idOf(proposed), 'approve');

async function standing() {
  const all = await readStandings(rig.fresh.database);
  const found = all.find(({ participantId }) => participantId === 'TNG');
  return [found?.cap, found?.deposit, found?.posted];
}

async function proved(): Promise<void> {
  const proof = await prove(rig.fresh.database, capChecks);
  expect(proof.findings.filter(({ count }) => count > 0)).toEqual([]);
  await expectProved(rig.fresh.database);
}

test('a deposit is room: topped up and withdrawn by two persons, each reference once', async () => {
  await begin(0n);
  const refused = await codesOf(rig, 'TNG');
  const told = await rig.call('CHENGDU', 'pay', payWithCode('P0', yuan(10_000), refused[0] ?? ''));
  expect(told.resultCode).toBe('PAYMENT_AMOUNT_EXCEED_LIMIT');

  const first = await idOf(topUp(10_000n, 'BK1'));
  expect(await standing()).toEqual([0n, 0n, 0n]);
  expect((await topUp(10_000n, 'BK1')).kind).toBe('repeated');
  expect(await topUp(10_001n, 'BK1')).toEqual({ kind: 'known_reference', changeId: first });
  expect(await decide(first, 'approve', ' wang  FANG')).toMatchObject({ kind: 'same_person' });
  expect(await decide(first, 'approve')).toMatchObject({ kind: 'done', change: { state: 'DONE' } });
  expect((await decide(first, 'approve')).kind).toBe('repeated');
  expect((await decide(first, 'reject')).kind).toBe('wrong_order');
  expect(await standing()).toEqual([0n, 10_000n, 0n]);

  await paid(rig, 'P1', yuan(10_000));
  expect(await withdrawal(10_001n, 'BK2')).toEqual({ kind: 'more_than_deposit', deposit: 10_000n });
  const all = await idOf(withdrawal(10_000n, 'BK2'));
  expect(await decide(all, 'approve')).toEqual({ kind: 'in_use', available: 10_000n - owed });
  expect((await decide(all, 'reject', 'Wang Fang')).kind).toBe('done');
  expect((await approved(withdrawal(10_000n - owed, 'BK2'))).kind).toBe('done');
  expect(await standing()).toEqual([0n, owed, owed]);
  expect(await propose({ kind: 'top_up', participantId: 'CHENGDU', amount: 1n })).toEqual({
    kind: 'no_such_wallet',
  });
  // What is agreed anew with the wallet leaves its cap and its deposit as they are.
  await rig.addPartner({ ...malaysian, cap: 0n, name: 'TNG eWallet' });
  await proved();
});

test('withdrawals beside 64 payments: never more is owed than cap and deposit', async () => {
  await begin(held * 10n);
  await approved(topUp(held * 60n, 'BK0'));
  const codes: string[] = [];
  for (let each = 0; each < 8; each++) codes.push(...(await codesOf(rig, 'TNG', 8)));
  const withdrawals = await Promise.all(
    [1, 2, 3, 4].map((each) => idOf(withdrawal(held * 10n, `BK${each}`))),
  );
  const pay = (code: string, index: number) =>
    rig.call('CHENGDU', 'pay', payWithCode(`P${index}`, yuan(10_000), code));
  const payments = codes.slice(0, 32).map(pay);
  const replies = [await decide(withdrawals[0] ?? '', 'approve')];
  payments.push(...codes.slice(32).map((code, index) => pay(code, 32 + index)));
  for (const each of withdrawals.slice(1)) replies.push(await decide(each, 'approve'));
  const told = (await Promise.all(payments)).map(({ resultCode }) => resultCode);
  await rig.rest();
  const successes = told.filter((code) => code === 'SUCCESS').length;
  const refused = told.filter((code) => code === 'PAYMENT_AMOUNT_EXCEED_LIMIT').length;
  expect(successes + refused).toBe(64);
  const paidOut = replies.filter(({ kind }) => kind === 'done').length;
  expect(replies.every(({ kind }) => kind === 'done' || kind === 'in_use')).toBe(true);
  const bound = held * BigInt(70 - 10 * paidOut);
  expect(await standing()).toEqual([held * 10n, bound - held * 10n, owed * BigInt(successes)]);
  expect(owed * BigInt(successes)).toBeLessThanOrEqual(bound);
  // Nobody was refused while there was room: what is left now came with the interchange.
  if (refused > 0) expect(bound - owed * BigInt(successes)).toBeLessThan(held + 64n * 19n);
  // The room for all of them and for all withdrawals is not there.
  expect(refused + (4 - paidOut)).toBeGreaterThan(0);
  await proved();
});

test('a cap is dated: proposed for a day, approved by another, in force from then on', async () => {
  await begin(5_000n);
  const at = rig.clock.now() + 3_600_000;
  expect((await propose({ kind: 'cap', amount: 1n, effectiveAt: at - 7_200_000 })).kind).toBe(
    'past',
  );
  const later = { kind: 'cap', amount: 20_000n, effectiveAt: at } as const;
  const change = await idOf(propose(later));
  expect((await propose(later)).kind).toBe('repeated');
  expect((await decide(change, 'approve', 'Wang Fang')).kind).toBe('same_person');
  expect(await decide(change, 'approve')).toMatchObject({ change: { state: 'APPROVED' } });
  expect(await lookAtCaps(world())).toMatchObject({ applied: 0 });
  expect(await standing()).toEqual([5_000n, 0n, 0n]);
  rig.clock.skip(3_600_000);
  // Two processes look at once: one of them puts it in force.
  const looks = await Promise.all([lookAtCaps(world()), lookAtCaps(world())]);
  expect(looks.map(({ applied }) => applied).sort()).toEqual([0, 1]);
  expect(await standing()).toEqual([20_000n, 0n, 0n]);
  await paid(rig, 'P1', yuan(10_000));
  // At once, below what is owed: nothing more is let through, and nothing is taken back.
  expect((await approved(propose({ kind: 'cap', amount: 100n }))).kind).toBe('done');
  const [code = ''] = await codesOf(rig, 'TNG');
  const told = await rig.call('CHENGDU', 'pay', payWithCode('P2', yuan(100), code));
  expect(told.resultCode).toBe('PAYMENT_AMOUNT_EXCEED_LIMIT');
  expect((await approved(propose({ kind: 'cap', amount: null }))).kind).toBe('done');
  await paid(rig, 'P3', yuan(10_000));
  expect(await standing()).toEqual([null, 0n, 2n * owed]);
  // What was due before is in force before, though nobody looked: the last word is the last one.
  const due = { kind: 'cap', amount: 70_000n, effectiveAt: rig.clock.now() + 1_000 } as const;
  await approved(propose(due));
  rig.clock.skip(2_000);
  await approved(propose({ kind: 'cap', amount: 80_000n }));
  expect(await lookAtCaps(world())).toMatchObject({ applied: 0 });
  expect(await standing()).toEqual([80_000n, 0n, 2n * owed]);
  await proved();
});

test('levels are noted when they are reached and when they fall back', async () => {
  await begin(owed * 2n);
  const { database } = rig.fresh;
  const written = new Map();
  const look = () => lookAtCaps(world(), written);
  expect(await look()).toEqual({ raised: 0, eased: 0, applied: 0 });
  await paid(rig, 'P1', yuan(10_000));
  expect(await look()).toMatchObject({ raised: 1 });
  expect(await look()).toMatchObject({ raised: 0, eased: 0 });
  // A wallet says what it has reached, however many alerts of others are newer.
  await database.query(
    'insert into cap_alerts (account_id, level, raised_at, raised_owed, raised_most) ' +
      'select a.account_id, l, $1, 1, 1 from accounts a, generate_series(1, 100) l ' +
      "where a.name = 'position:CHENGDU:CNY'",
    [rig.clock.now() + 1],
  );
  expect((await readCaps(database)).wallets[0]?.reached).toEqual([50]);
  await database.query('delete from cap_alerts where raised_owed = 1');
  await writeLevels(database, 'TNG', [50, 60]);
  await approved(propose({ kind: 'cap', amount: (owed * 100n) / 65n }));
  rig.clock.skip(600_000);
  expect(await look()).toMatchObject({ raised: 1, eased: 0 });
  // 49 per cent is too near to 50 to be over: it must be below 48.
  await approved(topUp((owed * 100n) / 49n - (owed * 100n) / 65n, 'BK1'));
  expect(await look()).toMatchObject({ raised: 0, eased: 1 });
  await approved(topUp(owed, 'BK2'));
  expect(await look()).toMatchObject({ raised: 0, eased: 1 });
  const seen = await readCapsOf(database, 'TNG');
  expect(seen?.reached).toEqual([]);
  expect(seen?.levels).toEqual([50, 60]);
  expect(
    seen?.alerts.map(({ level, raisedOwed, raisedMost }) => [
      level,
      raisedOwed.value,
      raisedMost.value,
    ]),
  ).toEqual([
    [60, String(owed), String((owed * 100n) / 65n)],
    [50, String(owed), String(owed * 2n)],
  ]);
  const span = { from: rig.clock.now() - 86_400_000, to: rig.clock.now() };
  const history = await readCapHistory(database, 'TNG', span);
  expect(history?.points.map((point) => point.owed)).toEqual([String(owed), String(owed)]);
  await proved();
});

test('over HTTP: two persons at the console, and a signed GET for the wallet itself', async () => {
  await begin(5_000n);
  const hub = present(rig.hubs[0], 'a hub');
  const server = Fastify();
  capRoutes(server, hub, rig.fresh.database);
  ownCapRoutes(server, hub, rig.fresh.database);
  const post = async (url: string, payload: object) => {
    const answer = await server.inject({ method: 'POST', url: `/console/api/caps${url}`, payload });
    const { error, ...body } = answer.json() as Record<string, unknown>;
    const { code, field } = (error ?? {}) as { code?: string; field?: string };
    return [answer.statusCode, code ?? body.state, ...(field === undefined ? [] : [field])];
  };
  const top = { kind: 'top_up', participantId: 'TNG', by: 'Wang', amount: '100' };
  const proposed = { ...top, bankReference: 'BK1' };
  expect(await post('/changes', top)).toEqual([400, 'PARAM_ILLEGAL', 'bankReference']);
  const nothing = { ...proposed, amount: '0' };
  expect(await post('/changes', nothing)).toEqual([400, 'PARAM_ILLEGAL', 'amount']);
  const stranger = { ...proposed, participantId: 'CHENGDU' };
  expect(await post('/changes', stranger)).toEqual([404, 'NO_SUCH_WALLET']);
  expect(await post('/changes', proposed)).toEqual([200, 'PROPOSED']);
  const at = '/changes/K00000001';
  expect(await post(`${at}/approve`, { by: 'Wang' })).toEqual([409, 'SAME_PERSON']);
  expect(await post(`${at}/approve`, { by: 'Li' })).toEqual([200, 'DONE']);
  expect(await post(`${at}/reject`, { by: 'Li' })).toEqual([409, 'WRONG_ORDER']);
  expect(await post('/changes/K9/approve', { by: 'Li' })).toEqual([404, 'NO_SUCH_CHANGE']);

  const get = async (clientId: string) => {
    const headers = await sealRequest({
      method: 'GET',
      uri: '/caps',
      clientId,
      time: formatTime(rig.clock.now()),
      body: '',
      algorithm: 'ES256',
      key: rig.keys.get(clientId) as KeyObject,
      keyVersion: '1',
    });
    return server.inject({ url: '/caps', headers });
  };
  const own = await get('TNG');
  const opened = openResponse({
    method: 'GET',
    uri: '/caps',
    clientId: 'TNG',
    headers: own.headers as Record<string, string>,
    body: own.body,
    keys: () => ({ algorithm: 'ES256', key: rig.hubKey('ES256') }),
    now: rig.clock.now(),
  });
  expect(opened).toMatchObject({ ok: true });
  expect(own.json()).toMatchObject({ mayOwe: { value: '5100' }, deposit: { value: '100' } });
  expect((await get('CHENGDU')).statusCode).toBe(404);
  expect((await server.inject({ url: '/caps' })).statusCode).toBe(401);
  await server.close();
});
