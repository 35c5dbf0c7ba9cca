// Auto debit in the merchant dialect: consent, tokens, debits, notices and revocations, by requests
// as each of the official SDKs writes them.

import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import {
  acknowledgement,
  type MerchantScene,
  openMerchantScene,
  type Shop,
} from './merchantShop.ts';
import { expectBalanced, yuan } from './scenes.ts';
import { isGenuineNotice, type SdkName, sdks } from './sdk.ts';
import type { SimulatedWallet } from './wallet.ts';

let scene: MerchantScene;
let wallet: SimulatedWallet;
let tea: Shop;
let other: Shop;

beforeAll(async () => {
  scene = await openMerchantScene();
  wallet = scene.rig.wallets.get('TNG') as SimulatedWallet;
  tea = await scene.addShop('TEA', 'java');
  other = await scene.addShop('OTHER', 'go');
});

beforeEach(() => {
  wallet.agreements.now = () => scene.rig.clock.now();
  scene.answerNotices(200, acknowledgement);
});

afterAll(async () => {
  await scene.rig.rest();
  await expectBalanced(scene.rig);
  await scene.close();
});

/** `AlipayAuthConsultRequest` as its users fill it in. */
const asking = (authState: string, more: object = {}) => ({
  customerBelongsTo: 'TNG',
  authClientId: 'SM_0001',
  authRedirectUrl: `https://tea.example/bound?visit=${encodeURIComponent(authState)}`,
  scopes: ['AGREEMENT_PAY'],
  authState,
  terminalType: 'APP',
  osType: 'ANDROID',
  osVersion: '6.6.6',
  ...more,
});

/** `AlipayPayRequest` of an auto debit. */
const debit = (paymentRequestId: string, token: string, fen = 2_500) => ({
  productCode: 'AGREEMENT_PAYMENT',
  paymentRequestId,
  paymentAmount: yuan(fen),
  order: { referenceOrderId: 'O', orderDescription: 'Tea of the month', orderAmount: yuan(fen) },
  paymentMethod: { paymentMethodType: 'TNG', paymentMethodId: token },
});

/** The customer allows it in the wallet, and is sent on: what the shop's page is opened with. */
async function consent(normalUrl: string, customerId = 'ANNA'): Promise<URL> {
  const agreementId = normalUrl.split('/').at(-1) ?? '';
  const code = wallet.agreements.consent(agreementId, customerId);
  const answer = await fetch(`${scene.server.url}/authorized/${agreementId}?authCode=${code}`, {
    redirect: 'manual',
  });
  return new URL(answer.headers.get('location') ?? '');
}

async function bound(shop: Shop, authState: string) {
  const asked = await shop.call('authorizations/consult', asking(authState));
  const back = await consent(asked.body.normalUrl);
  const authCode = back.searchParams.get('authCode') ?? '';
  const applied = await shop.call('authorizations/applyToken', {
    grantType: 'AUTHORIZATION_CODE',
    customerBelongsTo: 'TNG',
    authCode,
  });
  expect(applied.result.resultCode).toBe('SUCCESS');
  const agreementId: string = asked.body.normalUrl.split('/').at(-1);
  const { accessToken, refreshToken } = applied.body as Record<string, string>;
  return { accessToken, refreshToken, authCode, agreementId };
}

const query = (shop: Shop, accessToken: unknown) =>
  shop.call('authorizations/query', { accessToken });

describe.each(Object.keys(sdks) as SdkName[])('the %s SDK', (sdk) => {
  test('binds, debits, refreshes, and revokes', async () => {
    const { rig, heard } = scene;
    const shop = await scene.addShop(`BIND_${sdk}`, sdk);
    const asked = await shop.call('authorizations/consult', asking('VISIT 1'));
    expect(asked.result).toMatchObject({ resultCode: 'SUCCESS', resultStatus: 'S' });
    expect(asked.body.authUrl).toBe(asked.body.normalUrl);

    const back = await consent(asked.body.normalUrl);
    expect(back.origin + back.pathname).toBe('https://tea.example/bound');
    expect(back.searchParams.get('authState')).toBe('VISIT 1');
    const applied = await shop.call('authorizations/applyToken', {
      grantType: 'AUTHORIZATION_CODE',
      customerBelongsTo: 'TNG',
      authCode: back.searchParams.get('authCode'),
    });
    expect(applied.body).toMatchObject({
      accessTokenExpiryTime: expect.stringMatching(/\+08:00$/),
      refreshTokenExpiryTime: expect.stringMatching(/\+08:00$/),
      pspCustomerInfo: { pspName: 'TNG', pspCustomerId: 'ANNA' },
    });
    const { accessToken, refreshToken } = applied.body;

    const before = heard.length;
    const paid = await shop.call('pay', debit('MONTH-1', accessToken));
    expect(paid.result).toMatchObject({ resultCode: 'SUCCESS', resultStatus: 'S' });
    expect(paid.body).toMatchObject({
      paymentRequestId: 'MONTH-1',
      paymentAmount: yuan(2_500),
      pspCustomerInfo: { pspCustomerId: 'ANNA' },
    });
    await rig.rest();
    expect(heard.slice(before).map((each) => JSON.parse(each.body).notifyType)).toEqual([
      'PAYMENT_RESULT',
    ]);

    const newer = await shop.call('authorizations/applyToken', {
      grantType: 'REFRESH_TOKEN',
      customerBelongsTo: 'TNG',
      refreshToken,
    });
    expect(newer.result.resultCode).toBe('SUCCESS');
    expect((await query(shop, accessToken)).body).toEqual({
      result: expect.anything(),
      tokenStatusType: 'REPLACED',
    });
    expect((await query(shop, newer.body.accessToken)).body).toMatchObject({
      tokenStatusType: 'ACTIVE',
      accessToken: newer.body.accessToken,
      accessTokenExpiryTime: newer.body.accessTokenExpiryTime,
      refreshToken: newer.body.refreshToken,
    });

    const revoked = await shop.call('authorizations/revoke', newer.body);
    expect(revoked.result.resultCode).toBe('SUCCESS');
    expect((await query(shop, newer.body.accessToken)).body.tokenStatusType).toBe('REVOKED');
    const late = await shop.call('pay', debit('MONTH-2', newer.body.accessToken));
    expect(late.result.resultCode).toBe('INVALID_TOKEN');
  });
});

