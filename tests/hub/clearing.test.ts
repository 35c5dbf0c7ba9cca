// Closing clearing days on a real Postgres: what is in a day, when it is over, and what cannot be.

import { afterEach, expect, test } from 'vitest';
import { present } from '../../src/base/assert.ts';
import { defaultTiming } from '../../src/base/limits.ts';
import type { Database } from '../../src/base/world.ts';
import { type ClearingBatch, directionOf } from '../../src/clearing/batch.ts';
import { closeDays } from '../../src/clearing/commands.ts';
import { type ClearingItem, readItems } from '../../src/clearing/itemStore.ts';
import { answerCommand } from '../../src/payments/answer.ts';
import { runAside } from '../../src/payments/commands.ts';
import {
  batchesBy,
  closingWorld,
  day,
  dayInWords,
  expectProved,
  instant,
  refundOf,
  skipPast,
  skipTo,
} from './closing.ts';
import { type Rig, startRig } from './rig.ts';
import { acquirer, codeOf, korean, malaysian, paid, payWithCode, rates, yuan } from './scenes.ts';

let rig: Rig;
afterEach(() => rig.close());

const partners = [acquirer, malaysian, korean];
const monday = '2026-09-28';
const tuesday = '2026-09-29';

const begin = (more: Partial<Parameters<typeof startRig>[0]> = {}) =>
  startRig({ partners, rates, start: instant(`${monday} 12:00`), ...more });

async function itemsOf(batch: Pick<ClearingBatch, 'accountId' | 'day'>): Promise<ClearingItem[]> {
  const items: ClearingItem[] = [];
  for await (const some of readItems(rig.fresh.database, batch)) items.push(...some);
  return items;
}

test('a day without a payment has a batch of nothing for every agreement', async () => {
  rig = await begin();
  skipPast(rig, monday);
  const closed = await closeDays(closingWorld(rig), { by: 'Wang' });
  expect(closed).toEqual({ kind: 'closed', days: [day(monday)] });
  expect(await dayInWords(rig, monday)).toEqual({ CHENGDU: '0/0 0', TNG: '0/0 0', KAKAO: '0/0 0' });
  expect(directionOf(0n)).toBe('D');
  await expectProved(rig.fresh.database);
});

test('a payment is in its batches with what it owes, its fees and its interchange', async () => {
  rig = await begin();
  await paid(rig, 'P1', yuan(12_000));
  skipPast(rig, monday);
  await closeDays(closingWorld(rig), { by: 'Wang' });
  const batches = await batchesBy(rig, monday);
  // 120.00 at 1.6 with 50 bp is 75.38; 10 bp service fee; 30 bp interchange of 75.00.
  expect(batches.get('TNG')).toMatchObject({
    payments: { count: 1, gross: -7_538n, interchange: 22n, serviceFee: -8n },
    refunds: { count: 0, gross: 0n },
    net: -7_524n,
  });
  expect(batches.get('CHENGDU')).toMatchObject({
    payments: { count: 1, gross: 12_000n, interchange: -36n, serviceFee: -24n },
    net: 11_940n,
  });
  const [item] = await itemsOf(present(batches.get('CHENGDU'), 'the batch'));
  expect(item).toMatchObject({
    kind: 'payment',
    paymentRequestId: 'P1',
    acquirerId: 'CHENGDU',
    walletId: 'TNG',
    transactionAmount: 12_000n,
    net: 11_940n,
    refund: null,
  });
  await expectProved(rig.fresh.database);
});

test('the last millisecond before midnight is in the day, midnight is in the next', async () => {
  rig = await begin();
  const code = await codeOf(rig, 'TNG');
  skipTo(rig, `${monday} 23:59:30`);
  const late = await codeOf(rig, 'TNG');
  skipTo(rig, `${monday} 23:59:59.999`);
  const fresh = await codeOf(rig, 'KAKAO');
  expect(code).not.toBe(late);
  await rig.call('CHENGDU', 'pay', payWithCode('LAST', yuan(1_000), late));
  skipTo(rig, `${tuesday} 00:00:00.000`);
  await rig.call('CHENGDU', 'pay', payWithCode('FIRST', yuan(2_000), fresh));
  await rig.rest();
  skipPast(rig, tuesday);
  await closeDays(closingWorld(rig), { by: 'Wang' });
  expect(await dayInWords(rig, monday)).toMatchObject({ TNG: '1/0 -627', KAKAO: '0/0 0' });
  expect(await dayInWords(rig, tuesday)).toMatchObject({ TNG: '0/0 0', KAKAO: '1/0 -4008' });
  await expectProved(rig.fresh.database);
});

