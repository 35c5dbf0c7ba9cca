// The merchant dialect: what merchants and our own acquirer say to each other, in the words of the
// official merchant SDKs (protocol.md §2.16, partners-clients.md §2).
import { z } from 'zod';
import { consultPaymentRequest, orderCodeForm } from './acquirer.ts';
import {
  amount,
  codeValueLength,
  currency,
  datetime,
  env,
  id,
  merchant,
  name,
  order,
  quote,
  region,
  resultObject,
  settlementStrategy,
  text,
  url,
  webUrl,
} from './objects.ts';

const scenarios = ['PaymentCode', 'OrderCode', 'EntryCode'] as const;

/** The documentation writes PaymentCode, an SDK's own list of values PAYMENTCODE: both are read. */
const scenario = z.string().transform((value, context) => {
  const found = scenarios.find((each) => each.toLowerCase() === value.toLowerCase());
  if (found !== undefined) return found;
  const message = `must be one of ${scenarios.join(', ')}`;
  context.issues.push({ code: 'custom', message, input: value });
  return z.NEVER;
});

const regions = z.array(region).max(50, { error: 'must have at most 50 entries' });

const presentmentMode = z.enum(['UNIFIED', 'TILE', 'BUNDLE']);

/** What an order on a page or in an app has beside the order (`productCode` CASHIER_PAYMENT). */
const cashierFacts = {
  paymentRedirectUrl: url.optional(),
  allowedPspRegions: regions.optional(),
  allowedPaymentMethodRegions: regions.optional(),
};

/**
 * pay, merchant to us. In a store (`productCode` IN_STORE_PAYMENT) `paymentMethodId` is the scanned
 * payment code; without one an order code is asked for, unless the scenario says otherwise.
 */
export const merchantPayRequest = z
  .object({
    productCode: text(64),
    paymentRequestId: id,
    order,
    paymentAmount: amount,
    paymentMethod: z.object({
      paymentMethodType: text(64),
      paymentMethodId: text(codeValueLength).optional(),
    }),
    paymentFactor: z
      .object({
        inStorePaymentScenario: scenario.optional(),
        presentmentMode: presentmentMode.optional(),
      })
      .optional(),
    ...cashierFacts,
    paymentExpiryTime: datetime.optional(),
    paymentNotifyUrl: webUrl.optional(),
    settlementStrategy: settlementStrategy.optional(),
    userRegion: region.optional(),
    env: env.optional(),
  })
  .check((message) => {
    const { paymentFactor: factor, paymentMethod: method } = message.value;
    if (factor?.inStorePaymentScenario !== 'PaymentCode') return;
    if (method.paymentMethodId !== undefined) return;
    message.issues.push({
      code: 'custom',
      message: 'is missing: it is the scanned payment code',
      path: ['paymentMethod', 'paymentMethodId'],
      input: message.value,
    });
  });
export type MerchantPayRequest = z.infer<typeof merchantPayRequest>;

/**
 * A rate in this dialect: `quotePrice` is a JSON number, since an official SDK reads nothing else
 * (partners-clients.md §1.1, Go). Nobody reckons with it: amounts are given beside it.
 */
export const merchantQuote = z.object({ ...quote.shape, quotePrice: z.number() });
export type MerchantQuote = z.infer<typeof merchantQuote>;

/** What several answers tell of a payment; who paid, and what for, only once it is paid. */
const merchantPaymentFacts = {
  paymentRequestId: id.optional(),
  paymentId: id.optional(),
  paymentAmount: amount.optional(),
  paymentCreateTime: datetime.optional(),
  paymentTime: datetime.optional(),
  pspCustomerInfo: z.object({ pspName: name.optional(), pspCustomerId: id.optional() }).optional(),
  grossSettlementAmount: amount.optional(),
  settlementQuote: merchantQuote.optional(),
};

/** The ways to a wallet: addresses, and the same as a form that a page can follow. */
const waysOn = {
  normalUrl: url.optional(),
  schemeUrl: url.optional(),
  applinkUrl: url.optional(),
  appIdentifier: text(256).optional(),
  redirectActionForm: z
    .object({
      method: z.literal('GET'),
      redirectUrl: url,
      actionFormType: z.literal('REDIRECTION'),
    })
    .optional(),
  orderCodeForm: orderCodeForm.optional(),
};

