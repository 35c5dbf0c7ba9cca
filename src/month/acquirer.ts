// An acquirer of the month: its tills take payments, cancel and refund them, and it writes down
// what it will be settled for.

import { productRow } from '../payments/products.ts';
import { Party, type PartyAnswer, type Surroundings } from '../simulation/party.ts';
import { behindCode, type OrderToSay, payBodyOf, shopCodeOf } from '../simulation/tillOrders.ts';
import type { ReceivedCall } from '../wire/partnerServer.ts';
import { result } from '../wire/results.ts';
import { parseIsoTime } from '../wire/time.ts';
import { PartnerBook } from './book.ts';
import { statusOf } from './wallet.ts';

interface Amount {
  readonly currency: string;
  readonly value: string;
}

/** A payment as the till knows it. */
export interface Sale extends OrderToSay {
  word: 'S' | 'F' | undefined;
  /** It is being cancelled, or was: from then on it is not in the book. */
  cancelAsked: boolean;
  /** The network's own id, and when it was paid. */
  paymentId: string | undefined;
  paidAt: number;
  way: string | undefined;
  /** In minor units of the order's currency, asked for and not refused. */
  refunded: bigint;
}

interface Heard {
  readonly result?: { readonly resultStatus: 'S' | 'F' | 'U'; readonly resultCode: string };
  readonly paymentResult?: { readonly resultStatus: 'S' | 'F' | 'U' };
  readonly paymentId?: string;
  readonly paymentTime?: string;
  readonly settlementAmount?: Amount;
  readonly refundTime?: string;
  readonly refundId?: string;
  readonly orderCodeForm?: { readonly codeDetails: readonly { readonly codeValue: string }[] };
  readonly normalUrl?: string;
  readonly paymentUrl?: string;
  readonly paymentRequestId?: string;
}

const pollWaitsMs = [2, 3, 5, 10, 20, 60, 300, 900].map((seconds) => seconds * 1_000);
const mostTries = 100;

export class MonthAcquirer {
  readonly id: string;
  readonly book = new PartnerBook();
  readonly party: Party;
  readonly sales = new Map<string, Sale>();
  busy = 0;
  /** How many cancels and refunds the network refused, by result code. */
  readonly refusals = new Map<string, number>();
  /** When each refund was given, by the network's id of it. */
  readonly refundsTold = new Map<string, number>();
  /** Disputes whose claim was accepted; the money follows by a refund. */
  disputes = 0;
  readonly #world: Surroundings;
  readonly #ways = new Map<string, Sale>();
  readonly #disputed = new Set<string>();

