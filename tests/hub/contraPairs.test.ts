// A wallet away until past 00:30 gives back what was cancelled: it has a payment and a refund of a
// payment that never was for the network. Both breaks end by themselves, and only such do.

import { afterEach, expect, test } from 'vitest';
import { present } from '../../src/base/assert.ts';
import { prove } from '../../src/payments/proof/store.ts';
import { reconciliationChecks } from '../../src/reconciliation/checks.ts';
import { workOnBreak } from '../../src/reconciliation/resolveCommands.ts';
import { readBreaks } from '../../src/reconciliation/store.ts';
import { readOneBreak } from '../../src/reconciliation/viewStore.ts';
import { closeAndNet } from '../../src/settlement/commands.ts';
import { closingWorld, expectProved, instant, skipTo } from './closing.ts';
import { compareLines } from './comparing.ts';
import { type Rig, startRig } from './rig.ts';
import { acquirer, malaysian, paid, rates, yuan } from './scenes.ts';

let rig: Rig;
afterEach(() => rig.close());

const [monday, tuesday] = ['2026-11-23', '2026-11-24'];

interface Books {
  /** What the wallet has taken, a line each, and given back by a refund. */
  readonly taken: readonly string[][];
  readonly returned: string[];
}

/** Two payments of Monday night; the second is cancelled, and the wallet hears it too late. */
async function cancelledTooLate(): Promise<Books> {
  rig = await startRig({
    partners: [acquirer, malaysian],
    rates,
    start: instant(`${monday} 23:50`),
  });
  const wallet = present(rig.wallets.get('TNG'), 'the wallet');
  for (const id of ['P1', 'P2']) await paid(rig, id, yuan(1_600));
  const taken = [...wallet.lines].map(([legId, { debited }]) => [
    'PAYMENT',
    legId,
    'MYR',
    String(debited),
    monday,
  ]);
  wallet.dayIsOver = true;
  const told = await rig.call('CHENGDU', 'cancelPayment', { paymentRequestId: 'P2' });
  expect(told.resultCode).toBe('SUCCESS');
  await rig.rest();
  skipTo(rig, `${tuesday} 00:40`);
  await rig.advance(600_000);
  const [[refundId, refund] = []] = [...wallet.refunds];
  expect(refundId).toBe(taken[1]?.[1]);
  skipTo(rig, '2026-11-25 00:30');
  await closeAndNet(closingWorld(rig), { by: 'Wang' });
  const amount = String(present(refund, 'the refund').amount);
  return { taken, returned: ['REFUND', String(refundId), 'MYR', amount, tuesday] };
}

const compare = (date: string, lines: readonly string[][]) =>
  compareLines(rig, 'TNG-MYR', date, lines);
const breaks = async (group: 'open' | 'resolved') =>
  (await readBreaks(rig.fresh.database, group, 100)).map(
    ({ kind, key, resolution }) => `${kind} ${key.split('/')[0]} ${resolution}`,
  );

