// POST /ams/api/v1/authorizations/consult, from a merchant: where can a customer allow debits?

import { prepareResponse } from '../../wire/authorizations.ts';
import {
  type MerchantAuthConsultResponse,
  merchantAuthConsultRequest,
} from '../../wire/merchantAuthorizations.ts';
import { prepareEndpoint } from '../partner/prepare.ts';
import { merchantEndpoint } from './endpoint.ts';

/**
 * The merchant's `authState` is what the agreement is known by: the same again is the same
 * agreement. To the network the merchant is the client, to the wallet whoever it sells for.
 */
export const merchantConsultAuthorization = merchantEndpoint(
  merchantAuthConsultRequest,
  async ({ merchant, network }, message) => {
    const { authClientId, ...asking } = message;
    const { merchantId } = merchant;
    const answer = await prepareEndpoint.carryOut(network, {
      ...asking,
      authClientId: merchantId,
      authClientName: merchant.name,
      referenceAgreementId: message.authState,
      referenceMerchantId: authClientId ?? merchantId,
    });
    const { result, authUrl, schemeUrl, applinkUrl } = prepareResponse.parse(answer.body);
    if (authUrl === undefined) return answer;
    const isInApp = message.terminalType === 'APP' || message.terminalType === 'WAP';
    const cashier = network.rules.directory.cashierOf(message.customerBelongsTo);
    const appIdentifier = isInApp ? cashier?.appIdentifier : null;
    const body: MerchantAuthConsultResponse = {
      result,
      authUrl,
      normalUrl: authUrl,
      schemeUrl,
      applinkUrl,
      ...(appIdentifier == null ? {} : { appIdentifier }),
    };
    return { body };
  },
);
