// Two lists with planted mistakes: the comparison names exactly those, whatever else there is.

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { byKey, keyOf, type Line } from './line.ts';
import { compare, type FoundBreak } from './match.ts';

const day = 20_000;

const line = (id: number | string, amount: bigint, more: Partial<Line> = {}): Line => ({
  key: keyOf('payment', String(id)),
  currency: 'MYR',
  amount,
  day: null,
  lineNumber: null,
  ...more,
});

/** The breaks in few words, and how many matched. */
function judged(ours: readonly Line[], theirs: readonly Line[]) {
  const outcomes = [...compare([...ours].sort(byKey), [...theirs].sort(byKey), day)];
  const breaks = outcomes.filter((each): each is FoundBreak => each.kind !== 'matched');
  return {
    matched: outcomes.length - breaks.length,
    breaks: breaks.map(({ kind, key, difference }) => `${kind} ${key.split('/')[1]} ${difference}`),
  };
}

test.each([
  ['alike', [line(1, 5n)], [line(1, 5n)], 1, []],
  ['amount', [line(1, 5n)], [line(1, 7n)], 0, ['amount_differs 1 2']],
  ['currency', [line(1, 5n)], [line(1, 5n, { currency: 'CNY' })], 0, ['currency_differs 1 null']],
  ['missing here', [], [line(1, 5n)], 0, ['missing_here 1 5']],
  ['missing there', [line(1, 5n)], [], 0, ['missing_there 1 -5']],
  ['twice there', [line(1, 5n)], [line(1, 5n), line(1, 5n)], 1, ['duplicate_there 1 5']],
  ['twice here', [line(1, 5n), line(1, 5n)], [line(1, 5n)], 1, ['duplicate_here 1 -5']],
  // The line that is right is found though the wrong one stands first.
  ['twice, one wrong', [line(1, 5n)], [line(1, 7n), line(1, 5n)], 1, ['duplicate_there 1 7']],
  [
    'twice, both wrong',
    [line(1, 5n)],
    [line(1, 7n), line(1, 7n)],
    0,
    ['amount_differs 1 2', 'duplicate_there 1 7'],
  ],
  [
    'twice and not here',
    [],
    [line(1, 5n), line(1, 5n)],
    0,
    ['missing_here 1 5', 'duplicate_there 1 5'],
  ],
  ['dated right', [line(1, 5n)], [line(1, 5n, { day })], 1, []],
  ['dated later', [line(1, 5n)], [line(1, 5n, { day: day + 1 })], 0, ['other_day 1 0']],
  ['dated later, wrong', [line(1, 5n)], [line(1, 6n, { day: 1 })], 0, ['amount_differs 1 1']],
  [
    'a refund is no payment',
    [line(1, 5n)],
    [line(1, 5n, { key: keyOf('refund', '1') })],
    0,
    ['missing_there 1 -5', 'missing_here 1 5'],
  ],
])('%s', (_name, ours, theirs, matched, breaks) => {
  const found = judged(ours, theirs);
  expect(found).toEqual({ matched, breaks });
});

test('lists that are not in order are a fault, not a result', () => {
  expect(() => [...compare([line(2, 1n), line(1, 1n)], [], day)]).toThrow(/not in order/);
});

/** A mistake, and what it must be called. */
const mistakes = ['none', 'drop', 'add', 'double', 'amount', 'currency', 'later'] as const;

test('random lists with random mistakes: exactly those are found', () => {
  const row = fc.record({
    id: fc.integer({ min: 0, max: 100_000 }),
    amount: fc.bigInt({ min: -1_000_000n, max: 1_000_000n }),
    mistake: fc.constantFrom(...mistakes),
    by: fc.bigInt({ min: 1n, max: 500n }),
  });
  const rows = fc.uniqueArray(row, { selector: ({ id }) => id, maxLength: 200 });
  fc.assert(
    fc.property(rows, fc.infiniteStream(fc.nat()), (list, chance) => {
      const ours: Line[] = [];
      const theirs: Line[] = [];
      const planted: string[] = [];
      for (const { id, amount, mistake, by } of list) {
        const own = line(id, amount);
        if (mistake !== 'add') ours.push(own);
        if (mistake === 'drop') planted.push(`missing_there ${id} ${-amount}`);
        else if (mistake === 'amount') {
          theirs.push({ ...own, amount: amount + by });
          planted.push(`amount_differs ${id} ${by}`);
        } else if (mistake === 'currency') {
          theirs.push({ ...own, currency: 'CNY' });
          planted.push(`currency_differs ${id} null`);
        } else if (mistake === 'later') {
          theirs.push({ ...own, day: day + 1 });
          planted.push(`other_day ${id} 0`);
        } else theirs.push(own);
        if (mistake === 'double') {
          theirs.push(own);
          planted.push(`duplicate_there ${id} ${amount}`);
        }
        if (mistake === 'add') planted.push(`missing_here ${id} ${amount}`);
      }
      const shuffled = theirs
        .map((each) => ({ each, at: chance.next().value as number }))
        .sort((a, b) => a.at - b.at)
        .map(({ each }, index) => ({ ...each, lineNumber: index + 2 }));
      const found = judged(ours, shuffled);
      expect(found.breaks.sort()).toEqual(planted.sort());
      const right = list.filter(({ mistake }) => mistake === 'none' || mistake === 'double');
      expect(found.matched).toBe(right.length);
    }),
  );
});
