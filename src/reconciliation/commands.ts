// Comparing a partner's file with the network's items of a day: one transaction a file.

import { inTurn } from '../base/turns.ts';
import type { Clock, Database, Session, Statement } from '../base/world.ts';
import type { ClearingDay } from '../calendar/clearingDay.ts';
import type { Agreement, ClearingBatch } from '../clearing/batch.ts';
import { readComparedItems } from '../clearing/itemStore.ts';
import { batchesOfDay, readAgreements } from '../clearing/store.ts';
import { type Compared, compareLists, type NumberedBreak } from './compareCommands.ts';
import { endContra, reopenContra } from './contraStore.ts';
import { type ReadLine, readHeading } from './csv.ts';
import { type ItemView, lineOfItem } from './itemLines.ts';
import type { Line } from './line.ts';
import { neighboursOf } from './lookupStore.ts';
import type { Mapping } from './mapping.ts';
import { breakIdOf, type FoundCounts, type Run, runIdOf } from './reconciliation.ts';
import {
  endCorrected,
  explainNeighbours,
  finishRun,
  insertRun,
  lockAccount,
  readBeside,
  runFrom,
  runsOfDay,
  writeBreaks,
} from './store.ts';

export interface ReconcileWorld {
  readonly database: Database;
  readonly clock: Pick<Clock, 'now'>;
  readonly lanes: number;
  /** Where parts of long lists may be written while a file is compared. */
  readonly directory: string;
}

/** A partner's file; it is read once, line by line. */
export interface PartnerFile {
  readonly name: string;
  readonly bytes: number;
  /** SHA-256 of its bytes and of how it is read. */
  readonly digest: string;
  /** Lines without their ends, some thousand at a time. */
  lines(): AsyncIterable<readonly string[]>;
}

export interface ReconcileRequest {
  readonly agreementId: string;
  readonly day: ClearingDay;
  readonly file: PartnerFile;
  readonly mapping: Mapping;
  readonly by: string;
}

export type ReconcileReply =
  | { readonly kind: 'compared'; readonly run: Run }
  /** The same file was compared before: nothing happens. */
  | { readonly kind: 'repeated'; readonly run: Run }
  | { readonly kind: 'no_such_agreement' }
  | { readonly kind: 'not_closed' }
  /** No line of it could be read: it is the wrong file, or the wrong mapping. */
  | { readonly kind: 'unusable'; readonly problem: string };

const begin: Statement = { text: 'begin', values: [] };
const commit: Statement = { text: 'commit', values: [] };
const rollback: Statement = { text: 'rollback', values: [] };

/** A line of a file is seldom shorter: how many there may be. */
const bytesOfLine = 40;

/**
 * Compares a file with the items of a closed day. All of it is kept or nothing; a second file of
 * the same day ends the breaks that it no longer has. It writes no table that payments use.
 */
export async function reconcile(
  world: ReconcileWorld,
  request: ReconcileRequest,
): Promise<ReconcileReply> {
  const { database } = world;
  const { agreementId, day } = request;
  const agreements = await readAgreements(database);
  const agreement = agreements.find((each) => each.agreementId === agreementId);
  if (agreement === undefined) return { kind: 'no_such_agreement' };
  const { accountId } = agreement;
  const batch = (await batchesOfDay(database, day)).find((each) => each.accountId === accountId);
  if (batch === undefined) return { kind: 'not_closed' };
  const found = { agreement, batch };
  return inTurn(database, 'reconciliation', (session) =>
    compareNow(world, session, request, found),
  );
}

async function compareNow(
  world: ReconcileWorld,
  session: Session,
  request: ReconcileRequest,
  { agreement, batch }: Pick<Comparison, 'agreement' | 'batch'>,
): Promise<ReconcileReply> {
  const { day, file, mapping } = request;
  const { accountId } = agreement;
  const [, , rows = []] = await session.run([
    begin,
    lockAccount(accountId),
    runsOfDay(accountId, day),
  ]);
  const known = rows.map(runFrom);
  const same = known.find(({ digest }) => digest === file.digest);
  if (same !== undefined) {
    await session.run([rollback]);
    return { kind: 'repeated', run: same };
  }
  const theirs = await openFile(file, mapping, agreement);
  if ('problem' in theirs) {
    await session.run([rollback]);
    return { kind: 'unusable', problem: theirs.problem };
  }
  const run = startOf(world, request, accountId, known.length + 1);
  await session.run([insertRun(run)]);
  const view: ItemView = { ...mapping, role: agreement.role, currency: agreement.currency };
  const found = await compareInto(world, session, { run, agreement, view, batch, theirs, file });
  await session.run([reopenContra(run), endCorrected(run), ...explainNeighbours(run)]);
  if (view.role === 'wallet' && view.ids === 'request') {
    const { database, lanes } = world;
    await endContra(session, { database, lanes, walletId: agreement.participantId }, run);
  }
  await session.run([finishRun(run.runId, found.compared, found.counts), commit]);
  return { kind: 'compared', run: { ...run, ...found.compared, found: found.counts } };
}

