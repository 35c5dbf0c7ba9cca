// What an acceptance case finds: pass, fail with what went wrong, or skipped with why.

import type { Said } from './line.ts';

/** How a case ended; a skipped one says what it would have needed. */
export type CaseOutcome =
  | { readonly verdict: 'pass' }
  | { readonly verdict: 'fail'; readonly problem: string }
  | { readonly verdict: 'skipped'; readonly problem: string };

/** One acceptance case, played with `P`. */
export interface AcceptanceCase<P> {
  readonly id: string;
  readonly title: string;
  /** Where the rule stands: a paragraph of the protocol, or `our rule`. */
  readonly source: string;
  /** What the partner changes when it fails. */
  readonly hint: string;
  /** Rejects only when something other than the partner breaks. */
  readonly run: (play: P) => Promise<CaseOutcome>;
}

export const skipped = (problem: string): CaseOutcome => ({ verdict: 'skipped', problem });

/** Passes unless one of the findings says something; the first that does is the problem. */
export function judge(...findings: readonly (string | undefined)[]): CaseOutcome {
  const problem = findings.find((finding) => finding !== undefined);
  return problem === undefined ? { verdict: 'pass' } : { verdict: 'fail', problem };
}

/** What an answer said, in words: `F RISK_REJECT`, or why there is none. */
export function wordsOf(said: Said): string {
  return said.result === undefined
    ? (said.problem ?? 'an answer without a readable result')
    : `${said.result.resultStatus} ${said.result.resultCode}`;
}

/** Nothing when the answer has this status and, where codes are named, one of them. */
export function wants(
  said: Said,
  status: 'S' | 'F',
  ...codes: readonly string[]
): string | undefined {
  const { result } = said;
  const fits =
    result?.resultStatus === status && (codes.length === 0 || codes.includes(result.resultCode));
  if (fits) return undefined;
  const wanted = codes.length === 0 ? status : `${status} ${codes.join(' or ')}`;
  return `${said.api} was answered ${wordsOf(said)}; ${wanted} was expected.`;
}

/** Nothing when a field of the answer holds `value`, or any text where none is given. */
export function holds(said: Said, field: string, value?: string): string | undefined {
  const found = said.body?.[field];
  if (typeof found !== 'string' || found === '') return `${said.api}: ${field} is missing.`;
  if (value === undefined || found === value) return undefined;
  return `${said.api}: ${field} is ${found}; it was ${value} before.`;
}
