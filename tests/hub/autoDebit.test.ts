// Auto debit on both legs: bound, debited, evaluated, refreshed, revoked by either side.

import Fastify from 'fastify';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { authorizedRoutes } from '../../src/api/authorized.ts';
import {
  agreementIdIn,
  applyOf,
  bound,
  cancelOf,
  consented,
  debitOf,
  prepareOf,
  refreshOf,
} from './agreementScenes.ts';
import { type Rig, startRig } from './rig.ts';
import { acquirer, contents, expectBalanced, korean, malaysian, rates, yuan } from './scenes.ts';
import type { SimulatedWallet } from './wallet.ts';

let rig: Rig;
let wallet: SimulatedWallet;

beforeEach(async () => {
  const other = { ...acquirer, participantId: 'HANGZHOU' };
  rig = await startRig({ hubs: 2, partners: [acquirer, other, malaysian, korean], rates });
  wallet = rig.wallets.get('TNG') as SimulatedWallet;
});
afterEach(async () => {
  await expectBalanced(rig);
  await rig.close();
});

const debit = (id: string, token: unknown, fen = 12_000) =>
  rig.call('CHENGDU', 'pay', debitOf(id, yuan(fen), token));
const called = (api: string) => wallet.heard.filter((line) => line.startsWith(api)).length;

describe('binding', () => {
  test('prepare asks the wallet once, and gives its address', async () => {
    const told = await rig.call('CHENGDU', 'prepare', prepareOf('A1'));
    expect(told.resultCode).toBe('SUCCESS');
    expect(agreementIdIn(told)).toMatch(/^\d{8}60\d{16}$/);
    const again = await rig.call('CHENGDU', 'prepare', prepareOf('A1'));
    expect(again.body).toEqual(told.body);
    expect(called('prepare')).toBe(1);
  });

  test.each([
    ['APP', 'IOS'],
    ['WAP', 'IOS'],
    ['APP', 'ANDROID'],
    ['WAP', 'ANDROID'],
  ])('it is bound from a phone, %s on %s, as from a desktop', async (terminalType, osType) => {
    const asked = { ...prepareOf('A1'), terminalType, osType };
    const told = await rig.call('CHENGDU', 'prepare', asked);
    expect(told.resultCode).toBe('SUCCESS');
    expect(agreementIdIn(told)).toMatch(/^\d{8}60\d{16}$/);
  });

  test('the visitor comes back through the network to the address of the shop', async () => {
    const { agreementId, walletCode, authCode } = await consented(rig, 'A1');
    const server = Fastify();
    const [hub] = rig.hubs;
    if (hub === undefined) throw new Error('no hub');
    authorizedRoutes(server, hub);
    const open = async (query: string, id = agreementId) => {
      const answer = await server.inject({ method: 'GET', url: `/authorized/${id}?${query}` });
      return { status: answer.statusCode, to: answer.headers.location };
    };
    const before = await contents(rig);
    const came = await open(`authCode=${walletCode}&authState=anything`);
    expect(came.status).toBe(303);
    const back = new URL(String(came.to));
    expect(back.origin + back.pathname).toBe('https://tea.example/bound');
    expect(Object.fromEntries(back.searchParams)).toEqual({
      order: 'A1',
      authState: 'state of A1',
      authCode,
    });
    expect(authCode).not.toContain(walletCode);
    expect((await open('resultCode=REFUSED')).to).not.toContain('authCode');
    expect((await open('authCode=x', '20260101600000000000000001')).status).toBe(404);
    expect(await contents(rig)).toEqual(before);
    await server.close();
  });

  test('tokens are the network’s own; the wallet is named', async () => {
    const { authCode } = await consented(rig, 'A1');
    const told = await rig.call('CHENGDU', 'applyToken', applyOf(authCode));
    expect(told.body.walletForAccountBinding).toEqual({
      walletName: 'TNG',
      walletBrandName: 'TNG',
    });
    expect(told.body.accessToken).toMatch(/^WA\.[0-9a-z]+\.1\.[\w-]{43}$/);
    expect(JSON.stringify(told.body)).not.toContain('access-');
  });

  test('a code that is made up, or another client’s, gives nothing', async () => {
    const { authCode } = await consented(rig, 'A1');
    const good = applyOf(authCode);
    const changedCode = `${authCode.slice(0, -2)}${authCode.endsWith('AA') ? 'BB' : 'AA'}`;
    for (const [sender, message] of [
      ['CHENGDU', applyOf('WC.1.abcdef')],
      ['CHENGDU', applyOf('any')],
      ['CHENGDU', applyOf(changedCode)],
      ['CHENGDU', { ...good, authClientId: 'OTHER' }],
      ['HANGZHOU', good],
    ] as const) {
      expect((await rig.call(sender, 'applyToken', message)).resultCode).toBe('INVALID_CODE');
    }
    expect(called('applyToken')).toBe(0);
  });

  test('a wallet that is silent is asked again with the next prepare', async () => {
    wallet.away = true;
    const asked = rig.call('CHENGDU', 'prepare', prepareOf('A1'));
    await rig.advance(8_000);
    expect((await asked).resultCode).toBe('UNKNOWN_EXCEPTION');
    wallet.away = false;
    expect((await rig.call('CHENGDU', 'prepare', prepareOf('A1'))).resultCode).toBe('SUCCESS');
  });

  test('a wallet that will not is final for that id', async () => {
    wallet.agreements.refuses = 'MERCHANT_NOT_REGISTERED';
    for (let each = 0; each < 2; each += 1) {
      const told = await rig.call('CHENGDU', 'prepare', prepareOf('A1'));
      expect(told.resultCode).toBe('MERCHANT_NOT_REGISTERED');
    }
    expect(called('prepare')).toBe(1);
  });

  test('a notice of the wallet brings the code too', async () => {
    const { agreementId, walletCode, authCode } = await consented(rig, 'A1');
    const notice = {
      authorizationNotifyType: 'AUTHCODE_CREATED',
      authClientId: 'TEA_CLUB',
      referenceAgreementId: agreementId,
      authCode: walletCode,
    };
    expect((await rig.call('KAKAO', 'authNotify', notice)).resultCode).toBe('ORDER_NOT_EXIST');
    expect((await rig.call('TNG', 'authNotify', notice)).resultCode).toBe('SUCCESS');
    await rig.rest();
    await rig.call('TNG', 'authNotify', notice);
    await rig.rest();
    expect(rig.authNotices).toEqual([
      {
        acquirerId: 'CHENGDU',
        authorizationNotifyType: 'AUTHCODE_CREATED',
        authClientId: 'TEA_CLUB',
        referenceAgreementId: 'A1',
        authState: 'state of A1',
        authCode,
      },
    ]);
  });
});

