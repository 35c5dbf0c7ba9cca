// Merchant registration: what acquirers tell of their merchants, and what wallets say to it
// (protocol.md §2.12).
import { z } from 'zod';
import { address, datetime, id, name, resultObject, text, url, webUrl } from './objects.ts';

/** What a merchant can be registered for (protocol.md §1.1). */
const registrationProducts = ['IN_STORE_PAYMENT', 'CASHIER_PAYMENT', 'AGREEMENT_PAYMENT'] as const;
export type RegistrationProduct = (typeof registrationProducts)[number];

const categoryCode = z.string().regex(/^[0-9]{4}$/, { error: 'must be four digits (ISO 18245)' });
const productCode = z.enum(registrationProducts, {
  error: `must be one of ${registrationProducts.join(', ')}`,
});

const most = (count: number) => ({ error: `must have at most ${count} entries` });

const contact = z.object({
  contactNo: text(64).optional(),
  contactType: text(64).optional(),
});

const attachment = z.object({
  attachmentType: text(64).optional(),
  fileKey: text(256).optional(),
  attachmentName: name.optional(),
  file: text(20_000).optional(),
});

const registrationDetail = z.object({
  legalName: name.optional(),
  registrationType: text(64).optional(),
  registrationNo: text(64).optional(),
  registrationAddress: address.optional(),
  businessType: text(64).optional(),
  attachments: z.array(attachment).max(20, most(20)).optional(),
  contactInfo: z.array(contact).max(20, most(20)).optional(),
  registrationEffectiveDate: datetime.optional(),
  registrationExpireDate: datetime.optional(),
});

const logo = z.object({ logoUrl: url.optional(), logoName: name.optional() });

/** Who sells. Our rule: its name is needed, because people at the wallets read it. */
const merchantInfo = z.object({
  referenceMerchantId: id,
  merchantDisplayName: name,
  merchantMCC: categoryCode.optional(),
  logo: logo.optional(),
  websites: z
    .array(
      z.object({
        name: name.optional(),
        url: url.optional(),
        desc: name.optional(),
        type: text(64).optional(),
      }),
    )
    .max(20, most(20))
    .optional(),
  merchantAddress: address.optional(),
  registrationDetail: registrationDetail.optional(),
});

const storeInfo = z.object({
  referenceStoreId: text(32),
  storeName: name.optional(),
  storeDisplayName: name.optional(),
  storeMCC: categoryCode.optional(),
  storeAddress: address.optional(),
  storePhoneNo: text(32).optional(),
});

const facts = {
  registrationRequestId: id,
  productCodes: z
    .array(productCode)
    .min(1, { error: 'must have at least one entry' })
    .max(3, most(3)),
  merchantInfo,
  storeInfo: storeInfo.optional(),
  passThroughInfo: text(2048).optional(),
};

/** A store belongs to sales in a store, and to nothing else. */
function storeFits(message: {
  readonly value: { productCodes?: readonly string[]; storeInfo?: object | undefined };
  readonly issues: z.core.$ZodRawIssue[];
}): void {
  const { productCodes = [], storeInfo: store } = message.value;
  const inStore = productCodes.includes('IN_STORE_PAYMENT');
  if (inStore === (store !== undefined)) return;
  message.issues.push({
    code: 'custom',
    message: inStore
      ? 'is missing: IN_STORE_PAYMENT needs the store'
      : 'must be left out: no product of productCodes is in a store',
    path: ['storeInfo'],
    input: message.value,
  });
}

/** registration, acquirer to network: one merchant or store a message. */
export const registrationRequest = z
  .object({ ...facts, registrationNotifyUrl: webUrl.optional() })
  .check(storeFits);
export type RegistrationRequest = z.infer<typeof registrationRequest>;

export const registrationResponse = z.object({
  result: resultObject,
  passThroughInfo: text(2048).optional(),
});

/** registration, network to wallet: the id is the network's own. */
export const walletRegistrationRequest = z.object({ acquirerId: id, ...facts }).check(storeFits);
export type WalletRegistrationRequest = z.infer<typeof walletRegistrationRequest>;

/** How a wallet, or all of them together, stand to a merchant. COMPLETED is of all together. */
const registrationStatuses = ['PENDING', 'APPROVED', 'REJECTED', 'COMPLETED'] as const;

const registrationResult = z.object({
  registrationStatus: z.enum(registrationStatuses),
  rejectReasons: text(1024).optional(),
});
export type RegistrationResult = z.infer<typeof registrationResult>;

const walletWord = z.object({
  registrationStatus: z.enum(['APPROVED', 'REJECTED'], { error: 'must be APPROVED or REJECTED' }),
  rejectReasons: text(1024).optional(),
});

/** notifyRegistrationStatus, wallet to network: its word on a request that it was asked. */
export const walletNotifyRegistrationRequest = z.object({
  registrationRequestId: id,
  registrationResult: walletWord,
});

export const resultOnlyResponse = z.object({ result: resultObject });

/** inquiryRegistrationStatus, network to wallet. */
export const walletInquiryRegistrationRequest = z.object({ registrationRequestId: id });

export const walletInquiryRegistrationResponse = z.object({
  result: resultObject,
  registrationResult: registrationResult.optional(),
});

const pspResults = z.array(z.object({ pspName: id, registrationResult }));

/** inquiryRegistrationStatus, acquirer to network: by the request, or by merchant and store. */
export const inquiryRegistrationRequest = z
  .object({
    registrationRequestId: id.optional(),
    referenceMerchantId: id.optional(),
    referenceStoreId: text(32).optional(),
  })
  .check((message) => {
    const { registrationRequestId, referenceMerchantId } = message.value;
    if (registrationRequestId !== undefined || referenceMerchantId !== undefined) return;
    message.issues.push({
      code: 'custom',
      message: 'is missing: give registrationRequestId or referenceMerchantId',
      path: ['registrationRequestId'],
      input: message.value,
    });
  });
export type InquiryRegistrationRequest = z.infer<typeof inquiryRegistrationRequest>;

export const inquiryRegistrationResponse = z.object({
  result: resultObject,
  registrationResult: registrationResult.optional(),
  pspRegistrationResultList: pspResults.optional(),
});

/** notifyRegistrationStatus, network to acquirer: once for each wallet's word. */
export const acquirerNotifyRegistrationRequest = z.object({
  registrationRequestId: id,
  referenceMerchantId: id,
  referenceStoreId: text(32).optional(),
  registrationResult,
  pspRegistrationResultList: pspResults,
});
