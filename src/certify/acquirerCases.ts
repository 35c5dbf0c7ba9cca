// Acceptance cases of an acquirer: what it acknowledges, and what it must not.

import type { AcquirerPlay } from './acquirerPlay.ts';
import { type AcceptanceCase, type CaseOutcome, judge, skipped, wants } from './outcome.ts';

type Play = (play: AcquirerPlay, openOrder: string) => Promise<CaseOutcome>;

/** A case that needs an order which the acquirer has placed and which has not ended. */
const withOrder = (work: Play) => async (play: AcquirerPlay) => {
  const { openOrder } = play.terms;
  return openOrder === undefined
    ? skipped('Place an order and name its paymentRequestId with --open-order.')
    : work(play, openOrder);
};

/** The cases of notices, in the order in which they are played. */
export const acquirerCases: readonly AcceptanceCase<AcquirerPlay>[] = [
  {
    id: 'notice-unknown',
    title: 'a notice about an order that you did not place is not acknowledged',
    source: 'protocol.md §1.9 (notify check)',
    hint: 'Look paymentRequestId up in your own orders: F ORDER_NOT_EXIST.',
    async run(play) {
      return judge(wants(await play.tell(play.notice(play.newId(), 'SUCCESS')), 'F'));
    },
  },
  {
    id: 'missing-field',
    title: 'a notice without paymentResult is refused',
    source: 'protocol.md §2.5',
    hint: 'Check required fields first: PARAM_ILLEGAL, and name the field in resultMessage.',
    async run(play) {
      const { paymentResult: _, ...rest } = play.notice(play.newId(), 'SUCCESS');
      return judge(wants(await play.tell(rest), 'F', 'PARAM_ILLEGAL'));
    },
  },
  {
    id: 'empty-field',
    title: 'an empty text is refused: optional fields are left out',
    source: 'protocol.md §2, §9.3 (4)',
    hint: 'Treat "" as a wrong value of any field: PARAM_ILLEGAL.',
    async run(play) {
      const message = { ...play.notice(play.newId(), 'SUCCESS'), walletBrandName: '' };
      return judge(wants(await play.tell(message), 'F', 'PARAM_ILLEGAL'));
    },
  },
  {
    id: 'notice-other-amount',
    title: 'a notice over another amount than your order is not acknowledged',
    source: 'protocol.md §1.9 (notify check)',
    hint: 'Compare paymentAmount with your own record, and release no goods when it differs.',
    run: withOrder(async (play, order) => {
      return judge(wants(await play.tell(play.notice(order, 'SUCCESS', 2n)), 'F'));
    }),
  },
  {
    id: 'notice-paid',
    title: 'a notice that the order is paid is acknowledged',
    source: 'protocol.md §2.5',
    hint: 'Answer S when you have it; S says received, whatever the result inside.',
    run: withOrder(async (play, order) => {
      return judge(wants(await play.tell(play.notice(order, 'SUCCESS')), 'S'));
    }),
  },
  {
    id: 'notice-twice',
    title: 'the same notice again is acknowledged again, also several at once',
    source: 'protocol.md §9.3 (15)',
    hint: 'An order that has ended stays as it is, and the notice is answered with S.',
    run: withOrder(async (play, order) => {
      const message = play.notice(order, 'SUCCESS');
      const again = await Promise.all([1, 2, 3, 4].map(() => play.tell(message)));
      return judge(...again.map((said) => wants(said, 'S')));
    }),
  },
  {
    id: 'unknown-fields',
    title: 'a field that you do not know is ignored, and null is absent',
    source: 'protocol.md §2',
    hint: 'The protocol grows by fields: read what you know and leave the rest.',
    run: withOrder(async (play, order) => {
      const news = { fieldOfTomorrow: { any: ['thing'] }, settlementQuote: null };
      const message = { ...play.notice(order, 'SUCCESS'), ...news };
      return judge(wants(await play.tell(message), 'S'));
    }),
  },
  {
    id: 'notice-failed',
    title: 'a notice that an order has failed is acknowledged',
    source: 'protocol.md §2.5',
    hint: 'F is an end like any other: acknowledge it with S and stop showing the code.',
    async run(play) {
      const { failingOrder } = play.terms;
      if (failingOrder === undefined) {
        return skipped('Place a second order and name it with --failing-order.');
      }
      const said = await play.tell(play.notice(failingOrder, 'ORDER_IS_CLOSED'));
      return judge(wants(said, 'S'));
    },
  },
];
