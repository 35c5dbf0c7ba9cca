// The acquirers at work: they start payments for their tills, ask how they ended, and hear the
// hub's notices.

import type { Clock, Random } from '../base/world.ts';
import type { Money } from '../money/money.ts';
import {
  type AcquirerNotifyPaymentRequest,
  acquirerInquiryPaymentResponse,
  acquirerPayResponse,
  consultPaymentResponse,
  type PaymentOption,
} from '../wire/acquirer.ts';
import { isTrue } from '../wire/objects.ts';
import { type Result, result } from '../wire/results.ts';
import {
  type HubWord,
  hear,
  inquiryDelaysMs,
  isFinal,
  isUnasked,
  type LearnedBy,
  type TillPayment,
} from './acquirer.ts';
import {
  consultRequest,
  payRequest,
  silence,
  type TillOrder,
  type TillPlace,
  tillProducts,
  wordOfInquiry,
  wordOfNotice,
  wordOfPay,
} from './acquirer-messages.ts';
import type { AcquirerStore } from './acquirer-store.ts';
import { type EventDesk, tillChannel } from './events.ts';
import { type HubLink, hubTimeoutMs } from './hub-link.ts';
import { type ApiOutcome, done, refused } from './outcome.ts';
import { createOwnCodeDesk } from './own-code-commands.ts';
import type { SandboxAcquirer } from './partners.ts';
import { createTillRefunds } from './till-refund-commands.ts';
import { tillPaymentView } from './views.ts';
import { moneyOf } from './wallet-messages.ts';

export interface TillDeskOptions {
  readonly store: AcquirerStore;
  readonly link: HubLink;
  readonly clock: Clock;
  readonly random: Random;
  readonly events: EventDesk;
  readonly nudge: () => void;
  readonly onFailure: (error: unknown) => void;
  readonly inquiryDelaysMs?: readonly number[];
}

/** While a call is under way nobody else asks; after a crash the question is asked then. */
const leaseMs = hubTimeoutMs + 3_000;

export type TillDesk = ReturnType<typeof createTillDesk>;

export function createTillDesk(options: TillDeskOptions) {
  const { store, link, clock, random } = options;
  const delaysMs = options.inquiryDelaysMs ?? inquiryDelaysMs;

  function keep(payment: TillPayment): TillPayment {
    store.keep(payment);
    options.events.publish(
      tillChannel(payment.acquirerId, payment.tillId),
      'payment',
      tillPaymentView(payment),
    );
    options.nudge();
    return payment;
  }

  /** Takes a word of the hub to the books as they are now: a notice may have come in between. */
  function take(asked: TillPayment, word: HubWord, from: LearnedBy): TillPayment {
    const current = store.payment(asked.acquirerId, asked.paymentRequestId) ?? asked;
    const heard = hear(current, word, from, clock.now(), delaysMs);
    return heard === current ? current : keep(heard);
  }

  async function callPay(
    place: TillPlace,
    payment: TillPayment,
    order: TillOrder,
  ): Promise<TillPayment> {
    const request = payRequest(place, payment, order);
    const reply = await link.call(place.acquirer.id, 'pay', request, acquirerPayResponse);
    const word = reply.kind === 'answered' ? wordOfPay(reply.answer) : silence(reply.problem);
    return take(payment, word, 'answer');
  }

  async function callInquiry(payment: TillPayment): Promise<TillPayment> {
    const { acquirerId, paymentRequestId } = payment;
    const schema = acquirerInquiryPaymentResponse;
    const reply = await link.call(acquirerId, 'inquiryPayment', { paymentRequestId }, schema);
    const word = reply.kind === 'answered' ? wordOfInquiry(reply.answer) : silence(reply.problem);
    return take(payment, word, 'inquiry');
  }

  const giveBack = createTillRefunds({
    store,
    link,
    clock,
    random,
    keep,
    onFailure: options.onFailure,
  });

  const ownCodes = createOwnCodeDesk({
    store,
    link,
    clock,
    random,
    keep,
    firstInquiryMs: delaysMs[0] ?? 0,
    leaseMs,
    onFailure: options.onFailure,
  });

  return {
    ownCodes,
    refund: giveBack.refund,

    /** Cancels at the hub; a code that nobody has asked about is withdrawn here. */
    async cancel(payment: TillPayment): Promise<TillPayment> {
      return isUnasked(payment) ? ownCodes.withdraw(payment) : giveBack.cancel(payment);
    },

    /**
     * Starts a payment and waits for the hub's answer. `created` is false when the id is known:
     * then the payment as it stands, or, if the hub was never heard, the same request once more.
     */
    async start(
      place: TillPlace,
      order: TillOrder,
    ): Promise<ApiOutcome<{ readonly created: boolean; readonly payment: TillPayment }>> {
      const asked = newPayment(place, order, clock.now(), random);
      const known = store.payment(asked.acquirerId, asked.paymentRequestId);
      if (known === null) {
        keep(asked);
        return done({ created: true, payment: await callPay(place, asked, order) });
      }
      if (!sameOrder(known, asked)) {
        const message = 'This Idempotency-Key was used before for another payment.';
        return refused(409, 'REPEAT_REQ_INCONSISTENT', message, 'Idempotency-Key');
      }
      const unheard = known.paymentId === null && known.status === 'UNKNOWN';
      const payment = unheard ? await callPay(place, known, order) : known;
      return done({ created: false, payment });
    },

    /** The wallets that a page may offer for this amount, as the hub orders them. */
    async wallets(place: TillPlace, amount: Money): Promise<ApiOutcome<readonly OfferedWallet[]>> {
      const request = consultRequest(place, amount);
      const { id } = place.acquirer;
      const reply = await link.call(id, 'consultPayment', request, consultPaymentResponse);
      if (reply.kind === 'silent') {
        return refused(504, 'HUB_SILENT', `The hub gave no usable answer: ${reply.problem}.`);
      }
      const { result: verdict, paymentOptions } = reply.answer;
      if (verdict.resultStatus !== 'S' || paymentOptions === undefined) {
        return refused(
          502,
          verdict.resultCode,
          verdict.resultMessage ?? 'The hub gave no wallets.',
        );
      }
      return done(paymentOptions.map(offeredWallet));
    },

    /** Asks the hub now; a payment that has ended is not asked about. */
    async inquire(payment: TillPayment): Promise<TillPayment> {
      const isKnown = isFinal(payment.status) || isUnasked(payment);
      return isKnown ? payment : callInquiry(payment);
    },

    /** Asks about every payment whose time has come; returns before the answers have arrived. */
    runDue(now: number): void {
      for (const due of store.dueInquiries(now)) {
        const payment = ownCodes.runDue(giveBack.runDue(due, now), now);
        const asks = payment.nextInquiryAt !== null && payment.nextInquiryAt <= now;
        store.keep(asks ? { ...payment, nextInquiryAt: now + leaseMs } : payment);
        if (asks) callInquiry(payment).catch(options.onFailure);
      }
    },

    /**
     * A notice of the hub: it must be about a payment of ours, with our amount (protocol.md
     * §1.9).
     */
    notified(acquirer: SandboxAcquirer, notice: AcquirerNotifyPaymentRequest): Result {
      const payment = store.payment(acquirer.id, notice.paymentRequestId);
      if (payment === null) return result('ORDER_NOT_EXIST');
      if (!hasAmountOf(payment, notice)) {
        return result('PARAM_ILLEGAL', 'paymentAmount is not the amount of this payment.');
      }
      take(payment, wordOfNotice(notice), 'notify');
      return result('SUCCESS');
    },
  };
}

