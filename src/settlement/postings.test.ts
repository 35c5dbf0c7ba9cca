// What settling leaves in the books: nothing, or the difference to what the bank has moved.

import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Posting } from '../ledger/posting.ts';
import { bankPostings, sentPostings } from './postings.ts';

const accounts = { position: 1, transit: 2, bank: 3 };

/** Credits less debits of each account. */
function netOf(postings: readonly Posting[]): Map<number, bigint> {
  const net = new Map<number, bigint>([1, 2, 3].map((each) => [each, 0n]));
  for (const { debitAccount, creditAccount, amount } of postings) {
    expect(amount > 0n).toBe(true);
    net.set(debitAccount, (net.get(debitAccount) ?? 0n) - amount);
    net.set(creditAccount, (net.get(creditAccount) ?? 0n) + amount);
  }
  return net;
}

const nonZero = fc.bigInt({ min: -(10n ** 12n), max: 10n ** 12n }).filter((each) => each !== 0n);
const cases = fc.record({ amount: nonZero, lines: fc.array(nonZero, { maxLength: 6 }) });

/** Everything that is posted for a batch whose bank lines came in this order. */
function posted(amount: bigint, lines: readonly bigint[]): Posting[] {
  let before = 0n;
  const postings = sentPostings(accounts, amount);
  for (const line of lines) {
    postings.push(...bankPostings(accounts, amount, before, line));
    before += line;
  }
  return postings;
}

test('the bank has its lines, and position and transit together what is left of the amount', () => {
  fc.assert(
    fc.property(cases, ({ amount, lines }) => {
      const net = netOf(posted(amount, lines));
      const banked = lines.reduce((sum, line) => sum + line, 0n);
      expect(net.get(3)).toBe(banked);
      // The position began at the amount: what is not at the bank is still somewhere to be seen.
      expect((net.get(1) ?? 0n) + amount + (net.get(2) ?? 0n)).toBe(amount - banked);
      if (amount > 0n) expect(net.get(1)).toBe(-amount);
      else expect([(net.get(1) ?? 0n) >= 0n, (net.get(1) ?? 0n) <= -amount]).toEqual([true, true]);
    }),
  );
});

test('when the bank moved what was sent, in however many lines, nothing is left', () => {
  fc.assert(
    fc.property(cases, ({ amount, lines }) => {
      const rest = amount - lines.reduce((sum, line) => sum + line, 0n);
      const net = netOf(posted(amount, rest === 0n ? lines : [...lines, rest]));
      expect([net.get(1), net.get(2), net.get(3)]).toEqual([-amount, 0n, amount]);
    }),
  );
});
