// The rules that come with the project: what a wallet goes by until it has heard from the network.

import type { CodeRule } from './codeRule.ts';
import presetFile from './data/codeRules.json' with { type: 'json' };
import { compileRules, type RuleSet } from './ruleSet.ts';

/** The rules of `data/codeRules.json`, in its order. A test holds the file against its schema. */
export const presetRules = presetFile.rules as readonly CodeRule[];

/** The same made ready. Throws at the start of the program when the project's own file is wrong. */
export const presetRuleSet: RuleSet = ready();

function ready(): RuleSet {
  const reading = compileRules(presetRules);
  if (!reading.ok) throw new Error(`data/codeRules.json: ${reading.problem}`);
  return reading.set;
}
