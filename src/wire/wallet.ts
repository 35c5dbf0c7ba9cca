// What wallets and the network say to each other about payments: requests and answers.
import { z } from 'zod';
import {
  amount,
  codeValueLength,
  count,
  datetime,
  env,
  extendInfo,
  id,
  order,
  passThroughInfo,
  paymentFactor,
  paymentMethod,
  paymentPromoInfo,
  quote,
  region,
  resultObject,
  surchargeInfo,
  text,
  url,
} from './objects.ts';

/** pay, network to wallet (protocol.md §2.2): take `payToAmount` from the customer. */
export const walletPayRequest = z.object({
  acquirerId: id,
  pspId: id,
  paymentRequestId: id,
  order,
  paymentAmount: amount,
  payToAmount: amount,
  paymentQuote: quote.optional(),
  surchargeInfo: surchargeInfo.optional(),
  paymentMethod,
  paymentFactor,
  paymentExpiryTime: datetime.optional(),
  paymentNotifyUrl: url.optional(),
  paymentRedirectUrl: url.optional(),
  paymentPromoInfo: paymentPromoInfo.optional(),
  passThroughInfo: passThroughInfo.optional(),
});
export type WalletPayRequest = z.infer<typeof walletPayRequest>;

/** Answer to pay: S paid, F declined for good, U in progress. `paymentId` is the wallet's. */
export const walletPayResponse = z.object({
  result: resultObject,
  paymentId: id.optional(),
  paymentTime: datetime.optional(),
  customerId: id.optional(),
  paymentUrl: url.optional(),
});
export type WalletPayResponse = z.infer<typeof walletPayResponse>;

/** userInitiatedPay, wallet to network (protocol.md §2.3): the customer scanned this code. */
export const userInitiatedPayRequest = z.object({
  codeValue: text(codeValueLength),
  customerId: id,
  passThroughInfo: passThroughInfo.optional(),
});
export type UserInitiatedPayRequest = z.infer<typeof userInitiatedPayRequest>;

/** The order behind the code, priced for this wallet; nothing is paid until it notifies. */
export const userInitiatedPayResponse = z.object({
  result: resultObject,
  acquirerId: id.optional(),
  pspId: id.optional(),
  codeType: z.enum(['ORDER_CODE', 'STORE_CODE']).optional(),
  paymentRequestId: id.optional(),
  order: order.optional(),
  paymentFactor: paymentFactor.optional(),
  paymentAmount: amount.optional(),
  payToAmount: amount.optional(),
  paymentQuote: quote.optional(),
  surchargeInfo: surchargeInfo.optional(),
  paymentPromoInfo: paymentPromoInfo.optional(),
  paymentNotifyUrl: url.optional(),
  paymentRedirectUrl: url.optional(),
  paymentExpiryTime: datetime.optional(),
  actionForm: z.object({ actionType: text(64), redirectUrl: url.optional() }).optional(),
  passThroughInfo: passThroughInfo.optional(),
});
export type UserInitiatedPayResponse = z.infer<typeof userInitiatedPayResponse>;

/** A final result: notices never say U (protocol.md §2.5). */
const finalResult = resultObject.extend({
  resultStatus: z.enum(['S', 'F'], { error: 'must be S or F: a notice is final' }),
});

/**
 * notifyPayment, wallet to network (protocol.md §2.5). Our rule: a success also names the
 * wallet's `paymentId`, because the network's books and any reversal hang on it.
 */
export const walletNotifyPaymentRequest = z
  .object({
    paymentRequestId: id,
    paymentResult: finalResult,
    paymentId: id.optional(),
    paymentTime: datetime.optional(),
    paymentAmount: amount.optional(),
    payToAmount: amount.optional(),
    customerId: id.optional(),
  })
  .check((message) => {
    const { paymentResult, paymentId } = message.value;
    if (paymentResult.resultStatus !== 'S' || paymentId !== undefined) return;
    message.issues.push({
      code: 'custom',
      message: 'is missing: a success names the payment of the wallet',
      path: ['paymentId'],
      input: message.value,
    });
  });
