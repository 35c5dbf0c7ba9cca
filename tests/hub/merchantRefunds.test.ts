// Refunds whose end a merchant wants to be told of: at once or later, on the schedule, and again by
// hand when nobody has taken the notice.

import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import {
  listNotices,
  type NoticeDesk,
  replayAll,
  replayNotice,
} from '../../src/api/console/notices.ts';
import { present } from '../../src/base/assert.ts';
import { defaultTiming } from '../../src/base/limits.ts';
import { markSandbox } from '../../src/network/clockStore.ts';
import {
  acknowledgement,
  type MerchantScene,
  openMerchantScene,
  type Shop,
} from './merchantShop.ts';
import { codeOf, expectBalanced, yuan } from './scenes.ts';
import { isGenuineNotice, type SdkName, sdks } from './sdk.ts';
import type { SimulatedWallet } from './wallet.ts';

/** A short schedule: three repeats, then it is given up. */
const noticeDelaysMs = [2_000, 4_000, 8_000];

let scene: MerchantScene;
let wallet: SimulatedWallet;
let shop: Shop;

beforeAll(async () => {
  scene = await openMerchantScene({ timing: { noticeDelaysMs } });
  wallet = scene.rig.wallets.get('TNG') as SimulatedWallet;
  shop = await scene.addShop('RAMEN', 'java');
});

afterEach(() => {
  wallet.decideRefund = () => 'S';
  wallet.away = false;
  scene.answerNotices(200, acknowledgement);
});

afterAll(async () => {
  await scene.rig.rest();
  await expectBalanced(scene.rig);
  await scene.close();
});

async function paid(by: Shop, id: string): Promise<string> {
  const { rig } = scene;
  const told = await by.call('pay', {
    productCode: 'IN_STORE_PAYMENT',
    paymentRequestId: id,
    paymentAmount: yuan(10_000),
    order: { referenceOrderId: id, orderDescription: 'Noodles', orderAmount: yuan(10_000) },
    paymentMethod: {
      paymentMethodType: 'CONNECT_WALLET',
      paymentMethodId: await codeOf(rig, 'TNG'),
    },
  });
  expect(told.result.resultCode).toBe('SUCCESS');
  await rig.rest();
  return told.body.paymentId;
}

const told = (id: string) =>
  scene.heard
    .map((notice) => ({ notice, said: JSON.parse(notice.body) }))
    .filter(({ said }) => said.refundRequestId === id);

function desk(): NoticeDesk {
  const [hub] = scene.rig.hubs;
  if (hub === undefined) throw new Error('no hub');
  return {
    database: scene.rig.fresh.database,
    rules: hub.configuration.rules(),
    run: (commands) => Promise.all(commands.map((command) => hub.desk.run(command))),
    runDisputes: (commands) => Promise.all(commands.map((command) => hub.disputes.run(command))),
  };
}

const listed = async (state: 'waiting' | 'given_up' | 'taken', refundId: string) => {
  await scene.rig.advance(300);
  const { notices } = await listNotices(desk(), { state, limit: 50 });
  return notices.filter((notice) => notice.refundId === refundId);
};

const refundNotifyUrl = () => scene.noticeUrl.replace(/notify.*/, 'refunded?by=hand');

