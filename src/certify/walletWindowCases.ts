// Acceptance cases of a wallet's windows, for which the network's time is moved by nights and a
// year.

import { type AcceptanceCase, type CaseOutcome, judge, wants } from './outcome.ts';
import type { WalletPlay } from './walletPlay.ts';
import { dayMs, type MovingPlay, minuteMs, moveOn, moveToNextDay } from './windows.ts';

/** A wallet's play whose time can be moved on. */
export type WindowPlay = WalletPlay & MovingPlay;

/** The cases with the network's time. */
export const walletWindowCases: readonly AcceptanceCase<WindowPlay>[] = [
  {
    id: 'cancel-next-day',
    title: 'what was paid is cancelled at 00:14 of the next day',
    source: 'protocol.md §1.9, §9.3 (10)',
    hint: 'Let yourself be cancelled until 00:30 (UTC+8) of the day after the payment.',
    async run(play) {
      const payment = await play.paid();
      const problem = payment.problem ?? (await moveToNextDay(play, 14 * minuteMs));
      if (problem !== undefined) return judge(problem);
      const said = await play.cancel(payment.id);
      return judge(wants(said, 'S'), await play.paidAfterAll(payment.id));
    },
  },
  {
    id: 'cancel-too-late',
    title: 'a cancel at 00:31 succeeds, or changes nothing and a refund is possible',
    source: 'protocol.md §1.9, §9.3 (10)',
    hint: 'After 00:30 answer S, or CANCEL_WINDOW_EXCEED; then the payment stays paid.',
    async run(play) {
      const payment = await play.paid();
      const problem = payment.problem ?? (await moveToNextDay(play, 31 * minuteMs));
      if (problem !== undefined) return judge(problem);
      const said = await play.cancel(payment.id);
      if (said.result?.resultStatus === 'S') return judge(await play.paidAfterAll(payment.id));
      const refused = wants(said, 'F', 'CANCEL_WINDOW_EXCEED');
      return refused === undefined ? refundWhole(play, payment) : judge(refused);
    },
  },
  {
    id: 'refund-a-year-later',
    title: 'a payment is refunded 365 days later',
    source: 'protocol.md §1.9, §9.3 (12)',
    hint: 'Refund for at least 366 days after the payment.',
    async run(play) {
      const payment = await play.paid();
      const problem = payment.problem ?? (await moveOn(play, 365 * dayMs));
      return problem === undefined ? refundWhole(play, payment) : judge(problem);
    },
  },
];

async function refundWhole(
  play: WindowPlay,
  payment: Awaited<ReturnType<WindowPlay['paid']>>,
): Promise<CaseOutcome> {
  return judge(wants(await play.refund(payment, play.newId(), play.part(1n, 1n)), 'S'));
}
