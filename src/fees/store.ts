// SQL of fee sets: proposed by one person, approved by another, and from then on there for ever.

import { nameKey } from '../base/name.ts';
import { inTurn } from '../base/turns.ts';
import type { Database, Row, Statement } from '../base/world.ts';
import { FeeBook, type FeeSet } from './feeRules.ts';
import { readFeeRules } from './readFeeRules.ts';

/** A set with what became of it. */
export interface StoredFeeSet {
  readonly set: FeeSet;
  readonly proposedBy: string;
  readonly proposedAt: number;
  readonly approvedBy: string | null;
  readonly approvedAt: number | null;
  readonly withdrawnBy: string | null;
  readonly withdrawnAt: number | null;
}

export type FeeSetState = 'proposed' | 'approved' | 'withdrawn';

/**
 * How long before its time a set must be approved, so that every hub knows it when the first
 * payment comes under it; a hub looks for changes each second (our rule).
 */
export const feeNoticeMs = 60_000;

export type FeeSetOutcome =
  | { readonly kind: 'done'; readonly set: FeeSet }
  | { readonly kind: 'unknown' }
  /** The version is there already: versions are for ever. */
  | { readonly kind: 'known_version' }
  /** It begins too early to be approved any more. */
  | { readonly kind: 'too_late' }
  /** Four eyes: whoever proposed it cannot approve it. */
  | { readonly kind: 'own_proposal' }
  | { readonly kind: 'already_approved' }
  | { readonly kind: 'already_withdrawn' };

const columns =
  'version, rules, proposed_by, proposed_at, approved_by, approved_at, withdrawn_by, withdrawn_at';

/** What a person does to a set: at network time `now`. */
interface Act {
  readonly byWhom: string;
  readonly now: number;
}

/** Proposes a set; `text` is the file that it was read from, which is kept as it is. */
export async function proposeFeeSet(
  database: Database,
  set: FeeSet,
  text: string,
  { byWhom, now }: Act,
): Promise<FeeSetOutcome> {
  return changeFeeSet(database, set.version, (stored) => {
    if (stored !== undefined) return { outcome: { kind: 'known_version' } };
    if (set.effectiveFrom < now + feeNoticeMs) return { outcome: { kind: 'too_late' } };
    return {
      statement: {
        text:
          'insert into fee_sets (version, effective_from, rules, proposed_by, proposed_at) ' +
          'values ($1, $2, $3, $4, $5)',
        values: [set.version, set.effectiveFrom, text, byWhom, now],
      },
      outcome: { kind: 'done', set },
    };
  });
}

/** Approves a proposed set, as another person; hubs hear of it within a second. */
export async function approveFeeSet(
  database: Database,
  version: string,
  { byWhom, now }: Act,
): Promise<FeeSetOutcome> {
  return changeFeeSet(database, version, (stored) => {
    if (stored === undefined) return { outcome: { kind: 'unknown' } };
    const { set } = stored;
    if (stored.withdrawnBy !== null) return { outcome: { kind: 'already_withdrawn' } };
    if (stored.approvedBy !== null) return { outcome: { kind: 'already_approved' } };
    if (nameKey(stored.proposedBy) === nameKey(byWhom)) {
      return { outcome: { kind: 'own_proposal' } };
    }
    if (set.effectiveFrom < now + feeNoticeMs) return { outcome: { kind: 'too_late' } };
    return {
      statement: {
        text: 'update fee_sets set approved_by = $2, approved_at = $3 where version = $1',
        values: [version, byWhom, now],
      },
      outcome: { kind: 'done', set },
    };
  });
}

/** Takes back a set that nobody has approved yet. */
export async function withdrawFeeSet(
  database: Database,
  version: string,
  { byWhom, now }: Act,
): Promise<FeeSetOutcome> {
  return changeFeeSet(database, version, (stored) => {
    if (stored === undefined) return { outcome: { kind: 'unknown' } };
    if (stored.withdrawnBy !== null) return { outcome: { kind: 'already_withdrawn' } };
    if (stored.approvedBy !== null) return { outcome: { kind: 'already_approved' } };
    return {
      statement: {
        text: 'update fee_sets set withdrawn_by = $2, withdrawn_at = $3 where version = $1',
        values: [version, byWhom, now],
      },
      outcome: { kind: 'done', set: stored.set },
    };
  });
}

/** One person changes sets at a time. */
const lockSets: Statement = {
  text: 'lock table fee_sets in share row exclusive mode',
  values: [],
};

/** Tells running hubs to read the configuration again; the mark differs with every act. */
const markChange: Statement = {
  text:
    'insert into settings (name, value) select ' +
    "'configuration', 'fees ' || count(*) || '/' || count(approved_by) || '/' || " +
    'count(withdrawn_by) from fee_sets on conflict (name) do update set value = excluded.value',
  values: [],
};

async function changeFeeSet(
  database: Database,
  version: string,
  work: (stored: StoredFeeSet | undefined) => {
    readonly statement?: Statement;
    readonly outcome: FeeSetOutcome;
  },
): Promise<FeeSetOutcome> {
  return inTurn(database, 'fee sets', async (session) => {
    const [, , found = []] = await session.run([
      { text: 'begin', values: [] },
      lockSets,
      { text: `select ${columns} from fee_sets where version = $1`, values: [version] },
    ]);
    const { statement, outcome } = work(found[0] === undefined ? undefined : storedFrom(found[0]));
    const changes = statement === undefined ? [] : [statement, markChange];
    await session.run([...changes, { text: 'commit', values: [] }]);
    return outcome;
  });
}

function storedFrom(row: Row): StoredFeeSet {
  const [version, text, proposedBy, proposedAt, approvedBy, approvedAt] = row;
  const [withdrawnBy, withdrawnAt] = row.slice(6);
  const reading = readFeeRules(text as string);
  if (!reading.ok) throw new Error(`the fee set ${version} as stored: ${reading.problem}`);
  const time = (at: unknown) => (at === null ? null : Number(at));
  return {
    set: reading.set,
    proposedBy: proposedBy as string,
    proposedAt: Number(proposedAt),
    approvedBy: approvedBy as string | null,
    approvedAt: time(approvedAt),
    withdrawnBy: withdrawnBy as string | null,
    withdrawnAt: time(withdrawnAt),
  };
}

/** Every set there was, the one that begins last first. */
export async function readFeeSets(database: Database): Promise<StoredFeeSet[]> {
  const rows = await database.query<Record<string, unknown>>(
    `select ${columns} from fee_sets order by effective_from desc, proposed_at desc`,
  );
  return rows.map((row) => storedFrom(columns.split(', ').map((column) => row[column])));
}

/** The approved sets, as payments are priced by them. */
export async function readFeeBook(database: Database): Promise<FeeBook> {
  return feeBookFrom(await readFeeSets(database));
}

/** The book of the approved ones among sets; of two of one time the later approved is last. */
export function feeBookFrom(stored: readonly StoredFeeSet[]): FeeBook {
  const approved = stored.filter(({ approvedAt }) => approvedAt !== null);
  approved.sort((a, b) => Number(a.approvedAt) - Number(b.approvedAt));
  return new FeeBook(approved.map(({ set }) => set));
}

/** What became of a set. */
export function stateOfSet({ approvedBy, withdrawnBy }: StoredFeeSet): FeeSetState {
  if (withdrawnBy !== null) return 'withdrawn';
  return approvedBy === null ? 'proposed' : 'approved';
}