/** A wallet that a page shows; one that cannot pay says why. */
export interface OfferedWallet {
  readonly walletId: string;
  readonly name: string;
  readonly enabled: boolean;
  readonly reason?: string;
}

function offeredWallet(option: PaymentOption): OfferedWallet {
  const { paymentMethodType: walletId, enabled, disableReason } = option;
  const [wallet] = option.paymentOptionDetail?.connectWallet.supportWallets ?? [];
  return {
    walletId,
    name: wallet?.walletBrandName ?? walletId,
    enabled: isTrue(enabled),
    ...(disableReason === undefined ? {} : { reason: disableReason }),
  };
}

/** A payment as it is written down before the hub is called. */
function newPayment(place: TillPlace, order: TillOrder, now: number, random: Random): TillPayment {
  const byCode = order.code === undefined ? 'order_code' : 'payment_code';
  const product = order.page?.product ?? (order.accessToken === undefined ? byCode : 'auto_debit');
  return {
    acquirerId: place.acquirer.id,
    tillId: place.tillId,
    paymentRequestId: order.paymentRequestId ?? `${place.shop.id}-${random.digits(20)}`,
    paymentId: null,
    product,
    status: 'PROCESSING',
    resultCode: null,
    resultMessage: null,
    amount: order.amount,
    settlementAmount: null,
    walletBrandName: null,
    orderCodeText: null,
    payUrl: null,
    createdAt: now,
    finishedAt: null,
    expiresAt: now + tillProducts[product].lifeMs,
    learnedBy: null,
    inquiries: 0,
    nextInquiryAt: now + leaseMs,
  };
}

/** A success must name our amount; a failure may leave it out, for nothing is paid. */
function hasAmountOf(payment: TillPayment, notice: AcquirerNotifyPaymentRequest): boolean {
  const { paymentAmount, paymentResult } = notice;
  if (paymentAmount === undefined) return paymentResult.resultStatus !== 'S';
  const { currency, minor } = moneyOf(paymentAmount);
  return currency === payment.amount.currency && minor === payment.amount.minor;
}

/** The key-fields of a repeated order: till, product and amount. */
function sameOrder(known: TillPayment, asked: TillPayment): boolean {
  return (
    known.tillId === asked.tillId &&
    known.product === asked.product &&
    known.amount.currency === asked.amount.currency &&
    known.amount.minor === asked.amount.minor
  );
}
