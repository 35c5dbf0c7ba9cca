// What the network's page counts and lists of all payments must stay true and must not grow with
// them (decision 0045).

import { afterAll, beforeAll, expect, test } from 'vitest';
import { rememberCounts, type StateCounts, uncounted } from '../../src/api/console/counting.ts';
import { countPiece } from '../../src/api/console/countStore.ts';
import { lookFor, newest } from '../../src/api/console/listing.ts';
import { findByNumbers, listPiece, numbersOfRequest } from '../../src/api/console/listStore.ts';
import { numberArray } from '../../src/base/sqlArray.ts';
import type { Database, Statement } from '../../src/base/world.ts';
import { realClock } from '../../src/host/world.ts';
import { createLanes } from '../../src/network/store.ts';
import { type FreshDatabase, freshDatabase } from '../support/postgres.ts';
import { openPages } from './pages.ts';
import { paid, yuan } from './scenes.ts';

const lanes = 2;
let fresh: FreshDatabase;
/** The last number given out in both lanes; numbers are multiples of 4096. */
let sequence = 0;

beforeAll(async () => {
  fresh = await freshDatabase();
  await createLanes(fresh.database, lanes);
});
afterAll(() => fresh?.drop());

/** As many new payments, half of them in each lane; those in process have numbers of their own. */
async function pay(many: number, state: string, walletId = 'KAKAO'): Promise<number[]> {
  const rows = await fresh.database.query<{ payment_number: string }>(
    'insert into payments (lane, payment_number, request_key, product, state, result_code, ' +
      'currency, amount, settlement_currency, settlement_amount, settlement_mid_price, ' +
      'settlement_spread_basis_points, created_at, expires_at, first_wallet_id, ' +
      'first_customer_id, first_state, first_result_code, first_pay_to_currency, ' +
      'first_pay_to_amount, first_held, first_mid_price, first_spread_basis_points, ' +
      "first_created_at) select n % 2, n * 4096 + n % 2 * 2048, 'BIG/R' || n, 'order_code', $3, " +
      "'SUCCESS', 'CNY', 100, 'CNY', 100, '1', 0, n, n + 1, $4, 'ANNA', 'SUCCESS', 'SUCCESS', " +
      "'MYR', 60, 0, '1', 0, n from generate_series($1::bigint, $2) n returning payment_number",
    [sequence + 1, sequence + many, state, walletId],
  );
  sequence += many;
  await fresh.database.query('update lanes set sequence = $1', [sequence]);
  return rows.map((row) => Number(row.payment_number));
}

const end = (numbers: readonly number[], state: string) =>
  fresh.database.query(
    'update payments p set state = $2 from unnest($1::text::bigint[]) u(n) ' +
      'where p.lane = u.n / 2048 % 2 and p.payment_number = u.n',
    [numberArray(numbers), state],
  );

/** Cancels paid payments, each with a journal of its own. */
async function cancel(numbers: readonly number[]): Promise<void> {
  await fresh.database.query(
    'insert into cancellations (lane, payment_number, cancelled_at, journal_number, paid_leg, ' +
      'paid_at) select p.lane, p.payment_number, 1, ($2::bigint + row_number() over ()) * 4096 + ' +
      'p.lane * 2048, 1, 1 from unnest($1::text::bigint[]) u(n) join payments p ' +
      'on p.lane = u.n / 2048 % 2 and p.payment_number = u.n',
    [numberArray(numbers), sequence],
  );
  sequence += numbers.length;
  await end(numbers, 'CLOSED');
  await fresh.database.query('update lanes set sequence = $1', [sequence]);
}

/** One process's counts; `reads` are its pieces. */
function hubProcess() {
  const reads = { pieces: 0 };
  const session = (name: string) => ({
    run(statements: readonly Statement[]) {
      reads.pieces += 1;
      return fresh.database.session(name).run(statements);
    },
  });
  const database: Database = { ...fresh.database, session };
  const counting = rememberCounts({
    database,
    clock: realClock,
    lanes: () => lanes,
    failed: (error) => {
      throw error;
    },
  });
  /** All of them, however long the first count takes. */
  const counts = async (): Promise<StateCounts> => {
    for (;;) {
      const found = await counting.find();
      if (found.countedTo === null) return found;
    }
  };
  return { reads, counts };
}

async function truth(): Promise<StateCounts> {
  const rows = await fresh.database.query<{ state: string; count: string }>(
    'select state, count(*) from payments group by state',
  );
  const of = (state: string) => Number(rows.find((row) => row.state === state)?.count ?? 0);
  return {
    processing: of('PROCESSING'),
    success: of('SUCCESS'),
    failed: of('FAILED'),
    closed: of('CLOSED'),
    countedTo: null,
  };
}

