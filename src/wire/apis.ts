// Every interface of the partner API in one place: who calls it, its messages, its results.
import type { z } from 'zod';
import * as acquirer from './acquirer.ts';
import { askedAgreementApis, servedAgreementApis } from './agreementApis.ts';
import {
  declineSteps,
  doorSteps,
  loadSteps,
  messageRefusals,
  type ResultStep,
  step,
  walletDeclines,
} from './apiSteps.ts';
import * as codeRules from './codeRules.ts';
import { askedDisputeApis, servedDisputeApis } from './disputeApis.ts';
import * as exchangeQuote from './exchangeQuote.ts';
import type { ApiName } from './messages.ts';
import { askedPushApis, servedPushApis } from './pushApis.ts';
import { askedRegistrationApis, servedRegistrationApis } from './registrationApis.ts';
import * as userLimits from './userLimits.ts';
import * as wallet from './wallet.ts';

/** What is known of an interface; the reference, the client and the tests are made from it. */
export interface Api<Request extends z.ZodType = z.ZodType, Answer extends z.ZodType = z.ZodType> {
  /** Who sends it: a partner of this role, or the network to a partner of this role. */
  readonly role: 'acquirer' | 'wallet';
  /** What it does, in a few words. */
  readonly summary: string;
  /** What one has to know before calling it; plain sentences. */
  readonly description: string;
  readonly request: Request;
  readonly answer: Answer;
  /** Every answer in the order of the checks: the first step that applies. */
  readonly results: readonly ResultStep[];
}

const api = <Request extends z.ZodType, Answer extends z.ZodType>(
  row: Api<Request, Answer>,
): Api<Request, Answer> => row;

/** The steps of an interface of the network: the door, its own, and what load can bring. */
const served = (...own: readonly ResultStep[]) => [...doorSteps, ...own, ...loadSteps];

const success = step('SUCCESS', 'done');

/**
 * The interfaces that the network serves. An endpoint of `api/partner` has its row here, or
 * `tests/hub/results.test.ts` and `tests/hub/openapi.test.ts` fail and name it.
 */
