// SQL of statements: what an account has moved by, and one journal with what it was made for.

import { publicId } from '../base/id.ts';
import { numberArray } from '../base/sqlArray.ts';
import type { Row, Statement } from '../base/world.ts';
import type { Part } from '../clearing/pace.ts';
import type { Movement } from './statement.ts';

/** The postings of `j` that concern the account $1, as it sees them. */
const ownPostings =
  'cross join lateral unnest(j.reasons, j.debit_accounts, j.credit_accounts, j.amounts) ' +
  'with ordinality p(reason, debit, credit, amount, ordinal) ' +
  'where p.debit = $1 or p.credit = $1 order by j.posted_at, j.journal_number, p.ordinal';

const movementColumns =
  'j.posted_at, j.journal_number, p.ordinal, p.reason, p.debit = $1, p.amount, ' +
  'case when p.debit = $1 then p.credit else p.debit end';

/** An account's movements of a stretch of time, in the order of time, journal and posting. */
export function movementsOfPart(accountId: number, { from, to }: Part): Statement {
  return {
    text:
      `select ${movementColumns} from (select * from journals where posted_at >= $2 ` +
      'and posted_at < $3 and ($1::integer = any(debit_accounts) ' +
      `or $1 = any(credit_accounts))) j ${ownPostings}`,
    values: [accountId, from, to],
  };
}

/** An account's movements in some journals of one lane. */
export function movementsOfJournals(
  accountId: number,
  lane: number,
  journalNumbers: readonly number[],
): Statement {
  return {
    text:
      `select ${movementColumns} from (select t.* from unnest($3::text::bigint[]) u(n) ` +
      'cross join lateral (select * from journals where lane = $2 and journal_number = u.n ' +
      `offset 0) t) j ${ownPostings}`,
    values: [accountId, lane, numberArray(journalNumbers)],
  };
}

export function movementsFrom(rows: readonly Row[]): Movement[] {
  return rows.map((row) => ({
    at: Number(row[0]),
    journalNumber: Number(row[1]),
    ordinal: Number(row[2]),
    reason: row[3] as string,
    side: row[4] ? 'debit' : 'credit',
    amount: BigInt(row[5] as string),
    otherAccount: row[6] as number,
  }));
}

/** What a journal was made for: the command that it is the effect of. */
export type Cause =
  | { readonly kind: 'payment'; readonly paymentId: string; readonly requestKey: string }
  | {
      readonly kind: 'refund';
      readonly paymentId: string;
      readonly refundId: string;
      readonly requestKey: string;
    }
  | { readonly kind: 'cancellation'; readonly paymentId: string; readonly requestKey: string }
  | {
      readonly kind: 'settlement';
      readonly settlementBatchId: string;
      readonly state: string;
      readonly by: string;
    }
  | {
      readonly kind: 'bank_line';
      readonly settlementBatchId: string;
      readonly bankReference: string;
      readonly by: string;
    }
  | { readonly kind: 'write_off'; readonly breakId: string; readonly by: string }
  | {
      readonly kind: 'top_up' | 'withdrawal';
      readonly changeId: string;
      readonly bankReference: string;
      readonly by: string;
    }
  | { readonly kind: 'unknown' };

/** A journal's postings, and one look-up for each thing that it may have been made for. */
export function readJournal(lane: number, journalNumber: number): Statement[] {
  const of = (text: string): Statement => ({ text, values: [lane, journalNumber] });
  const ofNumber = (text: string): Statement => ({ text, values: [journalNumber] });
  const payment =
    'cross join lateral (select p.created_at, p.request_key from payments p ' +
    'where p.lane = c.lane and p.payment_number = c.payment_number offset 0) p';
  return [
    of(
      'select ordinal, reason, debit_account, credit_account, amount, posted_at from postings ' +
        'where lane = $1 and journal_number = $2 order by ordinal',
    ),
    of('select created_at, request_key from payments where lane = $1 and payment_number = $2'),
    of(
      'select p.created_at, c.payment_number, c.created_at, c.request_key from refunds c ' +
        `${payment} where c.lane = $1 and c.refund_number = $2`,
    ),
    of(
      'select p.created_at, c.payment_number, p.request_key from cancellations c ' +
        `${payment} where c.lane = $1 and c.journal_number = $2`,
    ),
    ofNumber(
      'select settlement_batch_id, state, done_by from settlement_steps where journal_number = $1',
    ),
    ofNumber(
      'select settlement_batch_id, bank_reference, entered_by from bank_entries ' +
        'where journal_number = $1',
    ),
    ofNumber(
      'select break_id, resolved_by from reconciliation_breaks ' +
        "where journal_number = $1 and state = 'RESOLVED'",
    ),
    ofNumber(
      'select kind, change_id, bank_reference, decided_by from cap_changes ' +
        'where journal_number = $1',
    ),
  ];
}

/** The cause among the rows of `readJournal`. */
export function causeFrom(journalNumber: number, found: readonly (readonly Row[])[]): Cause {
  const [, payment, refund, cancellation, step, line, written, deposit] = found.map(([row]) => row);
  const paymentId = (row: Row) => publicId('payment', Number(row[0]), Number(row[1]));
  if (refund !== undefined) {
    const refundId = publicId('refund', Number(refund[2]), journalNumber);
    const requestKey = refund[3] as string;
    return { kind: 'refund', paymentId: paymentId(refund), refundId, requestKey };
  }
  if (cancellation !== undefined) {
    const requestKey = cancellation[2] as string;
    return { kind: 'cancellation', paymentId: paymentId(cancellation), requestKey };
  }
  if (payment !== undefined) {
    const id = publicId('payment', Number(payment[0]), journalNumber);
    return { kind: 'payment', paymentId: id, requestKey: payment[1] as string };
  }
  if (line !== undefined) {
    const [settlementBatchId, bankReference, by] = line as [string, string, string];
    return { kind: 'bank_line', settlementBatchId, bankReference, by };
  }
  if (step !== undefined) {
    const [settlementBatchId, state, by] = step as [string, string, string];
    return { kind: 'settlement', settlementBatchId, state, by };
  }
  if (written !== undefined) {
    const [breakId, by] = written as [string, string];
    return { kind: 'write_off', breakId, by };
  }
  if (deposit !== undefined) {
    const [kind, changeId, bankReference, by] = deposit as [
      'top_up' | 'withdrawal',
      string,
      string,
      string,
    ];
    return { kind, changeId, bankReference, by };
  }
  return { kind: 'unknown' };
}