describe.each(Object.keys(sdks) as SdkName[])('the %s SDK', (sdk) => {
  test('hears of an asynchronous refund once it has ended, where it said', async () => {
    const { rig, networkKey } = scene;
    const by = await scene.addShop(`BACK_${sdk}`, sdk);
    const paymentId = await paid(by, 'SALE');
    wallet.decideRefund = () => 'U';
    const id = `ASYNC_${sdk}`;
    const request = {
      refundRequestId: id,
      paymentId,
      refundAmount: yuan(4_000),
      refundNotifyUrl: refundNotifyUrl(),
      isAsyncRefund: true,
    };
    const asked = await by.call('refund', request);
    expect(asked.result).toMatchObject({ resultStatus: 'U', resultCode: 'PAYMENT_IN_PROCESS' });
    expect(asked.body).toMatchObject({ refundRequestId: id, refundAmount: yuan(4_000) });
    await rig.rest();
    expect(told(id)).toEqual([]);
    wallet.decideRefund = () => 'S';
    await rig.advance(60_000);
    const [first, ...more] = told(id);
    expect(more).toEqual([]);
    if (first === undefined) throw new Error('nothing was told');
    expect(first.notice.path).toBe('/refunded?by=hand');
    expect(isGenuineNotice(first.notice, networkKey)).toBe(true);
    expect(first.said).toEqual({
      notifyType: 'REFUND_RESULT',
      result: { resultCode: 'SUCCESS', resultStatus: 'S', resultMessage: expect.any(String) },
      refundStatus: 'SUCCESS',
      refundRequestId: id,
      refundId: asked.body.refundId,
      refundAmount: yuan(4_000),
      refundTime: expect.stringMatching(/\+08:00$/),
    });
    const again = await by.call('refund', request);
    expect(again.result.resultCode).toBe('SUCCESS');
    await rig.advance(60_000);
    expect(told(id)).toHaveLength(1);
  });
});

describe('who is told', () => {
  let paymentId: string;
  beforeAll(async () => {
    paymentId = await paid(shop, 'WHO');
  });

  const refund = (refundRequestId: string, more: object = {}) =>
    shop.call('refund', { refundRequestId, paymentId, refundAmount: yuan(100), ...more });

  test('nobody, where nothing was said', async () => {
    expect((await refund('QUIET')).result.resultCode).toBe('SUCCESS');
    await scene.rig.rest();
    expect(told('QUIET')).toEqual([]);
  });

  test('the address of the refund, beside the answer', async () => {
    const done = await refund('BOTH', { refundNotifyUrl: refundNotifyUrl() });
    expect(done.result.resultCode).toBe('SUCCESS');
    await scene.rig.rest();
    expect(told('BOTH')).toHaveLength(1);
  });

  test('the address of the record, where an asynchronous one names none', async () => {
    const asked = await refund('RECORD', { isAsyncRefund: true });
    expect(asked.result.resultStatus).toBe('U');
    await scene.rig.rest();
    expect(told('RECORD').map(({ notice }) => notice.path)).toEqual(['/notify?shop=1']);
  });

  test('of a refusal by the wallet too', async () => {
    wallet.decideRefund = () => ({ failure: 'RISK_REJECT' });
    await refund('REFUSED', { isAsyncRefund: true });
    await scene.rig.rest();
    expect(told('REFUSED').map(({ said }) => said)).toMatchObject([
      { refundStatus: 'FAIL', result: { resultStatus: 'F', resultCode: 'RISK_REJECT' } },
    ]);
    expect(told('REFUSED')[0]?.said).not.toHaveProperty('refundTime');
  });

  test('of one that is over what is left', async () => {
    const over = await refund('OVER', {
      refundAmount: yuan(10_001),
      refundNotifyUrl: refundNotifyUrl(),
    });
    expect(over.result.resultCode).toBe('REFUND_AMOUNT_EXCEED');
    await scene.rig.rest();
    expect(told('OVER').map(({ said }) => said.refundStatus)).toEqual(['FAIL']);
  });

  test('once, also when the wallet answers two calls about one refund', async () => {
    const { rig } = scene;
    wallet.away = true;
    const asked = await refund('SLOW', { isAsyncRefund: true });
    await rig.advance(defaultTiming.partnerCallMs + 1_000);
    wallet.away = false;
    await rig.advance(120_000);
    expect(told('SLOW')).toHaveLength(1);
    const [row] = await rig.fresh.database.query<{ count: string }>(
      'select count(*) as count from outbox',
    );
    expect(row?.count).toBe('0');
    expect(asked.result.resultStatus).toBe('U');
  });
});

