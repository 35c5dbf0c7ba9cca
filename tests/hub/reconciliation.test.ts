// Partners' files against a real Postgres: every planted mistake is found and nothing else, days
// beside explain each other, a corrected file ends what it mends, and two persons end the rest.

import { tmpdir } from 'node:os';
import { afterEach, expect, test } from 'vitest';
import { present } from '../../src/base/assert.ts';
import { type ClearingItem, readItems } from '../../src/clearing/itemStore.ts';
import { prove } from '../../src/payments/proof/store.ts';
import { reconciliationChecks } from '../../src/reconciliation/checks.ts';
import { type ReconcileReply, reconcile } from '../../src/reconciliation/commands.ts';
import { usualMapping } from '../../src/reconciliation/mapping.ts';
import type { BreakVerb, KeptBreak } from '../../src/reconciliation/reconciliation.ts';
import { type BreakReply, workOnBreak } from '../../src/reconciliation/resolveCommands.ts';
import { readBreaks } from '../../src/reconciliation/store.ts';
import { closeAndNet, takeStep } from '../../src/settlement/commands.ts';
import { readBalances } from '../../src/settlement/store.ts';
import {
  batchesBy,
  closingWorld,
  day,
  expectProved,
  instant,
  refundOf,
  skipTo,
} from './closing.ts';
import { compareLines } from './comparing.ts';
import { startFiling } from './filing.ts';
import { type Rig, startRig } from './rig.ts';
import { acquirer, malaysian, paid, rates, yuan } from './scenes.ts';

let rig: Rig;
afterEach(() => rig.close());

const [monday, tuesday] = ['2026-11-23', '2026-11-24'];

/** Six payments on Monday, one of them refunded in part, and two on Tuesday; both days closed. */
async function twoDays(): Promise<void> {
  rig = await startRig({
    partners: [acquirer, malaysian],
    rates,
    start: instant(`${monday} 12:00`),
  });
  for (let each = 1; each <= 6; each++) await paid(rig, `P${each}`, yuan(1_000 * each));
  await rig.call('CHENGDU', 'refund', refundOf('P6', 'R6', 500));
  await rig.rest();
  skipTo(rig, `${tuesday} 12:00`);
  for (const each of [7, 8]) await paid(rig, `P${each}`, yuan(1_000 * each));
  skipTo(rig, '2026-11-25 00:30');
  await closeAndNet(closingWorld(rig), { by: 'Wang' });
}

/** A partner's own file of a day as it should be, by the acquirer's ids: a line each. */
async function fileOf(participantId: string, date: string): Promise<Map<string, string[]>> {
  const batch = present((await batchesBy(rig, date)).get(participantId), 'a batch');
  const lines = new Map<string, string[]>();
  const isWallet = participantId === 'TNG';
  for await (const items of readItems(rig.fresh.database, batch)) {
    for (const item of items) {
      const size = item.gross < 0n ? -item.gross : item.gross;
      const currency = isWallet ? 'MYR' : 'CNY';
      const type = item.kind === 'payment' ? 'PAYMENT' : 'REFUND';
      const id = isWallet ? walletIdOf(item) : acquirerIdOf(item);
      lines.set(acquirerIdOf(item), [type, id, currency, String(size), date]);
    }
  }
  return lines;
}

const acquirerIdOf = ({ refund, paymentRequestId }: ClearingItem) =>
  refund === null ? paymentRequestId : refund.refundRequestId;
const walletIdOf = ({ refund, legId }: ClearingItem) =>
  refund === null ? legId : refund.refundAskId;

const run = (agreementId: string, date: string, lines: readonly (readonly string[])[]) =>
  compareLines(rig, agreementId, date, lines);

/** What a run came to, in few words. */
function told(reply: ReconcileReply) {
  if (reply.kind !== 'compared' && reply.kind !== 'repeated') return reply.kind;
  const { kind, run: each } = reply;
  return { kind, counts: [each.lines, each.items, each.matched], found: each.found };
}

const open = () => readBreaks(rig.fresh.database, 'open', 100);
const resolved = () => readBreaks(rig.fresh.database, 'resolved', 100);
const inWords = (breaks: readonly KeptBreak[]) =>
  breaks.map((each) => `${each.kind} ${each.key} ${each.difference}`).sort();

