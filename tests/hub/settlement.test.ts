// Settling on a real Postgres: what is due when, four eyes, the bank's word, and nothing left.

import { afterEach, expect, test } from 'vitest';
import { present } from '../../src/base/assert.ts';
import { dateOf } from '../../src/calendar/businessDay.ts';
import {
  type Closing,
  closeAndNet,
  type StepReply,
  type StepRequest,
  takeStep,
} from '../../src/settlement/commands.ts';
import {
  type BatchHistory,
  readBalances,
  readHistories,
  writeTerms,
} from '../../src/settlement/store.ts';
import { readSettlement } from '../../src/settlement/viewStore.ts';
import { closingWorld, day, expectProved, instant, refundOf, skipTo } from './closing.ts';
import { type Rig, startRig } from './rig.ts';
import { acquirer, malaysian, paid, rates, yuan } from './scenes.ts';

let rig: Rig;
afterEach(() => rig.close());

const begin = (start: string) =>
  startRig({ partners: [acquirer, malaysian], rates, start: instant(start) });

/** Closes and nets at half past midnight of a date. */
async function closeOn(date: string): Promise<Closing> {
  skipTo(rig, `${date} 00:30`);
  return closeAndNet(closingWorld(rig), { by: 'Wang' });
}

/** What was netted, by participant: the amount, or why there is none. */
function netted(closing: Closing): Record<string, string> {
  return Object.fromEntries(
    closing.netted.map(({ agreement, netting, batch }) => [
      agreement.participantId,
      batch === undefined ? netting.kind : String(batch.amount),
    ]),
  );
}

const histories = () => readHistories(rig.fresh.database, 100);

async function batchOf(closing: Closing, participantId: string): Promise<string> {
  const found = closing.netted.find((each) => each.agreement.participantId === participantId);
  return present(found?.batch, `the batch of ${participantId}`).settlementBatchId;
}

const step = (
  settlementBatchId: string,
  verb: StepRequest['verb'],
  by: string,
  entry?: StepRequest['entry'],
): Promise<StepReply> => takeStep(closingWorld(rig), { settlementBatchId, verb, by, entry });

/** Brings a batch to SENT. */
async function sendOff(id: string): Promise<void> {
  expect(await step(id, 'check', 'Wang')).toEqual({ kind: 'done', state: 'CHECKED' });
  expect(await step(id, 'approve', 'Li')).toEqual({ kind: 'done', state: 'APPROVED' });
  expect(await step(id, 'send', 'Wang')).toEqual({ kind: 'done', state: 'SENT' });
}

const line = (bankReference: string, amount: bigint, date: string) => ({
  bankReference,
  amount,
  valueDay: day(date),
});

const balances = async () => Object.fromEntries(await readBalances(rig.fresh.database));

test('National Day: what is due in the golden week is settled after it', async () => {
  rig = await begin('2026-09-28 12:00');
  for (const date of ['2026-09-28', '2026-09-29', '2026-09-30', '2026-10-03']) {
    if (date > '2026-09-28') skipTo(rig, `${date} 12:00`);
    await paid(rig, `P${date}`, yuan(10_000));
    if (date === '2026-09-29') {
      // T+2 of Monday, the last working day before the week.
      const wednesday = await closeOn('2026-09-30');
      expect(netted(wednesday)).toEqual({ CHENGDU: '9950', TNG: '-6268' });
    }
  }
  for (const date of ['2026-10-04', '2026-10-07']) {
    expect(netted(await closeOn(date))).toEqual({ CHENGDU: 'closed_market', TNG: 'closed_market' });
  }
  // Tuesday's second working day is the eighth; Wednesday's and the week's own is the ninth.
  expect(netted(await closeOn('2026-10-08'))).toEqual({ CHENGDU: '9950', TNG: '-6268' });
  expect(netted(await closeOn('2026-10-09'))).toEqual({ CHENGDU: '19900', TNG: '-12536' });
  // The tenth is a Saturday that China works on and Malaysia does not; due is an empty day.
  expect(netted(await closeOn('2026-10-10'))).toEqual({
    CHENGDU: 'carried',
    TNG: 'closed_market',
  });
  const days = (await histories()).map(({ batch }) => dateOf(batch.settlementDay));
  expect(new Set(days)).toEqual(new Set(['2026-10-09', '2026-10-08', '2026-09-30']));
  await expectProved(rig.fresh.database);
});

