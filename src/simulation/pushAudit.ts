// What the auditor knows of pushes: which shops were credited for what, and what was said.

import type { HeardLeg, HeardPayment, Hearing } from './ledgerOfWords.ts';

interface HeardPush {
  /** When the hub first asked for the credit. */
  readonly askedAt: number;
  credits: number;
  said: 'S' | 'F' | undefined;
}

/** protocol.md §1.5: so long the hub waits for the acquirer's word. */
const pushLifeMs = 15 * 60_000;

export class PushAudit {
  readonly #hearing: Hearing;
  readonly #pushes = new Map<HeardPayment, HeardPush>();

  constructor(hearing: Hearing) {
    this.#hearing = hearing;
  }

  /** The hub asks an acquirer to credit a shop: somebody must have paid for it. */
  asked(acquirerId: string, paymentRequestId: string): void {
    const payment = this.#hearing.payment(acquirerId, paymentRequestId);
    this.#of(payment);
    if (payment.legs.some((leg) => leg.charges > 0)) return;
    this.#hearing.blame(`${acquirerId} is to credit ${paymentRequestId}, which nobody has paid`);
  }

  credited(acquirerId: string, paymentRequestId: string): void {
    const push = this.#of(this.#hearing.payment(acquirerId, paymentRequestId));
    push.credits++;
    if (push.credits > 1) this.#hearing.blame(`the shop of ${paymentRequestId} was credited twice`);
  }

  takenBack(acquirerId: string, paymentRequestId: string): void {
    this.#of(this.#hearing.payment(acquirerId, paymentRequestId)).credits--;
  }

  says(acquirerId: string, paymentRequestId: string, word: 'S' | 'F'): void {
    this.#of(this.#hearing.payment(acquirerId, paymentRequestId)).said = word;
  }

  /** The hub tells the wallet of this leg that the shop has its money. */
  told(leg: HeardLeg | undefined): void {
    const credits = leg === undefined ? 0 : (this.#pushes.get(leg.payment)?.credits ?? 0);
    if (credits === 1 || leg?.payment.cancelAsked === true) return;
    this.#hearing.blame(`${leg?.legId} is said to be credited, and was ${credits} times`);
  }

  /** A payment that began with a national code has ended, by the hub's word. */
  atRest(payment: HeardPayment): void {
    if (payment.product !== 'push') return;
    const name = `${payment.acquirerId}/${payment.paymentRequestId}`;
    const push = this.#pushes.get(payment);
    const credits = push?.credits ?? 0;
    const isPaid = payment.word?.status === 'S' && payment.cancelledAt === undefined;
    if (isPaid && credits !== 1) {
      this.#hearing.blame(`${name} succeeded, and its shop was credited ${credits} times`);
    }
    if (!isPaid && credits > 0) {
      this.#hearing.blame(`${name} did not succeed, and its shop keeps the credit`);
    }
    const isEarly = push !== undefined && payment.wordAt < push.askedAt + pushLifeMs;
    if (payment.word?.status === 'F' && push?.said === 'S' && isEarly && !payment.cancelAsked) {
      this.#hearing.blame(`${name} failed, though its shop was credited in time`);
    }
  }

  #of(payment: HeardPayment): HeardPush {
    const known = this.#pushes.get(payment);
    if (known !== undefined) return known;
    const push: HeardPush = { askedAt: this.#hearing.now(), credits: 0, said: undefined };
    this.#pushes.set(payment, push);
    return push;
  }
}
