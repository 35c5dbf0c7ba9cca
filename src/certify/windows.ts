// Moves of the network's time in a certification: to the next day, until the partner goes by it.

import type { Clock } from '../base/world.ts';
import type { DoorPlay } from './doorCases.ts';
import type { MoveTime } from './networkTime.ts';

/** A play whose time can be moved on. */
export interface MovingPlay extends DoorPlay {
  readonly clock: Clock;
  readonly moveTime: MoveTime;
}

export const minuteMs = 60_000;
export const dayMs = 1_440 * minuteMs;
/** Days begin at midnight of UTC+8. */
const midnightOffsetMs = 480 * minuteMs;
/** How long a partner may take to hear that the network's time was moved. */
const followMs = 15_000;
const followEveryMs = 250;

/** The next midnight of UTC+8 after a time. */
export function nextMidnight(time: number): number {
  return (Math.floor((time + midnightOffsetMs) / dayMs) + 1) * dayMs - midnightOffsetMs;
}

/** Moves to some time after the next midnight; the problem when it cannot be done. */
export function moveToNextDay(
  play: MovingPlay,
  afterMidnightMs: number,
): Promise<string | undefined> {
  const now = play.clock.now();
  return moveOn(play, nextMidnight(now) - now + afterMidnightMs);
}

/** Moves the time, and waits until the partner goes by it: until then our calls are too new. */
export async function moveOn(play: MovingPlay, advanceMs: number): Promise<string | undefined> {
  const problem = await play.moveTime(Math.ceil(advanceMs));
  if (problem !== undefined) return problem;
  const until = play.clock.elapsed() + followMs;
  while (play.clock.elapsed() < until) {
    const said = await play.knock();
    const isHeard = said.result?.resultCode !== 'INVALID_SIGNATURE';
    if (isHeard && said.signatureProblem === undefined) return undefined;
    await play.clock.pause(followEveryMs);
  }
  return 'The partner does not follow the time of the network that --clock names.';
}
