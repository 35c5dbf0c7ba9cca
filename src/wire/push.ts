// What acquirers and the network say to each other about codes that the acquirer made: what is
// behind one, and crediting the shop of a national code (push).
import { z } from 'zod';
import {
  amount,
  codeValueLength,
  datetime,
  id,
  name,
  order,
  paymentFactor,
  quote,
  resultObject,
  settlementStrategy,
  text,
  url,
  webUrl,
} from './objects.ts';

/** userInitiatedPay, network to acquirer (protocol.md §2.4): what is behind your code? */
export const acquirerUserInitiatedPayRequest = z.object({
  acquirerId: id,
  pspId: id,
  codeValue: text(codeValueLength),
  customerId: id,
});
export type AcquirerUserInitiatedPayRequest = z.infer<typeof acquirerUserInitiatedPayRequest>;

/** The order behind the code; for the same code it is the same for ever. */
export const acquirerUserInitiatedPayResponse = z.object({
  result: resultObject,
  codeType: z.enum(['ORDER_CODE', 'STORE_CODE']).optional(),
  paymentRequestId: id.optional(),
  order: order.optional(),
  paymentFactor: paymentFactor.optional(),
  paymentAmount: amount.optional(),
  paymentNotifyUrl: webUrl.optional(),
  paymentRedirectUrl: url.optional(),
  paymentExpiryTime: datetime.optional(),
  settlementStrategy: settlementStrategy.optional(),
  splitSettlementId: id.optional(),
});
export type AcquirerUserInitiatedPayResponse = z.infer<typeof acquirerUserInitiatedPayResponse>;

const pushName = { acquirerId: id, pspId: id, paymentId: id, paymentRequestId: id };

/**
 * pushPayment, network to acquirer (protocol.md §1.5): the wallet has paid, credit the shop. Once
 * for each `paymentId`; the terms are `paymentRequestId`, `paymentAmount`, `settlementAmount`
 * (§2.15). The other fields are our rule: no source lists them.
 */
export const pushPaymentRequest = z.object({
  ...pushName,
  paymentAmount: amount,
  settlementAmount: amount,
  settlementQuote: quote.optional(),
  customerId: id.optional(),
  walletBrandName: name.optional(),
  paymentTime: datetime.optional(),
});
export type PushPaymentRequest = z.infer<typeof pushPaymentRequest>;

/** S credited, F never, U not yet. */
export const pushPaymentResponse = z.object({ result: resultObject });

/** inquiryPushPayment, network to acquirer: what became of this push? */
export const inquiryPushPaymentRequest = z.object(pushName);

/** `result` is about the question, `paymentResult` about the push, as with `inquiryPayment`. */
export const inquiryPushPaymentResponse = z.object({
  result: resultObject,
  paymentResult: resultObject.optional(),
});

/** notifyPushPayment, acquirer to network: credited, or never. Its fields are our rule. */
export const notifyPushPaymentRequest = z.object({
  paymentId: id,
  paymentRequestId: id.optional(),
  paymentResult: resultObject.extend({
    resultStatus: z.enum(['S', 'F'], { error: 'must be S or F: a notice is final' }),
  }),
  paymentAmount: amount.optional(),
  settlementAmount: amount.optional(),
});
export type NotifyPushPaymentRequest = z.infer<typeof notifyPushPaymentRequest>;

export const notifyPushPaymentResponse = z.object({ result: resultObject });

/**
 * notifyPushPayment, network to wallet: the shop of a payment that you have debited is credited.
 * Ours: the protocol tells a wallet nothing of it. Never F: then it is told to cancel.
 */
export const walletNotifyPushPaymentRequest = z.object({
  acquirerId: id,
  pspId: id,
  paymentRequestId: id,
  /** The wallet's own id of the payment. */
  paymentId: id.optional(),
  paymentAmount: amount,
  paymentResult: resultObject,
  /** When the acquirer's word reached the network. */
  creditTime: datetime,
});
export type WalletNotifyPushPaymentRequest = z.infer<typeof walletNotifyPushPaymentRequest>;

/** S: heard. */
export const walletNotifyPushPaymentResponse = z.object({ result: resultObject });
