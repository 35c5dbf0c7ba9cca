// A reconciliation's run and its breaks as they are kept, and what may be done with a break.

import { dateOf } from '../calendar/businessDay.ts';
import type { ClearingDay } from '../calendar/clearingDay.ts';
import type { Posting } from '../ledger/posting.ts';
import { isSamePerson } from '../settlement/settlement.ts';
import { type BreakKind, breakKinds } from './match.ts';

/** How many breaks of each kind; kinds without any are left out. */
export type FoundCounts = Readonly<Partial<Record<BreakKind, number>>>;

/** A file that was compared. */
export interface Run {
  readonly runId: string;
  readonly accountId: number;
  readonly day: ClearingDay;
  readonly ordinal: number;
  readonly fileName: string;
  readonly digest: string;
  readonly by: string;
  readonly at: number;
  readonly lines: number;
  readonly items: number;
  readonly matched: number;
  readonly found: FoundCounts;
}

export type BreakState = 'OPEN' | 'PROPOSED' | 'RESOLVED';

/** Who made the mistake, as far as somebody has found out. */
export const causes = ['partner', 'network', 'bank', 'timing', 'unknown'] as const;

export type Cause = (typeof causes)[number];

/** What persons may propose; the other ends come by themselves. `booked`: a line of the bank. */
export const proposals = ['write_off', 'explained', 'booked'] as const;

export type Proposal = (typeof proposals)[number];

/**
 * `other_day`: both sides' days were compared and it was found; `corrected_file`: a new file;
 * `contra`: a payment and its whole return, which end each other.
 */
export type Resolution = Proposal | 'other_day' | 'corrected_file' | 'contra';

/** A difference as it is kept. Amounts are minor units, positive to the partner's good. */
export interface KeptBreak {
  readonly breakId: string;
  readonly accountId: number;
  readonly day: ClearingDay;
  readonly key: string;
  readonly kind: BreakKind;
  readonly lineNumber: number | null;
  readonly ours: { readonly currency: string; readonly amount: bigint } | null;
  readonly theirs: { readonly currency: string; readonly amount: bigint } | null;
  readonly difference: bigint | null;
  readonly otherDay: ClearingDay | null;
  readonly problem: string | null;
  readonly firstRunId: string;
  readonly lastRunId: string;
  readonly foundAt: number;
  readonly state: BreakState;
  readonly owner: string | null;
  readonly cause: Cause | null;
  readonly resolution: Resolution | null;
  readonly note: string | null;
  readonly proposedBy: string | null;
  readonly proposedAt: number | null;
  readonly resolvedBy: string | null;
  readonly resolvedAt: number | null;
  readonly journalNumber: number | null;
  /** The settlement batch that a line of the bank is proposed to be booked for. */
  readonly settlementBatchId: string | null;
  /** The other half of a contra pair. */
  readonly contraBreakId: string | null;
  /** The network's account whose statement has the line; null where it is no bank's. */
  readonly bankAccount: string | null;
}

/** `R` with the day's date, the account and which file of that day it is. */
export function runIdOf(day: ClearingDay, accountId: number, ordinal: number): string {
  const account = String(accountId).padStart(8, '0');
  return `R${dateOf(day).replaceAll('-', '')}${account}${String(ordinal).padStart(3, '0')}`;
}

/** `B` with the run that found it first, and a number. */
export function breakIdOf(runId: string, number: number): string {
  return `B${runId.slice(1)}${String(number).padStart(7, '0')}`;
}

/** Counts as one text, `amount_differs=3 missing_here=1`, in the order of the kinds. */
export function countsText(counts: FoundCounts): string {
  return breakKinds
    .filter((kind) => (counts[kind] ?? 0) > 0)
    .map((kind) => `${kind}=${counts[kind]}`)
    .join(' ');
}

/** The counts that `countsText` wrote. */
export function readCounts(text: string): FoundCounts {
  const words = text.split(' ').filter(Boolean);
  return Object.fromEntries(
    words.map((word) => word.split('=')).map(([kind, count]) => [kind, Number(count)]),
  );
}

/** What somebody wants to do with a break. */
export type BreakVerb =
  | {
      readonly verb: 'propose';
      readonly how: Proposal;
      readonly cause: Cause;
      readonly note: string;
      /** With `booked`, and with nothing else. */
      readonly settlementBatchId?: string | undefined;
    }
  | {
      readonly verb: 'approve';
      /** When what is approved was proposed: that nobody approves what he has not seen. */
      readonly proposedAt?: number | undefined;
    }
  | { readonly verb: 'reject' }
  | { readonly verb: 'assign'; readonly owner: string };

