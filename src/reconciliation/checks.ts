// What must hold between breaks, their ends and the books.

/** Checks of reconciliation, in the form that `prove` runs. */
export const reconciliationChecks = [
  {
    name: 'write_offs_equal_breaks',
    meaning: 'what was written off is the difference of a break that two persons ended so',
    sql: `select 'break ' || coalesce(b.break_id, '-') || ': difference '
        || coalesce(b.difference, 0) || ', written off ' || coalesce(x.s, 0)
      from (select break_id, account_id, journal_number, difference from reconciliation_breaks
        where state = 'RESOLVED' and resolution = 'write_off') b
      full join (select t.journal_number, case when c.kind = 'write_off' then t.debit_account
            else t.credit_account end as account_id,
          case when c.kind = 'write_off' then -t.amount else t.amount end as s
        from postings t join accounts c on c.account_id = t.credit_account
        where t.reason = 'reconciliation_write_off') x using (journal_number, account_id)
      where b.difference is distinct from x.s`,
  },
  {
    name: 'write_offs_are_settled',
    meaning: 'what was written off is due to be settled, once and with its own amount',
    sql: `select 'break ' || coalesce(b.break_id, w.break_id) || ': written off '
        || coalesce(b.difference, 0) || ', due ' || coalesce(w.amount, 0)
      from (select break_id, account_id, journal_number, difference from reconciliation_breaks
        where state = 'RESOLVED' and resolution = 'write_off') b
      full join settlement_adjustments w using (break_id)
      where b.difference is distinct from w.amount or b.account_id is distinct from w.account_id
        or b.journal_number is distinct from w.journal_number
        or (w.settlement_batch_id is not null and not exists (select 1 from settlement_batches s
          where s.settlement_batch_id = w.settlement_batch_id and s.account_id = w.account_id))`,
  },
  {
    name: 'write_off_accounts_hold_nothing_else',
    meaning: 'the accounts of what was written off have no other postings',
    sql: `select a.name || ' has a posting of ' || t.reason
      from accounts a join postings t on a.account_id in (t.debit_account, t.credit_account)
      where a.kind = 'write_off' and t.reason <> 'reconciliation_write_off'`,
  },
  {
    name: 'breaks_are_ended_by_two',
    meaning: 'an end that a person proposed was approved by another',
    sql: `select 'break ' || break_id || ' was proposed by ' || coalesce(proposed_by, 'nobody')
        || ' and approved by ' || coalesce(resolved_by, 'nobody')
      from reconciliation_breaks where state = 'RESOLVED'
        and resolution in ('write_off', 'explained', 'booked')
        and (proposed_by is null or resolved_by is null
          or lower(proposed_by) = lower(resolved_by))`,
  },
  {
    name: 'booked_lines_are_at_the_bank',
    meaning: 'a line of the bank that two persons booked is a line of its settlement batch',
    sql: `select 'break ' || b.break_id || ' is booked for ' || coalesce(b.settlement_batch_id, '-')
        || ', where it is not'
      from reconciliation_breaks b where b.state = 'RESOLVED' and b.resolution = 'booked'
        and not exists (select 1 from bank_entries e where e.currency = b.their_currency
          and 'bank/' || e.bank_reference = b.item_key and e.amount = b.their_amount
          and e.settlement_batch_id = b.settlement_batch_id)`,
  },
  {
    name: 'contra_pairs_are_undone_legs',
    meaning: 'breaks that end each other sum to nothing, and their leg was undone at its wallet',
    sql: `select 'break ' || b.break_id || ' of ' || b.item_key || ' ended as a contra pair with '
        || coalesce(n.break_id || ' of ' || n.item_key, 'none')
      from (select x.*, substr(x.item_key, strpos(x.item_key, '/') + 1) as leg_id
        from reconciliation_breaks x where x.resolution = 'contra' offset 0) b
      left join reconciliation_breaks n on n.break_id = b.contra_break_id
      where n.contra_break_id is distinct from b.break_id
        or n.account_id is distinct from b.account_id
        or substr(n.item_key, strpos(n.item_key, '/') + 1) is distinct from b.leg_id
        or n.their_currency is distinct from b.their_currency
        or n.their_amount + b.their_amount is distinct from 0
        or not exists (select 1 from accounts a cross join lanes l
            join legs g on g.lane = l.lane
          where a.account_id = b.account_id and g.wallet_id = a.participant_id
            and g.pay_to_currency = b.their_currency
            and l.lane = substr(b.leg_id, 11, 16)::bigint % 4096
              / (4096 / (select count(*) from lanes))
            and g.payment_number = substr(b.leg_id, 11, 16)::bigint
            and g.leg = substr(b.leg_id, 27)::smallint and g.state = 'REVERSED'
            and g.pay_to_amount = abs(b.their_amount))`,
  },
] as const;
