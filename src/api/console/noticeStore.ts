// SQL of the notices: those that wait or were given up, those that were taken, and all attempts.

import { numberArray } from '../../base/sqlArray.ts';
import type { Database } from '../../base/world.ts';
import type { StoredMessage } from '../../network/messageStore.ts';

/** `waiting`: to be sent, or sent again. `given_up`: kept after the last repeat. */
export type NoticeState = 'waiting' | 'given_up' | 'taken';

/** A notice that is still in the outbox. */
export interface OpenNotice {
  readonly outbox_number: string;
  readonly kind: 'acquirer.notify' | 'notice.given_up';
  readonly payment_number: string;
  readonly due_at: string;
  readonly created_at: string;
  readonly acquirer_id: string;
}

export type OpenKind = OpenNotice['kind'];

const openColumns =
  'select o.outbox_number, o.kind, o.payment_number, o.due_at, o.created_at, ' +
  "split_part(p.request_key, '/', 1) as acquirer_id from outbox o " +
  'join payments p on p.lane = o.lane and p.payment_number = o.payment_number ';

/** Notices that wait for their next time or were given up, the newest first. */
export function openNotices(
  database: Database,
  kind: OpenKind,
  partnerId: string | undefined,
  most: number,
): Promise<OpenNotice[]> {
  return database.query<OpenNotice>(
    `${openColumns}where o.kind = $1 ` +
      "and ($2::text is null or starts_with(p.request_key, $2 || '/')) " +
      'order by o.payment_number desc limit $3',
    [kind, partnerId ?? null, most],
  );
}

/** The notice of a payment, where it has not been taken. */
export async function openNoticeOf(
  database: Database,
  lane: number,
  paymentNumber: number,
): Promise<OpenNotice | undefined> {
  const [found] = await database.query<OpenNotice>(
    `${openColumns}where o.lane = $1 and o.payment_number = $2 ` +
      "and o.kind in ('acquirer.notify', 'notice.given_up') order by o.outbox_number desc limit 1",
    [lane, paymentNumber],
  );
  return found;
}

/** How many notices wait, and how many were given up. */
export async function countNotices(
  database: Database,
  partnerId: string | undefined,
): Promise<{ waiting: number; givenUp: number }> {
  const rows = await database.query<{ kind: OpenKind; count: string }>(
    'select o.kind, count(*) as count from outbox o ' +
      'join payments p on p.lane = o.lane and p.payment_number = o.payment_number ' +
      "where o.kind in ('acquirer.notify', 'notice.given_up') " +
      "and ($1::text is null or starts_with(p.request_key, $1 || '/')) group by o.kind",
    [partnerId ?? null],
  );
  const of = (kind: OpenKind) => Number(rows.find((row) => row.kind === kind)?.count ?? '0');
  return { waiting: of('acquirer.notify'), givenUp: of('notice.given_up') };
}

/** A payment whose notice was sent and is no longer in the outbox: the acquirer has taken it. */
export interface TakenNotice {
  readonly payment_number: string;
  readonly acquirer_id: string;
}

/** Notices that were taken, the last sent first. */
export function takenNotices(
  database: Database,
  partnerId: string | undefined,
  most: number,
): Promise<TakenNotice[]> {
  return database.query<TakenNotice>(
    'select m.payment_number, a.participant_id as acquirer_id from participants a ' +
      'cross join lateral (select payment_number, at from messages ' +
      "where participant_id = a.participant_id and direction = 'out' " +
      "and api = 'notifyPayment' " +
      'order by at desc limit $2 * 4) m ' +
      "where a.role = 'acquirer' and ($1::text is null or a.participant_id = $1) " +
      'and not exists (select 1 from outbox o where o.payment_number = m.payment_number ' +
      "and o.kind in ('acquirer.notify', 'notice.given_up')) " +
      'group by m.payment_number, a.participant_id ' +
      'order by max(m.at) desc, m.payment_number desc limit $2',
    [partnerId ?? null, most],
  );
}

export type StoredAttempt = Omit<StoredMessage, 'payment_number'> & {
  readonly payment_number: string;
};

/** Every time that notices of these payments and of their refunds were sent, in order. */
export function attemptsOf(
  database: Database,
  paymentNumbers: readonly number[],
): Promise<StoredAttempt[]> {
  return database.query<StoredAttempt>(
    'select payment_number, message_id, at, direction, participant_id, api, path, ' +
      'request_headers, request_body, request_verdict, response_status, response_headers, ' +
      'response_body, response_verdict, duration_ms from messages ' +
      'where payment_number = any($1::text::bigint[]) ' +
      "and direction = 'out' and api in ('notifyPayment', 'notifyRefund', 'notifyDispute') " +
      'order by at, message_id',
    [numberArray(paymentNumbers)],
  );
}
