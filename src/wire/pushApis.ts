// The interfaces of codes that belong to an acquirer or a country, for the list of all (apis.ts).
import { doorSteps, loadSteps, messageRefusals, step, walletDeclines } from './apiSteps.ts';
import * as push from './push.ts';

/** Served by the network. */
export const servedPushApis = {
  notifyPushPayment: {
    role: 'acquirer',
    summary: 'The shop of a national code was credited, or never will be',
    description:
      'For a pushPayment that you answered U. S or F, both final; never U. Repeat the call until ' +
      'it is answered S or with a final F. After ORDER_IS_CLOSED take the credit back: the ' +
      'customer has their money again, and you are not owed it.',
    request: push.notifyPushPaymentRequest,
    answer: push.notifyPushPaymentResponse,
    results: [
      ...doorSteps,
      step('ORDER_NOT_EXIST', 'you have no such push, or no wallet has paid it yet'),
      step('REPEAT_REQ_INCONSISTENT', 'an amount differs, or the other result was said before'),
      step('ORDER_IS_CLOSED', 'a success that came too late: take the credit back'),
      step('SUCCESS', 'taken, now or before'),
      ...loadSteps,
    ],
  },
} as const;

/** Served by acquirers, and the last one by wallets that want to hear of it. */
export const askedPushApis = {
  'wallet.notifyPushPayment': {
    role: 'wallet',
    summary: 'The shop of a national code has its money',
    description:
      'Ours, and voluntary. After your success of a national code the shop has still to be ' +
      'credited; here you hear that it is, so that your customer need not wait to see it. Answer ' +
      'S. It is repeated like the notices of acquirers, but not after NO_INTERFACE_DEF, and it ' +
      'is no harm to leave it out: if the shop cannot be credited you get cancelPayment.',
    request: push.walletNotifyPushPaymentRequest,
    answer: push.walletNotifyPushPaymentResponse,
    results: [
      step('NO_INTERFACE_DEF', 'you do not want to hear of it: it is not repeated'),
      step('UNKNOWN_EXCEPTION', 'you could not write it down: the network repeats it'),
      step('SUCCESS', 'heard'),
    ],
  },
  'acquirer.userInitiatedPay': {
    role: 'acquirer',
    summary: 'A wallet scanned a code of yours: what order is behind it?',
    description:
      'For a private order code or a national code. The same code must always have the same ' +
      'answer, to every wallet: another paymentRequestId or amount than before is refused. From ' +
      'your answer on the payment is on the network under your paymentRequestId.',
    request: push.acquirerUserInitiatedPayRequest,
    answer: push.acquirerUserInitiatedPayResponse,
    results: [
      step('INVALID_CODE', 'you do not know the code'),
      step('EXPIRED_CODE', 'the code is too old'),
      step('ORDER_IS_CLOSED', 'the order behind it is over'),
      step('PROCESS_FAIL', 'anything else that will not change'),
      step('UNKNOWN_EXCEPTION', 'you cannot say now: the customer scans again'),
      step('SUCCESS', 'order, paymentAmount and paymentRequestId say what it is'),
    ],
  },
  'acquirer.pushPayment': {
    role: 'acquirer',
    summary: 'The wallet has paid a national code: credit the shop',
    description:
      'Once for each paymentId; with other terms answer REPEAT_REQ_INCONSISTENT. F is final and ' +
      'the customer gets the money back. After U the network inquires, 4 seconds later at first, ' +
      'and gives up 15 minutes after the wallet had paid.',
    request: push.pushPaymentRequest,
    answer: push.pushPaymentResponse,
    results: [
      ...messageRefusals.map((code) => step(code, 'you refuse the message: the network inquires')),
      ...walletDeclines.map((code) => step(code, 'the shop cannot be credited, for this reason')),
      step('PAYMENT_IN_PROCESS', 'you do not know yet: the network inquires'),
      step('SUCCESS', 'the shop is credited, now or before'),
    ],
  },
  'acquirer.inquiryPushPayment': {
    role: 'acquirer',
    summary: 'What became of this push?',
    description:
      '`result` is about the question, `paymentResult` about the push. To ORDER_NOT_EXIST the ' +
      'network answers with pushPayment once more.',
    request: push.inquiryPushPaymentRequest,
    answer: push.inquiryPushPaymentResponse,
    results: [
      step('ORDER_NOT_EXIST', 'you have never seen it: it is sent once more'),
      step('SUCCESS', 'paymentResult says how it stands'),
    ],
  },
} as const;
