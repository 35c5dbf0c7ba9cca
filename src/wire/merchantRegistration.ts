// The merchant dialect's registration: a merchant makes itself known to wallets (protocol.md §2.12,
// §2.16).
import { z } from 'zod';
import { registrationRequest } from './registration.ts';

const facts = registrationRequest.shape;

/**
 * merchants/registration, merchant to us. The official SDKs have no field for a store, and write
 * the address for notices with capitals; both are read.
 */
export const merchantRegistrationRequest = z.object({
  registrationRequestId: facts.registrationRequestId,
  productCodes: facts.productCodes,
  merchantInfo: facts.merchantInfo,
  storeInfo: facts.storeInfo,
  passThroughInfo: facts.passThroughInfo,
  registrationNotifyUrl: facts.registrationNotifyUrl,
  registrationNotifyURL: facts.registrationNotifyUrl,
});
