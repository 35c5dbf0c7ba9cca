// Acceptance cases of what comes after a wallet's payment: cancelling it, and refunding it.

import { type AcceptanceCase, holds, judge, skipped, wants, wordsOf } from './outcome.ts';
import type { WalletPlay } from './walletPlay.ts';

/** Times an ordinary payment: far over what is paid without a customer's consent. */
const needsConsent = 400n;

/** The cases of cancelPayment, then those of refund. */
export const walletAftermathCases: readonly AcceptanceCase<WalletPlay>[] = [
  {
    id: 'cancel-paid',
    title: 'a paid payment is cancelled, and is not paid any more',
    source: 'protocol.md §2.7',
    hint: 'Give the money back, answer S, and say F or ORDER_IS_CLOSED to an inquiry.',
    async run(play) {
      const payment = await play.paid();
      if (payment.problem !== undefined) return judge(payment.problem);
      const said = await play.cancel(payment.id);
      return judge(wants(said, 'S'), await play.paidAfterAll(payment.id));
    },
  },
  {
    id: 'cancel-unpaid',
    title: 'a payment that waits for its customer is cancelled',
    source: 'protocol.md §2.7',
    hint: 'A cancel succeeds whatever the state; the customer can no longer agree.',
    async run(play) {
      const message = play.payMessage(play.terms.customerId, needsConsent);
      const asked = await play.pay(message);
      const said = await play.cancel(message.paymentRequestId);
      if (asked.result?.resultStatus !== 'U') {
        return skipped(`It needs a payment that waits; this one was answered ${wordsOf(asked)}.`);
      }
      return judge(wants(said, 'S'), await play.paidAfterAll(message.paymentRequestId));
    },
  },
  {
    id: 'cancel-unknown',
    title: 'a cancel of an id that you never saw is remembered',
    source: 'protocol.md §9.3 (11)',
    hint: 'Remember the id and answer S; after ORDER_NOT_EXIST you are told again.',
    async run(play) {
      const said = await play.cancel(play.newId());
      if (said.result?.resultCode === 'ORDER_NOT_EXIST') return judge();
      return judge(wants(said, 'S'));
    },
  },
  {
    id: 'cancel-twice',
    title: 'the same cancel again has the same answer',
    source: 'protocol.md §2.15',
    hint: 'A cancelled payment that is cancelled again: S, and nothing is given back twice.',
    async run(play) {
      const payment = await play.paid();
      if (payment.problem !== undefined) return judge(payment.problem);
      await play.cancel(payment.id);
      return judge(wants(await play.cancel(payment.id), 'S'));
    },
  },
  {
    id: 'pay-after-cancel',
    title: 'an id that was cancelled before its pay arrives is never paid',
    source: 'protocol.md §1.8, §9.3 (7)',
    hint: 'Messages overtake each other: look for a remembered cancel before you debit.',
    async run(play) {
      const message = play.payMessage();
      const id = message.paymentRequestId;
      await play.cancel(id);
      const said = await play.pay(message);
      return judge(wants(said, 'F'), await play.paidAfterAll(id));
    },
  },
  {
    id: 'refund-full',
    title: 'a payment is refunded as a whole',
    source: 'protocol.md §2.8, §9.3 (12)',
    hint: 'Give refundFromAmount back and answer S with refundId.',
    async run(play) {
      const payment = await play.paid();
      if (payment.problem !== undefined) return judge(payment.problem);
      const said = await play.refund(payment, play.newId(), play.part(1n, 1n));
      return judge(wants(said, 'S'), holds(said, 'refundId'));
    },
  },
  {
    id: 'refund-parts',
    title: 'three parts that come to the whole are three refunds',
    source: 'protocol.md §9.3 (12)',
    hint: 'Add up what you gave back; take refundFromAmount from us and convert nothing.',
    async run(play) {
      const payment = await play.paid();
      if (payment.problem !== undefined) return judge(payment.problem);
      const third = play.part(1n, 3n);
      const whole = play.part(1n, 1n);
      const last = { order: whole.order - 2n * third.order, payTo: whole.payTo - 2n * third.payTo };
      const ids = new Set<unknown>();
      for (const minors of [third, third, last]) {
        const said = await play.refund(payment, play.newId(), minors);
        const problem = wants(said, 'S');
        if (problem !== undefined) return judge(problem);
        ids.add(said.body?.refundId);
      }
      return judge(ids.size === 3 ? undefined : 'The three parts do not have three refundIds.');
    },
  },
  {
    id: 'refund-over',
    title: 'more than is left is refused',
    source: 'protocol.md §9.3 (12)',
    hint: 'Refunds never come to more than was paid: REFUND_AMOUNT_EXCEED.',
    async run(play) {
      const payment = await play.paid();
      if (payment.problem !== undefined) return judge(payment.problem);
      await play.refund(payment, play.newId(), play.part(6n, 10n));
      const over = await play.refund(payment, play.newId(), play.part(6n, 10n));
      return judge(wants(over, 'F', 'REFUND_AMOUNT_EXCEED'));
    },
  },
  {
    id: 'refund-twice',
    title: 'the same refund again is the same refund',
    source: 'protocol.md §2.15',
    hint: 'The key is refundRequestId: the same refundId, and nothing is given back twice.',
    async run(play) {
      const payment = await play.paid();
      if (payment.problem !== undefined) return judge(payment.problem);
      const id = play.newId();
      const first = await play.refund(payment, id, play.part(1n, 2n));
      const again = await play.refund(payment, id, play.part(1n, 2n));
      const refundId = String(first.body?.refundId ?? '');
      return judge(wants(again, 'S'), holds(again, 'refundId', refundId));
    },
  },
  {
    id: 'refund-other-amount',
    title: 'the same refund id with another amount is refused',
    source: 'protocol.md §2.15',
    hint: 'Compare refundAmount and refundFromAmount: REPEAT_REQ_INCONSISTENT.',
    async run(play) {
      const payment = await play.paid();
      if (payment.problem !== undefined) return judge(payment.problem);
      const id = play.newId();
      await play.refund(payment, id, play.part(1n, 2n));
      const other = await play.refund(payment, id, play.part(1n, 5n));
      return judge(wants(other, 'F', 'REPEAT_REQ_INCONSISTENT'));
    },
  },
  {
    id: 'refund-cancelled',
    title: 'a cancelled payment is not refunded',
    source: 'protocol.md §9.3 (12)',
    hint: 'The customer already has the money back: answer F, for example ORDER_IS_CLOSED.',
    async run(play) {
      const payment = await play.paid();
      if (payment.problem !== undefined) return judge(payment.problem);
      await play.cancel(payment.id);
      return judge(wants(await play.refund(payment, play.newId(), play.part(1n, 1n)), 'F'));
    },
  },
  {
    id: 'refund-unknown',
    title: 'a payment that you never saw is not refunded',
    source: 'protocol.md §2.8',
    hint: 'Answer F ORDER_NOT_EXIST.',
    async run(play) {
      const message = play.payMessage();
      const id = message.paymentRequestId;
      const never = {
        id,
        message,
        said: await play.inquire(id),
        paymentId: 'W1',
        problem: undefined,
      };
      return judge(wants(await play.refund(never, play.newId(), play.part(1n, 1n)), 'F'));
    },
  },
];
