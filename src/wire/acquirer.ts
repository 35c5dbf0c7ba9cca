// What acquirers and the network say to each other about payments: requests and answers.
import { z } from 'zod';
import {
  amount,
  codeValueLength,
  datetime,
  env,
  flag,
  id,
  isTrue,
  merchant,
  name,
  order,
  paymentFactor,
  paymentMethod,
  quote,
  region,
  resultObject,
  settlementStrategy,
  text,
  url,
  webUrl,
} from './objects.ts';

/**
 * pay, acquirer to network (protocol.md §2.1). In a store, `order.merchant.store` and the
 * scenario are required; with a payment code, `paymentMethod.paymentMethodId` is that code.
 */
export const acquirerPayRequest = z
  .object({
    paymentRequestId: id,
    paymentAmount: amount,
    order,
    paymentMethod,
    paymentFactor,
    paymentExpiryTime: datetime.optional(),
    paymentNotifyUrl: webUrl.optional(),
    paymentRedirectUrl: url.optional(),
    settlementStrategy: settlementStrategy.optional(),
    splitSettlementId: id.optional(),
    userRegion: region.optional(),
    allowedPspRegions: z
      .array(region)
      .max(50, { error: 'must have at most 50 entries' })
      .optional(),
  })
  .check((message) => {
    const { paymentFactor: factor, order: placed, paymentMethod: method } = message.value;
    const missing = (path: string[], why: string) =>
      message.issues.push({
        code: 'custom',
        message: `is missing: ${why}`,
        path,
        input: message.value,
      });
    if (isTrue(factor.isInStorePayment)) {
      if (placed.merchant === undefined) {
        missing(['order', 'merchant'], 'an in-store payment needs it');
      } else if (placed.merchant.store === undefined) {
        missing(['order', 'merchant', 'store'], 'an in-store payment needs it');
      }
      if (factor.inStorePaymentScenario === undefined) {
        missing(['paymentFactor', 'inStorePaymentScenario'], 'an in-store payment needs it');
      }
    }
    if (factor.inStorePaymentScenario === 'PaymentCode' && method.paymentMethodId === undefined) {
      missing(['paymentMethod', 'paymentMethodId'], 'it is the scanned payment code');
    }
  });
export type AcquirerPayRequest = z.infer<typeof acquirerPayRequest>;

/** An amount that may also be nothing yet: the visitor has not chosen what to buy. */
const amountFromZero = z.object({
  currency: amount.shape.currency,
  value: z.union(
    [z.string().regex(/^(0|[1-9][0-9]{0,17})$/), z.number().int().min(0).transform(String)],
    { error: 'must be a whole number of minor units: 1 to 18 digits, no leading zeros' },
  ),
});

/** consultPayment, acquirer to network (protocol.md §2.14): which wallets can pay this? */
export const consultPaymentRequest = z.object({
  paymentAmount: amountFromZero,
  paymentFactor,
  settlementStrategy,
  userRegion: region.optional(),
  allowedPspRegions: z.array(region).max(50, { error: 'must have at most 50 entries' }).optional(),
  merchant: merchant.optional(),
  referenceUserId: id.optional(),
  env: env.optional(),
});

export type ConsultPaymentRequest = z.infer<typeof consultPaymentRequest>;

const supportedWallet = z.object({
  walletName: name,
  walletBrandName: name.optional(),
  walletLogo: z.object({ logoUrl: url }).optional(),
  walletRegion: region.optional(),
  walletFeature: z
    .object({ supportCodeScan: flag.optional(), supportCashierRedirection: flag.optional() })
    .optional(),
});

/** One way to pay, in the order in which it should be offered. */
const paymentOption = z.object({
  paymentMethodType: text(64),
  paymentMethodCategory: z.enum(['WALLET']),
  enabled: flag,
  preferred: flag.optional(),
  disableReason: text(64).optional(),
  logo: z.object({ logoName: name.optional(), logoUrl: url }).optional(),
  paymentOptionDetail: z
    .object({ connectWallet: z.object({ supportWallets: z.array(supportedWallet) }) })
    .optional(),
});
export type PaymentOption = z.infer<typeof paymentOption>;

/** Answer to consultPayment. */
export const consultPaymentResponse = z.object({
  result: resultObject,
  paymentOptions: z.array(paymentOption).optional(),
});

/** The code that the till shows; the wallet scans it (protocol.md §1.3). */
export const orderCodeForm = z.object({
  paymentMethodType: text(64).optional(),
  expireTime: datetime,
  codeDetails: z.array(
    z.object({
      codeValueType: z.enum(['BARCODE', 'QRCODE']),
      codeValue: text(codeValueLength),
      displayType: z.enum(['TEXT', 'SMALLIMAGE', 'MIDDLEIMAGE', 'BIGIMAGE']).optional(),
    }),
  ),
});
export type OrderCodeForm = z.infer<typeof orderCodeForm>;

