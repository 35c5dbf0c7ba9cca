// Acceptance cases of disputes at a wallet: it asks and demands, hears the answers and the times
// that are over.

import { createHash } from 'node:crypto';
import type { Clock } from '../base/world.ts';
import type { ApiName } from '../wire/messages.ts';
import { result } from '../wire/results.ts';
import { formatTime } from '../wire/time.ts';
import type { Said } from './line.ts';
import type { Ears, Heard } from './listening.ts';
import { type AcceptanceCase, type CaseOutcome, judge, skipped, wants } from './outcome.ts';
import type { PaidPayment, WalletPlay } from './walletPlay.ts';

/** A dispute that the wallet began; `problem` when it did not. */
interface Begun {
  readonly payment: PaidPayment;
  readonly heard: Heard;
}

const dayMs = 86_400_000;
const answerDays = 10;

export type WalletDisputePlay = ReturnType<typeof createWalletDisputePlay>;

/** A wallet's play in which it begins disputes; each kind is begun once. */
export function createWalletDisputePlay(play: WalletPlay, ears: Ears, clock: Clock) {
  const { acquirerId, pspId } = play.terms;
  const begun = new Map<string, Promise<Begun>>();
  const inDays = (days: number) => formatTime(clock.now() + days * dayMs);
  const taken = () => ({ result: result('SUCCESS'), responseDueTime: inDays(answerDays) });
  ears.hearing.answer('initiateRetrieval', taken);
  ears.hearing.answer('initiateEscalation', taken);

  async function begin(task: 'ask_evidence' | 'demand_money'): Promise<Begun> {
    const payment = await play.paid();
    if (payment.problem !== undefined) {
      return { payment, heard: { call: undefined, problem: payment.problem } };
    }
    const api = task === 'ask_evidence' ? 'initiateRetrieval' : 'initiateEscalation';
    const { customerId } = play.terms;
    const isIts = (body: { paymentRequestId?: unknown }) => body.paymentRequestId === payment.id;
    const wanted = { do: task, paymentRequestId: payment.id, customerId } as const;
    return { payment, heard: await ears.after(wanted, api, isIts) };
  }
  const once = (task: 'ask_evidence' | 'demand_money'): Promise<Begun> => {
    const known = begun.get(task) ?? begin(task);
    begun.set(task, known);
    return known;
  };

  return {
    ...play,
    retrieval: () => once('ask_evidence'),
    escalation: () => once('demand_money'),
    /** A message about a dispute, by the wallet's own ids. */
    tellOf(api: ApiName, disputeRequestId: string, paymentId: string, more: object): Promise<Said> {
      const ids = { acquirerId, pspId, disputeRequestId, paymentRequestId: paymentId };
      const responseTime = formatTime(clock.now());
      return play.tell(api, { ...ids, responseTime, ...more });
    },
    inDays,
  };
}

type Play = WalletDisputePlay;

const content = Buffer.from('Receipt of the acceptance case\n');
const receipt = {
  fileName: 'receipt.txt',
  contentType: 'text/plain',
  fileHash: createHash('sha256').update(content).digest('hex'),
  fileContent: content.toString('base64'),
};

/** Looks at a dispute that the wallet has begun; without one there is nothing to look at. */
const withDispute =
  (
    kind: 'retrieval' | 'escalation',
    work: (play: Play, id: string, payment: PaidPayment, demanded: bigint) => Promise<CaseOutcome>,
  ) =>
  async (play: Play): Promise<CaseOutcome> => {
    const { payment, heard } = await play[kind]();
    if (heard.call === undefined) return skipped(`The case ${kind}-begun has to pass first.`);
    const { disputeRequestId, escalationAmount } = heard.call.body;
    const demanded = (escalationAmount ?? { value: '0' }) as { readonly value: string };
    return work(play, String(disputeRequestId), payment, BigInt(demanded.value));
  };

