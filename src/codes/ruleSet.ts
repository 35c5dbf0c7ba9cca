// A set of code rules made ready, and the search for the rule that a text matches.

import {
  type CodeMatchPattern,
  type CodeRule,
  compileRegex,
  compileValue,
  type EmvMatchRule,
  type EmvPattern,
  maxRules,
  maxStatesOfSet,
  type ValuePattern,
} from './codeRule.ts';
import { type Field, fieldValue, readFields, valueAtPath } from './emvco.ts';
import { readMerchantCode } from './merchantCode.ts';
import { lowerOrigin, problemOfAction } from './ruleAction.ts';

/** A rule that matched: with a merchant code also where in it. */
export interface RuleMatch {
  readonly rule: CodeRule;
  /** The fields of the whole merchant code; empty for other texts. */
  readonly fields: readonly Field[];
  /** The fields of the template that the rule found; empty when it asked for none. */
  readonly template: readonly Field[];
}

/** Rules that were checked and made ready. */
export interface RuleSet {
  readonly rules: readonly CodeRule[];
  readonly compiled: readonly CompiledRule[];
  /** The hosts of the PREFIX rules that open addresses: what is registered may be opened. */
  readonly hosts: ReadonlySet<string>;
}

interface CompiledRule {
  readonly rule: CodeRule;
  readonly priority: number;
  readonly states: number;
  match(text: string, code: Scanned | undefined): readonly Field[] | undefined;
}

/** A sound merchant code, divided once for all rules. */
interface Scanned {
  readonly fields: readonly Field[];
  readonly templates: readonly (readonly Field[])[];
}

export type RuleSetReading =
  | { readonly ok: true; readonly set: RuleSet }
  | { readonly ok: false; readonly problem: string };

/** Checks the rules and makes them ready; `problem` names the rule and what is wrong with it. */
export function compileRules(rules: readonly CodeRule[]): RuleSetReading {
  if (rules.length > maxRules) return { ok: false, problem: `there are over ${maxRules} rules` };
  const compiled: CompiledRule[] = [];
  const ids = new Set<string>();
  let states = 0;
  for (const rule of rules) {
    const one = ids.has(rule.id) ? 'has the id of another rule' : compileRule(rule);
    if (typeof one === 'string') return { ok: false, problem: `rule ${rule.id}: ${one}` };
    ids.add(rule.id);
    states += one.states;
    compiled.push(one);
  }
  if (states > maxStatesOfSet) {
    return { ok: false, problem: `all expressions together need over ${maxStatesOfSet} states` };
  }
  // The highest priority first; the sort keeps the order of the file among equals.
  compiled.sort((a, b) => b.priority - a.priority);
  const hosts = rules.flatMap(({ codeMatchPattern: { prefix }, postCodeMatchAction: action }) =>
    action.postCodeMatchActionType === 'OPEN_URL' && prefix !== undefined && URL.canParse(prefix)
      ? [new URL(prefix).host]
      : [],
  );
  return { ok: true, set: { rules, compiled, hosts: new Set(hosts) } };
}

/**
 * The rule for a text: of all that match the one with the highest priority (protocol.md §6.4). A
 * rule of method EMVCO is tried only when the text is a merchant code with the right checksum. The
 * caller bounds the length of the text; the work is bounded by `maxStatesOfSet`. Never throws.
 */
export function matchRule(set: RuleSet, text: string): RuleMatch | undefined {
  const code = scanned(text);
  for (const { rule, match } of set.compiled) {
    const template = match(text, code);
    if (template !== undefined) return { rule, fields: code?.fields ?? [], template };
  }
  return undefined;
}

function scanned(text: string): Scanned | undefined {
  if (!/^00[0-9]{2}/.test(text) || !readMerchantCode(text).valid) return undefined;
  const { fields } = readFields(text);
  const templates = fields
    .filter(({ tag }) => (tag >= '26' && tag <= '51') || tag >= '80')
    .map(({ value }) => readFields(value))
    .filter(({ complete }) => complete)
    .map((template) => template.fields);
  return { fields, templates };
}

function compileRule(rule: CodeRule): CompiledRule | string {
  const { codeMatchPattern: pattern, postCodeMatchAction: action } = rule;
  const wrong = problemOfMethod(rule) ?? problemOfAction(action, pattern.matchMethod);
  if (wrong !== undefined) return wrong;
  const priority = pattern.priority ?? 0;
  if (pattern.matchMethod === 'PREFIX') {
    const prefix = lowerOrigin(pattern.prefix ?? '');
    const match = (text: string) => (lowerOrigin(text).startsWith(prefix) ? [] : undefined);
    return { rule, priority, states: 0, match };
  }
  if (pattern.matchMethod === 'REGEX') {
    const reading = compileRegex(pattern);
    if (!reading.ok) return `regex ${reading.problem}`;
    const { pattern: expression } = reading;
    const match = (text: string) => (expression?.matches(text) ? [] : undefined);
    return { rule, priority, states: expression?.states ?? 0, match };
  }
  return compileEmv(rule, pattern.emvMatchRules ?? [], rule.emvPattern ?? {}, priority);
}

