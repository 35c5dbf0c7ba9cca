// Settlement files on a real Postgres: they equal the batches and the books, and are made once.

import { rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { present } from '../../src/base/assert.ts';
import { startFileClerk } from '../../src/files/clerkCommands.ts';
import { makeFiles } from '../../src/files/commands.ts';
import { pathOf } from '../../src/files/settlementFile.ts';
import { closeAndNet, takeStep } from '../../src/settlement/commands.ts';
import { readBalances } from '../../src/settlement/store.ts';
import { batchesBy, closingWorld, day, instant, refundOf, skipTo } from './closing.ts';
import { type Filing, readCsv, sections, startFiling, sumOf } from './filing.ts';
import { isoProblems } from './isoSchemas.ts';
import { type Rig, startRig } from './rig.ts';
import { acquirer, malaysian, paid, rates, yuan } from './scenes.ts';

let rig: Rig;
let filing: Filing;
afterEach(async () => {
  await rig.close();
  await filing.remove();
});

async function begin(): Promise<void> {
  rig = await startRig({
    partners: [acquirer, malaysian],
    rates,
    start: instant('2026-11-23 12:00'),
  });
  filing = await startFiling(rig);
}

async function closeOn(date: string) {
  skipTo(rig, `${date} 00:30`);
  return closeAndNet(closingWorld(rig), { by: 'Wang' });
}

test('files, batches and postings come to the same, fees and refunds too', async () => {
  await begin();
  await paid(rig, 'P1', yuan(12_000));
  await paid(rig, 'P2', yuan(333));
  await rig.call('CHENGDU', 'refund', refundOf('P1', 'R1', 4_000));
  await rig.rest();
  await closeOn('2026-11-24');
  const batches = await batchesBy(rig, '2026-11-23');
  const ids = [...batches.values()].map(({ clearingBatchId }) => clearingBatchId);
  const kinds = ['camt053', 'feeItems', 'summary', 'transactionItems'];
  const names = [...batches].flatMap(([id, { clearingBatchId }]) => {
    const currency = id === 'TNG' ? 'MYR' : 'CNY';
    return kinds.map(
      (kind) =>
        `${kind}_${id}_${currency}_${clearingBatchId}_${id}-${currency}_000.` +
        (kind === 'camt053' ? 'xml' : 'csv'),
    );
  });
  expect(await filing.make()).toEqual(names.sort());
  const balances = await readBalances(rig.fresh.database);
  for (const [id, batch] of batches) {
    const items = sections(await filing.text('transactionItems', id));
    const fees = sections(await filing.text('feeItems', id));
    expect(items.summary).toMatchObject({
      clearingBatchId: batch.clearingBatchId,
      clearingDate: '2026-11-23',
      totalCount: '3',
      paymentCount: '2',
      refundCount: '1',
      netTotalAmountValue: String(batch.net),
      direction: id === 'TNG' ? 'D' : 'C',
    });
    expect(items.details.map((row) => row.transactionType)).toEqual([
      'PAYMENT',
      'PAYMENT',
      'REFUND',
    ]);
    expect(sumOf(items.details, 'netAmountValue')).toBe(batch.net);
    const currency = id === 'TNG' ? 'MYR' : 'CNY';
    expect(balances.get(`position:${id}:${currency}`)).toBe(batch.net);
    expect(sumOf(fees.details, 'feeAmountValue')).toBe(
      BigInt(present(fees.summary.feeTotalAmountValue, 'the total')),
    );
    expect(sumOf(items.details, 'grossAmountValue') + sumOf(fees.details, 'feeAmountValue')).toBe(
      batch.net,
    );
    // A refund gives interchange back, and no service fee.
    expect(fees.details[2]).toMatchObject({ serviceFeeAmountValue: '0' });
    expect(fees.details[2]?.interchangeAmountValue).not.toBe('0');
    const [head = [], values = []] = readCsv(await filing.text('summary', id));
    expect(head[0]).toBe('clearingBatchId');
    expect(values[head.indexOf('netTotalAmountValue')]).toBe(String(batch.net));
  }
  // Each side reads the ids that it knows.
  const [own] = sections(await filing.text('transactionItems', 'CHENGDU')).details;
  expect(own).toMatchObject({ paymentRequestId: 'P1', merchantName: 'Ramen House' });
  const [theirs] = sections(await filing.text('transactionItems', 'TNG')).details;
  const walletKnows = rig.wallets.get('TNG')?.lines.get(theirs?.paymentRequestId ?? '');
  expect(walletKnows).toBeDefined();
  expect(ids).toHaveLength(2);
});

test('an empty day and a day of refunds only have files too', async () => {
  await begin();
  await paid(rig, 'P1', yuan(10_000));
  await closeOn('2026-11-24');
  await rig.call('CHENGDU', 'refund', refundOf('P1', 'R1', 10_000));
  await rig.rest();
  await closeOn('2026-11-26');
  await filing.make();
  const files = await filing.list();
  const ofDay = async (date: string) => {
    const batch = present((await batchesBy(rig, date)).get('CHENGDU'), 'the batch');
    const file = files.find(
      (each) => each.kind === 'transactionItems' && each.batchId === batch.clearingBatchId,
    );
    const content = present(await filing.delivery.open(present(file, 'the file')), 'its content');
    const text = await content.readFile('utf8');
    await content.close();
    return sections(text);
  };
  const refunds = await ofDay('2026-11-24');
  expect(refunds.summary).toMatchObject({
    totalCount: '1',
    netTotalAmountValue: '-9970',
    direction: 'D',
  });
  const empty = await ofDay('2026-11-25');
  expect(empty.summary).toMatchObject({
    totalCount: '0',
    netTotalAmountValue: '0',
    direction: 'D',
  });
  expect(empty.details).toEqual([]);
});

test('a settled batch has its file, its order, its notification; statements agree', async () => {
  await begin();
  await paid(rig, 'P1', yuan(10_000));
  await closeOn('2026-11-24');
  const closing = await closeOn('2026-11-25');
  const batchOf = (id: string) =>
    present(closing.netted.find(({ agreement }) => agreement.participantId === id)?.batch, id)
      .settlementBatchId;
  const step = (id: string, verb: 'check' | 'approve' | 'send' | 'finish', by: string) =>
    takeStep(closingWorld(rig), { settlementBatchId: id, verb, by });
  const confirm = (id: string, bankReference: string, amount: bigint) =>
    takeStep(closingWorld(rig), {
      settlementBatchId: id,
      verb: 'confirm',
      by: 'Li',
      entry: { bankReference, amount, valueDay: day('2026-11-25') },
    });
  for (const id of ['CHENGDU', 'TNG'].map(batchOf)) {
    await step(id, 'check', 'Wang');
    await step(id, 'approve', 'Li');
    await step(id, 'send', 'Wang');
  }
  await confirm(batchOf('CHENGDU'), 'BK1', 9_000n);
  await confirm(batchOf('CHENGDU'), `B${'K'.repeat(60)}`, 950n);
  await confirm(batchOf('TNG'), 'BK3', -6_268n);
  await closeOn('2026-11-26');
  await filing.make();
  const settled = sections(await filing.text('settlement', 'CHENGDU'));
  expect(settled.summary).toMatchObject({
    netTotalAmountValue: '9950',
    direction: 'C',
    valueDate: '2026-11-25',
  });
  expect(sumOf(settled.details, 'netAmountValue')).toBe(9_950n);
  const files = await filing.list();
  const kindsOf = (id: string) =>
    files
      .filter((file) => file.batchId === batchOf(id))
      .map(({ kind }) => kind)
      .sort();
  expect(kindsOf('CHENGDU')).toEqual(['camt054', 'pacs009', 'settlement']);
  // Who pays the network gets no order of ours.
  expect(kindsOf('TNG')).toEqual(['camt054', 'settlement']);
  const messages = files.filter((file) => file.name.endsWith('.xml'));
  expect(messages.length).toBe(9);
  const statements: string[] = [];
  for (const file of messages) {
    const content = present(await filing.delivery.open(file), file.name);
    const text = await content.readFile('utf8');
    await content.close();
    expect(await isoProblems(file.kind, text), `${file.name}\n${text}`).toEqual([]);
    if (file.kind === 'camt053' && file.participantId === 'CHENGDU') statements.push(text);
  }
  const order = await filing.text('pacs009', 'CHENGDU');
  expect(order).toContain('<IntrBkSttlmAmt Ccy="CNY">99.50</IntrBkSttlmAmt>');
  // Three days: what was earned, nothing but its closing, and what the bank paid.
  const balances = statements
    .map((text) => [...text.matchAll(/<Bal>.*?>([0-9.]+)<\/Amt>/g)].map((found) => found[1]))
    .sort();
  expect(balances).toEqual([
    ['0.00', '99.50'],
    ['99.50', '0.00'],
    ['99.50', '99.50'],
  ]);
});

test('made again they are the same to the byte; what the disk lost is put back', async () => {
  await begin();
  await paid(rig, 'P1', yuan(10_000));
  await closeOn('2026-11-24');
  await filing.make();
  const before = await filing.list();
  const { directory } = filing.world;
  const batch = present((await batchesBy(rig, '2026-11-23')).get('TNG'), 'the batch');
  await rm(directory, { recursive: true });
  rig.clock.skip(3 * 86_400_000);
  const again = present(await makeFiles(filing.world, batch.clearingBatchId), 'the files');
  expect(again.map(({ outcome }) => outcome)).toEqual(['again', 'again', 'again', 'again']);
  expect(await filing.list()).toEqual(before);
  expect(await filing.onDisk()).toHaveLength(4);
  expect(await makeFiles(filing.world, 'C0')).toBeUndefined();
});

test('what is told of a closed day later is a correction with the next number', async () => {
  await begin();
  await paid(rig, 'P1', yuan(10_000));
  await closeOn('2026-11-24');
  await filing.make();
  const first = await filing.text('transactionItems', 'TNG');
  const batch = present((await batchesBy(rig, '2026-11-23')).get('TNG'), 'the batch');
  const { database } = rig.fresh;
  await database.query("update payments set first_wallet_payment_id = 'LATE-1'");
  const made = present(await makeFiles(filing.world, batch.clearingBatchId), 'the files');
  const outcomes = Object.fromEntries(made.map(({ name, outcome }) => [name, outcome]));
  expect(outcomes).toMatchObject({
    [`transactionItems_TNG_MYR_${batch.clearingBatchId}_TNG-MYR_001.csv`]: 'corrected',
    [`summary_TNG_MYR_${batch.clearingBatchId}_TNG-MYR_000.csv`]: 'again',
  });
  const files = (await filing.list()).filter(
    (file) => file.kind === 'transactionItems' && file.participantId === 'TNG',
  );
  const texts: string[] = [];
  for (const file of files) {
    const content = present(await filing.delivery.open(file), file.name);
    texts.push(await content.readFile('utf8'));
    await content.close();
  }
  expect(texts).toHaveLength(2);
  expect(texts).toContain(first);
  expect(texts.filter((text) => text.includes('LATE-1'))).toHaveLength(1);
});

/** Lets the clerk look once; what it could not make. */
async function failuresOfOneLook(): Promise<string[]> {
  const failures: string[] = [];
  const clerk = startFileClerk(
    () => filing.world,
    (what) => void failures.push(what),
    60_000,
  );
  await clerk.look();
  await clerk.stop();
  return failures;
}

test.each([
  'net = net + 1, payment_gross = payment_gross + 1',
  'payment_interchange = payment_interchange - 1, payment_gross = payment_gross + 1',
  'payment_count = payment_count + 1',
])(
  'items that are not what the batch says leave no file, and no half of one: %s',
  async (wrong) => {
    await begin();
    await paid(rig, 'P1', yuan(10_000));
    await closeOn('2026-11-24');
    const { database } = rig.fresh;
    await database.query(`update clearing_batches set ${wrong}`);
    const failures = await failuresOfOneLook();
    expect(failures.length).toBeGreaterThanOrEqual(2);
    expect(await filing.list()).toEqual([]);
    expect(await filing.onDisk()).toEqual([]);
  },
);

test('the clerk makes what a close asks for, after one that died in the middle too', async () => {
  await begin();
  await paid(rig, 'P1', yuan(10_000));
  await closeOn('2026-11-24');
  await filing.make();
  const whole = await filing.list();
  // It died when one of four was written down, another in its place, a third half written.
  const { database } = rig.fresh;
  await database.query("delete from settlement_files where kind <> 'summary'");
  const { directory } = filing.world;
  const half = present(
    whole.find(({ kind }) => kind === 'transactionItems'),
    'a file',
  );
  await rm(path.join(directory, '20261124', half.name));
  await writeFile(path.join(directory, '.making', 'abcdef'), 'clearingBatchId,part');
  expect(await failuresOfOneLook()).toEqual([]);
  const stable = (files: typeof whole) =>
    files.map(({ name, digest, sizeBytes }) => [name, digest, sizeBytes]);
  expect(stable(await filing.list())).toEqual(stable(whole));
  const seen = await filing.delivery.tree('TNG');
  expect(JSON.stringify([...seen.entries.keys()])).toBe('["sandbox"]');
  expect(pathOf(half, true).join('/')).toContain(`sandbox/settlements/clearing/`);
});
