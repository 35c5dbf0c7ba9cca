// The acquirers' books: every payment that was started at a till.

import type { DatabaseSync } from 'node:sqlite';
import type { TillPayment } from './acquirer.ts';
import { type AcquirerBehaviour, normalAcquirer } from './acquirer-push.ts';
import { nextCallAt } from './acquirer-refund.ts';
import { fromText, inTransaction, toText } from './database-store.ts';

type Row = Record<string, unknown>;

/** How many payments a till's page shows. */
const paymentsShown = 50;

/** How many payments one look at the store asks the hub about. */
const batchSize = 50;

/**
 * The acquirers' store; every method is synchronous, and `transaction` makes several of them one.
 */
export type AcquirerStore = ReturnType<typeof createAcquirerStore>;

export function createAcquirerStore(database: DatabaseSync) {
  const selectOne = database.prepare(
    'select body from till_payments where acquirer_id = ? and payment_request_id = ?',
  );
  const selectOfTill = database.prepare(
    'select body from till_payments where acquirer_id = ? and till_id = ? ' +
      `order by created_at desc, rowid desc limit ${paymentsShown}`,
  );
  const selectDue = database.prepare(
    'select body from till_payments where next_inquiry_at <= ? ' +
      `order by next_inquiry_at limit ${batchSize}`,
  );
  const selectNext = database.prepare(
    'select min(next_inquiry_at) as at from till_payments where next_inquiry_at is not null',
  );
  const upsert = database.prepare(
    'insert into till_payments values (?, ?, ?, ?, ?, ?) ' +
      'on conflict (acquirer_id, payment_request_id) ' +
      'do update set next_inquiry_at = excluded.next_inquiry_at, body = excluded.body',
  );
  const selectBehaviour = database.prepare(
    'select body from acquirer_behaviours where acquirer_id = ?',
  );
  const upsertBehaviour = database.prepare(
    'insert into acquirer_behaviours values (?, ?) ' +
      'on conflict (acquirer_id) do update set body = excluded.body',
  );
  const selectCode = database.prepare(
    'select body from till_payments p join till_codes c using (acquirer_id, payment_request_id) ' +
      'where c.acquirer_id = ? and c.code_value = ?',
  );
  const insertCode = database.prepare('insert into till_codes values (?, ?, ?)');
  const bodies = (rows: unknown): readonly TillPayment[] =>
    (rows as Row[]).map((row) => fromText<TillPayment>(String(row.body)));

  return {
    transaction: <T>(work: () => T): T => inTransaction(database, work),
    payment: (acquirerId: string, paymentRequestId: string): TillPayment | null =>
      bodies([selectOne.get(acquirerId, paymentRequestId)].filter(Boolean))[0] ?? null,
    payments: (acquirerId: string, tillId: string): readonly TillPayment[] =>
      bodies(selectOfTill.all(acquirerId, tillId)),
    dueInquiries: (now: number): readonly TillPayment[] => bodies(selectDue.all(now)),
    keep: (payment: TillPayment): void => {
      const { acquirerId, paymentRequestId, tillId, createdAt } = payment;
      const body = toText(payment);
      upsert.run(acquirerId, paymentRequestId, tillId, createdAt, nextCallAt(payment), body);
    },
    /** The payment behind a code that the acquirer made, or that a wallet made of a printed one. */
    paymentOfCode: (acquirerId: string, codeValue: string): TillPayment | null =>
      bodies([selectCode.get(acquirerId, codeValue)].filter(Boolean))[0] ?? null,
    keepCode: ({ acquirerId, paymentRequestId }: TillPayment, codeValue: string): void => {
      insertCode.run(acquirerId, codeValue, paymentRequestId);
    },
    behaviour: (acquirerId: string): AcquirerBehaviour => {
      const row = selectBehaviour.get(acquirerId) as Row | undefined;
      return row === undefined ? normalAcquirer : fromText<AcquirerBehaviour>(String(row.body));
    },
    setBehaviour: (acquirerId: string, behaviour: AcquirerBehaviour): void => {
      upsertBehaviour.run(acquirerId, toText(behaviour));
    },
    /** When the hub must be asked next; null when nothing waits. */
    nextWakeAt: (): number | null => {
      const at = (selectNext.get() as Row | undefined)?.at;
      return at === null || at === undefined ? null : Number(at);
    },
  };
}
