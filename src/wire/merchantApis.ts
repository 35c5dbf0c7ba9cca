// Every interface of the merchant dialect in one place: its messages and what it can be answered.
// The reference for merchants and the judge of the tests are made from it.
import { z } from 'zod';
import { codesOf, doorSteps, loadSteps } from './apiSteps.ts';
import { servedApis } from './apis.ts';
import * as merchant from './merchant.ts';
import * as authorizations from './merchantAuthorizations.ts';
import * as disputes from './merchantDisputes.ts';
import type { MerchantApiName } from './merchantPaths.ts';
import { merchantRegistrationRequest } from './merchantRegistration.ts';
import { resultObject } from './objects.ts';
import * as registration from './registration.ts';
import type { ResultCode } from './results.ts';

/** What is known of an interface between a merchant and our own acquirer. */
export interface MerchantApi {
  /** What it does, in a few words. */
  readonly summary: string;
  /** What one has to know before calling it; plain sentences. */
  readonly description: string;
  readonly request: z.ZodType;
  readonly answer: z.ZodType;
  /** Everything that it can be answered with, each once. */
  readonly results: readonly ResultCode[];
}

/** What the door and the load can bring to any interface, around its own. */
function served(...own: readonly ResultCode[]): readonly ResultCode[] {
  return [...new Set([...codesOf(doorSteps), ...own, ...codesOf(loadSteps), 'SUCCESS' as const])];
}

/** The codes of the partner API's interface that carries it out, too. */
const as = (name: keyof typeof servedApis): readonly ResultCode[] =>
  codesOf(servedApis[name].results);

const tokenWord = 'Tokens are secrets: keep them as passwords are kept.';

