// The bank's statement on a real Postgres: what it confirms, and what of it becomes a break.

import { afterEach, expect, test } from 'vitest';
import { present } from '../../src/base/assert.ts';
import type { Statement } from '../../src/base/world.ts';
import { readBankFile } from '../../src/reconciliation/bankCommands.ts';
import { writeBankAccount } from '../../src/reconciliation/bankStore.ts';
import { workOnBreak } from '../../src/reconciliation/resolveCommands.ts';
import { readReconciliation } from '../../src/reconciliation/viewStore.ts';
import { closeAndNet, takeStep } from '../../src/settlement/commands.ts';
import { readBalances, readHistories } from '../../src/settlement/store.ts';
import { statementXml, type WrittenLine } from './bankFile.ts';
import { closingWorld, day, expectProved, instant, skipTo } from './closing.ts';
import { isoProblems } from './isoSchemas.ts';
import { type Rig, startRig } from './rig.ts';
import { acquirer, malaysian, paid, rates, yuan } from './scenes.ts';

let rig: Rig;
afterEach(() => rig.close());

const date = '2026-11-25';
const world = () => closingWorld(rig);

/** A network whose two batches of the day are sent: CNY is paid to Chengdu, MYR is owed by TNG. */
async function sentBatches(): Promise<{ readonly chengdu: string; readonly tng: string }> {
  rig = await startRig({
    partners: [acquirer, malaysian],
    rates,
    start: instant('2026-11-23 12:00'),
  });
  const { database } = rig.fresh;
  await writeBankAccount(database, { currency: 'CNY', account: 'CN01' }, 'Wang', 0);
  await writeBankAccount(database, { currency: 'MYR', account: 'MY01' }, 'Wang', 0);
  await paid(rig, 'P1', yuan(10_000));
  for (const day of ['2026-11-24', date]) {
    skipTo(rig, `${day} 00:30`);
    await closeAndNet(world(), { by: 'Wang' });
  }
  const batches = await readHistories(database, 10);
  for (const { batch } of batches) {
    for (const [verb, by] of [
      ['check', 'Wang'],
      ['approve', 'Li'],
      ['send', 'Wang'],
    ] as const) {
      await takeStep(world(), { settlementBatchId: batch.settlementBatchId, verb, by });
    }
  }
  const of = (isPaid: boolean) =>
    present(
      batches.find(({ batch }) => batch.amount > 0n === isPaid),
      'a batch',
    ).batch.settlementBatchId;
  return { chengdu: of(true), tng: of(false) };
}

const cny = (
  id: string,
  lines: readonly WrittenLine[],
  closing?: bigint,
  account: 'CN01' | 'CN02' = 'CN01',
) =>
  statementXml({
    id,
    account,
    currency: 'CNY',
    date,
    opening: 500_000n,
    lines,
    ...(closing === undefined ? {} : { closing }),
  });

const read = (text: string, finish = false) =>
  readBankFile(world(), { fileName: 'bank.xml', bytes: Buffer.from(text), by: 'Li', finish });

async function states(): Promise<Record<string, string>> {
  const histories = await readHistories(rig.fresh.database, 10);
  return Object.fromEntries(histories.map(({ batch }) => [batch.settlementBatchId, batch.state]));
}

const breaks = async () => (await readReconciliation(world(), 'open')).breaks;

