// Codes that acquirers make themselves: written down before the acquirer is asked about one, and
// held to what it said first.

import { laneOfSlot, slotOf } from '../base/id.ts';
import { changed, type PaymentCommand, requestKey, unchanged } from './facts.ts';
import type { AcquirerCode } from './payment.ts';
import type { Rules } from './rules.ts';

/** Names a code: whose it is, and its text. */
export type CodeName = Pick<AcquirerCode, 'acquirerId' | 'codeValue'>;

function laneOfCode(rules: Rules, { acquirerId, codeValue }: CodeName): number {
  return laneOfSlot(slotOf('code', acquirerId, codeValue), rules.lanes);
}

/** The code as it is known; a new one is written down, since its acquirer is asked next. */
export function knowCodeCommand(rules: Rules, name: CodeName): PaymentCommand<AcquirerCode> {
  const key = requestKey(name.acquirerId, name.codeValue);
  return {
    kind: 'know code',
    lane: laneOfCode(rules, name),
    gather: (keys) => void keys.acquirerCodes.add(key),
    decide(facts, moment) {
      const known = facts.acquirerCodes.get(key);
      if (known !== undefined) return unchanged(known);
      const acquirerCode = newCode(name, moment.now);
      return changed(acquirerCode, { acquirerCode });
    },
  };
}

function newCode({ acquirerId, codeValue }: CodeName, now: number): AcquirerCode {
  return {
    acquirerId,
    codeValue,
    askedAt: now,
    paymentRequestId: null,
    terms: null,
    answeredAt: null,
    changedTerms: null,
    changedAt: null,
  };
}

/**
 * Takes what the acquirer says is behind its code. `changed`: it said something else before; that
 * is refused, and written down.
 */
export function codeAnsweredCommand(
  rules: Rules,
  name: CodeName,
  answer: { readonly paymentRequestId: string; readonly terms: string },
): PaymentCommand<'same' | 'changed'> {
  const key = requestKey(name.acquirerId, name.codeValue);
  return {
    kind: 'code answered',
    lane: laneOfCode(rules, name),
    gather: (keys) => void keys.acquirerCodes.add(key),
    decide(facts, moment) {
      const known = facts.acquirerCodes.get(key) ?? newCode(name, moment.now);
      const { paymentRequestId, terms } = answer;
      if (known.paymentRequestId === null) {
        const acquirerCode = { ...known, paymentRequestId, terms, answeredAt: moment.now };
        return changed('same', { acquirerCode });
      }
      if (known.paymentRequestId === paymentRequestId && known.terms === terms) {
        return unchanged('same');
      }
      const changedTerms = `${paymentRequestId} ${terms}`;
      return changed('changed', {
        acquirerCode: { ...known, changedTerms, changedAt: moment.now },
      });
    },
  };
}
