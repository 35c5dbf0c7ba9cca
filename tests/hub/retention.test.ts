// Trimming on a real Postgres: what was kept long enough goes, nobody who asks hears of it, and
// everything is still proved.

import { afterEach, expect, test } from 'vitest';
import { defaultTiming } from '../../src/base/limits.ts';
import type { Database, Row } from '../../src/base/world.ts';
import { openDatabase } from '../../src/host/database.ts';
import { startTrimClerk } from '../../src/retention/clerkCommands.ts';
import { type TrimWorld, trim } from '../../src/retention/commands.ts';
import { type KeptKind, keptKinds } from '../../src/retention/kept.ts';
import { readPiece, readTrims, type Trimmed, walks } from '../../src/retention/store.ts';
import { instant, refundOf, skipTo } from './closing.ts';
import { type Rig, startRig } from './rig.ts';
import { acquirer, codeOf, expectBalanced, malaysian, payWithCode, rates, yuan } from './scenes.ts';

let rig: Rig;
afterEach(() => rig.close());

const lanes = 2;
const begin = async () => {
  rig = await startRig({ partners: [acquirer, malaysian], rates, lanes });
};

const world = (database: Database = rig.fresh.database): TrimWorld => ({
  database,
  clock: rig.clock,
  realNow: () => rig.clock.now(),
  lanes,
  timing: defaultTiming,
});

const rowsOf = (trimmed: readonly Trimmed[]) =>
  Object.fromEntries(trimmed.map(({ kind, rows }) => [kind, rows]));

async function count(table: string, where = 'true'): Promise<number> {
  const [row] = await rig.fresh.database.query<{ count: string }>(
    `select count(*) as count from ${table} where ${where}`,
  );
  return Number(row?.count);
}

test('codes, messages and counters go one after the other; answers and books stay', async () => {
  await begin();
  const code = await codeOf(rig, 'TNG');
  await codeOf(rig, 'TNG');
  const pay = payWithCode('P1', yuan(12_000), code);
  const first = await rig.call('CHENGDU', 'pay', pay);
  expect(first.resultCode).toBe('SUCCESS');
  await rig.rest();
  const ofPayment = 'payment_number is not null';
  const messages = await count('messages', ofPayment);
  expect([messages > 0, await count('person_counters')]).toEqual([true, 1]);
  expect(await trim(world())).toEqual([]);

  skipTo(rig, '2026-11-29 12:00');
  expect(rowsOf(await trim(world()))).toEqual({ payment_codes: 2 });
  const again = await rig.call('CHENGDU', 'pay', pay);
  expect([again.resultCode, again.body.paymentId]).toEqual(['SUCCESS', first.body.paymentId]);
  const stranger = payWithCode('P2', yuan(12_000), code);
  expect((await rig.call('CHENGDU', 'pay', stranger)).resultCode).toBe('INVALID_CODE');

  // The last day on which it may be refunded: the messages that a dispute would ask for are there.
  skipTo(rig, '2027-11-21 12:00');
  expect(Object.keys(rowsOf(await trim(world())))).toEqual(['other_messages']);
  expect(await count('messages', ofPayment)).toBeGreaterThanOrEqual(messages);
  const refunded = await rig.call('CHENGDU', 'refund', refundOf('P1', 'R1', 5_000));
  expect(refunded.resultCode).toBe('SUCCESS');
  await rig.rest();
  await expectBalanced(rig);

  skipTo(rig, '2028-02-20 12:00');
  const later = rowsOf(await trim(world()));
  expect([later.payment_messages, later.person_counters]).toEqual([messages, 1]);
  expect(await count('person_counters')).toBe(0);
  await expectBalanced(rig);
  const last = await rig.call('CHENGDU', 'pay', pay);
  expect([last.resultCode, last.body.paymentId]).toEqual(['SUCCESS', first.body.paymentId]);
  const late = await rig.call('CHENGDU', 'refund', refundOf('P1', 'R2', 1));
  expect(late.resultCode).toBe('REFUND_WINDOW_EXCEED');
  const told = await readTrims(rig.fresh.database, 10);
  expect(told.map(({ kind, at }) => [kind, at]).at(-1)).toEqual([
    'payment_codes',
    instant('2026-11-29 12:00'),
  ]);
});

