// Days that close by themselves: in time, once, by whichever hub, and again after a crash.

import { afterEach, expect, test } from 'vitest';
import type { Clerk } from '../../src/base/clerk.ts';
import { dateOf } from '../../src/calendar/businessDay.ts';
import { readClosedDays } from '../../src/clearing/store.ts';
import { startClosingClerk } from '../../src/settlement/clerkCommands.ts';
import { readHistories } from '../../src/settlement/store.ts';
import { readSettlement } from '../../src/settlement/viewStore.ts';
import { closingWorld, expectProved, instant, skipTo } from './closing.ts';
import { type Rig, startRig } from './rig.ts';
import { acquirer, malaysian, paid, rates, yuan } from './scenes.ts';

let rig: Rig;
let clerks: Clerk[] = [];
afterEach(async () => {
  await Promise.all(clerks.map((clerk) => clerk.stop()));
  clerks = [];
  await rig.close();
});

const failures: unknown[] = [];
const afterMidnightMs = 30 * 60_000;

/** A clerk that only looks when it is told to. */
function clerk(process: string): Clerk {
  const started = startClosingClerk({
    world: () => closingWorld(rig),
    afterMidnightMs,
    process,
    failed: (_what, error) => void failures.push(error),
    everyMs: 3_600_000,
  });
  clerks.push(started);
  return started;
}

const closed = async () =>
  (await readClosedDays(rig.fresh.database, 20)).map(
    ({ day, closedBy }) => `${dateOf(day)} ${closedBy}`,
  );

test('a day closes at half past midnight and not before, by one of two hubs', async () => {
  rig = await startRig({
    partners: [acquirer, malaysian],
    rates,
    start: instant('2026-11-23 12:00'),
  });
  const { database } = rig.fresh;
  await paid(rig, 'P1', yuan(10_000));
  const [one, two] = [clerk('1'), clerk('2')];
  skipTo(rig, '2026-11-24 00:29');
  await Promise.all([one.look(), two.look()]);
  expect(await closed()).toEqual([]);
  const view = await readSettlement({ ...closingWorld(rig), closesItselfMs: afterMidnightMs });
  expect(view.closesItselfAt).toBe(new Date(instant('2026-11-24 00:30')).toISOString());
  skipTo(rig, '2026-11-24 00:30');
  await Promise.all([one.look(), two.look()]);
  expect(await closed()).toEqual(['2026-11-23 timer']);
  // Days that were jumped over close one after the other, and what is due is netted.
  skipTo(rig, '2026-11-26 00:30');
  await Promise.all([one.look(), two.look()]);
  expect(await closed()).toEqual(['2026-11-25 timer', '2026-11-24 timer', '2026-11-23 timer']);
  expect((await readHistories(database, 10)).length).toBe(2);
  expect(failures).toEqual([]);
  await expectProved(database);
});

test('a hub that died while closing is followed by another once its lease is over', async () => {
  rig = await startRig({
    partners: [acquirer, malaysian],
    rates,
    start: instant('2026-11-23 12:00'),
  });
  const { database } = rig.fresh;
  await paid(rig, 'P1', yuan(10_000));
  const dead = (until: number) =>
    database.query(
      "insert into settings (name, value) values ('closing', $1) " +
        'on conflict (name) do update set value = excluded.value',
      [`dead ${until}`],
    );
  await dead(Date.now() + 60_000);
  skipTo(rig, '2026-11-24 00:30');
  const next = clerk('1');
  await next.look();
  expect(await closed()).toEqual([]);
  await dead(Date.now() - 1);
  await next.look();
  expect(await closed()).toEqual(['2026-11-23 timer']);
  expect(failures).toEqual([]);
});
