// Doing what the outbox says: asking wallets, telling acquirers, and bringing back their words.

import type { Merchants } from '../merchants/merchant.ts';
import type { PartnerCalls } from '../network/calls.ts';
import { answerCommand, type WalletWord } from '../payments/answer.ts';
import { acquirerFacts, resultOf, walletPayBody, walletPaymentName } from '../payments/bodies.ts';
import type { DeskOptions } from '../payments/commands.ts';
import type { PaymentCommand, PaymentItem } from '../payments/facts.ts';
import { legOf, type Payment, type Refund } from '../payments/payment.ts';
import { pushAnsweredCommand } from '../payments/push.ts';
import { refundAnsweredCommand } from '../payments/refund.ts';
import type { Rules } from '../payments/rules.ts';
import { cancelAnsweredCommand, noticeAnsweredCommand } from '../payments/tasks.ts';
import { acquirerNotifyPaymentResponse } from '../wire/acquirer.ts';
import { decodeAnswer, paths } from '../wire/messages.ts';
import { walletInquiryPaymentResponse } from '../wire/wallet.ts';
import type { AgreementDesk } from './agreements.ts';
import { cancelAtWallet, refundAtWallet } from './givingBack.ts';
import { notifyMerchant } from './merchant/notifyPayment.ts';
import { notifyMerchantOfRefund } from './merchant/notifyRefund.ts';
import { pushAtAcquirer, tellWalletOfCredit } from './push.ts';
import { unknown, wordOf, wordOfPay } from './walletWord.ts';

export interface PerformerOptions {
  readonly rules: () => Rules;
  readonly merchants: () => Merchants;
  readonly calls: PartnerCalls;
  readonly now: () => number;
  readonly run: <Reply>(command: PaymentCommand<Reply>) => Promise<Reply>;
  readonly agreements: AgreementDesk;
  readonly failed: (what: string, error: unknown) => void;
}

/**
 * Performs one item. A call that fails in any way brings `unknown` back; when even that cannot be
 * written the item stays as it is and becomes due again after its lease.
 */
export function performer(options: PerformerOptions): DeskOptions['perform'] {
  return (item, payment, refund) => {
    perform(options, item, payment, refund).catch((error: unknown) =>
      options.failed(`${item.kind} of payment ${item.paymentNumber}`, error),
    );
  };
}

async function perform(
  options: PerformerOptions,
  item: PaymentItem,
  payment: Payment,
  refund: Refund | undefined,
): Promise<void> {
  const rules = options.rules();
  switch (item.kind) {
    case 'wallet.pay':
    case 'wallet.inquire': {
      const word = await askWallet(options, rules, item, payment);
      const { paymentNumber, leg } = item;
      await options.run(answerCommand(options.rules(), { paymentNumber, leg, word, item }));
      return;
    }
    case 'wallet.cancel': {
      const done = await cancelAtWallet(options.calls, rules, item, payment, options.now());
      await options.run(cancelAnsweredCommand(options.rules(), item, done));
      return;
    }
    case 'wallet.refund': {
      const word = await refundAtWallet(options.calls, rules, payment, refund);
      await options.run(refundAnsweredCommand(options.rules(), item, word));
      return;
    }
    case 'acquirer.push':
    case 'acquirer.pushInquire': {
      const word = await pushAtAcquirer(options.calls, rules, item, payment);
      await options.run(pushAnsweredCommand(options.rules(), item.paymentNumber, word, item));
      return;
    }
    case 'wallet.notifyPush': {
      const heard = await tellWalletOfCredit(options.calls, rules, item, payment);
      await options.run(noticeAnsweredCommand(options.rules(), item, heard));
      return;
    }
    case 'acquirer.notify': {
      const acknowledged = await notifyAcquirer(options, rules, payment);
      await options.run(noticeAnsweredCommand(options.rules(), item, acknowledged));
      return;
    }
    case 'acquirer.notifyRefund': {
      const acknowledged = await notifyOfRefund(options, rules, payment, refund);
      await options.run(noticeAnsweredCommand(options.rules(), item, acknowledged));
      return;
    }
    case 'payment.expire':
      // Decided inside the hub when it is taken up: there is nobody to call.
      return;
    case 'agreement.revoke':
    case 'agreement.notify':
      // About agreements, which `agreements.ts` carries out.
      return;
    case 'notice.given_up':
    case 'refundNotice.given_up':
      // Kept until somebody sends it by hand: then it is a notice again.
      return;
  }
}