test('a payment whose word comes after midnight is of the day of the word', async () => {
  rig = await begin();
  const wallet = present(rig.wallets.get('TNG'), 'the wallet');
  wallet.decide = () => 'held';
  skipTo(rig, `${monday} 23:59:58`);
  const code = await codeOf(rig, 'TNG');
  const waiting = rig.call('CHENGDU', 'pay', payWithCode('P1', yuan(1_000), code));
  await rig.rest();
  skipTo(rig, `${tuesday} 00:00:01`);
  const [legId = ''] = wallet.lines.keys();
  wallet.settle(legId, 'S');
  wallet.release(legId);
  expect((await waiting).resultCode).toBe('SUCCESS');
  await rig.rest();
  skipPast(rig, tuesday);
  await closeDays(closingWorld(rig), { by: 'Wang' });
  expect((await dayInWords(rig, monday)).TNG).toBe('0/0 0');
  expect((await dayInWords(rig, tuesday)).TNG).toBe('1/0 -627');
  await expectProved(rig.fresh.database);
});

test('what failed or was cancelled appears nowhere, after midnight too', async () => {
  rig = await begin();
  await paid(rig, 'TODAY', yuan(1_000));
  await rig.call('CHENGDU', 'cancelPayment', { paymentRequestId: 'TODAY' });
  await paid(rig, 'LATER', yuan(1_000));
  const wallet = present(rig.wallets.get('TNG'), 'the wallet');
  wallet.decide = () => ({ failure: 'USER_BALANCE_NOT_ENOUGH' });
  await rig.call('CHENGDU', 'pay', payWithCode('NO', yuan(1_000), await codeOf(rig, 'TNG')));
  skipTo(rig, `${tuesday} 00:14:59.999`);
  const early = await closeDays(closingWorld(rig), { through: day(monday), by: 'Wang' });
  expect(early).toMatchObject({ kind: 'too_early', closesAt: instant(`${tuesday} 00:15`) });
  const cancel = { paymentRequestId: 'LATER' };
  expect((await rig.call('CHENGDU', 'cancelPayment', cancel)).resultCode).toBe('SUCCESS');
  await rig.rest();
  skipPast(rig, tuesday);
  await closeDays(closingWorld(rig), { by: 'Wang' });
  expect((await dayInWords(rig, monday)).TNG).toBe('0/0 0');
  expect((await dayInWords(rig, tuesday)).TNG).toBe('0/0 0');
  await expectProved(rig.fresh.database);
});

test('a day of refunds only is negative for the acquirer, and the fees stay', async () => {
  rig = await begin();
  await paid(rig, 'P1', yuan(12_000));
  skipTo(rig, `${tuesday} 10:00`);
  expect((await rig.call('CHENGDU', 'refund', refundOf('P1', 'R1', 12_000))).resultCode).toBe(
    'SUCCESS',
  );
  await rig.rest();
  skipPast(rig, tuesday);
  await closeDays(closingWorld(rig), { by: 'Wang' });
  const first = await batchesBy(rig, monday);
  const second = await batchesBy(rig, tuesday);
  expect(second.get('CHENGDU')).toMatchObject({
    payments: { count: 0, gross: 0n },
    refunds: { count: 1, gross: -12_000n, interchange: 36n, serviceFee: 0n },
    net: -11_964n,
  });
  expect(second.get('TNG')).toMatchObject({
    refunds: { count: 1, gross: 7_538n, interchange: -22n, serviceFee: 0n },
  });
  // Of payment and refund together nothing is left but what each side pays the network (case 19).
  const both = (id: string) => (first.get(id)?.net ?? 0n) + (second.get(id)?.net ?? 0n);
  expect([both('TNG'), both('CHENGDU')]).toEqual([-8n, -24n]);
  const [item] = await itemsOf(present(second.get('TNG'), 'the batch'));
  expect(item).toMatchObject({
    kind: 'refund',
    paymentRequestId: 'P1',
    refund: { refundRequestId: 'R1' },
    gross: 7_538n,
    net: 7_516n,
  });
  await expectProved(rig.fresh.database);
});