function startOf(
  { clock }: ReconcileWorld,
  { day, file, by }: ReconcileRequest,
  accountId: number,
  ordinal: number,
): Run {
  return {
    runId: runIdOf(day, accountId, ordinal),
    accountId,
    day,
    ordinal,
    fileName: file.name,
    digest: file.digest,
    by,
    at: clock.now(),
    lines: 0,
    items: 0,
    matched: 0,
    found: {},
  };
}

type TheirLines = AsyncIterable<readonly ReadLine[]>;

/** The file's lines behind its heading; a line without any sign says nothing and is passed over. */
async function openFile(
  file: PartnerFile,
  mapping: Mapping,
  agreement: Agreement,
): Promise<TheirLines | { readonly problem: string }> {
  const chunks = file.lines()[Symbol.asyncIterator]();
  const first = await chunks.next();
  const [heading = '', ...rest] = first.done === true ? [] : first.value;
  const head = readHeading(heading, mapping, agreement);
  if (!head.ok) {
    await chunks.return?.();
    return { problem: head.problem };
  }
  let lineNumber = 1;
  const read = (lines: readonly string[]): ReadLine[] => {
    const found: ReadLine[] = [];
    for (const line of lines) {
      lineNumber += 1;
      if (line !== '') found.push(head.read(line, lineNumber));
    }
    return found;
  };
  return (async function* () {
    yield read(rest);
    for (let next = await chunks.next(); next.done !== true; next = await chunks.next()) {
      yield read(next.value);
    }
  })();
}

interface Comparison {
  readonly run: Run;
  readonly agreement: Agreement;
  readonly view: ItemView;
  readonly batch: ClearingBatch;
  readonly theirs: TheirLines;
  readonly file: PartnerFile;
}

/** Compares, and writes what is found into the open transaction. */
async function compareInto(
  world: ReconcileWorld,
  session: Session,
  { run, agreement, view, batch, theirs, file }: Comparison,
): Promise<{ readonly compared: Compared; readonly counts: FoundCounts }> {
  const counts: Record<string, number> = {};
  let number = 0;
  const ours = (async function* (): AsyncGenerator<readonly Line[]> {
    for await (const items of readComparedItems(world.database, batch)) {
      yield items.map((item) => lineOfItem(item, view));
    }
  })();
  const items = batch.payments.count + batch.refunds.count;
  const expectedLines = items + Math.ceil(file.bytes / bytesOfLine);
  const options = { day: run.day, directory: world.directory, expectedLines };
  const compared = await compareLists({ ours, theirs }, options, async (breaks) => {
    const explained = await explain(world, session, { run, agreement, view }, breaks);
    for (const { kind } of explained) counts[kind] = (counts[kind] ?? 0) + 1;
    const numbered = explained.map((each) => {
      number += 1;
      return { ...each, breakId: breakIdOf(run.runId, number) };
    });
    await session.run([writeBreaks(run, numbered)]);
  });
  return { compared, counts };
}

/**
 * What is missing on one side may be on another day: ours is looked up among the items of the days
 * beside, theirs among the breaks that their files of those days left.
 */
async function explain(
  world: ReconcileWorld,
  session: Session,
  { run, agreement, view }: Pick<Comparison, 'run' | 'agreement' | 'view'>,
  breaks: readonly NumberedBreak[],
): Promise<NumberedBreak[]> {
  const keysOf = (kind: NumberedBreak['kind']) =>
    breaks.filter((each) => each.kind === kind).map(({ key }) => key);
  const [here, there] = [keysOf('missing_here'), keysOf('missing_there')];
  if (here.length + there.length === 0) return [...breaks];
  const { database, lanes } = world;
  const { accountId, participantId } = agreement;
  const place = { database, lanes, accountId, participantId, view };
  const items = here.length === 0 ? undefined : await neighboursOf(place, run.day, here);
  const [rows = [], days = []] = await session.run(
    readBeside(accountId, run.day, [...here, ...there]),
  );
  const compared = new Set(days.map((row) => row[0] as ClearingDay));
  const theirs = new Map<string, { currency: string; amount: bigint; day: ClearingDay }>();
  const open = new Set<string>();
  for (const row of rows) {
    const [day, key] = [row[0] as ClearingDay, row[1] as string];
    if (row[3] !== null) open.add(`${day} ${key}`);
    else theirs.set(key, { currency: String(row[4]), amount: BigInt(String(row[5])), day });
  }
  return breaks.map((each) => {
    if (each.kind === 'missing_here' && each.theirs !== null) {
      const item = items?.get(each.key);
      const { currency, amount } = each.theirs;
      if (item?.line.currency !== currency || item.line.amount !== amount) return each;
      // Where that day's own file had it in order, this is a second one.
      const isSecond = compared.has(item.day) && !open.has(`${item.day} ${each.key}`);
      return isSecond
        ? { ...each, kind: 'duplicate_there', otherDay: item.day }
        : { ...each, kind: 'other_day', difference: 0n, otherDay: item.day };
    }
    if (each.kind === 'missing_there' && each.ours !== null) {
      const its = theirs.get(each.key);
      const { currency, amount } = each.ours;
      if (its?.currency !== currency || its.amount !== amount) return each;
      return { ...each, kind: 'other_day', difference: 0n, otherDay: its.day };
    }
    return each;
  });
}