test('it is repeated on the schedule, then kept, and sent again by hand', async () => {
  const { rig } = scene;
  const paymentId = await paid(shop, 'GIVEN UP');
  scene.answerNotices(500, '');
  const asked = await shop.call('refund', {
    refundRequestId: 'KEPT',
    paymentId,
    refundAmount: yuan(100),
    refundNotifyUrl: refundNotifyUrl(),
  });
  const { refundId } = asked.body;
  await rig.rest();
  expect(told('KEPT')).toHaveLength(1);
  expect(await listed('waiting', refundId)).toMatchObject([{ paymentId, attempts: [{}] }]);
  for (const delay of noticeDelaysMs) await rig.advance(delay + 1_000);
  expect(told('KEPT')).toHaveLength(noticeDelaysMs.length + 1);
  const [kept] = await listed('given_up', refundId);
  expect(kept?.attempts).toHaveLength(noticeDelaysMs.length + 1);
  expect(kept).toMatchObject({ resultCode: 'SUCCESS', nextAttemptAt: null });

  scene.answerNotices(200, acknowledgement);
  expect(await replayNotice(desk(), refundId)).toBe('replayed');
  await rig.advance(1_000);
  expect(told('KEPT')).toHaveLength(noticeDelaysMs.length + 2);
  expect(await listed('given_up', refundId)).toEqual([]);
  expect(await listed('taken', refundId)).toMatchObject([{ state: 'taken', paymentId }]);

  expect(await replayNotice(desk(), refundId)).toBe('replayed');
  await rig.advance(1_000);
  expect(told('KEPT')).toHaveLength(noticeDelaysMs.length + 3);
  expect(
    await replayNotice(
      desk(),
      refundId.replace(/\d$/, (last: string) => `${(Number(last) + 1) % 10}`),
    ),
  ).not.toBe('replayed');
});

test('all that were given up are sent again together, refunds too', async () => {
  const { rig } = scene;
  const paymentId = await paid(shop, 'ALL');
  scene.answerNotices(500, '');
  const more = { paymentId, refundAmount: yuan(100), refundNotifyUrl: refundNotifyUrl() };
  await shop.call('refund', { refundRequestId: 'ALL-1', ...more });
  await shop.call('refund', { refundRequestId: 'ALL-2', ...more });
  for (const delay of noticeDelaysMs) await rig.advance(delay + 1_000);
  scene.answerNotices(200, acknowledgement);
  const before = [told('ALL-1').length, told('ALL-2').length];
  expect(await replayAll(desk(), 'WAYFARE_ACQUIRING')).toBe(2);
  await rig.advance(1_000);
  expect([told('ALL-1').length, told('ALL-2').length]).toEqual(before.map((count) => count + 1));
});

test('a refund that nobody is told of has no notice to send', async () => {
  const paymentId = await paid(shop, 'NONE');
  const done = await shop.call('refund', {
    refundRequestId: 'NONE',
    paymentId,
    refundAmount: yuan(100),
  });
  expect(await replayNotice(desk(), done.body.refundId)).toBe('unknown_payment');
});

test('a page that looks on sees what was given back as soon as it is', async () => {
  await paid(shop, 'LIVE');
  // On a demo network nobody has to sign in.
  await markSandbox(scene.rig.fresh.database);
  await present(scene.rig.hubs[0], 'the hub').clock.follow();
  const leaving = new AbortController();
  const live = await fetch(`${scene.server.url}/console/api/live`, { signal: leaving.signal });
  const refund = { paymentRequestId: 'LIVE', refundRequestId: 'LIVE-R', refundAmount: yuan(2_500) };
  expect((await shop.call('refund', refund)).result.resultCode).toBe('SUCCESS');
  let heard = '';
  for await (const part of live.body ?? []) {
    heard += Buffer.from(part).toString();
    if (heard.includes('"refundedAmount"')) break;
  }
  leaving.abort();
  expect(heard).toContain('"refundedAmount":{"currency":"CNY","value":"2500"}');
});