describe('debiting', () => {
  test('a debit is paid at once, and refunded like any other', async () => {
    const { accessToken } = await bound(rig, 'A1');
    const told = await debit('P1', accessToken);
    expect(told.resultCode).toBe('SUCCESS');
    expect(told.body).toMatchObject({ pspId: 'TNG', customerId: 'ANNA' });
    await rig.rest();
    const [line] = [...wallet.lines.values()];
    expect(line).toMatchObject({ customerId: 'ANNA', currency: 'MYR', debited: 7_538n });
    const refund = { paymentRequestId: 'P1', refundRequestId: 'R1', refundAmount: yuan(12_000) };
    expect((await rig.call('CHENGDU', 'refund', refund)).resultCode).toBe('SUCCESS');
    await rig.rest();
    expect(line?.returned).toBe(7_538n);
  });

  test('the wallet’s own reason for not paying is passed on', async () => {
    const { accessToken } = await bound(rig, 'A1');
    wallet.decide = () => ({ failure: 'USER_BALANCE_NOT_ENOUGH' });
    expect((await debit('P1', accessToken)).resultCode).toBe('USER_BALANCE_NOT_ENOUGH');
  });

  test('it lives a minute: a wallet that never says is cancelled then', async () => {
    const { accessToken } = await bound(rig, 'A1');
    wallet.decide = () => 'U';
    const paying = debit('P1', accessToken);
    await rig.advance(9_000);
    expect((await paying).resultCode).toBe('PAYMENT_IN_PROCESS');
    await rig.advance(90_000);
    const asked = await rig.call('CHENGDU', 'inquiryPayment', { paymentRequestId: 'P1' });
    expect(asked.body.paymentResult).toMatchObject({ resultCode: 'ORDER_IS_CLOSED' });
    expect([...wallet.lines.values()].map(({ state }) => state)).toEqual(['CANCELLED']);
  });

  test('a token that is made up, foreign, replaced, or for nothing is refused', async () => {
    const { accessToken, refreshToken } = await bound(rig, 'A1');
    const before = await contents(rig);
    const asking = (token: unknown) => debitOf('P1', yuan(100), token);
    const foreign = await rig.call('HANGZHOU', 'pay', asking(accessToken));
    expect(foreign.resultCode).toBe('INVALID_TOKEN');
    const changed = `${accessToken?.slice(0, -3)}AAA`;
    for (const token of ['any', 'WA.1.1.x', changed, refreshToken, `${accessToken}.x`]) {
      expect((await rig.call('CHENGDU', 'pay', asking(token))).resultCode).toBe('INVALID_TOKEN');
    }
    expect(await contents(rig)).toEqual(before);
    const renewed = await rig.call('CHENGDU', 'applyToken', refreshOf(refreshToken));
    expect((await debit('P2', accessToken)).resultCode).toBe('INVALID_TOKEN');
    expect((await debit('P2', renewed.body.accessToken)).resultCode).toBe('SUCCESS');
    await rig.rest();
  });

  test('one that configuration refuses before its token is looked at is no debit', async () => {
    const inYen = { currency: 'JPY', value: '100' };
    const told = await rig.call('CHENGDU', 'pay', debitOf('P1', inYen, 'made up'));
    expect(told.resultCode).toBe('CURRENCY_NOT_SUPPORT');
    const asked = await rig.call('CHENGDU', 'inquiryPayment', { paymentRequestId: 'P1' });
    expect(asked.body.paymentResult).toMatchObject({ resultCode: 'CURRENCY_NOT_SUPPORT' });
    // It is written down as an end, and the proof after each test finds nothing wrong with it.
    expect([...wallet.lines.values()]).toEqual([]);
  });

  test('without the scope AGREEMENT_PAY there is no debit', async () => {
    const asked = { ...prepareOf('A1'), scopes: ['BASE_USER_INFO'] };
    await rig.call('CHENGDU', 'prepare', asked);
    const prepared = await rig.call('CHENGDU', 'prepare', asked);
    const agreementId = agreementIdIn(prepared);
    const code = wallet.agreements.consent(agreementId, 'ANNA');
    const notice = {
      authorizationNotifyType: 'AUTHCODE_CREATED',
      authClientId: 'TEA_CLUB',
      referenceAgreementId: agreementId,
      authCode: code,
    };
    await rig.call('TNG', 'authNotify', notice);
    await rig.rest();
    const authCode = rig.authNotices[0]?.authCode;
    const applied = await rig.call('CHENGDU', 'applyToken', applyOf(authCode));
    const told = await debit('P1', applied.body.accessToken);
    expect(told).toMatchObject({ resultCode: 'INVALID_TOKEN' });
    expect(told.resultMessage).toContain('AGREEMENT_PAY');
  });

  test('an expired token is refreshed first; what it was refused with stays so', async () => {
    const { accessToken, refreshToken } = await bound(rig, 'A1');
    await rig.advance(3_600_000);
    expect((await debit('P1', accessToken)).resultCode).toBe('EXPIRED_ACCESS_TOKEN');
    const renewed = await rig.call('CHENGDU', 'applyToken', refreshOf(refreshToken));
    // The old token is void by now; the same request late or doubled is answered as before.
    expect((await debit('P1', accessToken)).resultCode).toBe('EXPIRED_ACCESS_TOKEN');
    expect((await debit('P1', renewed.body.accessToken)).resultCode).toBe('EXPIRED_ACCESS_TOKEN');
    expect((await debit('P2', renewed.body.accessToken)).resultCode).toBe('SUCCESS');
    await rig.rest();
    const again = await rig.call('CHENGDU', 'applyToken', refreshOf(refreshToken));
    expect(again.body.accessToken).toBe(renewed.body.accessToken);
    rig.clock.skip(31 * 24 * 3_600_000);
    const late = await rig.call('CHENGDU', 'applyToken', refreshOf(renewed.body.refreshToken));
    expect(late.resultCode).toBe('INVALID_TOKEN');
  });

  test('an evaluation takes nothing, writes nothing, and leaves the id free', async () => {
    const { accessToken } = await bound(rig, 'A1');
    const before = await contents(rig);
    const asked = debitOf('P1', yuan(12_000), accessToken);
    const factors = { ...asked.paymentFactor, isPaymentEvaluation: 'true' };
    const evaluate = () => rig.call('CHENGDU', 'pay', { ...asked, paymentFactor: factors });
    expect((await evaluate()).resultCode).toBe('SUCCESS');
    wallet.decide = () => ({ failure: 'USER_KYC_NOT_QUALIFIED' });
    expect((await evaluate()).resultCode).toBe('USER_KYC_NOT_QUALIFIED');
    expect(await contents(rig)).toEqual(before);
    expect(wallet.lines.size).toBe(0);
    wallet.decide = () => 'S';
    expect((await debit('P1', accessToken, 100)).resultCode).toBe('SUCCESS');
    await rig.rest();
  });

  test('one visitor’s token never debits another, whatever the id', async () => {
    const anna = await bound(rig, 'A1', 'ANNA');
    const ben = await bound(rig, 'A2', 'BEN');
    await debit('P1', anna.accessToken);
    await debit('P2', ben.accessToken);
    expect((await debit('P1', ben.accessToken)).resultCode).toBe('REPEAT_REQ_INCONSISTENT');
    await rig.rest();
    expect([...wallet.lines.values()].map((line) => [line.orderId, line.customerId])).toEqual([
      ['P1', 'ANNA'],
      ['P2', 'BEN'],
    ]);
  });
});

