// The steps of auto debit that tests go again and again: prepared, allowed, given tokens, debited.

import { expect } from 'vitest';
import type { Rig, Told } from './rig.ts';
import { payForOrderCode, type yuan } from './scenes.ts';

/** `prepare` of a shop for a customer of TNG, under the shop's own id of the agreement. */
export function prepareOf(referenceAgreementId: string) {
  return {
    authClientId: 'TEA_CLUB',
    authClientName: 'Tea Club',
    referenceAgreementId,
    referenceMerchantId: 'TEA_CLUB_1',
    customerBelongsTo: 'TNG',
    scopes: ['AGREEMENT_PAY'],
    authState: `state of ${referenceAgreementId}`,
    authRedirectUrl: `https://tea.example/bound?order=${referenceAgreementId}`,
    terminalType: 'WEB',
  };
}

export const applyOf = (authCode: unknown) => ({
  authClientId: 'TEA_CLUB',
  grantType: 'AUTHORIZATION_CODE',
  authCode,
});

export const refreshOf = (refreshToken: unknown) => ({
  authClientId: 'TEA_CLUB',
  grantType: 'REFRESH_TOKEN',
  refreshToken,
});

export const cancelOf = (accessToken: unknown) => ({ authClientId: 'TEA_CLUB', accessToken });

/** `pay` by a token. */
export function debitOf(
  paymentRequestId: string,
  amount: ReturnType<typeof yuan>,
  accessToken: unknown,
) {
  return {
    ...payForOrderCode(paymentRequestId, amount),
    paymentMethod: { paymentMethodType: 'CONNECT_WALLET', paymentMethodId: accessToken },
    paymentFactor: {
      isInStorePayment: 'false',
      isCashierPayment: 'false',
      isAgreementPayment: 'true',
    },
  };
}

/** The wallet's id of the agreement, as the end of the address where its customer consents. */
export function agreementIdIn(told: Told): string {
  return String(told.body.authUrl).split('/').at(-1) ?? '';
}

/** Prepared and consented to: the network's id of the agreement, and the acquirer's code. */
export async function consented(rig: Rig, reference: string, customerId = 'ANNA') {
  const prepared = await rig.call('CHENGDU', 'prepare', prepareOf(reference));
  expect(prepared.resultCode).toBe('SUCCESS');
  const agreementId = agreementIdIn(prepared);
  const walletCode = rig.wallets.get('TNG')?.agreements.consent(agreementId, customerId) ?? '';
  const [hub] = rig.hubs;
  if (hub === undefined) throw new Error('a rig has at least one hub');
  const agreement = await hub.agreements.find(Number(agreementId.slice(10)));
  if (agreement === undefined) throw new Error(`there is no agreement ${agreementId}`);
  return { agreementId, walletCode, authCode: hub.agreements.codeFor(agreement, walletCode) };
}

/** An agreement with its tokens. */
export async function bound(rig: Rig, reference: string, customerId = 'ANNA') {
  const { agreementId, authCode } = await consented(rig, reference, customerId);
  const applied = await rig.call('CHENGDU', 'applyToken', applyOf(authCode));
  expect(applied.resultCode).toBe('SUCCESS');
  const { accessToken, refreshToken } = applied.body as Record<string, string>;
  return { agreementId, authCode, accessToken, refreshToken };
}
