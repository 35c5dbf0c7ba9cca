// Acceptance cases of a wallet's pay and inquiryPayment: one debit, the truth, and good manners.

import { type AcceptanceCase, holds, judge, skipped, wants, wordsOf } from './outcome.ts';
import type { WalletPlay } from './walletPlay.ts';

/** Duplicates that are sent at the same time. */
const atOnce = 8;
/** Times an ordinary payment: more than a poor customer has. */
const tooMuch = 99n;

/** The cases of paying, in the order in which they are played. */
export const walletPayCases: readonly AcceptanceCase<WalletPlay>[] = [
  {
    id: 'pay',
    title: 'a payment is paid, and the answer names it',
    source: 'protocol.md §2.2',
    hint: 'Debit payToAmount and answer S with paymentId, or U until the customer has agreed.',
    async run(play) {
      const payment = await play.paid();
      return judge(payment.problem, holds(payment.said, 'paymentId'));
    },
  },
  {
    id: 'pay-twice',
    title: 'the same pay again: the same answer, no second debit',
    source: 'protocol.md §2.15, §9.3 (1)',
    hint: 'Look paymentRequestId up before you debit, and keep it for ever.',
    async run(play) {
      const payment = await play.paid();
      if (payment.problem !== undefined) return judge(payment.problem);
      const again = await play.pay(payment.message);
      return judge(wants(again, 'S'), holds(again, 'paymentId', payment.paymentId));
    },
  },
  {
    id: 'pay-at-once',
    title: `the same pay ${atOnce} times at once: one payment`,
    source: 'protocol.md §2.15',
    hint: 'Let a unique key on paymentRequestId decide, not a look-up before the write.',
    async run(play) {
      const message = play.payMessage();
      const said = await Promise.all(Array.from({ length: atOnce }, () => play.pay(message)));
      const refused = said.find(({ result }) => !/^[SU]$/.test(result?.resultStatus ?? ''));
      const ids = said.flatMap(({ body }) =>
        body?.paymentId === undefined ? [] : [body.paymentId],
      );
      const different = new Set(ids).size;
      return judge(
        refused && `One of them was answered ${wordsOf(refused)}; S or U was expected.`,
        different > 1 ? `They were given ${different} different paymentIds.` : undefined,
      );
    },
  },
  {
    id: 'pay-other-amount',
    title: 'the same id with another amount is refused',
    source: 'protocol.md §2.15, §9.3 (2)',
    hint: 'Compare paymentAmount and payToAmount with what you keep: REPEAT_REQ_INCONSISTENT.',
    async run(play) {
      const payment = await play.paid();
      if (payment.problem !== undefined) return judge(payment.problem);
      const other = play.payMessage(play.terms.customerId, 2n);
      const again = await play.pay({ ...other, paymentRequestId: payment.id });
      return judge(wants(again, 'F', 'REPEAT_REQ_INCONSISTENT'));
    },
  },
  {
    id: 'inquire-paid',
    title: 'an inquiry of a paid payment says so, with the same paymentId',
    source: 'protocol.md §2.6, §1.9',
    hint: 'Answer result S (the question) and paymentResult S (the payment).',
    async run(play) {
      const payment = await play.paid();
      if (payment.problem !== undefined) return judge(payment.problem);
      const said = await play.inquire(payment.id);
      const state = said.paymentResult?.resultStatus;
      return judge(
        wants(said, 'S'),
        state === 'S' ? undefined : `paymentResult is ${state ?? 'missing'}; S was expected.`,
        holds(said, 'paymentId', payment.paymentId),
      );
    },
  },
  {
    id: 'inquire-unknown',
    title: 'an inquiry of an id that you never saw says that there is none',
    source: 'protocol.md §1.9',
    hint: 'Answer F ORDER_NOT_EXIST, never an empty success.',
    run: async (play) => judge(wants(await play.inquire(play.newId()), 'F', 'ORDER_NOT_EXIST')),
  },
  {
    id: 'missing-field',
    title: 'pay without payToAmount is refused and debits nothing',
    source: 'protocol.md §2.2',
    hint: 'Check required fields first: PARAM_ILLEGAL, and name the field in resultMessage.',
    async run(play) {
      const { payToAmount: _, ...rest } = play.payMessage();
      const said = await play.pay(rest);
      const effect = await play.paidAfterAll(rest.paymentRequestId);
      return judge(effect, wants(said, 'F', 'PARAM_ILLEGAL'));
    },
  },
  {
    id: 'empty-field',
    title: 'an empty text is refused: optional fields are left out',
    source: 'protocol.md §2, §9.3 (4)',
    hint: 'Treat "" as a wrong value of any field: PARAM_ILLEGAL.',
    async run(play) {
      const message = { ...play.payMessage(), paymentNotifyUrl: '' };
      const said = await play.pay(message);
      const effect = await play.paidAfterAll(message.paymentRequestId);
      return judge(effect, wants(said, 'F', 'PARAM_ILLEGAL'));
    },
  },
  {
    id: 'unknown-fields',
    title: 'a field that you do not know is ignored, and null is absent',
    source: 'protocol.md §2',
    hint: 'The protocol grows by fields: read what you know and leave the rest.',
    async run(play) {
      const news = { fieldOfTomorrow: { any: ['thing'] }, surchargeInfo: null };
      const said = await play.pay({ ...play.payMessage(), ...news });
      const isRefused = !/^[SU]$/.test(said.result?.resultStatus ?? '');
      return judge(isRefused ? `pay was answered ${wordsOf(said)}; S was expected.` : undefined);
    },
  },
  {
    id: 'unknown-customer',
    title: 'a customer that you do not have is refused',
    source: 'protocol.md §4',
    hint: 'Answer F USER_NOT_EXIST.',
    async run(play) {
      const said = await play.pay(play.payMessage(`NOBODY-${play.newId()}`));
      return judge(wants(said, 'F', 'USER_NOT_EXIST'));
    },
  },
  {
    id: 'balance-not-enough',
    title: 'a customer who has too little is refused, and stays refused',
    source: 'protocol.md §2.2',
    hint: 'Answer F USER_BALANCE_NOT_ENOUGH; the same id again has the same answer.',
    async run(play) {
      const { poorCustomerId } = play.terms;
      if (poorCustomerId === undefined) return skipped('Name a customer with --poor-customer.');
      const message = play.payMessage(poorCustomerId, tooMuch);
      const said = await play.pay(message);
      const again = await play.pay(message);
      return judge(
        wants(said, 'F', 'USER_BALANCE_NOT_ENOUGH'),
        wants(again, 'F', 'USER_BALANCE_NOT_ENOUGH'),
        await play.paidAfterAll(message.paymentRequestId),
      );
    },
  },
];
