// POST /ams/api/v1/authorizations/query, from a merchant: is this token still good?

import { type Agreement, isRevoked } from '../../agreements/agreement.ts';
import { readToken, writeToken } from '../../agreements/tokens.ts';
import {
  type MerchantQueryTokenResponse,
  merchantTokenName,
  type TokenStatus,
} from '../../wire/merchantAuthorizations.ts';
import { result } from '../../wire/results.ts';
import { formatTime } from '../../wire/time.ts';
import { refuse } from '../partner/endpoint.ts';
import { merchantEndpoint, ownAgreement } from './endpoint.ts';

/** The tokens themselves are told only to whoever has the newest. */
export const merchantQueryToken = merchantEndpoint(
  merchantTokenName,
  async (context, { accessToken }) => {
    const { agreements, now } = context.network;
    const { tokenKeys } = agreements;
    const name = readToken(tokenKeys, 'access', accessToken);
    const known = await ownAgreement(context, name?.agreementNumber);
    if (name === undefined || known === undefined) {
      return refuse('INVALID_TOKEN', 'accessToken is none that you were given.');
    }
    const tokenStatusType = statusOf(known, name.generation, now);
    const { access, refresh } = known;
    const isNewest = tokenStatusType === 'ACTIVE' || tokenStatusType === 'EXPIRED';
    const body: MerchantQueryTokenResponse = {
      result: result('SUCCESS'),
      tokenStatusType,
      ...(isNewest && access !== null
        ? { accessToken, accessTokenExpiryTime: formatTime(access.expiresAt) }
        : {}),
      ...(isNewest && refresh !== null
        ? {
            refreshToken: writeToken(tokenKeys, 'refresh', known),
            refreshTokenExpiryTime: formatTime(refresh.expiresAt),
          }
        : {}),
    };
    return { body };
  },
);

function statusOf(agreement: Agreement, generation: number, now: number): TokenStatus {
  if (isRevoked(agreement)) return 'REVOKED';
  if (generation !== agreement.generation || agreement.access === null) return 'REPLACED';
  return agreement.access.expiresAt <= now ? 'EXPIRED' : 'ACTIVE';
}
