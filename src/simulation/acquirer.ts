// A simulated acquirer: its tills take payments, ask again when they must, and hear notices.

import { type OfferedProduct, productRow } from '../payments/products.ts';
import type { ReceivedCall } from '../wire/partnerServer.ts';
import { result } from '../wire/results.ts';
import type { Auditor } from './auditor.ts';
import { Bindings } from './bindings.ts';
import { GiveBack } from './giveBack.ts';
import { amountText, type WireAmount } from './ledgerOfWords.ts';
import { Party, type PartyAnswer, type Surroundings } from './party.ts';
import { Registrations } from './registrations.ts';
import type { AcquirerSabotage } from './sabotage.ts';
import { ShopCredits } from './shopCredits.ts';
import { TillDisputes } from './tillDisputes.ts';
import { behindCode, payBodyOf, shopCodeOf } from './tillOrders.ts';

/** A payment as the till sees it: its first final word stands. */
export interface TillPayment {
  readonly acquirerId: string;
  readonly paymentRequestId: string;
  readonly product: OfferedProduct;
  readonly amount: WireAmount;
  readonly merchantId: string;
  /** The scanned payment code or an access token; without one the till shows a way to pay. */
  readonly code: string | undefined;
  readonly walletName: string | undefined;
  readonly expiresAt: number;
  /** The hub has answered that it has it. */
  known: boolean;
  word: 'S' | 'F' | undefined;
  /** The code that the till shows, or the address that it sends the visitor to. */
  way: string | undefined;
  /** The till has asked for it not to be. */
  cancelAsked: boolean;
}

interface Word {
  readonly resultStatus: 'S' | 'F' | 'U';
  readonly resultCode: string;
}

interface PayAnswer {
  readonly result: Word;
  readonly paymentId?: string;
  readonly orderCodeForm?: { readonly codeDetails: readonly { readonly codeValue: string }[] };
  readonly paymentUrl?: string;
  readonly normalUrl?: string;
}

/** What a till is told to take. */
export interface Taking {
  readonly paymentRequestId: string;
  readonly product: OfferedProduct;
  readonly amount: WireAmount;
  readonly merchantId: string;
  readonly code?: string;
  readonly walletName?: string;
  readonly lifeMs: number;
  /** Told once, when the visitor has a way to pay. */
  readonly shown?: (way: string) => void;
}

interface Option {
  readonly paymentMethodType: string;
  readonly enabled: string;
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
  readonly #giveBack: GiveBack;
  readonly #credits: ShopCredits;
  readonly #disputes: TillDisputes;
  readonly #registrations: Registrations;
  readonly bindings: Bindings;
  #open = 0;

