// Disputes at a simulated acquirer: it answers with a word or with money, some of them never.

import type { WireEvidence } from '../wire/disputes.ts';
import type { ReceivedCall } from '../wire/partnerServer.ts';
import { result } from '../wire/results.ts';
import type { TillPayment } from './acquirer.ts';
import { Affair, mostTries } from './affair.ts';
import type { Auditor } from './auditor.ts';
import { someFiles, withFiles } from './evidence.ts';
import type { WireAmount } from './ledgerOfWords.ts';
import type { Party, PartyAnswer, Surroundings } from './party.ts';

interface AskBody {
  readonly disputeRequestId: string;
  readonly paymentRequestId: string;
  readonly escalationAmount?: WireAmount;
  /** What the wallet's question is called in a simulation; absent in an alert. */
  readonly disputeReason: string;
  readonly evidences?: readonly WireEvidence[];
}

interface Word {
  readonly resultStatus: 'S' | 'F' | 'U';
  readonly resultCode: string;
}

const mostRefunds = 8;

export class TillDisputes extends Affair {
  readonly #refund: (payment: TillPayment, value: bigint) => Promise<boolean>;
  readonly #known = new Set<string>();

  constructor(
    id: string,
    world: Surroundings,
    auditor: Auditor,
    party: Party,
    refund: (payment: TillPayment, value: bigint) => Promise<boolean>,
  ) {
    super(id, world, auditor, party);
    this.#refund = refund;
  }

  answer(call: ReceivedCall, find: (id: string) => TillPayment | undefined): PartyAnswer {
    const { chance, stormy } = this.world;
    const body = JSON.parse(call.bodyText) as AskBody;
    const payment = find(body.paymentRequestId);
    if (payment === undefined) return { body: { result: result('ORDER_NOT_EXIST') } };
    if (stormy() && chance.happens(0.15)) return { body: { result: result('UNKNOWN_EXCEPTION') } };
    if (call.api !== 'notifyDispute') {
      this.auditor.disputes.files.arrives(body.disputeReason, body.evidences);
    }
    if (call.api !== 'notifyDispute' && !this.#known.has(body.disputeRequestId)) {
      this.#known.add(body.disputeRequestId);
      // The rest is left to become overdue.
      if (chance.happens(0.92)) void this.#respond(payment, body);
    }
    return { body: { result: result('SUCCESS') }, never: stormy() && chance.happens(0.06) };
  }

  async #respond(payment: TillPayment, body: AskBody): Promise<void> {
    this.open++;
    const { chance, time } = this.world;
    await time.pause(chance.between(300, 15_000));
    const { disputeRequestId, escalationAmount } = body;
    if (escalationAmount === undefined) {
      await this.#say('responseRetrieval', payment, { disputeRequestId }, 0n);
    } else await this.#answerMoney(payment, disputeRequestId, escalationAmount);
    this.open--;
  }

  async #answerMoney(
    payment: TillPayment,
    disputeRequestId: string,
    claimed: WireAmount,
  ): Promise<void> {
    const { chance } = this.world;
    const part = BigInt(claimed.value) / 2n;
    const mood = chance.weighted({ accepts: 50, accepts_part: part > 0n ? 25 : 0, declines: 25 });
    const value = { accepts: BigInt(claimed.value), accepts_part: part, declines: 0n }[mood];
    const body =
      mood === 'declines'
        ? { disputeRequestId, refundType: 'REFUSE_REFUND' }
        : mood === 'accepts'
          ? { disputeRequestId, refundType: 'ACCEPT_REFUND' }
          : {
              disputeRequestId,
              refundType: 'ACCEPT_PARTIAL_REFUND',
              refundAmount: { ...claimed, value: String(value) },
            };
    const isTaken = await this.#say('responseEscalation', payment, body, value);
    if (!isTaken || value === 0n) return;
    this.auditor.disputes.refundsNow(payment.acquirerId, payment.paymentRequestId);
    // A wallet may refuse a refund for good: then the acquirer tries with another.
    for (let attempt = 0; attempt < mostRefunds; attempt++) {
      if (await this.#refund(payment, value)) return;
    }
  }

  /** Repeats an answer until it is taken, or refused for good; true when it was taken. */
  async #say(
    api: 'responseRetrieval' | 'responseEscalation',
    payment: TillPayment,
    body: { readonly disputeRequestId: string },
    value: bigint,
  ): Promise<boolean> {
    const { disputeRequestId } = body;
    this.auditor.disputes.responds(payment.acquirerId, payment.paymentRequestId, {
      kind: api === 'responseRetrieval' ? 'RETRIEVAL' : 'ESCALATION',
      disputeRequestId,
      value,
    });
    const responseMessage = `answer ${disputeRequestId}`;
    const files = someFiles(this.world.chance, disputeRequestId);
    this.auditor.disputes.files.sends(responseMessage, files);
    const words = { ...body, responseMessage, ...withFiles(files) };
    for (let attempt = 0; attempt < mostTries; attempt++) {
      const outcome = await this.party.client.call(api, words);
      const word = outcome.kind === 'answered' ? (outcome.body.result as Word) : undefined;
      if (word?.resultStatus === 'S') return true;
      if (word?.resultStatus === 'F') {
        this.auditor.blame(`the answer to ${disputeRequestId} was refused: ${word.resultCode}`);
        return false;
      }
      await this.pauseAfter(attempt);
    }
    this.auditor.blame(`the answer to ${disputeRequestId} was never taken`);
    return false;
  }
}
