// What people see of reconciliation: files that were compared, open breaks by age, one break whole.

import { dateOf } from '../calendar/businessDay.ts';
import type { Agreement } from '../clearing/batch.ts';
import { partsOfKey } from './itemLines.ts';
import type { BreakKind } from './match.ts';
import { readReasons } from './reasons.ts';
import { ageOf, ages, isBankLine, type KeptBreak, type Run } from './reconciliation.ts';

/** Whose an account is: an agreement's, or the network's own at the bank. */
export type WhoseAccount = Pick<Agreement, 'agreementId' | 'participantName'> & {
  readonly isBank?: true;
};

export type Agreements = ReadonlyMap<number, WhoseAccount>;

const isoTime = (at: number | null) => (at === null ? null : new Date(at).toISOString());

const amountOf = (side: { currency: string; amount: bigint } | null) =>
  side && { currency: side.currency, value: String(side.amount) };

const whoseOf = (agreements: Agreements, accountId: number) => {
  const agreement = agreements.get(accountId);
  return {
    agreementId: agreement?.agreementId ?? '',
    participantName: agreement?.participantName ?? '',
    /** Whether it is a statement of the bank rather than a participant's file. */
    isBank: agreement?.isBank ?? false,
  };
};

export function runView(run: Run, agreements: Agreements) {
  return {
    runId: run.runId,
    ...whoseOf(agreements, run.accountId),
    day: dateOf(run.day),
    fileName: run.fileName,
    digest: run.digest,
    by: run.by,
    at: isoTime(run.at),
    lines: run.lines,
    items: run.items,
    matched: run.matched,
    found: run.found,
  };
}

/** A break; amounts are positive where they are to the partner's good. */
export function breakView(found: KeptBreak, agreements: Agreements, now: number) {
  const { ours, theirs, difference, otherDay } = found;
  const currency = theirs?.currency ?? ours?.currency;
  const { isRefund, id } = partsOfKey(found.key);
  return {
    breakId: found.breakId,
    ...whoseOf(agreements, found.accountId),
    day: dateOf(found.day),
    kind: found.kind,
    what: whatOf(found, isRefund),
    id,
    lineNumber: found.lineNumber,
    ours: amountOf(ours),
    theirs: amountOf(theirs),
    difference:
      difference === null || currency === undefined
        ? null
        : amountOf({ currency, amount: difference }),
    otherDay: otherDay === null ? null : dateOf(otherDay),
    problem: found.problem,
    reasons: readReasons(found.problem),
    firstRunId: found.firstRunId,
    lastRunId: found.lastRunId,
    foundAt: isoTime(found.foundAt),
    age: ageOf(found.foundAt, now),
    state: found.state,
    owner: found.owner,
    cause: found.cause,
    resolution: found.resolution,
    settlementBatchId: found.settlementBatchId,
    contraBreakId: found.contraBreakId,
    note: found.note,
    proposedBy: found.proposedBy,
    proposedAt: isoTime(found.proposedAt),
    resolvedBy: found.resolvedBy,
    resolvedAt: isoTime(found.resolvedAt),
  };
}

function whatOf(found: KeptBreak, isRefund: boolean) {
  if (found.kind === 'unreadable') return 'line';
  if (found.kind === 'balance_differs') return 'statement';
  if (isBankLine(found.key)) return 'bankLine';
  return isRefund ? 'refund' : 'payment';
}

/** Open breaks by age and kind, a count each; the ages in their order, also without any. */
export function agesView(
  counts: readonly { readonly age: number; readonly kind: BreakKind; readonly count: number }[],
) {
  return ages.map((age, index) => {
    const own = counts.filter((each) => each.age === index);
    return {
      age,
      count: own.reduce((sum, { count }) => sum + count, 0),
      kinds: Object.fromEntries(own.map(({ kind, count }) => [kind, count])),
    };
  });
}
