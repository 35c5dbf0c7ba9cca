// Code rules: how a wallet tells, from the text alone, whose code it scanned and what to do then.
//
// The shape is the protocol's (protocol.md §2.10, §6.4); what the protocol leaves to free JSON, or
// does not say at all, are the fields of our own: `emvPattern`, `whose`, `issuer`, `wallets`.

import { compilePattern, type Pattern } from './pattern.ts';
import type { RefusalReason } from './refusals.ts';

/** Whose code a rule finds. */
export type RuleKind =
  | 'own_code'
  | 'wallet_code'
  | 'scheme_code'
  | 'personal_code'
  | 'competitor_code';

/** One way to find a merchant account: a card network's tag, or a template's field. */
export interface EmvMatchRule {
  readonly isPrimitiveMerchant: boolean;
  /** `02` to `25`: the tag is there. */
  readonly primitiveMerchantTag?: string | undefined;
  /** A sub-tag of the templates 26 to 51 and 80 to 99, as `00`. */
  readonly extendedMerchantTag?: string | undefined;
  /** A value pattern: see `compileValue`. */
  readonly extendedMerchantValue?: string | undefined;
}

/** What else a merchant code must say, by value patterns; all of it must hold. */
export interface EmvPattern {
  /** Sub-tag to pattern; one and the same template must fit them all. */
  readonly merchantMaiRestrictions?: Readonly<Record<string, string>> | undefined;
  readonly pointOfInitiationMethod?: string | undefined;
  readonly merchantCategoryCode?: string | undefined;
  readonly transactionCurrency?: string | undefined;
  readonly transactionAmount?: string | undefined;
  readonly tipOrConvenienceIndicator?: string | undefined;
  readonly convenienceFeeFixed?: string | undefined;
  readonly convenienceFeePercentage?: string | undefined;
  readonly countryCode?: string | undefined;
  readonly merchantName?: string | undefined;
  readonly merchantCity?: string | undefined;
  readonly postalCode?: string | undefined;
  readonly additionalData?: string | undefined;
  /** Tags by their path, as `62.05`: each level is one more pair of digits. */
  readonly exactTags?: Readonly<Record<string, string>> | undefined;
}

export interface CodeMatchPattern {
  readonly matchMethod: 'PREFIX' | 'REGEX' | 'EMVCO';
  readonly prefix?: string | undefined;
  readonly regex?: string | undefined;
  /** The highest of the rules that match wins; 0 when absent. Of equals the first wins (ours). */
  readonly priority?: number | undefined;
  /** Any of them must hold (our reading); none given, `emvPattern` alone decides. */
  readonly emvMatchRules?: readonly EmvMatchRule[] | undefined;
}

export interface PostCodeMatchAction {
  /** DECODE: ask the network with userInitiatedPay. OPEN_URL: open a page for the amount. */
  readonly postCodeMatchActionType: 'DECODE' | 'OPEN_URL';
  readonly urlConstructionMethod?:
    | 'USE_DIRECTLY'
    | 'CONSTRUCT_DYNAMIC_URL'
    | 'EXTRACT_URL_FROM_EMVCODE'
    | undefined;
  /** An HTTPS address with `${codeValue}` and `${issuer}`, which are URL-encoded. */
  readonly dynamicUrlExpression?: string | undefined;
  /** `merchantTag.03` for a field of the template that matched, or a path as `62.50`. */
  readonly emvUrlTag?: string | undefined;
  readonly userAgent?: string | undefined;
}

/** One rule, as it stands in the configuration. */
export interface CodeRule {
  readonly id: string;
  readonly codeMatchPattern: CodeMatchPattern;
  readonly emvPattern?: EmvPattern | undefined;
  readonly postCodeMatchAction: PostCodeMatchAction;
  /** Final; an untrusted match should be confirmed by asking the network. */
  readonly trusted: boolean;
  readonly whose: RuleKind;
  /** Whose code it is: an id for addresses, names for people. */
  readonly issuer: { readonly id: string; readonly en: string; readonly zh: string };
  /** The wallets that can pay it over this network; an empty list: known, but nobody can. */
  readonly wallets: 'all' | readonly string[];
  /**
   * The acquirer that the network asks about the code (protocol.md §2.4); without one it is the
   * network's own, or nobody can pay it.
   */
  readonly acquirerId?: string | undefined;
  /** A national code: the acquirer credits the shop after the wallet has paid (§1.5, §6.4). */
  readonly queryType?: 'PUSH_PAYMENT' | undefined;
  /** Why nobody can, where `whose` does not say it. */
  readonly refusal?: RefusalReason | undefined;
  /** Where the fact comes from; stays in the file and is not sent to wallets. */
  readonly source?: string | undefined;
}

/** Most rules of a set. The rule base that was observed had 72. */
export const maxRules = 500;
/** Most states of all expressions of a set: with the longest code, about 10 million steps. */
export const maxStatesOfSet = 20_000;

/** A value pattern of the small language of §6.4, ready to be used. */
export interface ValuePattern {
  readonly states: number;
  /** `value` is undefined where the tag is absent; only `N<NULL>` holds then. */
  holds(value: string | undefined): boolean;
}

export type ValueReading =
  | { readonly ok: true; readonly value: ValuePattern }
  | { readonly ok: false; readonly problem: string };

/**
 * Reads a value pattern: `S<x>` starts with, `C<x>` contains, `R<x>` is the regular expression x,
 * `N<NULL>` is absent, `N<NOT_NULL>` is there; any other text stands for itself.
 */
export function compileValue(source: string): ValueReading {
  const [, letter, inner = ''] = /^([SCRN])<([\s\S]*)>$/.exec(source) ?? [];
  const given = (holds: (value: string) => boolean, states = 0): ValueReading => ({
    ok: true,
    value: { states, holds: (value) => value !== undefined && holds(value) },
  });
  switch (letter) {
    case 'S':
      return given((value) => value.startsWith(inner));
    case 'C':
      return given((value) => value.includes(inner));
    case 'R': {
      const reading = compilePattern(inner);
      if (!reading.ok) return reading;
      return given((value) => reading.pattern.matches(value), reading.pattern.states);
    }
    case 'N':
      if (inner === 'NOT_NULL') return given(() => true);
      if (inner !== 'NULL') return { ok: false, problem: 'is neither N<NULL> nor N<NOT_NULL>' };
      return { ok: true, value: { states: 0, holds: (value) => value === undefined } };
    default:
      return given((value) => value === source);
  }
}

/** The expression of a REGEX rule; a rule of another method has none. */
export function compileRegex(
  pattern: CodeMatchPattern,
): { ok: true; pattern: Pattern | null } | { ok: false; problem: string } {
  return pattern.regex === undefined ? { ok: true, pattern: null } : compilePattern(pattern.regex);
}

/**
 * A version that changes whenever the rules do: at most 16 characters (protocol.md §2.10). FNV-1a
 * of 64 bits over the rules as wallets get them; it tells versions apart, it proves nothing.
 */
export function versionOf(rules: readonly CodeRule[]): string {
  let hash = 0xcbf29ce484222325n;
  const sent = rules.map((rule) => ({ ...rule, source: undefined }));
  for (const byte of new TextEncoder().encode(JSON.stringify(sent))) {
    hash = ((hash ^ BigInt(byte)) * 0x100000001b3n) & 0xffffffffffffffffn;
  }
  return `w_${hash.toString(36).padStart(13, '0')}`;
}
