// The code rules as wallets get them: those of the configuration file, and whose payment codes the
// network has, which follows from who takes part.

import type { CodeRule } from '../codes/codeRule.ts';
import { withPaymentCodes } from '../codes/paymentCodeRules.ts';
import { type PublishedRules, publishRules } from '../codes/readCodeRules.ts';
import type { Directory } from '../network/directory.ts';

/** What is published under a directory. */
export type CodeRulesOf = (directory: Directory) => PublishedRules;

/**
 * Publishes the rules for each directory once. Throws at once when they cannot be used with the
 * directory of the start; later the last good ones stay, and `failed` is told.
 */
export function publishedRules(
  rules: readonly CodeRule[],
  start: Directory,
  failed: (what: string, error: unknown) => void,
): CodeRulesOf {
  const publish = ({ routingNumbers }: Directory) =>
    publishRules(withPaymentCodes(rules, [...routingNumbers.keys()]));
  const known = new WeakMap<Directory, PublishedRules>();
  let last = publish(start);
  known.set(start, last);
  return (directory) => {
    const found = known.get(directory);
    if (found !== undefined) return found;
    try {
      last = publish(directory);
    } catch (error) {
      failed('publishing the code rules', error);
    }
    known.set(directory, last);
    return last;
  };
}
