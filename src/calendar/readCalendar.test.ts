// Files of calendars: what is read, and what is wrong with others, by line and field.

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { presetCalendars } from './businessDay.ts';
import { faultText } from './faults.ts';
import { readJsonLines } from './jsonLines.ts';
import { calendarsWith, dayChanges, presetYears } from './marketYear.ts';
import { readCalendar } from './readCalendar.ts';

const good = `{
  "market": "CN",
  "year": 2027,
  "source": "State Council, notice on the holidays of 2027",
  "address": "https://www.gov.cn/holidays/2027",
  "published": "2026-11-04",
  "holidays": {
    "2027-02-06": "Spring Festival",
    "2027-02-05": "Spring Festival",
    "2027-10-01": "National Day"
  },
  "workingWeekendDays": ["2027-02-20",
    "2027-01-31"]
}
`;

const problemOf = (text: string, today?: string): string => {
  const reading = readCalendar(text, today);
  return reading.ok ? 'none' : faultText(reading);
};
const without = (line: number) =>
  good
    .split('\n')
    .filter((_, index) => index !== line - 1)
    .join('\n');

test('a file is a market and a year with their source, in the order of their days', () => {
  const reading = readCalendar(good, '2026-11-22');
  expect(reading).toMatchObject({ ok: true, file: { market: 'CN', year: 2027, leftOut: '' } });
  if (!reading.ok) return;
  const { file } = reading;
  expect(Object.keys(file.holidays)).toEqual(['2027-02-05', '2027-02-06', '2027-10-01']);
  expect(file.workingWeekendDays).toEqual(['2027-01-31', '2027-02-20']);
  expect(dayChanges(presetCalendars, calendarsWith([file]), file)).toEqual({
    closes: ['2027-02-05', '2027-10-01'],
    opens: ['2027-01-31', '2027-02-20'],
  });
});

test('what is wrong is told with its line and field', () => {
  const cases: [string, string | RegExp, string?][] = [
    ['', 'line 1: it is no JSON: the file ends before it is whole'],
    [without(5), 'none'],
    [without(4), 'line 1, source: is missing'],
    [good.replace('"CN"', '"China"'), 'line 2, market: must be two capital letters, as CN'],
    [good.replace('2027,', '"2027",'), /^line 3, year: must be a year from 2000/],
    ['[]', 'line 1: must be an object'],
    [good.replace('https:', 'javascript:'), /^line 5, address: must be an address/],
    [good.replace('2026-11-04', '4 November'), 'line 6, published: is no date, as 2027-10-01'],
    [good, /^line 6, published: is after today, 2026-11-03/, '2026-11-03'],
    [good.replace('2027-10-01', '2027-02-30'), /^line 10, holidays.2027-02-30: is no date/],
    [good.replace('2027-10-01', '2028-10-01'), /is not in the year 2027$/],
    [good.replace('2027-10-01', '2027-02-05'), 'line 10: holidays.2027-02-05 stands there twice'],
    [good.replace('2027-01-31', '2027-02-01'), /^line 13, workingWeekendDays.1: is no Sat/],
    [good.replace('2027-01-31', '2027-02-20'), /^line 13, workingWeekendDays.1: stands there/],
    [good.replace('2027-01-31', '2027-02-06'), /^line 8, holidays.2027-02-06: is in working/],
    [good.replace('"holidays"', '"days"'), /^line 7, days: is no field|holidays: is missing/],
    [good.replace('"2027-02-05": "Spring Festival",', '"2027-02-05": "",'), /^line 9, holidays/],
    [good.replace('Festival",', 'Festival"'), /^line 9: it is no JSON: a comma or }/],
    [`${good}x`, 'line 15: nothing may come after the end'],
    [good.replace('"CN"', '[[[[[[[[[[1]]]]]]]]]]'), 'line 2: too many levels'],
    [`"${'x'.repeat(20_000)}"`, 'line 1: more than 20000 characters'],
  ];
  for (const [text, problem, today] of cases) {
    const told = problemOf(text, today);
    if (typeof problem === 'string') expect(told).toBe(problem);
    else expect(told).toMatch(problem);
  }
});

test('a year in which banks hardly ever work is none', () => {
  const days = Array.from({ length: 90 }, (_, each) => {
    const date = new Date(Date.UTC(2027, 0, 1 + each)).toISOString().slice(0, 10);
    return [date, 'off'];
  });
  const list = { ...JSON.parse(good), holidays: Object.fromEntries(days), workingWeekendDays: [] };
  expect(problemOf(JSON.stringify(list))).toMatch(/holidays: 64 weekdays, and at most 60/);
});

test('the years of the project are as good as files, and change nothing when loaded', () => {
  for (const each of presetYears) {
    const published = '2025-11-01';
    const text = JSON.stringify({ ...each, source: 'our own data', published });
    expect([each.market, problemOf(text)]).toEqual([each.market, 'none']);
    expect(dayChanges(presetCalendars, calendarsWith([each]), each)).toEqual({
      closes: [],
      opens: [],
    });
  }
});

test('JSON is read as the language reads it, and what it refuses is refused', () => {
  fc.assert(
    fc.property(
      fc.jsonValue({ maxDepth: 4 }),
      fc.nat(),
      fc.constantFrom('', '"', ',', '{', ']', '\n', '\\', '0', 't', '\u0001'),
      (value, at, sign) => {
        const text = JSON.stringify(value, undefined, 1);
        // Node 26 reads the name `a\"` as `a\` where it has met an object with that name before:
        // nothing can be compared there.
        fc.pre(!text.includes('\\\\"'));
        const whole = readJsonLines(text);
        expect(whole.ok && whole.value).toEqual(JSON.parse(text));
        const place = at % text.length;
        const broken = text.slice(0, place) + sign + text.slice(place + 1);
        const reading = readJsonLines(broken);
        if (!reading.ok && reading.problem.code === 'json_name_twice') return;
        let parsed: unknown;
        try {
          parsed = JSON.parse(broken);
        } catch {
          expect(reading.ok).toBe(false);
          return;
        }
        expect(reading.ok ? reading.value : reading.problem).toEqual(parsed);
      },
    ),
  );
});

test('the largest text of nothing but lines is read in no time: payments wait meanwhile', () => {
  const text = `[${'1,\n'.repeat(6_600)}1]`;
  const began = performance.now();
  const reading = readJsonLines(text);
  expect(performance.now() - began).toBeLessThan(250);
  expect(reading.ok && reading.lineOf(['6600'])).toBe(6_601);
});