test('counts are those of all payments, whatever ends or is cancelled meanwhile', async () => {
  const first = hubProcess();
  expect(await first.counts()).toEqual(await truth());
  const paid = await pay(45_000, 'SUCCESS');
  const open = await pay(5_000, 'PROCESSING');
  await pay(100, 'FAILED');
  expect(await first.counts()).toEqual(await truth());

  // Some end, some are paid and cancelled between two looks, and more are cancelled than a piece.
  const second = hubProcess();
  await end(open.slice(0, 2_500), 'SUCCESS');
  await cancel(open.slice(0, 100));
  await cancel(paid.slice(0, 5_000));
  await end(open.slice(2_500, 2_600), 'FAILED');
  expect(await first.counts()).toEqual(await truth());
  // Another process, or one after a start, goes on from what was written down.
  expect(await second.counts()).toEqual(await truth());
  expect(second.reads.pieces).toBeLessThan(45_000 / 2_000);

  // Payments that ended and were cancelled are known as such, one by one.
  await end(open.slice(3_000, 3_100), 'SUCCESS');
  await cancel([...open.slice(3_000, 3_010), ...open.slice(200, 210), ...paid.slice(6_000, 6_010)]);
  await end(open.slice(3_200, 3_300), 'CLOSED');
  const [one, two] = [await first.counts(), await second.counts()];
  expect([one, two]).toEqual([await truth(), await truth()]);
  const before = first.reads.pieces;
  expect(await first.counts()).toEqual(one);
  // A look at nothing new: two pieces of those in process at most, and no more than that a lane.
  expect(first.reads.pieces - before).toBeLessThanOrEqual(2 * lanes);
});

const none = { state: null, walletId: null, acquirerId: null, requestId: null };

test('the list looks back by the key, as far as a look may go, and on from there', async () => {
  const old = await pay(3, 'SUCCESS', 'TNG');
  await pay(10_000, 'SUCCESS');
  const filter = { ...none, walletId: 'TNG' };
  const first = await lookFor(fresh.database, filter, newest(lanes), 50, 4_000);
  expect([first.found, first.lookedTo]).toEqual([[], expect.any(Number)]);
  const then = await lookFor(fresh.database, filter, first.further ?? [], 50);
  expect(then.found.map(({ paymentNumber }) => paymentNumber)).toEqual(old.reverse());

  // An id is looked up, however old it is; other filters still narrow it.
  const [number = 0] = old;
  const failed = { ...none, state: 'FAILED' };
  expect(await findByNumbers(fresh.database, 2, [number], filter)).toHaveLength(1);
  expect(await findByNumbers(fresh.database, 2, [number], failed)).toEqual([]);
});

test('counts and lists read by keys, whatever the planner believes', async () => {
  for (const analysed of [false, true]) {
    if (analysed) await fresh.database.query('analyze payments, cancellations');
    const list = await planOf(listPiece(0, Number.MAX_SAFE_INTEGER, none, 50));
    expect(list).toMatch(/Index Scan Backward using payments_pkey/);
    const many = { ...uncounted, countedTo: 4096 * 100, cancelledTo: 4096, open: [2 * 4096] };
    const count = await planOf(countPiece(0, many, many.open));
    expect(count).toMatch(/Index Scan using cancellations_by_journal/);
    expect(count.match(/Index Scan using payments_pkey/g)).toHaveLength(2);
    expect(list + count).not.toMatch(/Seq Scan on (payments|cancellations)|Bitmap|Sort/);
  }
});

async function planOf(statements: readonly Statement[]): Promise<string> {
  const explained = statements.map((each, index) =>
    index === 2 ? { ...each, text: `explain ${each.text}` } : each,
  );
  const rows = await fresh.database.session('plans').run(explained);
  return (rows[2] ?? []).map((row) => String(row[0])).join('\n');
}

test('over HTTP: counts, pages of the list, ids, and a place of another network', async () => {
  const pages = await openPages({ isSandbox: false });
  try {
    for (const id of ['P1', 'P2', 'P3']) await paid(pages.rig, id, yuan(10_000));
    const wang = await pages.signedIn('Wang', 'operator');
    // The rig's time runs as fast as it can: a page may not have waited for the first count.
    const counts = async () => (await wang.get('/console/api/overview')).body.counts;
    const all = { processing: 0, success: 3, failed: 0, closed: 0 };
    await expect.poll(counts, { timeout: 10_000, interval: 500 }).toMatchObject(all);
    const list = async (query: string) => (await wang.get(`/console/api/payments?${query}`)).body;
    const requests = (body: { payments: { paymentRequestId: string }[] }) =>
      body.payments.map(({ paymentRequestId }) => paymentRequestId);
    const first = await list('limit=2');
    const then = await list(`limit=2&from=${first.further}`);
    const both = [...requests(first), ...requests(then)].sort();
    expect([both, then.further]).toEqual([['P1', 'P2', 'P3'], null]);
    expect(requests(await list('search=P2'))).toEqual(['P2']);
    expect(requests(await list('search=P&status=FAILED'))).toEqual([]);
    expect(requests(await list(`search=${first.payments[1].paymentId}`))).toHaveLength(1);
    const { lanes: own = 1 } = pages.rig.hubs[0]?.configuration.rules() ?? {};
    const byRequest = (id: string) =>
      numbersOfRequest(pages.rig.fresh.database, own, ['CHENGDU', 'HARBOUR'], id);
    expect([await byRequest('P2'), await byRequest('P')]).toEqual([[expect.any(Number)], []]);
    const other = await wang.get('/console/api/payments?from=1.2.3.4.5.6.7');
    expect([other.status, JSON.stringify(other.body)]).toEqual([
      400,
      expect.stringContaining('PARAM_ILLEGAL'),
    ]);
  } finally {
    await pages.close();
  }
});
