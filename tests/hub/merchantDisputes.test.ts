// Disputes about what merchants of our own acquirer sold: they hear, agree or defend themselves in
// their own dialect, and the wallet hears their answer in its own.

import { afterAll, beforeAll, expect, test } from 'vitest';
import { dayMs } from '../../src/calendar/clearingDay.ts';
import { merchantNotifyDisputeRequest } from '../../src/wire/merchantDisputes.ts';
import { type MerchantScene, openMerchantScene, type Shop } from './merchantShop.ts';
import { codeOf, expectBalanced, yuan } from './scenes.ts';
import { isGenuineNotice } from './sdk.ts';

let scene: MerchantScene;
let shop: Shop;
let neighbour: Shop;

beforeAll(async () => {
  scene = await openMerchantScene();
  shop = await scene.addShop('RAMEN', 'java');
  neighbour = await scene.addShop('TEA', 'python');
});

afterAll(async () => {
  await scene.rig.rest();
  await expectBalanced(scene.rig);
  await scene.close();
});

/** Sells something; gives the wallet's own name of the payment. */
async function sold(id: string): Promise<string> {
  const { rig } = scene;
  const told = await shop.call('pay', {
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
  return [...(rig.wallets.get('TNG')?.lines.keys() ?? [])].at(-1) ?? '';
}

/** The wallet opens a dispute; gives the notice that the merchant got of it. */
async function disputed(api: 'initiateRetrieval' | 'initiateEscalation', id: string) {
  const paymentRequestId = await sold(id);
  const amount = api === 'initiateEscalation' ? { escalationAmount: yuan(4_000) } : {};
  const reason = { disputeReasonCode: '7801', disputeReason: 'Never came.' };
  const ask = { disputeRequestId: `D-${id}`, paymentRequestId, ...reason, ...amount };
  expect((await scene.rig.call('TNG', api, ask)).resultCode).toBe('SUCCESS');
  await scene.rig.rest();
  return noticesOf(id)[0];
}

const noticesOf = (paymentRequestId: string) =>
  scene.heard
    .filter(({ body }) => body.includes('disputeNotificationType'))
    .filter((notice) => isGenuineNotice(notice, scene.networkKey))
    .map(({ body }) => merchantNotifyDisputeRequest.parse(JSON.parse(body)))
    .filter((notice) => notice.paymentRequestId === paymentRequestId);

/** What the wallet was last told about its dispute. */
const walletHeard = (api: string, id: string) =>
  scene.rig.disputeCalls.findLast(
    (call) => call.api === api && call.body.disputeRequestId === `D-${id}`,
  )?.body;

const png = Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), Buffer.alloc(90_000, 7)]);

test('evidence is asked for, and supplied as a picture', async () => {
  const notice = await disputed('initiateRetrieval', 'E1');
  expect(notice).toMatchObject({
    disputeNotificationType: 'DISPUTE_CREATED',
    disputeType: 'RETRIEVAL_REQUEST',
    disputeReasonCode: '7801',
    disputeReasonMsg: 'Never came.',
  });
  const disputeId = notice?.disputeId ?? '';
  const supply = (file: Buffer, by = shop) =>
    by.call('supplyDefenseDocument', { disputeId, disputeEvidence: file.toString('base64') });
  expect((await supply(png, neighbour)).result.resultCode).toBe('ORDER_NOT_EXIST');
  expect((await supply(Buffer.from([80, 75, 3, 4, 0]))).result.resultCode).toBe('PARAM_ILLEGAL');
  expect((await shop.call('acceptDispute', { disputeId })).result.resultCode).toBe('PROCESS_FAIL');
  expect((await supply(png)).body).toMatchObject({ disputeId, result: { resultStatus: 'S' } });
  expect((await supply(png)).result.resultCode).toBe('SUCCESS');
  await scene.rig.rest();
  const [file] = (walletHeard('responseRetrieval', 'E1')?.evidences ?? []) as object[];
  expect(file).toMatchObject({
    contentType: 'image/png',
    fileName: 'defense.png',
    fileContent: png.toString('base64'),
  });
});

test('money is asked back: agreed and refunded, or refused with a document', async () => {
  const agreed = await disputed('initiateEscalation', 'M1');
  expect(agreed).toMatchObject({ disputeType: 'CHARGEBACK', disputeAmount: yuan(4_000) });
  const { disputeId } = agreed ?? { disputeId: '' };
  expect((await shop.call('acceptDispute', { disputeId })).body.disputeId).toBe(disputeId);
  const late = { disputeId, disputeEvidence: Buffer.from('They ate it.').toString('base64') };
  expect((await shop.call('supplyDefenseDocument', late)).result.resultCode).toBe(
    'REPEAT_REQ_INCONSISTENT',
  );
  const refund = { paymentRequestId: 'M1', refundRequestId: 'R1', refundAmount: yuan(4_000) };
  expect((await shop.call('refund', refund)).result.resultCode).toBe('SUCCESS');
  await scene.rig.rest();
  expect(walletHeard('responseEscalation', 'M1')).toMatchObject({
    refundType: 'ACCEPT_REFUND',
    refundAmount: yuan(4_000),
  });

  const refused = await disputed('initiateEscalation', 'M2');
  const defense = { ...late, disputeId: refused?.disputeId };
  expect((await shop.call('supplyDefenseDocument', defense)).result.resultCode).toBe('SUCCESS');
  await scene.rig.rest();
  expect(walletHeard('responseEscalation', 'M2')).toMatchObject({
    refundType: 'REFUSE_REFUND',
    evidences: [{ contentType: 'text/plain' }],
  });
});

test('a merchant that says nothing is alerted when its time is over', async () => {
  await disputed('initiateEscalation', 'L1');
  scene.rig.clock.skip(12 * dayMs);
  await scene.rig.advance(6_000);
  await expect.poll(() => noticesOf('L1').length).toBe(2);
  expect(noticesOf('L1').map((notice) => notice.disputeNotificationType)).toEqual([
    'DISPUTE_CREATED',
    'DEFENSE_DUE_ALERT',
  ]);
  expect(noticesOf('L1')[1]?.disputeStatus).toBe('RESPONSE_OVERDUE');
});
