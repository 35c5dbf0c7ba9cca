// Times as configuration: what a file may set, what is said when it cannot, and the guide's tables.

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { defaultTiming, type Timing } from '../base/limits.ts';
import { timingConflicts, timingTable } from '../base/timing.ts';
import { timingText } from './timing.ts';
import { loadTiming, readTiming, timingFileOf, timingSource } from './timingFile.ts';

let directory: string;
let file: string;

beforeEach(() => {
  directory = mkdtempSync(path.join(tmpdir(), 'wayfare-timing-'));
  file = path.join(directory, 'timing.json');
});

afterEach(() => rmSync(directory, { recursive: true, force: true }));

test('without a file the defaults are in force, and they agree with each other', () => {
  expect(loadTiming(file)).toBe(defaultTiming);
  expect(timingConflicts(defaultTiming)).toEqual([]);
});

test('every time has its entry, and its default is one that a file could set', () => {
  expect(Object.keys(timingTable).sort()).toEqual(Object.keys(defaultTiming).sort());
  expect(readTiming('all', JSON.stringify(defaultTiming))).toEqual(defaultTiming);
});

test('a file sets what it names, as milliseconds or as a length of time', () => {
  const text = '{"orderCodePaymentMs": "2m", "noticeDelaysMs": [1000, "1m30s"]}';
  expect(readTiming('t', text)).toEqual({
    ...defaultTiming,
    orderCodePaymentMs: 120_000,
    noticeDelaysMs: [1_000, 90_000],
  });
});

test.each([
  ['{"orderCodePaymentMs": 0}', /^ {2}orderCodePaymentMs must be milliseconds, a whole number/m],
  ['{"orderCodePaymentMs": 1.5}', /orderCodePaymentMs must be milliseconds/],
  ['{"orderCodePaymentMs": "3 minutes"}', /orderCodePaymentMs .* "30s", "10m"/],
  ['{"orderCodePaymentMs": 86400001}', /from 1 to 86400000 \(1d\)/],
  ['{"noticeDelaysMs": [1000, "x"]}', /noticeDelaysMs\[1\] must be milliseconds/],
  ['{"noticeDelaysMs": []}', /noticeDelaysMs must be a list of 1 to 100 waits/],
  ['{"noticeDelaysMs": 5}', /noticeDelaysMs must be a list of 1 to 100 waits, each in millisec/],
  ['{"noticeDelays": [5]}', /there is no time noticeDelays; see wayfare timing/],
  ['[]', /the file must be one JSON object of times; the names are paymentCodeLifeMs/],
  ['{', /it is not JSON/],
  ['{"leaseMs": 5000}', /leaseMs must be longer than partnerCallMs/],
  ['{"quoteLifeMs": 60000}', /quoteLifeMs must be longer than/],
  ['{"keepPaymentMessagesMs": "410d"}', /keepPaymentMessagesMs must be longer than refundWindow/],
  ['{"refundWindowMs": "400d"}', /keepCountersMs must be longer than refundWindowMs/],
  ['{"keepPaymentCodesMs": "1m"}', /keepPaymentCodesMs must be longer than paymentCodePayment/],
  ['{"keepRefusedSignInsMs": "15m"}', /keepRefusedSignInsMs must be longer than the 15 min/],
])('%s is refused with the field and the unit', (text, said) => {
  expect(() => readTiming('timing.json', text)).toThrow(said);
});

test('a changed file is read again; a broken one changes nothing and is said once', () => {
  const failures: string[] = [];
  const timing = timingSource(file, (_what, error) => void failures.push(String(error)));
  expect(timing()).toBe(defaultTiming);
  writeFileSync(file, '{"quoteLifeMs": "20m"}');
  expect(timing().quoteLifeMs).toBe(1_200_000);
  expect(timing()).toBe(timing());
  writeFileSync(file, '{"quoteLifeMs": "soon"}');
  expect(timing().quoteLifeMs).toBe(1_200_000);
  expect(timing().quoteLifeMs).toBe(1_200_000);
  expect(failures).toHaveLength(1);
  rmSync(file);
  expect(timing()).toBe(defaultTiming);
});

test('the file is in the home unless another is named', () => {
  expect(timingFileOf('/srv/hub', {})).toBe('/srv/hub/timing.json');
  expect(timingFileOf('/srv/hub', { WAYFARE_TIMING: '/etc/t.json' })).toBe('/etc/t.json');
});

test('the guide says of every time what the table says', () => {
  const guide = readFileSync('docs/guides/timing.md', 'utf8').split('\n');
  const whose = { protocol: 'protocol', ours: 'our rule' };
  const rows = Object.entries(timingTable).map(([name, { what, rule, source, clock }]) => {
    const value = timingText(defaultTiming[name as keyof Timing]);
    return `| \`${name}\` | ${value} | ${what} | ${whose[rule]}: ${source} | ${clock} |`;
  });
  expect(guide.filter((line) => /^\| `\w+Ms` \|/.test(line)).sort()).toEqual(rows.sort());
});
