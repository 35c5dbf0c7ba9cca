// What lanes keep of a day's payments and refunds, tick by tick, against plain addition over their
// journals; and what the migration finds in journals that are there already.

import { readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { numberArray } from '../../src/base/sqlArray.ts';
import type { Statement } from '../../src/base/world.ts';
import { beginningOf } from '../../src/calendar/clearingDay.ts';
import type { ClearingSlice } from '../../src/clearing/batch.ts';
import { addSlices, slicesOf, takenOff } from '../../src/clearing/slice.ts';
import {
  clearingSlicesFrom,
  readClearingSlices,
  writeClearingSlices,
} from '../../src/clearing/sliceStore.ts';
import type { Journal, Posting, PostingReason } from '../../src/ledger/posting.ts';
import { writeJournals } from '../../src/ledger/store.ts';
import { type FreshDatabase, freshDatabase } from '../support/postgres.ts';

let fresh: FreshDatabase;
beforeAll(async () => {
  fresh = await freshDatabase();
  await fresh.database.query(
    'insert into accounts (account_id, name, currency, kind, created_at) ' +
      "select n, 'account ' || n, 'CNY', " +
      "case when n <= 3 then 'position' else 'fx' end, 0 from generate_series(1, 6) n",
  );
  await fresh.database.query('insert into lanes (lane, sequence) values (0, 0), (1, 0)');
});
afterAll(() => fresh?.drop());

/** Accounts 1 to 3 are positions of participants, 4 to 6 belong to the network. */
const positions = [1, 2, 3];
const day = 20_700;
const [begins, ends] = [beginningOf(day), beginningOf(day + 1)];
const lanes = [0, 1];

const grosses: readonly PostingReason[] = ['principal', 'spread', 'rounding', 'settlement'];
const interchanges: readonly PostingReason[] = [
  'interchange_from_acquirer',
  'interchange_to_wallet',
];
const fees: readonly PostingReason[] = ['acquirer_service_fee', 'wallet_service_fee'];
const others: readonly PostingReason[] = ['settlement_sent', 'reconciliation_write_off'];

type Fate = 'payment' | 'refund' | 'cancelled';

interface Case {
  readonly fate: Fate;
  readonly lane: number;
  /** The tick that posts it; what takes it back comes in the same one, or in the next. */
  readonly tick: number;
  readonly isTakenBackLater: boolean;
  readonly postedAt: number;
  readonly postings: readonly Posting[];
}

const posting = fc
  .record({
    reason: fc.constantFrom(...grosses, ...interchanges, ...fees, ...others),
    position: fc.constantFrom(...positions),
    network: fc.constantFrom(4, 5, 6),
    isDebit: fc.boolean(),
    amount: fc.oneof(
      fc.bigInt(1n, 99_999n),
      fc.bigInt(2n ** 32n - 2n, 2n ** 32n + 2n),
      fc.bigInt(1n, 2n ** 55n),
    ),
  })
  .map(
    ({ reason, position, network, isDebit, amount }): Posting => ({
      reason,
      debitAccount: isDebit ? position : network,
      creditAccount: isDebit ? network : position,
      amount,
    }),
  );

const cases = fc.array(
  fc.record<Case>({
    fate: fc.constantFrom<Fate>('payment', 'payment', 'refund', 'cancelled'),
    lane: fc.constantFrom(...lanes),
    tick: fc.constantFrom(0, 1),
    isTakenBackLater: fc.boolean(),
    postedAt: fc.constantFrom(begins - 1, begins, begins + 50_000_000, ends - 1, ends),
    postings: fc.array(posting, { minLength: 1, maxLength: 10 }),
  }),
  { maxLength: 12 },
);

/** Numbers far beyond what the checksum takes them modulo of. */
const numberOf = (index: number) => 2 ** 45 + index * 2_147_483_659;

const journalOf = ({ postedAt, postings }: Case, index: number): Journal => ({
  journalNumber: numberOf(index),
  postedAt,
  postings,
});

/** What takes a payment back is dated later, on its own day or in the first minutes of the next. */
const undoOf = (each: Case, index: number): Journal => ({
  journalNumber: numberOf(index + 1_000),
  postedAt: each.postedAt + 600_000,
  postings: each.postings.map((own) => ({
    ...own,
    debitAccount: own.creditAccount,
    creditAccount: own.debitAccount,
  })),
});

const isPosition = (accountId: number) => positions.includes(accountId);

/** What one tick of a lane adds: of what it posts, and of what it takes back. */
function tickSlices(all: readonly Case[], lane: number, tick: number): ClearingSlice[] {
  const sums = new Map<string, ClearingSlice>();
  for (const [index, each] of all.entries()) {
    if (each.lane !== lane) continue;
    const own = slicesOf(journalOf(each, index), each.fate === 'refund', isPosition);
    if (each.tick === tick) addSlices(sums, own);
    const takenBackIn = each.tick + Number(each.isTakenBackLater);
    if (each.fate === 'cancelled' && takenBackIn === tick) addSlices(sums, takenOff(own));
  }
  return [...sums.values()];
}

async function write(all: readonly Case[]): Promise<void> {
  const at = (fate: Fate, lane: number) =>
    [...all.entries()].filter(([, each]) => each.fate === fate && each.lane === lane);
  const tables = ['journals', 'refunds', 'cancellations', 'clearing_slices', 'clearing_days'];
  const ofLane = (lane: number): Statement[] => [
    ...[0, 1, 2].flatMap((tick) => {
      const slices = tickSlices(all, lane, tick);
      return slices.length === 0 ? [] : [writeClearingSlices(lane, slices)];
    }),
    writeJournals(lane, [
      ...[...all.entries()].flatMap(([index, each]) =>
        each.lane === lane ? [journalOf(each, index)] : [],
      ),
      ...at('cancelled', lane).map(([index, each]) => undoOf(each, index)),
    ]),
    {
      text:
        'insert into refunds (lane, payment_number, refund_number, request_key, state, ' +
        'result_code, amount, settlement_amount, refund_from_amount, created_at, finished_at) ' +
        "select $2, 1, u, 'A/' || u, 'SUCCESS', 'SUCCESS', 1, 1, 1, 0, 0 " +
        'from unnest($1::bigint[]) u',
      values: [numberArray(at('refund', lane).map(([index]) => numberOf(index))), lane],
    },
    {
      text:
        'insert into cancellations (lane, payment_number, cancelled_at, journal_number, ' +
        'paid_leg, paid_at) select $3, u, 0, v, 1, 0 ' +
        'from unnest($1::bigint[], $2::bigint[]) x(u, v)',
      values: [
        numberArray(at('cancelled', lane).map(([index]) => numberOf(index))),
        numberArray(at('cancelled', lane).map(([index]) => numberOf(index + 1_000))),
        lane,
      ],
    },
  ];
  await fresh.database
    .session('clearing')
    .run([
      { text: 'begin', values: [] },
      ...tables.map((table): Statement => ({ text: `delete from ${table}`, values: [] })),
      { text: 'insert into clearing_days values ($1, 0, $2)', values: [day - 1, 'Wang'] },
      ...lanes.flatMap(ofLane),
      { text: 'commit', values: [] },
    ]);
}

/** The same by plain addition, a sum an account and side that has any. */
function added(all: readonly Case[]): ClearingSlice[] {
  return positions.flatMap((accountId) =>
    [false, true].flatMap((isRefund): ClearingSlice[] => {
      const sum = { count: 0, gross: 0n, interchange: 0n, serviceFee: 0n, checksum: 0n };
      let touched = false;
      for (const [index, { fate, postedAt, postings }] of all.entries()) {
        if (fate !== (isRefund ? 'refund' : 'payment')) continue;
        if (postedAt < begins || postedAt >= ends) continue;
        const own = postings.filter(({ debitAccount, creditAccount }) =>
          [debitAccount, creditAccount].includes(accountId),
        );
        if (own.some(({ reason }) => !others.includes(reason))) sum.count++;
        for (const { reason, debitAccount, amount } of own) {
          if (others.includes(reason)) continue;
          touched = true;
          const signed = debitAccount === accountId ? -amount : amount;
          if (grosses.includes(reason)) sum.gross += signed;
          else if (interchanges.includes(reason)) sum.interchange += signed;
          else sum.serviceFee += signed;
          sum.checksum += BigInt(numberOf(index) % 2_147_483_647) * signed;
        }
      }
      return touched ? [{ day, accountId, isRefund, ...sum }] : [];
    }),
  );
}

/** The slices of the day that have anything: what was taken off whole is a row of nothing. */
async function kept(): Promise<ClearingSlice[]> {
  const session = fresh.database.session('clearing');
  const [rows = []] = await session.run([readClearingSlices(day)]);
  return clearingSlicesFrom(day, rows).filter(({ count }) => count !== 0);
}

/** The part of the migration that sums up what was posted before there were slices. */
function summedByMigration(): string {
  const file = path.join(import.meta.dirname, '../../migrations/0033_clearing_slices.sql');
  const text = readFileSync(file, 'utf8');
  return text.slice(text.indexOf('insert into clearing_slices'));
}

test('what ticks add and take off is what stands in the journals, however large', async () => {
  const fromJournals = summedByMigration();
  await fc.assert(
    fc.asyncProperty(cases, async (all) => {
      await write(all);
      const expected = added(all);
      expect(await kept()).toEqual(expected);
      await fresh.database.query('delete from clearing_slices');
      await fresh.database.query(fromJournals);
      expect(await kept()).toEqual(expected);
    }),
    { numRuns: 60 },
  );
});

test('a slice that was taken off whole has nothing left in any column', async () => {
  const one = { reason: 'spread', debitAccount: 1, creditAccount: 4, amount: 7n } as const;
  const common = { lane: 0, tick: 0, isTakenBackLater: true, postedAt: begins, postings: [one] };
  await write([{ fate: 'cancelled', ...common }]);
  const session = fresh.database.session('clearing');
  const [rows = []] = await session.run([readClearingSlices(day)]);
  expect(rows).toEqual([[1, false, '0', '0', '0', '0', '0']]);
});
