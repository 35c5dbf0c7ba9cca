// Acceptance cases of an acquirer's windows, for which the network's time is moved: an order that
// expires, a cancel until 00:15 of the next day, a refund afterwards.

import type { AcquirerHearing } from './acquirerHearing.ts';
import type { HeardCall } from './hearing.ts';
import { type AcceptanceCase, judge, wants } from './outcome.ts';
import { type MovingPlay, minuteMs, moveOn, moveToNextDay } from './windows.ts';

/** An acquirer's play whose time can be moved on. */
export type AcquirerWindowPlay = AcquirerHearing & MovingPlay;

/** Whether a call is about an order, by either of its ids. */
const about =
  (play: AcquirerWindowPlay, order: string) =>
  ({ paymentRequestId, paymentId }: HeardCall['body']): boolean =>
    paymentRequestId === order ||
    (paymentRequestId === undefined && paymentId === play.paymentIdOf(order));

/** The cases with the network's time, in the order in which they are played. */
export const acquirerWindowCases: readonly AcceptanceCase<AcquirerWindowPlay>[] = [
  {
    id: 'order-expires',
    title: 'when an order has expired it asks how it ended, and takes the notice of its end',
    source: 'protocol.md §1.9, §9.3 (6)',
    hint: 'An expiry is no result: ask by inquiryPayment, and close only when you are told.',
    async run(play) {
      const { order, problem } = await play.placed();
      if (order === undefined) return judge(problem);
      const mark = play.mark();
      const moved = await moveOn(play, Math.max(1, order.expiresAt - play.clock.now()) + 1_000);
      if (moved !== undefined) return judge(moved);
      // Only a question after the expiry is answered so.
      const asked = await play.heard(
        mark,
        'inquiryPayment',
        (body, answered) => about(play, order.id)(body) && answered.includes('ORDER_IS_CLOSED'),
      );
      const said = await play.tell(play.notice(order.id, 'ORDER_IS_CLOSED'));
      return judge(asked.problem, wants(said, 'S'));
    },
  },
  {
    id: 'cancel-next-day',
    title: 'what was paid it cancels at 00:14 of the next day',
    source: 'protocol.md §1.9, §9.3 (10)',
    hint: 'Until 00:15 (UTC+8) of the day after the payment, cancelPayment takes all of it back.',
    async run(play) {
      const { order, problem } = await play.paid();
      if (order === undefined) return judge(problem);
      const moved = await moveToNextDay(play, 14 * minuteMs);
      if (moved !== undefined) return judge(moved);
      const task = { do: 'cancel', paymentRequestId: order.id } as const;
      return judge((await play.after(task, 'cancelPayment', about(play, order.id))).problem);
    },
  },
  {
    id: 'refund-after-window',
    title: 'at 00:16 it is too late for a cancel: it refunds',
    source: 'protocol.md §1.9, §9.3 (10)',
    hint: 'After 00:15, or when cancelPayment is answered CANCEL_WINDOW_EXCEED, send a refund.',
    async run(play) {
      const { order, problem } = await play.paid();
      if (order === undefined) return judge(problem);
      const moved = await moveToNextDay(play, 16 * minuteMs);
      if (moved !== undefined) return judge(moved);
      const task = { do: 'refund', paymentRequestId: order.id } as const;
      const heard = await play.after(task, 'refund', about(play, order.id));
      if (heard.call === undefined) return judge(heard.problem);
      const { value } = heard.call.body.refundAmount as { readonly value: string };
      const was = `refundAmount is ${value}; all of it is ${play.amount.value}.`;
      return judge(value === play.amount.value ? undefined : was);
    },
  },
];
