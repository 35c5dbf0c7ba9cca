// Booking a change: its journal, and what the lanes may use from then on, under all lanes' locks.

import { present } from '../base/assert.ts';
import { laneOfSlot, numberFrom, slotOf } from '../base/id.ts';
import type { Database, Session, Statement } from '../base/world.ts';
import { advanceLane, lockLane } from '../engine/tick.ts';
import { depositName, networkAccountName, positionName } from '../ledger/account.ts';
import { shareCap } from '../ledger/quota.ts';
import { accumulate, owed, type Slice, type SliceChange } from '../ledger/slice.ts';
import { capQuota, readSlices, slicesFrom, writeJournals, writeSlices } from '../ledger/store.ts';
import { openAccounts } from '../network/participantStore.ts';
import { markConfiguration } from '../network/store.ts';
import { type CapChange, mostOf, withdrawableOf } from './caps.ts';
import { type DepositAccounts, depositPosting } from './postings.ts';
import { updateCap } from './store.ts';

export interface ChangeAccounts extends DepositAccounts {
  readonly position: number;
}

/** The accounts of a wallet's deposit, opened when it is first needed, and its position. */
export async function openChangeAccounts(
  database: Database,
  participantId: string,
  currency: string,
  now: number,
): Promise<ChangeAccounts> {
  const deposit = depositName(participantId, currency);
  const safeguard = networkAccountName('safeguard', currency);
  const position = positionName(participantId, currency);
  const read = async () => {
    const rows = await database.query<{ account_id: number; name: string }>(
      'select account_id, name from accounts where name in ($1, $2, $3)',
      [deposit, safeguard, position],
    );
    return new Map(rows.map((row) => [row.name, row.account_id]));
  };
  let found = await read();
  if (!found.has(deposit) || !found.has(safeguard)) {
    await openAccounts(
      database,
      [
        { name: deposit, currency, kind: 'deposit', participantId },
        { name: safeguard, currency, kind: 'safeguard', participantId: null },
      ],
      now,
    );
    found = await read();
  }
  return {
    deposit: present(found.get(deposit), deposit),
    safeguard: present(found.get(safeguard), safeguard),
    position: present(found.get(position), position),
  };
}

/** What is to be written with the change, or why nothing is. */
export type Booked =
  | {
      readonly kind: 'booked';
      /** Null where no money moves. */
      readonly journalNumber: number | null;
      readonly writes: readonly Statement[];
    }
  | { readonly kind: 'in_use'; readonly available: bigint };

/** A lane that is locked, with this wallet's slices in it. */
interface LockedLane {
  readonly sequence: number;
  readonly notBefore: number;
  readonly position: Slice;
  readonly deposit: Slice;
}

/**
 * Locks all lanes in ascending order, as a wide tick does, and works out what is written. With
 * every lane locked no payment can be decided meanwhile: what is free is free until the commit.
 */
export async function bookChange(
  session: Session,
  lanes: number,
  change: CapChange,
  accounts: ChangeAccounts,
  now: number,
): Promise<Booked> {
  const locked = await lockLanes(session, lanes, change.participantId, accounts);
  const used = locked.lanes.map(({ position }) => owed(position));
  const before = {
    cap: locked.cap,
    deposit: locked.lanes.reduce((sum, { deposit }) => sum - owed(deposit), 0n),
    posted: used.reduce((sum, each) => sum + each, 0n),
    held: 0n,
  };
  if (change.kind === 'cap') {
    const after = { cap: change.amount, deposit: before.deposit };
    const writes = [
      ...lend(accounts.position, used, mostOf(after)),
      ...locked.lanes.map(({ sequence }, lane) => advanceLane(lane, sequence + 1)),
      updateCap(change.participantId, change.amount),
      markConfiguration(`cap ${change.changeId}`),
    ];
    return { kind: 'booked', journalNumber: null, writes };
  }
  const amount = present(change.amount, 'the amount of a movement');
  const isTopUp = change.kind === 'top_up';
  const available = withdrawableOf(before);
  if (!isTopUp && amount > available) return { kind: 'in_use', available };
  const slot = slotOf(change.changeId);
  const home = laneOfSlot(slot, lanes);
  const lane = present(locked.lanes[home], `lane ${home}`);
  const journalNumber = numberFrom(lane.sequence + 1, slot);
  const posting = depositPosting(change.kind, accounts, amount);
  const changes = new Map<number, SliceChange>();
  accumulate(changes, [], [posting]);
  const postedAt = Math.max(now, lane.notBefore);
  const after = { cap: before.cap, deposit: before.deposit + (isTopUp ? amount : -amount) };
  const writes = [
    writeJournals(home, [{ journalNumber, postedAt, postings: [posting] }]),
    writeSlices(home, changes),
    ...lend(accounts.position, used, mostOf(after)),
    // Whoever writes rows of a lane outside a tick moves its sequence on.
    ...locked.lanes.map(({ sequence }, each) => advanceLane(each, sequence + 1)),
  ];
  return { kind: 'booked', journalNumber, writes };
}

async function lockLanes(
  session: Session,
  lanes: number,
  participantId: string,
  { position, deposit }: ChangeAccounts,
): Promise<{ readonly cap: bigint | null; readonly lanes: LockedLane[] }> {
  const each = Array.from({ length: lanes }, (_, lane) => lane);
  const rows = await session.run([
    ...each.map(lockLane),
    ...each.map((lane) => readSlices(lane, [position, deposit])),
    {
      text: 'select cap::text from participants where participant_id = $1',
      values: [participantId],
    },
  ]);
  const [capRow] = present(rows[2 * lanes], 'the participant');
  const cap = present(capRow, participantId)[0] as string | null;
  return {
    cap: cap === null ? null : BigInt(cap),
    lanes: each.map((lane) => {
      const row = present(rows[lane]?.[0], `lane ${lane}`);
      const slices = slicesFrom(rows[lanes + lane] ?? []);
      return {
        sequence: Number(row[0]),
        notBefore: Number(row[1]),
        position: present(slices.get(position), `slice ${position} of lane ${lane}`),
        deposit: present(slices.get(deposit), `slice ${deposit} of lane ${lane}`),
      };
    }),
  };
}

/** Lends the bound out anew: each lane gets what it uses and an equal part of the rest. */
function lend(position: number, used: readonly bigint[], most: bigint | null): Statement[] {
  const quota = capQuota(position);
  if (most === null) {
    return used.map((_, lane) => ({
      text: 'update account_slices set quota = null where lane = $1 and account_id = $2',
      values: [lane, position],
    }));
  }
  return shareCap(most, used).map((share, lane) => quota.write(lane, share));
}
