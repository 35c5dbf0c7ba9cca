// Settling on a network that goes on: closing days and netting them, and each step of a batch.

import { present } from '../base/assert.ts';
import { laneOfSlot, numberFrom, slotOf } from '../base/id.ts';
import { inTurn } from '../base/turns.ts';
import type { Clock, Database, Row, Session, Statement } from '../base/world.ts';
import type { Calendars } from '../calendar/businessDay.ts';
import { type ClearingDay, clearingDayOf } from '../calendar/clearingDay.ts';
import { type Agreement, settlementBatchIdOf } from '../clearing/batch.ts';
import { type ClearingWorld, type CloseOutcome, closeDays } from '../clearing/commands.ts';
import { readAgreements, readClosedDays, unsettledBatches } from '../clearing/store.ts';
import { advanceLane, lockLane } from '../engine/tick.ts';
import { networkAccountName, transitName } from '../ledger/account.ts';
import type { Posting } from '../ledger/posting.ts';
import { accumulate, type SliceChange } from '../ledger/slice.ts';
import { writeJournals, writeSlices } from '../ledger/store.ts';
import { openAccounts } from '../network/participantStore.ts';
import { type Netting, netOf, usualTerms } from './netting.ts';
import { bankPostings, type SettlementAccounts, sentPostings } from './postings.ts';
import {
  type BankEntry,
  bankedOf,
  judgeStep,
  type SettlementBatch,
  type SettlementState,
  type SettlementVerb,
} from './settlement.ts';
import {
  type BatchHistory,
  findEntry,
  foundEntry,
  insertBatch,
  insertEntry,
  insertStep,
  lockBatch,
  lockedBatch,
  lockNetting,
  moveState,
  readAdjustments,
  readTerms,
  settledOn,
} from './store.ts';

export interface SettlementWorld extends ClearingWorld {
  readonly calendars: Calendars;
  /** How long after midnight days close by themselves; null or absent: they do not. */
  readonly closesItselfMs?: number | null;
}

/** What a step of a batch needs of it. */
export interface StepWorld {
  readonly database: Database;
  readonly clock: Pick<Clock, 'now'>;
  readonly lanes: number;
}

/** What closing came to: the days, and the settlement batches that are due today. */
export interface Closing {
  readonly clearing: CloseOutcome;
  readonly netted: readonly NettedAgreement[];
}

export interface NettedAgreement {
  readonly agreement: Agreement;
  readonly netting: Netting;
  /** The batch that was made now. */
  readonly batch: SettlementBatch | undefined;
}

/** Closes days as `closeDays` does, then makes the settlement batches of today. */
export async function closeAndNet(
  world: SettlementWorld,
  options: { readonly through?: ClearingDay | undefined; readonly by: string },
): Promise<Closing> {
  const clearing = await closeDays(world, options);
  const netted = clearing.kind === 'closed' ? await netDueBatches(world, options.by) : [];
  return { clearing, netted };
}

/**
 * Makes today's settlement batch of every agreement that has something due. Only once yesterday is
 * closed, so that nothing due today is missing; called again it makes nothing twice.
 */
function netDueBatches(world: SettlementWorld, by: string): Promise<NettedAgreement[]> {
  return inTurn(world.database, 'settlement', (session) => netNow(world, session, by));
}

async function netNow(
  world: SettlementWorld,
  session: Session,
  by: string,
): Promise<NettedAgreement[]> {
  const { database, clock, calendars } = world;
  const now = clock.now();
  const today = clearingDayOf(now);
  const [last] = await readClosedDays(database, 1);
  if (last?.day !== today - 1) return [];
  const [agreements, terms] = await Promise.all([readAgreements(database), readTerms(database)]);
  const [, , settled = []] = await session.run([begin, lockNetting, settledOn(today)]);
  // Read while nobody else nets; batches of closed days are only ever added.
  const [batches, adjustments] = await Promise.all([
    unsettledBatches(database),
    readAdjustments(database, null),
  ]);
  const unsettled = { batches, adjustments };
  const done = new Set(settled.map((row) => row[0] as number));
  const netted = agreements
    .filter(({ accountId }) => !done.has(accountId))
    .map((agreement): NettedAgreement => {
      const own = terms.get(agreement.participantId) ?? usualTerms;
      const netting = netOf(calendars, agreement, own, unsettled, today);
      return { agreement, netting, batch: batchFor(agreement, netting, today) };
    });
  const writes = netted.flatMap(({ netting, batch }) =>
    batch === undefined || netting.kind !== 'settled'
      ? []
      : insertBatch(
          batch,
          {
            days: netting.batches.map(({ day }) => day),
            breakIds: netting.adjustments.map(({ breakId }) => breakId),
          },
          by,
          now,
        ),
  );
  await session.run([...writes, commit]);
  return netted;
}

