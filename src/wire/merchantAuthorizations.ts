// The merchant dialect's authorizations: standing permissions to debit a customer, in the words of
// the official merchant SDKs (protocol.md §2.11, §2.16).
import { z } from 'zod';
import {
  acquirerApplyTokenRequest,
  acquirerPrepareRequest,
  hasItsGrant,
} from './authorizations.ts';
import { datetime, id, name, resultObject, text, url } from './objects.ts';

const asking = acquirerPrepareRequest.shape;

/**
 * authorizations/consult, merchant to us: one customer of `customerBelongsTo` shall be asked.
 * `authState` is the merchant's id of the request, and comes back with the customer;
 * `authClientId` names whom the merchant sells for, where that is not itself.
 */
export const merchantAuthConsultRequest = z.object({
  customerBelongsTo: asking.customerBelongsTo,
  authClientId: id.optional(),
  authRedirectUrl: asking.authRedirectUrl,
  authNotifyUrl: asking.authNotifyUrl,
  scopes: asking.scopes,
  authState: asking.authState,
  terminalType: asking.terminalType,
  osType: asking.osType,
});

/** Where to send the customer: `normalUrl` is always there on success, `authUrl` the same. */
export const merchantAuthConsultResponse = z.object({
  result: resultObject,
  authUrl: url.optional(),
  normalUrl: url.optional(),
  schemeUrl: url.optional(),
  applinkUrl: url.optional(),
  appIdentifier: text(256).optional(),
});
export type MerchantAuthConsultResponse = z.infer<typeof merchantAuthConsultResponse>;

const { grantType, authCode, refreshToken } = acquirerApplyTokenRequest.shape;

/** authorizations/applyToken, merchant to us: for the code of a consent, or for newer tokens. */
export const merchantApplyTokenRequest = z
  .object({ customerBelongsTo: id.optional(), grantType, authCode, refreshToken })
  .check(hasItsGrant);

/** An access token as a request names it. */
export const merchantTokenName = z.object({ accessToken: text(512) });

/** Tokens with their times: secrets, to be kept as passwords are. */
const tokens = {
  accessToken: text(512).optional(),
  accessTokenExpiryTime: datetime.optional(),
  refreshToken: text(512).optional(),
  refreshTokenExpiryTime: datetime.optional(),
};

export const merchantApplyTokenResponse = z.object({
  result: resultObject,
  ...tokens,
  pspCustomerInfo: z.object({ pspName: name.optional(), pspCustomerId: id.optional() }).optional(),
});
export type MerchantApplyTokenResponse = z.infer<typeof merchantApplyTokenResponse>;

/**
 * How a token stands (our words: the SDKs leave them open). REPLACED by a newer one, REVOKED by
 * either side.
 */
const tokenStatus = z.enum(['ACTIVE', 'EXPIRED', 'REPLACED', 'REVOKED']);
export type TokenStatus = z.infer<typeof tokenStatus>;

export const merchantQueryTokenResponse = z.object({
  result: resultObject,
  ...tokens,
  tokenStatusType: tokenStatus.optional(),
});
export type MerchantQueryTokenResponse = z.infer<typeof merchantQueryTokenResponse>;

/** The notice of a consent (with `authCode`) or of a revocation by the customer. */
export const merchantAuthNotifyRequest = z.object({
  authorizationNotifyType: text(64),
  result: resultObject,
  authClientId: id,
  authState: text(256),
  authCode: text(512).optional(),
  accessToken: text(512).optional(),
});
export type MerchantAuthNotifyRequest = z.infer<typeof merchantAuthNotifyRequest>;
