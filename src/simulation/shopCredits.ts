// How a simulated acquirer credits the shops of national codes: at once, later, never, or unheard.

import type { ReceivedCall } from '../wire/partnerServer.ts';
import type { ResultCode } from '../wire/results.ts';
import { result } from '../wire/results.ts';
import type { TillPayment } from './acquirer.ts';
import { Affair } from './affair.ts';
import type { Auditor } from './auditor.ts';
import type { Party, PartyAnswer, Surroundings } from './party.ts';
import type { AcquirerSabotage } from './sabotage.ts';

interface Credit {
  readonly payment: TillPayment;
  readonly paymentId: string;
  status: 'open' | 'credited' | 'refused' | 'taken_back';
}

interface PushBody {
  readonly paymentId: string;
  readonly paymentRequestId: string;
}

const temper = {
  credits: 58,
  creditsSilently: 7,
  creditsLate: 6,
  signsBadly: 4,
  /** U, and the word comes by a notice. */
  isNotSure: 14,
  refuses: 7,
  /** It forgets that it was asked. */
  forgets: 3,
  neverDecides: 1,
} as const;

export class ShopCredits extends Affair {
  readonly #sabotage: AcquirerSabotage | undefined;
  readonly #credits = new Map<string, Credit>();

  constructor(
    id: string,
    world: Surroundings,
    auditor: Auditor,
    party: Party,
    sabotage: AcquirerSabotage | undefined,
  ) {
    super(id, world, auditor, party);
    this.#sabotage = sabotage;
  }

  answer(call: ReceivedCall, find: (id: string) => TillPayment | undefined): PartyAnswer {
    const body = JSON.parse(call.bodyText) as PushBody;
    const known = this.#credits.get(body.paymentId);
    if (call.api === 'inquiryPushPayment') {
      if (known === undefined) return { body: { result: result('ORDER_NOT_EXIST') } };
      return { body: { result: result('SUCCESS'), paymentResult: result(this.#say(known)) } };
    }
    if (known !== undefined) return { body: { result: result(this.#say(known)) } };
    const payment = find(body.paymentRequestId);
    if (payment === undefined) return { body: { result: result('ORDER_NOT_EXIST') } };
    return this.#begin({ payment, paymentId: body.paymentId, status: 'open' });
  }

  /** The payment is not to be: whatever was credited for it is taken back. */
  takeBack(payment: TillPayment): void {
    for (const credit of this.#credits.values()) {
      if (credit.payment !== payment || credit.status !== 'credited') continue;
      credit.status = 'taken_back';
      this.auditor.pushes.takenBack(payment.acquirerId, payment.paymentRequestId);
    }
  }

  #begin(credit: Credit): PartyAnswer {
    const { chance, stormy } = this.world;
    const mood = stormy() ? chance.weighted(temper) : 'credits';
    this.#credits.set(credit.paymentId, credit);
    switch (mood) {
      case 'refuses':
        credit.status = 'refused';
        break;
      case 'isNotSure':
        this.#later(chance.between(500, 40_000), credit);
        break;
      case 'neverDecides':
        break;
      case 'forgets':
        this.#credits.delete(credit.paymentId);
        return { body: { result: result('PAYMENT_IN_PROCESS') }, never: chance.happens(0.5) };
      default:
        this.#credit(credit);
    }
    return {
      body: { result: result(this.#say(credit)) },
      never: mood === 'creditsSilently',
      forged: mood === 'signsBadly',
      ...(mood === 'creditsLate' ? { afterMs: chance.between(3_000, 15_000) } : {}),
    };
  }

  #credit(credit: Credit): void {
    if (credit.status !== 'open' || credit.payment.word === 'F') return;
    credit.status = 'credited';
    if (this.#sabotage === 'credits_in_words_only') return;
    const { acquirerId, paymentRequestId } = credit.payment;
    this.world.trace(`${acquirerId} credits the shop of ${paymentRequestId}`);
    this.auditor.pushes.credited(acquirerId, paymentRequestId);
  }

  #later(delayMs: number, credit: Credit): void {
    this.open++;
    const { time, chance } = this.world;
    time.after(delayMs, () => {
      if (chance.happens(0.85)) this.#credit(credit);
      else if (credit.status === 'open') credit.status = 'refused';
      void this.#notify(credit).then(() => {
        this.open--;
      });
    });
  }

  /** Tells the hub until it has taken the word; a credit that came too late is taken back. */
  async #notify(credit: Credit): Promise<void> {
    for (let attempt = 0; ; attempt++) {
      const code = this.#say(credit);
      if (code === 'PAYMENT_IN_PROCESS' || credit.status === 'taken_back') return;
      if (!this.party.away) {
        const outcome = await this.party.client.call('notifyPushPayment', {
          paymentId: credit.paymentId,
          paymentRequestId: credit.payment.paymentRequestId,
          paymentResult: result(code),
          paymentAmount: credit.payment.amount,
        });
        const told = outcome.kind === 'answered' ? (outcome.body.result as Told) : undefined;
        if (told?.resultCode === 'ORDER_IS_CLOSED') this.takeBack(credit.payment);
        if (told !== undefined && told.resultStatus !== 'U') return;
      }
      await this.pauseAfter(attempt);
    }
  }

  #say(credit: Credit): ResultCode {
    const { acquirerId, paymentRequestId } = credit.payment;
    switch (credit.status) {
      case 'open':
        return 'PAYMENT_IN_PROCESS';
      case 'credited':
        this.auditor.pushes.says(acquirerId, paymentRequestId, 'S');
        return 'SUCCESS';
      case 'refused':
      case 'taken_back':
        this.auditor.pushes.says(acquirerId, paymentRequestId, 'F');
        return 'RISK_REJECT';
    }
  }
}

interface Told {
  readonly resultStatus: 'S' | 'F' | 'U';
  readonly resultCode: string;
}
