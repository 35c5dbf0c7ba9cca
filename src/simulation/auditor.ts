// The auditor: a naive model of the network that believes only what it hears on the wire.

import type { OfferedProduct } from '../payments/products.ts';
import { parseIsoTime } from '../wire/time.ts';
import { AgreementAudit } from './agreementAudit.ts';
import { DisputeAudit } from './disputeAudit.ts';
import {
  type AuditedTerms,
  amountText,
  backOf,
  type FinalWord,
  type HeardLeg,
  type HeardPayment,
  type Hearing,
  newPayment,
  refundsDone,
  sameWord,
  type WireAmount,
  wordText,
} from './ledgerOfWords.ts';
import { MerchantAudit } from './merchantAudit.ts';
import { PositionAudit } from './positionAudit.ts';
import { PushAudit } from './pushAudit.ts';

/** A message body as the auditor reads it: whatever is there. */
interface Body {
  readonly result?: { readonly resultStatus: string; readonly resultCode: string };
  readonly paymentResult?: { readonly resultStatus: string; readonly resultCode: string };
  readonly acquirerId?: string;
  readonly pspId?: string;
  readonly paymentRequestId?: string;
  readonly paymentId?: string;
  readonly customerId?: string;
  readonly order?: {
    readonly referenceOrderId: string;
    readonly merchant?: { readonly referenceMerchantId: string };
  };
  readonly payToAmount?: WireAmount;
  readonly paymentExpiryTime?: string;
  readonly paymentMethod?: { readonly customerId?: string };
  readonly paymentFactor?: { readonly isPaymentEvaluation?: string };
  readonly paymentTime?: string;
  readonly refundId?: string;
  readonly refundTime?: string;
  readonly settlementAmount?: WireAmount;
  readonly paymentAmount?: WireAmount;
  readonly refundRequestId?: string;
  readonly refundAmount?: WireAmount;
  readonly refundFromAmount?: WireAmount;
}

/** Refusals of a message, not of the payment that it is about: they say nothing final. */
const aboutTheMessage = new Set(['REPEAT_REQ_INCONSISTENT', 'INVALID_SIGNATURE']);

const mostViolations = 20;

/**
 * It knows no state machine, no books and no SQL: it keeps every word that was said, and who took
 * money from whom. Its rules are the promises of the network (protocol.md §1.8, §2.15).
 */
export class Auditor {
  readonly violations: string[] = [];
  readonly payments = new Map<string, HeardPayment>();
  readonly legs = new Map<string, HeardLeg>();
  readonly pushes: PushAudit;
  readonly agreements: AgreementAudit;
  readonly merchants: MerchantAudit;
  readonly disputes: DisputeAudit;
  readonly positions: PositionAudit;
  readonly #now: () => number;
  readonly #first: (violation: string) => void;

  /**
   * `terms` by wallet id; `first` is called at the first violation; `strict` names who takes
   * registered merchants only.
   */
  constructor(
    terms: ReadonlyMap<string, AuditedTerms>,
    now: () => number,
    first: (violation: string) => void = () => {},
    strict: readonly string[] = [],
  ) {
    this.#now = now;
    this.#first = first;
    const hearing: Hearing = {
      blame: (violation) => this.blame(violation),
      now,
      payment: (acquirerId, id) => this.#payment(acquirerId, id),
    };
    this.pushes = new PushAudit(hearing);
    this.agreements = new AgreementAudit(hearing);
    this.merchants = new MerchantAudit(hearing, strict);
    this.disputes = new DisputeAudit(hearing);
    this.positions = new PositionAudit(hearing, terms, this.legs);
  }

  /** A till begins a payment. */
  begins(acquirerId: string, paymentRequestId: string, product: OfferedProduct): void {
    this.#payment(acquirerId, paymentRequestId).product = product;
  }

  blame(violation: string): void {
    if (this.violations.length === 0) this.#first(violation);
    if (this.violations.length < mostViolations) this.violations.push(violation);
  }

  /** The ids under which the payments that a text names appear on the wire. */
  namesIn(text: string): string[] {
    const named: readonly string[] = text.match(/\bP\d+b?\b|\b\d{27}\b/g) ?? [];
    const payments = [...this.payments.values()].filter(
      ({ paymentRequestId, legs }) =>
        named.includes(paymentRequestId) || legs.some(({ legId }) => named.includes(legId)),
    );
    return payments.flatMap(({ paymentRequestId, legs }) => [
      paymentRequestId,
      ...legs.map(({ legId }) => legId),
    ]);
  }