describe('revoking', () => {
  test('by the acquirer: the wallet knows before it is said to be done', async () => {
    const { accessToken } = await bound(rig, 'A1');
    expect((await rig.call('CHENGDU', 'cancelToken', cancelOf(accessToken))).resultCode).toBe(
      'SUCCESS',
    );
    expect([...wallet.agreements.grants.values()].map(({ revoked }) => revoked)).toEqual([true]);
    expect((await debit('P1', accessToken)).resultCode).toBe('INVALID_TOKEN');
    expect((await rig.call('CHENGDU', 'cancelToken', cancelOf(accessToken))).resultCode).toBe(
      'SUCCESS',
    );
    expect((await rig.call('CHENGDU', 'prepare', prepareOf('A1'))).resultCode).toBe('PROCESS_FAIL');
    expect(called('cancelToken')).toBe(1);
    expect(called('pay')).toBe(0);
    const foreign = await rig.call('HANGZHOU', 'cancelToken', cancelOf(accessToken));
    expect(foreign.resultCode).toBe('INVALID_TOKEN');
  });

  test('a wallet that is away is told until it knows; nothing is debited meanwhile', async () => {
    const { accessToken } = await bound(rig, 'A1');
    wallet.away = true;
    const asked = rig.call('CHENGDU', 'cancelToken', cancelOf(accessToken));
    await rig.advance(8_000);
    expect((await asked).resultCode).toBe('UNKNOWN_EXCEPTION');
    expect((await debit('P1', accessToken)).resultCode).toBe('INVALID_TOKEN');
    wallet.away = false;
    await rig.advance(30_000);
    const again = await rig.call('CHENGDU', 'cancelToken', cancelOf(accessToken));
    expect(again.resultCode).toBe('SUCCESS');
  });

  test('by the visitor: the acquirer is told until it acknowledges', async () => {
    const { agreementId, accessToken } = await bound(rig, 'A1');
    wallet.agreements.revoke(agreementId);
    rig.deafen('CHENGDU', true);
    const notice = {
      authorizationNotifyType: 'TOKEN_CANCELED',
      authClientId: 'TEA_CLUB',
      referenceAgreementId: agreementId,
    };
    for (let each = 0; each < 2; each += 1) {
      expect((await rig.call('TNG', 'authNotify', notice)).resultCode).toBe('SUCCESS');
    }
    expect((await debit('P1', accessToken)).resultCode).toBe('INVALID_TOKEN');
    expect(called('pay')).toBe(0);
    await rig.advance(20_000);
    rig.deafen('CHENGDU', false);
    await rig.advance(200_000);
    expect(rig.authNotices).toEqual([
      {
        acquirerId: 'CHENGDU',
        authorizationNotifyType: 'TOKEN_CANCELED',
        authClientId: 'TEA_CLUB',
        referenceAgreementId: 'A1',
        authState: 'state of A1',
        accessToken,
      },
    ]);
  });

  test('a debit that is on its way is not stopped by a revocation, and not doubled', async () => {
    const { accessToken } = await bound(rig, 'A1');
    wallet.decide = () => 'held';
    const paying = debit('P1', accessToken);
    await rig.rest();
    await rig.call('CHENGDU', 'cancelToken', cancelOf(accessToken));
    const [line] = [...wallet.lines.values()];
    wallet.settle(line?.legId ?? '', 'S');
    wallet.release(line?.legId ?? '');
    expect((await paying).resultCode).toBe('SUCCESS');
    await rig.rest();
    expect(line?.debited).toBe(7_538n);
  });
});

describe('secrets', () => {
  test('no token and no code stands in the database or in the message log', async () => {
    const { agreementId, authCode, accessToken, refreshToken } = await bound(rig, 'A1');
    await debit('P1', accessToken);
    await rig.call('CHENGDU', 'applyToken', refreshOf(refreshToken));
    const notice = {
      authorizationNotifyType: 'TOKEN_CANCELED',
      authClientId: 'TEA_CLUB',
      referenceAgreementId: agreementId,
    };
    await rig.call('TNG', 'authNotify', notice);
    await rig.rest();
    await rig.advance(1_000);
    const texts: string[] = [];
    for (const table of ['messages', 'agreements', 'agreement_requests', 'payments', 'outbox']) {
      const rows = await rig.fresh.database.query<{ row: string }>(
        `select t::text as row from ${table} t`,
      );
      texts.push(...rows.map(({ row }) => row));
    }
    const all = texts.join('\n');
    expect(all).toContain('[secret:');
    for (const secret of [authCode, accessToken, refreshToken, 'access-', 'refresh-', 'code-20']) {
      expect(all).not.toContain(secret);
    }
  });
});