const work = (breakId: string, by: string, wanted: BreakVerb): Promise<BreakReply> =>
  workOnBreak(closingWorld(rig), { breakId, by, wanted });

test('a file that is right matches whole, for a wallet and for an acquirer', async () => {
  await twoDays();
  for (const [agreementId, participantId] of [
    ['TNG-MYR', 'TNG'],
    ['CHENGDU-CNY', 'CHENGDU'],
  ] as const) {
    const lines = [...(await fileOf(participantId, monday)).values()];
    const right = { counts: [7, 7, 7], found: {} };
    expect(told(await run(agreementId, monday, lines))).toEqual({ kind: 'compared', ...right });
    // The same file again is the same run.
    expect(told(await run(agreementId, monday, lines))).toEqual({ kind: 'repeated', ...right });
  }
  expect(await open()).toEqual([]);
  expect(told(await run('TNG-MYR', '2026-11-25', []))).toBe('not_closed');
  expect(told(await run('TNG-USD', monday, []))).toBe('no_such_agreement');
  await expectProved(rig.fresh.database);
});

test('every mistake is found and named, and nothing else', async () => {
  await twoDays();
  const lines = await fileOf('CHENGDU', monday);
  const line = (id: string) => [...present(lines.get(id), id)];
  const changed = line('P2');
  changed[3] = '2100';
  const foreign = line('P3');
  foreign[2] = 'USD';
  const file = [
    line('P1'),
    changed,
    foreign,
    // P4 is not there; P5 is there twice, and then once more with another amount.
    line('P5'),
    line('P5'),
    [...line('P5').slice(0, 3), '4999', monday],
    line('P6'),
    line('R6'),
    ['PAYMENT', 'P99', 'CNY', '700', monday],
    // They have it on Monday, we on Tuesday.
    ['PAYMENT', 'P7', 'CNY', '7000', monday],
    ['PAYMENT', 'broken'],
    ['REFUND', 'R99', 'CNY', 'much', monday],
  ];
  expect(told(await run('CHENGDU-CNY', monday, file))).toEqual({
    kind: 'compared',
    counts: [12, 7, 4],
    found: {
      amount_differs: 1,
      currency_differs: 1,
      missing_here: 1,
      missing_there: 1,
      duplicate_there: 2,
      other_day: 1,
      unreadable: 2,
    },
  });
  const breaks = await open();
  expect(inWords(breaks)).toEqual([
    'amount_differs payment/P2 100',
    'currency_differs payment/P3 null',
    'duplicate_there payment/P5 4999',
    'duplicate_there payment/P5 5000',
    'missing_here payment/P99 700',
    'missing_there payment/P4 -4000',
    'other_day payment/P7 0',
    'unreadable line/12 null',
    'unreadable line/13 null',
  ]);
  expect(breaks.find(({ key }) => key === 'payment/P7')?.otherDay).toBe(day(tuesday));
  const broken = breaks.find(({ lineNumber }) => lineNumber === 12);
  expect(broken?.problem).toBe('2 fields of 5: PAYMENT,broken');
  await expectProved(rig.fresh.database);
});

test('days beside explain each other, in whichever order their files come', async () => {
  await twoDays();
  for (const [participantId, agreementId, first] of [
    ['CHENGDU', 'CHENGDU-CNY', monday],
    ['TNG', 'TNG-MYR', tuesday],
  ] as const) {
    const files = { [monday]: await fileOf(participantId, monday), [tuesday]: new Map() };
    files[tuesday] = await fileOf(participantId, tuesday);
    // The partner dates P3 and the refund a day later.
    for (const id of ['P3', 'R6']) {
      const late = present(files[monday]?.get(id), id);
      files[monday]?.delete(id);
      files[tuesday]?.set(id, [...late.slice(0, 4), tuesday]);
    }
    const ofDay = (date: string) => run(agreementId, date, [...(files[date]?.values() ?? [])]);
    const then = first === monday ? tuesday : monday;
    await ofDay(first);
    expect((await open()).map(({ kind }) => kind)).toEqual(
      first === monday ? ['missing_there', 'missing_there'] : ['other_day', 'other_day'],
    );
    expect(told(await ofDay(then))).toMatchObject({ found: { other_day: 2 } });
    expect(await open()).toEqual([]);
  }
  const ends = await resolved();
  expect(ends).toHaveLength(8);
  expect(new Set(ends.map(({ kind, resolution }) => `${kind} ${resolution}`))).toEqual(
    new Set(['other_day other_day']),
  );
  await expectProved(rig.fresh.database);
});

