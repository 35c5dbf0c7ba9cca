// The acquirers' own codes at work: a till shows one, the network asks what is behind it, and for a
// national code has the shop credited.

import type { Clock, Random } from '../base/world.ts';
import type { Money } from '../money/money.ts';
import {
  type AcquirerUserInitiatedPayRequest,
  type AcquirerUserInitiatedPayResponse,
  notifyPushPaymentResponse,
  type PushPaymentRequest,
} from '../wire/push.ts';
import { type Result, result } from '../wire/results.ts';
import { endUnasked, isFinal, isUnasked, type TillPayment } from './acquirer.ts';
import { orderBehind, type TillPlace, tillProducts } from './acquirer-messages.ts';
import { creditDue, decidePush, pushResultOf, pushTold } from './acquirer-push.ts';
import type { AcquirerStore } from './acquirer-store.ts';
import type { HubLink } from './hub-link.ts';
import { type ApiOutcome, done, refused } from './outcome.ts';
import { ownCodeText, ownProduct, readPrintedCode } from './own-codes.ts';
import type { SandboxAcquirer } from './partners.ts';

export interface OwnCodeOptions {
  readonly store: AcquirerStore;
  readonly link: HubLink;
  readonly clock: Clock;
  readonly random: Random;
  readonly keep: (payment: TillPayment) => TillPayment;
  /** How long after the network has asked about a code it is first asked how the payment stands. */
  readonly firstInquiryMs: number;
  readonly leaseMs: number;
  readonly onFailure: (error: unknown) => void;
}

/** Which push is asked about (protocol.md §1.5). */
type PushName = Pick<PushPaymentRequest, 'acquirerId' | 'paymentId' | 'paymentRequestId'>;