/** Whether it may be done; everything but `allowed` changes nothing. */
export type VerbVerdict =
  | { readonly kind: 'allowed' }
  /** It was done before by the same person. */
  | { readonly kind: 'repeated' }
  | { readonly kind: 'wrong_state'; readonly state: BreakState }
  /** Four eyes: whoever proposed an end cannot approve it. */
  | { readonly kind: 'same_person'; readonly by: string }
  /** Another proposal stands there than the one that was seen. */
  | { readonly kind: 'other_proposal'; readonly by: string; readonly proposedAt: number }
  /** There is no amount that could be written off. */
  | { readonly kind: 'nothing_to_write_off' }
  /** It is no line of the bank, or no batch is named that it would be booked for. */
  | { readonly kind: 'nothing_to_book' };

/** Judges what somebody wants to do. `isPosition`: the break is a participant's, not the bank's. */
export function judgeVerb(
  found: KeptBreak,
  wanted: BreakVerb,
  by: string,
  isPosition: boolean,
): VerbVerdict {
  const { state, proposedBy, resolvedBy } = found;
  switch (wanted.verb) {
    case 'assign':
      if (state === 'RESOLVED') return { kind: 'wrong_state', state };
      return found.owner === wanted.owner ? { kind: 'repeated' } : { kind: 'allowed' };
    case 'propose': {
      const isBySame = proposedBy !== null && isSamePerson(proposedBy, by);
      const batchId = wanted.settlementBatchId ?? null;
      const isSame =
        found.resolution === wanted.how &&
        found.note === wanted.note &&
        found.settlementBatchId === batchId;
      if (state === 'PROPOSED' && isBySame && isSame) return { kind: 'repeated' };
      if (state !== 'OPEN') return { kind: 'wrong_state', state };
      const isWorth = found.difference !== null && found.difference !== 0n && isPosition;
      if (wanted.how === 'write_off' && !isWorth) return { kind: 'nothing_to_write_off' };
      const canBook = isMovement(found) && batchId !== null;
      if (wanted.how === 'booked' && !canBook) return { kind: 'nothing_to_book' };
      return { kind: 'allowed' };
    }
    case 'reject':
      return state === 'PROPOSED' ? { kind: 'allowed' } : { kind: 'wrong_state', state };
    case 'approve': {
      const { proposedAt } = wanted;
      const isSeen = proposedAt === undefined || proposedAt === found.proposedAt;
      const isByTwo = proposedBy !== null && isSamePerson(resolvedBy ?? '', by);
      if (state === 'RESOLVED' && isByTwo && isSeen) return { kind: 'repeated' };
      if (state !== 'PROPOSED' || proposedBy === null) return { kind: 'wrong_state', state };
      if (!isSeen) {
        return { kind: 'other_proposal', by: proposedBy, proposedAt: found.proposedAt ?? 0 };
      }
      if (isSamePerson(proposedBy, by)) return { kind: 'same_person', by: proposedBy };
      return { kind: 'allowed' };
    }
  }
}

/** Whether a break is of a line with which the bank has moved money: that could be booked. */
export function isMovement({ key, theirs }: Pick<KeptBreak, 'key' | 'theirs'>): boolean {
  return isBankLine(key) && theirs !== null && theirs.amount !== 0n;
}

/** Whether a break is of a line of the bank's statement, by its key. */
export function isBankLine(key: string): boolean {
  return key.startsWith('bank/');
}

/**
 * Writing a difference off lets the partner's figure stand: its position moves by theirs less ours,
 * and the account of what was written off bears it.
 */
export function writeOffPosting(position: number, writeOff: number, difference: bigint): Posting {
  const isToPartner = difference > 0n;
  return {
    reason: 'reconciliation_write_off',
    debitAccount: isToPartner ? writeOff : position,
    creditAccount: isToPartner ? position : writeOff,
    amount: isToPartner ? difference : -difference,
  };
}

/** How long a break has been open, in the steps in which they are counted. */
export const ages = ['today', 'days3', 'week', 'older'] as const;

type Age = (typeof ages)[number];

const dayMs = 86_400_000;

/** How long ago a break of each age after the first was found, at least, in milliseconds. */
export const ageSteps = [dayMs, 3 * dayMs, 7 * dayMs] as const;

export function ageOf(foundAt: number, now: number): Age {
  return ages[ageSteps.filter((step) => now - foundAt >= step).length] ?? 'older';
}
