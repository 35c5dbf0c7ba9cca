// POST /ams/api/v1/merchants/inquiryRegistrationStatus, from a merchant: which wallets approved me?

import { networkIdOf } from '../../merchants/merchant.ts';
import { inquiryRegistrationRequest } from '../../wire/registration.ts';
import { refuse } from '../partner/endpoint.ts';
import { inquiryRegistrationStatusEndpoint } from '../partner/inquiryRegistrationStatus.ts';
import { merchantEndpoint } from './endpoint.ts';

/** Whatever it names, only the merchant's own registrations are found. */
export const merchantInquiryRegistrationStatus = merchantEndpoint(
  inquiryRegistrationRequest,
  async ({ merchant, network }, { registrationRequestId: ownId, ...message }) => {
    const { referenceMerchantId = merchant.merchantId } = message;
    if (referenceMerchantId !== merchant.merchantId) {
      return refuse('ORDER_NOT_EXIST', 'You have registered no such merchant. Check its id.');
    }
    return inquiryRegistrationStatusEndpoint.carryOut(network, {
      ...message,
      referenceMerchantId,
      ...(ownId === undefined ? {} : { registrationRequestId: networkIdOf(merchant, ownId) }),
    });
  },
);
