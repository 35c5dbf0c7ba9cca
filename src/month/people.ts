// Who takes part in a month, what was agreed with each, and what their customers buy.

import type { CodeIssuer } from '../network/codeIssuer.ts';
import type { Chance } from '../simulation/chance.ts';

/** A home wallet as the project's list has it. */
export interface WalletFact {
  readonly id: string;
  readonly name: string;
  readonly market: string;
  readonly currency: string;
  /** The most it may owe, in minor units; null is without limit. */
  readonly capMinor: string | null;
  /** What its payment codes begin with, as far as it is said. */
  readonly codeIssuer: Partial<CodeIssuer> | null;
}

/** A participant with everything that decides what it is settled. */
export interface Person {
  readonly id: string;
  readonly name: string;
  readonly role: 'wallet' | 'acquirer';
  readonly market: string;
  readonly currency: string;
  readonly orderCurrencies: readonly string[];
  readonly cap: bigint | null;
  readonly codeIssuer: Partial<CodeIssuer> | null;
  readonly serviceFeeBasisPoints: number;
  readonly interchangeBasisPoints: number;
  readonly spreadBasisPoints: number;
  /** n of T+n, and the least that is paid at once in minor units. */
  readonly daysAfter: number;
  readonly minimumAmount: bigint;
}

/** Some wallets are settled sooner or later, and some not for small sums. */
const walletTerms: Readonly<Record<number, readonly [number, bigint]>> = {
  1: [1, 0n],
  4: [3, 0n],
  6: [2, 200_000n],
  9: [1, 5_000_000n],
};

export function peopleOf(wallets: readonly WalletFact[]): readonly Person[] {
  const home = wallets.map((fact, index): Person => {
    const [daysAfter, minimumAmount] = walletTerms[index] ?? [2, 0n];
    return {
      id: fact.id,
      name: fact.name,
      role: 'wallet',
      market: fact.market,
      currency: fact.currency,
      orderCurrencies: [],
      cap: fact.capMinor === null ? null : BigInt(fact.capMinor),
      codeIssuer: fact.codeIssuer,
      serviceFeeBasisPoints: 10,
      interchangeBasisPoints: 0,
      spreadBasisPoints: 50,
      daysAfter,
      minimumAmount,
    };
  });
  return [...home, ...acquirers];
}

const acquirerTerms = {
  role: 'acquirer',
  cap: null,
  codeIssuer: null,
  serviceFeeBasisPoints: 20,
  interchangeBasisPoints: 30,
  spreadBasisPoints: 30,
  daysAfter: 2,
} as const;

/** Invented; the second one takes orders in currencies without cents and with three decimals. */
const acquirers: readonly Person[] = [
  {
    ...acquirerTerms,
    id: 'CHENGDU_PAY',
    name: 'Chengdu Pay',
    market: 'CN',
    currency: 'CNY',
    orderCurrencies: ['CNY'],
    minimumAmount: 0n,
  },
  {
    ...acquirerTerms,
    id: 'HARBOUR_PAY',
    name: 'Harbour Pay',
    market: 'SG',
    currency: 'SGD',
    orderCurrencies: ['SGD', 'JPY', 'KRW', 'KWD'],
    minimumAmount: 100_000n,
  },
];

/** What one fen comes to, roughly, in thousandths of the minor unit of an order's currency. */
const minorOfFen: Readonly<Record<string, number>> = {
  CNY: 1_000,
  SGD: 180,
  JPY: 210,
  KRW: 1_950,
  KWD: 430,
};

/** What a visitor buys: 5 to 250 yuan, a few bits and a few large things. */
export function orderOf(
  chance: Chance,
  acquirer: Person,
): { readonly currency: string; readonly value: string } {
  const currency = chance.pick(acquirer.orderCurrencies);
  const kind = chance.weighted({ usual: 93, tiny: 4, large: 3 });
  const fen = {
    usual: () => chance.between(500, 25_000),
    tiny: () => chance.between(1, 20),
    large: () => chance.between(50_000, 300_000),
  }[kind]();
  const minor = Math.round((fen * (minorOfFen[currency] ?? 1_000)) / 1_000);
  return { currency, value: String(Math.max(1, minor)) };
}
