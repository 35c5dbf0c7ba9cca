// A merchant of our own acquirer registers itself with the wallets, hears each word, and is paid
// where registration is required.

import { afterAll, beforeAll, expect, test } from 'vitest';
import { writeRequired } from '../../src/registrations/store.ts';
import { type MerchantScene, openMerchantScene, type Shop } from './merchantShop.ts';
import { codeOf, expectBalanced, yuan } from './scenes.ts';
import { isGenuineNotice } from './sdk.ts';

let scene: MerchantScene;
let tea: Shop;
let silk: Shop;

beforeAll(async () => {
  scene = await openMerchantScene();
  tea = await scene.addShop('TEA', 'php');
  silk = await scene.addShop('SILK', 'go');
  const { rig } = scene;
  await writeRequired(rig.fresh.database, 'TNG', true, rig.clock.now());
  await Promise.all(rig.hubs.map((hub) => hub.configuration.reload()));
});

afterAll(async () => {
  await scene.rig.rest();
  await expectBalanced(scene.rig);
  await scene.close();
});

/** `AlipayMerchantRegistrationRequest` with the fields that the SDKs have. */
const registering = (registrationRequestId: string, referenceMerchantId: string) => ({
  registrationRequestId,
  productCodes: ['IN_STORE_PAYMENT', 'AGREEMENT_PAYMENT'],
  registrationNotifyURL: scene.noticeUrl.replace(/notify.*/, 'registered'),
  merchantInfo: { referenceMerchantId, merchantDisplayName: 'Tea House', merchantMCC: '5812' },
  passThroughInfo: 'kept',
});

const sale = async (id: string, more: object = {}) => ({
  productCode: 'IN_STORE_PAYMENT',
  paymentRequestId: id,
  paymentAmount: yuan(1_000),
  order: {
    referenceOrderId: id,
    orderDescription: 'Tea',
    orderAmount: yuan(1_000),
    ...more,
  },
  paymentMethod: {
    paymentMethodType: 'CONNECT_WALLET',
    paymentMethodId: await codeOf(scene.rig, 'TNG'),
  },
});

const poll = () => scene.rig.hubs[0]?.registrations.poll();
const status = (shop: Shop, name: object) => shop.call('merchants/inquiryRegistrationStatus', name);

test('registers, is approved, hears of it, and is paid; nobody else gains by it', async () => {
  const { rig, heard, networkKey } = scene;
  const before = await tea.call('pay', await sale('EARLY'));
  expect(before.result.resultCode).toBe('MERCHANT_NOT_REGISTERED');

  const taken = await tea.call('merchants/registration', registering('REG-1', 'TEA'));
  expect(taken.result.resultCode).toBe('SUCCESS');
  expect(taken.body.passThroughInfo).toBe('kept');
  await poll();
  const [asked] = rig.wallets.get('TNG')?.registrations ?? [];
  expect(asked).toMatchObject({
    acquirerId: 'WAYFARE_ACQUIRING',
    merchantInfo: { referenceMerchantId: 'TEA' },
    storeInfo: { referenceStoreId: 'S1', storeName: 'Kuanzhai Alley' },
  });
  const said = await rig.call('TNG', 'notifyRegistrationStatus', {
    registrationRequestId: asked?.registrationRequestId,
    registrationResult: { registrationStatus: 'APPROVED' },
  });
  expect(said.resultCode).toBe('SUCCESS');
  await poll();
  await rig.rest();

  const [notice, ...more] = heard.filter((each) => each.path === '/registered');
  expect(more).toEqual([]);
  if (notice === undefined) throw new Error('nothing was told');
  expect(isGenuineNotice(notice, networkKey)).toBe(true);
  expect(JSON.parse(notice.body)).toMatchObject({
    registrationRequestId: 'REG-1',
    referenceMerchantId: 'TEA',
  });
  for (const name of [{ registrationRequestId: 'REG-1' }, { referenceMerchantId: 'TEA' }]) {
    const answer = await status(tea, name);
    expect(answer.body.pspRegistrationResultList).toContainEqual({
      pspName: 'TNG',
      registrationResult: { registrationStatus: 'APPROVED' },
    });
    expect((await status(silk, name)).result.resultCode).toBe('ORDER_NOT_EXIST');
  }
  const both = { registrationRequestId: 'REG-1', referenceMerchantId: 'TEA' };
  expect((await status(silk, both)).result.resultCode).toBe('ORDER_NOT_EXIST');

  expect((await tea.call('pay', await sale('PAID'))).result.resultCode).toBe('SUCCESS');
  const unknown = await silk.call('pay', await sale('SILK'));
  expect(unknown.result.resultCode).toBe('MERCHANT_NOT_REGISTERED');
  const store = { referenceStoreId: 'S1', storeName: 'Kuanzhai Alley' };
  const merchant = { referenceMerchantId: 'TEA', merchantName: 'Tea House', store };
  const borrowed = await silk.call('pay', await sale('BORROWED', { merchant }));
  expect(borrowed.result.resultCode).toBe('PARAM_ILLEGAL');
  expect(borrowed.result.resultMessage).toMatch(/^order.merchant.referenceMerchantId TEA/);
});

test('the same id of two merchants is two registrations; again is the same', async () => {
  for (let each = 0; each < 2; each += 1) {
    const answer = await silk.call('merchants/registration', registering('REG-1', 'SILK'));
    expect(answer.result.resultCode).toBe('SUCCESS');
  }
  const { rig } = scene;
  const rows = await rig.fresh.database.query<{ id: string }>(
    'select registration_request_id as id from registrations order by 1',
  );
  expect(rows.map((row) => row.id)).toEqual(['SILK:REG-1', 'TEA:REG-1']);
  const early = await silk.call('merchants/registration', registering('REG-2', 'SILK'));
  expect(early.result.resultCode).toBe('REGISTRATION_STATUS_ABNORMAL');
});

test.each([
  ['another merchant', registering.bind(null, 'REG-9', 'TEA'), /^merchantInfo.referenceMerchantId/],
  [
    'a store for sales online',
    () => ({
      ...registering('REG-9', 'SILK'),
      productCodes: ['CASHIER_PAYMENT'],
      storeInfo: { referenceStoreId: 'S1' },
    }),
    /^storeInfo must be left out/,
  ],
  [
    'nobody',
    () => ({ ...registering('REG-9', 'SILK'), merchantInfo: undefined }),
    /^merchantInfo is missing/,
  ],
] as const)('a registration of %s is refused and changes nothing', async (_what, body, says) => {
  const answer = await silk.call('merchants/registration', body());
  expect(answer.result.resultCode).toBe('PARAM_ILLEGAL');
  expect(answer.result.resultMessage).toMatch(says);
  expect((await status(silk, { registrationRequestId: 'REG-9' })).result.resultCode).toBe(
    'ORDER_NOT_EXIST',
  );
});
