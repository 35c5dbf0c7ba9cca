// Asking an acquirer to credit the shop of a national code, and whether it has; telling the wallet.

import type { PartnerCalls } from '../network/calls.ts';
import type { PaymentItem } from '../payments/facts.ts';
import { legOf, type Payment } from '../payments/payment.ts';
import type { PushWord } from '../payments/push.ts';
import { creditBody, pushBody, pushNameOf } from '../payments/pushBodies.ts';
import type { Rules } from '../payments/rules.ts';
import { declineOf, isMessageRefusal } from '../wire/apiSteps.ts';
import { decodeAnswer, paths } from '../wire/messages.ts';
import type { ResultObject } from '../wire/objects.ts';
import {
  inquiryPushPaymentResponse,
  pushPaymentResponse,
  walletNotifyPushPaymentResponse,
} from '../wire/push.ts';

const unknown: PushWord = { kind: 'unknown' };

/** The acquirer's word on a push; whatever is no clear word about it is unknown. */
export async function pushAtAcquirer(
  calls: PartnerCalls,
  rules: Rules,
  item: PaymentItem,
  payment: Payment,
): Promise<PushWord> {
  const leg = legOf(payment, item.leg);
  const acquirer = rules.directory.byId(payment.acquirerId);
  if (leg === undefined || acquirer === undefined) return unknown;
  const first = item.kind === 'acquirer.push';
  const api = first ? 'pushPayment' : 'inquiryPushPayment';
  const answer = await calls.call({
    participant: acquirer,
    api,
    url: acquirer.endpoint + paths[api],
    body: first
      ? pushBody(payment, leg, rules.directory.byId(leg.walletId))
      : pushNameOf(payment, leg),
    paymentNumber: payment.paymentNumber,
  });
  if (answer.kind === 'unknown') return unknown;
  return first ? wordOfPush(answer.body) : wordOfInquiry(answer.body);
}

function wordOfPush(body: string): PushWord {
  const decoded = decodeAnswer(pushPaymentResponse, body);
  return decoded.ok ? pushWordOf(decoded.value.result) : unknown;
}

function wordOfInquiry(body: string): PushWord {
  const decoded = decodeAnswer(inquiryPushPaymentResponse, body);
  if (!decoded.ok) return unknown;
  const { result, paymentResult } = decoded.value;
  if (result.resultStatus === 'F' && result.resultCode === 'ORDER_NOT_EXIST') {
    return { kind: 'unseen' };
  }
  return result.resultStatus !== 'S' || paymentResult === undefined
    ? unknown
    : pushWordOf(paymentResult);
}

/**
 * What a result says about a push. A refusal of the message says nothing about the money: an
 * earlier try may have got through.
 */
function pushWordOf({ resultStatus, resultCode }: ResultObject): PushWord {
  switch (resultStatus) {
    case 'S':
      return { kind: 'success' };
    case 'F':
      return isMessageRefusal(resultCode)
        ? unknown
        : { kind: 'failure', resultCode: declineOf(resultCode) };
    case 'U':
      return unknown;
  }
}

/** True when the wallet has heard that the shop is credited, or does not want to hear of it. */
export async function tellWalletOfCredit(
  calls: PartnerCalls,
  rules: Rules,
  item: PaymentItem,
  payment: Payment,
): Promise<boolean> {
  const leg = legOf(payment, item.leg);
  const wallet = leg === undefined ? undefined : rules.directory.byId(leg.walletId);
  if (leg === undefined || wallet === undefined) return true;
  const answer = await calls.call({
    participant: wallet,
    api: 'notifyPushPayment',
    url: wallet.endpoint + paths.notifyPushPayment,
    body: creditBody(payment, leg),
    paymentNumber: payment.paymentNumber,
  });
  if (answer.kind === 'unknown') return false;
  const decoded = decodeAnswer(walletNotifyPushPaymentResponse, answer.body);
  if (!decoded.ok) return false;
  const { resultStatus, resultCode } = decoded.value.result;
  return resultStatus === 'S' || resultCode === 'NO_INTERFACE_DEF';
}
