// Registering merchants over a real hub and Postgres: fan-out, words of wallets, and who is paid.

import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { writeRequired } from '../../src/registrations/store.ts';
import { result } from '../../src/wire/results.ts';
import { registrationOf } from './registrationCases.ts';
import { type Rig, startRig } from './rig.ts';
import {
  acquirer,
  codeOf,
  expectBalanced,
  korean,
  malaysian,
  orderCodeIn,
  payForOrderCode,
  payWithCode,
  rates,
  yuan,
} from './scenes.ts';

const minute = 60_000;
const day = 86_400_000;
const thai = { ...malaysian, participantId: 'RABBIT', market: 'TH' };

let rig: Rig;

beforeEach(async () => {
  rig = await startRig({
    hubs: 2,
    partners: [acquirer, { ...acquirer, participantId: 'LAKESIDE' }, malaysian, korean, thai],
    rates,
  });
});

afterEach(async () => {
  await expectBalanced(rig);
  expect(rig.failures).toEqual([]);
  await rig.close();
});

/** Each hub looks once at what is due. */
async function poll(): Promise<void> {
  for (const hub of rig.hubs) await hub.registrations.poll();
}

async function require(participantId: string, required = true): Promise<void> {
  await writeRequired(rig.fresh.database, participantId, required, rig.clock.now());
  await Promise.all(rig.hubs.map((hub) => hub.configuration.reload()));
}

const register = (id: string, merchantId?: string) =>
  rig.call('CHENGDU', 'registration', registrationOf(id, merchantId));

/** A wallet's word on the newest registration that it was sent. */
async function say(walletId: string, registrationStatus: string, rejectReasons?: string) {
  const sent = rig.wallets.get(walletId)?.registrations.at(-1);
  const told = await rig.call(walletId, 'notifyRegistrationStatus', {
    registrationRequestId: sent?.registrationRequestId,
    registrationResult: { registrationStatus, ...(rejectReasons ? { rejectReasons } : {}) },
  });
  await poll();
  return told;
}

const inquire = (name: object, acquirerId = 'CHENGDU') =>
  rig.call(acquirerId, 'inquiryRegistrationStatus', name);
const sentTo = (walletId: string) => rig.wallets.get(walletId)?.registrations ?? [];
const statusesOf = (body: object) =>
  Object.fromEntries(
    (
      body as {
        pspRegistrationResultList: {
          pspName: string;
          registrationResult: { registrationStatus: string };
        }[];
      }
    ).pspRegistrationResultList.map((each) => [
      each.pspName,
      each.registrationResult.registrationStatus,
    ]),
  );

/** §9.3 case 23. */
test('one wallet refuses the merchant: it is not paid there, and elsewhere it is', async () => {
  await require('CHENGDU');
  expect((await register('R1')).resultCode).toBe('SUCCESS');
  await poll();
  expect((await say('TNG', 'APPROVED')).resultCode).toBe('SUCCESS');
  expect((await say('KAKAO', 'REJECTED', 'category 5812 is not taken')).resultCode).toBe('SUCCESS');

  const told = await inquire({ registrationRequestId: 'R1' });
  expect(told.body).toMatchObject({
    registrationResult: { registrationStatus: 'PENDING' },
    pspRegistrationResultList: [
      {
        pspName: 'KAKAO',
        registrationResult: {
          registrationStatus: 'REJECTED',
          rejectReasons: 'category 5812 is not taken',
        },
      },
      { pspName: 'RABBIT', registrationResult: { registrationStatus: 'PENDING' } },
      { pspName: 'TNG', registrationResult: { registrationStatus: 'APPROVED' } },
    ],
  });

  for (const [walletId, expected] of [
    ['TNG', 'SUCCESS'],
    ['KAKAO', 'MERCHANT_NOT_REGISTERED'],
    ['RABBIT', 'MERCHANT_NOT_REGISTERED'],
  ] as const) {
    const code = await codeOf(rig, walletId);
    const shown = await rig.call('CHENGDU', 'pay', payWithCode(`U-${walletId}`, yuan(500), code));
    expect([walletId, shown.resultCode]).toEqual([walletId, expected]);
  }
  // One order code: refused at one wallet, and paid with another afterwards.
  const codeValue = orderCodeIn(await rig.call('CHENGDU', 'pay', payForOrderCode('O1', yuan(500))));
  const scan = (walletId: string) =>
    rig.call(walletId, 'userInitiatedPay', { codeValue, customerId: 'ANNA' });
  expect((await scan('KAKAO')).resultCode).toBe('MERCHANT_NOT_REGISTERED');
  expect((await scan('TNG')).resultCode).toBe('SUCCESS');
  await rig.rest();

  // Each word was told once, with all that were known by then.
  expect(rig.registrationNotices.map((notice) => [notice.to, statusesOf(notice)])).toEqual([
    ['CHENGDU', { TNG: 'APPROVED', KAKAO: 'PENDING', RABBIT: 'PENDING' }],
    ['CHENGDU', { TNG: 'APPROVED', KAKAO: 'REJECTED', RABBIT: 'PENDING' }],
  ]);
  expect(rig.registrationNotices[0]).toMatchObject({
    registrationRequestId: 'R1',
    referenceMerchantId: 'RAMEN',
    referenceStoreId: 'CHUNXI',
  });
});

