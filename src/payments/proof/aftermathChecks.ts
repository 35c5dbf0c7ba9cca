// What must hold over what came after payments: cancellations, refunds and their ids.

import type { Check } from './checks.ts';

/** A journal's postings as lists that can be compared. */
const journal = (alias: string) =>
  `(${alias}.reasons, ${alias}.debit_accounts, ${alias}.credit_accounts, ${alias}.amounts)`;

export const aftermathChecks: readonly Check[] = [
  {
    name: 'cancellations_close_payments',
    meaning: 'whatever was cancelled is closed, and has no refund',
    sql: `select 'payment ' || c.payment_number || ' was cancelled and is '
        || coalesce(p.state, 'not there')
      from cancellations c left join payments p on p.lane = c.lane
        and p.payment_number = c.payment_number
      where p.state is distinct from 'CLOSED'
        or exists (select 1 from refunds r where r.lane = c.lane
          and r.payment_number = c.payment_number and r.state <> 'FAILED')`,
  },
  {
    name: 'cancellations_take_back_everything',
    meaning: "a paid payment's cancellation has the same postings, the sides exchanged",
    sql: `select 'payment ' || c.payment_number
      from cancellations c
      left join journals p on p.lane = c.lane and p.journal_number = c.payment_number
      left join journals b on b.lane = c.lane and b.journal_number = c.journal_number
      where (c.journal_number is null) <> (p.journal_number is null)
        or ${journal('p')} is distinct from
          (b.reasons, b.credit_accounts, b.debit_accounts, b.amounts)`,
  },
  {
    name: 'never_more_is_given_back_than_was_paid',
    meaning: "a payment's refunds, under way or done, are within what was paid, on every side",
    sql: `select 'payment ' || r.payment_number || ' is ' || coalesce(min(p.state), 'not there')
        || ' with refunds of ' || sum(r.amount)
      from refunds r left join payments p on p.lane = r.lane
        and p.payment_number = r.payment_number
      left join legs g on g.lane = r.lane and g.payment_number = r.payment_number
        and g.leg = p.paid_leg
      where r.state <> 'FAILED' group by r.lane, r.payment_number
      having min(p.state) is distinct from 'SUCCESS' or sum(r.amount) > min(p.amount)
        or sum(r.settlement_amount) > min(p.settlement_amount)
        or sum(r.refund_from_amount) > min(g.pay_to_amount)`,
  },
  {
    name: 'full_refunds_end_at_what_was_paid',
    meaning: 'refunds of the whole give the visitor and the acquirer exactly what the payment took',
    sql: `select 'payment ' || r.payment_number || ': ' || sum(r.refund_from_amount) || ' of '
        || min(g.pay_to_amount)
      from refunds r join payments p on p.lane = r.lane and p.payment_number = r.payment_number
      join legs g on g.lane = r.lane and g.payment_number = r.payment_number
        and g.leg = p.paid_leg
      where r.state = 'SUCCESS' group by r.lane, r.payment_number
      having sum(r.amount) = min(p.amount)
        and (sum(r.settlement_amount) <> min(p.settlement_amount)
          or sum(r.refund_from_amount) <> min(g.pay_to_amount))`,
  },
  {
    name: 'refunds_equal_their_postings',
    meaning: "a refund's postings give the wallet and take from the acquirer what its row says",
    sql: `select 'refund ' || r.refund_number || ' is ' || r.state || ': ' || r.refund_from_amount
        || '/' || r.settlement_amount || ', posted ' || coalesce(x.given, 0) || '/'
        || coalesce(x.settled, 0)
      from refunds r left join payments p on p.lane = r.lane
        and p.payment_number = r.payment_number
      left join legs g on g.lane = r.lane and g.payment_number = r.payment_number
        and g.leg = p.paid_leg
      left join accounts a on a.name = 'position:' || g.wallet_id || ':' || g.pay_to_currency
      left join lateral (
        select sum(case when t.reason not in ('principal', 'spread', 'rounding') then 0
            when t.credit_account = a.account_id then t.amount
            when t.debit_account = a.account_id then -t.amount else 0 end) as given,
          sum(case t.reason when 'settlement' then t.amount else 0 end) as settled,
          count(*) as postings
        from postings t where t.lane = r.lane and t.journal_number = r.refund_number) x on true
      where (case r.state when 'SUCCESS' then
          coalesce(x.given, 0) <> r.refund_from_amount
          or coalesce(x.settled, 0) <> r.settlement_amount
        else x.postings > 0 end)`,
  },
  {
    name: 'full_refunds_leave_only_service_fees',
    meaning: 'a payment that was refunded whole has moved nothing but service fees',
    sql: `select 'payment ' || f.payment_number || ': account ' || e.account || ' keeps '
        || sum(e.net)
      from (select r.lane, r.payment_number from refunds r join payments p on p.lane = r.lane
          and p.payment_number = r.payment_number where r.state = 'SUCCESS'
        group by r.lane, r.payment_number, p.amount having sum(r.amount) = p.amount) f
      join lateral (select f.payment_number as journal_number union all
        select r.refund_number from refunds r where r.lane = f.lane
          and r.payment_number = f.payment_number) j on true
      join postings t on t.lane = f.lane and t.journal_number = j.journal_number
        and t.reason not in ('acquirer_service_fee', 'wallet_service_fee')
      cross join lateral (values (t.debit_account, t.amount), (t.credit_account, -t.amount))
        e(account, net)
      group by f.lane, f.payment_number, e.account having sum(e.net) <> 0`,
  },
  {
    name: 'refunds_have_their_ids',
    meaning: "every refund is the one that its acquirer's id was taken for",
    sql: `select 'refund ' || r.request_key
      from refunds r left join refund_claims c on c.request_key = r.request_key
        and c.payment_number = r.payment_number
      where c.request_key is null
      union all
      select 'id ' || request_key || ' has ' || count(*) || ' refunds' from refunds
      group by request_key having count(*) > 1`,
  },
];
