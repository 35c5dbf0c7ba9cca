// What fees come to for one payment: pure, from its amounts and the terms of each fee.

import type { Money } from '../money/money.ts';
import { minorRounded } from '../money/rounding.ts';
import type { ChosenRule, FeeKind } from './feeRules.ts';

/** How one fee is computed. */
export interface FeeTerm {
  readonly basisPoints: number;
  /** In minor units of the fee's currency. */
  readonly minimum: bigint;
  readonly maximum: bigint | null;
  /** The rule that it is from; null where it is the agreement's own. */
  readonly chosen: ChosenRule | null;
}

export type FeeTerms = Readonly<Record<FeeKind, FeeTerm>>;

/** What fees are taken from. */
export interface FeeBase {
  /** What the acquirer is settled, and what the wallet owes. */
  readonly settlement: Money;
  readonly payTo: Money;
  /** The wallet's side at the middle rate, without spread and rounding. */
  readonly principal: bigint;
}

/** In minor units: the first two in the acquirer's currency, the others in the wallet's. */
export interface FeeAmounts {
  readonly interchange: bigint;
  readonly acquirerServiceFee: bigint;
  readonly interchangeToWallet: bigint;
  readonly walletServiceFee: bigint;
}

/** What made a fee what it is: its rate, a bound of its rule, or that there is no more to take. */
export type FeeBound = 'rate' | 'minimum' | 'maximum' | 'all';

/** The term that a rule says. */
export function termOf(chosen: ChosenRule): FeeTerm {
  const { basisPoints, minimum, maximum } = chosen.rule;
  return { basisPoints, minimum, maximum, chosen };
}

/** The term of an agreement: a rate without bounds. */
export function agreedTerm(basisPoints: number): FeeTerm {
  return { basisPoints, minimum: 0n, maximum: null, chosen: null };
}

/**
 * A fee in the amount's own currency: its rate half-even (a GAP: our rule), to whole rupiah as
 * amounts are; then not less than the minimum, not more than the maximum, and never more than
 * `most`, which is what there is to take.
 */
export function feeOf(from: Money, term: FeeTerm, most: bigint = from.minor): bigint {
  return boundedFee(from, term, most).fee;
}

/** The same, with what made it so. */
export function boundedFee(
  from: Money,
  term: FeeTerm,
  most: bigint,
): { readonly fee: bigint; readonly by: FeeBound } {
  const { basisPoints, minimum, maximum } = term;
  const rate = BigInt(basisPoints);
  const plain = minorRounded(from.currency, from.minor * rate, 10_000n, 'half_even');
  const wanted =
    plain < minimum
      ? ({ fee: minimum, by: 'minimum' } as const)
      : maximum !== null && plain > maximum
        ? ({ fee: maximum, by: 'maximum' } as const)
        : ({ fee: plain, by: 'rate' } as const);
  return wanted.fee > most ? { fee: most, by: 'all' } : wanted;
}

/**
 * All fees of a payment. Interchange is taken from the settlement amount first, the acquirer's
 * service fee from what is left. The wallet is given the same basis points of the principal in its
 * own currency; where a bound made the interchange, the same share of the principal (0008).
 */
export function feesOf(base: FeeBase, terms: FeeTerms): FeeAmounts {
  const { settlement, payTo, principal } = base;
  const taken = boundedFee(settlement, terms.interchange, settlement.minor);
  const [part, whole] =
    taken.by === 'rate'
      ? [BigInt(terms.interchange.basisPoints), 10_000n]
      : [taken.fee, settlement.minor];
  return {
    interchange: taken.fee,
    interchangeToWallet: minorRounded(payTo.currency, principal * part, whole, 'half_even'),
    acquirerServiceFee: feeOf(settlement, terms.acquirer_service_fee, settlement.minor - taken.fee),
    walletServiceFee: feeOf(payTo, terms.wallet_service_fee),
  };
}

/**
 * What of a fee has gone back once refunds together came to `done` of `whole`: rounded once over
 * all of them, as the postings of refunds are (0013).
 */
export function returnedOf(currency: string, fee: bigint, done: bigint, whole: bigint): bigint {
  return whole === 0n ? 0n : minorRounded(currency, fee * done, whole, 'half_even');
}