test.each([[[monday, tuesday]], [[tuesday, monday]]])(
  'in order on its day and there again the day after: a duplicate (%s)',
  async (order) => {
    await twoDays();
    for (const date of order) {
      const lines = await fileOf('CHENGDU', date);
      const again = (await fileOf('CHENGDU', monday)).get('P1') ?? [];
      const more = date === tuesday ? [[...again.slice(0, 4), tuesday]] : [];
      await run('CHENGDU-CNY', date, [...lines.values(), ...more]);
    }
    const breaks = await open();
    expect(breaks.map(({ kind, otherDay, difference }) => [kind, otherDay, difference])).toEqual([
      ['duplicate_there', day(monday), 1_000n],
    ]);
  },
);

test('a corrected file ends what it mends; a mistake that comes back is open again', async () => {
  await twoDays();
  const right = await fileOf('TNG', monday);
  const [first, ...others] = [...right.values()];
  const wrong = [[...present(first, 'a line').slice(0, 3), '1', monday], ...others.slice(1)];
  expect(told(await run('TNG-MYR', monday, wrong))).toMatchObject({
    found: { amount_differs: 1, missing_there: 1 },
  });
  const half = [...wrong, ...others.slice(0, 1)];
  expect(told(await run('TNG-MYR', monday, half))).toMatchObject({ found: { amount_differs: 1 } });
  expect((await open()).map(({ kind }) => kind)).toEqual(['amount_differs']);
  expect((await resolved()).map(({ kind, resolution }) => [kind, resolution])).toEqual([
    ['missing_there', 'corrected_file'],
  ]);
  await run('TNG-MYR', monday, [...right.values()]);
  expect(await open()).toEqual([]);
  // Another file with an old mistake: the same break, open again.
  expect(told(await run('TNG-MYR', monday, [...wrong].reverse()))).toMatchObject({
    kind: 'compared',
  });
  expect((await open()).map(({ kind, firstRunId }) => [kind, firstRunId.slice(-3)])).toEqual([
    ['amount_differs', '001'],
    ['missing_there', '001'],
  ]);
});

