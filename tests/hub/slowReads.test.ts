// Reads of pages that must not grow with the network: a participant's latest payments, disputes.

import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  type LatestPayments,
  latestPiece,
  rememberLatest,
} from '../../src/api/participant/latestStore.ts';
import { numberArray } from '../../src/base/sqlArray.ts';
import type { Database, Statement } from '../../src/base/world.ts';
import { countUpTo } from '../../src/clearing/partStore.ts';
import { readByIndex } from '../../src/clearing/store.ts';
import { disputeReads, findDisputes } from '../../src/disputes/listStore.ts';
import { createLanes } from '../../src/network/store.ts';
import { type FreshDatabase, freshDatabase } from '../support/postgres.ts';

const lanes = 2;
const many = 9_000;
let fresh: FreshDatabase;

beforeAll(async () => {
  fresh = await freshDatabase();
  await createLanes(fresh.database, lanes);
});
afterAll(() => fresh?.drop());

/** Payments numbered from `from` on, in both lanes, of wallet and acquirer as the number says. */
async function pay(from: number, to: number, walletOf: string, state = "'SUCCESS'"): Promise<void> {
  await fresh.database.query(
    'insert into payments (lane, payment_number, request_key, product, state, result_code, ' +
      'currency, amount, settlement_currency, settlement_amount, settlement_mid_price, ' +
      'settlement_spread_basis_points, created_at, expires_at, first_wallet_id, ' +
      'first_customer_id, first_state, first_result_code, first_pay_to_currency, ' +
      'first_pay_to_amount, first_held, first_mid_price, first_spread_basis_points, ' +
      "first_created_at) select n % 2, n, 'BIG/' || n, 'order_code', " +
      `${state}, 'SUCCESS', 'CNY', 100, 'CNY', 100, '1', 0, n, n + 1, ${walletOf}, 'ANNA', ` +
      "'SUCCESS', 'SUCCESS', 'MYR', 60, 0, '1', 0, n from generate_series($1::bigint, $2) n",
    [from, to],
  );
}

const wallet = (participantId: string) => ({ participantId, role: 'wallet' }) as const;
const tng = wallet('TNG');
const numbers = async (latest: LatestPayments, whose: ReturnType<typeof wallet>) =>
  (await latest.find(whose)).map(({ paymentNumber }) => paymentNumber);

/** The database, with how many round trips its sessions made. */
function counted(database: Database) {
  const counts = { runs: 0 };
  const session = (name: string) => ({
    run(statements: readonly Statement[]) {
      counts.runs += 1;
      return database.session(name).run(statements);
    },
  });
  return { counts, database: { ...database, session } };
}

test('the few payments of a small wallet are found among many, and then remembered', async () => {
  // Three old ones of TNG, and the rest of another wallet.
  await pay(1, many, "case when n in (11, 12, 500) then 'TNG' else 'KAKAO' end");
  const { counts, database } = counted(fresh.database);
  const latest = rememberLatest(database, () => lanes, 4);
  expect(await numbers(latest, tng)).toEqual([500, 12, 11]);
  const first = counts.runs;
  expect(await numbers(latest, tng)).toEqual([500, 12, 11]);
  // One look a lane: what is older is known.
  expect([first > 2 * lanes, counts.runs - first]).toEqual([true, lanes]);

  // One in process is nobody's yet; then a later leg makes it TNG's, although others are newer.
  await pay(many + 1, many + 1, "'KAKAO'", "'PROCESSING'");
  await pay(many + 2, many + 2, "'TNG'");
  await pay(many + 3, many + 4, "'KAKAO'");
  expect(await numbers(latest, tng)).toEqual([many + 2, 500, 12, 11]);
  await fresh.database.query(
    'insert into later_legs (lane, payment_number, leg, wallet_id, customer_id, state, ' +
      'result_code, pay_to_currency, pay_to_amount, held, mid_price, spread_basis_points, ' +
      "created_at) values ($1, $2, 2, 'TNG', 'ANNA', 'SUCCESS', 'SUCCESS', 'MYR', 60, 0, '1', " +
      '0, 1)',
    [(many + 1) % 2, many + 1],
  );
  await fresh.database.query("update payments set state = 'SUCCESS' where state = 'PROCESSING'");
  expect(await numbers(latest, tng)).toEqual([many + 2, many + 1, 500, 12]);
  expect(await numbers(latest, wallet('KAKAO'))).toEqual([many + 4, many + 3, many + 1, many]);
  // More are new than are shown.
  await pay(many + 5, many + 10, "'TNG'");
  expect(await numbers(latest, tng)).toEqual([many + 10, many + 9, many + 8, many + 7]);
});

