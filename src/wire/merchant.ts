// The merchant dialect: what merchants and our own acquirer say to each other, in the words of the
// official merchant SDKs (protocol.md §2.16, partners-clients.md §2).
import { z } from 'zod';
import { orderCodeForm } from './acquirer.ts';
import {
  amount,
  codeValueLength,
  datetime,
  env,
  id,
  name,
  order,
  quote,
  region,
  resultObject,
  settlementStrategy,
  text,
  webUrl,
} from './objects.ts';

const base = '/ams/api/v1/payments/';
/** SDKs go here by themselves when their client id begins with SANDBOX_ (§2.7). */
const sandboxBase = '/ams/sandbox/api/v1/payments/';

/** The interfaces of the dialect that are offered. */
const merchantApis = ['pay', 'inquiryPayment', 'cancel', 'refund', 'inquiryRefund'] as const;

/** The name of an interface, as `pay`. */
export type MerchantApiName = (typeof merchantApis)[number];

/** The path of an interface. */
export function merchantPath(api: MerchantApiName): string {
  return base + api;
}

/** The interface behind a path (without query), or undefined. */
export function merchantApiOfPath(path: string): MerchantApiName | undefined {
  const start = path.startsWith(sandboxBase) ? sandboxBase : base;
  if (!path.startsWith(start)) return undefined;
  return merchantApis.find((api) => api === path.slice(start.length));
}

/** Whether a request target is of this dialect. */
export function isMerchantPath(path: string): boolean {
  return path.startsWith('/ams/');
}

const scenarios = ['PaymentCode', 'OrderCode', 'EntryCode'] as const;

/** The documentation writes PaymentCode, an SDK's own list of values PAYMENTCODE: both are read. */
const scenario = z.string().transform((value, context) => {
  const found = scenarios.find((each) => each.toLowerCase() === value.toLowerCase());
  if (found !== undefined) return found;
  const message = `must be one of ${scenarios.join(', ')}`;
  context.issues.push({ code: 'custom', message, input: value });
  return z.NEVER;
});

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
    paymentFactor: z.object({ inStorePaymentScenario: scenario.optional() }).optional(),
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

/** What several answers tell of a payment; who paid, and what for, only once it is paid. */
const merchantPaymentFacts = {
  paymentRequestId: id.optional(),
  paymentId: id.optional(),
  paymentAmount: amount.optional(),
  paymentCreateTime: datetime.optional(),
  paymentTime: datetime.optional(),
  pspCustomerInfo: z.object({ pspName: name.optional(), pspCustomerId: id.optional() }).optional(),
  grossSettlementAmount: amount.optional(),
  settlementQuote: quote.optional(),
};

export const merchantPayResponse = z.object({
  result: resultObject,
  ...merchantPaymentFacts,
  orderCodeForm: orderCodeForm.optional(),
});
export type MerchantPayResponse = z.infer<typeof merchantPayResponse>;

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
  })
  .check(needsOneOf('paymentId', 'paymentRequestId'));
export type MerchantRefundRequest = z.infer<typeof merchantRefundRequest>;

const merchantRefundFacts = {
  refundRequestId: id.optional(),
  refundId: id.optional(),
  refundAmount: amount.optional(),
  refundTime: datetime.optional(),
  grossSettlementAmount: amount.optional(),
  settlementQuote: quote.optional(),
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

/** notifyPayment, from us to the merchant's address: `result` is the payment's, S or F. */
export const merchantNotifyPaymentRequest = z.object({
  notifyType: z.literal('PAYMENT_RESULT'),
  result: resultObject,
  ...merchantPaymentFacts,
});
export type MerchantNotifyPaymentRequest = z.infer<typeof merchantNotifyPaymentRequest>;