describe('an agreement', () => {
  test('is asked for once; the same state with other terms is refused', async () => {
    const calls = () => wallet.heard.filter((line) => line.startsWith('prepare')).length;
    const before = calls();
    const first = await tea.call('authorizations/consult', asking('ONCE'));
    const again = await tea.call('authorizations/consult', asking('ONCE'));
    expect(again.body).toEqual(first.body);
    expect(calls()).toBe(before + 1);
    const changed = await tea.call('authorizations/consult', asking('ONCE', { authClientId: 'B' }));
    expect(changed.result.resultCode).toBe('REPEAT_REQ_INCONSISTENT');
    const elsewhere = await other.call('authorizations/consult', asking('ONCE'));
    expect(elsewhere.body.normalUrl).not.toBe(first.body.normalUrl);
  });

  test('names to the wallet the merchant as client, and whom it sells for', async () => {
    const { rig } = scene;
    await tea.call('authorizations/consult', asking('NAMES'));
    await tea.call('authorizations/consult', asking('OWN', { authClientId: undefined }));
    await rig.advance(500);
    const sent = await rig.fresh.database.query<{ request_body: string }>(
      "select request_body from messages where api = 'prepare' order by at desc, message_id desc " +
        'limit 2',
    );
    const bodies = sent.map((row) => JSON.parse(row.request_body));
    expect(bodies.map((body) => body.referenceMerchantId).sort()).toEqual(['SM_0001', 'TEA']);
    for (const body of bodies) {
      expect(body).toMatchObject({ authClientId: 'TEA', authClientName: 'Shop TEA' });
      expect(JSON.stringify(body)).not.toContain('tea.example');
    }
  });

  test('is worth nothing to another merchant', async () => {
    const { accessToken = '', refreshToken, authCode } = await bound(tea, 'MINE');
    for (const [api, body, code] of [
      ['pay', debit('STOLEN', accessToken), 'INVALID_TOKEN'],
      ['authorizations/query', { accessToken }, 'INVALID_TOKEN'],
      ['authorizations/revoke', { accessToken }, 'INVALID_TOKEN'],
      ['authorizations/applyToken', { grantType: 'AUTHORIZATION_CODE', authCode }, 'INVALID_CODE'],
      ['authorizations/applyToken', { grantType: 'REFRESH_TOKEN', refreshToken }, 'INVALID_TOKEN'],
    ] as const) {
      expect((await other.call(api, body)).result.resultCode).toBe(code);
    }
    expect((await query(tea, accessToken)).body.tokenStatusType).toBe('ACTIVE');
  });

  test('is of one wallet: another name for it is refused and changes nothing', async () => {
    const asked = await tea.call('authorizations/consult', asking('KAKAO'));
    const back = await consent(asked.body.normalUrl);
    const grant = {
      grantType: 'AUTHORIZATION_CODE',
      authCode: back.searchParams.get('authCode'),
    };
    const apply = (more: object) => tea.call('authorizations/applyToken', { ...grant, ...more });
    const wrong = await apply({ customerBelongsTo: 'KAKAO' });
    expect(wrong.result.resultCode).toBe('PARAM_ILLEGAL');
    expect(wrong.result.resultMessage).toMatch(/^customerBelongsTo KAKAO/);
    expect((await apply({})).result.resultCode).toBe('SUCCESS');
  });

  test('a debit with the same id is one payment, 32 at once; with another token none', async () => {
    const { accessToken = '' } = await bound(tea, 'TWICE');
    const { accessToken: second = '' } = await bound(tea, 'TWICE B');
    const request = debit('TWICE', accessToken);
    const answers = await Promise.all(Array.from({ length: 32 }, () => tea.call('pay', request)));
    await scene.rig.rest();
    const again = await tea.call('pay', request);
    expect(again.result.resultCode).toBe('SUCCESS');
    expect(new Set([...answers, again].map((each) => each.body.paymentId)).size).toBe(1);
    const changed = await tea.call('pay', debit('TWICE', second));
    expect(changed.result.resultCode).toBe('REPEAT_REQ_INCONSISTENT');
  });

  test('a token that has expired says so', async () => {
    const { accessToken = '' } = await bound(tea, 'OLD');
    await scene.rig.advance(wallet.agreements.accessLifeMs + 1_000);
    expect((await query(tea, accessToken)).body).toMatchObject({
      tokenStatusType: 'EXPIRED',
      accessToken,
    });
    const late = await tea.call('pay', debit('OLD-1', accessToken));
    expect(late.result.resultCode).toBe('EXPIRED_ACCESS_TOKEN');
  });
});