test('what comes after an order code that nobody scans is read once', async () => {
  const first = 100_001;
  await pay(first, first, "'KAKAO'", "'PROCESSING'");
  await pay(first + 1, first + many, "'KAKAO'");
  const { counts, database } = counted(fresh.database);
  const latest = rememberLatest(database, () => lanes, 4);
  const own = wallet('MPAY');
  expect(await numbers(latest, own)).toEqual([]);
  const before = counts.runs;
  expect(await numbers(latest, own)).toEqual([]);
  // One look a lane, and one at what is in process.
  expect(counts.runs - before).toBe(lanes + 1);
  await fresh.database.query(
    "update payments set first_wallet_id = 'MPAY', state = 'SUCCESS' where payment_number = $1",
    [first],
  );
  expect(await numbers(latest, own)).toEqual([first]);
  expect(await numbers(latest, own)).toEqual([first]);
  const last = counts.runs;
  await numbers(latest, own);
  expect(counts.runs - last).toBe(lanes);
});

test('payments of one participant are read by the key alone', async () => {
  const plan = await planOf(latestPiece(0, tng, Number.MAX_SAFE_INTEGER));
  expect(plan).toMatch(/Index Scan Backward using payments_pkey/);
  expect(plan).not.toMatch(/Seq Scan|Bitmap/);
});

async function planOf(statements: readonly Statement[]): Promise<string> {
  const explained = statements.map((each) =>
    /^(select count|with shapes)/.test(each.text) || statements.length === 1
      ? { text: `explain ${each.text}`, values: each.values }
      : each,
  );
  const rows = await fresh.database.session('plans').run(explained);
  return rows
    .flat()
    .map((row) => String(row[0]))
    .join('\n');
}

test('disputes are listed and counted by indexes, whoever asks', async () => {
  const states = ['ASKED', 'ANSWERED', 'DECLINED', 'OVERDUE'];
  await fresh.database.query(
    'insert into disputes (lane, payment_number, dispute_number, request_key, kind, state, ' +
      'result_code, created_at, answer_due_at, acquirer_id) select n % 2, n, 1, ' +
      "case when n % 100 = 0 then 'TNG/' else 'KAKAO/' end || n, 'RETRIEVAL', " +
      `('{${states}}'::text[])[1 + n % 4], 'SUCCESS', n, n, ` +
      "case when n % 50 = 0 then 'SMALL' else 'BIG' end from generate_series(1, 20000) n",
  );
  const all = await findDisputes(fresh.database, ['ANSWERED', 'DECLINED'], 3);
  expect(all.found.map(({ paymentNumber }) => paymentNumber)).toEqual([19_998, 19_997, 19_994]);
  expect(all.counts).toEqual({ ASKED: 5_000, ANSWERED: 5_000, DECLINED: 5_000, OVERDUE: 5_000 });
  const small = await findDisputes(fresh.database, states, 2, { acquirer: 'SMALL' });
  expect(small.found.map(({ paymentNumber }) => paymentNumber)).toEqual([20_000, 19_950]);
  expect(small.counts).toEqual({ ASKED: 200, DECLINED: 200 });
  const own = await findDisputes(fresh.database, ['ASKED'], 200, { wallet: 'TNG' });
  expect([own.found.length, own.counts]).toEqual([200, { ASKED: 200 }]);
  await fresh.database.query('vacuum analyze disputes');
  for (const [index, of] of [
    ['disputes_of_state', {}],
    ['disputes_of_acquirer', { acquirer: 'SMALL' }],
    ['disputes_of_wallet', { wallet: 'TNG' }],
  ] as const) {
    const [list, counts] = disputeReads(states, 100, of);
    expect(await planOf([list])).toMatch(new RegExp(`Index (Only )?Scan Backward using ${index}`));
    expect(await planOf([counts])).toMatch(new RegExp(`Index Only Scan using ${index}`));
  }
  // A lane still looks up by its key.
  const byKey =
    'select * from unnest($2::text::bigint[]) u(n) cross join lateral ' +
    '(select * from disputes b where b.lane = $1 and b.payment_number = u.n offset 0) a';
  expect(await planOf([{ text: byKey, values: [0, numberArray([2, 4])] }])).toMatch(
    /Index Scan using disputes_pkey/,
  );
});

test('the journals of a stretch of time are found by their times', async () => {
  const part = { from: 1_000, to: 2_000 };
  expect(await planOf(readByIndex(countUpTo(part, 10)))).toMatch(
    /Index (Only )?Scan using journals_posted[\s\S]*Index Cond: \(\(?posted_at >= .*posted_at </,
  );
});
