-- What each lane's payments and refunds of a day come to so far under each agreement: a day's
-- batches are the sums of these, so that closing it costs the same however many were paid. A tick
-- adds what it posts in its own transaction; a cancelled payment is taken off its own day again.
create table clearing_slices (
  lane smallint not null,
  -- Days since 1970-01-01 in UTC+8.
  day integer not null,
  account_id integer not null,
  is_refund boolean not null,
  item_count bigint not null,
  -- In minor units of the account's currency, positive to the participant's good.
  gross bigint not null,
  interchange bigint not null,
  service_fee bigint not null,
  -- Over all items: the sum of (number mod 2147483647) times net amount.
  checksum numeric not null,
  primary key (lane, day, account_id, is_refund)
) with (fillfactor = 30);

-- What was paid since the last closed day. No hub may be running meanwhile.
insert into clearing_slices (lane, day, account_id, is_refund, item_count, gross, interchange,
  service_fee, checksum)
select lane, ((posted_at + 28800000) / 86400000)::integer, account_id, is_refund, count(*),
  sum(gross), sum(interchange), sum(service_fee),
  sum((journal_number % 2147483647) * (gross + interchange + service_fee))
from (
  select t.lane, t.journal_number, t.posted_at, e.account_id,
    exists (select 1 from refunds r where r.refund_number = t.journal_number) as is_refund,
    sum(case when t.reason in ('principal', 'spread', 'rounding', 'settlement')
      then e.amount else 0 end) as gross,
    sum(case when t.reason in ('interchange_from_acquirer', 'interchange_to_wallet')
      then e.amount else 0 end) as interchange,
    sum(case when t.reason in ('acquirer_service_fee', 'wallet_service_fee')
      then e.amount else 0 end) as service_fee
  from postings t
  cross join lateral (values (t.debit_account, -t.amount), (t.credit_account, t.amount))
    e (account_id, amount)
  join accounts a on a.account_id = e.account_id and a.kind = 'position'
  where t.posted_at >= (select coalesce(max(day) + 1, 0) from clearing_days)::bigint * 86400000
      - 28800000
    and t.reason in ('principal', 'spread', 'rounding', 'settlement', 'interchange_from_acquirer',
      'interchange_to_wallet', 'acquirer_service_fee', 'wallet_service_fee')
    and not exists (select 1 from cancellations c where c.lane = t.lane
      and c.payment_number = t.journal_number and c.journal_number is not null)
    and not exists (select 1 from cancellations c where c.journal_number = t.journal_number)
  group by 1, 2, 3, 4, 5) x
group by 1, 2, 3, 4;
