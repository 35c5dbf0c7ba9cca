// The simulation in short: seeds nobody chose, a seed twice, and planted faults that must be found.

import { randomInt } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Bench, openBench } from '../src/simulation/bench.ts';
import {
  neverPlayed,
  type Played,
  type ProductWeights,
  together,
  usualWeights,
} from '../src/simulation/played.ts';
import { type Sabotage, sabotages } from '../src/simulation/sabotage.ts';
import { type SimulationOutcome, simulate } from '../src/simulation/simulate.ts';

const seeds = 20;
const payments = 40;
/** A planted fault shows itself only where its chance comes; these many seeds are tried. */
const mostSeeds = 20;

let bench: Bench;

beforeAll(async () => {
  bench = await openBench();
}, 120_000);

afterAll(() => bench.close());

/** What a person needs to see it again. */
function broken(outcome: SimulationOutcome): string {
  if (outcome.violations.length === 0) return '';
  const again = `npm run sim -- --seed ${outcome.seed} --payments ${outcome.payments}`;
  return [again, ...outcome.violations, ...outcome.lastLines].join('\n');
}

test(`${seeds} seeds that nobody chose keep every promise`, async () => {
  const first = randomInt(1_000_000_000);
  process.stdout.write(`simulation: seeds from ${first} on\n`);
  const played: Played[] = [];
  let succeeded = 0;
  // Some paths are seldom taken: a few more seeds, until each was.
  const isMissing = () => neverPlayed(together(played)).length > 0;
  for (let index = 0; index < seeds || (isMissing() && index < seeds * 3); index++) {
    const outcome = await simulate(bench, { seed: String(first + index), payments });
    expect(broken(outcome)).toBe('');
    succeeded += outcome.succeeded;
    played.push(outcome.played);
  }
  process.stdout.write(`simulation: ${played.length} seeds took every path\n`);
  // A network that pays nobody breaks no promise either.
  expect(succeeded).toBeGreaterThan((seeds * payments) / 5);
  // Nor does a path that nobody took.
  expect(neverPlayed(together(played))).toEqual([]);
}, 300_000);

test('the same seed is the same run, and another seed is another', async () => {
  const once = await simulate(bench, { seed: 'twice', payments });
  const twice = await simulate(bench, { seed: 'twice', payments });
  const other = await simulate(bench, { seed: 'other', payments });
  expect(twice.hash).toBe(once.hash);
  expect(other.hash).not.toBe(once.hash);
  expect(once.events).toBeGreaterThan(payments);
}, 60_000);

describe('a planted fault is found', () => {
  for (const sabotage of sabotages) {
    test(sabotage, async () => {
      const found: string[] = [];
      for (let seed = 1; seed <= mostSeeds && found.length === 0; seed++) {
        const products = { ...usualWeights, ...moreOf[sabotage] };
        // Persons come back seldom: their limits need more payments.
        const many = sabotage === 'ignores_limits' ? 5 * payments : payments;
        const run = { seed: `planted ${seed}`, payments: many, products, sabotage };
        const outcome = await simulate(bench, run);
        found.push(...outcome.violations);
      }
      expect(found.join('\n')).toMatch(signOf[sabotage]);
    }, 120_000);
  }
});

/** What is played more often, so that what is planted there shows itself soon. */
const moreOf: Partial<Record<Sabotage, Partial<ProductWeights>>> = {
  charges_again: { auto_debit: 900 },
  ignores_limits: { payment_code: 900, order_code: 100 },
  charges_evaluations: { auto_debit: 200 },
  forgets_revocations: { auto_debit: 900 },
  debits_another: { auto_debit: 100 },
  credits_in_words_only: { push: 100 },
  drops_pushes: { push: 100 },
};

/** How the auditor tells what was planted. */
const signOf: Readonly<Record<Sabotage, RegExp>> = {
  charges_again: /was charged twice/,
  keeps_the_money: /ended .*, but u\d+ of w\d paid|was paid 2 times/,
  charges_more: /was charged \d+ [A-Z]{3}, not \d+/,
  pays_in_words_only: /says S, but w\d has not charged/,
  ignores_caps: /over its cap/,
  ignores_limits: /over the limit/,
  forgets_notices: /no notice was acknowledged/,
  drops_reversals: /nothing_is_forgotten|but u\d+ of w\d paid|was paid 2 times/,
  forgets_payments: /is said not to exist|never came to an end/,
  changes_answers: /before it was F/,
  loses_money: /slices_equal_postings|wallets_owe_what_they_paid/,
  refunds_in_words_only: /refunded whole, and u\d+ got|refunded, u\d+ got/,
  refunds_again: /back twice/,
  charges_evaluations: /charged for the evaluation/,
  credits_in_words_only: /its shop was credited 0 times/,
  drops_pushes: /time is over/,
  forgets_revocations: /after it was revoked/,
  debits_another: /debits u\d+ with the token of u\d+/,
  forgets_registration: /which it has not approved/,
  forgets_disputes: /is taken while another|one (RETRIEVAL|ESCALATION) more than/,
  loses_evidence: /arrives with other files than were sent/,
  clears_less: /the wire says/,
  forgets_refunds: /more than (was )?paid|refunds_have_their_ids|R\d never came to an end/,
};
