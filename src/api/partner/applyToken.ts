// POST /aps/api/v1/authorizations/applyToken, from an acquirer: tokens for a code, or newer ones.

import { type Agreement, isRevoked } from '../../agreements/agreement.ts';
import { readCode, readToken, writeToken } from '../../agreements/tokens.ts';
import {
  type AcquirerApplyTokenRequest,
  type AcquirerApplyTokenResponse,
  acquirerApplyTokenRequest,
} from '../../wire/authorizations.ts';
import { result } from '../../wire/results.ts';
import { formatTime } from '../../wire/time.ts';
import type { Applied } from '../agreements.ts';
import { type Answer, type EndpointContext, endpoint, refuse } from './endpoint.ts';

export const applyTokenEndpoint = endpoint(
  'acquirer',
  acquirerApplyTokenRequest,
  (context, message) =>
    message.grantType === 'AUTHORIZATION_CODE'
      ? applyCode(context, message)
      : applyRefresh(context, message),
);

const revoked = 'This agreement was revoked. Ask the customer to authorise again.';

/** The same code again is answered with the same tokens: the answer may have been lost. */
async function applyCode(
  context: EndpointContext,
  message: AcquirerApplyTokenRequest,
): Promise<Answer> {
  const { agreements } = context;
  const code = readCode(agreements.tokenKeys, message.authCode ?? '');
  const known = await ownAgreement(context, message, code?.agreementNumber);
  if (code === undefined || known === undefined) {
    return refuse('INVALID_CODE', 'authCode is none that this authClientId was given.');
  }
  if (isRevoked(known)) return refuse('INVALID_TOKEN', revoked);
  const print = agreements.print(code.walletCode);
  if (known.appliedCode === print) return given(context, known);
  const { walletCode: authCode } = code;
  const applied = await agreements.apply(known, { authCode, after: known.generation });
  if (applied.kind === 'refused') {
    // Another process may have brought the code to the wallet first.
    const now = await agreements.find(known.agreementNumber);
    if (now?.appliedCode === print && !isRevoked(now)) return given(context, now);
  }
  return told(context, applied);
}

/** The token before the newest is answered with the newest: the answer may have been lost. */
async function applyRefresh(
  context: EndpointContext,
  message: AcquirerApplyTokenRequest,
): Promise<Answer> {
  const { agreements, now } = context;
  const name = readToken(agreements.tokenKeys, 'refresh', message.refreshToken ?? '');
  const known = await ownAgreement(context, message, name?.agreementNumber);
  if (name === undefined || known === undefined) {
    return refuse('INVALID_TOKEN', 'refreshToken is none that this authClientId was given.');
  }
  if (isRevoked(known)) return refuse('INVALID_TOKEN', revoked);
  const wasRefreshed = known.appliedCode === null && name.generation === known.generation - 1;
  if (wasRefreshed) return given(context, known);
  if (name.generation !== known.generation || known.refresh === null) {
    return refuse('INVALID_TOKEN', 'The refresh token was replaced by a newer one.');
  }
  if (known.refresh.expiresAt <= now) {
    const message = 'The refresh token has expired. Ask the customer to authorise again.';
    return refuse('INVALID_TOKEN', message);
  }
  const after = known.generation;
  return told(context, await agreements.apply(known, { authCode: undefined, after }));
}

/** Tokens and codes are good for the acquirer and the client that they were made for. */
async function ownAgreement(
  { agreements, caller }: EndpointContext,
  { authClientId }: AcquirerApplyTokenRequest,
  agreementNumber: number | undefined,
): Promise<Agreement | undefined> {
  if (agreementNumber === undefined) return undefined;
  const known = await agreements.find(agreementNumber);
  const isOwn = known?.acquirerId === caller.participantId && known.authClientId === authClientId;
  return isOwn ? known : undefined;
}

function told(context: EndpointContext, applied: Applied): Answer {
  switch (applied.kind) {
    case 'refused':
      return refuse(applied.resultCode);
    case 'unknown':
      return refuse('UNKNOWN_EXCEPTION', 'The wallet has not answered. Send the request again.');
    case 'applied':
      return isRevoked(applied.agreement)
        ? refuse('INVALID_TOKEN', revoked)
        : given(context, applied.agreement);
  }
}

function given({ rules, agreements }: EndpointContext, agreement: Agreement): Answer {
  const { access, refresh, walletId } = agreement;
  const { tokenKeys } = agreements;
  const wallet = rules.directory.byId(walletId);
  const body: AcquirerApplyTokenResponse = {
    result: result('SUCCESS'),
    accessToken: writeToken(tokenKeys, 'access', agreement),
    accessTokenExpiryTime: formatTime(access?.expiresAt ?? 0),
    ...(refresh === null
      ? {}
      : {
          refreshToken: writeToken(tokenKeys, 'refresh', agreement),
          refreshTokenExpiryTime: formatTime(refresh.expiresAt),
        }),
    walletForAccountBinding: { walletName: walletId, walletBrandName: wallet?.name ?? walletId },
  };
  return { body };
}