test('a statement confirms the batches that it names or fits, once', async () => {
  const { chengdu, tng } = await sentBatches();
  const paidOut = cny('ST1', [
    { amount: 9_950n, date, reference: 'B1', endToEndId: chengdu },
    { amount: 77n, date, reference: 'B2', status: 'PDNG' },
  ]);
  expect(await isoProblems('camt053', paidOut)).toEqual([]);
  // The participant named nothing: the amount, its direction and the days tell.
  const came = statementXml({
    id: 'ST1',
    account: 'MY01',
    currency: 'MYR',
    date,
    opening: 0n,
    lines: [{ amount: -6_268n, date, reference: 'B1' }],
  });
  expect(await read(paidOut, true)).toMatchObject({
    statements: [{ kind: 'read', confirmed: [chengdu], notBooked: 1, run: { found: {} } }],
  });
  const again = await Promise.all([read(paidOut), read(came), read(came)]);
  expect(again.map((each) => each.kind === 'statements' && each.statements[0]?.kind)).toEqual([
    'repeated',
    'read',
    'repeated',
  ]);
  expect(await states()).toEqual({ [chengdu]: 'FINISHED', [tng]: 'CONFIRMED' });
  // The same line in the bank's next statement is known; the same statement otherwise is refused.
  const next = cny('ST2', [{ amount: 9_950n, date, reference: 'B1', endToEndId: chengdu }]);
  expect(await read(next)).toMatchObject({ statements: [{ known: 1, confirmed: [] }] });
  expect(await read(cny('ST1', []))).toMatchObject({ statements: [{ kind: 'other_statement' }] });
  const own = [...(await readBalances(rig.fresh.database))];
  expect(own.filter(([name, value]) => /^(position|transit)/.test(name) && value !== 0n)).toEqual(
    [],
  );
  expect(await breaks()).toEqual([]);
  await expectProved(rig.fresh.database);
});

test('what does not fit is named, and changes nothing but the list of breaks', async () => {
  const { chengdu, tng } = await sentBatches();
  const before = await readBalances(rig.fresh.database);
  const lines: [WrittenLine, string][] = [
    [{ amount: 9_900n, date, reference: 'B1', endToEndId: chengdu }, 'amount_differs'],
    [
      { amount: 9_960n, date, reference: 'B2', endToEndId: chengdu, charges: 10n },
      'charges_deducted',
    ],
    [
      { amount: -9_950n, date, reference: 'B3', remittance: `for ${chengdu}.` },
      'direction_differs',
    ],
    [
      { amount: 9_950n, date: '2026-11-24', reference: 'B4', endToEndId: chengdu },
      'value_date_differs',
    ],
    [{ amount: 9_950n, date, reference: 'B5', endToEndId: 'S2026112500009999' }, 'missing_here'],
    [{ amount: 9_950n, date, reference: 'B6', endToEndId: tng }, 'currency_differs'],
    [{ amount: 1n, date, reference: 'B7' }, 'missing_here'],
    [{ amount: 1n, date, reference: 'B7' }, 'duplicate_there'],
    [
      { amount: 5n, date, reference: 'B8', endToEndId: chengdu, remittance: tng },
      'several_batches',
    ],
  ];
  const text = cny(
    'ST1',
    lines.map(([line]) => line),
  );
  expect(await isoProblems('camt053', text)).toEqual([]);
  expect(await read(text)).toMatchObject({ statements: [{ confirmed: [] }] });
  const found = await breaks();
  expect(found.map(({ kind }) => kind).sort()).toEqual(lines.map(([, kind]) => kind).sort());
  expect(found.every(({ age, isBank }) => age === 'today' && isBank)).toBe(true);
  expect(await states()).toEqual({ [chengdu]: 'SENT', [tng]: 'SENT' });
  expect(await readBalances(rig.fresh.database)).toEqual(before);

  // A person books a line for its batch, another approves it: the rest is a difference there.
  const short = present(
    found.find(({ kind }) => kind === 'amount_differs'),
    'the short line',
  );
  const work = (by: string, wanted: Parameters<typeof workOnBreak>[1]['wanted']) =>
    workOnBreak(world(), { breakId: short.breakId, by, wanted });
  const how = { verb: 'propose', how: 'booked', cause: 'bank', note: 'in part' } as const;
  expect(await work('Wang', how)).toEqual({ kind: 'nothing_to_book' });
  const proposal = { ...how, settlementBatchId: chengdu };
  expect((await work('Wang', proposal)).kind).toBe('done');
  expect((await work('wang', { verb: 'approve' })).kind).toBe('same_person');
  expect((await work('Li', { verb: 'approve' })).kind).toBe('done');
  const histories = await readHistories(rig.fresh.database, 10);
  const own = histories.find(({ batch }) => batch.settlementBatchId === chengdu);
  expect(own).toMatchObject({ batch: { state: 'SENT' }, entries: [{ amount: 9_900n }] });
  // The rest comes another day, and ends the batch.
  await read(cny('ST2', [{ amount: 50n, date, reference: 'B9', endToEndId: chengdu }]));
  expect((await states())[chengdu]).toBe('CONFIRMED');
  await expectProved(rig.fresh.database);
});