/** In the order in which they are played. */
export const walletDisputeCases: readonly AcceptanceCase<Play>[] = [
  {
    id: 'retrieval-begun',
    title: 'asked by a customer, it asks the network for evidence of the payment',
    source: 'protocol.md §2.13',
    hint: 'Send initiateRetrieval with the paymentRequestId of our pay and an id of your own.',
    async run(play) {
      return judge((await play.retrieval()).heard.problem);
    },
  },
  {
    id: 'retrieval-heard',
    title: 'the evidence is acknowledged, and once more when it comes again',
    source: 'protocol.md §2.13; again: our rule',
    hint: 'Look disputeRequestId up in your own disputes and answer S, also the second time.',
    run: withDispute('retrieval', async (play, id, payment) => {
      const evidence = { responseMessage: 'Here it is.', evidences: [receipt] };
      const tell = () => play.tellOf('responseRetrieval', id, payment.id, evidence);
      const first = await tell();
      return judge(wants(first, 'S'), wants(await tell(), 'S'));
    }),
  },
  {
    id: 'escalation-begun',
    title: 'it demands money back, at most what was paid, in the currency of the payment',
    source: 'protocol.md §2.13',
    hint: 'escalationAmount is in the currency of paymentAmount, not in that of your customer.',
    async run(play) {
      const { payment, heard } = await play.escalation();
      if (heard.call === undefined) return judge(heard.problem);
      const { currency, value } = payment.message.paymentAmount;
      const asked = heard.call.body.escalationAmount as { currency: string; value: string };
      const fits = asked.currency === currency && BigInt(asked.value) <= BigInt(value);
      const said = `escalationAmount is ${asked.value} ${asked.currency}`;
      return judge(fits ? undefined : `${said}; ${value} ${currency} were paid.`);
    },
  },
  {
    id: 'escalation-heard',
    title: 'a partial acceptance is acknowledged, and once more when it comes again',
    source: 'protocol.md §2.13',
    hint: 'ACCEPT_PARTIAL_REFUND is an answer as good as any; the money comes by a refund.',
    run: withDispute('escalation', async (play, id, payment, demanded) => {
      const { currency } = payment.message.paymentAmount;
      const refundAmount = { currency, value: String(demanded / 2n || 1n) };
      const promise = { refundType: 'ACCEPT_PARTIAL_REFUND', refundAmount };
      const due = { refundDueTime: play.inDays(5) };
      const tell = () => play.tellOf('responseEscalation', id, payment.id, { ...promise, ...due });
      const first = await tell();
      return judge(wants(first, 'S'), wants(await tell(), 'S'));
    }),
  },
  {
    id: 'escalation-refunded',
    title: 'the promised part is given back by an ordinary refund',
    source: 'protocol.md §2.13',
    hint: 'A dispute that is open closes no refunds: answer S.',
    run: withDispute('escalation', async (play, _id, payment) =>
      judge(wants(await play.refund(payment, play.newId(), play.part(1n, 2n)), 'S')),
    ),
  },
  {
    id: 'dispute-overdue',
    title: 'a notice that a time of a dispute is over is acknowledged',
    source: 'our rule (notifyDispute is our addition)',
    hint: 'Write it down for whoever follows the dispute, and answer S.',
    run: withDispute('escalation', async (play, id, payment) => {
      const over = { disputeStatus: 'REFUND_OVERDUE', dueTime: play.inDays(0) };
      return judge(wants(await play.tellOf('notifyDispute', id, payment.id, over), 'S'));
    }),
  },
  {
    id: 'dispute-unknown',
    title: 'an answer to a dispute that you never began is refused',
    source: 'our rule',
    hint: 'Look disputeRequestId up first: F ORDER_NOT_EXIST.',
    async run(play) {
      const word = { responseMessage: 'Here it is.' };
      const said = await play.tellOf('responseRetrieval', play.newId(), play.newId(), word);
      return judge(wants(said, 'F'));
    },
  },
];
