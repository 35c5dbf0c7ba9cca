// Registrations in the sandbox: shops are sent, wallets decide as they are told, and tell it.

import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Pair } from './hub.fixture.ts';
import { startPair } from './hub.fixture.ts';

let pair: Pair;

beforeAll(async () => {
  pair = await startPair();
});

afterAll(async () => {
  expect(pair.failures).toEqual([]);
  await pair.close();
});

const ask = (walletId: string, registrationRequestId: string) =>
  pair.hub.call(pair.sandbox, walletId, 'registration', {
    acquirerId: 'CHENGDU_PAY',
    registrationRequestId,
    productCodes: ['CASHIER_PAYMENT'],
    merchantInfo: { referenceMerchantId: 'M1', merchantDisplayName: 'A shop' },
  });
const inquire = (walletId: string, registrationRequestId: string) =>
  pair.hub.call(pair.sandbox, walletId, 'inquiryRegistrationStatus', { registrationRequestId });
const behave = (walletId: string, mode: string) =>
  pair.api('PUT', `/sandbox/wallets/${walletId}/behaviour`, { mode });
const told = (walletId: string) =>
  pair.hub.heard.filter(
    (call) => call.api === 'notifyRegistrationStatus' && call.partnerId === walletId,
  );

test('an acquirer sends each of its shops', async () => {
  const { body } = await pair.api<{ registrations: { resultCode: string }[] }>(
    'POST',
    '/sandbox/acquirers/CHENGDU_PAY/registrations',
  );
  expect(body.registrations).toHaveLength(6);
  expect(body.registrations.every((each) => each.resultCode === 'SUCCESS')).toBe(true);
  const sent = pair.hub.heard.filter((call) => call.api === 'registration');
  expect(sent).toHaveLength(6);
  expect(sent[0]).toMatchObject({ partnerId: 'CHENGDU_PAY', verdict: 'valid' });
  const nobody = await pair.api('POST', '/sandbox/acquirers/NOBODY/registrations');
  expect(nobody.status).toBe(404);
});

test('a wallet takes it, decides, and tells its word once', async () => {
  const answer = await ask('TNG', 'R1');
  expect(answer.body.result?.resultCode).toBe('SUCCESS');
  expect((await inquire('TNG', 'R1')).body.registrationResult).toEqual({
    registrationStatus: 'PENDING',
  });
  await ask('TNG', 'R1');
  await expect.poll(() => told('TNG').length, { timeout: 8_000 }).toBe(1);
  expect(told('TNG')[0]?.body).toEqual({
    registrationRequestId: 'R1',
    registrationResult: { registrationStatus: 'APPROVED' },
  });
  expect((await inquire('TNG', 'R1')).body.registrationResult).toEqual({
    registrationStatus: 'APPROVED',
  });
  expect((await inquire('TNG', 'R0')).body.result?.resultCode).toBe('ORDER_NOT_EXIST');
});

test('a wallet refuses with a reason, or stays silent, as it is told', async () => {
  await behave('MPAY', 'registration_refused');
  await behave('TOSSPAY', 'registration_silent');
  await ask('MPAY', 'R2');
  await ask('TOSSPAY', 'R2');
  await expect.poll(() => told('MPAY').length, { timeout: 8_000 }).toBe(1);
  expect(told('MPAY')[0]?.body.registrationResult).toEqual({
    registrationStatus: 'REJECTED',
    rejectReasons: 'Shops of this category are not taken.',
  });
  expect(told('TOSSPAY')).toEqual([]);
  expect((await inquire('TOSSPAY', 'R2')).body.registrationResult).toEqual({
    registrationStatus: 'PENDING',
  });
});
