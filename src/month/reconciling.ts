// Reconciliation in a month: each partner's file, made from its own book, and what must be found.

import { createHash } from 'node:crypto';
import { dateOf } from '../calendar/businessDay.ts';
import { beginningOf, type ClearingDay } from '../calendar/clearingDay.ts';
import { type PartnerFile, type ReconcileWorld, reconcile } from '../reconciliation/commands.ts';
import { usualMapping } from '../reconciliation/mapping.ts';
import { formatTime } from '../wire/time.ts';
import type { Person } from './people.ts';
import type { Placed } from './truth.ts';

/** A mistake that a partner makes in a file; each is made on a day of its own. */
export const partnerMistakes = [
  'amount_differs',
  'currency_differs',
  'missing_here',
  'missing_there',
  'duplicate_there',
  'other_day',
  'unreadable',
] as const;

export type PartnerMistake = (typeof partnerMistakes)[number];

/** What a comparison must name: kinds with the keys they are about, in any order. */
export type Foretold = readonly string[];

interface Written {
  readonly lines: readonly string[];
  readonly foretold: Foretold;
}

const heading = 'transactionType,requestId,currency,amountValue,completedAt';

/** A line of the partner's own system: sizes without signs, and its own time. */
function lineOf({ row }: Placed, currency: string, size = sizeOf(row.amount), at = row.at) {
  const word = row.kind === 'payment' ? 'PAYMENT' : 'REFUND';
  return `${word},${row.id},${currency},${size},${formatTime(at)}`;
}

const sizeOf = (amount: bigint) => (amount < 0n ? -amount : amount);

/**
 * The file of a day as the partner's clock has it, and the breaks that follow from it: what the
 * network dates on another day than the partner, and nothing else.
 */
function honestFile(person: Person, day: ClearingDay, placed: readonly Placed[]): Written {
  const own = placed.filter(({ ownDay }) => ownDay === day);
  const foretold = placed.flatMap(({ key, ownDay, networkDay }) => {
    if (ownDay === networkDay) return [];
    if (ownDay !== day && networkDay !== day) return [];
    // Returned by a refund because it was too late to cancel: for the network it never was.
    if (networkDay === undefined) return [`missing_here ${key}`];
    return [`other_day ${key}`];
  });
  return { lines: own.map((each) => lineOf(each, person.currency)), foretold };
}

/** The same with one mistake in one line that is right in all else; undefined without any. */
function wrongFile(
  person: Person,
  day: ClearingDay,
  placed: readonly Placed[],
  mistake: PartnerMistake,
): Written | undefined {
  const honest = honestFile(person, day, placed);
  const victim = placed.find(({ ownDay, networkDay }) => ownDay === day && networkDay === day);
  if (victim === undefined) return undefined;
  const { currency } = person;
  const line = lineOf(victim, currency);
  const replaced = (by: readonly string[]) =>
    honest.lines.flatMap((each) => (each === line ? by : [each]));
  const about = (kind: string) => [...honest.foretold, `${kind} ${victim.key}`];
  switch (mistake) {
    case 'amount_differs': {
      const more = sizeOf(victim.row.amount) + 1n;
      return { lines: replaced([lineOf(victim, currency, more)]), foretold: about(mistake) };
    }
    case 'currency_differs':
      return { lines: replaced([lineOf(victim, 'USD')]), foretold: about(mistake) };
    case 'missing_there':
      return { lines: replaced([]), foretold: about(mistake) };
    case 'duplicate_there':
      return { lines: replaced([line, line]), foretold: about(mistake) };
    case 'other_day': {
      const at = beginningOf(day + 1) + 1;
      const late = lineOf(victim, currency, sizeOf(victim.row.amount), at);
      return { lines: replaced([late]), foretold: about(mistake) };
    }
    case 'missing_here': {
      const invented = `INVENTED${day}`;
      const more = `PAYMENT,${invented},${currency},100,${formatTime(beginningOf(day))}`;
      const foretold = [...honest.foretold, `${mistake} payment/${invented}`];
      return { lines: [...honest.lines, more], foretold };
    }
    case 'unreadable': {
      const foretold = [...honest.foretold, mistake];
      return { lines: [...honest.lines, 'PAYMENT,X1,,12.x,'], foretold };
    }
  }
}

