// The network's time as an outsider learns it: asked of the hub over HTTP, and followed.

import { request } from 'undici';
import { z } from 'zod';
import type { MovableClock } from '../base/world.ts';

const announced = z.object({ offsetMs: z.int().min(0) });

/** The hub answers a question at the latest after this; it is asked again at once. */
const longestAnswerMs = 20_000;
const answerTimeoutMs = longestAnswerMs + 10_000;
const afterFailureMs = 500;

/** Something that goes on by itself until it is stopped. */
export interface Following {
  stop(): void;
}

/**
 * Puts `clock` to the network's time, which `hubUrl` announces, and keeps it there. Resolves when
 * it is right for the first time. A hub that does not answer is asked again; time then goes on
 * with the offset that is known.
 */
export async function followHubClock(
  hubUrl: string,
  clock: MovableClock,
  onFailure: (error: unknown) => void,
): Promise<Following> {
  const stopped = new AbortController();
  const first = await ask(`${hubUrl}/console/api/clock`, stopped.signal);
  clock.moveTo(first);

  async function goOn(): Promise<void> {
    let silent = false;
    while (!stopped.signal.aborted) {
      try {
        const question = `offsetMs=${clock.offsetMs()}&waitMs=${longestAnswerMs}`;
        clock.moveTo(await ask(`${hubUrl}/console/api/clock?${question}`, stopped.signal));
        silent = false;
      } catch (error) {
        if (stopped.signal.aborted) return;
        // Said once for each time that the hub goes away, not twice a second.
        if (!silent) onFailure(error);
        silent = true;
        await clock.pause(afterFailureMs);
      }
    }
  }

  void goOn();
  return { stop: () => stopped.abort() };
}

async function ask(url: string, stopped: AbortSignal): Promise<number> {
  const signal = AbortSignal.any([stopped, AbortSignal.timeout(answerTimeoutMs)]);
  const { statusCode, body } = await request(url, { signal });
  if (statusCode === 200) return announced.parse(await body.json()).offsetMs;
  await body.dump();
  throw new Error(`the hub does not tell its time: HTTP ${statusCode}`);
}
