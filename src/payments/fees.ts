// The fee terms of a payment: its rules by the payment's own time, else what was agreed.

import { assert, present } from '../base/assert.ts';
import { type FeeCase, noFeeSets } from '../fees/feeRules.ts';
import { agreedTerm, type FeeTerms, termOf } from '../fees/reckon.ts';
import type { Participant } from '../network/participant.ts';
import type { Leg, Payment } from './payment.ts';
import type { Rules } from './rules.ts';

/** What each side has agreed to pay where no rule says otherwise (0008). */
export function agreedTerms(
  wallet: Pick<Participant, 'serviceFeeBasisPoints'>,
  acquirer: Pick<Participant, 'serviceFeeBasisPoints' | 'interchangeBasisPoints'>,
): FeeTerms {
  return {
    interchange: agreedTerm(acquirer.interchangeBasisPoints),
    acquirer_service_fee: agreedTerm(acquirer.serviceFeeBasisPoints),
    wallet_service_fee: agreedTerm(wallet.serviceFeeBasisPoints),
  };
}

/** The terms of a case at a time. Throws where a participant is not in the directory. */
export function feeTermsAt(
  rules: Pick<Rules, 'directory' | 'feeBook'>,
  about: FeeCase,
  at: number,
): FeeTerms {
  const { directory, feeBook = noFeeSets } = rules;
  const wallet = present(directory.byId(about.walletId), `wallet ${about.walletId}`);
  const acquirer = present(directory.byId(about.acquirerId), `acquirer ${about.acquirerId}`);
  const agreed = agreedTerms(wallet, acquirer);
  if (feeBook.setAt(at) === undefined) return agreed;
  const chosen = feeBook.rulesOf(about, at);
  const term = (fee: keyof FeeTerms) =>
    chosen[fee] === undefined ? agreed[fee] : termOf(chosen[fee]);
  return {
    interchange: term('interchange'),
    acquirer_service_fee: term('acquirer_service_fee'),
    wallet_service_fee: term('wallet_service_fee'),
  };
}

type Priced = Pick<Payment, 'acquirerId' | 'product' | 'amount' | 'settlement' | 'createdAt'>;

/** What decides the rules of a payment with one wallet. */
export function feeCaseOf(payment: Priced, leg: Pick<Leg, 'walletId' | 'payTo'>): FeeCase {
  const { product } = payment;
  assert(product !== 'never_placed', 'nothing is taken from a payment that was never placed');
  return {
    walletId: leg.walletId,
    acquirerId: payment.acquirerId,
    product,
    orderCurrency: payment.amount.currency,
    walletCurrency: leg.payTo.currency,
    settlementCurrency: payment.settlement.currency,
  };
}

/**
 * The terms of a payment with one wallet: those in force when the payment was made, whenever they
 * are asked for, so that the hold before and the postings after agree (0033).
 */
export function feeTermsOf(
  rules: Pick<Rules, 'directory' | 'feeBook'>,
  payment: Priced,
  leg: Pick<Leg, 'walletId' | 'payTo'>,
): FeeTerms {
  return feeTermsAt(rules, feeCaseOf(payment, leg), payment.createdAt);
}
