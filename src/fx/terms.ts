// What stops a pair and what is added to its price: freezes, and dated spreads by pair and party.

import { isCurrency } from '../money/currency.ts';

/** A dated spread. `*` stands for any pair, or for any participant. */
export interface SpreadRule {
  /** `CNY/MYR`: the order's currency, then that of the wallet or of the settlement. */
  readonly pair: string;
  readonly participantId: string;
  /** Network time from which it holds, until a later rule of the same pair and participant. */
  readonly validFrom: number;
  readonly basisPoints: number;
}

/** Whose price it is: the participant with the spread of its agreement. */
export interface PricedParty {
  readonly participantId: string;
  readonly spreadBasisPoints: number;
}

/** The spread that holds now, and until when no other can. */
export interface SpreadNow {
  readonly basisPoints: number;
  readonly until: number;
}

const any = '*';
const everything = 'ALL';

/**
 * Our rule: what names the pair and the participant, else the participant, else the pair, else
 * everybody; where no dated rule fits, the agreement's own spread.
 */
export function spreadNow(
  rules: readonly SpreadRule[],
  pair: string,
  party: PricedParty,
  now: number,
): SpreadNow {
  let until = Number.POSITIVE_INFINITY;
  let best: SpreadRule | undefined;
  for (const rule of rules) {
    if (rule.pair !== pair && rule.pair !== any) continue;
    if (rule.participantId !== party.participantId && rule.participantId !== any) continue;
    if (rule.validFrom > now) until = Math.min(until, rule.validFrom);
    else if (best === undefined || weight(rule) > weight(best)) best = rule;
    else if (weight(rule) === weight(best) && rule.validFrom > best.validFrom) best = rule;
  }
  return { basisPoints: best?.basisPoints ?? party.spreadBasisPoints, until };
}

function weight(rule: SpreadRule): number {
  return (rule.participantId === any ? 0 : 2) + (rule.pair === any ? 0 : 1);
}

/** What a freeze is about, as it is stored: `ALL`, `MYR`, `CNY/MYR`; else undefined. */
export function freezeScope(text: string): string | undefined {
  if (text === everything) return text;
  const parts = text.split('/');
  if (parts.length > 2 || !parts.every(isCurrency) || parts[0] === parts[1]) return undefined;
  return parts.sort().join('/');
}

/** Whether a pair, in either direction, is stopped. */
export function isFrozen(scopes: ReadonlySet<string>, from: string, to: string): boolean {
  if (scopes.size === 0 || from === to) return false;
  return [everything, from, to, [from, to].sort().join('/')].some((scope) => scopes.has(scope));
}

/** `CNY/MYR` as its two currencies, or `*`; undefined for any other text. */
export function spreadPair(text: string): string | undefined {
  if (text === any) return any;
  const [from = '', to = '', ...rest] = text.split('/');
  return rest.length === 0 && from !== to && isCurrency(from) && isCurrency(to) ? text : undefined;
}
