// What must hold over the counters of persons: they are what the payments say, and nothing is lent
// that nobody gave.

import type { Check } from './checks.ts';

/** What a leg counts for: all, or what its refunds have left; a number stays counted. */
const counts = `case when token like '%.n:%' then n
  when g.state in ('ASKED', 'SCANNED', 'PAID') then n
  when g.state = 'SUCCESS' then n - div(n * coalesce(r.given, 0), p.amount)
  else 0 end`;

/**
 * A counter is held against its payments as long as it is kept: those of windows that ended before
 * this hour (of UTC+8) were trimmed. The window's part of the time is compared with the hour's.
 */
const isKept = (token: string) => {
  const window = `substring(${token} from ':[a-z]+([-0-9T]+)$')`;
  const before =
    "coalesce((select value from settings where name = 'counters_trimmed_before'), '')";
  return `coalesce(${window} >= left(${before}, length(${window})), true)`;
};

export const limitChecks: readonly Check[] = [
  {
    name: 'counters_equal_payments',
    meaning: "every person's counter is the sum of what was asked or paid and not given back",
    sql: `select 'lane ' || lane || ' ' || counter_key || ': counted ' || coalesce(used, 0)
        || ', payments ' || coalesce(sum, 0)
      from (select * from person_counters
        where ${isKept("split_part(counter_key, '/', 2)")}) c full join (
        select g.lane, g.wallet_id || '/' || t.token || '/' || g.customer_id as counter_key,
          sum(${counts}) as sum
        from legs g join payments p on p.lane = g.lane and p.payment_number = g.payment_number
        left join (select lane, payment_number, sum(amount) as given from refunds
          where state = 'SUCCESS' group by lane, payment_number) r
          on r.lane = g.lane and r.payment_number = g.payment_number
        cross join lateral (select substring(part from '^(.*)=[0-9]+$') as token,
            substring(part from '=([0-9]+)$')::numeric as n
          from unnest((string_to_array(g.counted, ' '))[2:]) part) t
        where g.counted is not null and ${isKept('t.token')}
        group by 1, 2) x using (lane, counter_key)
      where coalesce(c.used, 0) <> coalesce(x.sum, 0)`,
  },
  {
    name: 'limits_are_shared_out_whole',
    meaning: "what a lane has of a person's limit beyond its even share, other lanes have less",
    sql: `select counter_key || ': ' || sum(moved) from person_counters
      where ${isKept("split_part(counter_key, '/', 2)")}
      group by counter_key having sum(moved) <> 0`,
  },
];
