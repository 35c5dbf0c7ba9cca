// Payment codes name their wallet: what is refused and why, whose numbers are whose, what wallets
// are told about them, and the codes and wallets of a network from before they did.

import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { laneOfSlot } from '../../src/base/id.ts';
import { identify } from '../../src/codes/identify.ts';
import { writePaymentCode } from '../../src/codes/paymentCode.ts';
import { readRuleMessages } from '../../src/codes/readCodeRules.ts';
import { openDatabase } from '../../src/host/database.ts';
import { migrate, readMigrations } from '../../src/host/migrate.ts';
import { ciiOf } from '../../src/network/codeIssuer.ts';
import { writeParticipant } from '../../src/network/participantStore.ts';
import { readDirectory } from '../../src/network/store.ts';
import { generateKeys } from '../../src/wire/signature.ts';
import { freshDatabase } from '../support/postgres.ts';
import { ROOT } from '../support/sources.ts';
import { type Rig, startRig } from './rig.ts';
import {
  acquirer,
  codeOf,
  contents,
  expectBalanced,
  korean,
  malaysian,
  payWithCode,
  rates,
  yuan,
} from './scenes.ts';

let rig: Rig;
beforeAll(async () => {
  const tng = { ...malaysian, codeIssuer: { prefix: 25, routingNumber: '101' } };
  rig = await startRig({ partners: [acquirer, tng, korean], rates });
});
afterAll(() => rig?.close());

const pay = (id: string, code: string) =>
  rig.call('CHENGDU', 'pay', payWithCode(id, yuan(1_000), code));

