// Acceptance cases of disputes at an acquirer: it is asked, answers in time with evidence, accepts
// a part and gives it back.

import { createHash } from 'node:crypto';
import { formatTime } from '../wire/time.ts';
import type { AcquirerHearing, Placed } from './acquirerHearing.ts';
import type { HeardCall } from './hearing.ts';
import type { Said } from './line.ts';
import type { Heard } from './listening.ts';
import { type AcceptanceCase, type CaseOutcome, judge, skipped, wants } from './outcome.ts';
import { dayMs } from './windows.ts';

/** A dispute about a paid order, begun once, and what the acquirer answered. */
interface Asked {
  readonly made: Placed;
  readonly said: Said | undefined;
  readonly ask: () => Promise<Said>;
  readonly disputeRequestId: string;
}

const answerDays = 10;

type Kind = 'initiateRetrieval' | 'initiateEscalation';

export type AcquirerDisputePlay = ReturnType<typeof createAcquirerDisputePlay>;

/** An acquirer's play with one retrieval and one escalation. */
export function createAcquirerDisputePlay(play: AcquirerHearing) {
  const { acquirerId, pspId } = play.terms;
  const asked = new Map<Kind, Promise<Asked>>();

  function message(id: string, disputeRequestId: string): object {
    return {
      acquirerId,
      pspId,
      disputeRequestId,
      paymentRequestId: id,
      paymentId: play.paymentIdOf(id),
      responseDueTime: formatTime(play.clock.now() + answerDays * dayMs),
      disputeReason: 'Acceptance case',
    };
  }

  async function begin(kind: Kind): Promise<Asked> {
    const made = await play.paid();
    const disputeRequestId = play.newId();
    const more = kind === 'initiateEscalation' ? { escalationAmount: play.amount } : {};
    const sent = { ...message(made.order?.id ?? play.newId(), disputeRequestId), ...more };
    const ask = () => play.send(kind, sent);
    const said = made.order === undefined ? undefined : await ask();
    return { made, said, ask, disputeRequestId };
  }
  const once = (kind: Kind): Promise<Asked> => {
    const known = asked.get(kind) ?? begin(kind);
    asked.set(kind, known);
    return known;
  };

  let answer: Promise<Heard> | undefined;
  let promise: Promise<{ readonly heard: Heard; readonly mark: number }> | undefined;
  const half = { ...play.amount, value: String(play.terms.orderMinor / 2n) };

  return {
    ...play,
    half,
    message,
    asked: once,
    /** Its answer to the retrieval. */
    answered(): Promise<Heard> {
      answer ??= once('initiateRetrieval').then(({ made, disputeRequestId }) => {
        const ids = { paymentRequestId: made.order?.id ?? '', disputeRequestId };
        const isIts = (body: HeardCall['body']) => body.disputeRequestId === disputeRequestId;
        return play.after({ do: 'answer_retrieval', ...ids }, 'responseRetrieval', isIts);
      });
      return answer;
    },
    /** Its answer to the escalation, and the place from which its refund is looked for. */
    promised(): Promise<{ readonly heard: Heard; readonly mark: number }> {
      promise ??= once('initiateEscalation').then(async ({ made, disputeRequestId }) => {
        const mark = play.mark();
        const ids = { paymentRequestId: made.order?.id ?? '', disputeRequestId };
        const task = { do: 'accept_part', ...ids, refundAmount: half } as const;
        const isIts = (body: HeardCall['body']) => body.disputeRequestId === disputeRequestId;
        return { heard: await play.after(task, 'responseEscalation', isIts), mark };
      });
      return promise;
    },
  };
}

type Play = AcquirerDisputePlay;

/** A case about a dispute that the acquirer has taken. */
const withTaken =
  (kind: Kind, work: (play: Play, asked: Asked, order: string) => Promise<CaseOutcome>) =>
  async (play: Play): Promise<CaseOutcome> => {
    const asked = await play.asked(kind);
    const { order } = asked.made;
    if (order === undefined) return judge(asked.made.problem);
    return work(play, asked, order.id);
  };

const askedTwice = (kind: Kind) =>
  withTaken(kind, async (_play, { said, ask }) => {
    if (said === undefined) throw new Error('a dispute was begun and not asked');
    return judge(wants(said, 'S'), wants(await ask(), 'S'));
  });

interface Promised {
  readonly refundType: string;
  readonly refundAmount?: { readonly currency: string; readonly value: string };
}

