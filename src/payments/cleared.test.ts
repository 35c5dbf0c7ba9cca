// What a payment adds to its day's batches: only what its chart of accounts knows for sure.

import { expect, test } from 'vitest';
import { type Account, Chart } from '../ledger/account.ts';
import type { Journal } from '../ledger/posting.ts';
import { clearedOf } from './cleared.ts';
import type { Rules } from './rules.ts';

const account = (accountId: number, kind: Account['kind']): Account => ({
  accountId,
  name: `${kind}:${accountId}`,
  currency: 'CNY',
  kind,
  participantId: kind === 'position' ? 'TNG' : null,
});
const rulesWith = (...accounts: Account[]) =>
  ({ directory: { chart: new Chart(accounts) } }) as unknown as Pick<Rules, 'directory'>;
const journal: Journal = {
  journalNumber: 5,
  postedAt: 0,
  postings: [{ reason: 'principal', debitAccount: 1, creditAccount: 2, amount: 7n }],
};

test('positions are cleared, accounts of the network are not', () => {
  const slices = clearedOf(rulesWith(account(1, 'position'), account(2, 'fx')), journal, 'payment');
  expect(slices).toMatchObject([{ accountId: 1, count: 1, gross: -7n, checksum: -35n }]);
});

test('an account that a process has not heard of yet is not taken for one of the network', () => {
  const unheard = rulesWith(account(2, 'fx'));
  expect(() => clearedOf(unheard, journal, 'payment')).toThrow('account 1');
});