test('what is seen: open, cleared, in a batch, at the banks, each in its time', async () => {
  rig = await begin('2026-11-23 12:00');
  const seen = async () => {
    const view = await readSettlement(closingWorld(rig));
    const found = view.agreements.find(({ participantId }) => participantId === 'CHENGDU');
    const { open, cleared, settling, underWay, nextDay } = present(found, 'the agreement');
    const places = [open, cleared, settling, underWay].map(({ value }) => value);
    return [view.openDay, ...places, nextDay];
  };
  expect(await seen()).toEqual(['2026-11-23', '0', '0', '0', '0', null]);
  await paid(rig, 'P1', yuan(10_000));
  expect(await seen()).toEqual(['2026-11-23', '9950', '0', '0', '0', null]);
  await closeOn('2026-11-24');
  expect(await seen()).toEqual(['2026-11-24', '0', '9950', '0', '0', '2026-11-25']);
  const chengdu = await batchOf(await closeOn('2026-11-25'), 'CHENGDU');
  expect(await seen()).toEqual(['2026-11-25', '0', '0', '9950', '0', null]);
  await sendOff(chengdu);
  expect(await seen()).toEqual(['2026-11-25', '0', '0', '0', '9950', null]);
});

test('T+1 where it was agreed, and less than the minimum waits for more', async () => {
  rig = await begin('2026-11-23 12:00');
  const { database } = rig.fresh;
  await writeTerms(database, 'CHENGDU', { daysAfter: 1, minimumAmount: 15_000n });
  await paid(rig, 'P1', yuan(10_000));
  expect(netted(await closeOn('2026-11-24'))).toEqual({ CHENGDU: 'carried', TNG: 'nothing_due' });
  await rig.advance(1_000);
  await paid(rig, 'P2', yuan(10_000));
  expect(netted(await closeOn('2026-11-25'))).toEqual({ CHENGDU: '19900', TNG: '-6268' });
  // Called again it makes nothing twice.
  expect(netted(await closeAndNet(closingWorld(rig), { by: 'Li' }))).toEqual({});
  await expectProved(database);
});

test('a batch goes its way in order, with four eyes, and leaves nothing behind', async () => {
  rig = await begin('2026-11-23 12:00');
  const { database } = rig.fresh;
  await paid(rig, 'P1', yuan(10_000));
  await closeOn('2026-11-24');
  const closing = await closeOn('2026-11-25');
  const [chengdu, tng] = [await batchOf(closing, 'CHENGDU'), await batchOf(closing, 'TNG')];
  expect(await step(chengdu, 'approve', 'Li')).toEqual({
    kind: 'wrong_order',
    state: 'CLOSED',
    needs: 'CHECKED',
  });
  expect(await step(chengdu, 'check', 'Wang Fang')).toMatchObject({ kind: 'done' });
  expect(await step(chengdu, 'check', 'Wang Fang')).toMatchObject({ kind: 'repeated' });
  expect(await step(chengdu, 'check', 'Li')).toMatchObject({ kind: 'wrong_order' });
  // Another spelling of a name is no other person.
  expect(await step(chengdu, 'approve', ' wang  FANG ')).toEqual({
    kind: 'same_person',
    by: 'Wang Fang',
  });
  expect(await step(chengdu, 'send', 'Li')).toMatchObject({ kind: 'wrong_order' });
  expect(await step(chengdu, 'approve', 'Li')).toMatchObject({ kind: 'done' });
  expect(await step(chengdu, 'send', 'Li')).toMatchObject({ kind: 'done', state: 'SENT' });
  await expectProved(database);
  expect(await balances()).toMatchObject({
    'position:CHENGDU:CNY': 0n,
    'transit:CHENGDU:CNY': 9_950n,
    'position:TNG:MYR': -6_268n,
  });
  await sendOff(tng);
  // Who must pay owes until the money is there.
  expect(await balances()).toMatchObject({ 'position:TNG:MYR': -6_268n, 'transit:TNG:MYR': 0n });
  expect(await step(chengdu, 'finish', 'Li')).toMatchObject({ kind: 'wrong_order' });
  const sent = line('BK1', 9_950n, '2026-11-25');
  expect(await step(chengdu, 'confirm', 'Li', sent)).toEqual({ kind: 'done', state: 'CONFIRMED' });
  expect(await step(chengdu, 'confirm', 'Li', sent)).toMatchObject({ kind: 'repeated' });
  const came = line('BK2', -6_268n, '2026-11-25');
  expect(await step(tng, 'confirm', 'Li', came)).toEqual({ kind: 'done', state: 'CONFIRMED' });
  expect(await step(tng, 'confirm', 'Li', line('BK1', -6_268n, '2026-11-25'))).toMatchObject({
    kind: 'wrong_order',
  });
  expect(await step(chengdu, 'finish', 'Li')).toMatchObject({ kind: 'done', state: 'FINISHED' });
  expect(await step(tng, 'finish', 'Li')).toMatchObject({ kind: 'done', state: 'FINISHED' });
  for (const [name, net] of await readBalances(database)) expect([name, net]).toEqual([name, 0n]);
  await expectProved(database);
  expect(await step('S0', 'check', 'Li')).toEqual({ kind: 'no_such_batch' });
});