/** Whether a rule gives what its method needs, and nothing that the method would not look at. */
function problemOfMethod({ codeMatchPattern, emvPattern }: CodeRule): string | undefined {
  const { matchMethod, prefix, regex, emvMatchRules } = codeMatchPattern;
  const given: Record<CodeMatchPattern['matchMethod'], boolean> = {
    PREFIX: prefix !== undefined,
    REGEX: regex !== undefined,
    EMVCO: emvMatchRules !== undefined || emvPattern !== undefined,
  };
  if (!given[matchMethod]) return `has no pattern for ${matchMethod}`;
  // `https://shop.example` begins `https://shop.example.evil` too: the host must be whole.
  if (/^https?:/i.test(prefix ?? '') && !/^https:\/\/[^/?#@]+\//i.test(prefix ?? '')) {
    return 'prefix is no HTTPS address with a whole host and a slash after it';
  }
  const extra = Object.entries(given).find(([method, there]) => there && method !== matchMethod);
  return extra === undefined ? undefined : `has a pattern for ${extra[0]} beside ${matchMethod}`;
}

const tagOfName = {
  pointOfInitiationMethod: '01',
  merchantCategoryCode: '52',
  transactionCurrency: '53',
  transactionAmount: '54',
  tipOrConvenienceIndicator: '55',
  convenienceFeeFixed: '56',
  convenienceFeePercentage: '57',
  countryCode: '58',
  merchantName: '59',
  merchantCity: '60',
  postalCode: '61',
  additionalData: '62',
} as const satisfies Partial<Record<keyof EmvPattern, string>>;

function compileEmv(
  rule: CodeRule,
  accounts: readonly EmvMatchRule[],
  more: EmvPattern,
  priority: number,
): CompiledRule | string {
  const problems: string[] = [];
  let states = 0;
  const value = (name: string, source: string): ValuePattern => {
    const reading = compileValue(source);
    if (reading.ok) {
      states += reading.value.states;
      return reading.value;
    }
    problems.push(`${name} ${reading.problem}`);
    return { states: 0, holds: () => false };
  };
  const tags: { readonly path: readonly string[]; readonly value: ValuePattern }[] = [];
  for (const [name, tag] of Object.entries(tagOfName)) {
    const source = more[name as keyof typeof tagOfName];
    if (source !== undefined) tags.push({ path: [tag], value: value(name, source) });
  }
  for (const [path, source] of Object.entries(more.exactTags ?? {})) {
    if (!/^[0-9]{2}(\.[0-9]{2}){0,4}$/.test(path)) problems.push(`exactTags has a tag ${path}`);
    tags.push({ path: path.split('.'), value: value(`exactTags ${path}`, source) });
  }
  const restrictions = Object.entries(more.merchantMaiRestrictions ?? {}).map(([tag, source]) => ({
    tag,
    value: value(`merchantMaiRestrictions ${tag}`, source),
  }));
  const finders = accounts.map((account) => compileAccount(account, value, problems));
  if (problems.length > 0) return problems[0] as string;
  return { rule, priority, states, match: (_text, code) => match(code) };

  function match(code: Scanned | undefined): readonly Field[] | undefined {
    if (code === undefined) return undefined;
    const allHold = tags.every(({ path, value }) => value.holds(valueAtPath(code.fields, path)));
    if (!allHold) return undefined;
    const found = finders.length === 0 ? [] : firstOf(finders, (find) => find(code));
    if (found === undefined || restrictions.length === 0) return found;
    return code.templates.find((fields) =>
      restrictions.every(({ tag, value }) => value.holds(fieldValue(fields, tag))),
    );
  }
}

type FindAccount = (code: Scanned) => readonly Field[] | undefined;

function compileAccount(
  account: EmvMatchRule,
  value: (name: string, source: string) => ValuePattern,
  problems: string[],
): FindAccount {
  const { primitiveMerchantTag, extendedMerchantTag, extendedMerchantValue } = account;
  if (account.isPrimitiveMerchant) {
    const tag = primitiveMerchantTag ?? '';
    if (!/^(0[2-9]|1[0-9]|2[0-5])$/.test(tag)) {
      problems.push('primitiveMerchantTag is not 02 to 25');
    }
    return ({ fields }) => (fieldValue(fields, tag) === undefined ? undefined : []);
  }
  if (extendedMerchantTag === undefined || extendedMerchantValue === undefined) {
    problems.push('emvMatchRules has neither a primitive tag nor an extended one with its value');
    return () => undefined;
  }
  const wanted = value('extendedMerchantValue', extendedMerchantValue);
  return ({ templates }) =>
    templates.find((fields) => wanted.holds(fieldValue(fields, extendedMerchantTag)));
}

function firstOf<T, U>(list: readonly T[], find: (one: T) => U | undefined): U | undefined {
  for (const one of list) {
    const found = find(one);
    if (found !== undefined) return found;
  }
  return undefined;
}