export const merchantPayResponse = z.object({
  result: resultObject,
  ...merchantPaymentFacts,
  ...waysOn,
});
export type MerchantPayResponse = z.infer<typeof merchantPayResponse>;

/** createPaymentSession, merchant to us: an order whose visitor chooses a wallet on our page. */
export const merchantSessionRequest = z.object({
  productCode: text(64),
  paymentRequestId: id,
  order,
  paymentAmount: amount,
  paymentMethod: z.object({ paymentMethodType: text(64) }).optional(),
  paymentFactor: z.object({ presentmentMode: presentmentMode.optional() }).optional(),
  ...cashierFacts,
  paymentSessionExpiryTime: datetime.optional(),
  paymentExpiryTime: datetime.optional(),
  paymentNotifyUrl: webUrl.optional(),
  settlementStrategy: settlementStrategy.optional(),
  userRegion: region.optional(),
  env: env.optional(),
});
export type MerchantSessionRequest = z.infer<typeof merchantSessionRequest>;

export const merchantSessionResponse = z.object({
  result: resultObject,
  paymentSessionId: id.optional(),
  paymentSessionExpiryTime: datetime.optional(),
  normalUrl: url.optional(),
});
export type MerchantSessionResponse = z.infer<typeof merchantSessionResponse>;

/** consult, merchant to us: which wallets can pay this order on a page or in an app? */
export const merchantConsultRequest = z.object({
  productCode: text(64),
  paymentAmount: consultPaymentRequest.shape.paymentAmount,
  settlementStrategy: settlementStrategy.optional(),
  userRegion: region.optional(),
  allowedPspRegions: regions.optional(),
  allowedPaymentMethodRegions: regions.optional(),
  merchant: merchant.optional(),
  env: env.optional(),
});

/** One wallet; whether it can be chosen is a JSON truth value, as the SDKs read it. */
export const merchantOption = z.object({
  paymentMethodType: text(64),
  paymentMethodCategory: z.literal('WALLET'),
  paymentMethodRegion: z.array(region).optional(),
  enabled: z.boolean(),
  preferred: z.boolean(),
  disableReason: text(64).optional(),
  supportedCurrencies: z.array(currency).optional(),
  logo: z.object({ logoName: name.optional(), logoUrl: url }).optional(),
});
export type MerchantOption = z.infer<typeof merchantOption>;

/** inquireExchangeRate, merchant to us: by one currency, one pair, or several pairs. */
export const merchantRateRequest = z
  .object({
    paymentCurrency: currency.optional(),
    sellCurrency: currency.optional(),
    buyCurrency: currency.optional(),
    currencyPairs: z
      .array(z.object({ sellCurrency: currency, buyCurrency: currency }))
      .min(1, { error: 'must have at least one entry' })
      .max(50, { error: 'must have at most 50 entries' })
      .optional(),
  })
  .check((message) => {
    const { paymentCurrency, sellCurrency, currencyPairs } = message.value;
    if (paymentCurrency ?? sellCurrency ?? currencyPairs) return;
    message.issues.push({
      code: 'custom',
      message: 'is missing: give it, or sellCurrency, or currencyPairs',
      path: ['paymentCurrency'],
      input: message.value,
    });
  });
export type MerchantRateRequest = z.infer<typeof merchantRateRequest>;

/** One of two ids must be there. */
function needsOneOf(first: string, second: string) {
  return (message: {
    readonly value: Readonly<Record<string, unknown>>;
    readonly issues: z.core.$ZodRawIssue[];
  }): void => {
    if (message.value[first] !== undefined || message.value[second] !== undefined) return;
    message.issues.push({
      code: 'custom',
      message: `is missing: give ${first} or ${second}`,
      path: [first],
      input: message.value,
    });
  };
}

/** A payment by either id; where both are given, `paymentId` counts. */
export const merchantPaymentName = z
  .object({ paymentRequestId: id.optional(), paymentId: id.optional() })
  .check(needsOneOf('paymentRequestId', 'paymentId'));
