// Partners' files as they come: our columns, theirs, and lines that nobody can read.

import { expect, test } from 'vitest';
import { dayOfDate } from '../calendar/businessDay.ts';
import { type Partner, readHeading } from './csv.ts';
import { readMapping, usualMapping } from './mapping.ts';

const wallet: Partner = { role: 'wallet', currency: 'MYR' };
const acquirer: Partner = { role: 'acquirer', currency: 'CNY' };
const usual = 'transactionType,requestId,currency,amountValue,completedAt';

/** A line under a heading, in few words. */
function read(heading: string, line: string, partner = wallet, mapping = usualMapping): string {
  const head = readHeading(heading, mapping, partner);
  if (!head.ok) return head.problem;
  const found = head.read(line, 2);
  if (found.kind === 'unreadable') return `2: ${found.unreadable.problem}`;
  const { key, currency, amount, day } = found.line;
  return `${key} ${amount} ${currency} ${day}`;
}

const day = dayOfDate('2026-11-23');

test.each([
  ['PAYMENT,A1,MYR,6300,2026-11-23', `payment/A1 -6300 MYR ${day}`],
  ['REFUND,A1,MYR,100,', 'refund/A1 100 MYR null'],
  ['REFUND,A1,MYR,-100,', 'refund/A1 100 MYR null'],
  ['"PAYMENT","A ""1""",MYR,6300,', 'payment/A "1" -6300 MYR null'],
  // Midnight of UTC+8 is 16:00 UTC of the day before.
  ['PAYMENT,A1,MYR,1,2026-11-22T16:00:00.000Z', `payment/A1 -1 MYR ${day}`],
  ['PAYMENT,A1,MYR,1,2026-11-23T23:59:59+08:00', `payment/A1 -1 MYR ${day}`],
])('%s', (line, words) => {
  expect(read(usual, line)).toBe(words);
});

test.each([
  ['PAYMENT,A1,MYR', '2: 3 fields of 5: PAYMENT,A1,MYR'],
  ['PAYMENT,,MYR,1,', '2: no id: PAYMENT,,MYR,1,'],
  ['PAYMENT,A1,XXQ,1,', '2: no such currency: PAYMENT,A1,XXQ,1,'],
  ['PAYMENT,A1,MYR,1.5,', '2: no amount: PAYMENT,A1,MYR,1.5,'],
  ['PAYMENT,A1,MYR,1e3,', '2: no amount: PAYMENT,A1,MYR,1e3,'],
  ['PAYMENT,A1,MYR,-1,', '2: a payment below zero: PAYMENT,A1,MYR,-1,'],
  ['PAYMENT,A1,MYR,1234567890123456789,', /^2: no amount/],
  ['FEE,A1,MYR,1,', '2: neither payment nor refund: FEE,A1,MYR,1,'],
  ['PAYMENT,A1,MYR,1,yesterday', '2: no date: PAYMENT,A1,MYR,1,yesterday'],
  ['PAYMENT,A1,MYR,1,2026-13-45', /^2: no date/],
  ['PAYMENT,"A1,MYR,1,', '2: an open quote: PAYMENT,"A1,MYR,1,'],
  ['\u0000\uFFFD', '2: 1 fields of 5: ??'],
])('unreadable: %j', (line, words) => {
  const said = read(usual, line);
  if (typeof words === 'string') expect(said).toBe(words);
  else expect(said).toMatch(words);
});

test('a mapping names their columns, their words and their unit', () => {
  const found = readMapping({
    separator: ';',
    columns: { id: 'Order', amount: 'Sum', type: null, currency: null, date: null },
    unit: 'decimal',
  });
  if (!found.ok) throw new Error(found.problem);
  const theirs = (line: string) => read('\uFEFFSum;Order;Note', line, acquirer, found.mapping);
  expect(theirs('99.50;P1;x')).toBe('payment/P1 9950 CNY null');
  expect(theirs('-1.00;R1;x')).toBe('refund/R1 -100 CNY null');
  expect(theirs('1.005;P1;x')).toBe('2: no amount: 1.005;P1;x');
  expect(read('Sum;Note', '1;x', acquirer, found.mapping)).toBe('the file has no column Order');
});

test.each([
  [[], 'the mapping must be an object'],
  [{ comma: ';' }, 'comma: no such field'],
  [{ columns: { sum: 'x' } }, 'columns.sum: no such field'],
  [{ columns: { id: null } }, "columns.id: must be a column's heading"],
  [{ separator: 'x' }, 'separator: one of , ; tab |'],
  [{ unit: 'cents' }, 'unit: minor or decimal'],
  [{ currency: 'QQQ' }, 'currency: no such currency'],
])('a mapping that is wrong says where: %j', (json, problem) => {
  expect(readMapping(json)).toEqual({ ok: false, problem });
});