test('a statement that is not ours or not whole confirms nothing', async () => {
  const { chengdu } = await sentBatches();
  const line = { amount: 9_950n, date, reference: 'B1', endToEndId: chengdu };
  const good = cny('ST1', [line]);
  expect(await read(good.replace('<Id>CN01</Id>', '<Id>CN02</Id>'))).toMatchObject({
    statements: [{ kind: 'unknown_account', account: 'CN02', currency: 'CNY' }],
  });
  // It does not come to its closing balance: that alone is the break, until it is sent again.
  await read(cny('ST1', [line], 500_000n));
  const [found, ...more] = await breaks();
  expect([found?.kind, found?.difference?.value, more]).toEqual(['balance_differs', '9950', []]);
  expect((await states())[chengdu]).toBe('SENT');
  expect(await read(good)).toMatchObject({ statements: [{ confirmed: [chengdu] }] });
  expect(await breaks()).toEqual([]);
  const faults: [string, string][] = [
    [
      good.replace('<?xml version="1.0" encoding="UTF-8"?>', '<!DOCTYPE a [<!ENTITY b "c">]>'),
      'document type',
    ],
    [good.replace('NtryDtls', 'Other'), 'open is'],
    [good.replace('camt.053.001.08', 'camt.053.001.02'), 'neither camt.053'],
    [good.replace('9950', '9950').replace('99.50', '99.505'), 'finer than its unit'],
    [good.replace('<Amt Ccy="CNY">99.50', '<Amt Ccy="MYR">99.50'), 'Ccy must be CNY'],
    [good.replace('<Cd>CLBD</Cd>', '<Cd>XXXX</Cd>'), 'no balance CLBD'],
    [good.replace(`<Dt>${date}</Dt></ValDt>`, '<Dt>2026-11-31</Dt></ValDt>'), 'no date'],
  ];
  for (const [text, problem] of faults) {
    const reply = await read(text);
    expect([problem, reply.kind === 'unusable' && reply.problem]).toEqual([
      problem,
      expect.stringContaining(problem),
    ]);
  }
  await expectProved(rig.fresh.database);
});

test('two banks that number their statements alike are told apart', async () => {
  const { chengdu } = await sentBatches();
  const other = { currency: 'CNY', account: 'CN02' };
  await writeBankAccount(rig.fresh.database, other, 'Wang', 0);
  const line = { amount: 9_950n, date, endToEndId: chengdu };
  // The first bank's statement does not add up; that the second bank's does changes nothing.
  await read(cny('ST1', [line], 500_000n));
  await read(cny('ST1', [], undefined, 'CN02'));
  expect((await breaks()).map(({ kind, id }) => [kind, id])).toEqual([
    ['balance_differs', 'CN01/ST1'],
  ]);
  await read(cny('ST1', []));
  expect(await breaks()).toEqual([]);
  // The same amount at the other bank is another movement, though both lines are without a name.
  expect(await read(cny('ST2', [line]))).toMatchObject({ statements: [{ confirmed: [chengdu] }] });
  expect(await read(cny('ST2', [line], undefined, 'CN02'))).toMatchObject({
    statements: [{ known: 0, confirmed: [], run: { found: { not_sent: 1 } } }],
  });
  expect((await breaks()).map(({ id }) => id)).toEqual(['CN02/ST2/1']);
  // Nor is a reference of the bank's own known where it is of another bank.
  const { database } = rig.fresh;
  await database.query("update bank_entries set bank_reference = '000001'");
  const numbered = { ...line, reference: '000001' };
  expect(await read(cny('ST3', [numbered]))).toMatchObject({ statements: [{ known: 1 }] });
  expect(await read(cny('ST3', [numbered], undefined, 'CN02'))).toMatchObject({
    statements: [{ known: 0, run: { found: { duplicate_there: 1 } } }],
  });
  expect((await breaks()).map(({ problem }) => problem)).toContain(
    `its reference is booked at CN01 for ${chengdu}`,
  );
  await expectProved(rig.fresh.database);
});