describe('a notice of an authorization', () => {
  const notify = (authorizationNotifyType: string, referenceAgreementId: string, more = {}) =>
    scene.rig.call('TNG', 'authNotify', {
      authorizationNotifyType,
      authClientId: 'TEA',
      referenceAgreementId,
      ...more,
    });

  test('brings the code of a consent, which is good for tokens', async () => {
    const { rig, heard, networkKey } = scene;
    const authNotifyUrl = scene.noticeUrl.replace(/notify.*/, 'auth');
    const asked = await tea.call('authorizations/consult', asking('TOLD', { authNotifyUrl }));
    const agreementId = asked.body.normalUrl.split('/').at(-1);
    const authCode = wallet.agreements.consent(agreementId, 'ANNA');
    const before = heard.length;
    const told = await notify('AUTHCODE_CREATED', agreementId, { authCode });
    expect(told.resultCode).toBe('SUCCESS');
    await rig.rest();
    const [notice, ...more] = heard.slice(before);
    expect(more).toEqual([]);
    if (notice === undefined) throw new Error('nothing was told');
    expect(notice.path).toBe('/auth');
    expect(isGenuineNotice(notice, networkKey)).toBe(true);
    const said = JSON.parse(notice.body);
    expect(said).toEqual({
      authorizationNotifyType: 'AUTHCODE_CREATED',
      result: { resultCode: 'SUCCESS', resultStatus: 'S', resultMessage: expect.any(String) },
      authClientId: 'SM_0001',
      authState: 'TOLD',
      authCode: expect.stringMatching(/^WC\./),
    });
    const applied = await tea.call('authorizations/applyToken', {
      grantType: 'AUTHORIZATION_CODE',
      authCode: said.authCode,
    });
    expect(applied.result.resultCode).toBe('SUCCESS');
  });

  test('tells what the customer took back, until it is acknowledged', async () => {
    const { rig, heard } = scene;
    const { accessToken = '', agreementId } = await bound(tea, 'BACK');
    wallet.agreements.revoke(agreementId);
    scene.answerNotices(500, '');
    const before = heard.length;
    expect((await notify('TOKEN_CANCELED', agreementId)).resultCode).toBe('SUCCESS');
    await rig.rest();
    const refused = await tea.call('pay', debit('BACK-1', accessToken));
    expect(refused.result.resultCode).toBe('INVALID_TOKEN');
    scene.answerNotices(200, acknowledgement);
    await rig.advance(10_000);
    const notices = heard.slice(before).map((each) => JSON.parse(each.body));
    expect(notices).toHaveLength(2);
    for (const notice of notices) {
      expect(notice).toMatchObject({
        authorizationNotifyType: 'TOKEN_CANCELED',
        authState: 'BACK',
        accessToken,
      });
    }
    await rig.advance(180_000);
    expect(heard.length).toBe(before + 2);
  });
});

test('no token and no code stands in the database, nor in the message log', async () => {
  const { rig } = scene;
  const { accessToken = '', refreshToken = '', authCode } = await bound(tea, 'SECRET');
  await tea.call('pay', debit('SECRET-1', accessToken));
  await query(tea, accessToken);
  await tea.call('authorizations/revoke', { accessToken });
  await rig.advance(1_000);
  const tables = await rig.fresh.database.query<{ name: string }>(
    "select table_name as name from information_schema.tables where table_schema = 'public'",
  );
  for (const { name } of tables) {
    const [found] = await rig.fresh.database.query<{ count: string }>(
      `select count(*) as count from ${name} t where position($1 in t::text) > 0 ` +
        'or position($2 in t::text) > 0 or position($3 in t::text) > 0',
      [accessToken, refreshToken, authCode],
    );
    expect([name, found?.count]).toEqual([name, '0']);
  }
});
