// What the partners have in their books: successful payments and refunds, and the mistakes that
// their files were told to have.

import type { DatabaseSync } from 'node:sqlite';
import type { TillPayment } from './acquirer.ts';
import type { Comparison } from './book-compare.ts';
import { type BookRow, type Mistakes, noMistakes } from './books.ts';
import { fromText } from './database-store.ts';
import type { SandboxPartner } from './partners.ts';
import type { WalletPayment } from './wallet.ts';

export type BookStore = ReturnType<typeof createBookStore>;

export function createBookStore(database: DatabaseSync) {
  const selectWallet = database.prepare('select body from wallet_payments where wallet_id = ?');
  const selectAcquirer = database.prepare('select body from till_payments where acquirer_id = ?');
  const selectFact = database.prepare('select value from facts where name = ?');
  const upsertFact = database.prepare(
    'insert into facts values (?, ?) on conflict (name) do update set value = excluded.value',
  );
  const bodies = <T>(rows: unknown): T[] =>
    (rows as { body: string }[]).map(({ body }) => fromText<T>(body));
  const comparedOf = (partnerId: string, date: string) => `compared ${partnerId} ${date}`;
  const factOf = (partnerId: string, date: string) => `books ${partnerId} ${date}`;

  return {
    /** Everything in a partner's book, of whatever day. */
    rows: ({ role, id }: SandboxPartner): BookRow[] =>
      role === 'wallet'
        ? bodies<WalletPayment>(selectWallet.all(id)).flatMap(rowsOfWallet)
        : bodies<TillPayment>(selectAcquirer.all(id)).flatMap(rowsOfAcquirer),
    mistakes(partnerId: string, date: string): Mistakes {
      const row = selectFact.get(factOf(partnerId, date)) as { value: string } | undefined;
      // Written before there were as many kinds, it lacks some.
      return { ...noMistakes, ...(row && (JSON.parse(row.value) as Partial<Mistakes>)) };
    },
    setMistakes(partnerId: string, date: string, mistakes: Mistakes): void {
      upsertFact.run(factOf(partnerId, date), JSON.stringify(mistakes));
    },
    comparison(partnerId: string, date: string): Comparison | null {
      const row = selectFact.get(comparedOf(partnerId, date)) as { value: string } | undefined;
      return row === undefined ? null : (JSON.parse(row.value) as Comparison);
    },
    keepComparison(comparison: Comparison): void {
      const { partnerId, date } = comparison;
      upsertFact.run(comparedOf(partnerId, date), JSON.stringify(comparison));
    },
  };
}

/** What a wallet took, and what it gave back. */
function rowsOfWallet(payment: WalletPayment): BookRow[] {
  if (payment.status !== 'SUCCESS') return [];
  const { paymentRequestId, payToAmount, finishedAt, createdAt, refunds } = payment;
  return [
    {
      kind: 'PAYMENT',
      requestId: paymentRequestId,
      amount: payToAmount,
      completedAt: finishedAt ?? createdAt,
    },
    ...(refunds ?? [])
      .filter(({ status }) => status === 'SUCCESS')
      .map((refund) => ({
        kind: 'REFUND' as const,
        requestId: refund.refundRequestId,
        amount: refund.refundFromAmount,
        completedAt: refund.finishedAt ?? refund.createdAt,
      })),
  ];
}

/** What an acquirer is owed for its orders. Both settle in the orders' own currency. */
function rowsOfAcquirer(payment: TillPayment): BookRow[] {
  if (payment.status !== 'SUCCESS') return [];
  const { paymentRequestId, settlementAmount, amount, finishedAt, createdAt, refunds } = payment;
  return [
    {
      kind: 'PAYMENT',
      requestId: paymentRequestId,
      amount: settlementAmount ?? amount,
      completedAt: finishedAt ?? createdAt,
    },
    ...(refunds ?? [])
      .filter(({ status }) => status === 'SUCCESS')
      .map((refund) => ({
        kind: 'REFUND' as const,
        requestId: refund.refundRequestId,
        amount: refund.amount,
        completedAt: refund.finishedAt ?? refund.createdAt,
      })),
  ];
}