/** What merchants call: each has an endpoint in `api/merchant`. */
export const merchantApis: Readonly<Record<MerchantApiName, MerchantApi>> = {
  pay: {
    summary: 'Charge a payment code or a token, or place an order and get the way to a wallet',
    description:
      'In a store (IN_STORE_PAYMENT) paymentMethodId is the scanned payment code; without one ' +
      'the answer is U with orderCodeForm. Online (CASHIER_PAYMENT) the answer is U with ' +
      'normalUrl. By agreement (AGREEMENT_PAYMENT) paymentMethodId is the access token. The same ' +
      'paymentRequestId with the same terms is the same payment.',
    request: merchant.merchantPayRequest,
    answer: merchant.merchantPayResponse,
    results: served(...as('pay')),
  },
  createPaymentSession: {
    summary: 'Place an order whose visitor chooses a wallet on our page',
    description: 'Send the visitor to normalUrl. The same paymentRequestId is the same session.',
    request: merchant.merchantSessionRequest,
    answer: merchant.merchantSessionResponse,
    results: served(...as('pay')),
  },
  consult: {
    summary: 'Which wallets can pay an order on a page or in an app?',
    description: 'Those of userRegion first, then the others, then those that cannot, and why.',
    request: merchant.merchantConsultRequest,
    answer: z.object({
      result: resultObject,
      paymentOptions: z.array(merchant.merchantOption).optional(),
    }),
    results: served(...as('consultPayment')),
  },
  inquiryPayment: {
    summary: 'How does this payment stand?',
    description: '`result` is about the question, paymentStatus about the payment.',
    request: merchant.merchantPaymentName,
    answer: merchant.merchantInquiryPaymentResponse,
    results: served(...as('inquiryPayment')),
  },
  cancel: {
    summary: 'This payment must not be',
    description:
      'As a whole: before it is paid, and until 00:15 (UTC+8) of the day after. S means closed ' +
      'for good.',
    request: merchant.merchantPaymentName,
    answer: merchant.merchantCancelResponse,
    results: served(...as('cancelPayment')),
  },
  refund: {
    summary: 'Give a part of a payment or all of it back',
    description:
      'Within 365 days, in one part or many. With isAsyncRefund the answer is U at once, and the ' +
      'end is told. The same refundRequestId with the same terms is the same refund.',
    request: merchant.merchantRefundRequest,
    answer: merchant.merchantRefundResponse,
    results: served(...as('refund')),
  },
  inquiryRefund: {
    summary: 'How does this refund stand?',
    description: '`result` is about the question, refundStatus about the refund.',
    request: merchant.merchantInquiryRefundRequest,
    answer: merchant.merchantInquiryRefundResponse,
    results: served('ORDER_NOT_EXIST'),
  },
  inquireExchangeRate: {
    summary: 'What is a unit of this currency worth in that of the settlement?',
    description: 'For reference only: each payment has a rate of its own.',
    request: merchant.merchantRateRequest,
    answer: z.object({
      result: resultObject,
      quotes: z.array(merchant.merchantQuote).optional(),
    }),
    results: served('CURRENCY_NOT_SUPPORT'),
  },
  acceptDispute: {
    summary: 'All that this dispute asks will be given back',
    description: 'Nothing moves by it: send the refund within five days.',
    request: disputes.merchantAcceptDisputeRequest,
    answer: disputes.merchantDisputeResponse,
    results: served('PROCESS_FAIL', ...as('responseEscalation')),
  },
  supplyDefenseDocument: {
    summary: 'Here is the evidence, or why the money is not given back',
    description:
      'One file in base64: a PDF, a PNG, a JPEG or plain text of at most 180,000 bytes. The body ' +
      'may have 256 KiB.',
    request: disputes.merchantSupplyDefenseRequest,
    answer: disputes.merchantDisputeResponse,
    results: served(...as('responseEscalation')),
  },
  downloadDisputeEvidence: {
    summary: 'What the customer shows for this dispute, or a form for the defense',
    description:
      'One file of the wallet as it is, several as a ZIP archive. disputeEvidenceFormat is there ' +
      'for a PDF only. Where the wallet sent no file it is PROCESS_FAIL.',
    request: disputes.merchantDownloadEvidenceRequest,
    answer: disputes.merchantDownloadEvidenceResponse,
    results: served('ORDER_NOT_EXIST', 'PROCESS_FAIL'),
  },
  consultAuthorization: {
    summary: 'Where can a customer of this wallet allow debits?',
    description:
      'Send the customer to normalUrl. They come back to authRedirectUrl with authState and, ' +
      'after a consent, authCode. The same authState is the same agreement.',
    request: authorizations.merchantAuthConsultRequest,
    answer: authorizations.merchantAuthConsultResponse,
    results: served(...as('prepare')),
  },
  applyToken: {
    summary: 'Tokens for the code of a consent, or newer ones for a refresh token',
    description: `The same code again gives the same tokens. ${tokenWord}`,
    request: authorizations.merchantApplyTokenRequest,
    answer: authorizations.merchantApplyTokenResponse,
    results: served(...as('applyToken')),
  },
  revokeToken: {
    summary: 'Nothing may be debited by this token any more',
    description: 'S says that the wallet knows it too, U that it is still being told.',
    request: authorizations.merchantTokenName,
    answer: registration.resultOnlyResponse,
    results: served(...as('cancelToken')),
  },
  queryToken: {
    summary: 'How does this token stand?',
    description: 'tokenStatusType is ACTIVE, EXPIRED, REPLACED or REVOKED.',
    request: authorizations.merchantTokenName,
    answer: authorizations.merchantQueryTokenResponse,
    results: served('INVALID_TOKEN'),
  },
  registration: {
    summary: 'Make yourself known to the wallets',
    description:
      'merchantInfo.referenceMerchantId is your own id. Each wallet’s word comes to ' +
      'registrationNotifyUrl.',
    request: merchantRegistrationRequest,
    answer: registration.registrationResponse,
    results: served(...as('registration')),
  },
  inquiryRegistrationStatus: {
    summary: 'Which wallets have approved this merchant?',
    description: 'By the id of the registration, or by what it was about.',
    request: registration.inquiryRegistrationRequest,
    answer: registration.inquiryRegistrationResponse,
    results: served(...as('inquiryRegistrationStatus')),
  },
};

/** A notice to a merchant's own address: it is taken when the answer is HTTP 200 with S. */
const notice = (summary: string, description: string, request: z.ZodType): MerchantApi => ({
  summary,
  description,
  request,
  answer: z.object({ result: resultObject }),
  results: ['UNKNOWN_EXCEPTION', 'SUCCESS'],
});

/** What merchants are told, signed; their answer need not be. */
export const merchantNotices: Readonly<Record<string, MerchantApi>> = {
  notifyPayment: notice(
    'A payment has ended',
    'Compare id and amount with your own record. To paymentNotifyUrl, else your usual address.',
    merchant.merchantNotifyPaymentRequest,
  ),
  notifyRefund: notice(
    'A refund has ended',
    'To refundNotifyUrl; of an asynchronous refund without one to your usual address.',
    merchant.merchantNotifyRefundRequest,
  ),
  notifyDispute: notice(
    'A wallet disputes what its customer paid, or a time is over',
    'Answer with acceptDispute or supplyDefenseDocument until defenseDueTime; later counts too.',
    disputes.merchantNotifyDisputeRequest,
  ),
  authNotify: notice(
    'A customer has consented, or has taken it back',
    'AUTHCODE_CREATED brings authCode, TOKEN_CANCELED the accessToken that is good no more.',
    authorizations.merchantAuthNotifyRequest,
  ),
  notifyRegistrationStatus: notice(
    'A wallet has said its word on your registration',
    'The status is per wallet: pspRegistrationResultList has all of them.',
    registration.acquirerNotifyRegistrationRequest,
  ),
};
