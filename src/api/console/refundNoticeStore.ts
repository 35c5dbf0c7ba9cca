// SQL of the notices of refunds: those that wait or were given up, and those that were taken.

import type { Database } from '../../base/world.ts';
import type { NoticeState } from './noticeStore.ts';

/** A refund whose end is told somewhere; with its item, where it is still in the outbox. */
export interface RefundNotice {
  readonly payment_number: string;
  readonly refund_number: string;
  readonly acquirer_id: string;
  /** Null where it was taken. */
  readonly due_at: string | null;
}

const columns =
  'r.payment_number, r.refund_number, ' + "split_part(r.request_key, '/', 1) as acquirer_id";

const ofPartner = "($2::text is null or starts_with(r.request_key, $2 || '/'))";

/** Notices of refunds in one state, the newest first. */
export function refundNotices(
  database: Database,
  state: NoticeState,
  partnerId: string | undefined,
  most: number,
): Promise<RefundNotice[]> {
  if (state !== 'taken') {
    const kind = state === 'waiting' ? 'acquirer.notifyRefund' : 'refundNotice.given_up';
    return database.query<RefundNotice>(
      `select ${columns}, o.due_at from outbox o join refunds r on r.lane = o.lane ` +
        'and r.payment_number = o.payment_number and r.refund_number = o.outbox_number ' +
        `where o.kind = $1 and ${ofPartner} order by o.outbox_number desc limit $3`,
      [kind, partnerId ?? null, most],
    );
  }
  return database.query<RefundNotice>(
    `select ${columns}, null as due_at from refunds r ` +
      'where r.notify_url is not null and r.finished_at > $1 and not exists (select 1 ' +
      'from outbox o where o.lane = r.lane and o.outbox_number = r.refund_number) ' +
      `and ${ofPartner} order by r.finished_at desc limit $3`,
    [0, partnerId ?? null, most],
  );
}

/** How many notices of refunds wait, and how many were given up. */
export async function countRefundNotices(
  database: Database,
  partnerId: string | undefined,
): Promise<{ waiting: number; givenUp: number }> {
  const rows = await database.query<{ kind: string; count: string }>(
    'select o.kind, count(*) as count from outbox o join refunds r on r.lane = o.lane ' +
      'and r.payment_number = o.payment_number and r.refund_number = o.outbox_number ' +
      `where o.kind in ('acquirer.notifyRefund', $1) and ${ofPartner} group by o.kind`,
    ['refundNotice.given_up', partnerId ?? null],
  );
  const of = (kind: string) => Number(rows.find((row) => row.kind === kind)?.count ?? '0');
  return { waiting: of('acquirer.notifyRefund'), givenUp: of('refundNotice.given_up') };
}
