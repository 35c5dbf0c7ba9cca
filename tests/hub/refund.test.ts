// Cancel and refund on a real Postgres: one effect of many at once, and never more than was paid.

import { afterEach, expect, test } from 'vitest';
import { type Rig, startRig } from './rig.ts';
import {
  acquirer,
  expectBalanced,
  korean,
  malaysian,
  paid,
  payForOrderCode,
  rates,
  yuan,
} from './scenes.ts';

let rig: Rig;
afterEach(() => rig.close());

const atOnce = 32;
const hubs = 2;
const second = { ...acquirer, participantId: 'LUZERN' };
const partners = [acquirer, second, { ...malaysian, cap: 500_000n }, korean];

const times = <T>(work: (each: number) => Promise<T>): Promise<T[]> =>
  Promise.all(Array.from({ length: atOnce }, (_, each) => work(each)));

const refundOf = (paymentRequestId: string, refundRequestId: string, fen: number) => ({
  paymentRequestId,
  refundRequestId,
  refundAmount: yuan(fen),
});

/** What a wallet has given back to its customers, in minor units. */
const returnedBy = (walletId: string) =>
  [...(rig.wallets.get(walletId)?.lines.values() ?? [])].reduce((sum, l) => sum + l.returned, 0n);

test('a refund goes to the wallet, and the acquirer hears of it at once', async () => {
  rig = await startRig({ hubs: 1, partners, rates });
  await paid(rig, 'P1', yuan(12_000));
  const told = await rig.call('CHENGDU', 'refund', refundOf('P1', 'R1', 4_000));
  expect(told).toMatchObject({ resultCode: 'SUCCESS' });
  expect(told.body).toMatchObject({
    acquirerId: 'CHENGDU',
    pspId: 'TNG',
    refundAmount: yuan(4_000),
    settlementAmount: yuan(4_000),
  });
  expect(returnedBy('TNG')).toBe(2_512n);
  const inquiry = await rig.call('CHENGDU', 'inquiryPayment', { paymentRequestId: 'P1' });
  expect(inquiry.body.paymentResult).toMatchObject({ resultCode: 'SUCCESS' });
  expect(inquiry.body.transactions).toMatchObject([
    { transactionType: 'PAYMENT', transactionStatus: 'SUCCESS' },
    {
      transactionType: 'REFUND',
      transactionStatus: 'SUCCESS',
      transactionId: told.body.refundId,
      transactionRequestId: 'R1',
      transactionAmount: yuan(4_000),
    },
  ]);
  await expectBalanced(rig);
});

test(`${atOnce} of the same refund at once, half to each hub: one effect`, async () => {
  rig = await startRig({ hubs, lanes: 4, partners, rates });
  await paid(rig, 'P1', yuan(12_000));
  const told = await times((each) =>
    rig.call('CHENGDU', 'refund', refundOf('P1', 'R1', 4_000), each % hubs),
  );
  await rig.rest();
  for (const each of told) expect(['SUCCESS', 'PAYMENT_IN_PROCESS']).toContain(each.resultCode);
  expect(new Set(told.map((each) => each.body.refundId)).size).toBe(1);
  expect(returnedBy('TNG')).toBe(2_512n);
  const again = await rig.call('CHENGDU', 'refund', refundOf('P1', 'R1', 4_000));
  expect(again.resultCode).toBe('SUCCESS');
  await expectBalanced(rig);
});

test(`${atOnce} refunds of one payment at once never exceed it`, async () => {
  rig = await startRig({ hubs, lanes: 4, partners, rates });
  await paid(rig, 'P1', yuan(10_000));
  const told = await times((each) =>
    rig.call('CHENGDU', 'refund', refundOf('P1', `R${each}`, 900), each % hubs),
  );
  await rig.rest();
  const codes = told.map((each) => each.resultCode);
  expect(codes.filter((code) => code === 'SUCCESS')).toHaveLength(11);
  expect(codes.filter((code) => code === 'REFUND_AMOUNT_EXCEED')).toHaveLength(atOnce - 11);
  const rest = await rig.call('CHENGDU', 'refund', refundOf('P1', 'LAST', 100));
  expect(rest.resultCode).toBe('SUCCESS');
  const line = [...(rig.wallets.get('TNG')?.lines.values() ?? [])][0];
  expect(line?.returned).toBe(line?.debited);
  await expectBalanced(rig);
});

