// Disputes of a simulated wallet: its customers ask about what they paid, more often than they may.

import type { WireEvidence } from '../wire/disputes.ts';
import type { ReceivedCall } from '../wire/partnerServer.ts';
import { result } from '../wire/results.ts';
import { Affair, mostTries } from './affair.ts';
import { someFiles, withFiles } from './evidence.ts';
import type { WireAmount } from './ledgerOfWords.ts';
import type { PartyAnswer } from './party.ts';

/** A payment as the wallet disputes it. */
export interface DisputedPayment {
  readonly legId: string;
  readonly amount: WireAmount;
}

/** What a wallet is told of its dispute; an answer begins with what it is. */
interface HeardAnswer {
  readonly disputeRequestId: string;
  readonly responseMessage: string;
  readonly evidences?: readonly WireEvidence[];
}

export class WalletDisputes extends Affair {
  #counter = 0;

  /** A customer complains: about evidence, about money, at once or again and again. */
  async complain(payment: DisputedPayment): Promise<void> {
    const { chance, time } = this.world;
    this.open++;
    await time.pause(chance.between(500, 20_000));
    const times = chance.between(1, 8);
    const hurried = chance.happens(0.3);
    const asks: Promise<void>[] = [];
    for (let index = 0; index < times; index++) {
      const ask = this.#dispute(payment, chance.happens(0.5) ? 'RETRIEVAL' : 'ESCALATION');
      asks.push(ask);
      if (!hurried) await ask;
      if (!hurried) await time.pause(chance.between(500, 20_000));
    }
    await Promise.all(asks);
    this.open--;
  }

  answer(call: ReceivedCall): PartyAnswer {
    const { chance, stormy } = this.world;
    if (stormy() && chance.happens(0.15)) return { body: { result: result('UNKNOWN_EXCEPTION') } };
    const body = JSON.parse(call.bodyText) as HeardAnswer;
    if (call.api !== 'notifyDispute') {
      this.auditor.disputes.hears(this.id, body.disputeRequestId);
      this.auditor.disputes.files.arrives(body.responseMessage, body.evidences);
    }
    return { body: { result: result('SUCCESS') } };
  }

  async #dispute(payment: DisputedPayment, kind: 'RETRIEVAL' | 'ESCALATION'): Promise<void> {
    const { chance } = this.world;
    const disputeRequestId = `${this.id}-X${++this.#counter}`;
    const whole = BigInt(payment.amount.value);
    const share = (whole * BigInt(chance.between(1, 1_000))) / 1_000n;
    const value = String(chance.happens(0.5) || share === 0n ? whole : share);
    // The other side hears it as its reason, and knows by it whose files they are.
    const disputeReason = `question ${disputeRequestId}`;
    const files = someFiles(chance, disputeRequestId);
    this.auditor.disputes.files.sends(disputeReason, files);
    const named = { disputeRequestId, disputeReason, paymentRequestId: payment.legId };
    const common = { ...named, ...withFiles(files) };
    const isRetrieval = kind === 'RETRIEVAL';
    const escalationAmount = { currency: payment.amount.currency, value };
    const body = isRetrieval ? common : { ...common, escalationAmount };
    for (let attempt = 0; attempt < mostTries; attempt++) {
      const api = isRetrieval ? 'initiateRetrieval' : 'initiateEscalation';
      const outcome = await this.party.client.call(api, body);
      const answer = outcome.kind === 'answered' ? outcome.body.result : undefined;
      if (answer !== undefined && (answer as { resultStatus: string }).resultStatus !== 'U') return;
      await this.pauseAfter(attempt);
    }
    this.auditor.blame(`dispute ${disputeRequestId} never came to an end`);
  }
}
