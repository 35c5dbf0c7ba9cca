// POST /ams/api/v1/merchants/registration, from a merchant: make me known to the wallets.

import { networkIdOf } from '../../merchants/merchant.ts';
import { merchantRegistrationRequest } from '../../wire/merchantRegistration.ts';
import { refuse } from '../partner/endpoint.ts';
import { registrationEndpoint } from '../partner/registration.ts';
import { merchantEndpoint } from './endpoint.ts';

/**
 * A merchant registers itself and nobody else, so that what wallets approve is who signed. Without
 * a store, sales in a store are those of its usual one, as they are in `pay`.
 */
export const merchantRegistration = merchantEndpoint(
  merchantRegistrationRequest,
  async ({ merchant, network }, { registrationNotifyURL, ...message }) => {
    const { merchantId, store } = merchant;
    const { productCodes, merchantInfo } = message;
    if (merchantInfo.referenceMerchantId !== merchantId) {
      const why = `merchantInfo.referenceMerchantId must be your own id here, ${merchantId}.`;
      return refuse('PARAM_ILLEGAL', why);
    }
    const isInStore = productCodes.includes('IN_STORE_PAYMENT');
    if (!isInStore && message.storeInfo !== undefined) {
      const why = 'storeInfo must be left out: no product of productCodes is in a store.';
      return refuse('PARAM_ILLEGAL', why);
    }
    const usual = isInStore
      ? { referenceStoreId: store.storeId, storeName: store.name }
      : undefined;
    return registrationEndpoint.carryOut(network, {
      ...message,
      registrationRequestId: networkIdOf(merchant, message.registrationRequestId),
      storeInfo: message.storeInfo ?? usual,
      registrationNotifyUrl: message.registrationNotifyUrl ?? registrationNotifyURL,
    });
  },
);
