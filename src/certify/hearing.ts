// The network's ear in a certification: what a partner sends by itself, and what it is answered.
// It keeps no books: each case says how the calls that it waits for are answered.

import type { z } from 'zod';
import type { Clock } from '../base/world.ts';
import { servedApis } from '../wire/apis.ts';
import { type ApiName, decode, describeProblem } from '../wire/messages.ts';
import { result } from '../wire/results.ts';

type Body = Readonly<Record<string, unknown>>;

/** A call of the partner with what it was answered. */
export interface HeardCall {
  readonly api: ApiName;
  readonly sent: string;
  readonly answered: string;
  readonly body: Body;
  /** Why it was refused with PARAM_ILLEGAL: it does not fit its contract. */
  readonly problem: string | undefined;
}

/** What is listened for. Nothing depends on the rest: code rules, limits and the like. */
const listenedFor = [
  'pay',
  'inquiryPayment',
  'cancelPayment',
  'refund',
  'prepare',
  'applyToken',
  'cancelToken',
  'initiateRetrieval',
  'initiateEscalation',
  'responseRetrieval',
  'responseEscalation',
] as const satisfies readonly ApiName[];

/** The contracts that the network itself goes by. */
const contracts: Readonly<Partial<Record<ApiName, z.ZodType>>> = Object.fromEntries(
  listenedFor.map((api) => [api, servedApis[api].request]),
);

/** How often it is looked whether the call has come. */
const lookMs = 20;

export type Hearing = ReturnType<typeof createHearing>;

/** `patienceMs`: how long one call is waited for. */
export function createHearing(clock: Clock, patienceMs: number) {
  const calls: HeardCall[] = [];
  const answers = new Map<ApiName, (body: Body) => object>();
  let turnedAway: string | undefined;

  return {
    patienceMs,
    /** Takes a call whose signature holds, and says what it is answered. */
    take(api: ApiName | undefined, bodyText: string): object {
      const contract = api === undefined ? undefined : contracts[api];
      if (api === undefined || contract === undefined) return { result: result('SUCCESS') };
      const read = decode(contract, bodyText);
      const body = read.ok ? (read.value as Body) : {};
      const problem = read.ok ? undefined : describeProblem(read);
      const answer = read.ok
        ? (answers.get(api)?.(body) ?? { result: result('SUCCESS') })
        : { result: result('PARAM_ILLEGAL', problem) };
      const answered = JSON.stringify(answer);
      calls.push({ api, sent: bodyText, answered, body, problem });
      return answer;
    },
    /** A call that could not be verified: whoever waits is told of it. */
    turnAway(problem: string): void {
      turnedAway = problem;
    },
    /** How an interface is answered from now on; S where nothing was said. */
    answer(api: ApiName, how: (body: Body) => object): void {
      answers.set(api, how);
    },
    /** A place in what was heard: what comes later is waited for with it. */
    mark: (): number => calls.length,
    /** The first call after `mark` that fits, or one that was refused; a sentence for none. */
    async next(
      mark: number,
      api: ApiName,
      fits: (body: Body, answered: string) => boolean = () => true,
    ): Promise<HeardCall | string> {
      const until = clock.elapsed() + patienceMs;
      for (;;) {
        const since = calls.slice(mark).filter((call) => call.api === api);
        const found = since.find(
          ({ body, answered, problem }) => problem !== undefined || fits(body, answered),
        );
        if (found !== undefined) return found;
        if (clock.elapsed() >= until) {
          const other = since.length === 0 ? `No ${api} came` : `Only another ${api} came`;
          const why = turnedAway === undefined ? '' : ` One call was refused: ${turnedAway}.`;
          return `${other} within ${patienceMs} ms.${why}`;
        }
        await clock.pause(lookMs);
      }
    },
  };
}
