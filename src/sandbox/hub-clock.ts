// The network's time as an outsider learns it: asked of the hub over HTTP, and followed.

import { request } from 'undici';
import { z } from 'zod';
import type { MovableClock } from '../base/world.ts';

const announced = z.object({ offsetMs: z.int().min(0) });

/** The hub answers a question at the latest after this; it is asked again at once. */
const longestAnswerMs = 20_000;
const answerTimeoutMs = longestAnswerMs + 10_000;
const afterFailureMs = 500;
const newsAfter = 4;

/** Something that goes on by itself until it is stopped. */
export interface Following {
  stop(): void;
}

/**
 * Puts `clock` to the network's time, which `hubUrl` announces, and keeps it there. Resolves when
 * it is right for the first time. A hub that does not answer is asked again, and `onFailure` hears
 * of it once; time meanwhile goes on with the offset that is known.
 */
export function followHubClock(
  hubUrl: string,
  clock: MovableClock,
  onFailure: (error: unknown) => void,
): Promise<Following> {
  const stopped = new AbortController();
  const address = `${hubUrl}/console/api/clock`;

  /** Asks until it is stopped; `right` is called whenever the hub has told its time. */
  async function goOn(right: () => void): Promise<void> {
    let question = '';
    let failures = 0;
    while (!stopped.signal.aborted) {
      try {
        const offsetMs = await ask(address + question, stopped.signal);
        clock.moveTo(offsetMs);
        right();
        failures = 0;
        question = `?offsetMs=${offsetMs}&waitMs=${longestAnswerMs}`;
      } catch (error) {
        if (stopped.signal.aborted) return;
        // Said once for each time that the hub goes away; one that only restarts is no news.
        failures += 1;
        if (failures === newsAfter) onFailure(error);
        question = '';
        await clock.pause(afterFailureMs);
      }
    }
  }

  return new Promise((resolve) => {
    void goOn(() => resolve({ stop: () => stopped.abort() }));
  });
}

async function ask(url: string, stopped: AbortSignal): Promise<number> {
  const signal = AbortSignal.any([stopped, AbortSignal.timeout(answerTimeoutMs)]);
  const { statusCode, body } = await request(url, { signal });
  if (statusCode === 200) return announced.parse(await body.json()).offsetMs;
  await body.dump();
  throw new Error(`the hub does not tell its time: HTTP ${statusCode}`);
}
