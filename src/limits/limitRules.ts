// Rules about how much one person may pay: dated sets, their windows, and which are in force.

import { beginningOf, clearingDayOf } from '../calendar/clearingDay.ts';

/** How a payment reached the wallet, as far as rules tell codes apart; entry codes are static. */
export type CodeKind = 'payment_code' | 'order_code' | 'entry_code' | 'online';

/** A limit on each payment by itself, or on a person's payments of a window of UTC+8. */
export type LimitPeriod = 'payment' | 'hour' | 'day' | 'month' | 'year';

/** How far a wallet has identified a person. */
export type IdentityTier = 'unverified' | 'verified';

/** Words in the two languages of the pages. */
export interface InBoth {
  readonly en: string;
  readonly zh: string;
}

/** One bound: an amount in minor units of the set's currency, or a number of payments. */
export interface Limit {
  readonly per: LimitPeriod;
  readonly of: 'amount' | 'count';
  readonly most: bigint;
}

/** One dated set of rules. A later set with the same counter replaces it and counts on. */
export interface LimitSet {
  /** What is counted together, as `mainland.static`: letters, digits, dots. */
  readonly counter: string;
  readonly title: InBoth;
  /** From when on, milliseconds since 1970: the midnight of UTC+8 that the file names. */
  readonly effectiveFrom: number;
  /** Until when, exclusive; null is until another set replaces it. */
  readonly effectiveUntil: number | null;
  /** The acquirer's market; null is every one. */
  readonly region: string | null;
  readonly rail: 'wallet' | 'card';
  /** Null is every kind. */
  readonly codeKinds: readonly CodeKind[] | null;
  /** Null is every wallet. */
  readonly wallets: readonly string[] | null;
  /** Null is every tier. */
  readonly identityTiers: readonly IdentityTier[] | null;
  readonly currency: string;
  readonly limits: readonly Limit[];
  readonly source: string | null;
}

/** All rules of a network, past and coming ones too. */
export interface LimitRules {
  /** Recorded with every payment that was counted. */
  readonly version: string;
  readonly sets: readonly LimitSet[];
  /** The tier of a wallet's customers, where not `verified`: the protocol does not carry it. */
  readonly tiers: ReadonlyMap<string, IdentityTier>;
}

/** What decides which sets concern a payment. */
export interface LimitedPayment {
  readonly walletId: string;
  readonly region: string;
  readonly codeKind: CodeKind;
}

/** The sets that were replaced neither by date nor by a later set: one a counter at most. */
export function setsInForce(rules: LimitRules, at: number): LimitSet[] {
  const latest = new Map<string, LimitSet>();
  for (const set of rules.sets) {
    if (set.effectiveFrom > at) continue;
    const rival = latest.get(set.counter + scopeOf(set));
    if (rival === undefined || rival.effectiveFrom < set.effectiveFrom) {
      latest.set(set.counter + scopeOf(set), set);
    }
  }
  return [...latest.values()].filter(
    ({ effectiveUntil }) => effectiveUntil === null || at < effectiveUntil,
  );
}

/** Sets of one counter for different tiers or wallets stand beside each other. */
function scopeOf(set: LimitSet): string {
  return ` ${set.identityTiers?.join() ?? ''} ${set.wallets?.join() ?? ''}`;
}

const hourMs = 3_600_000;
/** Of each rules, the sets by wallet in the hour that was asked about last. */
const remembered = new WeakMap<LimitRules, { hour: number; byWallet: Map<string, LimitSet[]> }>();

/**
 * The sets in force that concern a wallet's customers somewhere. Sets begin and end at midnight, so
 * what holds now holds until the hour is over: every payment asks, and the answer is remembered.
 */
export function setsOfWallet(rules: LimitRules, at: number, walletId: string): readonly LimitSet[] {
  const hour = Math.floor(at / hourMs);
  let known = remembered.get(rules);
  if (known?.hour !== hour) {
    known = { hour, byWallet: new Map() };
    remembered.set(rules, known);
  }
  let sets = known.byWallet.get(walletId);
  if (sets === undefined) {
    sets = setsOfWalletAt(rules, at, walletId);
    known.byWallet.set(walletId, sets);
  }
  return sets;
}

function setsOfWalletAt(rules: LimitRules, at: number, walletId: string): LimitSet[] {
  const tier = rules.tiers.get(walletId) ?? 'verified';
  return setsInForce(rules, at).filter(
    (set) =>
      set.rail === 'wallet' &&
      (set.wallets === null || set.wallets.includes(walletId)) &&
      (set.identityTiers === null || set.identityTiers.includes(tier)),
  );
}

/** The sets in force that concern a payment. */
export function setsOfPayment(rules: LimitRules, at: number, payment: LimitedPayment): LimitSet[] {
  return setsOfWallet(rules, at, payment.walletId).filter(
    (set) =>
      (set.region === null || set.region === payment.region) &&
      (set.codeKinds === null || set.codeKinds.includes(payment.codeKind)),
  );
}

const utc8Ms = 8 * hourMs;
/** The hour that was asked about last, as `2026-11-22T13` of UTC+8. */
let lastHour = { hour: Number.NaN, text: '' };
const lengths = { hour: 13, day: 10, month: 7, year: 4 } as const;

/** The window of UTC+8 that an instant falls into, as `year2026` or `day2026-11-22`. */
export function windowOf(per: Exclude<LimitPeriod, 'payment'>, at: number): string {
  const hour = Math.floor(at / hourMs);
  if (lastHour.hour !== hour) {
    lastHour = { hour, text: new Date(at + utc8Ms).toISOString().slice(0, lengths.hour) };
  }
  return per + lastHour.text.slice(0, lengths[per]);
}

/** The first instant after the window that an instant falls into. */
export function windowEndsAt(per: Exclude<LimitPeriod, 'payment'>, at: number): number {
  const local = new Date(at + utc8Ms);
  const [year, month] = [local.getUTCFullYear(), local.getUTCMonth()];
  switch (per) {
    case 'hour':
      return (Math.floor(at / hourMs) + 1) * hourMs;
    case 'day':
      return beginningOf(clearingDayOf(at) + 1);
    case 'month':
      return Date.UTC(year, month + 1, 1) - utc8Ms;
    case 'year':
      return Date.UTC(year + 1, 0, 1) - utc8Ms;
  }
}
