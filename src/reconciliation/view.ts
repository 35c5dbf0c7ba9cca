// What people see of reconciliation: files that were compared, open breaks by age, one break whole.

import { dateOf } from '../calendar/businessDay.ts';
import type { Agreement } from '../clearing/batch.ts';
import { partsOfKey } from './itemLines.ts';
import type { BreakKind } from './match.ts';
import { ageOf, ages, type KeptBreak, type Run } from './reconciliation.ts';

/** Agreements by their account. */
export type Agreements = ReadonlyMap<number, Agreement>;

const isoTime = (at: number | null) => (at === null ? null : new Date(at).toISOString());

const amountOf = (side: { currency: string; amount: bigint } | null) =>
  side && { currency: side.currency, value: String(side.amount) };

const whoseOf = (agreements: Agreements, accountId: number) => {
  const agreement = agreements.get(accountId);
  return {
    agreementId: agreement?.agreementId ?? '',
    participantName: agreement?.participantName ?? '',
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
  const isLine = found.kind === 'unreadable';
  return {
    breakId: found.breakId,
    ...whoseOf(agreements, found.accountId),
    day: dateOf(found.day),
    kind: found.kind,
    what: isLine ? 'line' : isRefund ? 'refund' : 'payment',
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
    firstRunId: found.firstRunId,
    lastRunId: found.lastRunId,
    foundAt: isoTime(found.foundAt),
    age: ageOf(found.foundAt, now),
    state: found.state,
    owner: found.owner,
    cause: found.cause,
    resolution: found.resolution,
    note: found.note,
    proposedBy: found.proposedBy,
    proposedAt: isoTime(found.proposedAt),
    resolvedBy: found.resolvedBy,
    resolvedAt: isoTime(found.resolvedAt),
  };
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