async function askWallet(
  options: PerformerOptions,
  rules: Rules,
  item: PaymentItem,
  payment: Payment,
): Promise<WalletWord> {
  const leg = legOf(payment, item.leg);
  const wallet = leg === undefined ? undefined : rules.directory.byId(leg.walletId);
  if (leg === undefined || wallet === undefined) return unknown;
  const first = item.kind === 'wallet.pay';
  const api = first ? 'pay' : 'inquiryPayment';
  const agreementNumber = payment.page?.agreementNumber ?? null;
  if (first && agreementNumber !== null) {
    const body = walletPayBody(payment, leg, rules.timing.quoteLifeMs);
    return options.agreements.debit(agreementNumber, body, payment.paymentNumber);
  }
  const answer = await options.calls.call({
    participant: wallet,
    api,
    url: wallet.endpoint + paths[api],
    body: first
      ? walletPayBody(payment, leg, rules.timing.quoteLifeMs)
      : walletPaymentName(payment, leg),
    paymentNumber: payment.paymentNumber,
  });
  if (answer.kind === 'unknown') return unknown;
  return first ? wordOfPay(answer.body) : wordOfInquiry(answer.body);
}

/**
 * The call's own result first, then the payment's (protocol.md §1.9, "inquiry result handling").
 */
function wordOfInquiry(body: string): WalletWord {
  const decoded = decodeAnswer(walletInquiryPaymentResponse, body);
  if (!decoded.ok) return unknown;
  const { result, paymentResult, paymentId } = decoded.value;
  if (result.resultStatus === 'S') {
    return paymentResult === undefined ? unknown : wordOf(paymentResult, paymentId);
  }
  // Cancelled at the wallet is final; an order that it does not know (yet) is not.
  return result.resultStatus === 'F' && result.resultCode === 'ORDER_IS_CLOSED'
    ? { kind: 'failure', resultCode: 'ORDER_IS_CLOSED' }
    : unknown;
}

/** True when the acquirer signed that it has received the notice; ours passes it on. */
async function notifyAcquirer(
  options: PerformerOptions,
  rules: Rules,
  payment: Payment,
): Promise<boolean> {
  const acquirer = rules.directory.byId(payment.acquirerId);
  if (acquirer === undefined) return false;
  const merchant = options.merchants().ofPayment(payment);
  if (merchant !== undefined) {
    return notifyMerchant(options.calls, rules, acquirer, merchant, payment);
  }
  const paid = payment.legs.find((leg) => leg.leg === payment.paidLeg);
  const wallet = paid === undefined ? undefined : rules.directory.byId(paid.walletId);
  const answer = await options.calls.call({
    participant: acquirer,
    api: 'notifyPayment',
    url: payment.notifyUrl ?? acquirer.endpoint + paths.notifyPayment,
    body: {
      paymentRequestId: payment.paymentRequestId,
      paymentResult: resultOf(payment),
      ...acquirerFacts(payment, wallet),
    },
    paymentNumber: payment.paymentNumber,
  });
  if (answer.kind === 'unknown') return false;
  const decoded = decodeAnswer(acquirerNotifyPaymentResponse, answer.body);
  return decoded.ok && decoded.value.result.resultStatus === 'S';
}

/** Only merchants of our own acquirer ask to be told of refunds; a notice for nobody is done. */
async function notifyOfRefund(
  options: PerformerOptions,
  rules: Rules,
  payment: Payment,
  refund: Refund | undefined,
): Promise<boolean> {
  const acquirer = rules.directory.byId(payment.acquirerId);
  const merchant = options.merchants().ofPayment(payment);
  if (acquirer === undefined || merchant === undefined || refund === undefined) return false;
  return notifyMerchantOfRefund(options.calls, acquirer, merchant, payment, refund);
}
