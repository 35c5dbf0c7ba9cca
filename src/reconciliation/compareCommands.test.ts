// Lists on disk in parts: the same outcome as in memory, and nothing is left behind.

import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { compareLists, type NumberedBreak } from './compareCommands.ts';
import type { ReadLine } from './csv.ts';
import { byKey, keyOf, type Line } from './line.ts';
import { compare, type FoundBreak } from './match.ts';

const day = 20_000;

/** Lines with ids in no order; every seventh of the file has a mistake. */
function lists(count: number): { ours: Line[]; theirs: Line[] } {
  const ours: Line[] = [];
  const theirs: Line[] = [];
  for (let index = 0; index < count; index += 1) {
    const key = keyOf('payment', `单${(index * 7_919) % 100_003}`);
    const line = { key, currency: 'KWD', amount: BigInt(-index), day: null, lineNumber: null };
    if (index % 35 !== 0) ours.push(line);
    const its = { ...line, lineNumber: index + 2 };
    if (index % 35 === 7) its.amount += 1n;
    if (index % 35 !== 14) theirs.push(its);
    if (index % 35 === 21) theirs.push(its, its);
  }
  return { ours, theirs };
}

async function* inChunks<T>(list: readonly T[]): AsyncGenerator<readonly T[]> {
  for (let at = 0; at < list.length; at += 1_000) yield list.slice(at, at + 1_000);
}

const inWords = ({ kind, key, difference }: FoundBreak) => `${kind} ${key} ${difference}`;

test.each([[1], [90_000], [100_000_000]])(
  'in parts for %d lines: the same breaks as in one piece',
  async (expectedLines) => {
    const { ours, theirs } = lists(5_000);
    const whole = [...compare([...ours].sort(byKey), [...theirs].sort(byKey), day)];
    const expected = whole.filter((each): each is FoundBreak => each.kind !== 'matched');
    const directory = mkdtempSync(path.join(tmpdir(), 'wayfare-test-'));
    const found: NumberedBreak[] = [];
    const read = theirs.map((line): ReadLine => ({ kind: 'line', line }));
    read.push({ kind: 'unreadable', unreadable: { lineNumber: 9_999, problem: 'no id: x' } });
    const compared = await compareLists(
      { ours: inChunks(ours), theirs: inChunks(read) },
      { day, directory, expectedLines },
      async (breaks) => void found.push(...breaks),
    );
    expect(compared).toEqual({
      lines: theirs.length + 1,
      items: ours.length,
      matched: whole.length - expected.length,
    });
    expect(found.map(inWords).sort()).toEqual(
      [...expected.map(inWords), 'unreadable line/9999 null'].sort(),
    );
    // Two more of one line are two breaks, each itself.
    expect(new Set(found.map(({ key, fingerprint }) => `${key} ${fingerprint}`)).size).toBe(
      found.length,
    );
    expect(readdirSync(directory)).toEqual([]);
    rmSync(directory, { recursive: true });
  },
);

test('a list that breaks off leaves nothing behind', async () => {
  const directory = mkdtempSync(path.join(tmpdir(), 'wayfare-test-'));
  const { ours } = lists(100);
  async function* broken(): AsyncGenerator<readonly ReadLine[]> {
    yield [];
    throw new Error('the disk is gone');
  }
  const compared = compareLists(
    { ours: inChunks(ours), theirs: broken() },
    { day, directory, expectedLines: 100 },
    async () => undefined,
  );
  await expect(compared).rejects.toThrow('the disk is gone');
  expect(readdirSync(directory)).toEqual([]);
  rmSync(directory, { recursive: true });
});
