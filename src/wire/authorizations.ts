// What partners and the network say to each other about standing permissions to debit a customer:
// requests and answers of auto debit (protocol.md §1.7, §2.11). Fields that no source gives are
// our rule, named after the merchant dialect's own.
import { z } from 'zod';
import { datetime, id, name, resultObject, text, url, webUrl } from './objects.ts';

/** What a customer allows (protocol.md §2.11); only `AGREEMENT_PAY` lets anybody debit. */
export const scopes = [
  'BASE_USER_INFO',
  'AGREEMENT_PAY',
  'USER_INFO',
  'USER_LOGIN_ID',
  'HASH_LOGIN_ID',
  'SEND_OTP',
] as const;

/** Longest token or authorization code on the wire; ours are far shorter. */
const tokenLength = 512;
/** Longest token or code of a wallet: sealed by the network it must still fit `tokenLength`. */
const walletTokenLength = 256;

const token = text(tokenLength);
/** It travels in addresses, and sealed it must not grow: printable ASCII, our rule. */
const walletToken = text(walletTokenLength).regex(/^[\x21-\x7e]+$/, {
  error: 'must be printable ASCII',
});

const askedScopes = z
  .array(z.enum(scopes))
  .min(1, { error: 'must name at least one scope' })
  .max(scopes.length, { error: `must have at most ${scopes.length} entries` });

/** What both legs of `prepare` say alike. */
const asking = {
  authClientId: id,
  authClientName: name,
  referenceAgreementId: id,
  referenceMerchantId: id.optional(),
  scopes: askedScopes,
  authState: text(256),
  terminalType: z.enum(['WEB', 'WAP', 'APP', 'MINI_APP']),
  osType: z.enum(['IOS', 'ANDROID']).optional(),
};

/**
 * prepare, acquirer to network: one customer of `customerBelongsTo` shall be asked to allow
 * `authClientName` what `scopes` name. The customer comes back to `authRedirectUrl` with an
 * `authCode` and this `authState`.
 */
export const acquirerPrepareRequest = z.object({
  ...asking,
  customerBelongsTo: id,
  authRedirectUrl: url,
  authNotifyUrl: webUrl.optional(),
});
export type AcquirerPrepareRequest = z.infer<typeof acquirerPrepareRequest>;

/** Where the customer consents; on success there is at least `authUrl`. */
const ways = { authUrl: url.optional(), schemeUrl: url.optional(), applinkUrl: url.optional() };

/** Answer to prepare, on both legs: where to send the customer. */
export const prepareResponse = z.object({ result: resultObject, ...ways });
export type PrepareResponse = z.infer<typeof prepareResponse>;

/**
 * prepare, network to wallet. `referenceAgreementId` is the network's own, `authRedirectUrl` an
 * address of the network, which hands the customer on to the merchant.
 */
export const walletPrepareRequest = z.object({
  acquirerId: id,
  pspId: id,
  ...asking,
  authRedirectUrl: url,
});
export type WalletPrepareRequest = z.infer<typeof walletPrepareRequest>;

const grantTypes = z.enum(['AUTHORIZATION_CODE', 'REFRESH_TOKEN']);

interface Grant {
  readonly grantType: z.infer<typeof grantTypes>;
  readonly authCode?: string | undefined;
  readonly refreshToken?: string | undefined;
}

/** A grant brings what its type names. */
export function hasItsGrant(message: {
  readonly value: Grant;
  readonly issues: z.core.$ZodRawIssue[];
}): void {
  const { grantType, authCode, refreshToken } = message.value;
  const [field, value] =
    grantType === 'AUTHORIZATION_CODE' ? ['authCode', authCode] : ['refreshToken', refreshToken];
  if (value !== undefined) return;
  message.issues.push({
    code: 'custom',
    message: `is missing: grantType ${grantType} needs it`,
    path: [field as string],
    input: message.value,
  });
}

