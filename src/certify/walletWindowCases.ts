// Acceptance cases of a wallet's windows, for which the network's time is moved by nights and a
// year.

import type { Clock } from '../base/world.ts';
import type { MoveTime } from './networkTime.ts';
import { type AcceptanceCase, type CaseOutcome, judge, wants } from './outcome.ts';
import type { WalletPlay } from './walletPlay.ts';

/** A wallet's play whose time can be moved on. */
export interface WindowPlay extends WalletPlay {
  readonly clock: Clock;
  readonly moveTime: MoveTime;
}

const minuteMs = 60_000;
const dayMs = 1_440 * minuteMs;
/** Days begin at midnight of UTC+8. */
const midnightOffsetMs = 480 * minuteMs;
/** How long a wallet may take to hear that the network's time was moved. */
const followMs = 15_000;
const followEveryMs = 250;

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
      const problem = payment.problem ?? (await move(play, 365 * dayMs));
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

function moveToNextDay(play: WindowPlay, afterMidnightMs: number): Promise<string | undefined> {
  const now = play.clock.now() + midnightOffsetMs;
  return move(play, (Math.floor(now / dayMs) + 1) * dayMs - now + afterMidnightMs);
}

/** Moves the time, and waits until the wallet goes by it: until then it finds our calls too new. */
async function move(play: WindowPlay, advanceMs: number): Promise<string | undefined> {
  const problem = await play.moveTime(Math.ceil(advanceMs));
  if (problem !== undefined) return problem;
  const until = play.clock.elapsed() + followMs;
  while (play.clock.elapsed() < until) {
    const said = await play.inquire(play.newId());
    const isHeard = said.result?.resultCode !== 'INVALID_SIGNATURE';
    if (isHeard && said.signatureProblem === undefined) return undefined;
    await play.clock.pause(followEveryMs);
  }
  return 'The wallet does not follow the time of the network that --clock names.';
}