describe('who requires registration', () => {
  const pay = async (id: string, walletId: string, acquirerId = 'CHENGDU') => {
    const code = await codeOf(rig, walletId);
    const paid = await rig.call(acquirerId, 'pay', payWithCode(id, yuan(100), code));
    await rig.rest();
    return paid.resultCode;
  };

  test('nobody, unless it is said', async () => {
    expect(await pay('P1', 'TNG')).toBe('SUCCESS');
  });

  test('a wallet: of every acquirer’s merchants, and of this wallet only', async () => {
    await require('KAKAO');
    expect(await pay('P1', 'KAKAO')).toBe('MERCHANT_NOT_REGISTERED');
    expect(await pay('P2', 'KAKAO', 'LAKESIDE')).toBe('MERCHANT_NOT_REGISTERED');
    expect(await pay('P3', 'TNG')).toBe('SUCCESS');
    await register('R1');
    await poll();
    await say('KAKAO', 'APPROVED');
    expect(await pay('P4', 'KAKAO')).toBe('SUCCESS');
    // The other acquirer's merchant of the same id is another merchant.
    expect(await pay('P5', 'KAKAO', 'LAKESIDE')).toBe('MERCHANT_NOT_REGISTERED');
    await require('KAKAO', false);
    expect(await pay('P6', 'KAKAO', 'LAKESIDE')).toBe('SUCCESS');
  });

  test('a refusal is final: the same pay is not charged after the approval', async () => {
    await require('KAKAO');
    const code = await codeOf(rig, 'KAKAO');
    const late = () => rig.call('CHENGDU', 'pay', payWithCode('P1', yuan(100), code));
    expect((await late()).resultCode).toBe('MERCHANT_NOT_REGISTERED');
    await register('R1');
    await poll();
    await say('KAKAO', 'APPROVED');
    expect((await late()).resultCode).toBe('MERCHANT_NOT_REGISTERED');
    await rig.rest();
    expect(await pay('P2', 'KAKAO')).toBe('SUCCESS');
  });

  test('what was said before somebody required it counts, in every process', async () => {
    await register('R1');
    await poll();
    await say('KAKAO', 'APPROVED');
    await require('KAKAO');
    const codes = [await codeOf(rig, 'KAKAO'), await codeOf(rig, 'KAKAO')];
    for (const [hub, code] of codes.entries()) {
      const told = await rig.call('CHENGDU', 'pay', payWithCode(`H${hub}`, yuan(100), code), hub);
      expect(told.resultCode).toBe('SUCCESS');
    }
    await rig.rest();
    // A wallet that changes its mind: its last word counts, at once where it was heard.
    await say('KAKAO', 'REJECTED', 'closed down');
    expect(await pay('P9', 'KAKAO')).toBe('MERCHANT_NOT_REGISTERED');
  });

  test('another store, and online sales, are registered by themselves', async () => {
    await require('KAKAO');
    const other = registrationOf('R1');
    await rig.call('CHENGDU', 'registration', {
      ...other,
      storeInfo: { referenceStoreId: 'OTHER' },
    });
    await poll();
    await say('KAKAO', 'APPROVED');
    expect(await pay('P1', 'KAKAO')).toBe('MERCHANT_NOT_REGISTERED');
    const { storeInfo: _store, ...online } = registrationOf('R2');
    await rig.call('CHENGDU', 'registration', { ...online, productCodes: ['CASHIER_PAYMENT'] });
    await poll();
    await say('KAKAO', 'APPROVED');
    expect(await pay('P2', 'KAKAO')).toBe('MERCHANT_NOT_REGISTERED');
  });
});

