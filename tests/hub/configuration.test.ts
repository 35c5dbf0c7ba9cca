// What a hub knows of its configuration: nothing that was approved is missed when a reading fails,
// and no reading that was slow puts back what was before.

import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type Configuration, openConfiguration } from '../../src/api/configuration.ts';
import { openNetworkClock } from '../../src/api/networkClock.ts';
import { defaultTiming } from '../../src/base/limits.ts';
import type { Database, SqlValue } from '../../src/base/world.ts';
import { isWorkingDay } from '../../src/calendar/businessDay.ts';
import { decideCalendar, proposeCalendar } from '../../src/calendar/store.ts';
import { presetLimits } from '../../src/limits/presetLimits.ts';
import { createLanes } from '../../src/network/store.ts';
import { type FreshDatabase, freshDatabase } from '../support/postgres.ts';
import { settableClock } from './clock.ts';
import { day } from './closing.ts';

const refreshMs = 1_000;
const clock = settableClock();
let fresh: FreshDatabase;
let configuration: Configuration;
/** What happens when the calendars were read, before their reader hears of it. */
let whenRead: () => Promise<void>;

beforeEach(async () => {
  fresh = await freshDatabase();
  whenRead = async () => undefined;
  await createLanes(fresh.database, 1);
  const database: Database = {
    ...fresh.database,
    async query<T>(text: string, values?: readonly SqlValue[]) {
      const rows = await fresh.database.query<T>(text, values);
      if (text.includes('from market_calendars')) await whenRead();
      return rows;
    },
  };
  configuration = await openConfiguration({
    database,
    clock,
    networkClock: await openNetworkClock(database, clock),
    timing: () => defaultTiming,
    limitRules: presetLimits,
    screening: null,
    publicUrl: () => 'http://localhost',
    refreshMs,
    failed: () => undefined,
  });
});
afterEach(async () => {
  configuration.stop();
  await fresh.drop();
});

const holiday = '2027-03-01';
const works = () => isWorkingDay(configuration.calendars(), 'MY', day(holiday));

/** A holiday of Malaysia, by two persons. */
async function approveHoliday(): Promise<void> {
  const now = clock.now();
  const text = JSON.stringify({
    market: 'MY',
    year: 2027,
    source: 'Federal gazette',
    published: '2026-11-20',
    holidays: { [holiday]: 'Extra' },
    workingWeekendDays: [],
  });
  await proposeCalendar(fresh.database, text, { by: 'Wang', now });
  const approval = { calendarId: 'H00000001', verb: 'approve' } as const;
  const { kind } = await decideCalendar(fresh.database, approval, { by: 'Li', now });
  expect(kind).toBe('done');
}

test('what could not be read is read at the next look', async () => {
  await approveHoliday();
  whenRead = () => Promise.reject(new Error('the connection was lost'));
  await expect(configuration.reload()).rejects.toThrow('the connection was lost');
  expect(works()).toBe(true);
  whenRead = async () => undefined;
  await clock.advance(refreshMs, async () => undefined);
  await vi.waitFor(() => expect(works()).toBe(false), { timeout: 3_000 });
});

test('a reading that began before an approval does not put back what was before', async () => {
  let letGo = () => {};
  const held = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  const before = new Promise<void>((resolve) => {
    whenRead = () => {
      whenRead = async () => undefined;
      resolve();
      return held;
    };
  });
  const slow = configuration.reload();
  await before;
  await approveHoliday();
  const quick = configuration.reload();
  await Promise.race([quick, new Promise((resolve) => setTimeout(resolve, 300))]);
  letGo();
  await Promise.all([slow, quick]);
  expect(works()).toBe(false);
});
