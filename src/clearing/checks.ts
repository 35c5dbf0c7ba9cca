// What must hold between closed days and the books: recomputed from the payments' own rows.

const day = (at: string) => `((${at} + 28800000) / 86400000)::integer`;

/** Every successful payment and refund with the day of its end, from their own rows. */
const items =
  '(select p.lane, p.payment_number as journal_number, p.finished_at as ended_at, ' +
  "false as is_refund from payments p where p.state = 'SUCCESS' union all " +
  'select r.lane, r.refund_number, r.finished_at, true from refunds r ' +
  "where r.state = 'SUCCESS')";

const signed =
  '(select t.lane, t.journal_number, t.reason, t.posted_at, t.debit_account as account_id, ' +
  '-t.amount as s from postings t union all select t.lane, t.journal_number, t.reason, ' +
  't.posted_at, t.credit_account, t.amount from postings t)';

/** The sum of a column over payments, and over refunds. */
const bySide = (column: string) =>
  `coalesce(sum(${column}) filter (where not is_refund), 0) || ' '
      || coalesce(sum(${column}) filter (where is_refund), 0)`;

/** What successful payments and refunds come to by account and day, in the words of a check. */
const daysOfItems = `(
  select account_id, day, ${bySide('1')} || ' ' || ${bySide('gross')} || ' '
      || ${bySide('interchange')} || ' ' || ${bySide('fee')} || ' '
      || sum(gross + interchange + fee) || ' '
      || sum((journal_number % 2147483647) * (gross + interchange + fee)) as texts
  from (select i.journal_number, i.is_refund, ${day('i.ended_at')} as day, t.account_id,
      sum(case when t.reason like 'interchange%' or t.reason like '%service_fee' then 0
        else t.s end) as gross,
      sum(case when t.reason like 'interchange%' then t.s else 0 end) as interchange,
      sum(case when t.reason like '%service_fee' then t.s else 0 end) as fee
    from ${items} i join ${signed} t on t.lane = i.lane
      and t.journal_number = i.journal_number
    join accounts a on a.account_id = t.account_id and a.kind = 'position'
    group by 1, 2, 3, 4) e
  group by account_id, day)`;

/** The same of a day on which nothing was paid. */
const noItems = '0 0 0 0 0 0 0 0 0 0';

/** Checks of clearing, in the form that `prove` runs. */
export const clearingChecks = [
  {
    name: 'clearing_days_are_whole',
    meaning: 'closed days follow each other, and each has a batch for every agreement',
    sql: `select 'day ' || d.day || ' does not follow another' from clearing_days d
      where d.day > (select min(day) from clearing_days)
        and not exists (select 1 from clearing_days b where b.day = d.day - 1)
      union all
      select 'day ' || d.day || ' has no batch for ' || a.name
      from clearing_days d join accounts a on a.kind = 'position'
        and ${day('a.created_at')} <= d.day and a.created_at < d.closed_at
      where not exists (select 1 from clearing_batches b
        where b.account_id = a.account_id and b.day = d.day)`,
  },
  {
    name: 'clearing_batches_equal_payments',
    meaning: "a batch is the sum of its day's successful payments and refunds, and of no other",
    sql: `select 'account ' || account_id || ' day ' || day || ': batch ' || b.texts
        || ', payments ' || coalesce(x.texts, 'none')
      from (select account_id, day, payment_count || ' ' || refund_count || ' '
          || payment_gross || ' ' || refund_gross || ' ' || payment_interchange || ' '
          || refund_interchange || ' ' || payment_service_fee || ' ' || refund_service_fee || ' '
          || net || ' ' || checksum as texts from clearing_batches) b
      full join (select * from ${daysOfItems} i
        where exists (select 1 from clearing_days d where d.day = i.day)) x
        using (account_id, day)
      where b.texts is distinct from coalesce(x.texts, '${noItems}')`,
  },
  {
    name: 'clearing_slices_equal_payments',
    meaning:
      'what lanes keep of a day is what its payments and refunds come to, also before its end',
    sql: `select 'account ' || account_id || ' day ' || day || ': slices '
        || coalesce(s.texts, 'none') || ', payments ' || coalesce(x.texts, 'none')
      from (select account_id, day, ${bySide('item_count')} || ' ' || ${bySide('gross')} || ' '
          || ${bySide('interchange')} || ' ' || ${bySide('service_fee')} || ' '
          || sum(gross + interchange + service_fee) || ' ' || sum(checksum) as texts
        from clearing_slices group by account_id, day) s
      full join ${daysOfItems} x using (account_id, day)
      where coalesce(s.texts, '${noItems}') is distinct from coalesce(x.texts, '${noItems}')
        and (s.texts is not null or not exists
          (select 1 from clearing_days d where d.day = x.day))`,
  },
  {
    name: 'positions_equal_batches',
    meaning: 'a position is its closed batches, what is not closed, was settled or written off',
    sql: `select a.name || ': position ' || x.whole || ', batches ' || coalesce(b.net, 0)
        || ', open ' || x.open || ', settled ' || x.settled || ', written off ' || x.written_off
      from accounts a cross join lateral (
        select coalesce(sum(t.s), 0) as whole,
          coalesce(sum(case when t.reason like 'settlement\\_%' then t.s else 0 end), 0)
            as settled,
          coalesce(sum(case when t.reason = 'reconciliation_write_off' then t.s else 0 end), 0)
            as written_off,
          coalesce(sum(case when t.reason not like 'settlement\\_%'
            and t.reason <> 'reconciliation_write_off' and (${day('t.posted_at')}
              > (select coalesce(max(day), -1) from clearing_days)
            or exists (select 1 from cancellations c where c.lane = t.lane
              and c.journal_number is not null
              and t.journal_number in (c.journal_number, c.payment_number)))
            then t.s else 0 end), 0) as open
        from ${signed} t where t.account_id = a.account_id) x
      left join lateral (select sum(net) as net from clearing_batches b
        where b.account_id = a.account_id) b on true
      where a.kind = 'position' and x.whole
        <> coalesce(b.net, 0) + x.open + x.settled + x.written_off`,
  },
] as const;
