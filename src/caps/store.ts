// SQL of caps: positions against their bounds, and changes with their persons.

import type { Database, Row, Statement } from '../base/world.ts';
import type { CapChange, ChangeKind, ChangeState, Standing } from './caps.ts';

/** Every wallet's position against its bound, in one snapshot. */
export async function readStandings(database: Database): Promise<Standing[]> {
  const rows = await database.query<{
    participant_id: string;
    name: string;
    currency: string;
    account_id: number;
    cap: string | null;
    deposit: string;
    posted: string;
    held: string;
  }>(
    'select p.participant_id, p.name, p.currency, a.account_id, p.cap::text as cap, ' +
      'x.posted::text as posted, x.held::text as held, coalesce(d.net, 0)::text as deposit ' +
      'from participants p join accounts a on a.participant_id = p.participant_id ' +
      "and a.kind = 'position' and a.currency = p.currency " +
      'cross join lateral (select ' +
      'coalesce(sum(s.debits_posted - s.credits_posted), 0) as posted, ' +
      'coalesce(sum(s.debits_pending), 0) as held from account_slices s ' +
      'where s.account_id = a.account_id) x ' +
      'left join lateral (select sum(s.credits_posted - s.debits_posted) as net ' +
      'from accounts b join account_slices s on s.account_id = b.account_id ' +
      "where b.kind = 'deposit' and b.participant_id = p.participant_id " +
      'and b.currency = p.currency) d on true ' +
      "where p.role = 'wallet' order by p.created_at, p.participant_id",
  );
  return rows.map((row) => ({
    participantId: row.participant_id,
    name: row.name,
    currency: row.currency,
    accountId: row.account_id,
    cap: row.cap === null ? null : BigInt(row.cap),
    deposit: BigInt(row.deposit),
    posted: BigInt(row.posted),
    held: BigInt(row.held),
  }));
}

const changeColumns =
  'change_id, participant_id, kind, currency, amount::text, bank_reference, effective_at, note, ' +
  'state, proposed_by, proposed_at, decided_by, decided_at, done_at, journal_number';

/** The row of `changeColumns`. */
export function changeFrom(row: Row): CapChange {
  const number = (value: unknown) => (value === null ? null : Number(value));
  return {
    changeId: row[0] as string,
    participantId: row[1] as string,
    kind: row[2] as ChangeKind,
    currency: row[3] as string,
    amount: row[4] === null ? null : BigInt(row[4] as string),
    bankReference: row[5] as string | null,
    effectiveAt: number(row[6]),
    note: row[7] as string,
    state: row[8] as ChangeState,
    proposedBy: row[9] as string,
    proposedAt: Number(row[10]),
    decidedBy: row[11] as string | null,
    decidedAt: number(row[12]),
    doneAt: number(row[13]),
    journalNumber: number(row[14]),
  };
}

/** One person changes caps at a time, and nobody changes participants beside it. */
export const lockConfiguration: Statement = {
  text: "select value from settings where name = 'lanes' for update",
  values: [],
};

/** How many proposals there ever were; none is ever removed. */
export const countChanges: Statement = {
  text: 'select count(*) from cap_changes',
  values: [],
};

/** The movement that a bank's reference stands for, unless it was rejected. */
export function changeOfReference(currency: string, bankReference: string): Statement {
  return {
    text:
      `select ${changeColumns} from cap_changes where currency = $1 and bank_reference = $2 ` +
      "and state <> 'REJECTED'",
    values: [currency, bankReference],
  };
}

/** New caps of a wallet that nobody has decided on. */
export function proposedCaps(participantId: string): Statement {
  return {
    text:
      `select ${changeColumns} from cap_changes where participant_id = $1 and kind = 'cap' ` +
      "and state = 'PROPOSED' order by change_id",
    values: [participantId],
  };
}

export function readChange(changeId: string): Statement {
  return {
    text: `select ${changeColumns} from cap_changes where change_id = $1 for update`,
    values: [changeId],
  };
}

/** Approved caps whose time has come, in the order in which they come into force. */
export async function dueCaps(database: Database, now: number): Promise<string[]> {
  const rows = await database.query<{ change_id: string }>(
    "select change_id from cap_changes where state = 'APPROVED' and effective_at <= $1 " +
      'order by effective_at, decided_at, change_id',
    [now],
  );
  return rows.map((row) => row.change_id);
}

export function insertChange(change: CapChange): Statement {
  return {
    text:
      'insert into cap_changes (change_id, participant_id, kind, currency, amount, ' +
      'bank_reference, effective_at, note, state, proposed_by, proposed_at) ' +
      'values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)',
    values: [
      change.changeId,
      change.participantId,
      change.kind,
      change.currency,
      change.amount,
      change.bankReference,
      change.effectiveAt,
      change.note,
      change.state,
      change.proposedBy,
      change.proposedAt,
    ],
  };
}

/** Writes down what became of a change. */
export function updateChange(change: CapChange): Statement {
  return {
    text:
      'update cap_changes set state = $2, decided_by = $3, decided_at = $4, done_at = $5, ' +
      'journal_number = $6 where change_id = $1',
    values: [
      change.changeId,
      change.state,
      change.decidedBy,
      change.decidedAt,
      change.doneAt,
      change.journalNumber,
    ],
  };
}

/** The cap itself; what lanes may use of it is lent out in the same transaction. */
export function updateCap(participantId: string, cap: bigint | null): Statement {
  return {
    text: 'update participants set cap = $2::bigint where participant_id = $1',
    values: [participantId, cap],
  };
}

/** What was proposed and decided: what waits for somebody first, then the latest. */
export async function readChanges(
  database: Database,
  most: number,
  participantId: string | null = null,
): Promise<CapChange[]> {
  const [rows = []] = await database.session('caps reads').run([
    {
      text:
        `select ${changeColumns} from cap_changes where $2::text is null or participant_id = $2 ` +
        "order by (state in ('DONE', 'REJECTED')), (state = 'APPROVED'), change_id desc limit $1",
      values: [most, participantId],
    },
  ]);
  return rows.map(changeFrom);
}