describe('the same again', () => {
  test('the same id, 32 at once, is one registration and one call a wallet', async () => {
    const answers = await Promise.all(Array.from({ length: 32 }, () => register('R1')));
    expect(new Set(answers.map(({ resultCode }) => resultCode))).toEqual(new Set(['SUCCESS']));
    await Promise.all(rig.hubs.map((hub) => hub.registrations.poll()));
    for (const walletId of ['TNG', 'KAKAO', 'RABBIT']) expect(sentTo(walletId)).toHaveLength(1);
  });

  test('the same store is refused for 30 minutes, and the message says until when', async () => {
    await register('R1');
    const soon = await register('R2');
    expect(soon.resultCode).toBe('REGISTRATION_STATUS_ABNORMAL');
    expect(soon.resultMessage).toMatch(/^It was sent as R1: send it anew from 2026-11-2/);
    expect((await register('R3', 'OTHER')).resultCode).toBe('SUCCESS');
    const elsewhere = await rig.call('LAKESIDE', 'registration', registrationOf('R1'));
    expect(elsewhere.resultCode).toBe('SUCCESS');
    await rig.advance(30 * minute);
    expect((await register('R2')).resultCode).toBe('SUCCESS');
  });

  test('a word that is said twice is told once', async () => {
    await register('R1');
    await poll();
    await say('TNG', 'APPROVED');
    await say('TNG', 'APPROVED');
    expect(rig.registrationNotices).toHaveLength(1);
  });

  test('a word on an older registration does not undo a newer one', async () => {
    await require('TNG');
    await register('R1');
    await poll();
    const [first] = sentTo('TNG');
    await rig.advance(31 * minute);
    await register('R2');
    await poll();
    await say('TNG', 'APPROVED');
    await rig.call('TNG', 'notifyRegistrationStatus', {
      registrationRequestId: first?.registrationRequestId,
      registrationResult: { registrationStatus: 'REJECTED' },
    });
    await poll();
    const code = await codeOf(rig, 'TNG');
    const paid = await rig.call('CHENGDU', 'pay', payWithCode('P1', yuan(100), code));
    expect(paid.resultCode).toBe('SUCCESS');
    await rig.rest();
  });
});

