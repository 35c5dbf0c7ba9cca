// The code rules that follow from who takes part: which payment codes are those of this network.

import type { CodeRule } from './codeRule.ts';

/** The rule of the network's payment codes; where there are many wallets, the first of some. */
export const paymentCodeRuleId = 'wayfare-payment-code';

/** So many routing numbers of a rule stay within the 512 characters of an expression. */
const numbersOfRule = 100;

/**
 * The rules with those of the network's payment codes among them, in place of the one that the
 * file has for them. A payment code is known by its routing number, with whatever prefix and digit
 * of the agreement, as acquirers know it (protocol.md §6.1).
 */
export function withPaymentCodes(
  rules: readonly CodeRule[],
  routingNumbers: readonly string[],
): readonly CodeRule[] {
  const ours = paymentCodeRules(routingNumbers);
  return rules.some(({ id }) => id === paymentCodeRuleId)
    ? rules.flatMap((rule) => (rule.id === paymentCodeRuleId ? ours : [rule]))
    : [...ours, ...rules];
}

/** A wallet does not pay such a code, its customer shows it: `code_to_show`. */
export function paymentCodeRules(routingNumbers: readonly string[]): readonly CodeRule[] {
  const sorted = [...routingNumbers].sort();
  return Array.from({ length: Math.ceil(sorted.length / numbersOfRule) }, (_, at) => {
    const numbers = sorted.slice(at * numbersOfRule, (at + 1) * numbersOfRule);
    return {
      id: at === 0 ? paymentCodeRuleId : `${paymentCodeRuleId}-${at + 1}`,
      codeMatchPattern: {
        matchMethod: 'REGEX',
        regex: `(?:2[5-9]|30)[0-9](?:${numbers.join('|')})02[0-9]{16}`,
        priority: 100,
      },
      postCodeMatchAction: { postCodeMatchActionType: 'DECODE' },
      trusted: true,
      whose: 'own_code',
      issuer: { id: 'WAYFARE', en: 'Wayfare', zh: 'Wayfare' },
      wallets: [],
      refusal: 'code_to_show',
    };
  });
}
