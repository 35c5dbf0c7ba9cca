// Calendars on a real Postgres: loaded by one person, in force by another in every hub, and value
// dates that stay as they were given.

import Fastify, { type FastifyInstance } from 'fastify';
import { afterEach, expect, test } from 'vitest';
import { calendarRoutes } from '../../src/api/console/calendarRoutes.ts';
import type { Hub } from '../../src/api/hub.ts';
import { present } from '../../src/base/assert.ts';
import { isWorkingDay } from '../../src/calendar/businessDay.ts';
import { presetYears } from '../../src/calendar/marketYear.ts';
import { decideCalendar, proposeCalendar } from '../../src/calendar/store.ts';
import { openDatabase } from '../../src/host/database.ts';
import { closeAndNet, takeStep } from '../../src/settlement/commands.ts';
import { readSettlement } from '../../src/settlement/viewStore.ts';
import { closingWorld, day, expectProved, instant, skipTo } from './closing.ts';
import { type Rig, startRig } from './rig.ts';
import { acquirer, malaysian, paid, rates, yuan } from './scenes.ts';

let rig: Rig;
let server: FastifyInstance;
afterEach(async () => {
  await server?.close();
  await rig.close();
});

const hub = (index: number): Hub => present(rig.hubs[index], 'a hub');

async function begin(): Promise<void> {
  rig = await startRig({
    hubs: 2,
    partners: [acquirer, malaysian],
    rates,
    start: instant('2026-11-23 12:00'),
    refreshMs: 1_000,
  });
  server = Fastify();
  calendarRoutes(server, hub(0), rig.fresh.database);
}

/** Malaysia's 2026 as the project has it, with more days off. */
function malaysia(more: readonly string[], published = '2026-11-20'): string {
  const known = present(
    presetYears.find(({ market }) => market === 'MY'),
    'Malaysia',
  );
  const holidays = {
    ...known.holidays,
    ...Object.fromEntries(more.map((date) => [date, 'Extra'])),
  };
  const { market, year, workingWeekendDays } = known;
  const source = 'Federal gazette';
  return JSON.stringify(
    { market, year, source, published, holidays, workingWeekendDays },
    undefined,
    1,
  );
}

async function post(url: string, payload: object): Promise<unknown[]> {
  const address = `/console/api/calendars/changes${url}`;
  const answer = await server.inject({ method: 'POST', url: address, payload });
  const { error, calendarId, state } = answer.json() as Record<string, unknown>;
  const { code, field, line } = (error ?? {}) as Record<string, unknown>;
  const place = field === undefined ? [] : [field, ...(line === undefined ? [] : [line])];
  return [answer.statusCode, code ?? calendarId, ...(state === undefined ? [] : [state]), ...place];
}

const load = (by: string, text: string) => post('', { by, text });

async function changes(): Promise<string[]> {
  const answer = await server.inject({ url: '/console/api/calendars' });
  const view = answer.json() as { changes: { calendarId: string; state: string }[] };
  return view.changes.map(({ calendarId, state }) => `${calendarId} ${state}`);
}

const works = (index: number, date: string) =>
  isWorkingDay(hub(index).calendars(), 'MY', day(date));

/** Closes and nets at half past midnight of a date, as the second hub sees the calendars. */
async function closeOn(date: string): Promise<Record<string, string>> {
  skipTo(rig, `${date} 00:30`);
  const world = { ...closingWorld(rig), calendars: hub(1).calendars() };
  const { netted } = await closeAndNet(world, { by: 'Wang' });
  return Object.fromEntries(
    netted.map(({ agreement, netting, batch }) => [
      agreement.participantId,
      batch === undefined ? netting.kind : 'settled',
    ]),
  );
}

