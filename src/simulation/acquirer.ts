// A simulated acquirer: its tills take payments, ask again when they must, and hear notices.

import type { ReceivedCall } from '../wire/partnerServer.ts';
import { result } from '../wire/results.ts';
import { formatTime } from '../wire/time.ts';
import type { Auditor } from './auditor.ts';
import { amountText, type WireAmount } from './ledgerOfWords.ts';
import { Party, type PartyAnswer, type Surroundings } from './party.ts';

/** A payment as the till sees it: its first final word stands. */
export interface TillPayment {
  readonly paymentRequestId: string;
  readonly amount: WireAmount;
  /** The scanned payment code; without one the till shows an order code. */
  readonly code: string | undefined;
  readonly expiresAt: number;
  /** The hub has answered that it has it. */
  known: boolean;
  word: 'S' | 'F' | undefined;
  orderCode: string | undefined;
}

interface Word {
  readonly resultStatus: 'S' | 'F' | 'U';
  readonly resultCode: string;
}

interface PayAnswer {
  readonly result: Word;
  readonly paymentId?: string;
  readonly orderCodeForm?: { readonly codeDetails: readonly { readonly codeValue: string }[] };
}

/** protocol.md §1.9: the waits of a polling acquirer in seconds; the last one repeats. */
const pollWaitsMs = [2, 2, 3, 3, 5, 5, 10, 10, 10, 10, 30].map((seconds) => seconds * 1_000);
const repeatWaitMs = 1_500;

export class SimulatedAcquirer {
  readonly id: string;
  readonly payments = new Map<string, TillPayment>();
  readonly #world: Surroundings;
  readonly #auditor: Auditor;
  readonly #party: Party;
  #open = 0;

  constructor(id: string, world: Surroundings, auditor: Auditor) {
    this.id = id;
    this.#world = world;
    this.#auditor = auditor;
    this.#party = new Party(id, world, (call) => this.#handle(call));
  }

  /** How many of its payments it still works on. */
  get busy(): number {
    return this.#open;
  }

  crash(): void {
    this.#party.crash();
  }

  comeBack(): void {
    this.#party.comeBack();
  }