function fileOf(name: string, lines: readonly string[]): PartnerFile {
  const text = [heading, ...lines].join('\n');
  return {
    name,
    bytes: Buffer.byteLength(text),
    digest: createHash('sha256').update(text).digest('hex'),
    async *lines() {
      yield text.split('\n');
    },
  };
}

/** What comparing a partner's files of a day has come to. */
export interface Reconciled {
  readonly rows: number;
  /** Foretold because the partner's clock has another day, or it was too late to cancel. */
  readonly explained: number;
  /** Planted mistakes that were found exactly. */
  readonly found: number;
}

/**
 * Gives the network a partner's file, first one with a mistake if there shall be one, and blames
 * every break that was not foretold and every foretold one that was not found.
 */
export async function reconcileDay(
  world: ReconcileWorld,
  person: Person,
  day: ClearingDay,
  placed: readonly Placed[],
  mistake: PartnerMistake | undefined,
  blame: (violation: string) => void,
): Promise<Reconciled> {
  const honest = honestFile(person, day, placed);
  const wrong = mistake === undefined ? undefined : wrongFile(person, day, placed, mistake);
  const files = wrong === undefined ? [honest] : [wrong, honest];
  for (const [index, { lines, foretold }] of files.entries()) {
    const name = `${person.id}-${dateOf(day)}-${index}.csv`;
    const agreementId = `${person.id}-${person.currency}`;
    const request = { agreementId, day, file: fileOf(name, lines), by: 'Li' };
    const reply = await reconcile(world, { ...request, mapping: usualMapping });
    if (reply.kind !== 'compared') {
      blame(`${name} was not compared: ${reply.kind}`);
      continue;
    }
    const found = await breaksOf(world, reply.run.runId);
    for (const each of missing(foretold, found)) blame(`${name}: ${each} was not found`);
    for (const each of missing(found, foretold)) blame(`${name}: ${each} is unexplained`);
  }
  for (const id of await openPairs(world, person.id)) {
    blame(`${person.id}: ${id} was paid and given back, and both breaks are still open`);
  }
  return {
    rows: honest.lines.length,
    explained: honest.foretold.length,
    found: wrong === undefined ? 0 : 1,
  };
}

/** Payments that only a partner has, with the refund of all of it: nobody need explain these. */
async function openPairs({ database }: ReconcileWorld, partnerId: string): Promise<string[]> {
  const rows = await database.query<{ item_key: string }>(
    'select p.item_key from accounts a join reconciliation_breaks p using (account_id) ' +
      'join reconciliation_breaks r ' +
      "on r.account_id = p.account_id and r.item_key = 'refund/' || substr(p.item_key, 9) " +
      "where p.item_key like 'payment/%' and p.state <> 'RESOLVED' and r.state <> 'RESOLVED' " +
      "and p.kind = 'missing_here' and r.kind = 'missing_here' " +
      'and p.their_amount + r.their_amount = 0 and a.participant_id = $1',
    [partnerId],
  );
  return rows.map((row) => row.item_key);
}

/** The breaks that a run has named last, as they are kept. */
async function breaksOf({ database }: ReconcileWorld, runId: string): Promise<string[]> {
  const rows = await database.query<{ kind: string; item_key: string }>(
    'select kind, item_key from reconciliation_breaks where last_run_id = $1',
    [runId],
  );
  return rows.map(({ kind, item_key: key }) => (kind === 'unreadable' ? kind : `${kind} ${key}`));
}

/** What is in the first list and not in the second, each as often as it is. */
function missing(first: readonly string[], second: readonly string[]): string[] {
  const left = [...second];
  return first.filter((each) => {
    const at = left.indexOf(each);
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
}
