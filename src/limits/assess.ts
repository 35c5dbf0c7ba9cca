// What a payment has to fit into: the limits on itself, and the person's counters it is added to.

import { type Money, money } from '../money/money.ts';
import {
  type Limit,
  type LimitedPayment,
  type LimitPeriod,
  type LimitRules,
  type LimitSet,
  setsOfPayment,
  setsOfWallet,
  windowEndsAt,
  windowOf,
} from './limitRules.ts';

/** A person: one customer of one wallet, which always gives them the same customerId. */
export interface Person {
  readonly walletId: string;
  readonly customerId: string;
}

/** A person's counter of one window, with what bounds it now. */
export interface Counter {
  /** In the network: wallet, customer, counter and window. */
  readonly key: string;
  /** Without the person, as it is written into the leg. */
  readonly token: string;
  readonly counter: string;
  readonly set: LimitSet;
  readonly per: Exclude<LimitPeriod, 'payment'>;
  readonly of: Limit['of'];
  /** In minor units of the set's currency, or a number of payments. */
  readonly most: bigint;
  /** The first instant of the next window. */
  readonly endsAt: number;
}

/** What a payment adds to a counter. */
export interface Count {
  readonly counter: Counter;
  readonly amount: bigint;
}

/** A limit that a payment does not fit into, with what is left of it. */
export interface Excess {
  readonly counter: string;
  readonly title: LimitSet['title'];
  readonly per: LimitPeriod;
  readonly of: Limit['of'];
  readonly currency: string;
  readonly most: bigint;
  readonly left: bigint;
  readonly asked: bigint;
}

export type Assessment =
  | { readonly kind: 'counts'; readonly version: string; readonly counts: readonly Count[] }
  | { readonly kind: 'excess'; readonly excess: Excess }
  /** The board has no rate to the currency that the rule counts in. */
  | { readonly kind: 'no_rate'; readonly currency: string };

/** A payment as it is measured; `convert` changes into a rule's currency at the middle rate. */
export interface Measured extends LimitedPayment, Person {
  readonly amount: Money;
  readonly payTo: Money;
  readonly convert: (amount: Money, currency: string) => Money | undefined;
}

/** What the payment is held against at an instant. Counters are checked by who knows their sums. */
export function assess(rules: LimitRules, at: number, payment: Measured): Assessment {
  const counts = new Map<string, Count>();
  for (const set of setsOfPayment(rules, at, payment)) {
    const measured = measure(set.currency, payment);
    if (measured === undefined) return { kind: 'no_rate', currency: set.currency };
    for (const limit of set.limits) {
      if (limit.per !== 'payment') {
        const counter = counterOf(payment, set, limit, limit.per, at);
        const amount = limit.of === 'count' ? 1n : measured.minor;
        const rival = counts.get(counter.key);
        if (rival === undefined || counter.most < rival.counter.most) {
          counts.set(counter.key, { counter, amount });
        }
      } else if (measured.minor > limit.most) {
        return { kind: 'excess', excess: excessOf(set, limit, limit.most, measured.minor) };
      }
    }
  }
  return { kind: 'counts', version: rules.version, counts: [...counts.values()] };
}

/** In a rule’s currency: the order’s own amount where it fits, else the wallet’s, or converted. */
function measure(currency: string, payment: Measured): Money | undefined {
  if (payment.amount.currency === currency) return payment.amount;
  if (payment.payTo.currency === currency) return payment.payTo;
  return payment.convert(payment.amount, currency);
}

function counterOf(
  person: Person,
  set: LimitSet,
  limit: Limit,
  per: Counter['per'],
  at: number,
): Counter {
  const token = tokenOf(set, limit.of, per, at);
  return {
    key: keyOf(person, token),
    token,
    counter: set.counter,
    set,
    per,
    of: limit.of,
    most: limit.most,
    endsAt: windowEndsAt(per, at),
  };
}

/** A counter with its window, as `mainland.static:year2026`; numbers of payments have `.n`. */
export function tokenOf(set: LimitSet, of: Limit['of'], per: Counter['per'], at: number): string {
  return `${set.counter}${of === 'count' ? '.n' : ''}:${windowOf(per, at)}`;
}

/** The key of a person's counter; neither wallets' ids nor tokens have a slash. */
function keyOf({ walletId, customerId }: Person, token: string): string {
  return `${walletId}/${token}/${customerId}`;
}

/** Every counter that a person's payments may be added to now, wherever they are made. */
export function countersOf(rules: LimitRules, at: number, person: Person): Counter[] {
  const counters = new Map<string, Counter>();
  for (const set of setsOfWallet(rules, at, person.walletId)) {
    for (const limit of set.limits) {
      if (limit.per === 'payment') continue;
      const counter = counterOf(person, set, limit, limit.per, at);
      const rival = counters.get(counter.key);
      if (rival === undefined || counter.most < rival.most) counters.set(counter.key, counter);
    }
  }
  return [...counters.values()];
}

/** How a limit is exceeded by what was asked, with `left` still there. */
export function excessOf(set: LimitSet, limit: Limit, left: bigint, asked: bigint): Excess {
  const { counter, title, currency } = set;
  const { per, of, most } = limit;
  return { counter, title, per, of, currency, most, left, asked };
}

const each: Record<LimitPeriod, string> = {
  payment: 'a payment',
  hour: 'an hour per person',
  day: 'a day per person',
  month: 'a month per person',
  year: 'a year per person',
};

/** The refusal for the engineer: rule, limit and what is left; `text` writes an amount. */
export function excessText(excess: Excess, text: (amount: Money) => string): string {
  const { counter, per, of, most, left, asked, currency } = excess;
  const say = (minor: bigint) =>
    of === 'count' ? `${minor} payments` : `${text(money(currency, minor))} ${currency}`;
  return (
    `Rule ${counter}: at most ${say(most)} ${each[per]}; ` +
    `${say(left)} left, ${say(asked)} asked.`
  );
}

/**
 * What a leg was counted in, as one text: the version of the rules, and of the screening list where
 * there is one, then `token=amount` for every counter.
 */
export function writeCounted(version: string, counts: readonly Count[]): string {
  return [version, ...counts.map(({ counter, amount }) => `${counter.token}=${amount}`)].join(' ');
}

/** What a leg added to one counter. */
export interface Counted {
  readonly key: string;
  readonly amount: bigint;
  /** A number of payments stays counted, whatever becomes of the payment. */
  readonly staysCounted: boolean;
}

/** Reads what `writeCounted` wrote. */
export function readCounted(person: Person, text: string): Counted[] {
  const [, ...parts] = text.split(' ');
  return parts.map((part) => {
    const at = part.lastIndexOf('=');
    const token = part.slice(0, at);
    return {
      key: keyOf(person, token),
      amount: BigInt(part.slice(at + 1)),
      staysCounted: token.includes('.n:'),
    };
  });
}
