// A wallet of the month: it takes and gives back its customers' money, and writes all of it down.

import { nextDayAt } from '../calendar/clearingDay.ts';
import { Party, type PartyAnswer, type Surroundings } from '../simulation/party.ts';
import type { ReceivedCall } from '../wire/partnerServer.ts';
import { result } from '../wire/results.ts';
import { formatTime } from '../wire/time.ts';
import { PartnerBook } from './book.ts';

interface Amount {
  readonly currency: string;
  readonly value: string;
}

interface Ask {
  readonly paymentRequestId: string;
  readonly paymentAmount: Amount;
  readonly payToAmount: Amount;
  readonly order: { readonly referenceOrderId: string };
  readonly paymentMethod?: { readonly customerId?: string };
  readonly refundRequestId?: string;
  readonly refundFromAmount?: Amount;
}

interface Leg {
  readonly legId: string;
  readonly customerId: string;
  readonly orderId: string;
  readonly amount: Amount;
  readonly payTo: Amount;
  readonly paymentId: string;
  status: 'open' | 'paid' | 'refused' | 'cancelled';
  paidAt: number;
}

/** protocol.md §1.9: a wallet lets itself be cancelled until 00:30 of T+1. */
const cancelWindowMs = 30 * 60_000;
const noticeWaitsMs = [2_000, 10_000, 60_000, 300_000, 900_000];
const mostTries = 60;

export class MonthWallet {
  readonly id: string;
  readonly book = new PartnerBook();
  readonly party: Party;
  /** Things it is still at. */
  busy = 0;
  readonly #world: Surroundings;
  readonly #legs = new Map<string, Leg>();
  /** Refunds that were given, so that none is given twice. */
  readonly #given = new Set<string>();
  #count = 0;

