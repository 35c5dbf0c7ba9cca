// The one judgement of a scanned text: whose code it is, whether this wallet can pay it over the
// network, what to do then, and if not, why.
//
// `wayfare code read`, the wallets of the sandbox and the visitor's scan page all ask here.

import { expiryOf } from './codeExpiry.ts';
import type { CodeRule, RuleKind } from './codeRule.ts';
import { presetRuleSet } from './presetRules.ts';
import { type CodeReading, ownPaymentCode, type ReadOptions, readCode } from './read.ts';
import { type RefusalMessage, type RefusalReason, refusalOf } from './refusals.ts';
import { urlOf } from './ruleAction.ts';
import { matchRule, type RuleMatch, type RuleSet } from './ruleSet.ts';

/** What a text is. The first five are the kinds of rules. */
export type IdentityKind = RuleKind | 'damaged_code' | 'not_a_payment';

/** The judgement, as plain JSON. The first five fields are the protocol's (§6.4). */
export interface Identity {
  /** Whether it can be paid: by the wallet that asks, or by any when none is named. */
  readonly isSupported: boolean;
  /** What to do with it; null when it is not supported. */
  readonly postCodeMatchActionType: 'DECODE' | 'OPEN_URL' | null;
  /** The text without white space around it. */
  readonly codeValue: string;
  /** The page to open, with OPEN_URL. */
  readonly redirectUrl: string | null;
  /** The User-Agent to open it with. */
  readonly userAgent: string | null;
  readonly whose: IdentityKind;
  /** Whose code it is; null when nobody's that we know. */
  readonly issuer: { readonly id: string; readonly en: string; readonly zh: string } | null;
  /** The rule that found it, and whether its word is final; null when none matched. */
  readonly rule: { readonly id: string; readonly trusted: boolean; readonly local: boolean } | null;
  /** The acquirer credits the shop after the wallet has paid (protocol.md §1.5); else null. */
  readonly queryType: 'PUSH_PAYMENT' | null;
  /**
   * A printed national code: the visitor types the amount first, and what is decoded is the code
   * that `withAmount` makes of both.
   */
  readonly needsAmount: boolean;
  /** Who can pay it over the network; an empty list: nobody. */
  readonly wallets: 'all' | readonly string[];
  /** Why it is not supported; null when it is. */
  readonly refusal: RefusalMessage | null;
  /** What the text says by its grammar alone. */
  readonly reading: CodeReading;
}

export interface IdentifyOptions extends ReadOptions {
  /** The network's rules; without them those that come with the project. */
  readonly rules?: RuleSet;
  /** The wallet's own codes, which are looked at first (protocol.md §6.4). */
  readonly localRules?: RuleSet;
  /** The id of the wallet that asks. */
  readonly walletId?: string;
  /** Milliseconds since 1970; without it no code is called expired. */
  readonly now?: number;
}

/**
 * Judges a text of any length. The order: empty and too long, damaged, the wallet's own codes, the
 * network's codes, the rules by priority, and what is left by its grammar. Never throws.
 */
export function identify(text: string, options: IdentifyOptions = {}): Identity {
  const reading = readCode(text, options);
  const codeValue = text.trim();
  const wrong = reading.problems[0]?.code;
  if (wrong === 'empty') return refused('', reading, 'not_a_payment', 'empty');
  if (wrong === 'too_long') {
    // A text of any length must not be carried on: what follows shows and sends codeValue.
    return refused(codeValue.slice(0, 512), reading, 'not_a_payment', 'too_long');
  }
  const local =
    options.localRules === undefined ? undefined : matchRule(options.localRules, codeValue);
  if (local !== undefined) return ofMatch(local, true, codeValue, reading, options);
  if (!reading.valid && reading.kind !== 'unknown') {
    return refused(codeValue, reading, 'damaged_code', 'damaged_code');
  }
  const match = matchRule(options.rules ?? presetRuleSet, codeValue);
  if (match !== undefined) return ofMatch(match, false, codeValue, reading, options);
  return ofReading(codeValue, reading);
}

const reasonOfKind: Readonly<Record<RuleKind, RefusalReason>> = {
  own_code: 'not_offered',
  wallet_code: 'other_wallet_code',
  scheme_code: 'scheme_not_connected',
  personal_code: 'personal_code',
  competitor_code: 'competitor_code',
};

