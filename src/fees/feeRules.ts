// Rules about fees: dated sets, which is in force, and which of its rules concern a payment.

/** What a rule is about: who pays whom (protocol.md §7). */
export type FeeKind = 'interchange' | 'acquirer_service_fee' | 'wallet_service_fee';

export const feeKinds = ['interchange', 'acquirer_service_fee', 'wallet_service_fee'] as const;

/** The scenarios that a rule may name: the products that can be paid with. */
export const feeProducts = [
  'payment_code',
  'order_code',
  'entry_code',
  'cashier',
  'auto_debit',
  'private_order_code',
  'push',
] as const;

export type FeeProduct = (typeof feeProducts)[number];

/** One rule. What it does not name (null) it leaves open: it concerns every one. */
export interface FeeRule {
  /** Unique in its set. */
  readonly ruleId: string;
  readonly fee: FeeKind;
  readonly wallet: string | null;
  readonly acquirer: string | null;
  /** The order's currency and the wallet's, as `CNY/MYR`. */
  readonly corridor: string | null;
  readonly products: readonly FeeProduct[] | null;
  /** The currency of the fee: that in which its payer settles. Named where there are bounds. */
  readonly currency: string | null;
  /** Of what the fee is taken from, 0 to 10,000. */
  readonly basisPoints: number;
  /** The least and the most of one payment, in minor units of `currency`. */
  readonly minimum: bigint;
  readonly maximum: bigint | null;
  readonly note: string | null;
}

/** A whole set of rules, which replaces the set before it at an instant. */
export interface FeeSet {
  readonly version: string;
  /** From when on, in milliseconds since 1970; until a later set is in force. */
  readonly effectiveFrom: number;
  readonly rules: readonly FeeRule[];
}

/** What decides which rules concern a payment. */
export interface FeeCase {
  readonly walletId: string;
  readonly acquirerId: string;
  readonly product: FeeProduct;
  /** Of the order, of the wallet's side, and of the acquirer's settlement. */
  readonly orderCurrency: string;
  readonly walletCurrency: string;
  readonly settlementCurrency: string;
}

/** A rule with the version of its set. */
export interface ChosenRule {
  readonly version: string;
  readonly rule: FeeRule;
}

/** The rule of each fee; undefined where no rule concerns the payment. */
export type ChosenRules = Readonly<Record<FeeKind, ChosenRule | undefined>>;

const noRules: ChosenRules = {
  interchange: undefined,
  acquirer_service_fee: undefined,
  wallet_service_fee: undefined,
};

/** What the payer of a fee settles in. */
function feeCurrencyOf(fee: FeeKind, about: FeeCase): string {
  return fee === 'wallet_service_fee' ? about.walletCurrency : about.settlementCurrency;
}

/**
 * How much a rule says about a payment: of two rules the one with the larger number wins. Whoever
 * names the wallet says more than who does not, whatever else they name; then the acquirer, the
 * corridor, the product, and last the currency.
 */
export function weightOf(rule: FeeRule): number {
  return (
    (rule.wallet === null ? 0 : 16) +
    (rule.acquirer === null ? 0 : 8) +
    (rule.corridor === null ? 0 : 4) +
    (rule.products === null ? 0 : 2) +
    (rule.currency === null ? 0 : 1)
  );
}

/** Whether a rule concerns a payment. */
export function concerns(rule: FeeRule, about: FeeCase): boolean {
  return (
    (rule.wallet === null || rule.wallet === about.walletId) &&
    (rule.acquirer === null || rule.acquirer === about.acquirerId) &&
    (rule.corridor === null ||
      rule.corridor === `${about.orderCurrency}/${about.walletCurrency}`) &&
    (rule.products === null || rule.products.includes(about.product)) &&
    (rule.currency === null || rule.currency === feeCurrencyOf(rule.fee, about))
  );
}

/**
 * The sets of a network, past and coming ones too; immutable. A set that was approved stays for
 * ever, and none is approved for a time that has begun: so the rules of a payment follow from its
 * own time, whenever it is asked for them.
 */
export class FeeBook {
  /** In the order of their times; of two of one time the later approved is the later. */
  readonly sets: readonly FeeSet[];
  readonly #known = new Map<FeeSet, Map<string, ChosenRules>>();

  constructor(sets: readonly FeeSet[]) {
    this.sets = [...sets].sort((a, b) => a.effectiveFrom - b.effectiveFrom);
  }

  /** The set in force at a time; undefined before the first. */
  setAt(at: number): FeeSet | undefined {
    return this.sets.findLast(({ effectiveFrom }) => effectiveFrom <= at);
  }

  /** The rules of a payment of this time: looked up once a case, and then remembered. */
  rulesOf(about: FeeCase, at: number): ChosenRules {
    const set = this.setAt(at);
    if (set === undefined) return noRules;
    let known = this.#known.get(set);
    if (known === undefined) {
      known = new Map();
      this.#known.set(set, known);
    }
    const { walletId, acquirerId, product, orderCurrency } = about;
    const { walletCurrency, settlementCurrency } = about;
    const parties = `${walletId}/${acquirerId}/${product}`;
    const key = `${parties}/${orderCurrency}/${walletCurrency}/${settlementCurrency}`;
    let chosen = known.get(key);
    if (chosen === undefined) {
      chosen = chosenFrom(set, about);
      known.set(key, chosen);
    }
    return chosen;
  }
}

/** No sets at all: every fee is that of the agreements. */
export const noFeeSets = new FeeBook([]);

/** The rules of a set that concern a payment, for one fee, the one that wins first. */
export function rivalsOf(set: FeeSet, fee: FeeKind, about: FeeCase): FeeRule[] {
  return set.rules
    .filter((rule) => rule.fee === fee && concerns(rule, about))
    .sort((a, b) => weightOf(b) - weightOf(a));
}

function chosenFrom(set: FeeSet, about: FeeCase): ChosenRules {
  const of = (fee: FeeKind): ChosenRule | undefined => {
    const [rule] = rivalsOf(set, fee, about);
    return rule === undefined ? undefined : { version: set.version, rule };
  };
  return {
    interchange: of('interchange'),
    acquirer_service_fee: of('acquirer_service_fee'),
    wallet_service_fee: of('wallet_service_fee'),
  };
}
