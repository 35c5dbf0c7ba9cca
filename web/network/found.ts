// What a file came to in words: its breaks by their kinds.
import type { useWords } from '../shared/language.ts';
import { breakKinds, type ReconciliationRun } from '../shared/reconciliation-contract.ts';

/** `Missing here 2 · Other day 1`, or that all of it matches. */
export function foundText(
  found: ReconciliationRun['found'],
  t: ReturnType<typeof useWords>['t'],
): string {
  const words = breakKinds
    .filter((kind) => found[kind] !== undefined)
    .map((kind) => `${t(`reconciliation.kind.${kind}`)} ${found[kind]}`);
  return words.length === 0 ? t('reconciliation.allMatched') : words.join(' · ');
}