/** In the order in which they are played. */
export const acquirerDisputeCases: readonly AcceptanceCase<Play>[] = [
  {
    id: 'retrieval-asked',
    title: 'asked for evidence of a payment it acknowledges, and again when asked again',
    source: 'protocol.md §2.13; again: our rule',
    hint: 'Keep it by disputeRequestId and answer S; the evidence comes later by your own call.',
    run: askedTwice('initiateRetrieval'),
  },
  {
    id: 'retrieval-answered',
    title: 'it answers in time, with a message or files',
    source: 'protocol.md §2.13',
    hint: 'Send responseRetrieval with our disputeRequestId before responseDueTime.',
    run: withTaken('initiateRetrieval', async (play) => judge((await play.answered()).problem)),
  },
  {
    id: 'retrieval-evidence',
    title: 'its evidence is whole: every file fits its hash',
    source: 'our rule (protocol.md §2.13 leaves the form of evidence open)',
    hint: 'fileHash is the SHA-256 of the bytes that fileContent stands for, in lower case.',
    run: withTaken('initiateRetrieval', async (play) => {
      const { call } = await play.answered();
      if (call === undefined) return skipped('The case retrieval-answered has to pass first.');
      const files = (call.body.evidences ?? []) as readonly Record<string, string>[];
      if (files.length === 0) return judge('evidences is missing: the task asks for a file.');
      const wrong = files.find(({ fileContent = '', fileHash }) => {
        const content = Buffer.from(fileContent, 'base64');
        return createHash('sha256').update(content).digest('hex') !== fileHash;
      });
      return judge(wrong === undefined ? undefined : `${wrong.fileName} does not fit its hash.`);
    }),
  },
  {
    id: 'escalation-asked',
    title: 'asked for money back it acknowledges, and again when asked again',
    source: 'protocol.md §2.13; again: our rule',
    hint: 'S says received; whether you give it back you say by responseEscalation.',
    run: askedTwice('initiateEscalation'),
  },
  {
    id: 'escalation-amount',
    title: 'a demand without escalationAmount is refused',
    source: 'protocol.md §2.13',
    hint: 'Check required fields first: PARAM_ILLEGAL, and name the field in resultMessage.',
    run: withTaken('initiateEscalation', async (play, _asked, order) => {
      const sent = play.message(order, play.newId());
      return judge(wants(await play.send('initiateEscalation', sent), 'F', 'PARAM_ILLEGAL'));
    }),
  },
  {
    id: 'escalation-part',
    title: 'it accepts a part: less than was demanded, in the same currency',
    source: 'protocol.md §2.13',
    hint: 'responseEscalation ACCEPT_PARTIAL_REFUND with refundAmount in the payment currency.',
    run: withTaken('initiateEscalation', async (play) => {
      const { call, problem } = (await play.promised()).heard;
      if (call === undefined) return judge(problem);
      const { refundType, refundAmount } = call.body as unknown as Promised;
      if (refundType !== 'ACCEPT_PARTIAL_REFUND') return judge(`refundType is ${refundType}.`);
      const { currency, value } = refundAmount ?? { currency: '', value: '0' };
      const fits = currency === play.amount.currency && BigInt(value) < play.terms.orderMinor;
      return judge(fits ? undefined : `refundAmount is ${value} ${currency}.`);
    }),
  },
  {
    id: 'escalation-refund',
    title: 'what it promised it gives back by a refund of just that',
    source: 'protocol.md §2.13',
    hint: 'Nothing moves by the answer: send refund over refundAmount for the same payment.',
    run: withTaken('initiateEscalation', async (play, _asked, order) => {
      const { heard, mark } = await play.promised();
      const { refundAmount: promised } = (heard.call?.body ?? {}) as unknown as Promised;
      if (promised === undefined) return skipped('The case escalation-part has to pass first.');
      const isIts = (body: HeardCall['body']) =>
        [order, undefined].includes(body.paymentRequestId as string | undefined);
      const refund = await play.heard(mark, 'refund', isIts);
      if (refund.call === undefined) return judge(refund.problem);
      const { currency, value } = refund.call.body.refundAmount as typeof promised;
      const fits = currency === promised.currency && value === promised.value;
      const was = `refundAmount is ${value} ${currency}`;
      return judge(fits ? undefined : `${was}; ${promised.value} ${promised.currency} is due.`);
    }),
  },
  {
    id: 'dispute-overdue',
    title: 'a notice that a time of a dispute is over is acknowledged',
    source: 'our rule (notifyDispute is our addition)',
    hint: 'Tell whoever must answer, and answer S: late is better than never.',
    run: withTaken('initiateRetrieval', async (play, { disputeRequestId }, order) => {
      const { acquirerId, pspId } = play.terms;
      const ids = { acquirerId, pspId, disputeRequestId, paymentRequestId: order };
      const dueTime = formatTime(play.clock.now());
      const over = { ...ids, disputeStatus: 'RESPONSE_OVERDUE', dueTime };
      return judge(wants(await play.send('notifyDispute', over), 'S'));
    }),
  },
];