export const servedApis = {
  consultPayment: api({
    role: 'acquirer',
    summary: 'Which wallets can pay in an online shop?',
    description:
      'For a cashier payment. Nothing is written. First come wallets of userRegion, then the ' +
      'others that can pay, then those that cannot, with disableReason. presentmentMode TILE ' +
      'gives one option a wallet; without it there is one option, CONNECT_WALLET, for all.',
    request: acquirer.consultPaymentRequest,
    answer: acquirer.consultPaymentResponse,
    results: served(
      step('BUSINESS_NOT_SUPPORT', 'the factors do not name a cashier payment'),
      step('PARAM_ILLEGAL', 'the currency is not one of ISO 4217'),
      step('CURRENCY_NOT_SUPPORT', 'the agreement has no orders or settlement in the currency'),
      success,
    ),
  }),
  pay: api({
    role: 'acquirer',
    summary: 'Charge a payment code, or place an order and get the way to a wallet',
    description:
      'In a store, order.merchant.store and paymentFactor.inStorePaymentScenario are required. ' +
      'PaymentCode: paymentMethod.paymentMethodId is the scanned code; the wallet is asked, and ' +
      'its answer is waited for up to 8 seconds. OrderCode: the answer is U with orderCodeForm. ' +
      'EntryCode: U with paymentUrl, to which your page redirects. Online (isInStorePayment ' +
      'false, isCashierPayment true): U with the addresses of the wallet that ' +
      'paymentMethod.paymentMethodType names, or of our page for CONNECT_WALLET. ' +
      'Auto debit (isAgreementPayment true, the others false): paymentMethod.paymentMethodId is ' +
      'an access token of yours; answered like a payment code. With isPaymentEvaluation true the ' +
      'wallet only says whether it would pay: no payment is made. ' +
      'The same paymentRequestId with the same terms is answered with the payment as it is by ' +
      'then; with other terms, REPEAT_REQ_INCONSISTENT.',
    request: acquirer.acquirerPayRequest,
    answer: acquirer.acquirerPayResponse,
    results: served(
      step('BUSINESS_NOT_SUPPORT', 'the factors name a product that is not offered'),
      step('PARAM_ILLEGAL', 'a field that the product needs is missing; the message names it'),
      step('PARAM_ILLEGAL', 'a currency is not one of ISO 4217'),
      step('PAYMENT_AMOUNT_EXCEED_LIMIT', 'the amount is over 10,000,000,000,000 minor units'),
      step('ORDER_IS_CLOSED', 'you cancelled the id before it was paid with'),
      step('REPEAT_REQ_INCONSISTENT', 'the id was used with other terms'),
      step('CURRENCY_NOT_SUPPORT', 'no orders or settlement in the currency are agreed; failed'),
      step('CURRENCY_NOT_SUPPORT', 'no rate for your settlement: none, too old, stopped; failed'),
      step('PARAM_ILLEGAL', 'paymentMethodType is no wallet with a cashier'),
      step('UNAVAILABLE_PAYMENT_METHOD', 'the wallet named cannot pay this; it has failed'),
      step('MERCHANT_NOT_REGISTERED', 'the wallet named has not approved the merchant; failed'),
      step('INVALID_CODE', 'the payment code is none of this network'),
      step('EXPIRED_CODE', 'the payment code is too old or used up'),
      step(
        'INVALID_TOKEN',
        'the access token is not yours, replaced, revoked or lacks AGREEMENT_PAY',
      ),
      step('EXPIRED_ACCESS_TOKEN', 'the access token has expired'),
      step('REQUEST_TRAFFIC_EXCEED_LIMIT', 'too many calls to the wallet are under way'),
      step(
        'UNAVAILABLE_PAYMENT_METHOD',
        'its wallet is closed to payments; the payment has failed',
      ),
      step('MERCHANT_NOT_REGISTERED', 'its wallet has not approved the merchant; it has failed'),
      step('UNAVAILABLE_PAYMENT_METHOD', 'no rate to the currency of its wallet; it has failed'),
      step('PARAM_ILLEGAL', 'the amount is too small to convert; the payment has failed'),
      step('PARAM_ILLEGAL', 'the expiry is in the past'),
      step('REGULATION_RESTRICTION', 'screening does not allow it; the payment has failed'),
      step('PAYMENT_AMOUNT_EXCEED_LIMIT', 'over what one payment may be; the payment has failed'),
      step('USER_AMOUNT_EXCEED_LIMIT', 'over what the customer may pay; the payment has failed'),
      step('PAYMENT_COUNT_EXCEED_LIMIT', 'more payments than the customer may make; it has failed'),
      step('CURRENCY_NOT_SUPPORT', 'a limit is counted in a currency that has no rate'),
      step('PAYMENT_AMOUNT_EXCEED_LIMIT', 'the wallet is over its cap; the payment has failed'),
      ...declineSteps,
      step('ORDER_IS_CLOSED', 'the payment ended without success, at its expiry or by you'),
      step('PAYMENT_IN_PROCESS', 'the way on is given, or the wallet has not answered yet'),
      success,
    ),
  }),
  userInitiatedPay: api({
    role: 'wallet',
    summary: 'What order is behind the code that a customer scanned?',
    description:
      'Answers the order with both amounts and the rate. Nothing is paid until the wallet says ' +
      'so with notifyPayment. The same code and customer again is answered as before. A code ' +
      'that an acquirer made (a code rule says whose) is taken to that acquirer first; a ' +
      'national code must have an amount in it.',
    request: wallet.userInitiatedPayRequest,
    answer: wallet.userInitiatedPayResponse,
    results: served(
      step('INVALID_CODE', 'the code is none of this network'),
      step('EXPIRED_CODE', 'the code says itself that it is too old'),
      step('ORDER_IS_CLOSED', 'the acquirer of the code cancelled the order before it was scanned'),
      step('REQUEST_TRAFFIC_EXCEED_LIMIT', 'too many calls to the acquirer are under way'),
      step('UNKNOWN_EXCEPTION', 'the acquirer of the code has not answered: scan it again'),
      step('INVALID_CODE', 'the acquirer of the code does not know it'),
      step('PROCESS_FAIL', 'the acquirer names no order, or another one than before'),
      step('CURRENCY_NOT_SUPPORT', 'the acquirer cannot be settled for its order'),
      step('REPEAT_REQ_INCONSISTENT', 'another customer of this wallet has the code'),
      step('EXPIRED_CODE', 'the order has expired'),
      step('ORDER_IS_CLOSED', 'the order is paid or closed, or this wallet has declined it'),
      step('PAYMENT_COUNT_EXCEED_LIMIT', 'nine wallets have scanned this code already'),
      step('UNAVAILABLE_PAYMENT_METHOD', 'the shop takes no wallets of your region for it'),
      step('MERCHANT_NOT_REGISTERED', 'registration is required, and you did not approve the shop'),
      step('CURRENCY_NOT_SUPPORT', 'no rate to your currency: none, too old, stopped'),
      step('PROCESS_FAIL', 'the amount is too small for your currency'),
      step('REGULATION_RESTRICTION', 'screening does not allow it'),
      step('PAYMENT_AMOUNT_EXCEED_LIMIT', 'over what one payment may be; actionForm has a page'),
      step('USER_AMOUNT_EXCEED_LIMIT', 'over what the customer may pay; actionForm has a page'),
      step('PAYMENT_COUNT_EXCEED_LIMIT', 'more payments than the customer may make; so too'),
      step('CURRENCY_NOT_SUPPORT', 'a limit is counted in a currency that has no rate'),
      step('PAYMENT_AMOUNT_EXCEED_LIMIT', 'you are over your cap with the network'),
      success,
    ),
  }),
  notifyPayment: api({
    role: 'wallet',
    summary: 'The customer paid, or did not',
    description:
      'S with your paymentId, or F; never U. Fields that repeat the payment must be equal to it. ' +
      'Repeat the call until it is answered S or with a final F.',
    request: wallet.walletNotifyPaymentRequest,
    answer: wallet.walletNotifyPaymentResponse,
    results: served(
      step('ORDER_NOT_EXIST', 'the paymentRequestId is none that this wallet was given'),
      step('REPEAT_REQ_INCONSISTENT', 'a field differs, or the other result was said before'),
      step('ORDER_IS_CLOSED', 'a success that came too late: give the money back'),
      step('SUCCESS', 'taken, now or before'),
    ),
  }),
  inquiryPayment: api({
    role: 'acquirer',
    summary: 'How does this payment stand?',
    description:
      'By paymentRequestId or paymentId; with both, both must name the same payment. `result` is ' +
      'about the question, `paymentResult` about the payment.',
    request: acquirer.acquirerInquiryPaymentRequest,
    answer: acquirer.acquirerInquiryPaymentResponse,
    results: served(
      step('ORDER_NOT_EXIST', 'you have no such payment'),
      step('ORDER_IS_CLOSED', 'you cancelled the id before it was paid with'),
      success,
    ),
  }),
  cancelPayment: api({
    role: 'acquirer',
    summary: 'This payment must not be',
    description:
      'By paymentRequestId or paymentId, always as a whole: at any time before it is paid, and ' +
      'until 00:15 (UTC+8) of the day after it was. S means closed for good, whatever the wallet ' +
      'says afterwards; there is no notice of a payment that was paid and is taken back. A ' +
      'paymentRequestId that was never paid with is closed as well.',
    request: acquirer.acquirerCancelPaymentRequest,
    answer: acquirer.acquirerCancelPaymentResponse,
    results: served(
      step('ORDER_NOT_EXIST', 'you have no such payment; an id of yours, named alone, is closed'),
      step('SUCCESS', 'it is not paid, or was closed before'),
      step('PROCESS_FAIL', 'a refund of it was made or is under way'),
      step('CANCEL_WINDOW_EXCEED', 'it was paid, and the next day has begun'),
      success,
    ),
  }),
  refund: api({
    role: 'acquirer',
    summary: 'Give this much of a payment back',
    description:
      'In the currency of the payment, whole or in parts, for 365 days. The same refundRequestId ' +
      'with the same payment and amount is answered with the refund as it is by then; an F is ' +
      'final for that id. The wallet is asked, and its answer is waited for up to 8 seconds; ' +
      'after U, send the same refund again. What is under way counts as given back.',
    request: acquirer.acquirerRefundRequest,
    answer: acquirer.acquirerRefundResponse,
    results: served(
      step('REPEAT_REQ_INCONSISTENT', 'the id was used with another payment or amount'),
      step('ORDER_NOT_EXIST', 'you have no such payment'),
      step('CURRENCY_NOT_SUPPORT', 'refundAmount is in another currency than the payment'),
      step('PROCESS_FAIL', 'the payment has 200 refunds already'),
      step('PROCESS_FAIL', 'the payment is not paid yet: cancel it instead'),
      step('ORDER_IS_CLOSED', 'the payment was never paid, or was cancelled'),
      step('REFUND_WINDOW_EXCEED', 'it was paid more than 365 days ago'),
      step('REFUND_AMOUNT_EXCEED', 'with the earlier refunds it is more than was paid'),
      ...declineSteps,
      step('PAYMENT_IN_PROCESS', 'the wallet has not answered yet'),
      step('SUCCESS', 'given back, now or before'),
    ),
  }),
  getPaymentCode: api({
    role: 'wallet',
    summary: 'Payment codes for a customer to show',
    description: 'One to ten codes of 24 digits, each good for one minute and one payment.',
    request: wallet.getPaymentCodeRequest,
    answer: wallet.getPaymentCodeResponse,
    results: served(success),
  }),
  inquiryCodeRules: api({
    role: 'wallet',
    summary: 'How do I tell codes apart?',
    description:
      'All rules and their version. Our addition: name the version that you have, and while it ' +
      'is the newest the answer comes without codeRules.',
    request: codeRules.inquiryCodeRulesRequest,
    answer: codeRules.inquiryCodeRulesResponse,
    results: served(success),
  }),
  inquiryForeignExchangeQuote: api({
    role: 'wallet',
    summary: 'What would it cost now?',
    description:
      'For reference only: a payment is quoted when it is made. Your customer sells ' +
      'sellCurrency, which is yours, and buys buyCurrency, the shop’s.',
    request: exchangeQuote.inquiryForeignExchangeQuoteRequest,
    answer: exchangeQuote.inquiryForeignExchangeQuoteResponse,
    results: served(
      step('PARAM_ILLEGAL', 'a currency is not one of ISO 4217'),
      step('PARAM_ILLEGAL', 'both currencies are the same'),
      step('CURRENCY_NOT_SUPPORT', 'sellCurrency is not that of your agreement'),
      step('CURRENCY_NOT_SUPPORT', 'no rate to your currency: none, too old, stopped'),
      success,
    ),
  }),
  ...servedAgreementApis,
  ...servedPushApis,
  ...servedRegistrationApis,
  inquiryUserLimits: api({
    role: 'wallet',
    summary: 'How much may this customer still pay?',
    description:
      'Ours: every limit that the customer’s payments may be counted in now, with what is left ' +
      'of it and until when, so that you can tell before it is reached. isNear is true from ' +
      '80 % on. The same customerId always has to mean the same person.',
    request: userLimits.inquiryUserLimitsRequest,
    answer: userLimits.inquiryUserLimitsResponse,
    results: served(success),
  }),
  ...servedDisputeApis,
} as const satisfies Partial<Record<ApiName, Api>>;

