// The wallets' books: customers, payments, the journal of every debit and return, notices still
// to send.

import type { DatabaseSync } from 'node:sqlite';
import type { Money } from '../money/money.ts';
import { type Behaviour, normalBehaviour } from './behaviour.ts';
import { fromText, inTransaction, toText } from './database-store.ts';
import type { JournalEntry, WalletNotice, WalletPayment } from './wallet.ts';

/** A customer as it is now. */
export interface StoredCustomer {
  readonly walletId: string;
  readonly id: string;
  readonly name: string;
  readonly balance: Money;
}

/** A notice with its place in the queue. */
export interface StoredNotice {
  readonly noticeId: number;
  readonly walletId: string;
  readonly paymentRequestId: string;
  readonly outcome: 'S' | 'F';
  readonly code: string;
  readonly signWrongly: boolean;
  readonly attempts: number;
}

/** One row of the journal; `minor` is negative for a debit. */
export interface JournalRow {
  readonly customerId: string;
  readonly kind: 'opening' | 'top_up' | JournalEntry['kind'];
  readonly paymentRequestId: string | null;
  readonly minor: bigint;
  readonly balanceAfterMinor: bigint;
}

type Row = Record<string, unknown>;

/** How many payments a customer's page shows. */
const paymentsShown = 50;

/** How many waiting things one look at the store takes up. */
const batchSize = 100;

/** The wallets' store; every method is synchronous, and `transaction` makes several of them one. */
export type WalletStore = ReturnType<typeof createWalletStore>;

export function createWalletStore(database: DatabaseSync) {
  return {
    transaction: <T>(work: () => T): T => inTransaction(database, work),
    ...createCustomerStore(database),
    ...createPaymentStore(database),
    ...createNoticeStore(database),
  };
}

function createCustomerStore(database: DatabaseSync) {
  const selectCustomers = database.prepare(
    'select wallet_id, customer_id, name, currency, cast(balance_minor as text) as balance ' +
      'from customers where wallet_id = ? order by customer_id',
  );
  const selectCustomer = database.prepare(
    'select wallet_id, customer_id, name, currency, cast(balance_minor as text) as balance ' +
      'from customers where wallet_id = ? and customer_id = ?',
  );
  const insertCustomer = database.prepare(
    'insert into customers values (?, ?, ?, ?, 0) on conflict do nothing',
  );
  const changeBalance = database.prepare(
    'update customers set balance_minor = balance_minor + ? ' +
      'where wallet_id = ? and customer_id = ? returning cast(balance_minor as text) as balance',
  );
  const insertEntry = database.prepare(
    'insert into wallet_journal (wallet_id, customer_id, kind, payment_request_id, minor, ' +
      'balance_after_minor, recorded_at) values (?, ?, ?, ?, ?, ?, ?)',
  );
  const selectJournal = database.prepare(
    'select customer_id, kind, payment_request_id, cast(minor as text) as minor, ' +
      'cast(balance_after_minor as text) as balance_after from wallet_journal ' +
      'where wallet_id = ? order by entry_id',
  );
  const selectBehaviour = database.prepare(
    'select body from wallet_behaviours where wallet_id = ?',
  );
  const upsertBehaviour = database.prepare(
    'insert into wallet_behaviours values (?, ?) ' +
      'on conflict (wallet_id) do update set body = excluded.body',
  );
  const selectFact = database.prepare('select value from facts where name = ?');
  const upsertFact = database.prepare(
    'insert into facts values (?, ?) on conflict (name) do update set value = excluded.value',
  );

  /** Moves a customer's money and writes the journal row; the caller holds the transaction. */
  function record(
    walletId: string,
    customerId: string,
    entry: Pick<JournalRow, 'kind' | 'paymentRequestId' | 'minor'>,
    now: number,
  ): void {
    const row = changeBalance.get(entry.minor, walletId, customerId) as Row | undefined;
    if (row === undefined) throw new Error(`no customer ${customerId} in ${walletId}`);
    const after = BigInt(String(row.balance));
    const { kind, paymentRequestId, minor } = entry;
    insertEntry.run(walletId, customerId, kind, paymentRequestId, minor, after, now);
  }

  return {
    record,
    customers: (walletId: string): readonly StoredCustomer[] =>
      (selectCustomers.all(walletId) as Row[]).map(readCustomer),
    customer: (walletId: string, customerId: string): StoredCustomer | null => {
      const row = selectCustomer.get(walletId, customerId) as Row | undefined;
      return row === undefined ? null : readCustomer(row);
    },
    /** Adds a customer with an opening balance, once. */
    addCustomer: (customer: StoredCustomer, now: number): void => {
      const { walletId, id, name, balance } = customer;
      if (insertCustomer.run(walletId, id, name, balance.currency).changes === 0) return;
      const entry = { kind: 'opening' as const, paymentRequestId: null, minor: balance.minor };
      record(walletId, id, entry, now);
    },
    journal: (walletId: string): readonly JournalRow[] =>
      (selectJournal.all(walletId) as Row[]).map((row) => ({
        customerId: String(row.customer_id),
        kind: row.kind as JournalRow['kind'],
        paymentRequestId: row.payment_request_id === null ? null : String(row.payment_request_id),
        minor: BigInt(String(row.minor)),
        balanceAfterMinor: BigInt(String(row.balance_after)),
      })),
    behaviour: (walletId: string): Behaviour => {
      const row = selectBehaviour.get(walletId) as Row | undefined;
      return row === undefined ? normalBehaviour : fromText<Behaviour>(String(row.body));
    },
    setBehaviour: (walletId: string, behaviour: Behaviour): void => {
      upsertBehaviour.run(walletId, toText(behaviour));
    },
    fact: (name: string): string | null => {
      const row = selectFact.get(name) as Row | undefined;
      return row === undefined ? null : String(row.value);
    },
    setFact: (name: string, value: string): void => {
      upsertFact.run(name, value);
    },
  };
}

