// What persons do with a break: take it on, propose how it ends, approve that as another person.

import { present } from '../base/assert.ts';
import { laneOfSlot, numberFrom, slotOf } from '../base/id.ts';
import { inTurn } from '../base/turns.ts';
import type { Session, Statement } from '../base/world.ts';
import type { Agreement } from '../clearing/batch.ts';
import { readAgreements } from '../clearing/store.ts';
import { advanceLane, lockLane } from '../engine/tick.ts';
import { networkAccountName } from '../ledger/account.ts';
import { accumulate, type SliceChange } from '../ledger/slice.ts';
import { writeJournals, writeSlices } from '../ledger/store.ts';
import { openAccounts } from '../network/participantStore.ts';
import { type StepReply, takeStep } from '../settlement/commands.ts';
import { insertAdjustment } from '../settlement/store.ts';
import type { ReconcileWorld } from './commands.ts';
import { partsOfKey } from './itemLines.ts';
import {
  type BreakVerb,
  judgeVerb,
  type KeptBreak,
  type VerbVerdict,
  writeOffPosting,
} from './reconciliation.ts';
import { breakFrom, changeBreak, lockBreak } from './store.ts';

export interface BreakRequest {
  readonly breakId: string;
  readonly by: string;
  readonly wanted: BreakVerb;
}

/** What became of it; `done` and `repeated` have the break as it is now. */
export type BreakReply =
  | { readonly kind: 'done' | 'repeated'; readonly found: KeptBreak }
  | Exclude<VerbVerdict, { readonly kind: 'allowed' | 'repeated' }>
  /** The line cannot be booked for that batch now; why, as a step of a batch says it. */
  | { readonly kind: 'not_booked'; readonly reply: StepReply }
  | { readonly kind: 'no_such_break' };

type ResolveWorld = Omit<ReconcileWorld, 'directory'>;

const begin: Statement = { text: 'begin', values: [] };
const commit: Statement = { text: 'commit', values: [] };
const rollback: Statement = { text: 'rollback', values: [] };

/** Does one thing with a break, and what it does to the books, in one transaction. */
export function workOnBreak(world: ResolveWorld, request: BreakRequest): Promise<BreakReply> {
  return inTurn(world.database, 'reconciliation work', (session) =>
    workNow(world, session, request),
  );
}

async function workNow(
  world: ResolveWorld,
  session: Session,
  { breakId, by, wanted }: BreakRequest,
): Promise<BreakReply> {
  const { database, clock } = world;
  const agreements = await readAgreements(database);
  const [, rows = []] = await session.run([begin, lockBreak(breakId)]);
  if (rows[0] === undefined) {
    await session.run([rollback]);
    return { kind: 'no_such_break' };
  }
  const found = breakFrom(rows[0]);
  const agreement = agreements.find(({ accountId }) => accountId === found.accountId);
  const verdict = judgeVerb(found, wanted, by, agreement !== undefined);
  if (verdict.kind !== 'allowed') {
    await session.run([rollback]);
    return verdict.kind === 'repeated' ? { kind: 'repeated', found } : verdict;
  }
  if (wanted.verb === 'approve' && found.resolution === 'booked') {
    const reply = await bookLine(world, found, by);
    if (!['done', 'repeated', 'differs'].includes(reply.kind)) {
      await session.run([rollback]);
      return { kind: 'not_booked', reply };
    }
  }
  const isWriteOff = wanted.verb === 'approve' && found.resolution === 'write_off';
  const booked = isWriteOff
    ? await writeOff(world, session, found, present(agreement, 'the agreement'))
    : undefined;
  const changes = changesOf(wanted, by, clock.now(), booked?.journalNumber ?? null);
  await session.run([...(booked?.writes ?? []), changeBreak(breakId, changes), commit]);
  return { kind: 'done', found: { ...found, ...changes } };
}

function changesOf(
  wanted: BreakVerb,
  by: string,
  at: number,
  journalNumber: number | null,
): Partial<KeptBreak> {
  switch (wanted.verb) {
    case 'assign':
      return { owner: wanted.owner };
    case 'propose': {
      const { how: resolution, cause, note } = wanted;
      const settlementBatchId = wanted.settlementBatchId ?? null;
      const proposed = { proposedBy: by, proposedAt: at, settlementBatchId };
      return { state: 'PROPOSED', resolution, cause, note, ...proposed };
    }
    case 'reject':
      return {
        state: 'OPEN',
        resolution: null,
        note: null,
        proposedBy: null,
        proposedAt: null,
        settlementBatchId: null,
      };
    case 'approve':
      return { state: 'RESOLVED', resolvedBy: by, resolvedAt: at, journalNumber };
  }
}

/** In a transaction of its own: where it was done before, approving again finds it done. */
function bookLine(world: ResolveWorld, found: KeptBreak, by: string): Promise<StepReply> {
  const settlementBatchId = present(found.settlementBatchId, 'the batch of a line');
  const { amount } = present(found.theirs, 'the amount of a line');
  const { id: bankReference } = partsOfKey(found.key);
  const valueDay = present(found.otherDay, 'the value day of a line');
  const account = found.bankAccount === null ? {} : { account: found.bankAccount };
  const entry = { bankReference, amount, valueDay, ...account };
  return takeStep(world, { settlementBatchId, verb: 'confirm', by, entry });
}

/** The journal of a write-off; it goes through its lane as any other does. */
async function writeOff(
  { database, clock, lanes }: ResolveWorld,
  session: Session,
  { breakId, difference }: KeptBreak,
  { accountId, currency }: Agreement,
): Promise<{ readonly journalNumber: number; readonly writes: readonly Statement[] }> {
  const name = networkAccountName('write_off', currency);
  const read = () =>
    database.query<{ account_id: number }>('select account_id from accounts where name = $1', [
      name,
    ]);
  if ((await read()).length === 0) {
    const account = { name, currency, kind: 'write_off', participantId: null } as const;
    await openAccounts(database, [account], clock.now());
  }
  const account = present((await read())[0], name).account_id;
  const amount = present(difference, 'a difference');
  const postings = [writeOffPosting(accountId, account, amount)];
  const slot = slotOf(breakId);
  const lane = laneOfSlot(slot, lanes);
  const [locked = []] = await session.run([lockLane(lane)]);
  const row = present(locked[0], `lane ${lane}`);
  const sequence = Number(row[0]) + 1;
  const journalNumber = numberFrom(sequence, slot);
  const postedAt = Math.max(clock.now(), Number(row[1]));
  const changes = new Map<number, SliceChange>();
  accumulate(changes, [], postings);
  return {
    journalNumber,
    writes: [
      writeJournals(lane, [{ journalNumber, postedAt, postings }]),
      writeSlices(lane, changes),
      advanceLane(lane, sequence),
      insertAdjustment({ breakId, accountId, amount }, journalNumber, postedAt),
    ],
  };
}