  constructor(id: string, world: Surroundings, auditor: Auditor, sabotage?: AcquirerSabotage) {
    this.id = id;
    this.#world = world;
    this.#auditor = auditor;
    this.#party = new Party(id, world, (call) => this.#handle(call));
    this.#credits = new ShopCredits(id, world, auditor, this.#party, sabotage);
    this.#giveBack = new GiveBack(id, world, auditor, this.#party, (payment) =>
      this.#credits.takeBack(payment),
    );
    this.#disputes = new TillDisputes(id, world, auditor, this.#party, (payment, value) =>
      this.#giveBack.refundOf(payment, value),
    );
    this.#registrations = new Registrations(id, world, auditor, this.#party);
    this.bindings = new Bindings(id, world, auditor, this.#party);
  }

  /** How many of its payments and other affairs it still works on. */
  get busy(): number {
    const own = this.#open + this.#giveBack.busy + this.#credits.busy;
    return own + this.#disputes.busy + this.#registrations.busy + this.bindings.busy;
  }

  /** Makes its merchants known to all wallets. */
  register(merchantIds: readonly string[]): Promise<void> {
    return this.#registrations.registerAll(merchantIds);
  }

  /** The wallets that its shop's page may offer; undefined when no answer came. */
  async consult(amount: WireAmount, settles: string): Promise<readonly string[] | undefined> {
    const outcome = await this.#party.client.call('consultPayment', {
      paymentAmount: amount,
      paymentFactor: {
        isInStorePayment: 'false',
        isCashierPayment: 'true',
        presentmentMode: 'TILE',
      },
      settlementStrategy: { settlementCurrency: settles },
    });
    if (outcome.kind !== 'answered') return undefined;
    const options = (outcome.body.paymentOptions ?? []) as readonly Option[];
    return options.flatMap((each) => (each.enabled === 'true' ? [each.paymentMethodType] : []));
  }

  crash(): void {
    this.#party.crash();
  }

  comeBack(): void {
    this.#party.comeBack();
  }

  /** Takes one payment from the till's `pay`, or its code, to its last word. */
  async take(order: Taking): Promise<TillPayment> {
    const payment: TillPayment = {
      acquirerId: this.id,
      paymentRequestId: order.paymentRequestId,
      product: order.product,
      amount: order.amount,
      merchantId: order.merchantId,
      code: order.code,
      walletName: order.walletName,
      expiresAt: this.#world.time.now() + order.lifeMs,
      known: false,
      word: undefined,
      way: undefined,
      cancelAsked: false,
    };
    this.payments.set(payment.paymentRequestId, payment);
    this.#auditor.begins(this.id, payment.paymentRequestId, payment.product);
    this.#open++;
    const { chance } = this.#world;
    const regret = chance.weighted({ none: 74, early: 8, late: 6, refunds: 12 });
    if (regret === 'early') this.#giveBack.cancelLater(payment, chance.between(0, 9_000));
    if (productRow(payment.product).namedByPay) await this.#order(payment);
    else payment.way = shopCodeOf(this.id, payment);
    if (payment.way !== undefined) order.shown?.(payment.way);
    await this.#poll(payment);
    if (payment.word === 'S' && regret === 'late') await this.#giveBack.cancel(payment);
    if (payment.word === 'S' && regret === 'refunds') await this.#giveBack.refund(payment);
    this.#open--;
    return payment;
  }

  /** Sends `pay` until the hub has it. A nervous till sends the same order twice at once. */
  async #order(payment: TillPayment): Promise<void> {
    const { chance, time, stormy } = this.#world;
    if (stormy() && chance.happens(0.05)) void this.#pay(payment);
    await this.#pay(payment);
    while (!payment.known && payment.word === undefined && this.#mayRepeat(payment)) {
      await time.pause(repeatWaitMs);
      await this.#pay(payment);
    }
  }

  /** Asks once more about every payment: what is said now is compared with all that was said. */
  async askAll(): Promise<void> {
    await Promise.all([...this.payments.values()].map((payment) => this.#inquire(payment)));
    await this.#giveBack.askAll();
  }

  #mayRepeat(payment: TillPayment): boolean {
    return this.#world.time.now() < payment.expiresAt;
  }

  async #pay(payment: TillPayment): Promise<void> {
    const { chance, stormy } = this.#world;
    const forged = stormy() && chance.happens(0.03);
    const client = forged ? this.#party.forger : this.#party.client;
    const outcome = await client.call('pay', payBodyOf(payment, payment.amount.value));
    if (outcome.kind !== 'answered' || this.#party.away) return;
    const answer = outcome.body as unknown as PayAnswer;
    if (forged) {
      if (answer.result.resultCode === 'INVALID_SIGNATURE') return;
      this.#auditor.blame(`${payment.paymentRequestId}: a forged pay was answered`);
    }
    if (answer.paymentId !== undefined) {
      payment.known = true;
      const form = answer.orderCodeForm?.codeDetails[0]?.codeValue;
      payment.way ??= form ?? answer.normalUrl ?? answer.paymentUrl;
      if (stormy() && chance.happens(0.04)) void this.#payOther(payment);
    }
    this.#hear(payment, answer.result);
  }

  /** The same id with another amount: once the hub knows the id it must refuse this. */
  async #payOther(payment: TillPayment): Promise<void> {
    const other = String(BigInt(payment.amount.value) + 1n);
    const outcome = await this.#party.client.call('pay', payBodyOf(payment, other));
    if (outcome.kind !== 'answered') return;
    const { result: word } = outcome.body as unknown as PayAnswer;
    if (word.resultCode === 'REPEAT_REQ_INCONSISTENT' || word.resultStatus === 'U') return;
    this.#auditor.blame(`${payment.paymentRequestId}: other terms got ${word.resultCode}`);
  }

  /** Inquires until there is a final word, or nothing more can come. */
  async #poll(payment: TillPayment): Promise<void> {
    const { time, chance, stormy } = this.#world;
    for (let attempt = 0; payment.word === undefined; attempt++) {
      await time.pause(pollWaitsMs[Math.min(attempt, pollWaitsMs.length - 1)] ?? 30_000);
      if (payment.word !== undefined || this.#party.away) continue;
      // Some tills ask by repeating the payment itself.
      const mayPay = payment.known && productRow(payment.product).namedByPay;
      if (mayPay && chance.happens(0.2)) await this.#pay(payment);
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
    else if (answer.result.resultCode === 'ORDER_IS_CLOSED') this.#hear(payment, answer.result);
    return answer.result.resultCode === 'ORDER_NOT_EXIST' ? false : undefined;
  }

  #hear(payment: TillPayment, word: Word): void {
    if (word.resultCode === 'REPEAT_REQ_INCONSISTENT' || word.resultStatus === 'U') return;
    if (word.resultStatus === 'F') this.#credits.takeBack(payment);
    if (payment.word === undefined) payment.word = word.resultStatus;
    else if (payment.word !== word.resultStatus && payment.cancelAsked) {
      // The cancel wins over a success that was said before it.
      payment.word = 'F';
    } else if (payment.word !== word.resultStatus) {
      const { paymentRequestId } = payment;
      this.#auditor.blame(
        `${this.id}: ${paymentRequestId} was ${payment.word}, now ${word.resultStatus}`,
      );
    }
  }

  #handle(call: ReceivedCall): PartyAnswer {
    const find = (id: string) => this.payments.get(id);
    switch (call.api) {
      case 'notifyPayment':
        return this.#noticed(call);
      case 'userInitiatedPay':
        return this.#identify(call);
      case 'pushPayment':
      case 'inquiryPushPayment':
        return this.#credits.answer(call, find);
      case 'authNotify':
        return this.bindings.answer(call);
      case 'notifyRegistrationStatus':
        return this.#registrations.answer();
      case 'initiateRetrieval':
      case 'initiateEscalation':
      case 'notifyDispute':
        return this.#disputes.answer(call, find);
      default:
        return { body: { result: result('NO_INTERFACE_DEF') } };
    }
  }

  /** A wallet scanned a code of ours: the order behind it, the same for ever. */
  #identify(call: ReceivedCall): PartyAnswer {
    const { codeValue } = JSON.parse(call.bodyText) as { codeValue: string };
    const payment = [...this.payments.values()].find((each) => each.way === codeValue);
    if (payment === undefined) return { body: { result: result('INVALID_CODE') } };
    const { chance, stormy } = this.#world;
    const mood = stormy()
      ? chance.weighted({ tells: 82, isNotSure: 6, forges: 5, never: 7 })
      : 'tells';
    if (mood === 'isNotSure') return { body: { result: result('UNKNOWN_EXCEPTION') } };
    return {
      body: { result: result('SUCCESS'), ...behindCode(payment) },
      forged: mood === 'forges',
      never: mood === 'never',
    };
  }

  #noticed(call: ReceivedCall): PartyAnswer {
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