describe('a wallet', () => {
  test('that is away is sent it again, with the same id, until it has it', async () => {
    const wallet = rig.wallets.get('TNG');
    if (wallet === undefined) throw new Error('no wallet');
    wallet.register = () => ({ result: result('UNKNOWN_EXCEPTION') });
    await register('R1');
    await poll();
    expect(sentTo('TNG')).toHaveLength(1);
    rig.clock.skip(5_000);
    await poll();
    expect(sentTo('TNG')).toHaveLength(2);
    expect(new Set(sentTo('TNG').map((each) => each.registrationRequestId)).size).toBe(1);
    wallet.register = () => ({ result: result('SUCCESS') });
    rig.clock.skip(minute);
    await poll();
    expect(sentTo('TNG')).toHaveLength(3);
    // From now on it is only asked for its word.
    rig.clock.skip(10 * minute);
    await poll();
    expect(sentTo('TNG')).toHaveLength(3);
    expect(wallet.heard.at(-1)).toMatch(/^inquiryRegistrationStatus /);
  });

  test('that answers the inquiry instead of telling is heard', async () => {
    const wallet = rig.wallets.get('TNG');
    if (wallet === undefined) throw new Error('no wallet');
    await register('R1');
    await poll();
    wallet.register = () => ({
      result: result('SUCCESS'),
      registrationResult: { registrationStatus: 'REJECTED', rejectReasons: 'no licence' },
    });
    rig.clock.skip(minute);
    await poll();
    const told = await inquire({ referenceMerchantId: 'RAMEN', referenceStoreId: 'CHUNXI' });
    expect(statusesOf(told.body)).toMatchObject({ TNG: 'REJECTED', KAKAO: 'PENDING' });
  });

  test('that refuses at once has said its word, one that refuses the message has not', async () => {
    const [tng, kakao] = [rig.wallets.get('TNG'), rig.wallets.get('KAKAO')];
    if (tng === undefined || kakao === undefined) throw new Error('no wallet');
    tng.register = () => ({ result: result('MERCHANT_KYB_NOT_QUALIFIED', 'papers are missing') });
    kakao.register = () => ({ result: result('NO_INTERFACE_DEF') });
    await register('R1');
    await poll();
    const told = await inquire({ registrationRequestId: 'R1' });
    expect(told.body.pspRegistrationResultList).toMatchObject([
      { pspName: 'KAKAO', registrationResult: { registrationStatus: 'PENDING' } },
      { pspName: 'RABBIT', registrationResult: { registrationStatus: 'PENDING' } },
      {
        pspName: 'TNG',
        registrationResult: { registrationStatus: 'REJECTED', rejectReasons: 'papers are missing' },
      },
    ]);
  });

  test('that stays silent is asked for 7 days and no longer; a later word counts', async () => {
    await require('TNG');
    await register('R1');
    await poll();
    const before = rig.wallets.get('TNG')?.heard.length ?? 0;
    rig.clock.skip(7 * day);
    await poll();
    rig.clock.skip(day);
    await poll();
    expect(rig.wallets.get('TNG')?.heard.length).toBe(before + 1);
    await say('TNG', 'APPROVED');
    const code = await codeOf(rig, 'TNG');
    const paid = await rig.call('CHENGDU', 'pay', payWithCode('P1', yuan(100), code));
    expect(paid.resultCode).toBe('SUCCESS');
    await rig.rest();
  });
});

test('an acquirer that does not hear is told again, until it says that it knows', async () => {
  await register('R1');
  await poll();
  rig.deafen('CHENGDU', true);
  const heard = say('TNG', 'APPROVED');
  await rig.advance(8_000);
  await heard;
  expect(rig.registrationNotices).toEqual([]);
  rig.deafen('CHENGDU', false);
  rig.clock.skip(minute);
  await poll();
  expect(rig.registrationNotices).toHaveLength(1);
  rig.clock.skip(day);
  await poll();
  expect(rig.registrationNotices).toHaveLength(1);
});

test('a call that died with its process is made by another', async () => {
  await register('R1');
  // What a process leaves behind that took it up and was killed before the call.
  await rig.fresh.database.query(
    'update wallet_registrations set ask_at = ask_at + 12000, ask_tries = 1',
  );
  await poll();
  expect(sentTo('TNG')).toHaveLength(0);
  rig.clock.skip(12_000);
  await poll();
  expect(sentTo('TNG')).toHaveLength(1);
});

test('what is wrong is named, and nobody else sees a registration', async () => {
  const { storeInfo: _store, ...noStore } = registrationOf('R1');
  const told = await rig.call('CHENGDU', 'registration', noStore);
  expect(told).toMatchObject({ resultCode: 'PARAM_ILLEGAL' });
  expect(told.resultMessage).toContain('storeInfo is missing: IN_STORE_PAYMENT needs the store');
  const online = { ...registrationOf('R1'), productCodes: ['CASHIER_PAYMENT'] };
  expect((await rig.call('CHENGDU', 'registration', online)).resultMessage).toContain('storeInfo');
  const product = { ...registrationOf('R1'), productCodes: ['BARTER'] };
  expect((await rig.call('CHENGDU', 'registration', product)).resultMessage).toContain(
    'productCodes[0] must be one of IN_STORE_PAYMENT',
  );
  await register('R2');
  await poll();
  expect((await inquire({ registrationRequestId: 'R2' }, 'LAKESIDE')).resultCode).toBe(
    'ORDER_NOT_EXIST',
  );
  expect((await inquire({})).resultMessage).toContain('registrationRequestId is missing');
  expect((await say('TNG', 'PENDING')).resultCode).toBe('PARAM_ILLEGAL');
  const sent = sentTo('TNG')[0];
  expect(sent).toMatchObject({ acquirerId: 'CHENGDU', productCodes: ['IN_STORE_PAYMENT'] });
  expect(sent?.registrationRequestId).not.toBe('R2');
});
