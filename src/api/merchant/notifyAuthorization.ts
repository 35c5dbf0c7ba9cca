// The authorization notice to a merchant: its customer consented, or took the permission back.

import type { Agreement } from '../../agreements/agreement.ts';
import type { Merchant } from '../../merchants/merchant.ts';
import type { PartnerCalls } from '../../network/calls.ts';
import type { Participant } from '../../network/participant.ts';
import type { AcquirerAuthNotifyRequest } from '../../wire/authorizations.ts';
import type { MerchantAuthNotifyRequest } from '../../wire/merchantAuthorizations.ts';
import { result } from '../../wire/results.ts';
import { tellMerchant } from './tell.ts';

/** True when the merchant has said that it knows, or has no address to be told at. */
export function notifyMerchantOfAuthorization(
  calls: PartnerCalls,
  acquirer: Participant,
  merchant: Merchant,
  agreement: Agreement,
  { authorizationNotifyType, authCode, accessToken }: AcquirerAuthNotifyRequest,
): Promise<boolean> {
  const { authState, authNotifyUrl, referenceMerchantId } = agreement.terms;
  const body: MerchantAuthNotifyRequest = {
    authorizationNotifyType,
    result: result('SUCCESS'),
    authClientId: referenceMerchantId ?? agreement.authClientId,
    authState,
    ...(authCode === undefined ? {} : { authCode }),
    ...(accessToken === undefined ? {} : { accessToken }),
  };
  return tellMerchant(calls, acquirer, merchant, {
    api: 'authNotify',
    url: authNotifyUrl ?? merchant.notifyUrl,
    body,
    paymentNumber: null,
  });
}
