// The part of the test acquirer that makes codes: PRIVATE and NATIONAL, each over 10.00 yuan.

import { type ApiName, decode } from '../wire/messages.ts';
import { inquiryPushPaymentRequest, pushPaymentRequest } from '../wire/push.ts';
import { type ResultCode, result } from '../wire/results.ts';

/** One broken rule, named by the acceptance case that must find it. */
export const codeFaults = [
  'code-unknown',
  'private-code',
  'private-code-twice',
  'national-code',
  'national-code-twice',
  'push-unknown-order',
  'push-unseen',
  'push-credited',
  'push-twice',
  'push-other-amount',
  'push-inquired',
] as const;

export type CodeFault = (typeof codeFaults)[number];

/** Answers the calls about codes; undefined for any other call. */
export function createCodeMaker(is: (fault: CodeFault) => boolean) {
  const pushes = new Map<string, string>();
  let asks = 0;

  function behind(text: string): object {
    const { codeValue } = JSON.parse(text) as { codeValue: string };
    if (codeValue !== 'PRIVATE' && codeValue !== 'NATIONAL') {
      if (!is('code-unknown')) return { result: result('INVALID_CODE') };
    }
    const kind = codeValue === 'NATIONAL' ? 'national' : 'private';
    asks += 1;
    const changes = is(`${kind}-code-twice`) && asks > 1 ? `-${asks}` : '';
    const paymentAmount = { currency: 'CNY', value: is(`${kind}-code`) ? '1001' : '1000' };
    const paymentRequestId = `${kind}-ORDER${changes}`;
    return { result: result('SUCCESS'), paymentRequestId, paymentAmount };
  }

  function credit(text: string): ResultCode {
    const read = decode(pushPaymentRequest, text);
    if (!read.ok) return 'PARAM_ILLEGAL';
    const { paymentRequestId, paymentId, paymentAmount } = read.value;
    const isOurs = paymentRequestId.startsWith('national-ORDER');
    if (!isOurs) return is('push-unknown-order') ? 'SUCCESS' : 'ORDER_NOT_EXIST';
    const known = pushes.get(paymentId);
    if (known !== undefined && known !== paymentAmount.value) {
      return is('push-other-amount') ? 'SUCCESS' : 'REPEAT_REQ_INCONSISTENT';
    }
    pushes.set(paymentId, paymentAmount.value);
    if (known !== undefined) return is('push-twice') ? 'REPEAT_REQ_INCONSISTENT' : 'SUCCESS';
    return is('push-credited') ? 'PROCESS_FAIL' : 'PAYMENT_IN_PROCESS';
  }

  function inquired(text: string): object {
    const read = decode(inquiryPushPaymentRequest, text);
    if (!read.ok) return { result: result('PARAM_ILLEGAL') };
    const isSeen = pushes.has(read.value.paymentId);
    if (!isSeen && !is('push-unseen')) return { result: result('ORDER_NOT_EXIST') };
    asked += 1;
    // Asked a first time it is credited: so the push itself had no end yet.
    const isOver = is('push-inquired') && asked > 1 ? 'PAYMENT_IN_PROCESS' : 'SUCCESS';
    return { result: result('SUCCESS'), paymentResult: result(isOver) };
  }
  let asked = 0;

  return (api: ApiName | undefined, text: string): object | undefined => {
    switch (api) {
      case 'userInitiatedPay':
        return behind(text);
      case 'pushPayment':
        return { result: result(credit(text)) };
      case 'inquiryPushPayment':
        return inquired(text);
      default:
        return undefined;
    }
  };
}