/** Rows of every kind, some over and some not, as many as several pieces. */
async function fill(over: number, young: number): Promise<void> {
  const { database } = rig.fresh;
  const now = rig.clock.now();
  const times =
    `(select n, case when n <= ${over} then ${now - 800 * 86_400_000} + n ` +
    `else ${now} + n end as at from generate_series(1, ${over + young}) n) t`;
  const all = [
    // What is there was loaded at the beginning, and comes after.
    'update rate_loads set load_number = load_number + 100000',
    'insert into messages (lane, message_id, payment_number, at, direction, api, path, ' +
      'request_headers, request_body, request_verdict, response_headers, response_body, ' +
      "response_verdict, duration_ms) select n % 2, at || '-1-' || n, " +
      "case when n % 2 = 1 then n end, at, 'in', 'pay', '/', '{}', '', '', '{}', '', '', 1 " +
      `from ${times}`,
    'insert into payment_codes select n % 2, ' +
      "'281808020000' || lpad((n * 7919 % 1000000)::text, 12, '0'), 'TNG', 'ANNA', at, at " +
      `from ${times}`,
    "insert into person_counters select n % 2, 'TNG/x:day' || case when n <= " +
      `${over} then '2024-01-01' else '2030-01-01' end || '/' || n, 0, 0 from ${times}`,
    'insert into sign_in_events select n::text, at, case when n % 4 < 2 then ' +
      "'REFUSED' when n % 4 = 2 then 'SIGNED_IN' else 'ADDED' end, 'Ann', 'ann', null " +
      `from ${times}`,
    `insert into sessions select n::text, null, 'TNG', at, at from ${times}`,
    'insert into cap_samples select (select min(account_id) from accounts where kind = ' +
      `'position'), at, 0, null, 0 from ${times}`,
    "insert into rate_loads select n + 10, 'feed', case when n % 2 = 1 then 'Wang' end, at, at, " +
      `'{}', '{}', '{}' from ${times}`,
    'insert into certification_runs select ' +
      "'run-' || n, 'SHOP', 'wallet', 'http://w', 1, at, at, null, null, null " +
      `from ${times}`,
    'insert into certification_cases select ' +
      "'run-' || n, o, 'pays', '', '', 'pass', null, null, '[]' " +
      `from ${times} cross join generate_series(1, 2) o`,
  ];
  for (const text of all) await database.query(text);
}

test('many rows go in pieces, also where two processes trim at once; the rest stays', async () => {
  await begin();
  const before = { rates: await count('rate_loads'), messages: await count('messages') };
  await fill(1_200, 600);
  const beside = openDatabase({ connection: rig.fresh.config });
  const runs = await Promise.all([trim(world()), trim(world(beside))]);
  await beside.close();
  const sum = Object.fromEntries(
    keptKinds.map((kind) => [
      kind,
      runs.flat().reduce((rows, each) => rows + (each.kind === kind ? each.rows : 0), 0),
    ]),
  );
  expect(sum).toEqual({
    // Odd ones are of payments and in lane 1, even ones of none and in lane 0.
    payment_messages: 600,
    other_messages: 600,
    payment_codes: 1_200,
    person_counters: 1_200,
    refused_sign_ins: 600,
    sign_ins: 300,
    sessions: 1_200,
    cap_samples: 1_200,
    rate_loads: 600,
    certification_cases: 2_400,
    certification_runs: 1_200,
  });
  // Who was let in is told for ever, as are rates that a person set.
  expect(await count('sign_in_events', "kind = 'ADDED'")).toBe(450);
  expect(await count('rate_loads')).toBe(before.rates + 1_200);
  expect(await count('messages')).toBe(before.messages + 600);
  expect(await trim(world())).toEqual([]);
  const noted = await readTrims(rig.fresh.database, 100);
  expect(noted.reduce((rows, each) => rows + each.rows, 0)).toBe(
    Object.values(sum).reduce((a, b) => a + b, 0),
  );
});

test('each kind is read by its key, in a table that nobody has analysed', async () => {
  await begin();
  await fill(3_000, 3_000);
  for (const kind of keptKinds) {
    const plan = await planOf(kind);
    expect([kind, plan]).toEqual([kind, expect.stringMatching(/Index( Only)? Scan/)]);
    expect([kind, plan]).not.toEqual([kind, expect.stringMatching(/Seq Scan|Bitmap/)]);
  }
});

async function planOf(kind: KeptKind): Promise<string> {
  const before = kind === 'person_counters' ? '2026-01-01T00' : String(rig.clock.now());
  const statements = readPiece(kind, 0, walks[kind].start, before).map((each, at) =>
    at === 2 ? { ...each, text: `explain ${each.text}` } : each,
  );
  const rows = await rig.fresh.database.session('plans').run(statements);
  return (rows[2] ?? []).map((row: Row) => row[0]).join('\n');
}

test('the clerk trims some time after a start, and says what', async () => {
  await begin();
  await fill(700, 0);
  const told = await new Promise<readonly Trimmed[]>((resolve, reject) => {
    const clerk = startTrimClerk(
      world,
      (trimmed) => void clerk.stop().then(() => resolve(trimmed)),
      (_what, error) => reject(error),
      { firstAfterMs: 1, everyMs: 3_600_000 },
    );
  });
  expect(rowsOf(told)).toMatchObject({ payment_codes: 700, sessions: 700 });
});
