// A wallet that handles disputes soundly passes its cases; one that breaks a rule fails exactly it.

import { describe, expect, test } from 'vitest';
import { realClock, realRandom } from '../host/world.ts';
import type { ApiName } from '../wire/messages.ts';
import { type ResultCode, result } from '../wire/results.ts';
import { createHearing, type Hearing } from './hearing.ts';
import type { Line, Said } from './line.ts';
import { createEars, type Task } from './listening.ts';
import { createWalletDisputePlay, walletDisputeCases } from './walletDisputeCases.ts';
import { createWalletPlay } from './walletPlay.ts';

type Json = Record<string, unknown>;
const ids = walletDisputeCases.map(({ id }) => id);

/** A wallet that always pays, and a customer who complains; both wrong where `fault` says. */
function wallet(fault: string | undefined, hearing: Hearing) {
  const log: Said[] = [];
  const disputes = new Set<string>();
  const heard = new Set<string>();
  const is = (id: string) => fault === id;

  /** An answer to a dispute; the second one is a repeat. */
  function answered(id: string, repeat: string): ResultCode {
    if (!disputes.has(id)) return is('dispute-unknown') ? 'SUCCESS' : 'ORDER_NOT_EXIST';
    const isAgain = heard.has(id);
    heard.add(id);
    return isAgain && is(repeat) ? 'PROCESS_FAIL' : 'SUCCESS';
  }

  function code(api: ApiName, { disputeRequestId }: Json): ResultCode {
    const id = String(disputeRequestId);
    if (api === 'responseRetrieval') return answered(id, 'retrieval-heard');
    if (api === 'responseEscalation') return answered(id, 'escalation-heard');
    if (api === 'notifyDispute') return is('dispute-overdue') ? 'PROCESS_FAIL' : 'SUCCESS';
    const isRefused = api === 'refund' && is('escalation-refunded');
    return isRefused ? 'PROCESS_FAIL' : 'SUCCESS';
  }

  const line: Line = {
    log,
    note: (said) => void log.push(said),
    async call(api, message) {
      const sent = typeof message === 'string' ? message : JSON.stringify(message);
      const verdict = result(code(api, JSON.parse(sent) as Json));
      const body = { result: verdict, paymentId: 'W1' };
      const none = { paymentResult: undefined, problem: undefined, signatureProblem: undefined };
      const answer = JSON.stringify(body);
      const said: Said = { api, sent, answered: answer, body, result: verdict, ...none, tookMs: 1 };
      log.push(said);
      return said;
    },
  };

  async function ask(task: Task): Promise<void> {
    if (task.do !== 'ask_evidence' && task.do !== 'demand_money') throw new Error(task.do);
    const isRetrieval = task.do === 'ask_evidence';
    const { paymentRequestId } = task;
    const disputeRequestId = `D-${paymentRequestId}`;
    disputes.add(disputeRequestId);
    if (isRetrieval && is('retrieval-begun')) return;
    const currency = is('escalation-begun') ? 'MYR' : 'CNY';
    const claim = isRetrieval ? {} : { escalationAmount: { currency, value: '1000' } };
    const api = isRetrieval ? 'initiateRetrieval' : 'initiateEscalation';
    hearing.take(api, JSON.stringify({ disputeRequestId, paymentRequestId, ...claim }));
  }
  return { line, ask };
}

const terms = {
  acquirerId: 'CERTIFY',
  pspId: 'FIXTURE',
  customerId: 'RICH',
  orderCurrency: 'CNY',
  orderMinor: 1_000n,
  payToCurrency: 'MYR',
  payToMinor: 611n,
  patienceMs: 1,
};

async function failedWith(fault?: string): Promise<{ failed: string[]; skipped: string[] }> {
  const hearing = createHearing(realClock, 100);
  const { line, ask } = wallet(fault, hearing);
  const options = { clock: realClock, random: realRandom, limitMs: 1_000 };
  const ears = createEars({ hearing, ask }, line);
  const play = createWalletDisputePlay(createWalletPlay(terms, line, options), ears, realClock);
  const verdicts: { id: string; verdict: string }[] = [];
  for (const { id, run } of walletDisputeCases) {
    verdicts.push({ id, verdict: (await run(play)).verdict });
  }
  const having = (wanted: string) =>
    verdicts.filter(({ verdict }) => verdict === wanted).map(({ id }) => id);
  return { failed: having('fail'), skipped: having('skipped') };
}

test('a sound wallet passes', async () => {
  expect(await failedWith()).toEqual({ failed: [], skipped: [] });
});

describe('a wallet that breaks one rule', () => {
  test.each(ids)('%s: fails exactly that case', async (id) => {
    expect((await failedWith(id)).failed).toEqual([id]);
  });
});

test('what builds on a dispute that never began is skipped', async () => {
  expect((await failedWith('retrieval-begun')).skipped).toEqual(['retrieval-heard']);
});
