// What a stretch of a day comes to, summed by the server over shapes of journals, against plain
// addition.

import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { numberArray } from '../../src/base/sqlArray.ts';
import type { PartialSum } from '../../src/clearing/batch.ts';
import { partSumsFrom, sumPart } from '../../src/clearing/sumStore.ts';
import type { Journal, Posting, PostingReason } from '../../src/ledger/posting.ts';
import { writeJournals } from '../../src/ledger/store.ts';
import { type FreshDatabase, freshDatabase } from '../support/postgres.ts';

let fresh: FreshDatabase;
beforeAll(async () => {
  fresh = await freshDatabase();
});
afterAll(() => fresh?.drop());

/** Accounts 1 to 3 are positions of participants, 4 to 6 belong to the network. */
const positions = [1, 2, 3];
const part = { from: 1_000, to: 2_000 };

const grosses: readonly PostingReason[] = ['principal', 'spread', 'rounding', 'settlement'];
const interchanges: readonly PostingReason[] = [
  'interchange_from_acquirer',
  'interchange_to_wallet',
];
const fees: readonly PostingReason[] = ['acquirer_service_fee', 'wallet_service_fee'];
const others: readonly PostingReason[] = ['settlement_sent', 'reconciliation_write_off'];

type Fate = 'payment' | 'refund' | 'cancelled' | 'cancellation';

interface Case {
  readonly fate: Fate;
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
    fate: fc.constantFrom<Fate>('payment', 'payment', 'refund', 'cancelled', 'cancellation'),
    postedAt: fc.constantFrom(999, 1_000, 1_500, 1_999, 2_000),
    postings: fc.array(posting, { minLength: 1, maxLength: 10 }),
  }),
  { maxLength: 12 },
);

/** Numbers far beyond what the checksum takes them modulo of. */
const numberOf = (index: number) => 2 ** 45 + index * 2_147_483_659;

async function write(all: readonly Case[]): Promise<void> {
  const journals = all.map(
    ({ postedAt, postings }, index): Journal => ({
      journalNumber: numberOf(index),
      postedAt,
      postings,
    }),
  );
  const numbers = (fate: Fate) =>
    numberArray(all.flatMap((each, index) => (each.fate === fate ? [numberOf(index)] : [])));
  await fresh.database.session('clearing').run([
    { text: 'begin', values: [] },
    { text: 'delete from journals', values: [] },
    { text: 'delete from refunds', values: [] },
    { text: 'delete from cancellations', values: [] },
    { text: 'insert into lanes (lane, sequence) values (0, 0) on conflict do nothing', values: [] },
    writeJournals(0, journals),
    {
      text:
        'insert into refunds (lane, payment_number, refund_number, request_key, state, ' +
        'result_code, amount, settlement_amount, refund_from_amount, created_at, finished_at) ' +
        "select 0, 1, u, 'A/' || u, 'SUCCESS', 'SUCCESS', 1, 1, 1, 0, 0 " +
        'from unnest($1::bigint[]) u',
      values: [numbers('refund')],
    },
    {
      text:
        'insert into cancellations (lane, payment_number, cancelled_at, journal_number, ' +
        'paid_leg, paid_at) select 0, u, 0, -u, 1, 0 from unnest($1::bigint[]) u union all ' +
        'select 0, -u, 0, u, 1, 0 from unnest($2::bigint[]) u',
      values: [numbers('cancelled'), numbers('cancellation')],
    },
    { text: 'commit', values: [] },
  ]);
}

/** The same by plain addition, a sum an account and side that has any. */
function added(all: readonly Case[]): PartialSum[] {
  return positions.flatMap((accountId) =>
    [false, true].flatMap((isRefund): PartialSum[] => {
      const sum = { count: 0, gross: 0n, interchange: 0n, serviceFee: 0n, checksum: 0n };
      let touched = false;
      for (const [index, { fate, postedAt, postings }] of all.entries()) {
        if (fate !== (isRefund ? 'refund' : 'payment')) continue;
        if (postedAt < part.from || postedAt >= part.to) continue;
        const own = postings.filter(({ debitAccount, creditAccount }) =>
          [debitAccount, creditAccount].includes(accountId),
        );
        if (own[0] !== undefined && !others.includes(own[0].reason)) sum.count++;
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
      return touched ? [{ accountId, isRefund, ...sum }] : [];
    }),
  );
}

async function summed(): Promise<PartialSum[]> {
  const rows = await fresh.database.session('clearing sums').run(sumPart(part, positions));
  return [...partSumsFrom(rows).sums].sort(
    (a, b) => a.accountId - b.accountId || Number(a.isRefund) - Number(b.isRefund),
  );
}

test('shapes of journals come to what their postings do, however large', async () => {
  await fc.assert(
    fc.asyncProperty(cases, async (all) => {
      await write(all);
      expect(await summed()).toEqual(added(all));
    }),
    { numRuns: 60 },
  );
});

test('a journal with more postings than are summed stops the close', async () => {
  const one = { reason: 'spread', debitAccount: 1, creditAccount: 4, amount: 1n } as const;
  await write([{ fate: 'payment', postedAt: 1_000, postings: Array(11).fill(one) }]);
  await expect(summed()).rejects.toThrow('more than 10 postings');
});

test('no more journals are read than asked for, and their number is told', async () => {
  const one = { reason: 'spread', debitAccount: 1, creditAccount: 4, amount: 1n } as const;
  await write(
    Array.from({ length: 7 }, (_, index) => ({
      fate: index % 3 === 0 ? ('cancelled' as const) : ('payment' as const),
      postedAt: part.from,
      postings: [one],
    })),
  );
  const readOf = async (most?: number) => {
    const rows = await fresh.database.session('clearing sums').run(sumPart(part, positions, most));
    return partSumsFrom(rows);
  };
  expect((await readOf(3)).journals).toBe(3);
  const all = await readOf();
  expect(await readOf(100)).toEqual(all);
  expect([all.journals, all.sums.map(({ count }) => count)]).toEqual([7, [4]]);
});