function batchFor(
  { accountId }: Agreement,
  netting: Netting,
  today: ClearingDay,
): SettlementBatch | undefined {
  if (netting.kind !== 'settled') return undefined;
  return {
    settlementBatchId: settlementBatchIdOf(today, accountId),
    accountId,
    settlementDay: today,
    valueDay: today,
    amount: netting.amount,
    state: 'CLOSED',
  };
}

/** A step that somebody wants to take; `entry` comes with `confirm` and with nothing else. */
export interface StepRequest {
  readonly settlementBatchId: string;
  readonly verb: SettlementVerb;
  readonly by: string;
  readonly entry?: BankEntry | undefined;
}

/** What became of a step; everything but `done` has changed nothing. */
export type StepReply =
  | { readonly kind: 'done' | 'repeated'; readonly state: SettlementState }
  /** The bank's line is booked, and does not make up the amount: the batch stays sent. */
  | { readonly kind: 'differs'; readonly state: SettlementState; readonly difference: bigint }
  | {
      readonly kind: 'wrong_order';
      readonly state: SettlementState;
      readonly needs: SettlementState;
    }
  | { readonly kind: 'same_person'; readonly by: string }
  /** The bank's reference belongs to another line. */
  | { readonly kind: 'known_reference'; readonly settlementBatchId: string }
  | { readonly kind: 'no_such_batch' };

const begin: Statement = { text: 'begin', values: [] };
const commit: Statement = { text: 'commit', values: [] };
const rollback: Statement = { text: 'rollback', values: [] };

/** Takes one step with what it does to the books, in one transaction. */
export function takeStep(world: StepWorld, request: StepRequest): Promise<StepReply> {
  return inTurn(world.database, 'settlement', (session) => stepNow(world, session, request));
}

async function stepNow(
  world: StepWorld,
  session: Session,
  request: StepRequest,
): Promise<StepReply> {
  const agreement = await agreementOf(world, request.settlementBatchId);
  if (agreement === undefined) return { kind: 'no_such_batch' };
  const accounts = await accountsOf(world, agreement);
  const { currency } = agreement;
  const reference = request.entry?.bankReference ?? '';
  const opened = await session.run([
    begin,
    ...lockBatch(request.settlementBatchId),
    findEntry(currency, reference),
  ]);
  const history = present(lockedBatch(opened.slice(1)), request.settlementBatchId);
  const known = request.entry === undefined ? undefined : foundEntry(opened[4] ?? []);
  const plan = planOf(request, history, known, accounts);
  if (!('postings' in plan)) {
    await session.run([rollback]);
    return plan;
  }
  await book(world, session, request, history.batch, currency, plan);
  return plan.reply;
}

/** A step that will be taken: what to post, and the state it leads to, if it does. */
interface Plan {
  readonly postings: readonly Posting[];
  readonly to: SettlementState | undefined;
  readonly reply: StepReply;
}