test('lines that two banks write alike are two, also once one of them is booked', async () => {
  const { chengdu } = await sentBatches();
  const { database } = rig.fresh;
  await writeBankAccount(database, { currency: 'CNY', account: 'CN02' }, 'Wang', 0);
  const line = { amount: 9_900n, date, reference: '000001', endToEndId: chengdu };
  await read(cny('ST1', [line]));
  await read(cny('ST1', [line], undefined, 'CN02'));
  const [first, second, ...more] = await breaks();
  expect([first?.kind, second?.kind, more]).toEqual(['amount_differs', 'amount_differs', []]);
  const book = async (breakId = '') => {
    const proposal = { how: 'booked', cause: 'bank', note: 'in part' } as const;
    const wanted = { verb: 'propose', ...proposal, settlementBatchId: chengdu } as const;
    await workOnBreak(world(), { breakId, by: 'Wang', wanted });
    return (await workOnBreak(world(), { breakId, by: 'Li', wanted: { verb: 'approve' } })).kind;
  };
  expect(await book(first?.breakId)).toBe('done');
  // Its reference is booked for the same batch, amount and day, but at the other bank.
  expect(await book(second?.breakId)).toBe('not_booked');
  expect(await read(cny('ST2', [line]))).toMatchObject({ statements: [{ known: 1 }] });
  expect(await read(cny('ST2', [line], undefined, 'CN02'))).toMatchObject({
    statements: [{ known: 0, run: { found: { duplicate_there: 1 } } }],
  });
  // With a line of nothing the bank has moved nothing.
  await read(cny('ST3', [{ amount: 0n, date, reference: 'Z', endToEndId: chengdu }]));
  const nothing = (await breaks()).find(({ id }) => id === 'Z');
  expect(nothing?.kind).toBe('direction_differs');
  expect(await book(nothing?.breakId)).toBe('wrong_state');
  await expectProved(database);
});

test('when somebody books in between, the break says what has happened', async () => {
  const { chengdu, tng } = await sentBatches();
  const confirm = (settlementBatchId: string, bankReference: string, amount: bigint) =>
    takeStep(world(), {
      settlementBatchId,
      verb: 'confirm',
      by: 'Wang',
      entry: { bankReference, amount, valueDay: day(date) },
    });
  const first = { amount: 9_950n, date, reference: 'B1', endToEndId: chengdu };
  // By hand, with the bank's reference, for the wrong batch; then the line's own batch is over.
  await readWhile(cny('ST1', [first]), () => confirm(chengdu, 'B1', 50n));
  await readWhile(cny('ST2', [{ ...first, amount: 9_900n, reference: 'B2' }]), () =>
    confirm(chengdu, 'B3', 9_900n),
  );
  expect((await breaks()).map(({ kind, problem }) => [kind, problem])).toEqual([
    ['duplicate_there', `its reference was booked meanwhile for ${chengdu}`],
    ['not_sent', `it is for ${chengdu}, which is CONFIRMED meanwhile`],
  ]);
  expect((await states())[tng]).toBe('SENT');
  await expectProved(rig.fresh.database);
});

/** Reads a statement while somebody does something between looking and booking. */
async function readWhile(text: string, meanwhile: () => Promise<unknown>): Promise<void> {
  const { database } = rig.fresh;
  let isDone = false;
  const slow = {
    ...database,
    session: (name: string) => ({
      run: async (statements: readonly Statement[]) => {
        if (name === 'settlement' && !isDone) {
          isDone = true;
          await meanwhile();
        }
        return database.session(name).run(statements);
      },
    }),
  };
  const request = { fileName: 'bank.xml', bytes: Buffer.from(text), by: 'Li', finish: false };
  await readBankFile({ ...world(), database: slow }, request);
  expect(isDone).toBe(true);
}
