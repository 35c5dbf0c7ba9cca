// Offered rates: who is preferred, what is too old, and how far a rate may move without a person.

import { describe, expect, test } from 'vitest';
import { judgeOffer, type Offerer, type RankedRate } from './offer.ts';

const hour = 3_600_000;
const now = 100 * hour;
const feed: Offerer = {
  source: 'feed',
  byWhom: null,
  rank: 100,
  ageLimitMs: hour,
  jumpLimitBasisPoints: 300,
};
const inForce = (over: Partial<RankedRate> = {}): ReadonlyMap<string, RankedRate> => {
  const rate = { base: 'USD', quote: 'CNY', price: '7', source: 'feed', date: '2026-11-22' };
  return new Map([
    ['USD/CNY', { ...rate, realAt: now - 60_000, ageLimitMs: hour, rank: 100, ...over }],
  ]);
};
const offered = (price: string, realAt = now) => ({
  realAt,
  rates: [{ base: 'USD', quote: 'CNY', price }],
});
const outcome = (
  known: ReadonlyMap<string, RankedRate>,
  price: string,
  offerer = feed,
  realAt = now,
) => {
  const judged = judgeOffer(known, offered(price, realAt), offerer, now);
  if (judged.tooOld !== undefined) return 'too old';
  if (judged.jumped.length > 0) return `waits, moved ${judged.jumped[0]?.movedBasisPoints}`;
  if (judged.taken.length === 0) return 'left';
  return judged.changed.length > 0 ? 'taken' : 'still the same';
};

describe('how far a rate may move', () => {
  test.each([
    ['7.21', 'taken', '3 % up is within the limit'],
    ['7.2101', 'waits, moved 301', 'a hair more is not: what is over is rounded up'],
    ['6.80', 'taken', 'down'],
    ['6.79', 'waits, moved 310', 'a fall counts as the rise that would undo it'],
    ['7.0', 'taken', 'another text is another rate'],
    ['7', 'still the same', 'the same again is only newer'],
    ['0.0000001', 'waits, moved 699999990000', 'nonsense is counted up to a bound'],
  ])('%s: %s, %s', (price, expected) => {
    const bounded = expected.replace('699999990000', '1000000000');
    expect(outcome(inForce(), price)).toBe(bounded);
  });

  test('a pair that was not there has nothing to move from', () => {
    expect(outcome(new Map(), '900')).toBe('taken');
  });
});

describe('who is preferred', () => {
  test.each([
    [{ source: 'best', rank: 10 }, 'left', 'a better one that still counts stays'],
    [{ source: 'best', rank: 10, realAt: now - hour }, 'taken', 'until it is too old'],
    [{ source: 'peer', rank: 100 }, 'taken', 'of equals the last one counts'],
    [{ source: 'sample', rank: 1_000, ageLimitMs: null }, 'taken', 'a worse one is replaced'],
    [{ realAt: now + 1 }, 'left', 'the same source never goes back'],
  ] as readonly [Partial<RankedRate>, string, string][])('%o: %s, %s', (over, expected) => {
    expect(outcome(inForce(over), '7.01')).toBe(expected);
  });
});

test('a table past its age limit changes nothing', () => {
  expect(outcome(inForce(), '7.01', feed, now - hour)).toBe('too old');
  expect(outcome(inForce({ realAt: 0 }), '7.01', feed, now - hour + 1)).toBe('taken');
});