function planOf(
  { verb, by, entry, settlementBatchId }: StepRequest,
  { batch, steps, entries }: BatchHistory,
  known: (BankEntry & { readonly settlementBatchId: string }) | undefined,
  accounts: SettlementAccounts,
): StepReply | Plan {
  if (known !== undefined && entry !== undefined) {
    const isSame =
      known.settlementBatchId === settlementBatchId &&
      known.amount === entry.amount &&
      known.valueDay === entry.valueDay &&
      (known.account ?? entry.account) === (entry.account ?? known.account);
    return isSame
      ? { kind: 'repeated', state: batch.state }
      : { kind: 'known_reference', settlementBatchId: known.settlementBatchId };
  }
  const verdict = judgeStep(batch.state, steps, verb, by);
  // A second line of the bank is no repetition, even from the same hand.
  if (verdict.kind === 'repeated' && verb === 'confirm') {
    return { kind: 'wrong_order', state: batch.state, needs: 'SENT' };
  }
  if (verdict.kind === 'repeated') return { kind: 'repeated', state: batch.state };
  if (verdict.kind !== 'done') return verdict;
  const { to } = verdict;
  if (verb === 'send') {
    const postings = sentPostings(accounts, batch.amount);
    return { postings, to, reply: { kind: 'done', state: to } };
  }
  if (entry === undefined) return { postings: [], to, reply: { kind: 'done', state: to } };
  const before = bankedOf(entries);
  const postings = bankPostings(accounts, batch.amount, before, entry.amount);
  const difference = batch.amount - before - entry.amount;
  return difference === 0n
    ? { postings, to, reply: { kind: 'done', state: to } }
    : { postings, to: undefined, reply: { kind: 'differs', state: batch.state, difference } };
}

/** Writes a plan down; its journal goes through its lane as any other does. */
async function book(
  { clock, lanes }: StepWorld,
  session: Session,
  { settlementBatchId, by, entry }: StepRequest,
  batch: SettlementBatch,
  currency: string,
  { postings, to }: Plan,
): Promise<void> {
  const at = clock.now();
  const slot = slotOf(settlementBatchId);
  const lane = laneOfSlot(slot, lanes);
  const writes: Statement[] = [];
  let journalNumber: number | null = null;
  if (postings.length > 0) {
    const [locked = []] = await session.run([lockLane(lane)]);
    const row: Row = present(locked[0], `lane ${lane}`);
    const sequence = Number(row[0]) + 1;
    journalNumber = numberFrom(sequence, slot);
    const postedAt = Math.max(at, Number(row[1]));
    const changes = new Map<number, SliceChange>();
    accumulate(changes, [], postings);
    writes.push(
      writeJournals(lane, [{ journalNumber, postedAt, postings }]),
      writeSlices(lane, changes),
      advanceLane(lane, sequence),
    );
  }
  if (entry !== undefined) {
    const number = present(journalNumber, 'the journal of a bank line');
    writes.push(insertEntry(settlementBatchId, currency, entry, number, by, at));
  }
  if (to !== undefined) {
    const own = entry === undefined ? journalNumber : null;
    writes.push(moveState(batch.settlementBatchId, to));
    writes.push(insertStep(settlementBatchId, { state: to, by, at }, own));
  }
  await session.run([...writes, commit]);
}

async function agreementOf(
  { database }: StepWorld,
  settlementBatchId: string,
): Promise<Agreement | undefined> {
  const rows = await database.query<{ account_id: number }>(
    'select account_id from settlement_batches where settlement_batch_id = $1',
    [settlementBatchId],
  );
  const agreements = await readAgreements(database);
  return agreements.find(({ accountId }) => accountId === rows[0]?.account_id);
}

/** The accounts of an agreement's settlement, opened when it is first settled. */
async function accountsOf(
  { database, clock }: StepWorld,
  { participantId, currency, accountId }: Agreement,
): Promise<SettlementAccounts> {
  const transit = transitName(participantId, currency);
  const bank = networkAccountName('bank', currency);
  const read = async () => {
    const rows = await database.query<{ account_id: number; name: string }>(
      'select account_id, name from accounts where name in ($1, $2)',
      [transit, bank],
    );
    return new Map(rows.map((row) => [row.name, row.account_id]));
  };
  let found = await read();
  if (found.size < 2) {
    await openAccounts(
      database,
      [
        { name: transit, currency, kind: 'transit', participantId },
        { name: bank, currency, kind: 'bank', participantId: null },
      ],
      clock.now(),
    );
    found = await read();
  }
  return {
    position: accountId,
    transit: present(found.get(transit), transit),
    bank: present(found.get(bank), bank),
  };
}