  /** The hub calls a partner; heard when it is sent, arrived or not. */
  hubCalls(partnerId: string, api: string, text: string): void {
    const body = JSON.parse(text) as Body;
    if (api === 'pay') {
      if (!this.agreements.hubDebits(partnerId, text)) return;
      this.#asked(partnerId, body, body.paymentMethod?.customerId);
    } else if (api === 'pushPayment') this.pushes.asked(partnerId, body.paymentRequestId ?? '');
    else if (api === 'notifyPushPayment')
      this.pushes.told(this.legs.get(body.paymentRequestId ?? ''));
    else if (api === 'cancelPayment') this.#cancels(partnerId, body);
    else if (api === 'refund') this.#asksBack(partnerId, body);
    else if (api === 'notifyPayment') {
      const word = wordFrom(body.paymentResult, body);
      if (word === undefined) this.blame(`a notice to ${partnerId} is not final: ${text}`);
      else this.#told(this.#payment(partnerId, body.paymentRequestId ?? ''), word, 'notice');
    }
  }

  /** The hub answers a partner's request, which had reached it at `arrivedAt`. */
  hubAnswers(
    partnerId: string,
    api: string,
    request: string,
    answer: string,
    arrivedAt: number,
  ): void {
    const asked = JSON.parse(request) as Body;
    const body = JSON.parse(answer) as Body;
    if (api === 'userInitiatedPay') {
      if (body.result?.resultStatus === 'S') this.#asked(partnerId, body, asked.customerId);
      return;
    }
    if (api === 'cancelPayment' || api === 'refund') {
      this.#answersBack(partnerId, api, asked, body);
      return;
    }
    const isDone = body.result?.resultStatus === 'S';
    this.agreements.hubAnswers(partnerId, api, request, isDone);
    if (isDone && (api === 'initiateRetrieval' || api === 'initiateEscalation')) {
      const leg = this.legs.get(asked.paymentRequestId ?? '');
      if (leg !== undefined) this.disputes.hubTakes(partnerId, leg.payment, request);
      else this.blame(`${partnerId} disputes ${asked.paymentRequestId}, which nobody knows`);
    }
    if (api !== 'pay' && api !== 'inquiryPayment') return;
    if (asked.paymentFactor?.isPaymentEvaluation === 'true') return;
    if (aboutTheMessage.has(body.result?.resultCode ?? '')) return;
    const payment = this.#payment(partnerId, asked.paymentRequestId ?? '');
    if (body.paymentId !== undefined && !payment.known) {
      payment.known = true;
      payment.knownAt = this.#now();
    }
    const subject = api === 'pay' ? body.result : body.paymentResult;
    const word = wordFrom(subject, body);
    if (word !== undefined) this.#told(payment, word, `answer to ${api}`, arrivedAt);
    else if (api === 'inquiryPayment' && body.result?.resultCode === 'ORDER_NOT_EXIST') {
      if (payment.known && payment.knownAt < arrivedAt) {
        this.blame(`${nameOf(payment)} is said not to exist, after it was known`);
      }
    } else if (subject?.resultStatus === 'U' && body.paymentId !== undefined) {
      if (payment.word !== undefined && payment.wordAt < arrivedAt) {
        this.blame(`${nameOf(payment)} is unknown again after ${wordText(payment.word)}`);
      }
    }
  }

  /** A wallet says S or F about its part, in an answer or in a notice. */
  walletSays(legId: string, status: 'S' | 'F'): void {
    const leg = this.legs.get(legId);
    if (leg !== undefined) leg.said = status;
  }

  /** A wallet takes a customer's money. */
  charged(walletId: string, legId: string, customerId: string, amount: WireAmount): void {
    this.agreements.charged(walletId, legId);
    const leg = this.legs.get(legId);
    if (leg === undefined || leg.walletId !== walletId) {
      this.blame(`${walletId} charged ${customerId} for ${legId}, which nobody asked it for`);
      return;
    }
    leg.charges++;
    if (leg.charges > 1) this.blame(`${customerId} of ${walletId} was charged twice: ${legId}`);
    if (customerId !== leg.customerId) {
      this.blame(`${walletId} charged ${customerId} instead of ${leg.customerId}: ${legId}`);
    }
    if (amountText(amount) !== amountText(leg.payTo)) {
      const asked = amountText(leg.payTo);
      this.blame(`${customerId} was charged ${amountText(amount)}, not ${asked}: ${legId}`);
    }
  }