test('no process writes into a closed day, however far its clock is behind', async () => {
  rig = await begin({ hubs: 2, lanes: 4 });
  const wallet = present(rig.wallets.get('TNG'), 'the wallet');
  wallet.decide = () => 'U';
  const codes = await Promise.all(Array.from({ length: 8 }, () => codeOf(rig, 'TNG')));
  const waiting = Promise.all(
    codes.map((code, each) =>
      rig.call('CHENGDU', 'pay', payWithCode(`P${each}`, yuan(1_000), code)),
    ),
  );
  await rig.rest();
  skipPast(rig, monday);
  await closeDays(closingWorld(rig), { by: 'Wang' });
  const { database } = rig.fresh;
  const rules = present(rig.hubs[0]?.configuration.rules(), 'the rules');
  const rows = await database.query<{ payment_number: string }>(
    "select payment_number from payments where state = 'PROCESSING'",
  );
  expect(rows).toHaveLength(8);
  const behind = { ...rig.clock, now: () => instant(`${monday} 23:50`) };
  const answers = await runAside(
    { lanes: rules.lanes, clock: behind, database },
    rows.map((row) =>
      answerCommand(rules, {
        paymentNumber: Number(row.payment_number),
        leg: 1,
        word: { kind: 'success', walletPaymentId: null },
        item: null,
      }),
    ),
  );
  expect(new Set(answers.map(({ kind }) => kind))).toEqual(new Set(['counted']));
  const posted = await database.query<{ posted_at: string }>('select posted_at from journals');
  const floor = instant(`${tuesday} 00:00`) + defaultTiming.acquirerCancelMs;
  expect(posted.map(({ posted_at }) => Number(posted_at))).toEqual(Array(8).fill(floor));
  await expectProved(database);
  await rig.advance(defaultTiming.syncAnswerMs);
  await waiting;
});

test('days are closed while payments go on, by two at once, and again', async () => {
  rig = await begin({ hubs: 2, lanes: 4 });
  for (let each = 0; each < 6; each++) await paid(rig, `OLD${each}`, yuan(1_000 + each));
  skipPast(rig, monday);
  const pays = async () => {
    for (let each = 0; each < 12; each++) await paid(rig, `NEW${each}`, yuan(2_000 + each));
  };
  const world = closingWorld(rig);
  const other = closingWorld(rig);
  const [, one, two] = await Promise.all([
    pays(),
    closeDays(world, { by: 'Wang' }),
    closeDays(other, { by: 'Li' }),
  ]);
  const days = [one, two].flatMap((each) => (each.kind === 'closed' ? each.days : []));
  expect(days).toEqual([day(monday)]);
  expect(await closeDays(world, { by: 'Wang' })).toEqual({ kind: 'closed', days: [] });
  expect((await batchesBy(rig, monday)).get('TNG')?.payments.count).toBe(6);
  await expectProved(rig.fresh.database);
  skipPast(rig, tuesday);
  await closeDays(world, { by: 'Wang' });
  expect((await batchesBy(rig, tuesday)).get('TNG')?.payments.count).toBe(12);
  await expectProved(rig.fresh.database);
});

/** A database whose connection for clearing breaks at its n-th run, before or after it. */
function breaking(database: Database, at: number, after: boolean): Database {
  let runs = 0;
  return {
    ...database,
    session(name) {
      const session = database.session(name);
      if (!name.startsWith('clearing')) return session;
      return {
        async run(statements) {
          const isIt = ++runs === at;
          if (isIt && !after) throw new Error('the process died');
          const rows = await session.run(statements);
          if (isIt) throw new Error('the process died');
          return rows;
        },
      };
    },
  };
}

test('a close that dies anywhere leaves a whole day or none, and is called again', async () => {
  rig = await begin();
  await paid(rig, 'P1', yuan(12_000));
  skipPast(rig, monday);
  const { database } = rig.fresh;
  let deaths = 0;
  for (let at = 1; ; at++) {
    const world = closingWorld(rig, breaking(database, at, at % 2 === 0));
    const died = await closeDays(world, { by: 'Wang' }).then(
      () => false,
      () => true,
    );
    const [found] = await database.query<{ count: string }>(
      'select count(*) from clearing_batches',
    );
    expect(['0', '3']).toContain(found?.count);
    await expectProved(database);
    if (!died) break;
    deaths++;
  }
  // At the end of either lane, at the sums, and at the day itself.
  expect(deaths).toBe(4);
  expect((await batchesBy(rig, monday)).get('CHENGDU')?.net).toBe(11_940n);
});