export type WalletNotifyPaymentRequest = z.infer<typeof walletNotifyPaymentRequest>;

export const walletNotifyPaymentResponse = z.object({ result: resultObject });
export type WalletNotifyPaymentResponse = z.infer<typeof walletNotifyPaymentResponse>;

/** The three ids by which the network names a payment to a wallet. */
const walletPaymentName = z.object({ acquirerId: id, pspId: id, paymentRequestId: id });

/** inquiryPayment, network to wallet (protocol.md §2.6). */
export const walletInquiryPaymentRequest = walletPaymentName;
export type WalletInquiryPaymentRequest = z.infer<typeof walletInquiryPaymentRequest>;

/** `result` F with ORDER_NOT_EXIST: the wallet never saw it; else look at `paymentResult`. */
export const walletInquiryPaymentResponse = z.object({
  result: resultObject,
  paymentResult: resultObject.optional(),
  paymentId: id.optional(),
  paymentTime: datetime.optional(),
  paymentAmount: amount.optional(),
  payToAmount: amount.optional(),
  customerId: id.optional(),
});
export type WalletInquiryPaymentResponse = z.infer<typeof walletInquiryPaymentResponse>;

/** cancelPayment, network to wallet (protocol.md §2.7): undo it, whatever its state. */
export const walletCancelPaymentRequest = walletPaymentName;
export type WalletCancelPaymentRequest = z.infer<typeof walletCancelPaymentRequest>;

export const walletCancelPaymentResponse = z.object({ result: resultObject });
export type WalletCancelPaymentResponse = z.infer<typeof walletCancelPaymentResponse>;

/**
 * refund, network to wallet (protocol.md §2.8): give `refundFromAmount` back to the customer, once
 * for each `refundRequestId`.
 */
export const walletRefundRequest = z.object({
  acquirerId: id,
  pspId: id,
  paymentRequestId: id,
  paymentId: id,
  refundRequestId: id,
  refundAmount: amount,
  refundFromAmount: amount,
  refundQuote: quote.optional(),
  refundPromoInfo: paymentPromoInfo.optional(),
  surchargeInfo: surchargeInfo.optional(),
  extendInfo: extendInfo.optional(),
});
export type WalletRefundRequest = z.infer<typeof walletRefundRequest>;

/** Answer to refund: S given back, F refused for good, U in progress. The id is the wallet's. */
export const walletRefundResponse = z.object({
  result: resultObject,
  refundId: id.optional(),
  refundTime: datetime.optional(),
});
export type WalletRefundResponse = z.infer<typeof walletRefundResponse>;

/** Most payment codes that one getPaymentCode may ask for (protocol.md §2.9). */
export const codeQuantityLimit = 10;

/**
 * getPaymentCode, wallet to network (protocol.md §2.9). `region` is where the customer will pay;
 * the protocol requires it for CN only. `codeQuantity` is "1" to "10", 1 when absent.
 */
export const getPaymentCodeRequest = z.object({
  customerId: id,
  codeQuantity: count
    .refine((quantity) => Number(quantity) <= codeQuantityLimit, {
      error: `must be at most ${codeQuantityLimit}`,
    })
    .meta({ pattern: '^([1-9]|10)$' })
    .optional(),
  region: region.optional(),
  env,
});
export type GetPaymentCodeRequest = z.infer<typeof getPaymentCodeRequest>;

/** Names of the answer's fields are our rule: no source gives them (protocol.md §11). */
export const getPaymentCodeResponse = z.object({
  result: resultObject,
  paymentCodeList: z
    .array(
      z.object({
        paymentCode: text(64),
        codeValueType: z.enum(['BARCODE', 'QRCODE', 'BARCODE_AND_QRCODE']).optional(),
        paymentCodeIssueTime: datetime.optional(),
        paymentCodeExpiryTime: datetime,
      }),
    )
    .optional(),
});
export type GetPaymentCodeResponse = z.infer<typeof getPaymentCodeResponse>;
