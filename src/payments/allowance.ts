// What a person has paid in the windows of now, as one lane knows it.

import type { Person } from '../limits/assess.ts';
import { counterKeys } from './counting.ts';
import { type PaymentCommand, unchanged } from './facts.ts';
import type { Rules } from './rules.ts';

/** What is used in one lane, by the counter's key; a counter without a row is not there. */
export type Used = ReadonlyMap<string, bigint>;

/** Reads a person's counters in one lane; it writes nothing. */
export function countersCommand(
  rules: Rules,
  person: Person,
  at: number,
  lane: number,
): PaymentCommand<Used> {
  const asked = counterKeys(rules, person, at);
  return {
    kind: 'counters',
    lane,
    gather(keys) {
      for (const key of asked) keys.counters.add(key);
    },
    decide(facts) {
      const used = new Map<string, bigint>();
      for (const key of asked) used.set(key, facts.counters.get(key)?.used ?? 0n);
      return unchanged(used);
    },
  };
}
