// POST /ams/api/v1/authorizations/applyToken, from a merchant: tokens for a code, or newer ones.

import { readCode, readToken } from '../../agreements/tokens.ts';
import { acquirerApplyTokenResponse } from '../../wire/authorizations.ts';
import {
  type MerchantApplyTokenResponse,
  merchantApplyTokenRequest,
} from '../../wire/merchantAuthorizations.ts';
import { applyTokenEndpoint } from '../partner/applyToken.ts';
import { refuse } from '../partner/endpoint.ts';
import { merchantEndpoint, ownAgreement } from './endpoint.ts';

/** The dialect names no client: the code or token says which agreement it is for, and whose. */
export const merchantApplyToken = merchantEndpoint(
  merchantApplyTokenRequest,
  async (context, message) => {
    const { merchant, network } = context;
    const { customerBelongsTo, grantType, authCode, refreshToken } = message;
    const { tokenKeys } = network.agreements;
    const named =
      grantType === 'AUTHORIZATION_CODE'
        ? readCode(tokenKeys, authCode ?? '')
        : readToken(tokenKeys, 'refresh', refreshToken ?? '');
    const known = await ownAgreement(context, named?.agreementNumber);
    const isElsewhere =
      known !== undefined &&
      customerBelongsTo !== undefined &&
      customerBelongsTo !== known.walletId;
    if (isElsewhere) {
      const why = `customerBelongsTo ${customerBelongsTo} is not the wallet that gave this.`;
      return refuse('PARAM_ILLEGAL', why);
    }
    const { merchantId: authClientId } = merchant;
    const answer = await applyTokenEndpoint.carryOut(network, {
      authClientId,
      grantType,
      authCode,
      refreshToken,
    });
    const { walletForAccountBinding: wallet, ...given } = acquirerApplyTokenResponse.parse(
      answer.body,
    );
    if (wallet === undefined) return answer;
    const agreement = await ownAgreement(context, named?.agreementNumber);
    const customerId = agreement?.customerId ?? null;
    const body: MerchantApplyTokenResponse = {
      ...given,
      pspCustomerInfo: {
        pspName: wallet.walletBrandName,
        ...(customerId === null ? {} : { pspCustomerId: customerId }),
      },
    };
    return { body };
  },
);