  constructor(id: string, world: Surroundings) {
    this.id = id;
    this.#world = world;
    this.party = new Party(id, world, (call) => this.#answer(call));
  }

  /** Takes a payment to its last word; `shown` is told the code that leads to it. */
  async take(order: OrderToSay, shown: (way: string) => void): Promise<Sale> {
    const sale: Sale = {
      ...order,
      word: undefined,
      cancelAsked: false,
      paymentId: undefined,
      paidAt: 0,
      way: undefined,
      refunded: 0n,
    };
    this.sales.set(order.paymentRequestId, sale);
    this.busy++;
    if (productRow(order.product).namedByPay) await this.#order(sale);
    else sale.way = shopCodeOf(this.id, sale);
    if (sale.way !== undefined) {
      this.#ways.set(sale.way, sale);
      shown(sale.way);
    }
    await this.#poll(sale);
    this.busy--;
    return sale;
  }

  /** True when the network has taken the cancel. */
  async cancel(sale: Sale): Promise<boolean> {
    const body = { paymentRequestId: sale.paymentRequestId };
    sale.cancelAsked = true;
    this.book.strike(sale.paymentRequestId);
    const heard = await this.#until('cancelPayment', body);
    if (heard?.result?.resultStatus === 'S') return true;
    sale.cancelAsked = false;
    this.book.restore(sale.paymentRequestId);
    return false;
  }

  /** Gives a part of a payment back; true when it was given. */
  async refund(sale: Sale, refundRequestId: string, value: bigint): Promise<boolean> {
    sale.refunded += value;
    const { currency } = sale.amount;
    const heard = await this.#until('refund', {
      paymentRequestId: sale.paymentRequestId,
      refundRequestId,
      refundAmount: { currency, value: String(value) },
    });
    if (heard?.result?.resultStatus !== 'S') {
      sale.refunded -= value;
      return false;
    }
    const amount = -BigInt(heard.settlementAmount?.value ?? '0');
    const at = parseIsoTime(heard.refundTime ?? '') ?? 0;
    if (heard.refundId !== undefined) this.refundsTold.set(heard.refundId, at);
    if (amount !== 0n) this.book.write({ kind: 'refund', id: refundRequestId, amount, at });
    return true;
  }

  async #order(sale: Sale): Promise<void> {
    for (let attempt = 0; attempt < 3; attempt++) {
      const outcome = await this.party.client.call('pay', payBodyOf(sale, sale.amount.value));
      if (outcome.kind !== 'answered') continue;
      const heard = outcome.body as Heard;
      const form = heard.orderCodeForm?.codeDetails[0]?.codeValue;
      sale.way = form ?? heard.normalUrl ?? heard.paymentUrl;
      this.#hear(sale, heard.result?.resultStatus, heard);
      return;
    }
  }

  /** Asks until there is a final word, or nothing more can come. */
  async #poll(sale: Sale): Promise<void> {
    const { time } = this.#world;
    const { paymentRequestId } = sale;
    for (let attempt = 0; sale.word === undefined && attempt < mostTries; attempt++) {
      await time.pause(pollWaitsMs[Math.min(attempt, pollWaitsMs.length - 1)] ?? 900_000);
      if (sale.word !== undefined || this.party.away) continue;
      const outcome = await this.party.client.call('inquiryPayment', { paymentRequestId });
      if (outcome.kind !== 'answered') continue;
      const heard = outcome.body as Heard;
      if (heard.paymentResult) this.#hear(sale, heard.paymentResult.resultStatus, heard);
      else if (heard.result?.resultCode === 'ORDER_IS_CLOSED') this.#hear(sale, 'F', heard);
      else if (time.now() > sale.expiresAt + 60_000) return;
    }
  }

  #hear(sale: Sale, status: 'S' | 'F' | 'U' | undefined, heard: Heard): void {
    sale.paymentId ??= heard.paymentId;
    if (status === undefined || status === 'U' || sale.word !== undefined) return;
    sale.word = status;
    if (status === 'F' || sale.cancelAsked) return;
    sale.paidAt = parseIsoTime(heard.paymentTime ?? '') ?? 0;
    const amount = BigInt(heard.settlementAmount?.value ?? '0');
    const row = { kind: 'payment', id: sale.paymentRequestId, amount, at: sale.paidAt } as const;
    if (amount !== 0n) this.book.write(row);
  }

  /** Repeats a call until its answer is final; undefined when none ever came. */
  async #until(api: 'cancelPayment' | 'refund', body: object): Promise<Heard | undefined> {
    this.busy++;
    try {
      for (let attempt = 0; attempt < mostTries; attempt++) {
        const outcome = await this.party.client.call(api, body);
        if (outcome.kind === 'answered' && statusOf(outcome.body) !== 'U') {
          const heard = outcome.body as Heard;
          const code = `${api} ${heard.result?.resultCode}`;
          if (heard.result?.resultStatus === 'F') {
            this.refusals.set(code, (this.refusals.get(code) ?? 0) + 1);
          }
          return heard;
        }
        const wait = pollWaitsMs[Math.min(attempt, pollWaitsMs.length - 1)];
        await this.#world.time.pause(wait ?? 900_000);
      }
      return undefined;
    } finally {
      this.busy--;
    }
  }

  #answer(call: ReceivedCall): PartyAnswer {
    const success: PartyAnswer = { body: { result: result('SUCCESS') } };
    const body = JSON.parse(call.bodyText) as Heard & {
      readonly codeValue?: string;
      readonly disputeRequestId?: string;
      readonly escalationAmount?: Amount;
    };
    const sale = this.sales.get(body.paymentRequestId ?? '');
    switch (call.api) {
      case 'notifyPayment':
        if (sale === undefined) return { body: { result: result('ORDER_NOT_EXIST') } };
        this.#hear(sale, body.paymentResult?.resultStatus, body);
        return success;
      case 'userInitiatedPay': {
        const found = this.#ways.get(body.codeValue ?? '');
        if (found === undefined) return { body: { result: result('INVALID_CODE') } };
        return { body: { result: result('SUCCESS'), ...behindCode(found) } };
      }
      case 'pushPayment':
        return success;
      case 'inquiryPushPayment':
        return { body: { result: result('SUCCESS'), paymentResult: result('SUCCESS') } };
      case 'initiateEscalation':
        if (sale === undefined) return { body: { result: result('ORDER_NOT_EXIST') } };
        this.#escalated(sale, body.disputeRequestId ?? '', body.escalationAmount);
        return success;
      default:
        return success;
    }
  }

  /** Accepts what a customer claims, a few days later, and refunds it. */
  #escalated(sale: Sale, disputeRequestId: string, claimed: Amount | undefined): void {
    if (claimed === undefined || this.#disputed.has(disputeRequestId)) return;
    this.#disputed.add(disputeRequestId);
    this.busy++;
    const { chance, time } = this.#world;
    void time.pause(chance.between(60_000, 3 * 86_400_000)).then(async () => {
      const body = { disputeRequestId, refundType: 'ACCEPT_REFUND' };
      const outcome = await this.party.client.call('responseEscalation', body);
      if (outcome.kind === 'answered' && statusOf(outcome.body) === 'S') {
        this.disputes++;
        const name = `${sale.paymentRequestId}-D`;
        await this.refund(sale, name, BigInt(claimed.value));
      }
      this.busy--;
    });
  }
}
