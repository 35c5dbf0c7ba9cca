// The interfaces of merchant registration, for the list of all interfaces (apis.ts).
import { doorSteps, loadSteps, step } from './apiSteps.ts';
import * as registration from './registration.ts';

const success = step('SUCCESS', 'done');

/** Served by the network. */
export const servedRegistrationApis = {
  registration: {
    role: 'acquirer',
    summary: 'Register a merchant or a store with the wallets',
    description:
      'One merchant or one store a message. S says that it was taken, not that a wallet has ' +
      'approved: each wallet answers for itself within 7 days, and you hear of each by ' +
      'notifyRegistrationStatus. The same registrationRequestId again is done once. A ' +
      'registration is the same one as before by merchant, store and product (in a store), or ' +
      'merchant and product (online); it can be sent anew 30 minutes after the last time.',
    request: registration.registrationRequest,
    answer: registration.registrationResponse,
    results: [
      ...doorSteps,
      step(
        'REGISTRATION_STATUS_ABNORMAL',
        'the same merchant, store and product was sent less than 30 minutes ago',
      ),
      ...loadSteps,
      step('SUCCESS', 'taken, now or before'),
    ],
  },
  inquiryRegistrationStatus: {
    role: 'acquirer',
    summary: 'Which wallets have approved this merchant?',
    description:
      'By registrationRequestId, or by merchant and store: then the newest of them. PENDING: at ' +
      'least one wallet has not answered. COMPLETED: all have, each as ' +
      'pspRegistrationResultList says.',
    request: registration.inquiryRegistrationRequest,
    answer: registration.inquiryRegistrationResponse,
    results: [
      ...doorSteps,
      step('ORDER_NOT_EXIST', 'you have registered no such merchant'),
      ...loadSteps,
      success,
    ],
  },
  notifyRegistrationStatus: {
    role: 'wallet',
    summary: 'Our word on a merchant',
    description:
      'APPROVED, or REJECTED with rejectReasons, on a registration that you were asked. Within 7 ' +
      'days; repeat it until it is answered S. A later word takes the place of an earlier one.',
    request: registration.walletNotifyRegistrationRequest,
    answer: registration.resultOnlyResponse,
    results: [
      ...doorSteps,
      step('ORDER_NOT_EXIST', 'you were asked for no such registration'),
      ...loadSteps,
      step('SUCCESS', 'taken, now or before'),
    ],
  },
} as const;

/** Served by partners. */
export const askedRegistrationApis = {
  'wallet.registration': {
    role: 'wallet',
    summary: 'A merchant wants to be paid by your customers',
    description:
      'S says that you have it and will look at it; tell your word by notifyRegistrationStatus. ' +
      'registrationRequestId is the network’s, merchants are known by acquirerId and ' +
      'referenceMerchantId. The same id again is answered as before.',
    request: registration.walletRegistrationRequest,
    answer: registration.resultOnlyResponse,
    results: [
      step('MERCHANT_KYB_NOT_QUALIFIED', 'you refuse for good: as REJECTED, with the message'),
      step('UNKNOWN_EXCEPTION', 'you could not write it down: the network repeats it'),
      success,
    ],
  },
  'wallet.inquiryRegistrationStatus': {
    role: 'wallet',
    summary: 'What is your word on this merchant?',
    description: 'The network asks now and then until you have told your word, for 7 days.',
    request: registration.walletInquiryRegistrationRequest,
    answer: registration.walletInquiryRegistrationResponse,
    results: [
      step('ORDER_NOT_EXIST', 'you have never seen it: the network sends it again'),
      step('SUCCESS', 'registrationResult says how it stands; PENDING is no word yet'),
    ],
  },
  'acquirer.notifyRegistrationStatus': {
    role: 'acquirer',
    summary: 'A wallet has said its word on your merchant',
    description:
      'Once for each wallet’s word, with all words so far in pspRegistrationResultList. ' +
      'Answer S for "received"; it is repeated until then.',
    request: registration.acquirerNotifyRegistrationRequest,
    answer: registration.resultOnlyResponse,
    results: [
      step('UNKNOWN_EXCEPTION', 'you could not write it down: the network repeats it'),
      step('SUCCESS', 'received'),
    ],
  },
} as const;
