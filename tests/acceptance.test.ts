// The table of acceptance cases in the guide is true: every story and test that it names is there,
// and each case that a partner is certified by has words in Chinese too.

import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { acquirerAgreementCases } from '../src/certify/acquirerAgreementCases.ts';
import { acquirerCases } from '../src/certify/acquirerCases.ts';
import { nationalCodeCases, privateCodeCases } from '../src/certify/acquirerCodeCases.ts';
import { acquirerDisputeCases } from '../src/certify/acquirerDisputeCases.ts';
import { acquirerWindowCases } from '../src/certify/acquirerWindowCases.ts';
import { doorCases, inTime } from '../src/certify/doorCases.ts';
import { walletAftermathCases } from '../src/certify/walletAftermathCases.ts';
import { walletAgreementCases } from '../src/certify/walletAgreementCases.ts';
import { walletDisputeCases } from '../src/certify/walletDisputeCases.ts';
import { walletPayCases } from '../src/certify/walletPayCases.ts';
import { walletWindowCases } from '../src/certify/walletWindowCases.ts';
import { caseTitles } from '../web/network/case-titles.ts';
import { ROOT } from './support/sources.ts';

const guide = readFileSync(path.join(ROOT, 'docs/guides/certification.md'), 'utf8');

/** A row of the tables: its number, and the files with the headings that show it. */
interface Row {
  readonly number: string;
  readonly shownBy: string;
  readonly proofs: readonly { readonly file: string; readonly words: string }[];
}

const rows: readonly Row[] = [...guide.matchAll(/^\| ([A-Z]?\d*) \| [^|]+ \| ([^|]+) \|$/gm)].map(
  ([, number = '', shownBy = '']) => ({
    number,
    shownBy,
    proofs: [...shownBy.matchAll(/`([^`]+)`: "([^"]+)"/g)].map(([, file = '', words = '']) => ({
      file,
      words,
    })),
  }),
);

/** What a file says of itself: the paragraphs of a story, the names of tests. */
function headingsOf(file: string): string[] {
  const text = readFileSync(path.join(ROOT, file), 'utf8');
  if (file.endsWith('.story')) return text.split('\n').filter((line) => line.startsWith('## '));
  const names = /\b(?:test|it)(?:\.each\([^;]*?\))?\(\s*(['"`])([\s\S]*?)\1/g;
  return [...text.matchAll(names)].map(([, , name = '']) => name);
}

test('all 25 cases are in the table, each once', () => {
  const derived = rows.map(({ number }) => Number(number)).filter((number) => number > 0);
  expect(derived).toEqual(Array.from({ length: 25 }, (_, index) => index + 1));
});

describe.each(rows)('case $number', ({ shownBy, proofs }) => {
  test('is shown by what the table names, or is said not to be built', () => {
    if (proofs.length === 0) {
      expect(shownBy).toMatch(/^not built: /);
      return;
    }
    // Nothing else stands in the cell: no word that the test would pass over.
    expect(shownBy.replace(/`[^`]+`: "[^"]+"/g, '').replace(/[, ]/g, '')).toBe('');
    for (const { file, words } of proofs) {
      const found = headingsOf(file).some((heading) => heading.includes(words));
      expect([file, words, found]).toEqual([file, words, true]);
    }
  });
});

const shared = [...doorCases, inTime];
const certified = {
  wallet: [
    ...shared,
    ...walletPayCases,
    ...walletAftermathCases,
    ...walletAgreementCases,
    ...walletDisputeCases,
    ...walletWindowCases,
  ],
  acquirer: [
    ...shared,
    ...acquirerCases,
    ...privateCodeCases,
    ...nationalCodeCases,
    ...acquirerAgreementCases,
    ...acquirerDisputeCases,
    ...acquirerWindowCases,
  ],
};

test.each(['wallet', 'acquirer'] as const)('every case of a %s has a title in Chinese', (role) => {
  const ids = new Set(certified[role].map(({ id }) => id));
  expect(new Set(Object.keys(caseTitles[role]))).toEqual(ids);
});