describe('a scanned text', () => {
  const digits = '0000000000125733';

  test.each([
    ['prefix 24', `24110102${digits}`, /24 digits, which begin with 25 to 30/],
    ['prefix 31', `31110102${digits}`, /24 digits, which begin with 25 to 30/],
    ['another business type', `25110113${digits}`, /24 digits, which begin with 25 to 30/],
    ['nobody’s routing number', `25155502${digits}`, /routing number 555 is nobody's/],
    ['a wallet’s, never given out', `25110102${digits}`, undefined],
    ['a wallet’s with another prefix', `30110102${digits}`, undefined],
  ])('with %s is refused, and nothing changes', async (_, code, says) => {
    const before = await contents(rig);
    const { resultCode, resultStatus, body } = await pay('NEVER', code);
    expect([resultCode, resultStatus]).toEqual(['INVALID_CODE', 'F']);
    const { resultMessage } = body.result as { resultMessage: string };
    if (says === undefined) expect(resultMessage).not.toMatch(/nobody|digits/);
    else expect(resultMessage).toMatch(says);
    expect(await contents(rig)).toEqual(before);
  });

  test('that a wallet was given before codes named it is paid', async () => {
    const now = rig.clock.now();
    const slot = 5;
    const old = writePaymentCode({ cii: '281808', slot, random12: '123456789012' });
    const lane = laneOfSlot(slot, rig.hubs[0]?.configuration.rules().lanes ?? 0);
    await rig.fresh.database.query(
      'insert into payment_codes (lane, code, wallet_id, customer_id, issued_at, expires_at) ' +
        "values ($1, $2, 'TNG', 'ANNA', $3, $4)",
      [lane, old, now, now + 60_000],
    );
    expect((await pay('OLD', old)).resultCode).toBe('SUCCESS');
    expect((await pay('OLD', old)).resultCode).toBe('SUCCESS');
    expect((await pay('TWICE', old)).resultCode).toBe('EXPIRED_CODE');
    await expectBalanced(rig);
  });
});

describe('a routing number', () => {
  const { publicKeyPem } = generateKeys('ES256');
  const keys = { algorithm: 'ES256', keyVersion: '1', publicKey: publicKeyPem } as const;
  const newcomer = (participantId: string, codeIssuer: object) => ({
    ...keys,
    participantId,
    role: 'wallet' as const,
    name: participantId,
    clientId: participantId,
    market: 'MY',
    currency: 'MYR',
    orderCurrencies: [],
    endpoint: 'http://x.test',
    enabled: true,
    serviceFeeBasisPoints: 0,
    interchangeBasisPoints: 0,
    spreadBasisPoints: 0,
    cap: null,
    codeIssuer,
  });
  const letIn = (participantId: string, codeIssuer: object, database = rig.fresh.database) =>
    writeParticipant(database, newcomer(participantId, codeIssuer), rig.clock.now());

  test.each([
    ['another wallet’s', '101', /routing number 101 is that of TNG/],
    ['kept by the network', '808', /routing number 808 is kept by the network/],
  ])('that is %s is refused where it is asked for', async (_, routingNumber, says) => {
    await expect(letIn('LATE', { routingNumber })).rejects.toThrow(says);
    expect((await readDirectory(rig.fresh.database)).byId('LATE')).toBeUndefined();
  });

  test('is not given to another when its wallet has left it', async () => {
    const first = await letIn('MOVES', { routingNumber: '201' });
    expect(first).toEqual({ prefix: 28, agreement: 1, routingNumber: '201' });
    const then = await letIn('MOVES', { prefix: 26, routingNumber: '202' });
    expect(then).toEqual({ prefix: 26, agreement: 1, routingNumber: '202' });
    await expect(letIn('LATE', { routingNumber: '201' })).rejects.toThrow(/that of MOVES/);
    expect(await letIn('MOVES', { routingNumber: '201' })).toMatchObject({ routingNumber: '201' });
  });

  test('is another one for each of those who come at the same time', async () => {
    const databases = Array.from({ length: 3 }, () =>
      openDatabase({ connection: rig.fresh.config }),
    );
    const issuers = await Promise.all(
      databases.map((database, at) => letIn(`TOGETHER${at}`, {}, database)),
    );
    await Promise.all(databases.map((database) => database.close()));
    expect(new Set(issuers.map((issuer) => issuer?.routingNumber)).size).toBe(3);
  });
});

test('wallets are told which payment codes are ours, as soon as they are', async () => {
  const rulesNow = async () => {
    const { body } = await rig.call('TNG', 'inquiryCodeRules', {});
    const reading = readRuleMessages(body.codeRules as object[]);
    if (!reading.ok) throw new Error(reading.problem);
    return { version: body.version, rules: reading.set };
  };
  const code = writePaymentCode({ cii: '291777', slot: 1, random12: '123456789012' });
  const before = await rulesNow();
  expect(identify(code, { rules: before.rules }).whose).toBe('wallet_code');
  expect(identify(await codeOf(rig, 'TNG'), { rules: before.rules }).whose).toBe('own_code');
  await rig.addPartner({
    ...malaysian,
    participantId: 'NEW',
    codeIssuer: { prefix: 29, routingNumber: '777' },
  });
  const after = await rulesNow();
  expect(after.version).not.toBe(before.version);
  expect(identify(code, { rules: after.rules })).toMatchObject({
    whose: 'own_code',
    refusal: { reason: 'code_to_show' },
    reading: { payable: true, paymentCode: { routingNumber: '777' } },
  });
});

test('wallets of a network from before get numbers in the order in which they came', async () => {
  const fresh = await freshDatabase({ empty: true });
  const directory = mkdtempSync(path.join(tmpdir(), 'wayfare-migrations-'));
  try {
    for (const { number, name } of readMigrations()) {
      if (number < 29)
        copyFileSync(path.join(ROOT, 'migrations', name), path.join(directory, name));
    }
    await migrate(fresh.config, { now: 0, directory });
    const people = [
      ['LATER', 'wallet', 3],
      ['FIRST', 'wallet', 1],
      ['SHOPS', 'acquirer', 2],
      ['BESIDE', 'wallet', 1],
    ] as const;
    for (const [id, role, at] of people) {
      await fresh.database.query(
        'insert into participants (participant_id, role, name, client_id, market, currency, ' +
          'endpoint, order_currencies, enabled, service_fee_basis_points, ' +
          'interchange_basis_points, spread_basis_points, created_at) ' +
          "values ($1, $2, $1, $1, 'MY', 'MYR', '', '', true, 0, 0, 0, $3)",
        [id, role, at],
      );
    }
    await migrate(fresh.config, { now: 0 });
    const { participants, routingNumbers } = await readDirectory(fresh.database);
    expect(
      participants.map(({ participantId, codeIssuer }) => [
        participantId,
        codeIssuer && ciiOf(codeIssuer),
      ]),
    ).toEqual([
      ['BESIDE', '281001'],
      ['FIRST', '281002'],
      ['SHOPS', null],
      ['LATER', '281003'],
    ]);
    expect([...routingNumbers]).toEqual([
      ['001', 'BESIDE'],
      ['002', 'FIRST'],
      ['003', 'LATER'],
    ]);
  } finally {
    rmSync(directory, { recursive: true, force: true });
    await fresh.drop();
  }
});
