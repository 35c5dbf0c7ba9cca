// Several hubs on one database behave as one: duplicates at once, words that reach another hub.

import { afterEach, expect, test } from 'vitest';
import { type Rig, startRig } from './rig.ts';
import {
  acquirer,
  codeOf,
  contents,
  expectBalanced,
  malaysian,
  orderCodeIn,
  payForOrderCode,
  payWithCode,
  rates,
  yuan,
} from './scenes.ts';
import { walletPaymentIdOf } from './wallet.ts';

let rig: Rig;
afterEach(() => rig.close());

const atOnce = 32;
const hubs = 2;
const partners = [acquirer, { ...malaysian, cap: 500_000n }];

const times = <T>(work: (each: number) => Promise<T>): Promise<T[]> =>
  Promise.all(Array.from({ length: atOnce }, (_, each) => work(each)));

async function rowsOf(table: string): Promise<number> {
  const rows = await rig.fresh.database.query<{ count: string }>(`select count(*) from ${table}`);
  return Number(rows[0]?.count);
}

test(`${atOnce} of the same payment at once, half to each hub: one effect`, async () => {
  rig = await startRig({ hubs, lanes: 4, partners, rates });
  const code = await codeOf(rig, 'TNG');
  const body = payWithCode('P1', yuan(12_000), code);
  const told = await times((each) => rig.call('CHENGDU', 'pay', body, each % hubs));
  await rig.rest();
  // Whoever came while the wallet was asked is told that it is in process; nobody is refused.
  for (const each of told) expect(['SUCCESS', 'PAYMENT_IN_PROCESS']).toContain(each.resultCode);
  expect(new Set(told.map((each) => each.body.paymentId)).size).toBe(1);
  expect(await rowsOf('payments')).toBe(1);
  expect(rig.wallets.get('TNG')?.heard).toHaveLength(1);
  expect(rig.notices).toHaveLength(1);
  const again = await rig.call('CHENGDU', 'pay', body);
  expect(again.resultCode).toBe('SUCCESS');
  await expectBalanced(rig);
});

test(`${atOnce} of the same order, scan and notice at once: one effect each`, async () => {
  rig = await startRig({ hubs, lanes: 4, partners, rates });
  const wallet = rig.wallets.get('TNG');
  const order = payForOrderCode('P1', yuan(12_000));
  const placed = await times((each) => rig.call('CHENGDU', 'pay', order, each % hubs));
  const codes = new Set(placed.map(orderCodeIn));
  expect(codes.size).toBe(1);
  const scan = { codeValue: [...codes][0], customerId: 'ANNA' };
  const scans = await times((each) => rig.call('TNG', 'userInitiatedPay', scan, each % hubs));
  const legs = new Set(scans.map((each) => each.body.paymentRequestId));
  expect(legs.size).toBe(1);
  const legId = String([...legs][0]);
  const notice = {
    paymentRequestId: legId,
    paymentResult: { resultCode: 'SUCCESS', resultStatus: 'S' },
    paymentId: walletPaymentIdOf('TNG', legId),
  };
  const notified = await times((each) => rig.call('TNG', 'notifyPayment', notice, each % hubs));
  await rig.rest();
  expect(new Set(notified.map((each) => each.resultCode))).toEqual(new Set(['SUCCESS']));
  expect([await rowsOf('payments'), await rowsOf('legs'), await rowsOf('journals')]).toEqual([
    1, 1, 1,
  ]);
  expect(rig.notices).toHaveLength(1);
  expect(wallet?.heard).toEqual([]);
  await expectBalanced(rig);
});

test('one code, many payments at once: exactly one may have it', async () => {
  rig = await startRig({ hubs, lanes: 4, partners, rates });
  const code = await codeOf(rig, 'TNG');
  const told = await times((each) =>
    rig.call('CHENGDU', 'pay', payWithCode(`P${each}`, yuan(1_000), code), each % hubs),
  );
  await rig.rest();
  const paid = told.filter((each) => each.resultCode === 'SUCCESS');
  expect(paid).toHaveLength(1);
  const others = told.filter((each) => each.resultCode === 'EXPIRED_CODE');
  expect(others).toHaveLength(atOnce - 1);
  await expectBalanced(rig);
});

test('a word that reaches another hub counts, and the hub that waits hears of it', async () => {
  rig = await startRig({ hubs, lanes: 2, partners, rates });
  const wallet = rig.wallets.get('TNG');
  if (wallet === undefined) throw new Error('no wallet');
  wallet.decide = () => 'held';
  const code = await codeOf(rig, 'TNG');
  const waiting = rig.call('CHENGDU', 'pay', payWithCode('P1', yuan(12_000), code), 0);
  await rig.rest();
  const [legId = ''] = wallet.lines.keys();
  wallet.settle(legId, 'S');
  const notice = {
    paymentRequestId: legId,
    paymentResult: { resultCode: 'SUCCESS', resultStatus: 'S' },
    paymentId: walletPaymentIdOf('TNG', legId),
  };
  expect((await rig.call('TNG', 'notifyPayment', notice, 1)).resultCode).toBe('SUCCESS');
  expect(
    (await rig.call('CHENGDU', 'inquiryPayment', { paymentRequestId: 'P1' }, 1)).body,
  ).toMatchObject({ paymentResult: { resultCode: 'SUCCESS' } });
  // No time goes by: the wallet's own answer is what tells the hub that waits.
  wallet.release(legId);
  expect((await waiting).resultCode).toBe('SUCCESS');
  await rig.rest();
  expect(rig.notices).toHaveLength(1);
  await expectBalanced(rig);
});

test('a hub that stops leaves its outbox to the other', async () => {
  rig = await startRig({ hubs, lanes: 2, partners, rates });
  rig.deafen('CHENGDU', true);
  const order = payForOrderCode('P1', yuan(12_000));
  const codeValue = orderCodeIn(await rig.call('CHENGDU', 'pay', order, 0));
  await rig.call('TNG', 'userInitiatedPay', { codeValue, customerId: 'ANNA' }, 0);
  const stopping = rig.hubs[0]?.stop();
  await rig.advance(200_000);
  await stopping;
  rig.deafen('CHENGDU', false);
  await rig.advance(200_000);
  expect(rig.notices.map((notice) => notice.resultCode)).toEqual(['ORDER_IS_CLOSED']);
  expect(rig.wallets.get('TNG')?.heard.at(-1)).toMatch(/^cancelPayment/);
  const before = await contents(rig);
  await rig.advance(60_000);
  expect(await contents(rig)).toEqual(before);
  await expectBalanced(rig);
});