  /** A wallet gives a customer's money back. */
  refunded(legId: string): void {
    const leg = this.legs.get(legId);
    if (leg !== undefined) leg.refunds++;
  }

  /** A wallet gives a part of a customer's money back, for one refund of the hub. */
  gaveBack(legId: string, refundRequestId: string, amount: WireAmount): void {
    const leg = this.legs.get(legId);
    if (leg === undefined) return;
    if (leg.backGiven.has(refundRequestId)) {
      this.blame(`${leg.customerId} of ${leg.walletId} was given ${refundRequestId} back twice`);
    }
    const before = leg.backGiven.get(refundRequestId) ?? 0n;
    leg.backGiven.set(refundRequestId, before + BigInt(amount.value));
    if (backOf(leg) > BigInt(leg.payTo.value)) {
      this.blame(`${leg.customerId} was given back more than paid: ${legId}`);
    }
  }

  /** An acquirer is about to cancel: from now on either end may be said, until one is certain. */
  wantsCancel(acquirerId: string, paymentRequestId: string): void {
    this.#payment(acquirerId, paymentRequestId).cancelAsked = true;
  }

  /** An acquirer signs that it has received the notice about a payment. */
  acknowledged(acquirerId: string, paymentRequestId: string): void {
    this.#payment(acquirerId, paymentRequestId).noticed = true;
  }

