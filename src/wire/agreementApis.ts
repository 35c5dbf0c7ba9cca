// The interfaces of auto debit, for the list of all interfaces (apis.ts).
import { declineSteps, doorSteps, loadSteps, step, walletDeclines } from './apiSteps.ts';
import * as authorizations from './authorizations.ts';

const success = step('SUCCESS', 'done, now or before');

const refused = (when: string) => walletDeclines.map((code) => step(code, when));

/** Served by the network. */
export const servedAgreementApis = {
  prepare: {
    role: 'acquirer',
    summary: 'Where can a customer allow debits?',
    description:
      'Names the wallet (customerBelongsTo, a walletName of consultPayment), your client, and ' +
      'what is to be allowed. Send the customer to authUrl. They come back to authRedirectUrl ' +
      'with your authState and, when they have consented, an authCode; authNotify brings it too. ' +
      'authClientId with referenceAgreementId is one agreement for ever: the same again is ' +
      'answered as before, with any other parameter REPEAT_REQ_INCONSISTENT.',
    request: authorizations.acquirerPrepareRequest,
    answer: authorizations.prepareResponse,
    results: [
      ...doorSteps,
      step('PARAM_ILLEGAL', 'customerBelongsTo is no wallet of this network'),
      step('UNAVAILABLE_PAYMENT_METHOD', 'the wallet takes no customers now'),
      step('REPEAT_REQ_INCONSISTENT', 'the ids were used with other parameters'),
      ...refused('the wallet refused for this reason, now or before'),
      step('PROCESS_FAIL', 'the agreement was revoked: take a new referenceAgreementId'),
      step('REQUEST_TRAFFIC_EXCEED_LIMIT', 'too much waits to be decided; nothing was changed'),
      step('UNKNOWN_EXCEPTION', 'the wallet has not answered: send it again'),
      success,
    ],
  },
  applyToken: {
    role: 'acquirer',
    summary: 'Tokens for a code, or newer ones',
    description:
      'AUTHORIZATION_CODE with the authCode, or REFRESH_TOKEN with the refreshToken before it ' +
      'expires. New tokens replace the old ones at once. The same request again is answered with ' +
      'the same tokens, as long as nothing came after them. Tokens are secrets: whoever has one ' +
      'and your key can debit the customer.',
    request: authorizations.acquirerApplyTokenRequest,
    answer: authorizations.acquirerApplyTokenResponse,
    results: [
      ...doorSteps,
      step('INVALID_CODE', 'authCode is none that this authClientId was given'),
      step(
        'INVALID_TOKEN',
        'the refresh token is not yours, replaced or expired, or all is revoked',
      ),
      ...refused('the wallet refused for this reason'),
      step('REQUEST_TRAFFIC_EXCEED_LIMIT', 'too much waits to be decided; nothing was changed'),
      step('UNKNOWN_EXCEPTION', 'the wallet has not answered: send it again'),
      success,
    ],
  },
  cancelToken: {
    role: 'acquirer',
    summary: 'This agreement is over',
    description:
      'Ends the agreement of the token, with all its tokens; any access token that it ever had ' +
      'names it. Nothing is debited from then on. S means that the wallet knows too.',
    request: authorizations.acquirerCancelTokenRequest,
    answer: authorizations.cancelTokenResponse,
    results: [
      ...doorSteps,
      step('INVALID_TOKEN', 'accessToken is none that this authClientId was given'),
      step('REQUEST_TRAFFIC_EXCEED_LIMIT', 'too much waits to be decided; nothing was changed'),
      step('UNKNOWN_EXCEPTION', 'nothing is debited any more, but the wallet has not confirmed it'),
      success,
    ],
  },
  authNotify: {
    role: 'wallet',
    summary: 'The customer consented, or took it back',
    description:
      'AUTHCODE_CREATED with your code, beside sending the customer back with it; TOKEN_CANCELED ' +
      'when the customer revokes in your app. referenceAgreementId is the one that prepare gave ' +
      'you. After S nothing is debited under a revoked agreement. Repeat it until it is answered ' +
      'S, or F.',
    request: authorizations.walletAuthNotifyRequest,
    answer: authorizations.authNotifyResponse,
    results: [
      ...doorSteps,
      step('ORDER_NOT_EXIST', 'the ids name no agreement of this wallet'),
      step('ORDER_IS_CLOSED', 'a code for an agreement that was revoked'),
      ...loadSteps,
      success,
    ],
  },
} as const;

/** Asked by the network. */
export const askedAgreementApis = {
  'wallet.prepare': {
    role: 'wallet',
    summary: 'Where can your customer allow this?',
    description:
      'Answer authUrl, a page of yours that shows authClientName and what scopes name, and asks ' +
      'for consent. Afterwards send the customer to authRedirectUrl with authCode and authState ' +
      'appended; without authCode when they refused. The same authClientId and ' +
      'referenceAgreementId again are answered as before.',
    request: authorizations.walletPrepareRequest,
    answer: authorizations.prepareResponse,
    results: [
      ...declineSteps.map(({ code }) => step(code, 'you refuse for this reason; it is final')),
      step('UNKNOWN_EXCEPTION', 'you cannot say yet: the acquirer asks again'),
      success,
    ],
  },
  'wallet.applyToken': {
    role: 'wallet',
    summary: 'Tokens for your code, or newer ones',
    description:
      'Give an access token, a refresh token, both with their expiry, and customerId. The same ' +
      'authCode or refreshToken again is answered with the same tokens, as long as no newer ones ' +
      'came: an answer may have been lost. New tokens ' +
      'replace the old ones.',
    request: authorizations.walletApplyTokenRequest,
    answer: authorizations.walletApplyTokenResponse,
    results: [
      ...declineSteps.map(({ code }) => step(code, 'you refuse for this reason')),
      step('UNKNOWN_EXCEPTION', 'you cannot say yet: the acquirer asks again'),
      success,
    ],
  },
  'wallet.cancelToken': {
    role: 'wallet',
    summary: 'This agreement is over',
    description:
      'End the whole agreement of the token: from your answer on refuse every debit under it ' +
      'with INVALID_TOKEN. The network repeats it until you answer S, INVALID_TOKEN or ' +
      'EXPIRED_ACCESS_TOKEN.',
    request: authorizations.walletCancelTokenRequest,
    answer: authorizations.cancelTokenResponse,
    results: [
      step('INVALID_TOKEN', 'you know no such token'),
      step('EXPIRED_ACCESS_TOKEN', 'it has expired'),
      step('UNKNOWN_EXCEPTION', 'you cannot say yet: the network repeats it'),
      success,
    ],
  },
  'acquirer.authNotify': {
    role: 'acquirer',
    summary: 'A customer consented, or took it back',
    description:
      'AUTHCODE_CREATED brings the authCode, as the redirect does. TOKEN_CANCELED: forget the ' +
      'tokens and ask the customer for another way to pay. Answer S when you have written it ' +
      'down; it is repeated until then, for about a day.',
    request: authorizations.acquirerAuthNotifyRequest,
    answer: authorizations.authNotifyResponse,
    results: [
      step('UNKNOWN_EXCEPTION', 'you could not write it down: the network repeats it'),
      step('SUCCESS', 'received'),
    ],
  },
} as const;
