// Slots, lanes and public ids: whatever is written is read back, and an id alone says where its
// rows are.

import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  laneOfSlot,
  numberFrom,
  publicId,
  readPublicId,
  slotCount,
  slotOf,
  slotOfNumber,
} from './id.ts';

const slots = fc.integer({ min: 0, max: slotCount - 1 });
const sequences = fc.integer({ min: 0, max: 2 ** 40 - 1 });
const times = fc.integer({ min: Date.UTC(2020, 0, 1), max: Date.UTC(2099, 11, 31) });

test('the slot of a key never changes: ids that were given out depend on it', () => {
  expect(slotOf('CHENGDU_PAY', 'A0000000001')).toBe(slotOf('CHENGDU_PAY', 'A0000000001'));
  // Written down once; a change of the hash would break every number that exists.
  expect([slotOf(''), slotOf('a'), slotOf('a', 'b'), slotOf('ab'), slotOf('面')]).toEqual([
    3827, 2358, 953, 2699, 3050,
  ]);
});

test('parts of a key are kept apart', () => {
  expect(slotOf('ab', 'c')).not.toBe(slotOf('a', 'bc'));
});

test('every key has a slot in range, and keys spread over all lanes', () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), (a, b) => {
      const slot = slotOf(a, b);
      expect(Number.isInteger(slot) && slot >= 0 && slot < slotCount).toBe(true);
    }),
  );
  const counts = new Array<number>(16).fill(0);
  for (let each = 0; each < 16_000; each++) {
    const lane = laneOfSlot(slotOf('CHENGDU', `P${each}`), 16);
    counts[lane] = (counts[lane] ?? 0) + 1;
  }
  expect(Math.min(...counts)).toBeGreaterThan(850);
  expect(Math.max(...counts)).toBeLessThan(1_150);
});

test('each lane has the same number of slots, in one range', () => {
  for (const lanes of [1, 2, 4, 64, 4096]) {
    const of = Array.from({ length: slotCount }, (_, slot) => laneOfSlot(slot, lanes));
    expect(new Set(of).size).toBe(lanes);
    expect(of).toEqual([...of].sort((a, b) => a - b));
    expect(of.filter((lane) => lane === 0)).toHaveLength(slotCount / lanes);
  }
});

test('a number carries its slot, and stays an exact integer', () => {
  fc.assert(
    fc.property(sequences, slots, (sequence, slot) => {
      const number = numberFrom(sequence, slot);
      expect(Number.isSafeInteger(number)).toBe(true);
      expect(slotOfNumber(number)).toBe(slot);
    }),
  );
});

test('a public id is read back, with its leg where it has one', () => {
  fc.assert(
    fc.property(times, sequences, slots, fc.integer({ min: 0, max: 9 }), (at, seq, slot, leg) => {
      const number = numberFrom(seq, slot);
      const payment = publicId('payment', at, number);
      expect(readPublicId('payment', payment)).toEqual({ number, leg: undefined });
      const legId = publicId('leg', at, number, leg);
      expect(readPublicId('leg', legId)).toEqual({ number, leg });
      expect(legId.slice(0, 10)).toBe(`${payment.slice(0, 8)}20`);
    }),
  );
});

test('an id of one kind is no id of another, and nonsense is none', () => {
  const payment = publicId('payment', Date.UTC(2026, 10, 21), numberFrom(7, 9));
  const leg = publicId('leg', Date.UTC(2026, 10, 21), numberFrom(7, 9), 1);
  expect(readPublicId('leg', payment)).toBeUndefined();
  expect(readPublicId('payment', leg)).toBeUndefined();
  for (const text of ['', 'x', '1'.repeat(26), `${payment}1`, payment.slice(1), ` ${payment}`]) {
    expect(readPublicId('payment', text)).toBeUndefined();
  }
  expect(readPublicId('payment', `2026112110${'9'.repeat(16)}`)).toBeUndefined();
});

test('the date of an id is that of the network, UTC+8', () => {
  const dateOf = (at: number) => publicId('payment', at, numberFrom(1, 1)).slice(0, 8);
  expect(dateOf(Date.UTC(2026, 10, 21, 15, 59, 59, 999))).toBe('20261121');
  expect(dateOf(Date.UTC(2026, 10, 21, 16, 0, 0, 0))).toBe('20261122');
});