function readCustomer(row: Row): StoredCustomer {
  return {
    walletId: String(row.wallet_id),
    id: String(row.customer_id),
    name: String(row.name),
    balance: { currency: String(row.currency), minor: BigInt(String(row.balance)) },
  };
}

/** A late success comes first; else waiting for a PIN ends at the payment's expiry. */
function wakeAt(payment: WalletPayment): number | null {
  if (payment.due !== null) return payment.due.at;
  return payment.status === 'AWAITING_CONFIRMATION' ? payment.expiresAt : null;
}

function createPaymentStore(database: DatabaseSync) {
  const selectPayment = database.prepare(
    'select body from wallet_payments where wallet_id = ? and payment_request_id = ?',
  );
  const selectPayments = database.prepare(
    'select body from wallet_payments where wallet_id = ? and customer_id = ? ' +
      `order by created_at desc, rowid desc limit ${paymentsShown}`,
  );
  const selectToWake = database.prepare(
    `select body from wallet_payments where wake_at <= ? order by wake_at limit ${batchSize}`,
  );
  const upsertPayment = database.prepare(
    'insert into wallet_payments values (?, ?, ?, ?, ?, ?) ' +
      'on conflict (wallet_id, payment_request_id) ' +
      'do update set wake_at = excluded.wake_at, body = excluded.body',
  );
  const insertCancellation = database.prepare(
    'insert into wallet_cancellations values (?, ?, ?) on conflict do nothing',
  );
  const selectCancellation = database.prepare(
    'select 1 from wallet_cancellations where wallet_id = ? and payment_request_id = ?',
  );
  const bodies = (rows: unknown): readonly WalletPayment[] =>
    (rows as Row[]).map((row) => fromText<WalletPayment>(String(row.body)));

  return {
    payment: (walletId: string, paymentRequestId: string): WalletPayment | null =>
      bodies([selectPayment.get(walletId, paymentRequestId)].filter(Boolean))[0] ?? null,
    payments: (walletId: string, customerId: string): readonly WalletPayment[] =>
      bodies(selectPayments.all(walletId, customerId)),
    paymentsToWake: (now: number): readonly WalletPayment[] => bodies(selectToWake.all(now)),
    keep: (payment: WalletPayment): void => {
      const { walletId, paymentRequestId, customerId, createdAt } = payment;
      const wake = wakeAt(payment);
      const body = toText(payment);
      upsertPayment.run(walletId, paymentRequestId, customerId, createdAt, wake, body);
    },
    rememberCancellation: (walletId: string, paymentRequestId: string, now: number): void => {
      insertCancellation.run(walletId, paymentRequestId, now);
    },
    wasCancelled: (walletId: string, paymentRequestId: string): boolean =>
      selectCancellation.get(walletId, paymentRequestId) !== undefined,
  };
}