/** Facts of a payment that several answers to an acquirer carry. */
const acquirerPaymentFacts = {
  acquirerId: id.optional(),
  pspId: id.optional(),
  paymentId: id.optional(),
  paymentTime: datetime.optional(),
  paymentAmount: amount.optional(),
  customerId: id.optional(),
  walletBrandName: name.optional(),
  mppPaymentId: id.optional(),
  settlementAmount: amount.optional(),
  settlementQuote: quote.optional(),
  customsDeclarationAmount: amount.optional(),
};

/** Answer to pay. `pspId`, `customerId` and `walletBrandName` are given on success only. */
export const acquirerPayResponse = z.object({
  result: resultObject,
  ...acquirerPaymentFacts,
  paymentUrl: url.optional(),
  normalUrl: url.optional(),
  schemeUrl: url.optional(),
  applinkUrl: url.optional(),
  appIdentifier: name.optional(),
  orderCodeForm: orderCodeForm.optional(),
});
export type AcquirerPayResponse = z.infer<typeof acquirerPayResponse>;

/** notifyPayment, network to acquirer (protocol.md §2.5): `paymentResult` is S or F, never U. */
export const acquirerNotifyPaymentRequest = z.object({
  paymentRequestId: id,
  paymentResult: resultObject,
  ...acquirerPaymentFacts,
});
export type AcquirerNotifyPaymentRequest = z.infer<typeof acquirerNotifyPaymentRequest>;

/** An answer that says only whether the message was taken. */
export const acquirerNotifyPaymentResponse = z.object({ result: resultObject });
export type AcquirerNotifyPaymentResponse = z.infer<typeof acquirerNotifyPaymentResponse>;

const eitherId = { paymentRequestId: id.optional(), paymentId: id.optional() };

/** One of the two ids must be there. */
function hasEitherId(message: {
  readonly value: { paymentRequestId?: string | undefined; paymentId?: string | undefined };
  readonly issues: z.core.$ZodRawIssue[];
}): void {
  const { paymentRequestId, paymentId } = message.value;
  if (paymentRequestId !== undefined || paymentId !== undefined) return;
  message.issues.push({
    code: 'custom',
    message: 'is missing: give paymentRequestId or paymentId',
    path: ['paymentRequestId'],
    input: message.value,
  });
}

/** Names a payment by either of its ids on the acquirer's leg; with both, both must fit. */
const acquirerPaymentName = z.object(eitherId).check(hasEitherId);

/** inquiryPayment, acquirer to network (protocol.md §2.6): one of the two ids is required. */
export const acquirerInquiryPaymentRequest = acquirerPaymentName;
export type AcquirerInquiryPaymentRequest = z.infer<typeof acquirerInquiryPaymentRequest>;

/** One thing that happened to a payment, in `transactions[]`. */
const transaction = z.object({
  transactionResult: resultObject.optional(),
  transactionId: id.optional(),
  transactionType: z.enum(['PAYMENT', 'REFUND', 'AUTHORIZATION', 'CAPTURE', 'CANCEL', 'VOID']),
  transactionStatus: z.enum(['SUCCESS', 'FAIL', 'PROCESSING', 'CANCELLED']),
  transactionAmount: amount.optional(),
  transactionRequestId: id.optional(),
  transactionTime: datetime.optional(),
});

export type Transaction = z.infer<typeof transaction>;

/** Answer to inquiryPayment: `result` is about the question, `paymentResult` about the payment. */
export const acquirerInquiryPaymentResponse = z.object({
  result: resultObject,
  paymentResult: resultObject.optional(),
  paymentRequestId: id.optional(),
  ...acquirerPaymentFacts,
  transactions: z.array(transaction).optional(),
});
export type AcquirerInquiryPaymentResponse = z.infer<typeof acquirerInquiryPaymentResponse>;

/** cancelPayment, acquirer to network (protocol.md §2.7): one of the two ids is required. */
export const acquirerCancelPaymentRequest = acquirerPaymentName;
export type AcquirerCancelPaymentRequest = z.infer<typeof acquirerCancelPaymentRequest>;

export const acquirerCancelPaymentResponse = z.object({
  result: resultObject,
  acquirerId: id.optional(),
  pspId: id.optional(),
});
export type AcquirerCancelPaymentResponse = z.infer<typeof acquirerCancelPaymentResponse>;

/**
 * refund, acquirer to network (protocol.md §2.8): one of the two payment ids is required.
 * `refundAmount` is in the currency of the payment.
 */
export const acquirerRefundRequest = z
  .object({
    ...eitherId,
    refundRequestId: id,
    refundAmount: amount,
    refundReason: text(256).optional(),
  })
  .check(hasEitherId);
export type AcquirerRefundRequest = z.infer<typeof acquirerRefundRequest>;

/** Answer to refund. `settlementAmount` is what the acquirer is owed less, on success only. */
export const acquirerRefundResponse = z.object({
  result: resultObject,
  acquirerId: id.optional(),
  pspId: id.optional(),
  refundId: id.optional(),
  refundTime: datetime.optional(),
  refundAmount: amount.optional(),
  settlementAmount: amount.optional(),
  settlementQuote: quote.optional(),
});
export type AcquirerRefundResponse = z.infer<typeof acquirerRefundResponse>;
