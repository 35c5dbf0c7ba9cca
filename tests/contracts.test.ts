// Pages know the network by its answers alone and list for themselves what can be in them: here
// their lists are held against the network's own.

import { expect, test } from 'vitest';
import type { faultReasons } from '../src/calendar/faults.ts';
import { presetYears } from '../src/calendar/marketYear.ts';
import { feeProducts } from '../src/fees/feeRules.ts';
import { breakKinds } from '../src/reconciliation/match.ts';
import type { readReasons } from '../src/reconciliation/reasons.ts';
import { causes } from '../src/reconciliation/reconciliation.ts';
import { dayName, leftOutText } from '../web/calendars/day-names.ts';
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
  type Code = ReturnType<typeof readReasons | typeof faultReasons>[number]['code'];
  const words: Readonly<Record<Code, string>> = en.reasons;
  expect(Object.values(words)).not.toContain('');
});

test('the days of the project have Chinese names, and keep theirs on an English page', () => {
  const days = presetYears.flatMap(({ holidays }) => Object.values(holidays));
  const inChinese = new Map(days.map((name) => [name, dayName(name, 'zh-CN')]));
  for (const [name, zh] of inChinese) expect(zh, name).toMatch(/^[^a-z]+$/i);
  expect(days.map((name) => dayName(name, 'en-GB'))).toEqual(days);
  expect(dayName('春节', 'en-GB')).toBe('Spring Festival');
  expect(dayName('Day of the Bank', 'zh-CN')).toBe('Day of the Bank');
  for (const { market, leftOut } of presetYears) {
    expect(leftOutText(leftOut, 'zh-CN'), market).toMatch(/^[^a-z]*$/i);
    expect(leftOutText(leftOut, 'en-GB')).toBe(leftOut);
  }
});
