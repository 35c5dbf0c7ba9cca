// Making settlement files: of every closed day and settled batch, once, and again to the same byte.

import { assert, present } from '../base/assert.ts';
import type { Clock, Database } from '../base/world.ts';
import { clearingDayOf } from '../calendar/clearingDay.ts';
import type { Agreement, ClearingBatch } from '../clearing/batch.ts';
import { readItems } from '../clearing/itemStore.ts';
import { pauseAfter } from '../clearing/pace.ts';
import { batchesOfSettlement, closedAtOf, findBatch, readAgreements } from '../clearing/store.ts';
import { lockBatch, lockedBatch, readAdjustments } from '../settlement/store.ts';
import { fileEnd } from './csv.ts';
import { beginDraft, type Draft, isOnDisk } from './diskStore.ts';
import { notificationFile, orderFile, statementFile } from './isoFiles.ts';
import { type ItemKind, itemsHead, itemsLines } from './itemFiles.ts';
import { readAccountDay } from './movementStore.ts';
import {
  clearingKinds,
  type FileKind,
  fileName,
  lastSeq,
  type SettlementFile,
} from './settlementFile.ts';
import {
  clearingBatchesWithoutFiles,
  filesOfBatch,
  insertFile,
  type NewFile,
  settlementBatchesWithoutFiles,
} from './store.ts';
import { settlementFile, summaryFile } from './totalFiles.ts';

/** What files are made from and where they are put. */
export interface FilesWorld {
  readonly database: Database;
  readonly clock: Pick<Clock, 'now' | 'elapsed' | 'pause'>;
  readonly lanes: number;
  /** The directory of files in the home. */
  readonly directory: string;
}

/** What became of a batch's file of one kind. */
export interface MadeFile {
  readonly name: string;
  /** `again`: it was there, and its content is still the same. */
  readonly outcome: 'made' | 'corrected' | 'again';
}

/** Batches whose files are missing, clearing batches first. */
export async function batchesWithoutFiles(database: Database): Promise<string[]> {
  const [cleared, settled] = await Promise.all([
    clearingBatchesWithoutFiles(database),
    settlementBatchesWithoutFiles(database),
  ]);
  return [...cleared, ...settled];
}

/**
 * Makes the files of a clearing or a settlement batch. Those that are there stay: with the same
 * content they are put back where the disk has lost them, with another one a correction of the
 * next number is made. Undefined when there is no such batch. Rejects, and leaves nothing, when
 * the items are not what the batch says.
 */
export async function makeFiles(
  world: FilesWorld,
  batchId: string,
): Promise<readonly MadeFile[] | undefined> {
  const { database } = world;
  const agreements = new Map(
    (await readAgreements(database)).map((agreement) => [agreement.accountId, agreement]),
  );
  const cleared = await findBatch(database, batchId);
  if (cleared !== undefined) {
    const agreement = present(agreements.get(cleared.accountId), `account ${cleared.accountId}`);
    return clearingFiles(world, agreement, cleared);
  }
  const history = lockedBatch(await database.session('files').run(lockBatch(batchId)));
  if (history === undefined) return undefined;
  const { batch, steps, entries } = history;
  const agreement = present(agreements.get(batch.accountId), `account ${batch.accountId}`);
  const at = (state: string) => steps.find((step) => step.state === state)?.at;
  const texts = new Map<FileKind, string>();
  const batches = await batchesOfSettlement(database, batchId);
  const adjustments = await readAdjustments(database, batchId);
  texts.set('settlement', settlementFile(agreement, batch, batches, adjustments));
  const [approvedAt, confirmedAt] = [at('APPROVED'), at('CONFIRMED')];
  if (batch.amount > 0n && approvedAt !== undefined) {
    texts.set('pacs009', orderFile(agreement, batch, approvedAt));
  }
  if (confirmedAt !== undefined) {
    texts.set('camt054', notificationFile(agreement, batch, entries, confirmedAt));
  }
  const drafts = await draftsFor(world, [...texts.keys()]);
  return putting(world, agreement, batchId, drafts, async () => {
    for (const [kind, text] of texts) await drafts.get(kind)?.write(text);
  });
}

type Drafts = ReadonlyMap<FileKind, Draft>;

async function draftsFor(world: FilesWorld, kinds: readonly FileKind[]): Promise<Drafts> {
  const drafts = new Map<FileKind, Draft>();
  for (const kind of kinds) drafts.set(kind, await beginDraft(world.directory));
  return drafts;
}

