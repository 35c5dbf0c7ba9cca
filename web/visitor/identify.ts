// Judging a scanned text in the app, before anything is sent or typed: the same function as the
// wallet's server, with the same rules.
import type { CodeRule } from '../../src/codes/codeRule.ts';
import { type Identity, identify } from '../../src/codes/identify.ts';
import { presetRuleSet } from '../../src/codes/presetRules.ts';
import { compileRules, type RuleSet } from '../../src/codes/ruleSet.ts';

/** Why a text is not paid: found here, or a code that the wallet or the hub answered. */
export type Refusal =
  | { readonly identity: Identity }
  | { readonly text: string; readonly code: string; readonly message?: string };

/** The wallet's rules made ready; those of the app while they are not there or cannot be used. */
export function rulesOf(rules: readonly CodeRule[] | undefined): RuleSet {
  const reading = rules === undefined ? undefined : compileRules(rules);
  return reading?.ok === true ? reading.set : presetRuleSet;
}

/** The judgement for this wallet now. */
export function judge(text: string, walletId: string, rules: RuleSet, now: number): Identity {
  return identify(text, { rules, walletId, now });
}
