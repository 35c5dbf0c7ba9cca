// What must hold between settlement batches, clearing batches, the bank's lines and the books.

const sumOf = (reason: string, side: 'debit' | 'credit', account: string) =>
  `coalesce((select sum(t.amount) from postings t where t.reason = '${reason}' ` +
  `and t.${side}_account = ${account}), 0)`;

const transitOf =
  "join accounts p on p.account_id = b.account_id left join accounts t on t.kind = 'transit' " +
  'and t.participant_id = p.participant_id and t.currency = p.currency';

const hasBeen = (state: string, batch = 'b') =>
  `exists (select 1 from settlement_steps s where s.settlement_batch_id = ` +
  `${batch}.settlement_batch_id and s.state = '${state}')`;

/** Checks of settlement, in the form that `prove` runs. */
export const settlementChecks = [
  {
    name: 'settlement_batches_equal_clearing_batches',
    meaning: 'a settlement batch is the net of the clearing batches and write-offs that it pays',
    sql: `select 'batch ' || b.settlement_batch_id || ': ' || b.amount || ', its clearing batches '
        || coalesce(c.net, 0) || ', written off ' || coalesce(w.amount, 0)
      from settlement_batches b
      left join (select settlement_batch_id, account_id, sum(net) as net from clearing_batches
        group by 1, 2) c using (settlement_batch_id, account_id)
      left join (select settlement_batch_id, account_id, sum(amount) as amount
        from settlement_adjustments group by 1, 2) w using (settlement_batch_id, account_id)
      where coalesce(c.net, 0) + coalesce(w.amount, 0) <> b.amount
      union all
      select 'clearing batch ' || c.clearing_batch_id || ' is paid by nobody'
      from clearing_batches c left join settlement_batches b
        on b.settlement_batch_id = c.settlement_batch_id and b.account_id = c.account_id
      where c.settlement_batch_id is not null and b.settlement_batch_id is null`,
  },
  {
    name: 'settlement_steps_are_in_order',
    meaning: 'every batch went its way step by step, approved by another than who checked it',
    sql: `select 'batch ' || b.settlement_batch_id || ' is ' || b.state || ' after '
        || coalesce(x.way, 'nothing')
      from settlement_batches b left join (select settlement_batch_id,
          string_agg(state, ' ' order by done_at, array_position(array['CLOSED', 'CHECKED',
            'APPROVED', 'SENT', 'CONFIRMED', 'FINISHED'], state)) as way
        from settlement_steps group by settlement_batch_id) x using (settlement_batch_id)
      where x.way is distinct from case b.state when 'CLOSED' then 'CLOSED'
        when 'CHECKED' then 'CLOSED CHECKED' when 'APPROVED' then 'CLOSED CHECKED APPROVED'
        when 'SENT' then 'CLOSED CHECKED APPROVED SENT'
        when 'CONFIRMED' then 'CLOSED CHECKED APPROVED SENT CONFIRMED'
        else 'CLOSED CHECKED APPROVED SENT CONFIRMED FINISHED' end
      union all
      select 'batch ' || c.settlement_batch_id || ' was checked and approved by ' || c.done_by
      from settlement_steps c join settlement_steps a using (settlement_batch_id)
      where c.state = 'CHECKED' and a.state = 'APPROVED' and lower(c.done_by) = lower(a.done_by)`,
  },
  {
    name: 'confirmed_batches_are_at_the_bank',
    meaning: "a batch is confirmed exactly when the bank's lines make up its amount",
    sql: `select 'batch ' || b.settlement_batch_id || ' of ' || b.amount || ' is ' || b.state
        || ', at the bank ' || coalesce(sum(e.amount), 0)
      from settlement_batches b left join bank_entries e using (settlement_batch_id)
      group by b.settlement_batch_id, b.amount, b.state
      having (b.state in ('CONFIRMED', 'FINISHED')) <> (coalesce(sum(e.amount), 0) = b.amount)`,
  },
  {
    name: 'bank_equals_its_lines',
    meaning: "the bank account of each currency is the sum of the bank's lines",
    sql: `select a.name || ': books ' || x.net || ', lines ' || coalesce(e.net, 0)
      from accounts a cross join lateral (select coalesce(sum(s.credits_posted
          - s.debits_posted), 0) as net from account_slices s where s.account_id = a.account_id) x
      left join (select currency, sum(amount) as net from bank_entries group by currency) e
        using (currency)
      where a.kind = 'bank' and x.net <> coalesce(e.net, 0)`,
  },
  {
    name: 'positions_equal_settlement_steps',
    meaning: 'what left a position was sent, what came to it was at the bank, and no more',
    sql: `select p.name || ': sent ' || ${sumOf('settlement_sent', 'debit', 'p.account_id')}
        || ' for batches of ' || x.sent || ', received '
        || ${sumOf('settlement_received', 'credit', 'p.account_id')} || ' for ' || x.received
      from (select b.account_id,
          sum(case when b.amount > 0 and ${hasBeen('SENT')} then b.amount else 0 end) as sent,
          sum(case when b.amount < 0 then greatest(least(-coalesce(e.net, 0), -b.amount), 0)
            else 0 end) as received
        from settlement_batches b left join (select settlement_batch_id, sum(amount) as net
          from bank_entries group by 1) e using (settlement_batch_id)
        group by b.account_id) x join accounts p using (account_id)
      where ${sumOf('settlement_sent', 'debit', 'p.account_id')} <> x.sent
        or ${sumOf('settlement_received', 'credit', 'p.account_id')}
          - ${sumOf('settlement_received', 'debit', 'p.account_id')} <> x.received`,
  },
  {
    name: 'nothing_is_left_under_way',
    meaning: 'where every batch of an agreement is at its end, nothing of it is under way',
    sql: `select t.name || ' is ' || sum(s.credits_posted - s.debits_posted)
      from (select b.account_id from settlement_batches b group by b.account_id
        having bool_and(b.state in ('CLOSED', 'CHECKED', 'APPROVED', 'CONFIRMED', 'FINISHED'))) b
      ${transitOf} join account_slices s on s.account_id = t.account_id
      group by t.name having sum(s.credits_posted - s.debits_posted) <> 0`,
  },
] as const;
