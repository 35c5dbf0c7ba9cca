// The interfaces of disputes, as rows of the table in `apis.ts`: both sides, both ways.
import type { z } from 'zod';
import { doorSteps, loadSteps, type ResultStep, step } from './apiSteps.ts';
import type { Api } from './apis.ts';
import * as dispute from './disputes.ts';

const api = <Request extends z.ZodType, Answer extends z.ZodType>(
  row: Api<Request, Answer>,
): Api<Request, Answer> => row;

const served = (...own: readonly ResultStep[]) => [...doorSteps, ...own, ...loadSteps];

const disputeSteps = [
  step('PROCESS_FAIL', 'the payment is not paid yet'),
  step('ORDER_IS_CLOSED', 'the payment was never paid, or was cancelled'),
];

const wrongFiles = step('PARAM_ILLEGAL', 'a file does not fit its hash, or all are too large');

const heard = [
  step('UNKNOWN_EXCEPTION', 'you could not write it down: the network repeats it'),
  step('SUCCESS', 'received'),
];

/** What the network serves: `api/partner` has an endpoint for each. */
export const servedDisputeApis = {
  initiateRetrieval: api({
    role: 'wallet',
    summary: 'What is this payment about? Ask the shop for evidence',
    description:
      'At most five for a payment and one at a time, until the 360th day after it. SUCCESS says ' +
      'that it was taken: the acquirer has until responseDueTime, and its evidence comes to you ' +
      'by responseRetrieval. What the customer shows for it goes with the question: ' +
      'evidences. The same disputeRequestId with the same terms is answered as before.',
    request: dispute.initiateRetrievalRequest,
    answer: dispute.initiateResponse,
    results: served(
      wrongFiles,
      step('REPEAT_REQ_INCONSISTENT', 'the id was used with another payment or amount'),
      step('ORDER_NOT_EXIST', 'no payment of yours has this paymentRequestId'),
      step('PROCESS_FAIL', 'the payment has 50 disputes and refused tries already'),
      ...disputeSteps,
      step('PROCESS_FAIL', 'another retrieval is open, or there were five'),
      step('REFUND_WINDOW_EXCEED', 'it was paid more than 360 days ago'),
      step('SUCCESS', 'taken, now or before'),
    ),
  }),
  initiateEscalation: api({
    role: 'wallet',
    summary: 'The customer wants money back: ask the shop for it',
    description:
      'At most two for a payment and one at a time: the first until the 360th day after it, the ' +
      'second until the 25th day after the first was answered or overdue. escalationAmount is in ' +
      'the currency of the payment, and at most what was paid less what went back. The answer ' +
      'comes to you by responseEscalation, and the money by an ordinary refund. What the ' +
      'customer shows for it goes with the question: evidences.',
    request: dispute.initiateEscalationRequest,
    answer: dispute.initiateResponse,
    results: served(
      wrongFiles,
      step('REPEAT_REQ_INCONSISTENT', 'the id was used with another payment or amount'),
      step('ORDER_NOT_EXIST', 'no payment of yours has this paymentRequestId'),
      step('CURRENCY_NOT_SUPPORT', 'escalationAmount is in another currency than the payment'),
      step('PROCESS_FAIL', 'the payment has 50 disputes and refused tries already'),
      ...disputeSteps,
      step('PROCESS_FAIL', 'another escalation is open, or there were two'),
      step('REFUND_WINDOW_EXCEED', 'paid more than 360 days, or closed more than 25 days ago'),
      step('REFUND_AMOUNT_EXCEED', 'escalationAmount is more than is left of the payment'),
      step('SUCCESS', 'taken, now or before'),
    ),
  }),
  responseRetrieval: api({
    role: 'acquirer',
    summary: 'Here is the evidence that was asked for',
    description:
      'A message, files, or both; it is passed on to the wallet. At most five files of together ' +
      '180,000 bytes, each with the SHA-256 of its content; this body may have 256 KiB. The ' +
      'second answer to the same dispute changes nothing.',
    request: dispute.responseRetrievalRequest,
    answer: dispute.disputeAck,
    results: served(
      wrongFiles,
      step('ORDER_NOT_EXIST', 'you were asked for no such retrieval'),
      step('ORDER_IS_CLOSED', 'it is late, and a later retrieval took its place'),
      step('SUCCESS', 'taken, now or before'),
    ),
  }),
  responseEscalation: api({
    role: 'acquirer',
    summary: 'Will this money be given back?',
    description:
      'ACCEPT_REFUND promises escalationAmount, ACCEPT_PARTIAL_REFUND refundAmount, and you have ' +
      'five days to make an ordinary refund of it: nothing moves by this message. REFUSE_REFUND ' +
      'says why, in a message or in files. The same answer again changes nothing.',
    request: dispute.responseEscalationRequest,
    answer: dispute.disputeAck,
    results: served(
      wrongFiles,
      step('ORDER_NOT_EXIST', 'you were asked for no such escalation'),
      step('REPEAT_REQ_INCONSISTENT', 'it was answered otherwise before'),
      step('CURRENCY_NOT_SUPPORT', 'refundAmount is in another currency than the payment'),
      step('REFUND_AMOUNT_EXCEED', 'refundAmount is more than escalationAmount, or not all of it'),
      step('ORDER_IS_CLOSED', 'it is late, and a later escalation took its place'),
      step('SUCCESS', 'taken, now or before'),
    ),
  }),
} as const;