test.each([[[monday, tuesday]], [[tuesday, monday]]])(
  'a payment and its whole return end each other (%s)',
  async (order) => {
    const { taken, returned } = await cancelledTooLate();
    const files: Record<string, string[][]> = { [monday]: [...taken], [tuesday]: [returned] };
    for (const [index, date] of order.entries()) {
      expect(await compare(date, files[date] ?? [])).toMatchObject({
        run: { found: { missing_here: 1 } },
      });
      const half = date === monday ? 'payment' : 'refund';
      expect(await breaks('open')).toEqual(index === 0 ? [`missing_here ${half} null`] : []);
    }
    const [one, other] = await readBreaks(rig.fresh.database, 'resolved', 100);
    expect([one?.cause, one?.resolvedBy, one?.contraBreakId]).toEqual([
      'timing',
      'Wang',
      other?.breakId,
    ]);
    const seen = await readOneBreak(closingWorld(rig), one?.breakId ?? '');
    expect(seen).toMatchObject({ resolution: 'contra', contraBreakId: other?.breakId });
    await expectProved(rig.fresh.database);
    // Seen again they stay ended; without one half the other is a difference again.
    await compare(tuesday, [returned, ['PAYMENT', 'X1', 'MYR', '5', tuesday]]);
    expect(await breaks('open')).toEqual(['missing_here payment null']);
    await compare(tuesday, []);
    expect(await breaks('open')).toEqual(['missing_here payment null']);
    expect((await breaks('resolved')).sort()).toEqual([
      'missing_here payment corrected_file',
      'missing_here refund corrected_file',
    ]);
    await expectProved(rig.fresh.database);
    // The first file of that day is known and changes nothing; another one with it is compared.
    await compare(tuesday, [returned, []]);
    expect(await breaks('open')).toEqual([]);
    const { database } = rig.fresh;
    await expectProved(database);
    // Pairs that are none are found: a leg that was undone at another wallet, other amounts.
    const found = async () =>
      (await prove(database, reconciliationChecks)).findings.filter(({ count }) => count > 0);
    const ofWallet = "update payments set first_wallet_id = $1 where state = 'CLOSED'";
    await database.query(ofWallet, ['OTHER']);
    expect(await found()).toMatchObject([{ name: 'contra_pairs_are_undone_legs', count: 2 }]);
    await database.query(ofWallet, ['TNG']);
    await database.query(
      "update reconciliation_breaks set their_amount = 1 where resolution = 'contra' " +
        'and their_amount > 0',
    );
    expect(await found()).toMatchObject([{ name: 'contra_pairs_are_undone_legs', count: 2 }]);
  },
);

test('a half that two persons end meanwhile is none of a pair', async () => {
  const { taken, returned } = await cancelledTooLate();
  await compare(monday, taken);
  const { database } = rig.fresh;
  const [half] = await readBreaks(database, 'open', 100);
  const work = (by: string, wanted: Parameters<typeof workOnBreak>[1]['wanted']) =>
    workOnBreak(closingWorld(rig), { breakId: half?.breakId ?? '', by, wanted });
  let isEnded = false;
  const query: typeof database.query = async (text, values) => {
    if (text.includes('legs') && !isEnded) {
      isEnded = true;
      const how = { how: 'explained', cause: 'partner', note: 'their mistake' } as const;
      await work('Wang', { verb: 'propose', ...how });
      await work('Li', { verb: 'approve' });
    }
    return database.query(text, values);
  };
  await compareLines(rig, 'TNG-MYR', tuesday, [returned], { ...database, query });
  expect(isEnded).toBe(true);
  expect(await breaks('open')).toEqual(['missing_here refund null']);
  expect(await breaks('resolved')).toEqual(['missing_here payment explained']);
  await expectProved(database);
});

test('lines that sum to nothing prove nothing where the network undid nothing', async () => {
  const { taken, returned } = await cancelledTooLate();
  const [kept = [], undone = []] = taken;
  const with_ = (line: readonly string[], changes: Record<number, string>) =>
    line.map((cell, at) => changes[at] ?? cell);
  const lines = [
    kept,
    // Of the payment that stands: its refund was never asked for.
    with_(returned, { 1: kept[1] ?? '' }),
    // Of the one that was undone: in part, and a payment of another amount.
    with_(undone, { 3: '1' }),
    with_(returned, { 3: '1' }),
    // Of a leg that never was.
    with_(undone, { 1: '202611232099999999999999991' }),
    with_(returned, { 1: '202611232099999999999999991' }),
  ];
  await compare(monday, lines);
  expect(await breaks('resolved')).toEqual([]);
  expect(await breaks('open')).toHaveLength(5);
  // The right half comes twice: which of them it is nobody can say but persons.
  await compare(monday, [kept, undone]);
  await compare('2026-11-24', [undone, returned]);
  expect((await breaks('resolved')).filter((each) => each.endsWith('contra'))).toEqual([]);
  await expectProved(rig.fresh.database);
});