/** An interface that the network serves. */
export type ServedApi = keyof typeof servedApis;

/**
 * The interfaces that partners serve, by role and name. Their results are what the network
 * understands: any other F of a wallet counts as PROCESS_FAIL, and no answer counts as U. To a
 * cancel any other F counts as U too: the network must not take it for an end.
 */
export const askedApis = {
  'wallet.pay': api({
    role: 'wallet',
    summary: 'Your customer’s code was scanned: take payToAmount',
    description:
      'Answer within 7 seconds: S with your paymentId, F with the reason, or U while the ' +
      'customer decides. A paymentRequestId that you know is answered as before, without a ' +
      'second debit.',
    request: wallet.walletPayRequest,
    answer: wallet.walletPayResponse,
    results: [
      ...declineSteps.map(({ code }) => step(code, 'you decline for this reason')),
      step('PAYMENT_IN_PROCESS', 'the customer is still deciding: the network will inquire'),
      step('SUCCESS', 'the money is taken'),
    ],
  }),
  'wallet.inquiryPayment': api({
    role: 'wallet',
    summary: 'What became of this paymentRequestId?',
    description: '`result` is about the question; the state of the payment is in `paymentResult`.',
    request: wallet.walletInquiryPaymentRequest,
    answer: wallet.walletInquiryPaymentResponse,
    results: [
      step('ORDER_NOT_EXIST', 'you have never seen it; the network asks again'),
      step('ORDER_IS_CLOSED', 'it was cancelled at your side; this is final'),
      step('SUCCESS', 'paymentResult says how it stands'),
    ],
  }),
  'wallet.cancelPayment': api({
    role: 'wallet',
    summary: 'Undo this payment, whatever its state',
    description:
      'The network repeats it until you answer S, or F with ORDER_NOT_EXIST after the expiry of ' +
      'the payment. An id that was cancelled is never paid afterwards, even if the cancel came ' +
      'first. A paid payment you must be able to cancel until 00:30 (UTC+8) of the next day.',
    request: wallet.walletCancelPaymentRequest,
    answer: wallet.walletCancelPaymentResponse,
    results: [
      step('ORDER_NOT_EXIST', 'you never saw it; before its expiry the network repeats it'),
      step('CANCEL_WINDOW_EXCEED', 'it is after 00:30: the network asks you to refund all of it'),
      step('UNKNOWN_EXCEPTION', 'you cannot say yet: the network repeats it'),
      step('SUCCESS', 'the customer has the money back, or will never pay'),
    ],
  }),
  'wallet.refund': api({
    role: 'wallet',
    summary: 'Give refundFromAmount of this payment back',
    description:
      'Once for each refundRequestId: the same id with the same amounts is answered as before. ' +
      'You must make a valid refund succeed, for 366 days. F is final, and the shop is told so. ' +
      'A payment that could not be cancelled any more is refunded as a whole: its ' +
      'refundRequestId is the paymentRequestId.',
    request: wallet.walletRefundRequest,
    answer: wallet.walletRefundResponse,
    results: [
      ...messageRefusals.map((code) =>
        step(code, 'you refuse the message, not the refund: the network repeats it'),
      ),
      ...walletDeclines.map((code) => step(code, 'you refuse for good, for this reason')),
      step('PAYMENT_IN_PROCESS', 'you do not know yet: the network repeats it'),
      step('SUCCESS', 'the customer has the money, now or before'),
    ],
  }),
  'acquirer.notifyPayment': api({
    role: 'acquirer',
    summary: 'The payment ended, S or F',
    description:
      'Compare it with your own record, write it down, and answer S: that says "received", ' +
      'whatever the result inside. It is repeated until then, so expect it more than once.',
    request: acquirer.acquirerNotifyPaymentRequest,
    answer: acquirer.acquirerNotifyPaymentResponse,
    results: [
      step('UNKNOWN_EXCEPTION', 'you could not write it down: the network repeats it'),
      step('SUCCESS', 'received'),
    ],
  }),
  ...askedAgreementApis,
  ...askedPushApis,
  ...askedRegistrationApis,
  ...askedDisputeApis,
} as const satisfies Record<string, Api>;

/** An interface that a partner serves. */
export type AskedApi = keyof typeof askedApis;