test('one refund id, many payments at once: exactly one may have it', async () => {
  rig = await startRig({ hubs, lanes: 4, partners, rates });
  for (let each = 0; each < 8; each++) await paid(rig, `P${each}`, yuan(1_000));
  const told = await times((each) =>
    rig.call('CHENGDU', 'refund', refundOf(`P${each % 8}`, 'R1', 500), each % hubs),
  );
  await rig.rest();
  const refused = told.filter((each) => each.resultCode === 'REPEAT_REQ_INCONSISTENT');
  expect(refused).toHaveLength(atOnce - atOnce / 8);
  expect(returnedBy('TNG')).toBe(314n);
  // Ids belong to acquirers: another one may use the same.
  const own = await rig.call('LUZERN', 'refund', refundOf('P1', 'R1', 500));
  expect(own.resultCode).toBe('ORDER_NOT_EXIST');
  await expectBalanced(rig);
});

test(`${atOnce} of the same cancel at once, half to each hub: one effect`, async () => {
  rig = await startRig({ hubs, lanes: 4, partners, rates });
  await paid(rig, 'P1', yuan(12_000));
  const told = await times((each) =>
    rig.call('CHENGDU', 'cancelPayment', { paymentRequestId: 'P1' }, each % hubs),
  );
  await rig.rest();
  expect(new Set(told.map((each) => each.resultCode))).toEqual(new Set(['SUCCESS']));
  expect(new Set(told.map((each) => each.body.pspId))).toEqual(new Set(['TNG']));
  expect(rig.wallets.get('TNG')?.heard.filter((line) => line.startsWith('cancel'))).toHaveLength(1);
  expect(returnedBy('TNG')).toBe(7_538n);
  const inquiry = await rig.call('CHENGDU', 'inquiryPayment', { paymentRequestId: 'P1' });
  expect(inquiry.body.paymentResult).toMatchObject({ resultCode: 'ORDER_IS_CLOSED' });
  expect(inquiry.body.transactions).toMatchObject([
    { transactionType: 'PAYMENT', transactionStatus: 'SUCCESS' },
    { transactionType: 'CANCEL', transactionStatus: 'SUCCESS' },
  ]);
  expect(rig.notices.map((notice) => notice.resultCode)).toEqual(['SUCCESS']);
  await expectBalanced(rig);
});

test(`${atOnce} cancels of an id that was never paid with, and then the payment`, async () => {
  rig = await startRig({ hubs, lanes: 4, partners, rates });
  const name = { paymentRequestId: 'P1' };
  const told = await times((each) => rig.call('CHENGDU', 'cancelPayment', name, each % hubs));
  expect(new Set(told.map((each) => each.resultCode))).toEqual(new Set(['ORDER_NOT_EXIST']));
  const order = await rig.call('CHENGDU', 'pay', payForOrderCode('P1', yuan(100)));
  expect(order.resultCode).toBe('ORDER_IS_CLOSED');
  expect((await rig.call('CHENGDU', 'inquiryPayment', name)).resultCode).toBe('ORDER_IS_CLOSED');
  const refund = await rig.call('CHENGDU', 'refund', refundOf('P1', 'R1', 100));
  expect(refund.resultCode).toBe('ORDER_NOT_EXIST');
  // It is this acquirer's id only.
  const other = await rig.call('LUZERN', 'pay', payForOrderCode('P1', yuan(100)));
  expect(other.resultCode).toBe('PAYMENT_IN_PROCESS');
  await expectBalanced(rig);
});

test('cancel and refund at once: one of them wins, and the books agree', async () => {
  rig = await startRig({ hubs, lanes: 4, partners, rates });
  for (let each = 0; each < 8; each++) {
    const id = `P${each}`;
    await paid(rig, id, yuan(1_000));
    const [cancel, refund] = await Promise.all([
      rig.call('CHENGDU', 'cancelPayment', { paymentRequestId: id }, each % hubs),
      rig.call('CHENGDU', 'refund', refundOf(id, `R${each}`, 1_000), (each + 1) % hubs),
    ]);
    await rig.rest();
    const won = [cancel, refund].filter((told) => told?.resultCode === 'SUCCESS');
    expect(won).toHaveLength(1);
  }
  for (const line of rig.wallets.get('TNG')?.lines.values() ?? []) {
    expect(line.returned).toBe(line.debited);
  }
  await expectBalanced(rig);
});

