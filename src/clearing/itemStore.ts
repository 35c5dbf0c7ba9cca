// The items of a clearing batch, read as a stream: each payment and refund with all its amounts.

import { publicId } from '../base/id.ts';
import { numberArray } from '../base/sqlArray.ts';
import type { Database, Row, Statement } from '../base/world.ts';
import { beginningOf } from '../calendar/clearingDay.ts';
import type { ClearingBatch } from './batch.ts';
import { itemRowsOf, type Part } from './pace.ts';
import { journalsOn, partsOf } from './partStore.ts';
import { amountsByReason, answerAt, countedJournals, readByIndex } from './store.ts';

/** The session that reads items: of days that are closed, and beside whatever else goes on. */
export const itemSession = 'items';

/** A payment or a refund as one participant is cleared for it. */
export interface ClearingItem {
  readonly kind: 'payment' | 'refund';
  /** The network's id of the payment, also for a refund. */
  readonly paymentId: string;
  /** The acquirer's own id of it, and the id that its wallet knows it by. */
  readonly paymentRequestId: string;
  readonly legId: string;
  /** The wallet's own id of the payment, where it told one. */
  readonly walletPaymentId: string | null;
  /** Of a refund: the network's id, that of its wallet's ask, and the acquirer's and wallet's. */
  readonly refund: {
    readonly refundId: string;
    readonly refundAskId: string;
    readonly refundRequestId: string;
    readonly walletRefundId: string | null;
  } | null;
  readonly walletId: string;
  readonly acquirerId: string;
  /** As `payment_code`. */
  readonly product: string;
  readonly merchantName: string;
  readonly storeName: string | null;
  /** When it came to its end, in milliseconds: this decides its clearing day. */
  readonly completedAt: number;
  /** When the payment itself did. */
  readonly paidAt: number;
  /** What the shop asked for or gave back, in the order's currency and minor units. */
  readonly transactionCurrency: string;
  readonly transactionAmount: bigint;
  /** In minor units of the agreement's currency, positive to the participant's good. */
  readonly gross: bigint;
  readonly interchange: bigint;
  readonly serviceFee: bigint;
  readonly net: bigint;
}

/**
 * The items of a batch in the order of their completion, some fifty at a time or none. Whatever
 * happens meanwhile they are the ones that the batch was made from: a closed day does not change.
 */
export async function* readItems(
  database: Database,
  batch: ItemsOf,
): AsyncGenerator<readonly ClearingItem[]> {
  for await (const rows of readGently(database, batch)) yield rows.map(itemFrom);
}

/** Whose items of which day. */
type ItemsOf = Pick<ClearingBatch, 'accountId' | 'day'>;

/** An item as far as it is compared with a partner's own book. */
export type ComparedItem = Pick<
  ClearingItem,
  'kind' | 'paymentId' | 'paymentRequestId' | 'legId' | 'refund' | 'gross' | 'net'
>;

/** The same items in the same order, without what is only shown: for half of the work. */
export async function* readComparedItems(
  database: Database,
  batch: ItemsOf,
): AsyncGenerator<readonly ComparedItem[]> {
  for await (const rows of readAhead(database, batch)) yield rows.map(comparedFrom);
}

/**
 * The rows of a batch's items, a small part at a time, so that the reader may rest after each: of
 * an agreement with few items some have none. Nothing is read while the reader rests.
 */
async function* readGently(database: Database, batch: ItemsOf): AsyncGenerator<readonly Row[]> {
  const session = database.session(itemSession);
  const end = beginningOf(batch.day + 1);
  const wanted = await readItemRows(database, batch);
  for await (const part of partsOf(beginningOf(batch.day), end, journalsOn(session), wanted)) {
    if (part.journals === 0) continue;
    yield (await session.run(readByIndex(itemsOf(part, batch.accountId))))[answerAt] ?? [];
  }
}

async function readItemRows(database: Database, { accountId, day }: ItemsOf): Promise<number> {
  const [row] = await database.query<{ own: string; total: string }>(
    'select coalesce(sum(payment_count + refund_count) filter (where account_id = $1), 0) ' +
      'as own, coalesce(sum(payment_count + refund_count), 0) as total ' +
      'from clearing_batches where day = $2',
    [accountId, day],
  );
  return itemRowsOf(Number(row?.own ?? 0), Number(row?.total ?? 0));
}

/**
 * The rows for who is in a hurry, none of them empty: the server reads a part while the one before
 * is worked on.
 */
async function* readAhead(database: Database, batch: ItemsOf): AsyncGenerator<readonly Row[]> {
  const session = database.session(itemSession);
  const end = beginningOf(batch.day + 1);
  let ahead: ReturnType<typeof session.run> | undefined;
  for await (const part of partsOf(beginningOf(batch.day), end, journalsOn(session))) {
    if (part.journals === 0) continue;
    const rows = ahead;
    ahead = session.run(readByIndex(comparedOf(part, batch.accountId)));
    // Whoever stops listening must not be told of its failure in any other way.
    ahead.catch(() => undefined);
    if (rows !== undefined) yield* answered(await rows);
  }
  if (ahead !== undefined) yield* answered(await ahead);
}

function* answered(results: readonly (readonly Row[])[]): Generator<readonly Row[]> {
  const rows = results[answerAt] ?? [];
  if (rows.length > 0) yield rows;
}

/**
 * The items of an account among some journals of one lane, wherever in a stretch of time they are:
 * to look single ones up.
 */
