// Pages know the network by its answers alone and list for themselves what can be in them: here
// their lists are held against the network's own.

import { expect, test } from 'vitest';
import { feeProducts } from '../src/fees/feeRules.ts';
import { breakKinds } from '../src/reconciliation/match.ts';
import type { readReasons } from '../src/reconciliation/reasons.ts';
import { causes } from '../src/reconciliation/reconciliation.ts';
import * as fees from '../web/shared/fees-contract.ts';
import { en } from '../web/shared/locales/en.ts';
import * as reconciliation from '../web/shared/reconciliation-contract.ts';

test('the pages list what the network lists', () => {
  expect(reconciliation.breakKinds).toEqual(breakKinds);
  expect(reconciliation.causes).toEqual(causes);
  expect(fees.feeProducts).toEqual(feeProducts);
});

test('the pages have words for each reason of a break or a refused file', () => {
  // The compiler knows every code of the network; one without words is no such record.
  const words: Readonly<Record<ReturnType<typeof readReasons>[number]['code'], string>> =
    en.reasons;
  expect(Object.values(words)).not.toContain('');
});