  /** Takes one payment from the till's `pay` to its last word. */
  async take(order: {
    paymentRequestId: string;
    amount: WireAmount;
    code: string | undefined;
    lifeMs: number;
    /** Told once, when the till shows an order code. */
    shown?: (orderCode: string) => void;
  }): Promise<TillPayment> {
    const payment: TillPayment = {
      ...order,
      expiresAt: this.#world.time.now() + order.lifeMs,
      known: false,
      word: undefined,
      orderCode: undefined,
    };
    this.payments.set(payment.paymentRequestId, payment);
    this.#open++;
    const { chance } = this.#world;
    // A nervous till sends the same order twice at once.
    if (this.#world.stormy() && chance.happens(0.05)) void this.#pay(payment);
    await this.#pay(payment);
    while (!payment.known && payment.word === undefined && this.#mayRepeat(payment)) {
      await this.#world.time.pause(repeatWaitMs);
      await this.#pay(payment);
    }
    if (payment.orderCode !== undefined) order.shown?.(payment.orderCode);
    await this.#poll(payment);
    this.#open--;
    return payment;
  }

  /** Asks once more about every payment: what is said now is compared with all that was said. */
  async askAll(): Promise<void> {
    await Promise.all([...this.payments.values()].map((payment) => this.#inquire(payment)));
  }

  #mayRepeat(payment: TillPayment): boolean {
    return this.#world.time.now() < payment.expiresAt;
  }

  async #pay(payment: TillPayment): Promise<void> {
    const { chance, stormy } = this.#world;
    const forged = stormy() && chance.happens(0.03);
    const client = forged ? this.#party.forger : this.#party.client;
    const outcome = await client.call('pay', this.#payBody(payment, payment.amount.value));
    if (outcome.kind !== 'answered' || this.#party.away) return;
    const answer = outcome.body as unknown as PayAnswer;
    if (forged) {
      if (answer.result.resultCode === 'INVALID_SIGNATURE') return;
      this.#auditor.blame(`${payment.paymentRequestId}: a forged pay was answered`);
    }
    if (answer.paymentId !== undefined) {
      payment.known = true;
      payment.orderCode ??= answer.orderCodeForm?.codeDetails[0]?.codeValue;
      if (stormy() && chance.happens(0.04)) void this.#payOther(payment);
    }
    this.#hear(payment, answer.result);
  }

  /** The same id with another amount: once the hub knows the id it must refuse this. */
  async #payOther(payment: TillPayment): Promise<void> {
    const other = String(BigInt(payment.amount.value) + 1n);
    const outcome = await this.#party.client.call('pay', this.#payBody(payment, other));
    if (outcome.kind !== 'answered') return;
    const { result: word } = outcome.body as unknown as PayAnswer;
    if (word.resultCode === 'REPEAT_REQ_INCONSISTENT' || word.resultStatus === 'U') return;
    this.#auditor.blame(`${payment.paymentRequestId}: other terms got ${word.resultCode}`);
  }

  #payBody(payment: TillPayment, value: string): object {
    const { code, paymentRequestId, expiresAt } = payment;
    const amount = { currency: payment.amount.currency, value };
    return {
      paymentRequestId,
      paymentAmount: amount,
      order: {
        referenceOrderId: paymentRequestId,
        orderDescription: 'noodles',
        orderAmount: amount,
        merchant: {
          referenceMerchantId: 'M1',
          merchantName: 'Noodles',
          store: { referenceStoreId: 'S1', storeName: 'Noodles' },
        },
      },
      paymentMethod: {
        paymentMethodType: 'CONNECT_WALLET',
        ...(code === undefined ? {} : { paymentMethodId: code }),
      },
      paymentFactor: {
        isInStorePayment: 'true',
        isCashierPayment: code === undefined ? 'true' : 'false',
        inStorePaymentScenario: code === undefined ? 'OrderCode' : 'PaymentCode',
      },
      paymentExpiryTime: formatTime(expiresAt),
    };
  }

  /** Inquires until there is a final word, or nothing more can come. */
  async #poll(payment: TillPayment): Promise<void> {
    const { time, chance, stormy } = this.#world;
    for (let attempt = 0; payment.word === undefined; attempt++) {
      await time.pause(pollWaitsMs[Math.min(attempt, pollWaitsMs.length - 1)] ?? 30_000);
      if (payment.word !== undefined || this.#party.away) continue;
      // Some tills ask by repeating the payment itself.
      if (payment.known && chance.happens(0.2)) await this.#pay(payment);
      else {
        const exists = await this.#inquire(payment);
        // Long over, in fair weather, and unknown to the hub: it never arrived.
        if (exists === false && !stormy() && time.now() > payment.expiresAt + 60_000) return;
      }
    }
  }

  /** False when the hub says that there is no such payment. */
  async #inquire(payment: TillPayment): Promise<boolean | undefined> {
    const { paymentRequestId } = payment;
    const outcome = await this.#party.client.call('inquiryPayment', { paymentRequestId });
    if (outcome.kind !== 'answered' || this.#party.away) return undefined;
    const answer = outcome.body as unknown as { result: Word; paymentResult?: Word };
    if (answer.paymentResult !== undefined) this.#hear(payment, answer.paymentResult);
    return answer.result.resultCode === 'ORDER_NOT_EXIST' ? false : undefined;
  }

  #hear(payment: TillPayment, word: Word): void {
    if (word.resultCode === 'REPEAT_REQ_INCONSISTENT' || word.resultStatus === 'U') return;
    if (payment.word === undefined) payment.word = word.resultStatus;
    else if (payment.word !== word.resultStatus) {
      const { paymentRequestId } = payment;
      this.#auditor.blame(
        `${this.id}: ${paymentRequestId} was ${payment.word}, now ${word.resultStatus}`,
      );
    }
  }

  #handle(call: ReceivedCall): PartyAnswer {
    if (call.api !== 'notifyPayment') return { body: { result: result('NO_INTERFACE_DEF') } };
    const notice = JSON.parse(call.bodyText) as {
      paymentRequestId: string;
      paymentAmount: WireAmount;
      paymentResult: Word;
    };
    const { chance, stormy } = this.#world;
    const payment = this.payments.get(notice.paymentRequestId);
    if (payment === undefined) return { body: { result: result('ORDER_NOT_EXIST') } };
    if (amountText(payment.amount) !== amountText(notice.paymentAmount)) {
      this.#auditor.blame(`${payment.paymentRequestId}: the notice has another amount`);
    }
    this.#hear(payment, notice.paymentResult);
    const mood = stormy()
      ? chance.weighted({ takes: 80, refuses: 8, forges: 6, never: 6 })
      : 'takes';
    if (mood === 'refuses') return { body: { result: result('UNKNOWN_EXCEPTION') } };
    if (mood === 'takes') this.#auditor.acknowledged(this.id, payment.paymentRequestId);
    return {
      body: { result: result('SUCCESS') },
      forged: mood === 'forges',
      never: mood === 'never',
    };
  }
}