test('a wrong amount from the bank stays a difference that everybody sees', async () => {
  rig = await begin('2026-11-23 12:00');
  const { database } = rig.fresh;
  await paid(rig, 'P1', yuan(10_000));
  await closeOn('2026-11-24');
  const closing = await closeOn('2026-11-25');
  const [chengdu, tng] = [await batchOf(closing, 'CHENGDU'), await batchOf(closing, 'TNG')];
  await sendOff(chengdu);
  await sendOff(tng);
  const on = '2026-11-25';
  // Ten yuan too little were paid out, and a wallet paid one ringgit too much.
  expect(await step(chengdu, 'confirm', 'Li', line('B1', 8_950n, on))).toEqual({
    kind: 'differs',
    state: 'SENT',
    difference: 1_000n,
  });
  expect(await step(tng, 'confirm', 'Li', line('B2', -6_368n, on))).toEqual({
    kind: 'differs',
    state: 'SENT',
    difference: 100n,
  });
  expect(await balances()).toMatchObject({
    'position:CHENGDU:CNY': 0n,
    'transit:CHENGDU:CNY': 1_000n,
    'position:TNG:MYR': 0n,
    'transit:TNG:MYR': 100n,
  });
  await expectProved(database);
  // A reference is one line of one statement.
  expect(await step(chengdu, 'confirm', 'Li', line('B1', 1_000n, on))).toEqual({
    kind: 'known_reference',
    settlementBatchId: chengdu,
  });
  expect(await step(chengdu, 'confirm', 'Li', line('B3', 1_000n, on))).toMatchObject({
    kind: 'done',
  });
  expect(await step(tng, 'confirm', 'Li', line('B4', 100n, on))).toMatchObject({ kind: 'done' });
  for (const [name, net] of await readBalances(database)) expect([name, net]).toEqual([name, 0n]);
  await expectProved(database);
});

test('a refund after its payment was settled is settled the other way round', async () => {
  rig = await begin('2026-11-23 12:00');
  const { database } = rig.fresh;
  await paid(rig, 'P1', yuan(10_000));
  await closeOn('2026-11-24');
  const first = await batchOf(await closeOn('2026-11-25'), 'CHENGDU');
  await sendOff(first);
  await step(first, 'confirm', 'Li', line('B1', 9_950n, '2026-11-25'));
  await step(first, 'finish', 'Li');
  await rig.call('CHENGDU', 'refund', refundOf('P1', 'R1', 10_000));
  await rig.rest();
  await closeOn('2026-11-26');
  const closing = await closeOn('2026-11-27');
  expect(netted(closing)).toEqual({ CHENGDU: '-9970', TNG: '6262' });
  const second = await batchOf(closing, 'CHENGDU');
  await sendOff(second);
  await step(second, 'confirm', 'Li', line('B2', -9_970n, '2026-11-27'));
  await expectProved(database);
  expect(await balances()).toMatchObject({ 'position:CHENGDU:CNY': 0n, 'transit:CHENGDU:CNY': 0n });
});

test('a batch that is not paid by its day is late, and steps at once by two are one', async () => {
  rig = await begin('2026-11-23 12:00');
  await paid(rig, 'P1', yuan(10_000));
  await closeOn('2026-11-24');
  const chengdu = await batchOf(await closeOn('2026-11-25'), 'CHENGDU');
  await sendOff(chengdu);
  const seen = async () => {
    const { batches } = await readSettlement(closingWorld(rig));
    return batches.find(({ settlementBatchId }) => settlementBatchId === chengdu);
  };
  expect(await seen()).toMatchObject({ state: 'SENT', direction: 'C', break: null });
  skipTo(rig, '2026-11-26 09:00');
  expect(await seen()).toMatchObject({
    break: { kind: 'late', difference: { currency: 'CNY', value: '9950' } },
  });
  const entry = line('B1', 9_950n, '2026-11-26');
  const both = await Promise.all([
    step(chengdu, 'confirm', 'Li', entry),
    step(chengdu, 'confirm', 'Li', entry),
  ]);
  expect(both.map(({ kind }) => kind).sort()).toEqual(['done', 'repeated']);
  const history = (await histories()).find(
    ({ batch }: BatchHistory) => batch.settlementBatchId === chengdu,
  );
  expect(history?.steps.map(({ state, by }) => `${state} ${by}`)).toEqual([
    'CLOSED Wang',
    'CHECKED Wang',
    'APPROVED Li',
    'SENT Wang',
    'CONFIRMED Li',
  ]);
  expect((await seen())?.break).toBe(null);
  await expectProved(rig.fresh.database);
});