  constructor(id: string, world: Surroundings) {
    this.id = id;
    this.#world = world;
    this.party = new Party(id, world, (call) => this.#answer(call));
  }

  /** A payment code for a customer; undefined when none came. */
  async code(customerId: string): Promise<string | undefined> {
    const body = { customerId, codeQuantity: '1', env: {} };
    const outcome = await this.party.client.call('getPaymentCode', body);
    if (outcome.kind !== 'answered') return undefined;
    const list = outcome.body.paymentCodeList as { paymentCode: string }[] | undefined;
    return list?.[0]?.paymentCode;
  }

  /** A customer scans an order's code, confirms after a while; the network hears of it later. */
  async scan(codeValue: string, customerId: string, waits: ScanWaits): Promise<void> {
    this.busy++;
    const { time, chance } = this.#world;
    const outcome = await this.party.client.call('userInitiatedPay', { codeValue, customerId });
    const shown = outcome.kind === 'answered' ? (outcome.body as unknown as Ask) : undefined;
    if (shown?.payToAmount !== undefined) {
      const leg = this.#leg(shown, customerId);
      await time.pause(waits.confirmMs);
      if (leg.status === 'open' && !chance.happens(0.03)) {
        if (chance.happens(0.03)) leg.status = 'refused';
        else this.#charge(leg);
        await time.pause(waits.noticeMs);
        await this.#tell(leg);
      }
    }
    this.busy--;
  }

  /** The acquirer's name of the order that was paid with a leg. */
  orderOf(legId: string): string | undefined {
    return this.#legs.get(legId)?.orderId;
  }

  /** A customer wants some of a payment back; the acquirer hears of it through the network. */
  async dispute(orderId: string, hundredths: number): Promise<void> {
    const leg = [...this.#legs.values()].find(
      (each) => each.orderId === orderId && each.status === 'paid',
    );
    if (leg === undefined) return;
    this.busy++;
    const value = (BigInt(leg.amount.value) * BigInt(hundredths)) / 100n;
    const body = {
      disputeRequestId: `${this.id}-X${++this.#count}`,
      paymentRequestId: leg.legId,
      escalationAmount: { currency: leg.amount.currency, value: String(value || 1n) },
    };
    await this.#until(async () => {
      const outcome = await this.party.client.call('initiateEscalation', body);
      return outcome.kind === 'answered' ? statusOf(outcome.body) : 'U';
    });
    this.busy--;
  }

  #answer(call: ReceivedCall): PartyAnswer {
    const body = JSON.parse(call.bodyText) as Ask;
    switch (call.api) {
      case 'pay':
        return this.#pay(body);
      case 'inquiryPayment':
        return this.#inquired(body.paymentRequestId);
      case 'cancelPayment':
        return this.#cancel(body.paymentRequestId);
      case 'refund':
        return this.#refund(body);
      case 'responseEscalation':
      case 'responseRetrieval':
      case 'notifyDispute':
        return { body: { result: result('SUCCESS') } };
      default:
        return { body: { result: result('NO_INTERFACE_DEF') } };
    }
  }

  #pay(body: Ask): PartyAnswer {
    const known = this.#legs.get(body.paymentRequestId);
    if (known !== undefined) return this.#said(known);
    const { chance, time } = this.#world;
    const leg = this.#leg(body, body.paymentMethod?.customerId ?? '');
    const mood = chance.weighted({ pays: 88, asksCustomer: 9, refuses: 3 });
    if (mood === 'refuses') leg.status = 'refused';
    if (mood === 'pays') this.#charge(leg);
    if (mood === 'asksCustomer') {
      this.busy++;
      time.after(chance.between(3_000, 25_000), () => {
        if (leg.status === 'open') this.#charge(leg);
        void this.#tell(leg).then(() => {
          this.busy--;
        });
      });
    }
    return this.#said(leg);
  }

  #inquired(legId: string): PartyAnswer {
    const leg = this.#legs.get(legId);
    if (leg === undefined) return { body: { result: result('ORDER_NOT_EXIST') } };
    if (leg.status === 'cancelled') return { body: { result: result('ORDER_IS_CLOSED') } };
    const { body } = this.#said(leg) as { body: { result: object } };
    return { body: { ...body, result: result('SUCCESS'), paymentResult: body.result } };
  }

  #cancel(legId: string): PartyAnswer {
    const leg = this.#legs.get(legId);
    if (leg === undefined) return { body: { result: result('ORDER_NOT_EXIST') } };
    const isLate = this.#world.time.now() >= nextDayAt(leg.paidAt, cancelWindowMs);
    if (leg.status === 'paid' && isLate) {
      return { body: { result: result('CANCEL_WINDOW_EXCEED') } };
    }
    leg.status = 'cancelled';
    this.book.strike(legId);
    return { body: { result: result('SUCCESS') } };
  }

  #refund({ paymentRequestId, refundRequestId = '', refundFromAmount }: Ask): PartyAnswer {
    const leg = this.#legs.get(paymentRequestId);
    if (leg?.status !== 'paid' || refundFromAmount === undefined) {
      return { body: { result: result('ORDER_NOT_EXIST') } };
    }
    const refundId = `${this.id}-${refundRequestId}`;
    if (!this.#given.has(refundRequestId)) {
      this.#given.add(refundRequestId);
      const amount = BigInt(refundFromAmount.value);
      const at = this.#world.time.now();
      if (amount > 0n) this.book.write({ kind: 'refund', id: refundRequestId, amount, at });
    }
    return { body: { result: result('SUCCESS'), refundId } };
  }

  #leg(body: Ask, customerId: string): Leg {
    const known = this.#legs.get(body.paymentRequestId);
    if (known !== undefined) return known;
    const leg: Leg = {
      legId: body.paymentRequestId,
      customerId,
      orderId: body.order.referenceOrderId,
      amount: body.paymentAmount,
      payTo: body.payToAmount,
      paymentId: `${this.id}-${++this.#count}`,
      status: 'open',
      paidAt: 0,
    };
    this.#legs.set(leg.legId, leg);
    return leg;
  }

  #charge(leg: Leg): void {
    leg.status = 'paid';
    leg.paidAt = this.#world.time.now();
    const amount = -BigInt(leg.payTo.value);
    if (amount !== 0n) this.book.write({ kind: 'payment', id: leg.legId, amount, at: leg.paidAt });
  }

  #said(leg: Leg): PartyAnswer {
    const paid = leg.status === 'paid' ? { paymentId: leg.paymentId } : {};
    return { body: { result: result(codes[leg.status]), ...paid } };
  }

  /** Tells the network how a payment ended, until it has heard. */
  #tell(leg: Leg): Promise<void> {
    return this.#until(async () => {
      if (leg.status === 'cancelled' || leg.status === 'open') return 'S';
      const outcome = await this.party.client.call('notifyPayment', {
        paymentRequestId: leg.legId,
        paymentResult: result(codes[leg.status]),
        paymentId: leg.paymentId,
        paymentTime: formatTime(leg.paidAt || this.#world.time.now()),
        paymentAmount: leg.amount,
        payToAmount: leg.payTo,
        customerId: leg.customerId,
      });
      return outcome.kind === 'answered' ? statusOf(outcome.body) : 'U';
    });
  }

  async #until(call: () => Promise<'S' | 'F' | 'U'>): Promise<void> {
    for (let attempt = 0; attempt < mostTries; attempt++) {
      if (!this.party.away && (await call()) !== 'U') return;
      await this.#world.time.pause(noticeWaitsMs[Math.min(attempt, 4)] ?? 900_000);
    }
  }
}

/** How long a customer thinks, and how late the wallet's notice is. */
export interface ScanWaits {
  readonly confirmMs: number;
  readonly noticeMs: number;
}

const codes = {
  open: 'PAYMENT_IN_PROCESS',
  paid: 'SUCCESS',
  refused: 'USER_BALANCE_NOT_ENOUGH',
  cancelled: 'ORDER_IS_CLOSED',
} as const;

export function statusOf(body: Readonly<Record<string, unknown>>): 'S' | 'F' | 'U' {
  return (body.result as { readonly resultStatus: 'S' | 'F' | 'U' }).resultStatus;
}