export async function findItems(
  database: Database,
  accountId: number,
  time: Part,
  only: { readonly lane: number; readonly journalNumbers: readonly number[] },
): Promise<readonly ClearingItem[]> {
  const session = database.session(itemSession);
  const rows = await session.run(readByIndex(itemsOf(time, accountId, only)));
  return (rows[answerAt] ?? []).map(itemFrom);
}

/**
 * The journals of $1 to $2 that concern the account $3, each with what it comes to (x), its refund
 * where it is one (r), and its payment (p). `among` narrows the journals (c) down.
 */
const itemSource = (among: string) =>
  `from (select * from ${countedJournals} c where ${among}` +
  '($3::integer = any(c.debit_accounts) or $3::integer = any(c.credit_accounts)) ' +
  'offset 0) j ' +
  `cross join lateral (select count(*) as parts, ${amountsByReason} from (` +
  'select u.reason, case when u.debit = $3::integer then -u.amount else u.amount end as s ' +
  'from unnest(j.reasons, j.debit_accounts, j.credit_accounts, j.amounts) ' +
  'u(reason, debit, credit, amount) where $3::integer in (u.debit, u.credit) ' +
  "and u.reason not like 'settlement\\_%') e) x " +
  'left join lateral (select * from refunds a where a.refund_number = j.journal_number ' +
  'and a.lane = j.lane offset 0) r on true ' +
  'cross join lateral (select * from payments a where a.lane = j.lane and ' +
  'a.payment_number = coalesce(r.payment_number, j.journal_number) offset 0) p ';

const inOrder = 'where x.parts > 0 order by j.posted_at, j.journal_number';

function itemsOf(
  part: Part,
  accountId: number,
  only?: { readonly lane: number; readonly journalNumbers: readonly number[] },
): Statement {
  const among =
    only === undefined ? '' : 'c.lane = $4 and c.journal_number = any($5::bigint[]) and ';
  return {
    ...(only === undefined ? { name: 'items.whole' } : {}),
    text:
      'select p.payment_number, p.created_at, p.request_key, g.leg, g.wallet_payment_id, ' +
      'r.refund_number, r.created_at, r.request_key, r.wallet_refund_id, g.wallet_id, p.product, ' +
      'q.merchant_name, q.store_name, j.posted_at, p.finished_at, p.currency, ' +
      'coalesce(r.amount, p.amount), x.gross, x.interchange, x.service_fee ' +
      itemSource(among) +
      'cross join lateral (select * from payment_requests a where a.lane = j.lane ' +
      'and a.request_key = p.request_key offset 0) q ' +
      'cross join lateral (select * from legs a where a.lane = j.lane ' +
      `and a.payment_number = p.payment_number and a.leg = p.paid_leg offset 0) g ${inOrder}`,
    values: [
      part.from,
      part.to,
      accountId,
      ...(only === undefined ? [] : [only.lane, numberArray(only.journalNumbers)]),
    ],
  };
}

/** The leg that paid is named in the payment, so that neither legs nor requests are looked up. */
function comparedOf(part: Part, accountId: number): Statement {
  return {
    name: 'items.compared',
    text:
      'select p.payment_number, p.created_at, p.request_key, p.paid_leg, null, ' +
      'r.refund_number, r.created_at, r.request_key, r.wallet_refund_id, ' +
      `x.gross, x.interchange, x.service_fee ${itemSource('')}${inOrder}`,
    values: [part.from, part.to, accountId],
  };
}

function comparedFrom(row: Row): ComparedItem {
  const [gross, interchange, serviceFee] = amountsFrom(row, 9);
  return { ...idsFrom(row), gross, net: gross + interchange + serviceFee };
}

const amountsFrom = (row: Row, at: number) =>
  [
    BigInt(row[at] as string),
    BigInt(row[at + 1] as string),
    BigInt(row[at + 2] as string),
  ] as const;

/** All ids of an item, from the first nine columns of its row. */
function idsFrom(row: Row): Omit<ComparedItem, 'gross' | 'net'> & { readonly acquirerId: string } {
  const [paymentNumber, createdAt] = [Number(row[0]), Number(row[1])];
  const leg = row[3] as number;
  const [acquirerId, paymentRequestId] = halves(row[2] as string);
  return {
    kind: row[5] === null ? 'payment' : 'refund',
    paymentId: publicId('payment', createdAt, paymentNumber),
    paymentRequestId,
    acquirerId,
    legId: publicId('leg', createdAt, paymentNumber, leg),
    refund:
      row[5] === null
        ? null
        : {
            refundId: publicId('refund', Number(row[6]), Number(row[5])),
            refundAskId: publicId('refundAsk', Number(row[6]), Number(row[5])),
            refundRequestId: halves(row[7] as string)[1],
            walletRefundId: row[8] as string | null,
          },
  };
}

function itemFrom(row: Row): ClearingItem {
  const text = (at: number) => row[at] as string;
  const [gross, interchange, serviceFee] = amountsFrom(row, 17);
  return {
    ...idsFrom(row),
    walletPaymentId: row[4] as string | null,
    walletId: text(9),
    product: text(10),
    merchantName: text(11),
    storeName: row[12] as string | null,
    completedAt: Number(row[13]),
    paidAt: Number(row[14]),
    transactionCurrency: text(15),
    transactionAmount: BigInt(text(16)),
    gross,
    interchange,
    serviceFee,
    net: gross + interchange + serviceFee,
  };
}

/** The two parts of a request's key: the acquirer, and its own id behind the slash. */
function halves(key: string): readonly [string, string] {
  const slash = key.indexOf('/');
  return [key.slice(0, slash), key.slice(slash + 1)];
}
