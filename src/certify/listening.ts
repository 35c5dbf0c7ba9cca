// Cases in which the partner begins: somebody there is asked to do something, and the call that
// comes of it is waited for.

import type { ApiName } from '../wire/messages.ts';
import type { HeardCall, Hearing } from './hearing.ts';
import type { Line, Said } from './line.ts';

interface WireAmount {
  readonly currency: string;
  readonly value: string;
}

/** What somebody at the partner is asked to do. */
export type Task =
  | {
      readonly do: 'ask_evidence' | 'demand_money';
      readonly paymentRequestId: string;
      readonly customerId: string;
    }
  | { readonly do: 'place_order'; readonly amount: WireAmount }
  | {
      readonly do: 'answer_retrieval';
      readonly paymentRequestId: string;
      readonly disputeRequestId: string;
    }
  | {
      readonly do: 'accept_part';
      readonly paymentRequestId: string;
      readonly disputeRequestId: string;
      readonly refundAmount: WireAmount;
    }
  | { readonly do: 'bind' }
  | {
      readonly do: 'debit';
      readonly referenceAgreementId: string;
      readonly amount: WireAmount;
    }
  | { readonly do: 'refresh' | 'unbind'; readonly referenceAgreementId: string }
  | { readonly do: 'cancel' | 'refund'; readonly paymentRequestId: string };

const inWords = ({ currency, value }: WireAmount) => `${value} ${currency} (minor units)`;

/** A task as a person is told it. */
export function wordsOfTask(task: Task): string {
  switch (task.do) {
    case 'ask_evidence':
      return `Ask for evidence (initiateRetrieval) ${ofCustomer(task)}.`;
    case 'demand_money':
      return `Demand money back (initiateEscalation) ${ofCustomer(task)}.`;
    case 'place_order':
      return `Place an order of ${inWords(task.amount)} that shows an order code.`;
    case 'answer_retrieval':
      return `Answer retrieval ${ofOrder(task)} with a file.`;
    case 'accept_part': {
      const amount = inWords(task.refundAmount);
      return `Accept escalation ${ofOrder(task)} in part, with ${amount}, and refund that.`;
    }
    case 'bind':
      return 'Bind a wallet for auto debit (prepare); the customer consents at once.';
    case 'debit':
      return `Debit ${inWords(task.amount)} by agreement ${task.referenceAgreementId}.`;
    case 'refresh':
      return `Refresh the tokens of agreement ${task.referenceAgreementId} (applyToken).`;
    case 'unbind':
      return `End agreement ${task.referenceAgreementId} (cancelToken).`;
    case 'cancel':
      return `Cancel order ${task.paymentRequestId} (cancelPayment).`;
    case 'refund':
      return `Give all of order ${task.paymentRequestId} back (refund: too late to cancel).`;
  }
}

const ofCustomer = (task: { readonly paymentRequestId: string; readonly customerId: string }) =>
  `for payment ${task.paymentRequestId} of customer ${task.customerId}`;
const ofOrder = (task: { readonly paymentRequestId: string; readonly disputeRequestId: string }) =>
  `${task.disputeRequestId} of order ${task.paymentRequestId}`;

/** Where calls come, and who is asked to make them. */
export interface Listening {
  readonly hearing: Hearing;
  /** Resolves once the task was told; a program that does it may resolve when it is done. */
  readonly ask: (task: Task) => Promise<void>;
}

/** A call that was waited for; `problem` when it did not come or does not fit its contract. */
export type Heard =
  | { readonly call: HeardCall; readonly problem: undefined }
  | { readonly call: undefined; readonly problem: string };

export type Ears = ReturnType<typeof createEars>;

/** Waits for calls, and writes them beside those of the line. */
export function createEars({ hearing, ask }: Listening, line: Line) {
  async function heard(
    mark: number,
    api: ApiName,
    fits?: (body: HeardCall['body'], answered: string) => boolean,
  ): Promise<Heard> {
    const call = await hearing.next(mark, api, fits);
    if (typeof call === 'string') return { call: undefined, problem: call };
    line.note(asSaid(call));
    if (call.problem === undefined) return { call, problem: undefined };
    return { call: undefined, problem: `${call.api} does not fit: ${call.problem}` };
  }
  return {
    hearing,
    heard,
    /** Has somebody do it, and waits for what comes of it. */
    async after(
      task: Task,
      api: ApiName,
      fits?: (body: HeardCall['body'], answered: string) => boolean,
    ): Promise<Heard> {
      const mark = hearing.mark();
      await ask(task);
      return heard(mark, api, fits);
    },
  };
}

/** As a report shows it: what the partner sent, and our answer. */
function asSaid({ api, sent, answered, body }: HeardCall): Said {
  const none = { result: undefined, paymentResult: undefined };
  const signed = { problem: undefined, signatureProblem: undefined };
  return { api, sent, answered, body, ...none, ...signed, tookMs: 0, isHeard: true };
}