function createNoticeStore(database: DatabaseSync) {
  const insertNotice = database.prepare(
    'insert into wallet_notices (wallet_id, payment_request_id, outcome, code, sign_wrongly, ' +
      'attempts, next_at) values (?, ?, ?, ?, ?, 0, ?)',
  );
  const selectDue = database.prepare(
    'select notice_id, wallet_id, payment_request_id, outcome, code, sign_wrongly, attempts ' +
      `from wallet_notices where next_at <= ? order by next_at limit ${batchSize}`,
  );
  const updateNotice = database.prepare(
    'update wallet_notices set attempts = attempts + 1, leased = 0, next_at = ?, last_answer = ? ' +
      'where notice_id = ?',
  );
  const leaseNotice = database.prepare(
    'update wallet_notices set next_at = ?, leased = 1 where notice_id = ?',
  );
  const endLeases = database.prepare(
    'update wallet_notices set next_at = ?, leased = 0 where leased = 1 and next_at is not null',
  );
  const selectNext = database.prepare(
    'select min(at) as at from (' +
      'select min(next_at) as at from wallet_notices where next_at is not null union all ' +
      'select min(wake_at) as at from wallet_payments where wake_at is not null)',
  );
  const selectAnswers = database.prepare(
    'select outcome, code, attempts, next_at, last_answer from wallet_notices ' +
      'where wallet_id = ? and payment_request_id = ? order by notice_id',
  );
  return {
    addNotice: (payment: WalletPayment, notice: WalletNotice, now: number): void => {
      const { walletId, paymentRequestId } = payment;
      const { outcome, code, delayMs } = notice;
      const wrong = notice.signWrongly ? 1 : 0;
      insertNotice.run(walletId, paymentRequestId, outcome, code, wrong, now + delayMs);
    },
    dueNotices: (now: number): readonly StoredNotice[] =>
      (selectDue.all(now) as Row[]).map((row) => ({
        noticeId: Number(row.notice_id),
        walletId: String(row.wallet_id),
        paymentRequestId: String(row.payment_request_id),
        outcome: row.outcome as 'S' | 'F',
        code: String(row.code),
        signWrongly: row.sign_wrongly === 1,
        attempts: Number(row.attempts),
      })),
    /** Keeps a notice from being taken up again before `until`. */
    leaseNotice: (noticeId: number, until: number): void => {
      leaseNotice.run(until, noticeId);
    },
    /** After a restart no attempt is under way any more: what was begun is due again. */
    endLeases: (now: number): void => {
      endLeases.run(now);
    },
    /** Writes down an attempt; `nextAt` null ends the notice. */
    noteAttempt: (noticeId: number, nextAt: number | null, answer: string): void => {
      updateNotice.run(nextAt, answer, noticeId);
    },
    notices: (walletId: string, paymentRequestId: string) =>
      (selectAnswers.all(walletId, paymentRequestId) as Row[]).map((row) => ({
        outcome: row.outcome as 'S' | 'F',
        code: String(row.code),
        attempts: Number(row.attempts),
        waiting: row.next_at !== null,
        lastAnswer: row.last_answer === null ? null : String(row.last_answer),
      })),
    /** When the next waiting thing is due; null when nothing waits. */
    nextWakeAt: (): number | null => {
      const at = (selectNext.get() as Row | undefined)?.at;
      return at === null || at === undefined ? null : Number(at);
    },
  };
}