test('a refund that is not known is asked again with the same id, by whichever hub', async () => {
  rig = await startRig({ hubs, lanes: 4, partners, rates });
  await paid(rig, 'P1', yuan(12_000));
  const wallet = rig.wallets.get('TNG');
  if (wallet === undefined) throw new Error('no wallet');
  wallet.away = true;
  const waiting = rig.call('CHENGDU', 'refund', refundOf('P1', 'R1', 4_000), 0);
  await rig.advance(9_000);
  expect((await waiting).resultCode).toBe('PAYMENT_IN_PROCESS');
  const repeat = await rig.call('CHENGDU', 'refund', refundOf('P1', 'R1', 4_000), 1);
  expect(repeat).toMatchObject({ resultStatus: 'U' });
  // What is asked for counts as given back already.
  const more = await rig.call('CHENGDU', 'refund', refundOf('P1', 'R2', 8_001), 1);
  expect(more.resultCode).toBe('REFUND_AMOUNT_EXCEED');
  const stopping = rig.hubs[0]?.stop();
  await rig.advance(1_000);
  wallet.away = false;
  await rig.advance(30_000);
  await stopping;
  const asked = wallet.heard.filter((line) => line.startsWith('refund'));
  expect(asked.length).toBeGreaterThan(1);
  expect(wallet.refunds.size).toBe(1);
  expect((await rig.call('CHENGDU', 'refund', refundOf('P1', 'R1', 4_000), 1)).resultCode).toBe(
    'SUCCESS',
  );
  expect(returnedBy('TNG')).toBe(2_512n);
  await expectBalanced(rig);
});

test('a reason of the wallet is one of the table, and a refused message is repeated', async () => {
  rig = await startRig({ hubs: 1, partners, rates });
  await paid(rig, 'P1', yuan(12_000));
  const wallet = rig.wallets.get('TNG');
  if (wallet === undefined) throw new Error('no wallet');
  wallet.decideRefund = () => ({ failure: 'REFUND_AMOUNT_EXCEED' });
  const declined = await rig.call('CHENGDU', 'refund', refundOf('P1', 'R1', 4_000));
  expect(declined).toMatchObject({ resultCode: 'PROCESS_FAIL', resultStatus: 'F' });

  wallet.decideRefund = () => ({ failure: 'INVALID_SIGNATURE' });
  const waiting = rig.call('CHENGDU', 'refund', refundOf('P1', 'R2', 4_000));
  await rig.advance(9_000);
  expect((await waiting).resultCode).toBe('PAYMENT_IN_PROCESS');
  wallet.decideRefund = () => 'S';
  for (const refund of wallet.refunds.values()) {
    if (typeof refund.decision === 'object' && refund.decision.failure === 'INVALID_SIGNATURE') {
      refund.decision = 'U';
    }
  }
  await rig.advance(60_000);
  const done = await rig.call('CHENGDU', 'refund', refundOf('P1', 'R2', 4_000));
  expect(done.resultCode).toBe('SUCCESS');
  expect(returnedBy('TNG')).toBe(2_512n);
  await expectBalanced(rig);
});

test('a refund of an id that was never paid with does not use its own id up', async () => {
  rig = await startRig({ hubs: 1, partners, rates });
  await rig.call('CHENGDU', 'cancelPayment', { paymentRequestId: 'NEVER' });
  const none = await rig.call('CHENGDU', 'refund', refundOf('NEVER', 'R1', 100));
  expect(none.resultCode).toBe('ORDER_NOT_EXIST');
  await paid(rig, 'P1', yuan(1_000));
  const told = await rig.call('CHENGDU', 'refund', refundOf('P1', 'R1', 100));
  expect(told.resultCode).toBe('SUCCESS');
});