test('two persons write a difference off; the books say so and settling goes on', async () => {
  await twoDays();
  const { database } = rig.fresh;
  const lines = await fileOf('TNG', monday);
  const wrong = [...lines.values()];
  const first = present(wrong[0], 'a line');
  wrong[0] = [...first.slice(0, 3), String(Number(first[3]) - 27), monday];
  await run('TNG-MYR', monday, [...wrong, ['PAYMENT', 'X'.repeat(70), 'MYR', '1', monday]]);
  const [unreadable, differs] = await open();
  const { breakId, difference } = present(differs, 'a break');
  // The wallet took 27 sen less than we say: it owes so much less by its own books.
  expect(difference).toBe(27n);
  const before = (await readBalances(database)).get('position:TNG:MYR') ?? 0n;
  const wanted = { verb: 'propose', how: 'write_off', cause: 'partner', note: 'Agreed.' } as const;
  expect(await work(breakId, 'Li', { verb: 'approve' })).toMatchObject({ kind: 'wrong_state' });
  expect(await work(breakId, 'Li', { verb: 'assign', owner: 'Wang' })).toMatchObject({
    kind: 'done',
    found: { owner: 'Wang', state: 'OPEN' },
  });
  const proposed = await work(breakId, 'Wang', wanted);
  const proposedAt = proposed.kind === 'done' ? (proposed.found.proposedAt ?? 0) : 0;
  expect(await work(breakId, 'Wang', wanted)).toMatchObject({ kind: 'repeated' });
  expect(await work(breakId, ' WANG', { verb: 'approve' })).toEqual({
    kind: 'same_person',
    by: 'Wang',
  });
  expect(await work(breakId, 'Li', { verb: 'reject' })).toMatchObject({ found: { state: 'OPEN' } });
  await rig.advance(1);
  await work(breakId, 'Wang', wanted);
  // Who still looks at the proposal before approves that one, and no other.
  const ofBefore = { verb: 'approve', proposedAt } as const;
  const refused = await work(breakId, 'Li', ofBefore);
  expect(refused).toMatchObject({ kind: 'other_proposal', by: 'Wang' });
  const now = refused.kind === 'other_proposal' ? refused.proposedAt : 0;
  expect(now).toBeGreaterThan(proposedAt);
  await expectProved(database);
  const both = await Promise.all([
    work(breakId, 'Li', { verb: 'approve', proposedAt: now }),
    work(breakId, 'Li', { verb: 'approve', proposedAt: now }),
  ]);
  expect(both.map(({ kind }) => kind)).toEqual(['done', 'repeated']);
  expect(await work(breakId, 'Li', ofBefore)).toEqual({ kind: 'wrong_state', state: 'RESOLVED' });
  expect((await readBalances(database)).get('position:TNG:MYR')).toBe(before + 27n);
  await expectProved(database);
  // What has no amount cannot be written off, only explained.
  const other = present(unreadable, 'the other').breakId;
  expect(await work(other, 'Wang', wanted)).toEqual({ kind: 'nothing_to_write_off' });
  await work(other, 'Wang', { ...wanted, how: 'explained' });
  expect(await work(other, 'Li', { verb: 'approve' })).toMatchObject({ kind: 'done' });
  expect(await open()).toEqual([]);
  expect(await work('B0', 'Li', { verb: 'approve' })).toEqual({ kind: 'no_such_break' });
  // Seen again in another file it stays ended, and no day waits for it.
  await run('TNG-MYR', monday, [...wrong].reverse());
  expect(await open()).toEqual([]);
  // The next settlement batch of the wallet pays the write-off too, and its file names it.
  skipTo(rig, '2026-11-26 00:30');
  const { netted } = await closeAndNet(closingWorld(rig), { by: 'Wang' });
  const ofWallet = present(
    netted.find(({ agreement }) => agreement.participantId === 'TNG'),
    'the wallet',
  );
  const { netting, batch } = ofWallet;
  const cleared = netting.kind === 'settled' ? netting.batches : [];
  expect(batch?.amount).toBe(cleared.reduce((sum, { net }) => sum + net, 27n));
  const filing = await startFiling(rig);
  try {
    await filing.make();
    const files = (await filing.list()).filter(
      ({ kind, batchId }) => kind === 'settlement' && batchId === batch?.settlementBatchId,
    );
    const content = await filing.delivery.open(present(files[0], 'its file'));
    expect(await content?.readFile('utf8')).toContain(`${breakId},27,C`);
    await content?.close();
  } finally {
    await filing.remove();
  }
  const settlementBatchId = present(batch, 'the batch').settlementBatchId;
  const amount = present(batch, 'the batch').amount;
  for (const [verb, by] of [
    ['check', 'Wang'],
    ['approve', 'Li'],
    ['send', 'Wang'],
  ] as const) {
    await takeStep(closingWorld(rig), { settlementBatchId, verb, by });
  }
  const entry = { bankReference: 'B1', amount, valueDay: day('2026-11-26') };
  await takeStep(closingWorld(rig), { settlementBatchId, verb: 'confirm', by: 'Li', entry });
  // Monday's was settled the day before and is not sent: nothing else is left of the position.
  const rest = present((await batchesBy(rig, monday)).get('TNG'), 'Monday').net;
  expect((await readBalances(database)).get('position:TNG:MYR')).toBe(rest);
  await expectProved(database);
  // A posting that no break explains is found.
  await database.query('update reconciliation_breaks set difference = 28 where difference = 27');
  const { findings } = await prove(database, reconciliationChecks);
  expect(findings.filter(({ count }) => count > 0).map(({ name }) => name)).toEqual([
    'write_offs_equal_breaks',
    'write_offs_are_settled',
  ]);
});

test('a file without its columns is refused whole, and may be sent again', async () => {
  await twoDays();
  const world = { ...closingWorld(rig), directory: tmpdir() };
  const text = 'a,b,c\n1,2,3';
  const reply = await reconcile(world, {
    agreementId: 'TNG-MYR',
    day: day(monday),
    file: {
      name: 'x.csv',
      bytes: text.length,
      digest: 'f00',
      async *lines() {
        yield text.split('\n');
      },
    },
    mapping: usualMapping,
    by: 'Wang',
  });
  expect(reply).toEqual({ kind: 'unusable', problem: 'the file has no column requestId' });
  const lines = [...(await fileOf('TNG', monday)).values()];
  expect(told(await run('TNG-MYR', monday, lines))).toMatchObject({ kind: 'compared' });
});
