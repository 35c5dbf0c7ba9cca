// The success of a payment: its postings, the end of its hold, and the notice that is due.

import type { Moment } from '../engine/command.ts';
import type { Journal } from '../ledger/posting.ts';
import { paymentPostings } from './amounts.ts';
import { clearedOf } from './cleared.ts';
import type { PaymentChanges } from './facts.ts';
import { feeTermsOf } from './fees.ts';
import { endPayment, release } from './legs.ts';
import { type Leg, type Payment, withLeg } from './payment.ts';
import type { Rules } from './rules.ts';

/** Ends a payment as paid by this leg; `walletPaymentId` is the wallet's own id of it. */
export function settled(
  rules: Rules,
  payment: Payment,
  leg: Leg,
  walletPaymentId: string | null,
  done: readonly number[],
  moment: Moment,
): PaymentChanges & { readonly payment: Payment } {
  const paid: Leg = {
    ...leg,
    state: 'SUCCESS',
    resultCode: 'SUCCESS',
    walletPaymentId,
    held: 0n,
    finishedAt: moment.now,
  };
  const named = withLeg({ ...payment, paidLeg: leg.leg }, paid);
  const { payment: ended, holds, begin } = endPayment(rules, moment, named, 'SUCCESS', 'SUCCESS');
  const journal: Journal = {
    journalNumber: payment.paymentNumber,
    postedAt: moment.now,
    postings: paymentPostings(payment, leg, feeTermsOf(rules, payment, leg), rules.directory.chart),
  };
  return {
    payment: ended,
    holds: [...release(rules, leg), ...holds],
    journal,
    cleared: clearedOf(rules, journal, 'payment'),
    added: begin,
    begin,
    removed: done,
  };
}
