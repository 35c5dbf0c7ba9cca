// The acquirers give back: they cancel and refund at the hub, and ask again until they know.

import type { Clock, Random } from '../base/world.ts';
import { decimalText, type Money, money, toWire } from '../money/money.ts';
import { acquirerCancelPaymentResponse, acquirerRefundResponse } from '../wire/acquirer.ts';
import type { TillPayment } from './acquirer.ts';
import {
  changeRefund,
  hearCancel,
  hearRefund,
  notAskedYet,
  refundableOf,
  type TillRefund,
  type Verdict,
} from './acquirer-refund.ts';
import type { AcquirerStore } from './acquirer-store.ts';
import { type HubLink, type HubReply, hubTimeoutMs } from './hub-link.ts';
import { type ApiOutcome, done, refused } from './outcome.ts';

export interface TillRefundOptions {
  readonly store: AcquirerStore;
  readonly link: HubLink;
  readonly clock: Clock;
  readonly random: Random;
  readonly keep: (payment: TillPayment) => TillPayment;
  readonly onFailure: (error: unknown) => void;
}

const leaseMs = hubTimeoutMs + 3_000;

function verdictOf(
  reply: HubReply<{ result: NonNullable<Verdict['result']>; refundId?: string | undefined }>,
): Verdict {
  if (reply.kind === 'silent') return { result: null, problem: reply.problem };
  return { result: reply.answer.result, refundId: reply.answer.refundId, problem: null };
}

export function createTillRefunds(options: TillRefundOptions) {
  const { store, link, clock, random, keep } = options;

  /** The books as they are now: a notice may have come in between. */
  function current(payment: TillPayment): TillPayment {
    return store.payment(payment.acquirerId, payment.paymentRequestId) ?? payment;
  }

  async function callCancel(payment: TillPayment): Promise<TillPayment> {
    const { acquirerId, paymentRequestId } = payment;
    const schema = acquirerCancelPaymentResponse;
    const reply = await link.call(acquirerId, 'cancelPayment', { paymentRequestId }, schema);
    const verdict = verdictOf(reply as HubReply<{ result: NonNullable<Verdict['result']> }>);
    return keep(hearCancel(current(payment), verdict, clock.now()));
  }

  async function callRefund(payment: TillPayment, refund: TillRefund): Promise<TillPayment> {
    const { acquirerId, paymentRequestId } = payment;
    const { refundRequestId } = refund;
    const request = { paymentRequestId, refundRequestId, refundAmount: toWire(refund.amount) };
    const reply = await link.call(acquirerId, 'refund', request, acquirerRefundResponse);
    const verdict = verdictOf(reply);
    return keep(hearRefund(current(payment), refundRequestId, verdict, clock.now()));
  }

  return {
    /** Cancels at the hub; a cancel that was refused may be tried again. */
    async cancel(payment: TillPayment): Promise<TillPayment> {
      const { cancel } = payment;
      if (cancel?.status === 'SUCCESS') return payment;
      const now = clock.now();
      const wasPaid = payment.status === 'SUCCESS';
      const at = now + leaseMs;
      const asked = keep({
        ...payment,
        cancel: { ...notAskedYet, wasPaid, at: now, nextAskAt: at },
      });
      return callCancel(asked);
    },

    /**
     * Refunds an amount, or all that is left; the same id is the same refund. `created` is false
     * when the id is known.
     */
    async refund(
      payment: TillPayment,
      amount: Money | undefined,
      id: string | undefined,
    ): Promise<ApiOutcome<{ readonly created: boolean; readonly payment: TillPayment }>> {
      const known = (payment.refunds ?? []).find((each) => each.refundRequestId === id);
      if (known !== undefined) {
        if (amount !== undefined && amount.minor !== known.amount.minor) {
          const message = 'This Idempotency-Key was used before for another refund.';
          return refused(409, 'REPEAT_REQ_INCONSISTENT', message, 'Idempotency-Key');
        }
        const again = known.status === 'UNKNOWN' ? await callRefund(payment, known) : payment;
        return done({ created: false, payment: again });
      }
      const left = refundableOf(payment);
      const wanted = amount ?? left;
      if (wanted.currency !== left.currency) {
        const message = `This payment is in ${left.currency}.`;
        return refused(400, 'BAD_REQUEST', message, 'amount.currency');
      }
      if (payment.status === 'SUCCESS' && wanted.minor > left.minor) {
        const message = `At most ${decimalText(left)} ${left.currency} are left to refund.`;
        return refused(422, 'REFUND_AMOUNT_EXCEED', message, 'amount.value');
      }
      if (wanted.minor <= 0n) {
        return refused(422, 'REFUND_AMOUNT_EXCEED', 'Nothing is left to refund.', 'amount.value');
      }
      const now = clock.now();
      const refund: TillRefund = {
        ...notAskedYet,
        refundRequestId: id ?? `${payment.paymentRequestId.slice(0, 40)}-R${random.digits(12)}`,
        refundId: null,
        amount: money(wanted.currency, wanted.minor),
        createdAt: now,
        finishedAt: null,
        nextAskAt: now + leaseMs,
      };
      const asked = keep({ ...payment, refunds: [...(payment.refunds ?? []), refund] });
      return done({ created: true, payment: await callRefund(asked, refund) });
    },

    /** Asks again about what has no end yet and whose time has come. */
    runDue(payment: TillPayment, now: number): TillPayment {
      let leased = payment;
      const isDue = (at: number | null) => at !== null && at <= now;
      const { cancel } = payment;
      if (cancel !== undefined && isDue(cancel.nextAskAt)) {
        leased = { ...leased, cancel: { ...cancel, nextAskAt: now + leaseMs } };
        callCancel(leased).catch(options.onFailure);
      }
      for (const refund of payment.refunds ?? []) {
        if (!isDue(refund.nextAskAt)) continue;
        const { refundRequestId } = refund;
        leased = changeRefund(leased, refundRequestId, (each) => ({
          ...each,
          nextAskAt: now + leaseMs,
        }));
        callRefund(leased, refund).catch(options.onFailure);
      }
      return leased;
    },
  };
}
