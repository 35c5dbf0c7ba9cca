// How a simulated acquirer gives money back: it cancels and refunds, twice at once where it is
// nervous, and repeats each with the same id until the hub has said how it ended.

import type { TillPayment } from './acquirer.ts';
import { Affair } from './affair.ts';
import type { Auditor } from './auditor.ts';
import type { Party, Surroundings } from './party.ts';

interface Word {
  readonly resultStatus: 'S' | 'F' | 'U';
  readonly resultCode: string;
}

interface Refund {
  readonly payment: TillPayment;
  readonly refundRequestId: string;
  readonly value: bigint;
}

/**
 * Over two hours: no storm is as long, nor is the hub's longest wait between two tries of the first
 * day, so that whoever has no answer by then never gets one.
 */
const mostRepeats = 150;

export class GiveBack extends Affair {
  readonly #refunds: Refund[] = [];
  readonly #cancelled: TillPayment[] = [];
  #promised = 0;

  readonly #cancelledNow: (payment: TillPayment) => void;

  /** `cancelled` is told when the hub has said that a payment is not to be. */
  constructor(
    id: string,
    world: Surroundings,
    auditor: Auditor,
    party: Party,
    cancelled: (payment: TillPayment) => void,
  ) {
    super(id, world, auditor, party);
    this.#cancelledNow = cancelled;
  }

  /** The customer walks away while the payment is being made, or before it was. */
  cancelLater(payment: TillPayment, delayMs: number): void {
    this.open++;
    this.world.time.after(delayMs, () => {
      void this.cancel(payment).then(() => {
        this.open--;
      });
    });
  }

  async cancel(payment: TillPayment): Promise<void> {
    payment.cancelAsked = true;
    this.auditor.wantsCancel(this.id, payment.paymentRequestId);
    this.#cancelled.push(payment);
    const { chance, stormy } = this.world;
    if (stormy() && chance.happens(0.2)) void this.#callCancel(payment);
    const { paymentRequestId } = payment;
    await this.#untilFinal(`cancel of ${paymentRequestId}`, () => this.#callCancel(payment));
  }

  /** Divides the payment, and asks for the parts one by one or all at once; sometimes for more. */
  async refund(payment: TillPayment): Promise<void> {
    const { chance } = this.world;
    const whole = BigInt(payment.amount.value);
    const parts = chance.between(1, 4);
    const refunds: Refund[] = [];
    let left = whole;
    for (let part = 1; part <= parts; part++) {
      const isLast = part === parts && chance.happens(0.7);
      const share = (whole * BigInt(chance.between(1, 1_000))) / BigInt(1_000 * parts);
      const wanted = isLast ? left : share;
      const value = wanted > 0n ? wanted : 1n;
      left -= value;
      refunds.push({ payment, refundRequestId: `${payment.paymentRequestId}-R${part}`, value });
    }
    this.#refunds.push(...refunds);
    if (chance.happens(0.4)) await Promise.all(refunds.map((each) => this.#refundOne(each)));
    else for (const each of refunds) await this.#refundOne(each);
  }

  /** One refund of this much, as a dispute has promised; true when it is given. */
  async refundOf(payment: TillPayment, value: bigint): Promise<boolean> {
    const refundRequestId = `${payment.paymentRequestId}-D${++this.#promised}`;
    const refund: Refund = { payment, refundRequestId, value };
    this.#refunds.push(refund);
    await this.#refundOne(refund);
    return (await this.#callRefund(refund))?.resultStatus === 'S';
  }

  /** Says everything once more: what is said now is compared with all that was said. */
  async askAll(): Promise<void> {
    await Promise.all(this.#cancelled.map((payment) => this.#callCancel(payment)));
    await Promise.all(this.#refunds.map((refund) => this.#callRefund(refund)));
  }

  async #refundOne(refund: Refund): Promise<void> {
    const { chance, stormy } = this.world;
    if (stormy() && chance.happens(0.15)) void this.#callRefund(refund);
    const { refundRequestId } = refund;
    await this.#untilFinal(`refund ${refundRequestId}`, () => this.#callRefund(refund));
    if (stormy() && chance.happens(0.1)) await this.#refundOther(refund);
  }

  /** The same id with another amount must be refused, since the hub knows the id by now. */
  async #refundOther(refund: Refund): Promise<void> {
    const word = await this.#callRefund({ ...refund, value: refund.value + 1n });
    if (word === undefined || word.resultCode === 'REPEAT_REQ_INCONSISTENT') return;
    if (word.resultStatus === 'U') return;
    this.auditor.blame(`${refund.refundRequestId}: other terms got ${word.resultCode}`);
  }

  async #untilFinal(what: string, call: () => Promise<Word | undefined>): Promise<void> {
    for (let attempt = 0; attempt < mostRepeats; attempt++) {
      const word = await call();
      if (word !== undefined && word.resultStatus !== 'U') return;
      await this.pauseAfter(attempt);
    }
    this.auditor.blame(`${what} never came to an end`);
  }

  async #callCancel(payment: TillPayment): Promise<Word | undefined> {
    const { paymentRequestId } = payment;
    const word = await this.#call('cancelPayment', { paymentRequestId });
    if (word?.resultStatus !== 'S') return word;
    payment.word = 'F';
    this.#cancelledNow(payment);
    return word;
  }

  #callRefund({ payment, refundRequestId, value }: Refund): Promise<Word | undefined> {
    const { currency } = payment.amount;
    return this.#call('refund', {
      paymentRequestId: payment.paymentRequestId,
      refundRequestId,
      refundAmount: { currency, value: String(value) },
    });
  }

  async #call(api: 'cancelPayment' | 'refund', body: object): Promise<Word | undefined> {
    const outcome = await this.party.client.call(api, body);
    if (outcome.kind !== 'answered' || this.party.away) return undefined;
    return outcome.body.result as Word;
  }
}