/** applyToken, acquirer to network (protocol.md §2.11). */
export const acquirerApplyTokenRequest = z
  .object({
    authClientId: id,
    grantType: grantTypes,
    authCode: token.optional(),
    refreshToken: token.optional(),
  })
  .check(hasItsGrant);
export type AcquirerApplyTokenRequest = z.infer<typeof acquirerApplyTokenRequest>;

/** Answer to applyToken. The tokens are secrets: keep them as passwords are kept. */
export const acquirerApplyTokenResponse = z.object({
  result: resultObject,
  accessToken: token.optional(),
  accessTokenExpiryTime: datetime.optional(),
  refreshToken: token.optional(),
  refreshTokenExpiryTime: datetime.optional(),
  walletForAccountBinding: z.object({ walletName: name, walletBrandName: name }).optional(),
});
export type AcquirerApplyTokenResponse = z.infer<typeof acquirerApplyTokenResponse>;

/** applyToken, network to wallet: the same with the wallet's own code or token. */
export const walletApplyTokenRequest = z
  .object({
    acquirerId: id,
    pspId: id,
    authClientId: id,
    grantType: grantTypes,
    authCode: walletToken.optional(),
    refreshToken: walletToken.optional(),
  })
  .check(hasItsGrant);
export type WalletApplyTokenRequest = z.infer<typeof walletApplyTokenRequest>;

/** A wallet's answer: `customerId` is whose permission it is, for later debits (our addition). */
export const walletApplyTokenResponse = z.object({
  result: resultObject,
  accessToken: walletToken.optional(),
  accessTokenExpiryTime: datetime.optional(),
  refreshToken: walletToken.optional(),
  refreshTokenExpiryTime: datetime.optional(),
  customerId: id.optional(),
});
export type WalletApplyTokenResponse = z.infer<typeof walletApplyTokenResponse>;

/** cancelToken, acquirer to network: the permission ends; idempotent on accessToken (§2.15). */
export const acquirerCancelTokenRequest = z.object({ authClientId: id, accessToken: token });
export type AcquirerCancelTokenRequest = z.infer<typeof acquirerCancelTokenRequest>;

/** cancelToken, network to wallet. */
export const walletCancelTokenRequest = z.object({
  acquirerId: id,
  pspId: id,
  authClientId: id,
  accessToken: walletToken,
});
export type WalletCancelTokenRequest = z.infer<typeof walletCancelTokenRequest>;

export const cancelTokenResponse = z.object({ result: resultObject });

const noticeTypes = z.enum(['AUTHCODE_CREATED', 'TOKEN_CANCELED']);

/**
 * authNotify, wallet to network: the customer consented (with `authCode`), or took the permission
 * back. `referenceAgreementId` is the network's, as `prepare` gave it.
 */
export const walletAuthNotifyRequest = z
  .object({
    authorizationNotifyType: noticeTypes,
    authClientId: id,
    referenceAgreementId: id,
    authCode: walletToken.optional(),
  })
  .check((message) => {
    const { authorizationNotifyType, authCode } = message.value;
    if (authorizationNotifyType !== 'AUTHCODE_CREATED' || authCode !== undefined) return;
    message.issues.push({
      code: 'custom',
      message: 'is missing: AUTHCODE_CREATED brings it',
      path: ['authCode'],
      input: message.value,
    });
  });
export type WalletAuthNotifyRequest = z.infer<typeof walletAuthNotifyRequest>;

/** authNotify, network to acquirer: with its own `referenceAgreementId` and `authState`. */
export const acquirerAuthNotifyRequest = z.object({
  authorizationNotifyType: noticeTypes,
  authClientId: id,
  referenceAgreementId: id,
  authState: text(256).optional(),
  authCode: token.optional(),
  accessToken: token.optional(),
});
export type AcquirerAuthNotifyRequest = z.infer<typeof acquirerAuthNotifyRequest>;

export const authNotifyResponse = z.object({ result: resultObject });
