// Code rules as text: the configuration file of a network, and the messages that carry the rules.

import { z } from 'zod';
import { type CodeRule, versionOf } from './codeRule.ts';
import { type RefusalReason, refusalReasons } from './refusals.ts';
import { compileRules, type RuleSet } from './ruleSet.ts';

/** Largest file of rules, in characters. */
export const maxRulesLength = 1_000_000;

/** Most that the rules may take in a message: partners read answers of up to 256 KiB. */
const maxMessageLength = 80_000;

const short = z.string().min(1).max(512);
const tagTable = z.record(z.string().min(2).max(14), short);

const emvMatchRule = z.strictObject({
  isPrimitiveMerchant: z.boolean(),
  primitiveMerchantTag: short.optional(),
  extendedMerchantTag: z
    .string()
    .regex(/^[0-9]{2}$/)
    .optional(),
  extendedMerchantValue: short.optional(),
});

const codeMatchPattern = z.strictObject({
  matchMethod: z.enum(['PREFIX', 'REGEX', 'EMVCO']),
  prefix: short.optional(),
  regex: short.optional(),
  priority: z.int().min(0).max(1_000_000).optional(),
  emvMatchRules: z.array(emvMatchRule).min(1).max(50).optional(),
});

const emvPattern = z.strictObject({
  merchantMaiRestrictions: tagTable.optional(),
  pointOfInitiationMethod: short.optional(),
  merchantCategoryCode: short.optional(),
  transactionCurrency: short.optional(),
  transactionAmount: short.optional(),
  tipOrConvenienceIndicator: short.optional(),
  convenienceFeeFixed: short.optional(),
  convenienceFeePercentage: short.optional(),
  countryCode: short.optional(),
  merchantName: short.optional(),
  merchantCity: short.optional(),
  postalCode: short.optional(),
  additionalData: short.optional(),
  exactTags: tagTable.optional(),
});

const postCodeMatchAction = z.strictObject({
  postCodeMatchActionType: z.enum(['DECODE', 'OPEN_URL']),
  urlConstructionMethod: z
    .enum(['USE_DIRECTLY', 'CONSTRUCT_DYNAMIC_URL', 'EXTRACT_URL_FROM_EMVCODE'])
    .optional(),
  dynamicUrlExpression: z.string().min(1).max(1_024).optional(),
  emvUrlTag: short.optional(),
  userAgent: short.optional(),
});

/** What a rule says beyond the protocol's two objects. */
const ownFields = {
  id: z.string().regex(/^[a-z0-9-]{1,64}$/),
  emvPattern: emvPattern.optional(),
  trusted: z.boolean(),
  whose: z.enum(['own_code', 'wallet_code', 'scheme_code', 'personal_code', 'competitor_code']),
  issuer: z.strictObject({
    id: z.string().regex(/^[A-Z0-9_]{1,32}$/),
    en: z.string().min(1).max(64),
    zh: z.string().min(1).max(64),
  }),
  wallets: z.union([z.literal('all'), z.array(z.string().min(1).max(64)).max(200)]),
  acquirerId: z.string().min(1).max(64).optional(),
  queryType: z.enum(['PUSH_PAYMENT']).optional(),
  refusal: z.enum(refusalReasons as [RefusalReason, ...RefusalReason[]]).optional(),
};

const codeRule: z.ZodType<CodeRule> = z.strictObject({
  ...ownFields,
  codeMatchPattern,
  postCodeMatchAction,
  source: z.string().max(1_000).optional(),
});

const rulesFile = z.strictObject({ rules: z.array(codeRule) });

/** Rules that were read and made ready, or the first thing that is wrong with them. */
export type RulesReading =
  | { readonly ok: true; readonly rules: readonly CodeRule[]; readonly set: RuleSet }
  | { readonly ok: false; readonly problem: string };

/** Reads a file of rules, `{"rules": […]}`. Never throws. */
export function readCodeRules(text: string): RulesReading {
  if (text.length > maxRulesLength) {
    return { ok: false, problem: `it is longer than ${maxRulesLength} characters` };
  }
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return { ok: false, problem: 'it is not valid JSON' };
  }
  const parsed = rulesFile.safeParse(json);
  if (!parsed.success) return { ok: false, problem: firstIssue(parsed.error) };
  const { rules } = parsed.data;
  if (JSON.stringify(rules.map(writeRuleMessage)).length > maxMessageLength) {
    return { ok: false, problem: `they need over ${maxMessageLength} characters in a message` };
  }
  return ready(rules);
}

/** A rule as a message carries it (protocol.md §2.10): our own fields are in `extendInfo`. */
export interface CodeRuleMessage {
  readonly codeMatchPattern: CodeRule['codeMatchPattern'];
  readonly postCodeMatchAction: CodeRule['postCodeMatchAction'];
  /** JSON text: `id`, `trusted`, `whose`, `issuer`, `wallets`, and what else the rule has. */
  readonly extendInfo: string;
}

/** The rule for the wire; its source is the network's own note and stays behind. */
export function writeRuleMessage(rule: CodeRule): CodeRuleMessage {
  const { codeMatchPattern, postCodeMatchAction, source: _note, ...own } = rule;
  return { codeMatchPattern, postCodeMatchAction, extendInfo: JSON.stringify(own) };
}

/** What inquiryCodeRules answers with, made once for all askers. */
export interface PublishedRules {
  readonly version: string;
  readonly messages: readonly CodeRuleMessage[];
  /** The same rules made ready, for the network's own judgement of a code. */
  readonly set: RuleSet;
}

/** The rules as wallets get them; they must have been checked. */
export function publishRules(rules: readonly CodeRule[]): PublishedRules {
  const reading = compileRules(rules);
  if (!reading.ok) throw new Error(`the code rules cannot be used: ${reading.problem}`);
  return { version: versionOf(rules), messages: rules.map(writeRuleMessage), set: reading.set };
}

const messageOfRule = z.object({
  codeMatchPattern,
  postCodeMatchAction,
  extendInfo: z.string().max(4_096),
});

/** Reads the rules of a message. Whatever is wrong with one makes the whole set unusable. */
export function readRuleMessages(messages: readonly unknown[]): RulesReading {
  const rules: CodeRule[] = [];
  for (const [index, message] of messages.entries()) {
    const outer = messageOfRule.safeParse(message);
    if (!outer.success) return { ok: false, problem: `rule ${index}: ${firstIssue(outer.error)}` };
    let own: unknown;
    try {
      own = JSON.parse(outer.data.extendInfo);
    } catch {
      return { ok: false, problem: `rule ${index}: extendInfo is not valid JSON` };
    }
    const { codeMatchPattern: pattern, postCodeMatchAction: action } = outer.data;
    const both = { ...(own as object), codeMatchPattern: pattern, postCodeMatchAction: action };
    const rule = codeRule.safeParse(both);
    if (!rule.success) return { ok: false, problem: `rule ${index}: ${firstIssue(rule.error)}` };
    rules.push(rule.data);
  }
  return ready(rules);
}

function ready(rules: readonly CodeRule[]): RulesReading {
  const reading = compileRules(rules);
  return reading.ok ? { ok: true, rules, set: reading.set } : reading;
}

function firstIssue(error: z.ZodError): string {
  const issue = error.issues[0];
  const place = issue?.path.map(String).join('.') ?? '';
  return `${place === '' ? 'it' : place}: ${issue?.message ?? 'does not fit'}`;
}
