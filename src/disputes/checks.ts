// What must hold over disputes: `wayfare prove` checks it with everything else.

import type { Check } from '../payments/proof/checks.ts';

/** What came back of a payment since its dispute was opened. */
const refundsSince = `coalesce((select sum(r.amount) from refunds r where r.lane = d.lane
  and r.payment_number = d.payment_number and r.state = 'SUCCESS'
  and r.created_at >= d.created_at), 0)`;

export const disputeChecks: readonly Check[] = [
  {
    name: 'promised_refunds_are_there_or_awaited',
    meaning: 'what an acquirer promised in a dispute was refunded, or is looked for',
    sql: `select 'dispute ' || d.payment_number || '/' || d.dispute_number || ' is ' || d.state
        || ' with ' || ${refundsSince} || ' of ' || d.refund_amount
      from disputes d where d.refund_amount is not null and case d.state
        when 'REFUNDED' then ${refundsSince} < d.refund_amount
        when 'ACCEPTED' then not exists (select 1 from dispute_tasks t where t.lane = d.lane
          and t.payment_number = d.payment_number and t.dispute_number = d.dispute_number
          and t.kind = 'refund.look' and t.due_at <= d.refund_due_at)
        else ${refundsSince} >= d.refund_amount and not exists (select 1 from dispute_tasks t
          where t.lane = d.lane and t.payment_number = d.payment_number
            and t.dispute_number = d.dispute_number and t.kind = 'refund.look') end`,
  },
  {
    name: 'disputes_stay_within_their_counts',
    meaning: 'a payment has at most five retrievals, two escalations, and one of a kind unanswered',
    sql: `select 'payment ' || payment_number || ' has ' || count(*) || ' of ' || kind
      from disputes where state <> 'REFUSED' group by lane, payment_number, kind
      having count(*) > case kind when 'RETRIEVAL' then 5 else 2 end
        or count(*) filter (where state = 'ASKED') > 1`,
  },
  {
    name: 'disputes_have_their_ids',
    meaning:
      'every dispute is of a payment that is paid or was before its cancellation, and the one ' +
      "that its wallet's id was taken for",
    sql: `select 'dispute ' || d.request_key
      from disputes d
      left join dispute_claims c on c.request_key = d.request_key
        and c.payment_number = d.payment_number
      left join payments p on p.lane = d.lane and p.payment_number = d.payment_number
      where c.request_key is null
        or (d.state <> 'REFUSED' and p.state is distinct from 'SUCCESS' and not exists (
          select 1 from cancellations u where u.lane = d.lane
            and u.payment_number = d.payment_number and u.paid_at <= d.created_at))
        or (d.state <> 'REFUSED' and d.claimed_amount > p.amount)`,
  },
  {
    name: 'open_disputes_have_a_clock',
    meaning: 'an acquirer that has to answer is waited for until its time is over, and no longer',
    sql: `select 'dispute ' || d.payment_number || '/' || d.dispute_number
      from disputes d where d.state = 'ASKED' and not exists (select 1 from dispute_tasks t
        where t.lane = d.lane and t.payment_number = d.payment_number
          and t.dispute_number = d.dispute_number and t.kind = 'answer.due'
          and t.due_at = d.answer_due_at)`,
  },
];