/** What partners serve, by role and name. */
export const askedDisputeApis = {
  'acquirer.initiateRetrieval': api({
    role: 'acquirer',
    summary: 'A wallet asks for evidence of this payment',
    description:
      'disputeRequestId is ours. SUCCESS says "received"; your answer is responseRetrieval, ' +
      'until responseDueTime. It is repeated until then, so expect it more than once.',
    request: dispute.askRetrievalRequest,
    answer: dispute.disputeAck,
    results: heard,
  }),
  'acquirer.initiateEscalation': api({
    role: 'acquirer',
    summary: 'A wallet asks for escalationAmount back',
    description:
      'disputeRequestId is ours. SUCCESS says "received"; your answer is responseEscalation, ' +
      'until responseDueTime. It is repeated until then, so expect it more than once.',
    request: dispute.askEscalationRequest,
    answer: dispute.disputeAck,
    results: heard,
  }),
  'acquirer.notifyDispute': api({
    role: 'acquirer',
    summary: 'A time of a dispute is over (our addition)',
    description: 'RESPONSE_OVERDUE: you may still answer. REFUND_OVERDUE: you may still refund.',
    request: dispute.notifyDisputeRequest,
    answer: dispute.disputeAck,
    results: heard,
  }),
  'wallet.responseRetrieval': api({
    role: 'wallet',
    summary: 'The evidence that you asked for',
    description:
      'disputeRequestId is yours. The files are in the message: keep what you need. It is ' +
      'repeated until you answer SUCCESS.',
    request: dispute.tellRetrievalRequest,
    answer: dispute.disputeAck,
    results: heard,
  }),
  'wallet.responseEscalation': api({
    role: 'wallet',
    summary: 'Whether the money will be given back',
    description:
      'disputeRequestId is yours. Promised money comes by an ordinary refund until ' +
      'refundDueTime. It is repeated until you answer SUCCESS.',
    request: dispute.tellEscalationRequest,
    answer: dispute.disputeAck,
    results: heard,
  }),
  'wallet.notifyDispute': api({
    role: 'wallet',
    summary: 'A time of a dispute is over (our addition)',
    description:
      'RESPONSE_OVERDUE: the acquirer has not answered, and you may go on to the next dispute. ' +
      'REFUND_OVERDUE: the promised refund has not come.',
    request: dispute.notifyDisputeRequest,
    answer: dispute.disputeAck,
    results: heard,
  }),
} as const;