/** A text that a rule found. */
function ofMatch(
  match: RuleMatch,
  local: boolean,
  codeValue: string,
  reading: CodeReading,
  options: IdentifyOptions,
): Identity {
  const { rule } = match;
  const { postCodeMatchActionType: type, userAgent = null } = rule.postCodeMatchAction;
  const rules = (local ? options.localRules : options.rules) ?? presetRuleSet;
  const url = type === 'OPEN_URL' ? urlOf(rules, match, codeValue) : null;
  const isOurs = reading.paymentCode?.slot !== undefined && rule.whose === 'own_code';
  const found = {
    codeValue,
    whose: rule.whose,
    issuer: rule.issuer,
    rule: { id: rule.id, trusted: rule.trusted, local },
    queryType: rule.queryType ?? null,
    needsAmount: false,
    wallets: rule.wallets,
    reading: isOurs ? ownPaymentCode(reading) : reading,
  };
  const reason = reasonAgainst(rule, reading, options, type === 'OPEN_URL' && url === null);
  if (reason !== undefined) return { ...found, ...nothing(reason, rule.issuer) };
  return {
    ...found,
    isSupported: true,
    postCodeMatchActionType: type,
    redirectUrl: url,
    userAgent: type === 'OPEN_URL' ? userAgent : null,
    needsAmount: rule.queryType === 'PUSH_PAYMENT' && reading.amount === null,
    refusal: null,
  };
}

/** The first reason against a payment, or undefined. */
function reasonAgainst(
  rule: CodeRule,
  reading: CodeReading,
  { walletId, now }: IdentifyOptions,
  noAddress: boolean,
): RefusalReason | undefined {
  const { wallets } = rule;
  if (wallets !== 'all' && wallets.length === 0) return rule.refusal ?? reasonOfKind[rule.whose];
  if (wallets !== 'all' && walletId !== undefined && !wallets.includes(walletId)) {
    return 'wallet_not_enabled';
  }
  const wrong = reading.problems.map(({ code }) => code);
  if (wrong.includes('currency_unknown') || wrong.includes('amount_not_in_currency')) {
    return 'amount_unreadable';
  }
  const expiry = expiryOf(reading);
  if (now !== undefined && expiry !== undefined && expiry <= now) return 'expired_code';
  return noAddress ? 'unsafe_address' : undefined;
}

const network = { id: 'WAYFARE', en: 'Wayfare', zh: 'Wayfare' };

/** A text that no rule found: what its grammar says is all that is known. */
function ofReading(codeValue: string, reading: CodeReading): Identity {
  switch (reading.kind) {
    case 'merchant_code':
      return refused(codeValue, reading, 'scheme_code', 'scheme_unknown');
    case 'consumer_code':
    case 'payment_code':
      return refused(codeValue, reading, 'wallet_code', 'code_to_show');
    case 'order_code':
      // The network's own form needs no rule: a file of rules that forgets it stops no payment.
      return {
        isSupported: true,
        postCodeMatchActionType: 'DECODE',
        codeValue,
        redirectUrl: null,
        userAgent: null,
        whose: 'own_code',
        issuer: network,
        rule: null,
        queryType: null,
        needsAmount: false,
        wallets: 'all',
        refusal: null,
        reading,
      };
    case 'url':
      return refused(codeValue, reading, 'not_a_payment', 'web_address');
    case 'unknown': {
      const reason = isProductNumber(codeValue) ? 'product_barcode' : 'not_a_payment';
      return refused(codeValue, reading, 'not_a_payment', reason);
    }
  }
}

function refused(
  codeValue: string,
  reading: CodeReading,
  whose: IdentityKind,
  reason: RefusalReason,
): Identity {
  return {
    codeValue,
    whose,
    issuer: null,
    rule: null,
    queryType: null,
    needsAmount: false,
    wallets: [],
    reading,
    ...nothing(reason, null),
  };
}

function nothing(reason: RefusalReason, issuer: CodeRule['issuer'] | null) {
  return {
    isSupported: false,
    postCodeMatchActionType: null,
    redirectUrl: null,
    userAgent: null,
    refusal: refusalOf(reason, issuer),
  };
}

/** GTIN-8, 12, 13 or 14 with the right check digit (GS1 General Specifications §7.9). */
function isProductNumber(text: string): boolean {
  if (!/^(?:[0-9]{8}|[0-9]{12,14})$/.test(text)) return false;
  const digits = Array.from(text, Number).reverse();
  const sum = digits.reduce((total, digit, at) => total + digit * (at % 2 === 1 ? 3 : 1), 0);
  return sum % 10 === 0;
}
