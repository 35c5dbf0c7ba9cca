// The setting of days that close by themselves, and the file of calendars of earlier versions.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { refuseCalendarsFile } from './calendarsFile.ts';
import { readClosing } from './closing.ts';

const minute = 60_000;

test('days close half an hour after midnight, at another time, or not by themselves', () => {
  expect(readClosing(undefined, 15 * minute)).toBe(30 * minute);
  expect(readClosing('', 40 * minute)).toBe(40 * minute);
  expect(readClosing('45m', 15 * minute)).toBe(45 * minute);
  expect(readClosing('off', 15 * minute)).toBeNull();
  for (const wrong of ['10m', '2d', 'soon']) {
    expect(() => readClosing(wrong, 15 * minute)).toThrow('WAYFARE_CLOSING');
  }
});

test('a calendar file of before is not passed over: the start says what to do instead', () => {
  const home = mkdtempSync(path.join(tmpdir(), 'wayfare-calendars-'));
  try {
    expect(() => refuseCalendarsFile(home, {})).not.toThrow();
    expect(() => refuseCalendarsFile(home, { WAYFARE_CALENDARS: '/a.json' })).toThrow(
      /a\.json.* unset WAYFARE_CALENDARS, .*wayfare calendar load/,
    );
    writeFileSync(path.join(home, 'calendars.json'), '{}');
    expect(() => refuseCalendarsFile(home, { WAYFARE_CALENDARS: '' })).toThrow(
      /calendars\.json is not read any more: remove .*wayfare calendar load/,
    );
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
});