test('a day that a government adds: two persons, every hub, and a value date stays', async () => {
  await begin();
  await paid(rig, 'P1', yuan(10_000));
  await closeOn('2026-11-24');
  expect(await load('Wang', malaysia(['2026-11-25']))).toEqual([200, 'H00000001', 'PROPOSED']);
  expect(await load('Wang', malaysia(['2026-11-25']))).toEqual([200, 'H00000001', 'PROPOSED']);
  const days = '/console/api/calendars/changes/H00000001/days';
  expect((await server.inject({ url: days })).json()).toMatchObject({
    agreements: [{ agreementId: 'TNG-MYR', nextDay: '2026-11-25', otherDay: '2026-11-26' }],
    batches: [],
  });
  const at = '/H00000001';
  expect(await post(`${at}/approve`, { by: ' wang ' })).toEqual([409, 'SAME_PERSON']);
  expect([works(0, '2026-11-25'), works(1, '2026-11-25')]).toEqual([true, true]);
  expect(await post(`${at}/approve`, { by: 'Li' })).toEqual([200, 'H00000001', 'APPROVED']);
  expect([works(0, '2026-11-25'), works(1, '2026-11-25')]).toEqual([false, true]);
  await rig.advance(1_000);
  expect(works(1, '2026-11-25')).toBe(false);
  expect(await closeOn('2026-11-25')).toEqual({ CHENGDU: 'settled', TNG: 'closed_market' });
  expect(await closeOn('2026-11-26')).toEqual({ CHENGDU: 'carried', TNG: 'settled' });

  // The same morning the government adds that day too: the batch is there, and keeps its date.
  expect((await load('Li', malaysia(['2026-11-25', '2026-11-26'])))[1]).toBe('H00000002');
  expect(await post('/H00000002/approve', { by: 'Wang' })).toEqual([200, 'H00000002', 'APPROVED']);
  const world = { ...closingWorld(rig), calendars: hub(0).calendars() };
  const seen = async () => {
    const { batches } = await readSettlement(world);
    const found = present(
      batches.find(({ participantId }) => participantId === 'TNG'),
      'TNG',
    );
    return [found.settlementBatchId, found.state, found.valueDay, found.otherDay];
  };
  const [id] = await seen();
  expect(await seen()).toEqual([id, 'CLOSED', '2026-11-26', '2026-11-27']);
  for (const [verb, by] of [
    ['check', 'Wang'],
    ['approve', 'Li'],
    ['send', 'Li'],
  ] as const) {
    await takeStep(world, { settlementBatchId: String(id), verb, by });
  }
  expect(await seen()).toEqual([id, 'SENT', '2026-11-26', null]);
  expect(await changes()).toEqual(['H00000002 IN_FORCE', 'H00000001 REPLACED']);
  await expectProved(rig.fresh.database);
});

test('what is wrong, late or said before changes nothing', async () => {
  await begin();
  const extra = malaysia(['2026-12-01']);
  expect(await load('Wang', extra.replace('-12-01"', '-12-32"'))).toEqual([
    400,
    'WRONG_FILE',
    'holidays.2026-12-32',
    14,
  ]);
  expect(await load('Wang', malaysia([], '2026-11-24'))).toEqual([
    400,
    'WRONG_FILE',
    'published',
    5,
  ]);
  expect(await post('', { text: extra })).toEqual([400, 'PARAM_ILLEGAL', 'by']);
  expect(await changes()).toEqual([]);
  await load('Wang', extra);
  await load('Li', malaysia(['2026-12-02']));
  expect(await post('/H00000002/approve', { by: 'Wang' })).toEqual([200, 'H00000002', 'APPROVED']);
  expect(await post('/H00000002/approve', { by: 'Wang' })).toEqual([200, 'H00000002', 'APPROVED']);
  expect(await post('/H00000002/reject', { by: 'Wang' })).toEqual([409, 'WRONG_ORDER']);
  // The first one was made beside what is in force now, and would take its day out again.
  expect(await post('/H00000001/approve', { by: 'Li' })).toEqual([409, 'OUTDATED']);
  expect(await load('Wang', malaysia(['2026-12-02']))).toEqual([409, 'IN_FORCE']);
  expect(await post('/H00000001/reject', { by: 'Wang' })).toEqual([200, 'H00000001', 'REJECTED']);
  expect(await post('/H00000009/approve', { by: 'Li' })).toEqual([404, 'NO_SUCH_CALENDAR']);
  expect([works(0, '2026-12-01'), works(0, '2026-12-02')]).toEqual([true, false]);
});

test('of many proposed and approved at once, one of a market and year is in force', async () => {
  await begin();
  const { database } = rig.fresh;
  const second = openDatabase({ connection: rig.fresh.config });
  const now = rig.clock.now();
  const dates = [
    '2026-12-01',
    '2026-12-02',
    '2026-12-03',
    '2026-12-04',
    '2026-12-07',
    '2026-12-08',
  ];
  await Promise.all(
    dates.map((date, each) =>
      proposeCalendar(each % 2 === 0 ? database : second, malaysia([date]), {
        by: 'Wang',
        now,
      }),
    ),
  );
  const replies = await Promise.all(
    dates.map((_, each) =>
      decideCalendar(
        each % 2 === 0 ? database : second,
        { calendarId: `H0000000${each + 1}`, verb: 'approve' },
        { by: 'Li', now },
      ),
    ),
  );
  await second.close();
  const kinds = replies.map(({ kind }) => kind).sort();
  expect(kinds).toEqual(['done', ...Array(5).fill('outdated')]);
  await rig.advance(1_000);
  expect(dates.filter((date) => !works(1, date))).toHaveLength(1);
});
