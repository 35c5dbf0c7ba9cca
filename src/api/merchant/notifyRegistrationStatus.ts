// notifyRegistrationStatus to a merchant: what a wallet said of it, until it says that it knows.

import { type Merchant, ownIdOf } from '../../merchants/merchant.ts';
import type { PartnerCalls } from '../../network/calls.ts';
import type { Participant } from '../../network/participant.ts';
import { type KnownRegistration, noticeOf } from '../../registrations/registration.ts';
import { tellMerchant } from './tell.ts';

/** True when the merchant has said that it knows, or has no address to be told at. */
export function notifyMerchantOfRegistration(
  calls: PartnerCalls,
  acquirer: Participant,
  merchant: Merchant,
  registration: KnownRegistration,
): Promise<boolean> {
  const registrationRequestId = ownIdOf(registration.registrationRequestId);
  return tellMerchant(calls, acquirer, merchant, {
    api: 'notifyRegistrationStatus',
    url: registration.notifyUrl ?? merchant.notifyUrl,
    body: { ...noticeOf(registration), registrationRequestId },
    paymentNumber: null,
  });
}
