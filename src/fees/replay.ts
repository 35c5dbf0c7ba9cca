// What other fees would have come to: paid payments reckoned again, beside what was posted.

import type { Money } from '../money/money.ts';
import type { FeeCase } from './feeRules.ts';
import { type FeeAmounts, type FeeTerms, feesOf, returnedOf } from './reckon.ts';

/** A payment that was paid and not cancelled, as its rows and its journal say. */
export interface PaidPayment {
  readonly about: FeeCase;
  readonly settlement: Money;
  readonly payTo: Money;
  readonly principal: bigint;
  /** What successful refunds gave back by now, of the settlement and of what the wallet owes. */
  readonly settlementBack: bigint;
  readonly payToBack: bigint;
  /** The fees that were posted. */
  readonly posted: FeeAmounts;
}

/** What was, and what would have been, in minor units of the line's currency. */
export interface WasAndWould {
  was: bigint;
  would: bigint;
}

/** One participant in its currency; interchange is less what refunds gave back. */
export interface FeeLine {
  readonly participantId: string;
  readonly role: 'wallet' | 'acquirer';
  readonly currency: string;
  payments: number;
  /** What it pays the network. */
  readonly serviceFee: WasAndWould;
  /** What an acquirer pays, and what a wallet is given. */
  readonly interchange: WasAndWould;
}

/** A whole comparison. */
export interface FeeComparison {
  readonly payments: number;
  readonly lines: readonly FeeLine[];
  /** The network's own: all service fees of a currency. */
  readonly network: readonly (WasAndWould & { readonly currency: string })[];
  /** How many payments each rule would have decided; a null is the agreements' own rates. */
  readonly rules: readonly { readonly ruleId: string | null; readonly payments: number }[];
}

/** Adds payments up as they are read, one after the other. */
export class FeeReplay {
  readonly #termsOf: (about: FeeCase) => FeeTerms;
  readonly #lines = new Map<string, FeeLine>();
  readonly #rules = new Map<string | null, number>();
  #payments = 0;

  constructor(termsOf: (about: FeeCase) => FeeTerms) {
    this.#termsOf = termsOf;
  }

  add(paid: PaidPayment): void {
    const { about, settlement, payTo, posted } = paid;
    const terms = this.#termsOf(about);
    const would = feesOf(paid, terms);
    const back = (fee: bigint) =>
      fee - returnedOf(settlement.currency, fee, paid.settlementBack, settlement.minor);
    const walletBack = (fee: bigint) =>
      fee - returnedOf(payTo.currency, fee, paid.payToBack, payTo.minor);
    const acquirer = this.#line(about.acquirerId, 'acquirer', settlement.currency);
    const wallet = this.#line(about.walletId, 'wallet', payTo.currency);
    plus(acquirer.serviceFee, posted.acquirerServiceFee, would.acquirerServiceFee);
    plus(acquirer.interchange, back(posted.interchange), back(would.interchange));
    plus(wallet.serviceFee, posted.walletServiceFee, would.walletServiceFee);
    plus(
      wallet.interchange,
      walletBack(posted.interchangeToWallet),
      walletBack(would.interchangeToWallet),
    );
    for (const { chosen } of Object.values(terms)) {
      const ruleId = chosen?.rule.ruleId ?? null;
      this.#rules.set(ruleId, (this.#rules.get(ruleId) ?? 0) + 1);
    }
    acquirer.payments += 1;
    wallet.payments += 1;
    this.#payments += 1;
  }

  result(): FeeComparison {
    const lines = [...this.#lines.values()].sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
    const network = new Map<string, WasAndWould & { readonly currency: string }>();
    for (const { currency, serviceFee } of lines) {
      const sum = network.get(currency) ?? { currency, was: 0n, would: 0n };
      plus(sum, serviceFee.was, serviceFee.would);
      network.set(currency, sum);
    }
    return {
      payments: this.#payments,
      lines,
      network: [...network.values()],
      rules: [...this.#rules].map(([ruleId, payments]) => ({ ruleId, payments })),
    };
  }

  #line(participantId: string, role: 'wallet' | 'acquirer', currency: string): FeeLine {
    const fresh: FeeLine = {
      participantId,
      role,
      currency,
      payments: 0,
      serviceFee: { was: 0n, would: 0n },
      interchange: { was: 0n, would: 0n },
    };
    const line = this.#lines.get(keyOf(fresh)) ?? fresh;
    this.#lines.set(keyOf(fresh), line);
    return line;
  }
}

function keyOf({ role, participantId, currency }: FeeLine): string {
  return `${role}/${participantId}/${currency}`;
}

function plus(sum: WasAndWould, was: bigint, would: bigint): void {
  sum.was += was;
  sum.would += would;
}