export type MerchantPaymentName = z.infer<typeof merchantPaymentName>;

/** How a payment or a part of it stands. */
const transactionStatus = z.enum(['SUCCESS', 'FAIL', 'PROCESSING', 'CANCELLED']);
export type TransactionStatus = z.infer<typeof transactionStatus>;

/** One thing that happened to a payment. */
const merchantTransaction = z.object({
  transactionResult: resultObject.optional(),
  transactionId: id.optional(),
  transactionType: z.enum(['PAYMENT', 'REFUND', 'AUTHORIZATION', 'CAPTURE', 'CANCEL', 'VOID']),
  transactionStatus,
  transactionAmount: amount.optional(),
  transactionRequestId: id.optional(),
  transactionTime: datetime.optional(),
});

/** `result` is about the question; `paymentStatus` and `paymentResultCode` about the payment. */
export const merchantInquiryPaymentResponse = z.object({
  result: resultObject,
  paymentStatus: transactionStatus.optional(),
  paymentResultCode: text(64).optional(),
  paymentResultMessage: text(256).optional(),
  ...merchantPaymentFacts,
  transactions: z.array(merchantTransaction).optional(),
});
export type MerchantInquiryPaymentResponse = z.infer<typeof merchantInquiryPaymentResponse>;

export const merchantCancelResponse = z.object({
  result: resultObject,
  paymentId: id.optional(),
  paymentRequestId: id.optional(),
  cancelTime: datetime.optional(),
});
export type MerchantCancelResponse = z.infer<typeof merchantCancelResponse>;

/** The SDKs name the payment by `paymentId`; its own id is taken too. */
export const merchantRefundRequest = z
  .object({
    refundRequestId: id,
    paymentId: id.optional(),
    paymentRequestId: id.optional(),
    refundAmount: amount,
    refundReason: text(256).optional(),
    refundNotifyUrl: webUrl.optional(),
    isAsyncRefund: z.boolean().optional(),
  })
  .check(needsOneOf('paymentId', 'paymentRequestId'));
export type MerchantRefundRequest = z.infer<typeof merchantRefundRequest>;

const merchantRefundFacts = {
  refundRequestId: id.optional(),
  refundId: id.optional(),
  refundAmount: amount.optional(),
  refundTime: datetime.optional(),
  grossSettlementAmount: amount.optional(),
  settlementQuote: merchantQuote.optional(),
};

export const merchantRefundResponse = z.object({
  result: resultObject,
  paymentId: id.optional(),
  ...merchantRefundFacts,
});
export type MerchantRefundResponse = z.infer<typeof merchantRefundResponse>;

/** A refund by either id; where both are given, `refundId` counts. */
export const merchantInquiryRefundRequest = z
  .object({ refundRequestId: id.optional(), refundId: id.optional() })
  .check(needsOneOf('refundRequestId', 'refundId'));
export type MerchantInquiryRefundRequest = z.infer<typeof merchantInquiryRefundRequest>;

export const merchantInquiryRefundResponse = z.object({
  result: resultObject,
  refundStatus: z.enum(['SUCCESS', 'FAIL', 'PROCESSING']).optional(),
  ...merchantRefundFacts,
});
export type MerchantInquiryRefundResponse = z.infer<typeof merchantInquiryRefundResponse>;

/** notifyRefund, from us to the merchant's address: `result` is the refund's, S or F. */
export const merchantNotifyRefundRequest = z.object({
  notifyType: z.literal('REFUND_RESULT'),
  result: resultObject,
  refundStatus: z.enum(['SUCCESS', 'FAIL', 'PROCESSING']),
  ...merchantRefundFacts,
});
export type MerchantNotifyRefundRequest = z.infer<typeof merchantNotifyRefundRequest>;

/** notifyPayment, from us to the merchant's address: `result` is the payment's, S or F. */
export const merchantNotifyPaymentRequest = z.object({
  notifyType: z.literal('PAYMENT_RESULT'),
  result: resultObject,
  ...merchantPaymentFacts,
});
export type MerchantNotifyPaymentRequest = z.infer<typeof merchantNotifyPaymentRequest>;
