// What the visitor and the shop are told about a result: whose side it is on and what to do next.
import type { ResultCode } from './results.ts';
import { isResultCode } from './results.ts';
import { sayings, systemsDisagree, unreachable } from './sayings.ts';

/** Where the reason lies. `wallet` is the visitor's wallet, `till` the shop's payment system. */
export type Side = 'visitor' | 'wallet' | 'shop' | 'till' | 'network' | 'law' | 'nobody';

/** A language of the pages; `zh` is Simplified Chinese. */
export type SentenceLanguage = 'en' | 'zh';

type InBoth = Readonly<Record<SentenceLanguage, string>>;

/** Words for one result: what has happened (and on whose side), then what each side does next. */
export interface Sentence {
  readonly side: Side;
  /** To the visitor, whose wallet it is. */
  readonly visitor: { readonly what: InBoth; readonly next: InBoth };
  /** To the person at the till, in one line. */
  readonly shop: InBoth;
}

/** Codes that only registrations end with: no visitor stands before them. */
const unseen: readonly string[] = ['SUCCESS', 'REGISTRATION_STATUS_ABNORMAL'];

/** What people are told about one of our codes; undefined for those that no visitor meets. */
export function sentenceOf(code: ResultCode): Sentence | undefined {
  if (unseen.includes(code)) return undefined;
  const known: Partial<Record<ResultCode, Sentence>> = sayings;
  return known[code] ?? systemsDisagree;
}

/**
 * What people are told about any code that a page holds: one of ours, `UNREACHABLE`, or a
 * partner's own, which is told as a general decline.
 */
export function sentenceFor(code: string | null | undefined): Sentence {
  if (code === 'UNREACHABLE') return unreachable;
  if (code == null || !isResultCode(code)) return sayings.PROCESS_FAIL;
  return sentenceOf(code) ?? sayings.PROCESS_FAIL;
}
