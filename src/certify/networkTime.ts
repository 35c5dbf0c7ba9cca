// The time of a sandbox network that a partner follows: it is moved on over HTTP, and we go along.

import { type MovableClock, type Network, NetworkFailure } from '../base/world.ts';

/** Moves the network's time on; the problem when it could not be moved. */
export type MoveTime = (advanceMs: number) => Promise<string | undefined>;

const answerMs = 10_000;

/**
 * Moves the time of the network at `url`, and puts `clock` to what it says then; `session` is the
 * header of whoever is signed in there.
 */
export function timeMover(
  url: string,
  network: Network,
  clock: MovableClock,
  session: Readonly<Record<string, string>> = {},
): MoveTime {
  return async (advanceMs) => {
    try {
      const { status, body } = await network.post({
        url: `${url}/console/api/clock`,
        headers: { 'content-type': 'application/json', ...session },
        body: JSON.stringify({ advanceMs }),
        timeoutMs: answerMs,
      });
      if (status !== 200) return `The time was not moved: HTTP ${status} ${body}`;
      clock.moveTo((JSON.parse(body) as { readonly offsetMs: number }).offsetMs);
      return undefined;
    } catch (error) {
      if (!(error instanceof NetworkFailure)) throw error;
      return `The time was not moved: ${error.message}`;
    }
  };
}
