// Folders of a participant: what is in them, and that no path leads out of them.

import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { SettlementFile } from './settlementFile.ts';
import { entryAt, namesOf, treeOf } from './tree.ts';

const file: SettlementFile = {
  name: 'summary_TNG_MYR_C2026112300000003_TNG-MYR_000.csv',
  kind: 'summary',
  batchId: 'C2026112300000003',
  participantId: 'TNG',
  currency: 'MYR',
  seq: 0,
  generatedDay: 20_781,
  sizeBytes: 1,
  digest: '00',
  madeAt: 0,
  fetchedAt: null,
  fetchedBy: null,
  fetchCount: 0,
};

const own = `/sandbox/settlements/clearing/TNG/20261124/${file.name}`;
const tree = treeOf('TNG', [file], true);

test('a file is where the protocol says, and both folders are there from the start', () => {
  expect(entryAt(tree, own)).toEqual({ kind: 'file', file });
  expect(entryAt(tree, '/sandbox/settlements/settlement/TNG')?.kind).toBe('folder');
  expect(entryAt(treeOf('TNG', [], false), '/v1/settlements/clearing/TNG')?.kind).toBe('folder');
  expect(entryAt(tree, '/sandbox/settlements/clearing/KAKAO')).toBeUndefined();
  expect(entryAt(tree, `${own}/x`)).toBeUndefined();
});

test('a participant may be called as an object has members', () => {
  expect(entryAt(tree, '/constructor')).toBeUndefined();
  expect(entryAt(tree, '/__proto__/toString')).toBeUndefined();
});

test('no path leads out: it is a file of the tree, one of its folders, or nothing', () => {
  const names = fc.constantFrom('..', '.', '', 'sandbox', 'settlements', 'clearing', 'TNG', 'etc');
  fc.assert(
    fc.property(fc.array(fc.oneof(names, fc.string()), { maxLength: 12 }), (parts) => {
      const path = parts.join('/');
      expect(namesOf(path)).not.toContain('..');
      const entry = entryAt(tree, path);
      if (entry?.kind === 'file') expect(entry.file).toBe(file);
    }),
  );
});