  #payment(acquirerId: string, paymentRequestId: string): HeardPayment {
    const key = `${acquirerId}/${paymentRequestId}`;
    let payment = this.payments.get(key);
    if (payment === undefined) {
      payment = newPayment(acquirerId, paymentRequestId);
      this.payments.set(key, payment);
    }
    return payment;
  }

  /** A wallet was asked to pay, or was shown an order: from now on it may charge. */
  #asked(walletId: string, body: Body, customerId: string | undefined): void {
    const { paymentRequestId: legId, payToAmount, order, acquirerId } = body;
    if (legId === undefined || payToAmount === undefined || order === undefined) {
      this.blame(`${walletId} was asked for something incomplete`);
      return;
    }
    const known = this.legs.get(legId);
    if (known !== undefined) {
      const same =
        known.walletId === walletId &&
        known.customerId === customerId &&
        amountText(known.payTo) === amountText(payToAmount);
      if (!same) this.blame(`${legId} was asked for again with other terms`);
      return;
    }
    this.merchants.asked(walletId, body);
    const payment = this.#payment(acquirerId ?? '', order.referenceOrderId);
    payment.amount ??= body.paymentAmount;
    const leg: HeardLeg = {
      legId,
      walletId,
      customerId: customerId ?? '',
      payTo: payToAmount,
      expiresAt: parseIsoTime(body.paymentExpiryTime ?? '') ?? 0,
      payment,
      charges: 0,
      refunds: 0,
      backAsked: new Map(),
      backGiven: new Map(),
      said: undefined,
      cancelled: false,
    };
    this.legs.set(legId, leg);
    payment.legs.push(leg);
    if (payment.legs.some((each) => each !== leg && each.walletId === walletId)) {
      this.blame(`${walletId} was asked twice for ${nameOf(payment)}`);
    }
    this.positions.check(walletId, leg);
  }

  #cancels(walletId: string, body: Body): void {
    const leg = this.legs.get(body.paymentRequestId ?? '');
    // An answer with this leg may not have left the hub: then the wallet has nothing to cancel.
    if (leg === undefined) return;
    leg.cancelled = true;
    if (leg.payment.cancelAsked) return;
    if (leg.payment.word?.status === 'S' && leg.payment.word.pspId === walletId) {
      this.blame(`${walletId} is told to cancel ${leg.legId}, which paid ${nameOf(leg.payment)}`);
    }
  }

  /** The hub asks a wallet to give some of a payment back (protocol.md §2.8). */
  #asksBack(walletId: string, body: Body): void {
    const leg = this.legs.get(body.paymentRequestId ?? '');
    const { refundRequestId = '', refundFromAmount } = body;
    if (leg === undefined || leg.walletId !== walletId || leg.charges === 0) {
      this.blame(`${walletId} is asked to refund ${body.paymentRequestId}, which it was not paid`);
      return;
    }
    const minor = BigInt(refundFromAmount?.value ?? '0');
    const known = leg.backAsked.get(refundRequestId) ?? minor;
    if (known !== minor) this.blame(`${refundRequestId} is asked for again with other terms`);
    leg.backAsked.set(refundRequestId, minor);
  }

  /** The hub's answer to a cancel or a refund: what is final must never be said differently. */
  #answersBack(acquirerId: string, api: string, asked: Body, body: Body): void {
    const status = body.result?.resultStatus;
    const code = body.result?.resultCode ?? '';
    if ((status !== 'S' && status !== 'F') || aboutTheMessage.has(code)) return;
    const payment = this.#payment(acquirerId, asked.paymentRequestId ?? '');
    if (api === 'cancelPayment') {
      if (status === 'S') payment.cancelledAt ??= this.#now();
      else if (payment.cancelledAt !== undefined) {
        this.blame(`${nameOf(payment)} was cancelled, and now cannot be: ${code}`);
      }
      return;
    }
    const id = asked.refundRequestId ?? '';
    const amount = asked.refundAmount ?? { currency: '', value: '0' };
    const refund = payment.refunds.get(id) ?? {
      refundRequestId: id,
      amount,
      status: undefined,
      settlement: undefined,
      refundId: '',
      at: 0,
    };
    payment.refunds.set(id, refund);
    if (refund.status !== undefined && refund.status !== status) {
      this.blame(`${nameOf(payment)}: refund ${id} was ${refund.status}, now ${status} ${code}`);
    }
    if (refund.status === undefined && status === 'S') {
      refund.settlement = body.settlementAmount;
      refund.refundId = body.refundId ?? '';
      refund.at = parseIsoTime(body.refundTime ?? '') ?? 0;
    }
    refund.status ??= status;
    const given = refundsDone(payment).reduce((sum, each) => sum + BigInt(each.amount.value), 0n);
    if (given > BigInt(payment.amount?.value ?? '0')) {
      this.blame(`${nameOf(payment)} was refunded ${given}, more than was paid`);
    }
    if (status === 'S' && payment.cancelledAt !== undefined) {
      this.blame(`${nameOf(payment)} was cancelled and refunded`);
    }
  }

  #told(payment: HeardPayment, word: FinalWord, where: string, askedAt = 0): void {
    if (payment.cancelledAt !== undefined && word.status === 'S' && askedAt > payment.cancelledAt) {
      this.blame(`${nameOf(payment)}: ${where} says S, after it was cancelled`);
    }
    if (payment.word !== undefined) {
      if (payment.cancelAsked && !sameWord(payment.word, word)) {
        // A late word from before the cancel; the cancel is what counts.
        if (word.status === 'F') payment.word = word;
        return;
      }
      if (!sameWord(payment.word, word)) {
        const before = wordText(payment.word);
        this.blame(`${nameOf(payment)}: ${where} says ${wordText(word)}, before it was ${before}`);
      }
      return;
    }
    payment.word = word;
    payment.wordAt = this.#now();
    if (word.status === 'F') return;
    const paid = payment.legs.find((leg) => leg.walletId === word.pspId);
    if (!payment.cancelAsked && (paid === undefined || paid.charges - paid.refunds !== 1)) {
      this.blame(`${nameOf(payment)}: ${where} says S, but ${word.pspId} has not charged`);
    }
    this.positions.check(word.pspId ?? '', paid);
  }
}

export function nameOf(payment: HeardPayment): string {
  return `${payment.acquirerId}/${payment.paymentRequestId}`;
}

function wordFrom(subject: Body['result'], body: Body): FinalWord | undefined {
  if (subject?.resultStatus !== 'S' && subject?.resultStatus !== 'F') return undefined;
  return {
    status: subject.resultStatus,
    code: subject.resultCode,
    paymentId: body.paymentId,
    pspId: body.pspId,
    customerId: body.customerId,
    settlement: amountText(body.settlementAmount),
    paidAt: parseIsoTime(body.paymentTime ?? '') ?? undefined,
  };
}
