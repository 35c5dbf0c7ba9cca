// What must hold over all books at any moment: each check is a query for what breaks it.

import { clearingChecks } from '../../clearing/checks.ts';
import { aftermathChecks } from './aftermathChecks.ts';
import { agreementChecks } from './agreementChecks.ts';
import { limitChecks } from './limitChecks.ts';

/** One thing proved; `sql` selects a text a violation, and nothing when it holds. */
export interface Check {
  readonly name: string;
  /** What it says when it holds, for the operator. */
  readonly meaning: string;
  readonly sql: string;
}

export const checks: readonly Check[] = [
  {
    name: 'currencies_balance',
    meaning: 'in every currency, debits equal credits',
    sql: `select a.currency || ': debits ' || sum(s.debits_posted) || ', credits '
        || sum(s.credits_posted)
      from account_slices s join accounts a using (account_id)
      group by a.currency having sum(s.debits_posted) <> sum(s.credits_posted)`,
  },
  {
    name: 'postings_stay_in_one_currency',
    meaning: 'no posting crosses currencies',
    sql: `select 'journal ' || p.journal_number || ' posting ' || p.ordinal
      from postings p left join accounts d on d.account_id = p.debit_account
      left join accounts c on c.account_id = p.credit_account
      where d.currency is distinct from c.currency or d.currency is null`,
  },
  {
    name: 'slices_equal_postings',
    meaning: "every account's posted sums are the sums of its postings, lane by lane",
    sql: `select 'lane ' || lane || ' account ' || account_id || ': slice ' || d || '/' || c
        || ', postings ' || pd || '/' || pc
      from (select s.lane, s.account_id, s.debits_posted as d, s.credits_posted as c,
          coalesce(x.d, 0) as pd, coalesce(x.c, 0) as pc
        from account_slices s full join (
          select lane, account_id, sum(d) as d, sum(c) as c from (
            select lane, debit_account as account_id, amount as d, 0 as c from postings
            union all
            select lane, credit_account, 0, amount from postings) e
          group by lane, account_id) x using (lane, account_id)) both_sides
      where (d, c) is distinct from (pd, pc)`,
  },
  {
    name: 'pending_equals_holds',
    meaning: 'what is pending on a position is what its live legs hold',
    sql: `select 'lane ' || lane || ' account ' || account_id || ': pending ' || pending
        || ', held ' || held
      from (select s.lane, s.account_id, s.debits_pending as pending, coalesce(h.held, 0) as held
        from account_slices s left join (
          select g.lane, a.account_id, sum(g.held) as held from legs g
          join accounts a on a.name = 'position:' || g.wallet_id || ':' || g.pay_to_currency
          where g.held > 0 group by g.lane, a.account_id) h using (lane, account_id)) x
      where pending <> held`,
  },
  {
    name: 'only_live_legs_hold',
    meaning: 'a leg holds money exactly while its wallet may still pay, or waits for a push',
    sql: `select 'leg ' || payment_number || '/' || leg || ' is ' || state || ' and holds ' || held
      from legs where (held > 0) <> (state in ('ASKED', 'SCANNED', 'PAID'))`,
  },
  {
    name: 'paid_payments_have_one_paid_leg',
    meaning: 'a payment succeeded exactly when one of its legs did, and that one is named',
    sql: `select 'payment ' || p.payment_number || ' is ' || p.state || ' with '
        || count(g.leg) || ' paid legs'
      from payments p left join legs g on g.lane = p.lane
        and g.payment_number = p.payment_number and g.state = 'SUCCESS'
      group by p.lane, p.payment_number, p.state, p.paid_leg
      having count(g.leg) <> (case p.state when 'SUCCESS' then 1 else 0 end)
        or min(g.leg) is distinct from p.paid_leg`,
  },
  {
    name: 'wallets_owe_what_they_paid',
    meaning: "a paid payment's postings charge the wallet exactly what it was quoted",
    sql: `select 'payment ' || g.payment_number || ': quoted ' || g.pay_to_amount || ', posted '
        || coalesce(x.charged, 0)
      from legs g left join lateral (
        select sum(case when t.debit_account = a.account_id then t.amount else -t.amount end)
          as charged
        from postings t join accounts a on a.name = 'position:' || g.wallet_id || ':'
          || g.pay_to_currency
        where t.lane = g.lane and t.journal_number = g.payment_number
          and t.reason in ('principal', 'spread', 'rounding')
          and a.account_id in (t.debit_account, t.credit_account)) x on true
      where g.state = 'SUCCESS' and coalesce(x.charged, 0) <> g.pay_to_amount`,
  },
  {
    name: 'acquirers_are_owed_what_was_sold',
    meaning: "a paid payment's postings credit the acquirer exactly its settlement amount",
    sql: `select 'payment ' || p.payment_number || ': settles ' || p.settlement_amount
        || ', posted ' || coalesce(x.settled, 0)
      from payments p left join lateral (
        select sum(t.amount) as settled from postings t
        where t.lane = p.lane and t.journal_number = p.payment_number
          and t.reason = 'settlement') x on true
      where p.state = 'SUCCESS' and coalesce(x.settled, 0) <> p.settlement_amount`,
  },
  {
    name: 'unpaid_payments_have_no_postings',
    meaning: 'a payment that did not succeed moved no money, or a cancel took it back',
    sql: `select 'payment ' || p.payment_number || ' is ' || p.state
      from payments p where p.state <> 'SUCCESS' and exists (select 1 from postings t
        where t.lane = p.lane and t.journal_number = p.payment_number)
      and not exists (select 1 from cancellations c where c.lane = p.lane
        and c.payment_number = p.payment_number and c.journal_number is not null)`,
  },
  {
    name: 'requests_equal_payments',
    meaning: 'every request has its payment and every payment its request',
    sql: `select 'request ' || coalesce(r.request_key, p.request_key)
      from payment_requests r full join payments p
        on p.lane = r.lane and p.request_key = r.request_key
        and p.payment_number = r.payment_number
      where r.request_key is null or p.request_key is null`,
  },
  {
    name: 'caps_are_lent_out_whole',
    meaning: "the quotas of a capped position sum to its participant's cap and deposit",
    sql: `select a.name || ': cap ' || coalesce(p.cap::text, 'none') || ', deposit ' || d.net
        || ', quotas ' || coalesce(sum(s.quota)::text, 'none')
      from accounts a join participants p using (participant_id)
      join account_slices s using (account_id)
      cross join lateral (select coalesce(sum(e.credits_posted - e.debits_posted), 0) as net
        from accounts b join account_slices e on e.account_id = b.account_id
        where b.kind = 'deposit' and b.participant_id = p.participant_id
          and b.currency = p.currency) d
      where a.kind = 'position' and a.currency = p.currency
      group by a.name, p.cap, d.net having sum(s.quota) is distinct from p.cap + d.net`,
  },
  {
    name: 'nothing_is_forgotten',
    meaning: 'whatever is not at its end has an item in the outbox that will bring it there',
    sql: `select 'payment ' || p.payment_number || ' is in process with nothing to do'
      from payments p where p.state = 'PROCESSING' and not exists (select 1 from legs g
        where g.lane = p.lane and g.payment_number = p.payment_number and g.state = 'PAID')
      and not exists (select 1 from outbox o
        where o.lane = p.lane and o.payment_number = p.payment_number
        and o.kind in ('wallet.pay', 'wallet.inquire', 'payment.expire'))
      union all
      select 'leg ' || g.payment_number || '/' || g.leg || ' is being pushed by nobody'
      from legs g where g.state = 'PAID' and not exists (select 1 from outbox o
        where o.lane = g.lane and o.payment_number = g.payment_number and o.leg = g.leg
        and o.kind in ('acquirer.push', 'acquirer.pushInquire'))
      union all
      select 'leg ' || g.payment_number || '/' || g.leg || ' is being reversed by nobody'
      from legs g where g.state = 'REVERSING' and not exists (select 1 from outbox o
        where o.lane = g.lane and o.payment_number = g.payment_number and o.leg = g.leg
        and o.kind = 'wallet.cancel')
      union all
      select 'refund ' || r.refund_number || ' is asked for by nobody'
      from refunds r where r.state = 'ASKED' and not exists (select 1 from outbox o
        where o.lane = r.lane and o.outbox_number = r.refund_number
        and o.kind = 'wallet.refund')`,
  },
  ...aftermathChecks,
  ...clearingChecks,
  ...agreementChecks,
  ...limitChecks,
];