/** The four files of a day; its items are read once for both files that list them. */
async function clearingFiles(
  world: FilesWorld,
  agreement: Agreement,
  batch: ClearingBatch,
): Promise<readonly MadeFile[]> {
  const { database, clock, lanes } = world;
  const { day, clearingBatchId } = batch;
  const { opening, movements } = await readAccountDay(database, batch.accountId, day, lanes);
  const closedAt = await closedAtOf(database, day);
  const cleared = { reference: clearingBatchId, amount: batch.net, bookedOn: day, valueDay: day };
  const entries =
    batch.net === 0n
      ? movements
      : [{ ...cleared, code: 'CLEARING' as const, bankReference: undefined }, ...movements];
  const statement = { agreement, clearingBatchId, day, closedAt, opening, entries };
  const drafts = await draftsFor(world, clearingKinds);
  const draft = (kind: FileKind) => present(drafts.get(kind), kind);
  return putting(world, agreement, clearingBatchId, drafts, async () => {
    await draft('summary').write(summaryFile(agreement, batch));
    await draft('camt053').write(statementFile(statement));
    const kinds: readonly ItemKind[] = ['transactionItems', 'feeItems'];
    for (const kind of kinds) await draft(kind).write(itemsHead(kind, agreement, batch));
    const sums = { payments: 0, refunds: 0, gross: 0n, interchange: 0n, serviceFee: 0n };
    let began = clock.elapsed();
    for await (const items of readItems(database, batch)) {
      for (const kind of kinds) await draft(kind).write(itemsLines(kind, agreement, items));
      for (const item of items) {
        sums[item.kind === 'payment' ? 'payments' : 'refunds']++;
        sums.gross += item.gross;
        sums.interchange += item.interchange;
        sums.serviceFee += item.serviceFee;
      }
      // Payments go on meanwhile, on the same cores.
      await clock.pause(pauseAfter(clock.elapsed() - began));
      began = clock.elapsed();
    }
    const [items, kept] = [textOf(sums), textOf(sumsOf(batch))];
    assert(items === kept, `batch ${clearingBatchId}: items come to ${items}, not ${kept}`);
    for (const kind of kinds) await draft(kind).write(fileEnd);
  });
}

/** How many payments and refunds there are, and what they come to together. */
interface ItemSums {
  readonly payments: number;
  readonly refunds: number;
  readonly gross: bigint;
  readonly interchange: bigint;
  readonly serviceFee: bigint;
}

function sumsOf({ payments, refunds }: ClearingBatch): ItemSums {
  return {
    payments: payments.count,
    refunds: refunds.count,
    gross: payments.gross + refunds.gross,
    interchange: payments.interchange + refunds.interchange,
    serviceFee: payments.serviceFee + refunds.serviceFee,
  };
}

function textOf({ payments, refunds, gross, interchange, serviceFee }: ItemSums): string {
  return `${payments}+${refunds}: ${gross} ${interchange} ${serviceFee}`;
}

/** Writes drafts, puts them in their places, then writes down that they are there. */
async function putting(
  world: FilesWorld,
  agreement: Agreement,
  batchId: string,
  drafts: Drafts,
  write: () => Promise<void>,
): Promise<readonly MadeFile[]> {
  const { database, clock, directory } = world;
  try {
    await write();
    const known = await filesOfBatch(database, batchId);
    const made: MadeFile[] = [];
    for (const [kind, draft] of drafts) {
      const last = known.filter((file) => file.kind === kind).at(-1);
      const content = await draft.finish();
      if (last?.digest === content.digest) {
        if (!(await isOnDisk(directory, last))) await draft.place(last);
        made.push({ name: last.name, outcome: 'again' });
        continue;
      }
      const file = newFile(agreement, batchId, kind, last, content, clock.now());
      await draft.place(file);
      await database.session('files').run([insertFile(file)]);
      made.push({ name: file.name, outcome: last === undefined ? 'made' : 'corrected' });
    }
    return made;
  } finally {
    for (const draft of drafts.values()) await draft.drop();
  }
}

function newFile(
  { accountId, participantId, currency, agreementId }: Agreement,
  batchId: string,
  kind: FileKind,
  last: SettlementFile | undefined,
  content: { readonly sizeBytes: number; readonly digest: string },
  now: number,
): NewFile {
  const seq = last === undefined ? 0 : last.seq + 1;
  assert(seq <= lastSeq, `${kind} of ${batchId} was corrected too often`);
  const generatedDay = clearingDayOf(now);
  const name = fileName(kind, { participantId, currency, agreementId }, batchId, seq);
  return { kind, batchId, accountId, ...content, name, seq, generatedDay, madeAt: now };
}