export function createOwnCodeDesk(options: OwnCodeOptions) {
  const { store, link, clock, random, keep } = options;

  /** A payment with a code that the network does not know of before a wallet has scanned it. */
  function written(
    place: TillPlace,
    amount: Money,
    code: string,
    paymentRequestId: string,
    isShown = true,
  ): TillPayment {
    const now = clock.now();
    const product = ownProduct(place.acquirer);
    const expiresAt = now + tillProducts[product].lifeMs;
    const payment: TillPayment = {
      acquirerId: place.acquirer.id,
      tillId: place.tillId,
      paymentRequestId,
      paymentId: null,
      product,
      status: 'PROCESSING',
      resultCode: null,
      resultMessage: null,
      amount,
      settlementAmount: null,
      walletBrandName: null,
      // What a wallet made of a printed code is that visitor's alone.
      orderCodeText: isShown ? code : null,
      createdAt: now,
      finishedAt: null,
      expiresAt,
      learnedBy: null,
      inquiries: 0,
      // There is nobody to be asked before somebody has scanned; then it is over.
      nextInquiryAt: expiresAt,
      askedAt: null,
    };
    store.transaction(() => {
      store.keepCode(payment, code);
      store.keep(payment);
    });
    return keep(payment);
  }

  /** The payment behind a text: one that we made, or the first sight of a printed code. */
  function behind(acquirer: SandboxAcquirer, code: string): TillPayment | undefined {
    const known = store.paymentOfCode(acquirer.id, code);
    if (known !== null) return known;
    const printed = readPrintedCode(acquirer, code);
    if (printed === undefined) return undefined;
    const { place, amount } = printed;
    return written(place, amount, code, `${place.shop.id}-${random.digits(20)}`, false);
  }

  return {
    /** Makes a code of the acquirer's own for the till to show; the same id is the same code. */
    show(
      place: TillPlace,
      amount: Money,
      key: string | undefined,
    ): ApiOutcome<{ readonly created: boolean; readonly payment: TillPayment }> {
      const serial = random.digits(20);
      const paymentRequestId = key ?? `${place.shop.id}-${serial}`;
      const known = store.payment(place.acquirer.id, paymentRequestId);
      if (known === null) {
        const code = ownCodeText(place, amount, serial);
        return done({ created: true, payment: written(place, amount, code, paymentRequestId) });
      }
      const { currency, minor } = known.amount;
      const isSame =
        known.tillId === place.tillId &&
        known.product === ownProduct(place.acquirer) &&
        currency === amount.currency &&
        minor === amount.minor;
      if (isSame) return done({ created: false, payment: known });
      const message = 'This Idempotency-Key was used before for another payment.';
      return refused(409, 'REPEAT_REQ_INCONSISTENT', message, 'Idempotency-Key');
    },

    /** The network asks what is behind a code of ours (protocol.md §2.4). */
    asked(
      acquirer: SandboxAcquirer,
      request: AcquirerUserInitiatedPayRequest,
    ): AcquirerUserInitiatedPayResponse {
      if (request.acquirerId !== acquirer.id) return { result: result('ACCESS_DENIED') };
      const payment = behind(acquirer, request.codeValue);
      if (payment === undefined) return { result: result('INVALID_CODE') };
      const now = clock.now();
      if (isFinal(payment.status)) return { result: result('ORDER_IS_CLOSED') };
      if (payment.expiresAt <= now) return { result: result('EXPIRED_CODE') };
      const place = placeOf(acquirer, payment.tillId);
      if (place === undefined) return { result: result('INVALID_CODE') };
      if (isUnasked(payment)) {
        keep({ ...payment, askedAt: now, nextInquiryAt: now + options.firstInquiryMs });
      }
      return { result: result('SUCCESS'), ...orderBehind(place, payment) };
    },

    /** pushPayment: the wallet has paid, the shop is to be credited. */
    pushed(acquirer: SandboxAcquirer, request: PushPaymentRequest): Result {
      const payment = store.payment(acquirer.id, request.paymentRequestId);
      if (payment?.product !== 'push') return result('ORDER_NOT_EXIST');
      const behaviour = store.behaviour(acquirer.id);
      const decision = decidePush(payment, request, behaviour, clock.now());
      if (decision.payment !== null) keep(decision.payment);
      return result(decision.code);
    },

    /** inquiryPushPayment: always the truth. */
    pushInquired(acquirer: SandboxAcquirer, name: PushName): object {
      const push = store.payment(acquirer.id, name.paymentRequestId)?.push;
      if (push?.paymentId !== name.paymentId) return { result: result('ORDER_NOT_EXIST') };
      return { result: result('SUCCESS'), paymentResult: result(pushResultOf(push)) };
    },

    /** Withdraws a code that nobody has asked about; the network need not be told. */
    withdraw(payment: TillPayment): TillPayment {
      const now = clock.now();
      return keep({
        ...endUnasked(payment, now),
        cancel: {
          status: 'SUCCESS',
          resultCode: 'SUCCESS',
          resultMessage: null,
          asks: 0,
          nextAskAt: null,
          wasPaid: false,
          at: now,
        },
      });
    },

    /** Ends a code that nobody asked about, and credits what is due; the payment after that. */
    runDue(due: TillPayment, now: number): TillPayment {
      if (isUnasked(due)) return due.expiresAt > now ? due : keep(endUnasked(due, now));
      if (due.push?.dueAt == null || due.push.dueAt > now) return due;
      const credited = keep(creditDue(due, options.leaseMs, now));
      announce(credited).catch(options.onFailure);
      return credited;
    },
  };

  /** notifyPushPayment, until the network has said a final word about it. */
  async function announce(payment: TillPayment): Promise<void> {
    const { acquirerId, paymentRequestId, push } = payment;
    if (push === undefined) return;
    const reply = await link.call(
      acquirerId,
      'notifyPushPayment',
      { paymentId: push.paymentId, paymentRequestId, paymentResult: result('SUCCESS') },
      notifyPushPaymentResponse,
    );
    const said = reply.kind === 'answered' ? reply.answer.result : null;
    const code = said === null || said.resultStatus === 'U' ? null : said.resultCode;
    const current = store.payment(acquirerId, paymentRequestId) ?? payment;
    keep(pushTold(current, code, clock.now()));
  }
}

function placeOf(acquirer: SandboxAcquirer, tillId: string): TillPlace | undefined {
  const shop = acquirer.shops.find(({ tills }) => tills.some(({ id }) => id === tillId));
  return shop === undefined ? undefined : { acquirer, shop, tillId };
}
